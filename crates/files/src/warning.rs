//! What was repaired, assumed or left out while reading.

use std::fmt;

/// Why samples were dropped or merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DropReason {
    /// They carry no time.
    NoTime,
    /// Their time lies before that of an earlier sample.
    TimeBackwards,
    /// They share the second of another sample and were merged into it.
    Duplicate,
    /// They lie beyond a jump in time, with fewer samples than are on this side.
    AfterTimeJump,
    /// They lie outside the range of any recording.
    OutOfRange,
}

impl fmt::Display for DropReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoTime => "no time",
            Self::TimeBackwards => "time goes backwards",
            Self::Duplicate => "same time as another sample, merged",
            Self::AfterTimeJump => "beyond a jump in time",
            Self::OutOfRange => "value out of range",
        })
    }
}

/// Something a reader should know about how a recording came out of its file.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Warning {
    /// The file breaks off; everything before the break was kept.
    Truncated {
        /// Records read before the break.
        records_read: usize,
        /// Byte at which reading stopped.
        at_byte: usize,
        /// Why it stopped.
        reason: String,
    },
    /// The checksum of a FIT file does not match its content.
    BadChecksum {
        /// Checksum in the file.
        stored: u16,
        /// Checksum of the content.
        computed: u16,
    },
    /// Samples were left out or merged.
    DroppedSamples {
        /// How many.
        count: usize,
        /// Why.
        reason: DropReason,
    },
    /// Time jumps by more than a recording can last; the largest part was kept.
    TimeJump {
        /// Size of the largest jump in seconds, negative if backwards.
        jump_s: f64,
        /// Samples kept.
        kept: usize,
    },
    /// Steps of the distance faster than anyone runs: their distance was left out.
    DistanceJump {
        /// How many steps.
        count: usize,
        /// Distance left out in metres.
        dropped_m: f64,
    },
    /// Cumulative distance went backwards and was held at its maximum.
    DistanceRepaired {
        /// How many samples.
        count: usize,
    },
    /// The device wrote no usable distance: its speed was integrated.
    DistanceFromSpeed,
    /// The device wrote no usable distance or speed: distance is that between positions.
    DistanceFromPositions,
    /// The file also holds activities that are not on foot; they were left out.
    OtherSports {
        /// Sports as the file names them.
        found: Vec<String>,
    },
    /// Another leg of the same file could not be used.
    LegSkipped {
        /// Index of the leg in the file.
        part: usize,
        /// Why.
        reason: String,
    },
    /// The file does not say that this was on foot; speed and cadence fit.
    SportGuessed {
        /// Sport as the file names it.
        stated: String,
        /// Median speed while moving, in m/s.
        speed_m_s: f64,
    },
    /// Cadence counts one leg; it was doubled to steps of both.
    CadenceDoubled {
        /// Median of the cadence in the file.
        median: f64,
    },
    /// No cadence in the file.
    CadenceMissing,
    /// The run has no elevation because it was indoors: taken as level.
    TreadmillNoElevation,
    /// Some samples carry no usable elevation.
    ElevationMissing {
        /// How many samples.
        count: usize,
        /// Out of how many.
        of: usize,
    },
    /// The file does not say when the run began: it starts at 1970-01-01T00:00:00Z.
    NoStartTime,
    /// A quantity was taken from a developer field, the device's own is missing.
    DeveloperField {
        /// Name of the quantity.
        quantity: &'static str,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { records_read, at_byte, reason } => write!(
                f,
                "file breaks off at byte {at_byte} ({reason}); the {records_read} records before were kept"
            ),
            Self::BadChecksum { stored, computed } => write!(
                f,
                "checksum is {stored:#06x}, the content gives {computed:#06x}: the file may be damaged"
            ),
            Self::DroppedSamples { count, reason } => {
                write!(f, "{count} samples left out: {reason}")
            }
            Self::TimeJump { jump_s, kept } => write!(
                f,
                "time jumps by {:.1} days; the {kept} samples of the largest part were kept",
                jump_s / 86_400.0
            ),
            Self::DistanceJump { count, dropped_m } => write!(
                f,
                "{count} jumps in distance faster than {} m/s ({dropped_m:.0} m) left out",
                crate::MAX_SPEED_M_S
            ),
            Self::DistanceRepaired { count } => {
                write!(f, "distance went backwards at {count} samples and was held")
            }
            Self::DistanceFromSpeed => write!(f, "no device distance: speed was integrated"),
            Self::DistanceFromPositions => {
                write!(f, "no device distance or speed: distance is that between positions")
            }
            Self::OtherSports { found } => write!(f, "also in the file: {}", found.join(", ")),
            Self::LegSkipped { part, reason } => write!(f, "leg {part} left out: {reason}"),
            Self::SportGuessed { stated, speed_m_s } => write!(
                f,
                "sport is \"{stated}\", taken as on foot from its speed ({speed_m_s:.1} m/s) and cadence"
            ),
            Self::CadenceDoubled { median } => {
                write!(f, "cadence counts one leg (median {median:.0}), doubled to steps")
            }
            Self::CadenceMissing => write!(f, "no cadence: the model assumes a usual one"),
            Self::TreadmillNoElevation => {
                write!(f, "no elevation: taken as level; pass the grade of the treadmill")
            }
            Self::ElevationMissing { count, of } => {
                write!(f, "{count} of {of} samples carry no usable elevation")
            }
            Self::NoStartTime => {
                write!(f, "no start time: taken as 1970-01-01T00:00:00Z; pass the real one")
            }
            Self::DeveloperField { quantity } => {
                write!(f, "{quantity} comes from a developer field (a foot pod)")
            }
        }
    }
}
