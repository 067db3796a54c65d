//! What every call goes through: nothing panics out of it, and what was wrong stays readable.

use std::cell::RefCell;
use std::ffi::{CStr, CString, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::Once;

/// How a call ended. Everything but ECCENTRIC_STATUS_OK leaves a message: eccentric_last_error().
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub enum Status {
    /// Done.
    Ok = 0,
    /// A pointer is NULL or not aligned where a value is needed.
    Pointer = 1,
    /// A handle is of another kind, or was freed.
    Handle = 2,
    /// A value, a length or an order that is not possible; the message says what is allowed.
    Input = 3,
    /// A file from which no run can be read.
    File = 4,
    /// Stored data that is damaged, something else, or of a version that this release doesn't read.
    Saved = 5,
    /// A buffer of the caller is too small; the message says how much is needed.
    Buffer = 6,
    /// A fault of this library; please report it.
    Internal = 7,
}

/// Why a call did nothing.
#[derive(Debug)]
pub struct Refused {
    status: Status,
    message: String,
}

impl Refused {
    pub fn new(status: Status, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// For data that was stored.
    pub fn saved(error: impl std::fmt::Display) -> Self {
        Self::new(Status::Saved, error.to_string())
    }
}

impl From<eccentric::Error> for Refused {
    fn from(error: eccentric::Error) -> Self {
        Self::new(Status::Input, error.to_string())
    }
}

impl From<eccentric_files::ReadError> for Refused {
    fn from(error: eccentric_files::ReadError) -> Self {
        Self::new(Status::File, error.to_string())
    }
}

/// A result with the reason why not.
pub type Result<T> = std::result::Result<T, Refused>;

thread_local! {
    /// Message of the last call of this thread that failed.
    static LAST: RefCell<CString> = RefCell::new(CString::default());
}

/// Text for C: a zero inside would end it early.
pub fn c_text(text: &str) -> CString {
    CString::new(text.replace('\0', "\u{fffd}")).unwrap_or_default()
}

fn remember(message: &str) {
    // A thread that is just ending has no place for it any more.
    let _ = LAST.try_with(|last| {
        if let Ok(mut last) = last.try_borrow_mut() {
            *last = c_text(message);
        }
    });
}

/// Does the work of a call.
pub fn door(work: impl FnOnce() -> Result<()>) -> Status {
    /// A library says nothing on standard error. The hook is that of this library's own copy of the
    /// standard library: a host in Rust keeps its own.
    static QUIET: Once = Once::new();
    QUIET.call_once(|| set_hook(Box::new(|_| ())));
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => Status::Ok,
        Ok(Err(Refused { status, message })) => {
            remember(&message);
            status
        }
        Err(_) => {
            remember("internal error of eccentric; please report it");
            Status::Internal
        }
    }
}

/// What was wrong with the last call of this thread that failed: what, where and the allowed range. Empty
/// before the first failure; calls that succeed leave it. Valid until the next call of this thread fails.
#[unsafe(no_mangle)]
pub extern "C" fn eccentric_last_error() -> *const c_char {
    LAST.try_with(|last| last.try_borrow().map_or(c"".as_ptr(), |last| last.as_ptr()))
        .unwrap_or(c"".as_ptr())
}

/// Version of the library, such as "0.1.0". Never freed.
#[unsafe(no_mangle)]
pub extern "C" fn eccentric_version() -> *const c_char {
    const VERSION: &CStr =
        match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
            Ok(version) => version,
            Err(_) => c"",
        };
    VERSION.as_ptr()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]

    use super::*;

    fn last() -> String {
        // SAFETY: the message lives until the next failure of this thread.
        unsafe { CStr::from_ptr(eccentric_last_error()) }.to_str().unwrap().to_owned()
    }

    #[test]
    fn a_panic_stays_inside() {
        assert_eq!(door(|| panic!("out of everything")), Status::Internal);
        assert_eq!(last(), "internal error of eccentric; please report it");
    }

    #[test]
    fn a_message_stays_until_the_next_failure() {
        let refuse = |what: &str| Err(Refused::new(Status::Input, what));
        assert_eq!(door(|| refuse("the\0first")), Status::Input);
        assert_eq!(door(|| Ok(())), Status::Ok);
        assert_eq!(last(), "the\u{fffd}first");
        std::thread::spawn(|| assert_eq!(last(), "")).join().unwrap();
    }
}
