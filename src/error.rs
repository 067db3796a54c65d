//! The one error type of the model.

use core::fmt;

/// What was wrong with an input, where, and what would be accepted.
///
/// Whatever enters the model (a runner, a recording, segments, constants, a stored state) is rejected
/// with one of these if it is impossible; nothing panics.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A number is not finite or lies outside the range that the model accepts.
    OutOfRange {
        /// Name of the quantity, with its unit in the name where it has one.
        quantity: &'static str,
        /// The value that was given.
        value: f64,
        /// Smallest accepted value.
        min: f64,
        /// Largest accepted value.
        max: f64,
        /// Unit of all three numbers.
        unit: &'static str,
        /// Position in the input, if the input was a sequence.
        index: Option<usize>,
    },
    /// Sequences that belong together differ in length.
    LengthMismatch {
        /// Name of the quantity whose length is wrong.
        quantity: &'static str,
        /// Length that was expected.
        expected: usize,
        /// Length that was found.
        found: usize,
    },
    /// A recording has fewer samples than a grade can be computed from.
    TooFewSamples {
        /// Samples found.
        found: usize,
        /// Samples needed.
        needed: usize,
    },
    /// Time does not increase from one sample to the next.
    TimeNotIncreasing {
        /// Index of the later sample.
        index: usize,
        /// Time of the sample before, in seconds since the start.
        previous_s: f64,
        /// Time of this sample, in seconds since the start.
        time_s: f64,
    },
    /// Time jumps by more than a recording can last.
    TimeJump {
        /// Index of the sample after the jump.
        index: usize,
        /// Size of the jump in seconds.
        jump_s: f64,
        /// Largest accepted jump in seconds.
        max_s: f64,
    },
    /// A pause ends before it starts, or starts before the pause before it has ended.
    PauseOrder {
        /// Index of the pause.
        index: usize,
        /// The time that came before, in seconds since the start.
        previous_s: f64,
        /// The time that lies before it, in seconds since the start.
        time_s: f64,
    },
    /// Cumulative distance decreases.
    DistanceDecreasing {
        /// Index of the later sample.
        index: usize,
        /// Distance of the sample before in metres.
        previous_m: f64,
        /// Distance of this sample in metres.
        distance_m: f64,
    },
    /// No sample carries an elevation, so the grade is unknown.
    NoElevation,
    /// Every elevation is exactly zero: the file has an altitude field but no altitude in it.
    ZeroElevation {
        /// Number of samples that carry the zero.
        samples: usize,
    },
    /// The recording covers no ground.
    NoDistance,
    /// A state cannot be moved back in time.
    BackInTime {
        /// How far back the request lies, in hours.
        hours: f64,
    },
    /// Runs of a history overlap or are out of order.
    HistoryOrder {
        /// Index of the run that starts before the one before it ended.
        index: usize,
    },
    /// Bytes are none of what they should be.
    Bytes {
        /// What was expected.
        what: &'static str,
        /// Number of bytes.
        length: usize,
        /// What is wrong with them.
        reason: &'static str,
    },
    /// Saved data carries another schema or a version that this release does not know.
    Schema {
        /// What was expected.
        expected: &'static str,
        /// Oldest version this release can read.
        oldest: u32,
        /// Newest version this release can read.
        newest: u32,
        /// Version found.
        found: u32,
    },
}

impl Error {
    fn out_of_range(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::OutOfRange { quantity, value, min, max, unit, index } = self else {
            return Ok(());
        };
        write!(f, "{quantity}")?;
        if let Some(index) = index {
            write!(f, " at index {index}")?;
        }
        write!(f, " is {value}, allowed is {min} to {max}")?;
        if unit.is_empty() { Ok(()) } else { write!(f, " {unit}") }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { .. } => self.out_of_range(f),
            Self::LengthMismatch { quantity, expected, found } => {
                write!(f, "{quantity} has {found} values, expected {expected}")
            }
            Self::TooFewSamples { found, needed } => {
                write!(f, "recording has {found} usable samples, at least {needed} are needed")
            }
            Self::TimeNotIncreasing { index, previous_s, time_s } => {
                write!(f, "time goes backwards at sample {index}: {time_s} s after {previous_s} s")
            }
            Self::TimeJump { index, jump_s, max_s } => write!(
                f,
                "time jumps by {jump_s} s ({:.1} days) at sample {index}, allowed is at most {max_s} s",
                jump_s / 86_400.0
            ),
            Self::PauseOrder { index, previous_s, time_s } => {
                write!(f, "pause {index} is out of order: {time_s} s after {previous_s} s")
            }
            Self::DistanceDecreasing { index, previous_m, distance_m } => write!(
                f,
                "distance goes backwards at sample {index}: {distance_m} m after {previous_m} m"
            ),
            Self::NoElevation => write!(
                f,
                "no sample carries an elevation, so the grade is unknown (give the grade of a treadmill run, or correct the elevation from a map)"
            ),
            Self::ZeroElevation { samples } => write!(
                f,
                "all {samples} elevations are exactly zero: the recording has an elevation field but no elevation in it"
            ),
            Self::NoDistance => write!(f, "the recording covers no ground while moving"),
            Self::BackInTime { hours } => {
                write!(
                    f,
                    "a state cannot go back in time (asked for {hours} h before its own time)"
                )
            }
            Self::HistoryOrder { index } => {
                write!(f, "run {index} of the history starts before the previous run has ended")
            }
            Self::Bytes { what, length, reason } => {
                write!(f, "{length} bytes are no {what}: {reason}")
            }
            Self::Schema { expected, oldest, newest, found } => {
                write!(f, "{expected} version {found} is ")?;
                if found < oldest {
                    return write!(
                        f,
                        "of release 0.1, whose damage stage was another one: it can't be read (known are {oldest} to {newest}), nothing was changed"
                    );
                }
                write!(f, "not known to this release (newest known: {newest})")
            }
        }
    }
}

impl core::error::Error for Error {}

/// Result with the crate's [`Error`].
pub type Result<T> = core::result::Result<T, Error>;
