//! A recorded run as a device or an app hands it over: time, distance, elevation, cadence.

use alloc::vec::Vec;

use crate::bounds;
use crate::error::{Error, Result};
use crate::units::Timestamp;

/// What kind of movement the device says was recorded. Whether a step is a running or a walking
/// step is told from cadence and speed, segment by segment, not from this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Sport {
    /// Running on any ground.
    Running,
    /// Walking or hiking.
    Walking,
    /// Not stated.
    #[default]
    OnFoot,
}

/// Where the elevation comes from; decides how far apart two points must be to give a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum ElevationSource {
    /// Barometric altimeter.
    Barometer,
    /// Elevation model looked up by position.
    Map,
    /// Satellite positioning alone.
    Satellite,
    /// A treadmill or a protocol: the grade was set, not measured.
    Set,
    /// Not stated.
    #[default]
    Unknown,
}

/// One sample of a recording. Missing values are `None`, never NaN.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sample {
    /// Seconds since the start of the recording, strictly increasing.
    pub time_s: f64,
    /// Distance covered since the start in metres, as the device counts it (horizontal), never
    /// decreasing.
    pub distance_m: f64,
    /// Elevation above sea level in metres.
    pub elevation_m: Option<f64>,
    /// Cadence in steps per minute, both legs together.
    pub cadence_steps_min: Option<f64>,
}

/// A span in which the device was paused: no running, whatever the samples around it say.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pause {
    /// Start in seconds since the start of the recording.
    pub start_s: f64,
    /// End in seconds since the start of the recording.
    pub end_s: f64,
}

/// A recorded run. Positions are not needed and not kept.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Recording {
    /// When the recording began.
    pub start: Timestamp,
    /// What the device says was recorded.
    pub sport: Sport,
    /// Where the elevation comes from.
    pub elevation_source: ElevationSource,
    /// The samples in order of time.
    pub samples: Vec<Sample>,
    /// Spans in which the device was paused, in order of time.
    pub pauses: Vec<Pause>,
}

/// Longest step between two samples of one recording: a longer one is a broken clock.
pub const MAX_TIME_JUMP_S: f64 = 7.0 * 86_400.0;

impl Recording {
    /// Checks that the recording is what its documentation says.
    ///
    /// # Errors
    /// The first violation found, with the index of the sample.
    pub fn check(&self) -> Result<()> {
        for (index, sample) in self.samples.iter().enumerate() {
            bounds::SAMPLE_TIME.check_at(sample.time_s, index)?;
            bounds::SAMPLE_DISTANCE.check_at(sample.distance_m, index)?;
            if let Some(elevation) = sample.elevation_m {
                bounds::ELEVATION.check_at(elevation, index)?;
            }
            if let Some(cadence) = sample.cadence_steps_min {
                bounds::CADENCE.check_at(cadence, index)?;
            }
        }
        for (index, pair) in self.samples.windows(2).enumerate() {
            let (previous, sample, index) = (pair[0], pair[1], index + 1);
            if sample.time_s <= previous.time_s {
                return Err(Error::TimeNotIncreasing {
                    index,
                    previous_s: previous.time_s,
                    time_s: sample.time_s,
                });
            }
            let jump_s = sample.time_s - previous.time_s;
            if jump_s > MAX_TIME_JUMP_S {
                return Err(Error::TimeJump { index, jump_s, max_s: MAX_TIME_JUMP_S });
            }
            if sample.distance_m < previous.distance_m {
                return Err(Error::DistanceDecreasing {
                    index,
                    previous_m: previous.distance_m,
                    distance_m: sample.distance_m,
                });
            }
        }
        self.check_pauses()?;
        self.check_elevation()
    }

    fn check_pauses(&self) -> Result<()> {
        let mut previous_s = 0.0;
        for (index, pause) in self.pauses.iter().enumerate() {
            for time_s in [pause.start_s, pause.end_s] {
                bounds::PAUSE_TIME.check_at(time_s, index)?;
                if time_s < previous_s {
                    return Err(Error::PauseOrder { index, previous_s, time_s });
                }
                previous_s = time_s;
            }
        }
        Ok(())
    }

    fn check_elevation(&self) -> Result<()> {
        let known = self.samples.iter().filter(|s| s.elevation_m.is_some()).count();
        if self.samples.len() < 2 {
            return Err(Error::TooFewSamples { found: self.samples.len(), needed: 2 });
        }
        if known < 2 {
            return Err(Error::NoElevation);
        }
        let zero = self.samples.iter().all(|s| s.elevation_m.is_none_or(|e| e == 0.0));
        if zero && self.elevation_source != ElevationSource::Set {
            return Err(Error::ZeroElevation { samples: known });
        }
        Ok(())
    }
}
