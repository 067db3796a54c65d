//! Stage 2c: the dose of each muscle group, in units of the reference bout.

use super::mechanics::{metabolic_cost_j_kg_m, step_rate_hz};
use super::runner::Runner;
use super::shares::{stance_dissipation, swing_work_j_kg};
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

/// What a stretch of running does to the legs. The unit of every dose of a muscle group is what the
/// reference bout (30 min at -16 %, 3.0 m/s, 70 kg, 15 % fat) is to the quadriceps.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Dose {
    /// Damaging dose of each muscle group. 100 times this are the points.
    pub damage: PerMuscle<f64>,
    /// The part of `damage` that comes from hard steps, whose soreness comes late.
    pub hard: PerMuscle<f64>,
    /// Dose that protects against the next bout, per muscle group.
    pub protection: PerMuscle<f64>,
    /// Metabolic cost, which fatigues all muscle groups alike; 1 in the reference bout.
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
            hard: sum(&self.hard, &other.hard),
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
    /// Of the hardness of a step.
    pub hardness: f64,
    pub acute: f64,
}

/// The factors of a dose rate that depend on speed and step rate.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MotionFactors {
    /// Damage and protection of the muscle groups of stance: `f (v / f)^p` with both exponents.
    pub stance: [f64; 2],
    /// Damage and protection of the hamstrings: `f (w(v) / w(3 m/s))^p` with both exponents.
    pub swing: [f64; 2],
    /// Length of a step in m.
    pub step_m: f64,
}

/// Turns segments into doses for one runner. Everything that does not depend on the segment is
/// computed once, when it is made.
///
/// ```text
/// w = dissipated(i) v / f phi        work of a step that stays in the fibres, J/kg; hamstrings: w = a (v / 3)^2.8 phi
/// rel = w / w_ref                    w_ref: that of the quadriceps in the reference bout, which has N steps
/// damage     = sum f dt c rel^p   / N             c: 1, calves c_C
/// hard       = sum f dt c rel^p   / N min(1, rel of the quadriceps)
/// protection = sum f dt c rel^p_R / N
/// acute      = sum C(i) v phi dt, over the same sum of the reference bout
/// ```
///
/// ```
/// use eccentric::{activity::Segment, load::{DoseModel, Runner}, params::Parameters};
/// let model = DoseModel::new(&Parameters::default(), &Runner::default())?;
/// let rate = model.rate(&Segment::steady(-0.16, 3.0, 1800.0));
/// assert!((1800.0 * rate.damage.quadriceps - 1.0).abs() < 1e-12);
/// assert!(rate.damage.hamstrings < 0.2 * rate.damage.quadriceps);
/// # Ok::<(), eccentric::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoseModel {
    parameters: Parameters,
    runner: Runner,
    /// Load over capacity to the powers that damage, protection and the rest need.
    capacity: [f64; 3],
    reference: Reference,
}

/// The reference bout.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Reference {
    /// Work that stays in the fibres of the quadriceps with one step, in J/kg.
    work_j_kg: f64,
    steps: f64,
    metabolic_j_kg: f64,
    /// Sum of the damaging doses of all muscle groups.
    dose: f64,
}

impl Reference {
    fn of(p: &Parameters) -> Self {
        let bout = Segment::steady(REFERENCE_GRADE, REFERENCE_SPEED_M_S, REFERENCE_DURATION_S);
        let dissipated = stance_dissipation(bout.grade, bout.gait, p).quadriceps;
        let step_rate_hz = step_rate_hz(&bout, p);
        Self {
            work_j_kg: dissipated * bout.speed_m_s / step_rate_hz,
            steps: step_rate_hz * bout.duration_s,
            metabolic_j_kg: metabolic_cost_j_kg_m(bout.grade, bout.gait) * bout.distance_m(),
            dose: 1.0,
        }
    }
}

impl DoseModel {
    /// Prepares the doses of a runner.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for an impossible runner or parameter.
    pub fn new(parameters: &Parameters, runner: &Runner) -> Result<Self> {
        parameters.check()?;
        runner.check()?;
        let mut model = Self::of_reference_runner(parameters);
        let phi = runner.load_over_capacity(parameters);
        model.capacity =
            [pow(phi, parameters.dose_exponent), pow(phi, parameters.protection_exponent), phi];
        model.runner = *runner;
        Ok(model)
    }

    /// Prepares the doses of the reference runner, with constants that have passed their check or belong to
    /// a person.
    pub(crate) fn of_reference_runner(parameters: &Parameters) -> Self {
        let mut model = Self {
            parameters: *parameters,
            runner: Runner::default(),
            capacity: [1.0; 3],
            reference: Reference::of(parameters),
        };
        let bout = Segment::steady(REFERENCE_GRADE, REFERENCE_SPEED_M_S, REFERENCE_DURATION_S);
        model.reference.dose = sum(&model.rate(&bout).damage) * bout.duration_s;
        model
    }

    /// The runner whose doses these are.
    pub fn runner(&self) -> &Runner {
        &self.runner
    }

    /// The constants behind the doses.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Sum over the muscle groups, over that of the reference bout.
    pub fn total(&self, per_muscle: &PerMuscle<f64>) -> f64 {
        sum(per_muscle) / self.reference.dose
    }

    /// Dose per second in a segment.
    pub fn rate(&self, segment: &Segment) -> Dose {
        self.rate_on(&self.grade_factors(segment.grade, segment.gait), segment)
    }

    /// [`DoseModel::rate`] with the factors of the segment's grade and gait at hand.
    pub(crate) fn rate_on(&self, grade: &GradeFactors, segment: &Segment) -> Dose {
        let motion = self.motion_factors(segment);
        let rates = |factors: &PerMuscle<f64>, k: usize| PerMuscle {
            hamstrings: factors.hamstrings * motion.swing[k],
            ..factors.map(|factor| factor * motion.stance[k])
        };
        let damage = rates(&grade.damage, 0);
        let hardness = (grade.hardness * motion.step_m).min(1.0);
        Dose {
            damage,
            hard: damage.map(|rate| hardness * rate),
            protection: rates(&grade.protection, 1),
            acute: grade.acute * segment.speed_m_s,
        }
    }

    /// Factors of the grade, runner and normalisation included.
    pub(crate) fn grade_factors(&self, grade: f64, gait: Gait) -> GradeFactors {
        let p = &self.parameters;
        let Reference { work_j_kg, steps, metabolic_j_kg, .. } = self.reference;
        let [damage, protection, phi] = self.capacity;
        // The hamstrings at the speed at which their work is given.
        let work =
            PerMuscle { hamstrings: p.swing_work_j_kg, ..stance_dissipation(grade, gait, p) };
        let power = |exponent: f64, capacity: f64| PerMuscle {
            calves: p.calves_gain * pow(work.calves / work_j_kg, exponent) * capacity / steps,
            ..work.map(|work| pow(work / work_j_kg, exponent) * capacity / steps)
        };
        GradeFactors {
            damage: power(p.dose_exponent, damage),
            protection: power(p.protection_exponent, protection),
            hardness: work.quadriceps / work_j_kg * phi,
            acute: metabolic_cost_j_kg_m(grade, gait) * phi / metabolic_j_kg,
        }
    }

    /// Factors of speed and step rate; nothing where nothing moves.
    pub(crate) fn motion_factors(&self, segment: &Segment) -> MotionFactors {
        let p = &self.parameters;
        let v = segment.speed_m_s;
        if v <= 0.0 {
            return MotionFactors::default();
        }
        let step_rate_hz = step_rate_hz(segment, p);
        let step_m = v / step_rate_hz;
        let swing = swing_work_j_kg(v, p) / p.swing_work_j_kg;
        let steps = |work: f64| {
            [p.dose_exponent, p.protection_exponent].map(|e| step_rate_hz * pow(work, e))
        };
        MotionFactors { stance: steps(step_m), swing: steps(swing), step_m }
    }
}

fn sum(per_muscle: &PerMuscle<f64>) -> f64 {
    per_muscle.iter().map(|(_, value)| value).sum()
}
