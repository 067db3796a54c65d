//! Stage 2c: the dose of each muscle group, in units of the reference bout.

use super::mechanics::{metabolic_cost_j_kg_m, step_rate_hz};
use super::runner::Runner;
use super::shares::muscle_work;
use crate::activity::{Gait, Segment};
use crate::error::Result;
use crate::math::pow;
use crate::params::Parameters;
use crate::units::PerMuscle;

/// Grade of the reference bout.
pub const REFERENCE_GRADE: f64 = -0.16;
/// Speed of the reference bout in m/s.
pub const REFERENCE_SPEED_M_S: f64 = 3.0;
/// Duration of the reference bout in s.
pub const REFERENCE_DURATION_S: f64 = 1800.0;

/// What a stretch of running does to the legs, in units of the reference bout (30 min at -16 %,
/// 3.0 m/s, 70 kg, 15 % fat), which is 1 in every field.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Dose {
    /// Drives structural damage and soreness, per muscle group. 100 times this are the points.
    pub damage: PerMuscle<f64>,
    /// Drives protection against the next bout, per muscle group.
    pub protection: PerMuscle<f64>,
    /// Drives fatigue; common to all muscle groups.
    pub acute: f64,
}

impl Dose {
    /// Sum of this dose and `weight` times another.
    #[must_use]
    pub fn plus(&self, other: &Self, weight: f64) -> Self {
        let sum = |a: &PerMuscle<f64>, b: &PerMuscle<f64>| {
            PerMuscle::from_fn(|muscle| a[muscle] + weight * b[muscle])
        };
        Self {
            damage: sum(&self.damage, &other.damage),
            protection: sum(&self.protection, &other.protection),
            acute: self.acute + weight * other.acute,
        }
    }
}

/// The factors of a dose rate that depend on the grade alone. A dose rate is a product of a factor
/// of the grade and factors of speed and step rate, which is what makes tables of it possible.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct GradeFactors {
    pub damage: PerMuscle<f64>,
    pub protection: PerMuscle<f64>,
    pub acute: f64,
}

/// Turns segments into doses for one runner. Everything that does not depend on the segment is
/// computed once, when it is made.
///
/// ```text
/// w = dissipated(i) v / f phi                     work of one step that stays in the fibres, J/kg
/// damage     = sum f dt (w / w_ref)^p   h(v) / ...     h(v) = 1 / (1 + (v0 / v)^m)
/// protection = sum f dt (w / w_ref)^p_R h(v) / ...
/// acute      = sum C(i) v phi dt / ...                 ... : the same sum over the reference bout
/// ```
///
/// ```
/// use eccentric::{activity::Segment, load::{DoseModel, Runner}, params::Parameters};
/// let model = DoseModel::new(&Parameters::default(), &Runner::default())?;
/// let rate = model.rate(&Segment::steady(-0.16, 3.0, 1800.0));
/// assert!((1800.0 * rate.damage.quadriceps - 1.0).abs() < 1e-12);
/// # Ok::<(), eccentric::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoseModel {
    parameters: Parameters,
    runner: Runner,
    /// Load over capacity to the powers that the three doses need.
    capacity: [f64; 3],
    /// Dose per second of the reference bout before it is made 1.
    reference: Dose,
    weights: PerMuscle<f64>,
}

impl DoseModel {
    /// Prepares the doses of a runner.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for an impossible runner or parameter.
    pub fn new(parameters: &Parameters, runner: &Runner) -> Result<Self> {
        parameters.check()?;
        runner.check()?;
        let one = Dose {
            damage: PerMuscle::from_fn(|_| 1.0),
            protection: PerMuscle::from_fn(|_| 1.0),
            acute: 1.0,
        };
        let mut model = Self {
            parameters: *parameters,
            runner: Runner::default(),
            capacity: [1.0; 3],
            reference: one,
            weights: PerMuscle::default(),
        };
        let bout = Segment::steady(REFERENCE_GRADE, REFERENCE_SPEED_M_S, REFERENCE_DURATION_S);
        let second = model.rate(&bout);
        model.reference = Dose::default().plus(&second, bout.duration_s);
        let work = muscle_work(bout.grade, bout.gait, parameters).negative_j_kg_m;
        let total: f64 = work.iter().map(|(_, w)| w).sum();
        model.weights = work.map(|w| w / total);
        let phi = runner.load_over_capacity(parameters);
        model.capacity =
            [pow(phi, parameters.dose_exponent), pow(phi, parameters.protection_exponent), phi];
        model.runner = *runner;
        Ok(model)
    }

    /// The runner whose doses these are.
    pub fn runner(&self) -> &Runner {
        &self.runner
    }

    /// The constants behind the doses.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Mean over the muscle groups, weighted by their negative work in the reference bout.
    pub fn total(&self, per_muscle: &PerMuscle<f64>) -> f64 {
        per_muscle.iter().map(|(muscle, value)| self.weights[muscle] * value).sum()
    }

    /// Dose per second in a segment.
    pub fn rate(&self, segment: &Segment) -> Dose {
        self.rate_on(&self.grade_factors(segment.grade, segment.gait), segment)
    }

    /// [`DoseModel::rate`] with the factors of the segment's grade and gait at hand.
    pub(crate) fn rate_on(&self, grade: &GradeFactors, segment: &Segment) -> Dose {
        let [damage, protection] = self.motion_factors(segment);
        Dose {
            damage: grade.damage.map(|g| g * damage),
            protection: grade.protection.map(|g| g * protection),
            acute: grade.acute * segment.speed_m_s,
        }
    }

    /// Factors of the grade, runner and normalisation included.
    pub(crate) fn grade_factors(&self, grade: f64, gait: Gait) -> GradeFactors {
        let p = &self.parameters;
        let work = muscle_work(grade, gait, p).dissipated_j_kg_m;
        let [damage, protection, acute] = self.capacity;
        let power = |exponent: f64, capacity: f64, reference: &PerMuscle<f64>| {
            PerMuscle::from_fn(|m| pow(work[m], exponent) * capacity / reference[m])
        };
        GradeFactors {
            damage: power(p.dose_exponent, damage, &self.reference.damage),
            protection: power(p.protection_exponent, protection, &self.reference.protection),
            acute: metabolic_cost_j_kg_m(grade, gait) * acute / self.reference.acute,
        }
    }

    /// Factors of speed and step rate for damage and protection: `v^p h(v) f^(1 - p)`.
    pub(super) fn motion_factors(&self, segment: &Segment) -> [f64; 2] {
        let p = &self.parameters;
        let v = segment.speed_m_s;
        if v <= 0.0 {
            return [0.0; 2];
        }
        let step_rate_hz = step_rate_hz(segment, p);
        let gate = 1.0 / (1.0 + pow(p.braking_speed_m_s / v, p.braking_speed_steepness));
        [p.dose_exponent, p.protection_exponent]
            .map(|e| gate * step_rate_hz * pow(v / step_rate_hz, e))
    }
}
