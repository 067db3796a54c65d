//! A cleaned run: short segments of steady movement, each with a grade and its standard error.

use alloc::vec::Vec;

use super::{ElevationSource, Sport};
use crate::bounds;
use crate::error::Result;
use crate::params::fixed::{RUNNING_CADENCE_STEPS_MIN, RUNNING_SPEED_M_S};
use crate::units::Timestamp;

/// How the legs move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Gait {
    /// A flight phase between steps.
    Running,
    /// One foot always on the ground.
    Walking,
}

impl Gait {
    /// Tells running from walking: a cadence of 140 steps/min or more, or a speed above 2.0 m/s,
    /// is running, at every grade (tier B, `docs/constants.md`). That is for a steady speed; cleaning
    /// tells the gait of a recording without cadence from the speed of half a minute and the grade.
    ///
    /// ```
    /// use eccentric::activity::Gait;
    /// assert_eq!(Gait::of(2.4, None), Gait::Running);
    /// assert_eq!(Gait::of(1.6, Some(110.0)), Gait::Walking);
    /// assert_eq!(Gait::of(1.6, Some(160.0)), Gait::Running);
    /// ```
    pub fn of(speed_m_s: f64, cadence_steps_min: Option<f64>) -> Self {
        let quick = cadence_steps_min.is_some_and(|c| c >= RUNNING_CADENCE_STEPS_MIN);
        if quick || speed_m_s > RUNNING_SPEED_M_S { Self::Running } else { Self::Walking }
    }
}

/// A stretch of steady movement.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Segment {
    /// Seconds from the start of the activity to the start of the segment, pauses included.
    pub start_s: f64,
    /// Moving time in seconds.
    pub duration_s: f64,
    /// Speed along the slope in m/s.
    pub speed_m_s: f64,
    /// Rise over horizontal distance, negative downhill.
    pub grade: f64,
    /// Standard error of the grade.
    pub grade_se: f64,
    /// Running or walking.
    pub gait: Gait,
    /// Steps per second of both legs, where it was measured.
    pub step_rate_hz: Option<f64>,
}

impl Segment {
    /// A stretch whose grade and speed were set, as on a treadmill: no grade error, gait told from
    /// the speed, step rate from gait and speed.
    ///
    /// ```
    /// use eccentric::activity::Segment;
    /// let reference_bout = Segment::steady(-0.16, 3.0, 30.0 * 60.0);
    /// assert_eq!(reference_bout.distance_m(), 5400.0);
    /// ```
    pub fn steady(grade: f64, speed_m_s: f64, duration_s: f64) -> Self {
        Self {
            start_s: 0.0,
            duration_s,
            speed_m_s,
            grade,
            grade_se: 0.0,
            gait: Gait::of(speed_m_s, None),
            step_rate_hz: None,
        }
    }

    /// Distance along the slope in metres.
    pub fn distance_m(&self) -> f64 {
        self.speed_m_s * self.duration_s
    }

    /// Horizontal distance in metres.
    pub fn horizontal_m(&self) -> f64 {
        self.distance_m() / crate::math::sqrt(1.0 + self.grade * self.grade)
    }

    /// Change of elevation in metres, negative downhill.
    pub fn rise_m(&self) -> f64 {
        self.horizontal_m() * self.grade
    }

    /// Checks every field.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] with the position of the segment.
    pub fn check_at(&self, index: usize) -> Result<()> {
        bounds::SEGMENT_START.check_at(self.start_s, index)?;
        bounds::SEGMENT_DURATION.check_at(self.duration_s, index)?;
        bounds::SPEED.check_at(self.speed_m_s, index)?;
        bounds::GRADE.check_at(self.grade, index)?;
        bounds::GRADE_SE.check_at(self.grade_se, index)?;
        if let Some(step_rate) = self.step_rate_hz {
            bounds::STEP_RATE.check_at(step_rate, index)?;
        }
        Ok(())
    }
}

/// Something about a recording that its reader should know before trusting the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Flag {
    /// Time without samples was left out.
    Gaps,
    /// Elevations far from their neighbours were left out.
    ElevationSpikes,
    /// Steps in the elevation that no runner can climb split the profile.
    ElevationSteps,
    /// Part of the samples carries no elevation; it was interpolated.
    ElevationHoles,
    /// Grades steeper than 45 % were limited to 45 %, or to 100 % where that much was walked.
    GradeLimited,
    /// Faster than any runner in places; these stretches were left out.
    SpeedSpikes,
    /// The grades don't add up to the difference of elevation: low confidence.
    ElevationMismatch,
    /// The elevation source is unknown.
    ElevationSourceUnknown,
    /// The grade was set, not measured.
    GradeSet,
}

/// What cleaning found and what it changed.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Quality {
    /// Where the elevation comes from.
    pub elevation_source: ElevationSource,
    /// Noise of one elevation reading as estimated from the recording, standard deviation in m.
    pub elevation_noise_m: f64,
    /// Distance over which the elevation was smoothed to give a grade, in m: the length of the
    /// straight-line fit with the same error.
    pub smoothing_window_m: f64,
    /// Time without samples or with the device paused, in s.
    pub gap_s: f64,
    /// Time standing still, in s.
    pub standing_s: f64,
    /// Number of elevations left out as spikes.
    pub elevation_spikes: u32,
    /// Distance over which the grade was limited, in m.
    pub grade_limited_m: f64,
    /// What a reader should know, each at most once.
    pub flags: Vec<Flag>,
}

/// A cleaned run.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Activity {
    /// When the recording began.
    pub start: Timestamp,
    /// What the device says was recorded.
    pub sport: Sport,
    /// From the first to the last sample in s, pauses included.
    pub duration_s: f64,
    /// Distance covered while moving in m, horizontal.
    pub distance_m: f64,
    /// Sum of climbs in m, turns below 3 m left out.
    pub ascent_m: f64,
    /// Sum of descents in m, turns below 3 m left out.
    pub descent_m: f64,
    /// The run itself.
    pub segments: Vec<Segment>,
    /// Elevation at the start of each segment in m; same length as `segments`.
    pub elevation_m: Vec<f64>,
    /// What cleaning found and changed.
    pub quality: Quality,
}
