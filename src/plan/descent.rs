//! The descent that a runner trains on: what points mean in grade, pace and metres.

use crate::activity::{Gait, Segment};
use crate::bounds;
use crate::error::Result;
use crate::load::{DoseModel, EccentricLoad, REFERENCE_POINTS};
use crate::math::sqrt;
use crate::params::fixed::{
    DESCENT_FROM_GRADE, OTHER_DESCENT_GRADE, OTHER_DESCENT_SPEED_M_S, STEEP_DESCENT_GRADE,
    STEEP_DESCENT_SPEED_M_S, USUAL_DESCENT_M,
};
use crate::units::Timestamp;

/// A descent that is run at one grade and speed.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Descent {
    /// Rise over horizontal distance, negative.
    pub grade: f64,
    /// Speed along the slope in m/s.
    pub speed_m_s: f64,
}

impl Default for Descent {
    /// For a runner without a usual descent: -12 % at 11.3 km/h, the middle of the downhill protocols in a
    /// review (10.1007/s40279-020-01355-z).
    fn default() -> Self {
        Self { grade: OTHER_DESCENT_GRADE, speed_m_s: OTHER_DESCENT_SPEED_M_S }
    }
}

/// A session on a descent, in what a runner can follow.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Workout {
    /// Metres of descent.
    pub descent_m: f64,
    /// Metres along the slope, the way back up not counted.
    pub distance_m: f64,
    /// Seconds of running downhill.
    pub duration_s: f64,
}

impl Descent {
    /// A short and steep descent: 15 minutes at -25 % are 580 m.
    pub const STEEP: Self = Self { grade: STEEP_DESCENT_GRADE, speed_m_s: STEEP_DESCENT_SPEED_M_S };

    /// Checks grade and speed.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] that names the quantity.
    pub fn check(&self) -> Result<()> {
        bounds::DESCENT_GRADE.check(self.grade)?;
        bounds::DESCENT_SPEED.check(self.speed_m_s)?;
        Ok(())
    }

    fn segment(&self, duration_s: f64) -> Segment {
        Segment { gait: Gait::Running, ..Segment::steady(self.grade, self.speed_m_s, duration_s) }
    }

    /// Points of an hour, mean over the muscle groups as in [`EccentricLoad::points_total`].
    pub fn points_per_h(&self, model: &DoseModel) -> f64 {
        3600.0 * REFERENCE_POINTS * model.total(&model.rate(&self.segment(0.0)).damage)
    }

    /// Points of a metre of descent.
    pub fn points_per_m(&self, model: &DoseModel) -> f64 {
        let descent_m_per_h = -self.segment(3600.0).rise_m();
        self.points_per_h(model) / descent_m_per_h
    }

    /// What a number of points takes on this descent.
    ///
    /// ```
    /// use eccentric::{load::{DoseModel, Runner}, params::Parameters, plan::Descent};
    /// let model = DoseModel::new(&Parameters::default(), &Runner::default())?;
    /// let reference = Descent { grade: -0.16, speed_m_s: 3.0 };
    /// let half = reference.workout(50.0, &model)?;
    /// assert!((half.duration_s - 900.0).abs() < 1e-9 && (half.distance_m - 2700.0).abs() < 1e-9);
    /// assert!((half.descent_m - 2700.0 * 0.16 / 1.0256_f64.sqrt()).abs() < 1e-9);
    /// # Ok::<(), eccentric::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for an impossible descent or number of points.
    pub fn workout(&self, points: f64, model: &DoseModel) -> Result<Workout> {
        self.check()?;
        bounds::SESSION_POINTS.check(points)?;
        let segment = self.segment(3600.0 * points / self.points_per_h(model));
        Ok(Workout {
            descent_m: -segment.rise_m(),
            distance_m: segment.distance_m(),
            duration_s: segment.duration_s,
        })
    }

    /// The load of a session.
    ///
    /// # Errors
    /// As [`Descent::workout`].
    pub fn load(&self, start: Timestamp, points: f64, model: &DoseModel) -> Result<EccentricLoad> {
        let Workout { duration_s, .. } = self.workout(points, model)?;
        model.load(start, &[self.segment(duration_s)])
    }
}

/// The descents of a run, or of several: what is steeper than 5 %.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Descents {
    /// Metres of descent.
    pub descent_m: f64,
    /// Metres along the slope.
    pub distance_m: f64,
    /// Moving time in seconds.
    pub duration_s: f64,
}

impl Descents {
    /// The descents among the segments of a run.
    pub fn of(segments: &[Segment]) -> Self {
        segments.iter().filter(|s| s.grade <= DESCENT_FROM_GRADE).fold(
            Self::default(),
            |sum, segment| {
                sum.plus(&Self {
                    descent_m: -segment.rise_m(),
                    distance_m: segment.distance_m(),
                    duration_s: segment.duration_s,
                })
            },
        )
    }

    /// These and others together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            descent_m: self.descent_m + other.descent_m,
            distance_m: self.distance_m + other.distance_m,
            duration_s: self.duration_s + other.duration_s,
        }
    }

    /// The usual descent of a runner, mean grade and speed over the distance; `None` below 100 m of
    /// descent, or if the mean is none that could be trained on.
    ///
    /// ```
    /// use eccentric::{activity::Segment, plan::Descents};
    /// let run = [(0.0, 3.0), (-0.10, 3.0), (0.10, 2.0), (-0.20, 3.0)];
    /// let segments = run.map(|(grade, speed)| Segment::steady(grade, speed, 600.0));
    /// let usual = Descents::of(&segments).usual().unwrap();
    /// assert!((usual.speed_m_s - 3.0).abs() < 1e-12 && (usual.grade + 0.149).abs() < 0.001);
    /// assert_eq!(Descents::of(&segments[..1]).usual(), None);
    /// ```
    pub fn usual(&self) -> Option<Descent> {
        if self.descent_m < USUAL_DESCENT_M || self.duration_s <= 0.0 {
            return None;
        }
        let level_m = sqrt(self.distance_m * self.distance_m - self.descent_m * self.descent_m);
        let usual = Descent {
            grade: -self.descent_m / level_m,
            speed_m_s: self.distance_m / self.duration_s,
        };
        usual.check().is_ok().then_some(usual)
    }
}
