//! Pointers of C as values of Rust, and back: the only place that takes a pointer apart.

use std::ffi::{CStr, CString, c_char};
use std::mem::MaybeUninit;
use std::ptr::{self, null_mut};
use std::slice;

use crate::door::{Refused, Result, Status, door};

/// What stands behind an opaque type of the header.
pub trait Kind {
    /// What the handle holds.
    type Value;
    /// What it is called, with its article.
    const NAME: &'static str;
    /// What its memory begins with, the bytes of a word: another kind, and what was freed, is told from it.
    const TAG: u64;
}

/// Kinds by their tags, for messages.
const KINDS: [(u64, &str); 7] = [
    (crate::history::History::TAG, crate::history::History::NAME),
    (crate::state::State::TAG, crate::state::State::NAME),
    (crate::person::Profile::TAG, crate::person::Profile::NAME),
    (crate::forecast::Forecast::TAG, crate::forecast::Forecast::NAME),
    (crate::course::Course::TAG, crate::course::Course::NAME),
    (crate::race::Race::TAG, crate::race::Race::NAME),
    (crate::plan::Plan::TAG, crate::plan::Plan::NAME),
];

/// Written over the tag of what is freed.
const FREED: u64 = u64::from_le_bytes(*b"ecc.gone");

/// The memory of a handle.
#[repr(C)]
struct Held<T> {
    tag: u64,
    value: T,
}

fn pointer<T>(pointer: *const T, name: &str) -> Result<()> {
    if pointer.is_null() {
        return Err(Refused::new(Status::Pointer, format!("{name} is NULL")));
    }
    if !pointer.is_aligned() {
        let message = format!("{name} is not aligned, needed are {} bytes", align_of::<T>());
        return Err(Refused::new(Status::Pointer, message));
    }
    Ok(())
}

/// The memory of a handle that is of its kind.
///
/// # Safety
/// Null, or memory of a handle of this library, freed or not, that nobody else changes.
unsafe fn checked<K: Kind>(handle: *const K, name: &str) -> Result<*mut Held<K::Value>> {
    let held = handle.cast::<Held<K::Value>>();
    pointer(held, name)?;
    // SAFETY: not null, aligned, and every handle begins with its tag.
    let tag = unsafe { ptr::read(held.cast::<u64>()) };
    if tag == K::TAG {
        return Ok(held.cast_mut());
    }
    let other = KINDS.iter().find(|(known, _)| *known == tag).map(|(_, other)| *other);
    let found = if tag == FREED { "was freed" } else { other.unwrap_or("no handle of eccentric") };
    let message = format!("{name}: expected {}, found: {found}", K::NAME);
    Err(Refused::new(Status::Handle, message))
}

/// What a handle holds.
///
/// # Safety
/// As [`checked`], for as long as the reference lives.
pub unsafe fn held<'a, K: Kind>(handle: *const K, name: &str) -> Result<&'a K::Value> {
    // SAFETY: as the caller promises; the tag says that the value is of this type.
    unsafe { Ok(&(*checked(handle, name)?).value) }
}

/// What a handle holds, or nothing for NULL.
///
/// # Safety
/// As [`held`].
pub unsafe fn maybe_held<'a, K: Kind>(
    handle: *const K,
    name: &str,
) -> Result<Option<&'a K::Value>> {
    if handle.is_null() {
        return Ok(None);
    }
    // SAFETY: as the caller promises.
    unsafe { held(handle, name).map(Some) }
}

/// What a handle holds, to be changed.
///
/// # Safety
/// As [`held`], and nobody else reads it.
pub unsafe fn held_mut<'a, K: Kind>(handle: *mut K, name: &str) -> Result<&'a mut K::Value> {
    // SAFETY: as the caller promises; the tag says that the value is of this type.
    unsafe { Ok(&mut (*checked(handle, name)?).value) }
}

/// Frees a handle; NULL is nothing to do, and what is no such handle is left alone.
///
/// # Safety
/// As [`held_mut`]; the handle is not used again.
pub unsafe fn free<K: Kind>(handle: *mut K) {
    if handle.is_null() {
        return;
    }
    door(|| {
        // SAFETY: as the caller promises; a handle with its tag came out of a box.
        unsafe {
            let held = checked(handle, "the handle")?;
            // Volatile, or the compiler leaves out what nobody reads.
            ptr::write_volatile(&raw mut (*held).tag, FREED);
            drop(Box::from_raw(held));
        }
        Ok(())
    });
}

/// A place of the caller for one value.
pub struct Place<'a, T>(&'a mut MaybeUninit<T>);

impl<T> Place<'_, T> {
    pub fn set(self, value: T) {
        self.0.write(value);
    }
}

impl<K: Kind> Place<'_, *mut K> {
    /// Hands a new handle over.
    pub fn hand_over(self, value: K::Value) {
        self.set(Box::into_raw(Box::new(Held { tag: K::TAG, value })).cast());
    }
}

impl Place<'_, *mut c_char> {
    /// Hands a text over.
    pub fn hand_over_text(self, text: &str) {
        self.set(crate::door::c_text(text).into_raw());
    }
}

/// A place for a value that must be there.
///
/// # Safety
/// Null, or memory for a value that nobody else uses while the reference lives.
pub unsafe fn place<'a, T>(to: *mut T, name: &str) -> Result<Place<'a, T>> {
    pointer(to, name)?;
    // SAFETY: not null and aligned; nothing is read from it.
    Ok(Place(unsafe { &mut *to.cast::<MaybeUninit<T>>() }))
}

/// A place for a handle or a text, NULL until it is handed over.
///
/// # Safety
/// As [`place`].
pub unsafe fn new_place<'a, T>(to: *mut *mut T, name: &str) -> Result<Place<'a, *mut T>> {
    // SAFETY: as the caller promises.
    let place = unsafe { place(to, name)? };
    place.0.write(null_mut());
    Ok(place)
}

/// A place for a value that the caller need not ask for.
///
/// # Safety
/// As [`place`].
pub unsafe fn maybe_place<'a, T>(to: *mut T, name: &str) -> Result<Option<Place<'a, T>>> {
    if to.is_null() {
        return Ok(None);
    }
    // SAFETY: as the caller promises.
    unsafe { place(to, name).map(Some) }
}

/// One plain value, or nothing for NULL.
///
/// # Safety
/// Null, or a value that nobody changes.
pub unsafe fn maybe_value<T: Copy>(from: *const T, name: &str) -> Result<Option<T>> {
    if from.is_null() {
        return Ok(None);
    }
    pointer(from, name)?;
    // SAFETY: not null, aligned, and a value as the caller promises.
    Ok(Some(unsafe { ptr::read(from) }))
}

/// One plain value that must be there.
///
/// # Safety
/// As [`maybe_value`].
pub unsafe fn value<T: Copy>(from: *const T, name: &str) -> Result<T> {
    pointer(from, name)?;
    // SAFETY: not null, aligned, and a value as the caller promises.
    Ok(unsafe { ptr::read(from) })
}

fn length(len: usize, max: usize, name: &str) -> Result<()> {
    if len > max {
        let message = format!("{name} has {len} values, allowed are at most {max}");
        return Err(Refused::new(Status::Input, message));
    }
    Ok(())
}

/// Values of the caller; none may be NULL.
///
/// # Safety
/// `len` values that nobody changes while the slice lives.
pub unsafe fn values<'a, T>(from: *const T, len: usize, max: usize, name: &str) -> Result<&'a [T]> {
    length(len, max, name)?;
    if len == 0 {
        return Ok(&[]);
    }
    pointer(from, name)?;
    // SAFETY: not null, aligned, and as many values as the caller promises; `max` of them fit memory.
    Ok(unsafe { slice::from_raw_parts(from, len) })
}

/// Copies values into a buffer of the caller.
///
/// # Safety
/// Room for `len` values that nobody else uses.
pub unsafe fn fill<T: Copy>(
    from: impl ExactSizeIterator<Item = T>,
    to: *mut T,
    len: usize,
    name: &str,
) -> Result<()> {
    let needed = from.len();
    if len < needed {
        let message = format!("{name} has room for {len} values, needed are {needed}");
        return Err(Refused::new(Status::Buffer, message));
    }
    pointer(to, name)?;
    for (k, value) in from.enumerate() {
        // SAFETY: not null, aligned, and `k < needed <= len`.
        unsafe { ptr::write(to.add(k), value) };
    }
    Ok(())
}

/// A text of the caller that ends with a zero.
///
/// # Safety
/// Null, or a text that ends with a zero and that nobody changes.
pub unsafe fn text<'a>(from: *const c_char, name: &str) -> Result<&'a str> {
    pointer(from, name)?;
    // SAFETY: not null, and ends as the caller promises.
    let text = unsafe { CStr::from_ptr(from) };
    text.to_str().map_err(|error| {
        let at = error.valid_up_to();
        Refused::new(Status::Input, format!("{name} is not UTF-8 at byte {at}"))
    })
}

/// Frees a text that this library handed over. NULL is nothing to do.
///
/// # Safety
/// Null, or a text of this library that was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_string_free(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: it came from `Place::hand_over_text`.
        drop(unsafe { CString::from_raw(text) });
    }
}
