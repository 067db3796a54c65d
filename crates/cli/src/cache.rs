//! Computed loads, kept by the content of the file they came from.
//!
//! The key covers the file's bytes, the runner, what was passed about the recording, every constant
//! of the model and the program itself; whatever changes, the load is computed anew. A damaged entry
//! is ignored and written again.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A folder of computed loads, or none.
pub struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// The folder that was asked for, else the user's cache folder.
    pub fn open(folder: Option<&OsStr>, off: bool) -> Self {
        let folder = folder.filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let usual = || {
            std::env::var_os("XDG_CACHE_HOME")
                .map(PathBuf::from)
                .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))
                .map(|cache| cache.join("eccentric"))
        };
        Self { folder: if off { None } else { folder.or_else(usual) } }
    }

    fn path(&self, key: &str) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(format!("{key}.json")))
    }

    /// What was kept under a key.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let text = std::fs::read(self.path(key)?).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps a value under a key. A cache that cannot be written is no reason to fail.
    pub fn put<T: Serialize>(&self, key: &str, value: &T) {
        if let (Some(path), Ok(text)) = (self.path(key), serde_json::to_vec(value)) {
            let _ = write_atomic(&path, &text);
        }
    }
}

/// This program: another build may compute other loads.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let build = file.and_then(|file| Ok((file.len(), file.modified()?)));
    format!("{} {build:?}", env!("CARGO_PKG_VERSION"))
}

/// Key of a value that depends on bytes and on everything else that shapes it.
pub fn key(bytes: &[u8], settings: &impl Serialize) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(program().as_bytes());
    hasher.update(&serde_json::to_vec(settings).unwrap_or_default());
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
    hasher.finalize().to_hex().to_string()
}

/// Writes a file so that readers see the old one or the new one, never half of it. A link is
/// followed; what is no regular file (a terminal, a pipe) is written to, not replaced.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if std::fs::metadata(path).is_ok_and(|target| !target.is_file()) {
        return std::fs::write(path, bytes);
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // A temporary file is private by default; a figure is an ordinary file under the user's umask.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // The name of the temporary file would only confuse.
    let plain = |error: std::io::Error| std::io::Error::from(error.kind());
    let mut file = builder.tempfile_in(folder).map_err(plain)?;
    std::io::Write::write_all(&mut file, bytes)?;
    file.persist(path).map_err(|error| plain(error.error))?;
    Ok(())
}
