//! Reads recorded runs: FIT, TCX, GPX, Strava streams and CSV in,
//! [`Recording`] out.
//!
//! ```text
//! bytes ─ gunzip ─ format by content ┬─ fit ─┐
//!                                    ├─ xml ─┤
//!                                    ├─ json ┼─ raw points ─ assemble ─ Recording + warnings
//!                                    └─ csv ─┘
//! ```
//!
//! ```
//! let table = "time_s,distance_m,elevation_m\n0,0,900\n60,180,870\n120,360,840\n";
//! let runs = eccentric_files::read_bytes("run.csv", table.as_bytes())?;
//! assert_eq!(runs[0].recording.samples[2].distance_m, 360.0);
//! assert!(runs[0].warnings.contains(&eccentric_files::Warning::NoStartTime));
//! # Ok::<(), eccentric_files::ReadError>(())
//! ```
//!
//! # What is done to the data
//! Bad input is rejected with a [`ReadError`]; whatever is repaired or assumed is a [`Warning`].
//! Samples of the same time are merged, a few samples that go back in time are dropped, distance is
//! kept from decreasing, jumps faster than [`MAX_SPEED_M_S`] lose their distance, a cadence that
//! counts one leg is doubled. Elevation is never smoothed or filled here.
//!
//! # CSV columns
//! The canonical names are `time_s`, `distance_m`, `elevation_m`, `cadence_steps_min` and
//! `speed_m_s`. `time` or `timestamp` may also hold RFC 3339 times; `distance`, `altitude`,
//! `altitude_m`, `ele`, `elevation`, `cadence` and `speed` are understood. Only time and one of
//! distance and speed must be there. A comment line `# start: 2026-05-01T08:00:00Z` gives the start.

mod assemble;
mod cadence;
mod columns;
mod course;
mod csv;
mod device;
mod distance;
mod error;
mod fit;
mod fit_sessions;
mod fit_values;
mod gzip;
mod input;
mod json;
mod pace;
mod rating_row;
mod ratings;
mod raw;
mod time;
mod timeline;
mod warning;
mod xml;
mod zone;

use std::io::Read;
use std::path::Path;

use eccentric::activity::Recording;

pub use eccentric::Timestamp;

pub use columns::read_columns;
pub use course::{Course, MAX_COURSE_JUMP_M, read_course};
pub use error::{ReadError, Result};
pub use input::Format;
pub use pace::read_pace_profile;
pub use ratings::{RatingOptions, Ratings, read_ratings};
pub use warning::{DropReason, Warning};
pub use zone::{Zone, civil, instant, shown_at};

/// A step of the distance faster than this is a fault of the device, not running.
pub const MAX_SPEED_M_S: f64 = 12.0;
/// Largest file, packed or unpacked, in bytes.
pub const MAX_BYTES: usize = 512 << 20;
/// Largest JSON file in bytes: JSON takes many times its size in memory.
pub const MAX_JSON_BYTES: usize = 64 << 20;
/// Most points in one file: 23 days at one a second.
pub const MAX_POINTS: usize = 2_000_000;

/// Most activities in one file.
pub const MAX_ACTIVITIES: usize = 1000;

/// One recorded run with what is known about its origin.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ReadActivity {
    /// The run; it has passed [`Recording::check`].
    pub recording: Recording,
    /// What was repaired, assumed or left out. What concerns the whole file stands with its first
    /// run.
    pub warnings: Vec<Warning>,
    /// Format of the file.
    pub format: Format,
    /// Recording device or program, if the file names it.
    pub device: Option<String>,
    /// Index of this leg in a file with several, else `None`.
    pub part: Option<usize>,
}

/// What is known about the runs besides their file.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ReadOptions {
    /// Grade of runs without any elevation, as set on a treadmill; negative downhill.
    pub grade: Option<f64>,
}

/// Reads every run in a file that is already in memory.
///
/// The format is told from the content, gzip included; `name` is used in messages only.
///
/// # Errors
/// [`ReadError`] if no usable run is in the file. A file with at least one usable run succeeds; what
/// was left out is in the warnings.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Vec<ReadActivity>> {
    read_bytes_with(name, bytes, &ReadOptions::default())
}

/// [`read_bytes`] with what is known besides the file.
///
/// # Errors
/// As [`read_bytes`].
pub fn read_bytes_with(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<Vec<ReadActivity>> {
    let bytes = input::unpacked(bytes)?;
    let format = input::detect(name, &bytes)?;
    let raw = match format {
        Format::Fit => fit::read(&bytes)?,
        Format::Gpx => xml::read_gpx(&bytes)?,
        Format::Tcx => xml::read_tcx(&bytes)?,
        Format::StravaJson => json::read(&bytes)?,
        Format::Csv => csv::read(&bytes)?,
    };
    assemble::all(raw, format, options)
}

/// Reads every run in a file.
///
/// # Errors
/// [`ReadError::Io`] if the file cannot be read, else as [`read_bytes`].
pub fn read_path(path: &Path) -> Result<Vec<ReadActivity>> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    read_bytes(&name.to_string_lossy(), &read_file(path)?)
}

/// Reads the bytes of a regular file, at most [`MAX_BYTES`] of them.
///
/// # Errors
/// [`ReadError::Io`] if it cannot be read or is no regular file (a pipe would wait forever),
/// [`ReadError::TooLarge`].
pub fn read_file(path: &Path) -> Result<Vec<u8>> {
    let io = |source| ReadError::Io { path: path.to_owned(), source };
    if !std::fs::metadata(path).map_err(io)?.is_file() {
        return Err(io(std::io::Error::other("not a regular file")));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(io)?;
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { what: "the file has too many bytes", max: MAX_BYTES });
    }
    Ok(bytes)
}
