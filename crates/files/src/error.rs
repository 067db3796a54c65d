//! Why a file could not be read.

use std::fmt;
use std::path::PathBuf;

/// Why no recording came out of a file: what was wrong, where, and what would be accepted.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The file could not be opened or read.
    Io {
        /// Path as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The content is none of the known formats.
    UnknownFormat {
        /// Name as given.
        name: String,
        /// What the content looks like.
        looks_like: &'static str,
    },
    /// The gzip wrapping is damaged.
    Gzip {
        /// Bytes that came out before the damage.
        unpacked: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A FIT file in which no record could be decoded.
    Fit {
        /// Byte at which decoding stopped.
        at_byte: usize,
        /// Why it stopped.
        reason: String,
    },
    /// A GPX or TCX file that breaks off or is malformed before the second point.
    Xml {
        /// Byte at which reading stopped.
        at_byte: usize,
        /// Why it stopped.
        reason: String,
    },
    /// JSON that is malformed or is not a set of streams.
    Json {
        /// Line, from 1; 0 if the fault has no place.
        line: usize,
        /// Column, from 1; 0 if the fault has no place.
        column: usize,
        /// What is wrong.
        reason: String,
    },
    /// A table with a line that cannot be used.
    Csv {
        /// Line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// Columns in memory that cannot be used.
    Columns {
        /// What is wrong, with the row, from 0.
        reason: String,
    },
    /// Most points carry no time, so there is no speed and no load.
    NoTimes {
        /// Points found.
        points: usize,
        /// Points with a time.
        with_time: usize,
    },
    /// The file holds activities, none of them on foot.
    NoRun {
        /// Sports found, as the file names them.
        found: Vec<String>,
        /// Where the file breaks off, if it does: the run may be missing for that reason.
        truncated: Option<String>,
    },
    /// The file or its content is larger than this reader accepts.
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// Largest accepted amount.
        max: usize,
    },
    /// The recording covers no ground.
    NoGround {
        /// What it holds instead of distance.
        reason: &'static str,
    },
    /// The file was read, but what it holds is not a usable recording.
    Recording(eccentric::Error),
    /// A course without two points that carry an elevation.
    CourseElevation {
        /// Points found.
        points: usize,
        /// Points with an elevation.
        with_elevation: usize,
    },
    /// Two consecutive points of a course lie too far apart.
    CourseJump {
        /// Index of the later point.
        index: usize,
        /// Distance between the points in metres.
        jump_m: f64,
        /// Largest accepted distance in metres.
        max_m: f64,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { source, .. } => write!(f, "cannot be read: {source}"),
            Self::UnknownFormat { looks_like, .. } => write!(
                f,
                "looks like {looks_like}; known are FIT, TCX, GPX, Strava streams (JSON) and CSV, each also gzipped"
            ),
            Self::Gzip { unpacked, reason } => {
                write!(f, "gzip data is damaged after {unpacked} unpacked bytes: {reason}")
            }
            Self::Fit { at_byte, reason } => write!(
                f,
                "FIT: {reason} at byte {at_byte}, before any record; a FIT activity file with at least two records is needed"
            ),
            Self::Xml { at_byte, reason } => write!(
                f,
                "XML: {reason} at byte {at_byte}; a GPX 1.0/1.1 or TCX file with at least two track points is needed"
            ),
            Self::Json { line: 0, reason, .. } => write!(f, "JSON: {reason}"),
            Self::Json { line, column, reason } => {
                write!(f, "JSON: {reason} (line {line}, column {column})")
            }
            Self::Csv { line, reason } => write!(f, "CSV line {line}: {reason}"),
            Self::Columns { reason } => f.write_str(reason),
            Self::NoTimes { points, with_time } => write!(
                f,
                "{with_time} of {points} points carry a time, at least half must; a course without times is no run"
            ),
            Self::NoRun { found, truncated } => {
                write!(f, "no run in this file, it holds: {}", found.join(", "))?;
                if let Some(at) = truncated {
                    write!(f, " (and the file breaks off {at})")?;
                }
                write!(f, "; running, walking, hiking and mountaineering are read")
            }
            Self::TooLarge { what, max } => write!(f, "{what}, allowed are at most {max}"),
            Self::NoGround { reason } => write!(f, "the recording covers no ground: {reason}"),
            Self::Recording(error) => write!(f, "{error}"),
            Self::CourseElevation { points, with_elevation } => write!(
                f,
                "{with_elevation} of {points} course points carry an elevation, at least 2 are needed"
            ),
            Self::CourseJump { index, jump_m, max_m } => write!(
                f,
                "course point {index} lies {jump_m:.0} m from the point before, allowed is at most {max_m:.0} m"
            ),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Recording(error) => Some(error),
            _ => None,
        }
    }
}

impl From<eccentric::Error> for ReadError {
    fn from(error: eccentric::Error) -> Self {
        Self::Recording(error)
    }
}

/// Result with a [`ReadError`].
pub type Result<T> = std::result::Result<T, ReadError>;
