//! The eccentric load of one run: what later stages and apps keep of it.

use alloc::vec::Vec;

use super::dose::{Dose, DoseModel};
use super::mechanics::{negative_power_w_kg, step_rate_hz};
use super::shares::{stance_dissipation, swing_work_j_kg};
use super::unmeasured::Unmeasured;
use crate::activity::{Activity, Segment};
use crate::bounds::{self, Bound};
use crate::error::Result;
use crate::math::sqrt;
use crate::params::fixed::{EASY_SPEED_M_S, GRADE_ERROR_RANGE_M};
use crate::units::{PerMuscle, Timestamp};

/// Longest stretch of a load in s, as long as there are not more of them than [`MOST_STRETCHES`].
const STRETCH_S: f64 = 1200.0;
/// Fewest stretches of a load: a run of less than two hours has shorter ones.
const FEWEST_STRETCHES: f64 = 6.0;
/// Most stretches of a load: a run of more than 13 hours has longer ones.
pub(super) const MOST_STRETCHES: usize = 39;
/// Points of a dose of 1.
pub(crate) const REFERENCE_POINTS: f64 = 100.0;

/// The eccentric load of one run and one runner: all that is kept of a run to advance the legs.
///
/// The run is kept as stretches of equal time: six, or as many more as keep them at 20 minutes, but not more
/// than 39. From them the state of the legs comes out within 0.5 % of what every second of the run gives,
/// wherever the run is cut; within 1.5 % where hard and easy minutes of a run on unused legs share a stretch.
/// [`EccentricLoad::to_bytes`] stores a run of two hours in 186 bytes and none in more than 945.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct EccentricLoad {
    /// When the run began.
    pub start: Timestamp,
    /// From its start to its end in s, stops included.
    pub duration_s: f64,
    /// Negative mechanical work in J, pack included.
    pub negative_work_j: f64,
    /// Points of each muscle group: 100 are the quadriceps' of the reference bout.
    pub points: PerMuscle<f64>,
    /// Points of all muscle groups together: 100 are those of the reference bout.
    pub points_total: f64,
    /// Standard error of those points: from the error of the grades, and from the distance of the run from
    /// what was measured.
    pub points_se: f64,
    /// Distance of easy level running without a pack that leaves the same work in the fibres, in km.
    pub equivalent_flat_km: f64,
    /// The doses of stretches of equal time.
    pub stretches: Vec<Dose>,
}

impl EccentricLoad {
    /// When the run ends.
    pub fn end(&self) -> Timestamp {
        self.start.add_seconds(self.duration_s)
    }

    /// Checks that the load can be one: stored loads pass the same door as computed ones.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] with the position of a bad stretch.
    pub fn check(&self) -> Result<()> {
        for value in [self.negative_work_j, self.points_total, self.points_se] {
            bounds::LOAD.check(value)?;
        }
        for (_, &points) in self.points.iter() {
            bounds::LOAD.check(points)?;
        }
        bounds::LOAD.check(self.equivalent_flat_km)?;
        bounds::RELATIVE_ERROR.check(self.relative_se())?;
        bounds::LOAD_DURATION.check(self.duration_s)?;
        bounds::LOAD_STRETCHES.check(self.stretches.len() as f64)?;
        for (index, stretch) in self.stretches.iter().enumerate() {
            bounds::DOSE.check_at(stretch.acute, index)?;
            for (muscle, &dose) in stretch.damage.iter() {
                bounds::DOSE.check_at(dose, index)?;
                bounds::DOSE.check_at(stretch.protection[muscle], index)?;
                Bound { max: dose, ..bounds::HARD_DOSE }.check_at(stretch.hard[muscle], index)?;
            }
        }
        Ok(())
    }

    /// Sum of all stretches.
    pub fn dose(&self) -> Dose {
        self.stretches.iter().fold(Dose::default(), |sum, dose| sum.plus(dose, 1.0))
    }

    /// Length of each stretch in hours.
    pub(crate) fn stretch_h(&self) -> f64 {
        self.duration_s / 3600.0 / (self.stretches.len().max(1) as f64)
    }

    /// Error of the load as a fraction of it; zero for a load of zero.
    pub fn relative_se(&self) -> f64 {
        if self.points_total > 0.0 { self.points_se / self.points_total } else { 0.0 }
    }
}

impl DoseModel {
    /// Load of a cleaned activity.
    ///
    /// # Errors
    /// As [`DoseModel::load`].
    pub fn load_of(&self, activity: &Activity) -> Result<EccentricLoad> {
        self.load(activity.start, &activity.segments)
    }

    /// Load of a run given as segments in order of their start. Segments that all start at zero, as
    /// [`Segment::steady`] makes them, follow each other without a break.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] with the position of a bad segment.
    ///
    /// ```
    /// use eccentric::{activity::Segment, load::{DoseModel, Runner}};
    /// use eccentric::{params::Parameters, Timestamp};
    /// let model = DoseModel::new(&Parameters::default(), &Runner::default())?;
    /// let run = model.load(Timestamp::from_unix_s(0), &[Segment::steady(-0.16, 3.0, 1800.0)])?;
    /// assert!((run.points_total - 100.0).abs() < 1e-9);
    /// assert!((run.points.quadriceps - 100.0).abs() < 1e-9);
    /// # Ok::<(), eccentric::Error>(())
    /// ```
    pub fn load(&self, start: Timestamp, segments: &[Segment]) -> Result<EccentricLoad> {
        let mut end_s = 0.0;
        let mut placed = Vec::with_capacity(segments.len());
        for (index, segment) in segments.iter().enumerate() {
            segment.check_at(index)?;
            let start_s = segment.start_s.max(end_s);
            end_s = start_s + segment.duration_s;
            placed.push((start_s, end_s));
        }
        let mut sum = Dose::default();
        let mut stretches = Stretches::of(end_s, !segments.is_empty());
        let (mut work_j_kg, mut dissipated_j_kg) = (0.0, 0.0);
        let mut error = GradeError::default();
        let mut unmeasured = Unmeasured::default();
        for (segment, span) in segments.iter().zip(placed) {
            let dose = Dose::default().plus(&self.rate(segment), segment.duration_s);
            stretches.add(span, &dose);
            sum = sum.plus(&dose, 1.0);
            work_j_kg += negative_power_w_kg(segment, self.parameters()) * segment.duration_s;
            dissipated_j_kg += self.dissipated_w_kg(segment) * segment.duration_s;
            error.add(segment, self.points_per_grade(segment));
            unmeasured.add(segment, self.total(&dose.damage));
        }
        let points = sum.damage.map(|d| REFERENCE_POINTS * d);
        let points_total = self.total(&points);
        let hours = end_s / 3600.0;
        let unmeasured = points_total * unmeasured.relative_se(hours, self.runner().age_years);
        let runner = self.runner();
        let carried = runner.total_mass_kg() / runner.mass_kg;
        Ok(EccentricLoad {
            start,
            duration_s: end_s,
            negative_work_j: work_j_kg * runner.total_mass_kg(),
            points,
            points_total,
            points_se: sqrt(error.variance() + unmeasured * unmeasured),
            equivalent_flat_km: carried * dissipated_j_kg / self.easy_km_j_kg(),
            stretches: stretches.list,
        })
    }

    /// Work that stays in the fibres of all muscle groups, in W/kg.
    fn dissipated_w_kg(&self, segment: &Segment) -> f64 {
        let p = self.parameters();
        let stance = stance_dissipation(segment.grade, segment.gait, p);
        let of_stance: f64 = stance.iter().map(|(_, work)| work).sum();
        let steps_hz = if segment.speed_m_s > 0.0 { step_rate_hz(segment, p) } else { 0.0 };
        of_stance * segment.speed_m_s + swing_work_j_kg(segment.speed_m_s, p) * steps_hz
    }

    /// The same for a kilometre of easy level running, in J/kg.
    fn easy_km_j_kg(&self) -> f64 {
        let easy = Segment::steady(0.0, EASY_SPEED_M_S, 1000.0 / EASY_SPEED_M_S);
        self.dissipated_w_kg(&easy) * easy.duration_s
    }

    /// Points of the segment, per unit of grade error.
    fn points_per_grade(&self, segment: &Segment) -> f64 {
        if segment.grade_se == 0.0 {
            return 0.0;
        }
        let step = segment.grade_se.clamp(1.0e-4, 0.02);
        let at = |grade: f64| self.total(&self.rate(&Segment { grade, ..*segment }).damage);
        let slope = (at(segment.grade + step) - at(segment.grade - step)) / (2.0 * step);
        REFERENCE_POINTS * slope * segment.duration_s
    }

    /// Points of 1 km in a segment, all muscle groups together; zero where nothing moves.
    ///
    /// ```
    /// use eccentric::{activity::Segment, load::{DoseModel, Runner}, params::Parameters};
    /// let model = DoseModel::new(&Parameters::default(), &Runner::default())?;
    /// let reference_bout = Segment::steady(-0.16, 3.0, 1800.0);
    /// assert!((model.points_per_km(&reference_bout) - 100.0 / 5.4).abs() < 1e-9);
    /// # Ok::<(), eccentric::Error>(())
    /// ```
    pub fn points_per_km(&self, segment: &Segment) -> f64 {
        if segment.speed_m_s <= 0.0 {
            return 0.0;
        }
        let points_per_s = REFERENCE_POINTS * self.total(&self.rate(segment).damage);
        1000.0 * points_per_s / segment.speed_m_s
    }
}

/// Stretches of equal time, filled with doses.
struct Stretches {
    list: Vec<Dose>,
    length_s: f64,
}

impl Stretches {
    fn of(duration_s: f64, any: bool) -> Self {
        let count = libm::ceil(duration_s / STRETCH_S - 1.0e-9)
            .clamp(FEWEST_STRETCHES, MOST_STRETCHES as f64);
        let list = alloc::vec![Dose::default(); if any { count as usize } else { 0 }];
        Self { list, length_s: duration_s / count }
    }

    /// Spreads a dose evenly over the stretches that its time lies in.
    fn add(&mut self, (start_s, end_s): (f64, f64), dose: &Dose) {
        let last = self.list.len() - 1;
        let duration_s = end_s - start_s;
        if duration_s <= 0.0 {
            return;
        }
        let mut k = ((start_s / self.length_s) as usize).min(last);
        let mut from_s = start_s;
        loop {
            let to_s = if k == last { end_s } else { end_s.min(self.length_s * (k + 1) as f64) };
            self.list[k] = self.list[k].plus(dose, (to_s - from_s).max(0.0) / duration_s);
            if to_s >= end_s {
                return;
            }
            (k, from_s) = (k + 1, from_s.max(to_s));
        }
    }
}

/// Error of the points: grade errors add up within a stretch and average out between stretches.
#[derive(Default)]
struct GradeError {
    variance: f64,
    stretch: f64,
    stretch_m: f64,
}

impl GradeError {
    fn add(&mut self, segment: &Segment, points_per_grade: f64) {
        self.stretch += points_per_grade * segment.grade_se;
        self.stretch_m += segment.distance_m();
        if self.stretch_m >= GRADE_ERROR_RANGE_M {
            self.variance += self.stretch * self.stretch;
            self.stretch = 0.0;
            self.stretch_m = 0.0;
        }
    }

    /// Variance of the points.
    fn variance(&self) -> f64 {
        self.variance + self.stretch * self.stretch
    }
}
