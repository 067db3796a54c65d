//! Stage 3: what a dose leaves in the legs, how it fades, and how it protects.
//!
//! Per muscle group, all linear between doses, so that any time is advanced exactly:
//!
//! ```text
//! fatigue           A' = -A / tau_A
//! exposure          X' = -X / tau_A
//! structural damage D' = -D / tau_D
//! soreness at once  I' = -I / tau_A
//! soreness chain    c1' = -c1 / tau_S     c2' = (c1 - c2) / tau_S     c3' = (c2 - c3) / tau_S
//! protection        U1' = -U1 / tau_U     U2' = (U1 - U2) / tau_U     R' = U2 / tau_U - R / tau_R
//! ```
//!
//! A dose (x damage, of which x_h by hard steps, y acute, z protection) adds, with what the muscle is at that
//! moment:
//!
//! ```text
//! K = K0 + kappa sqrt(R)                            tolerance: everyday walking and training
//! g = X / sqrt(X^2 + K^2)                           the part of a dose that goes beyond it
//! A += k_A y        D += k_D (eps + (1 - eps) g) x        X += x        U1 += z
//! I += k_I s x      c1 += k_S s x_h      c2 += k_S s (x - x_h)        s = phi + (1 - phi) g
//! ```
//!
//! What stays below the tolerance does next to nothing, what goes beyond it hurts in full: that makes usual
//! runs harmless, unusual ones sore, late miles dearer than early ones, and protects (repeated bout effect).

use super::fade::{Decay, Fade, ProtectionDecay, Steps};
use super::model::DamageModel;
use super::muscle::{Effect, MuscleState};
use crate::bounds;
use crate::error::{Error, Result};
use crate::load::{Dose, EccentricLoad};
use crate::params::Parameters;
use crate::units::{Muscle, PerMuscle, Timestamp};

/// State of one athlete's legs at a point in time: all that an app has to store.
///
/// ```
/// use eccentric::{activity::Segment, damage::LegState, load::{DoseModel, Runner}};
/// use eccentric::{params::Parameters, Timestamp};
/// let p = Parameters::default();
/// let model = DoseModel::new(&p, &Runner::default())?;
/// let run = model.load(Timestamp::from_unix_s(0), &[Segment::steady(-0.16, 3.0, 1800.0)])?;
/// let fresh = LegState::rested(run.start);
/// let after = fresh.after(&run, &p)?;
/// let two_days_later = after.advanced_to(run.start.add_hours(48.0), &p)?;
/// assert!(two_days_later.muscles.quadriceps.damage < after.muscles.quadriceps.damage);
/// # Ok::<(), eccentric::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct LegState {
    /// The time at which the state holds.
    pub time: Timestamp,
    /// State of each muscle group.
    pub muscles: PerMuscle<MuscleState>,
    /// Mean damage dose of the recent runs, fading like damage.
    pub recent_dose: f64,
    /// Standard error of that dose.
    pub recent_error: f64,
}

impl LegState {
    /// Legs without fatigue, damage, soreness or protection.
    pub fn rested(time: Timestamp) -> Self {
        Self { time, muscles: PerMuscle::default(), recent_dose: 0.0, recent_error: 0.0 }
    }

    /// The state some hours later, without any running in between. Exact for every span.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a negative or unreasonable number of hours, an impossible state.
    pub fn advanced(&self, hours: f64, p: &Parameters) -> Result<Self> {
        self.check()?;
        bounds::ADVANCE_HOURS.check(hours)?;
        Ok(self.advance_unchecked(hours, self.time.add_hours(hours), p))
    }

    /// The state at a later time, without any running in between.
    ///
    /// # Errors
    /// [`Error::BackInTime`] for an earlier time, [`Error::OutOfRange`] for an impossible state.
    pub fn advanced_to(&self, time: Timestamp, p: &Parameters) -> Result<Self> {
        self.check()?;
        self.moved_to(time, p)
    }

    /// Checks that the state can be one: nothing negative, nothing that is no number.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for the first value that is not possible.
    pub fn check(&self) -> Result<()> {
        for (_, m) in self.muscles.iter() {
            let [c1, c2, c3] = m.soreness_chain;
            let [u1, u2] = m.protection_pending;
            let felt = [m.fatigue, m.damage, m.exposure, m.soreness_at_once, c1, c2, c3];
            for value in felt.into_iter().chain([u1, u2]) {
                bounds::STATE.check(value)?;
            }
            bounds::STATE.check(m.protection)?;
            bounds::STATE_SLOPE.check(m.damage_per_log_recovery)?;
            for slope in m.chain_per_log_recovery.iter().chain(&m.chain_per_log_protection) {
                bounds::STATE_SLOPE.check(*slope)?;
            }
        }
        bounds::STATE.check(self.recent_dose)?;
        bounds::STATE.check(self.recent_error)?;
        Ok(())
    }

    fn check_before(&self, time: Timestamp) -> Result<()> {
        let hours = time.hours_since(self.time);
        if hours < 0.0 { Err(Error::BackInTime { hours: -hours }) } else { Ok(()) }
    }

    /// [`LegState::advanced_to`] for a state that has passed its check.
    pub(crate) fn moved_to(&self, time: Timestamp, p: &Parameters) -> Result<Self> {
        self.check_before(time)?;
        let hours = bounds::ADVANCE_HOURS.check(time.hours_since(self.time))?;
        Ok(self.advance_unchecked(hours, time, p))
    }

    fn advance_unchecked(&self, hours: f64, time: Timestamp, p: &Parameters) -> Self {
        Self { time, ..self.changed_by(&Decay::over(hours, p)) }
    }

    /// The state after a span of time, but for the time itself.
    fn changed_by(&self, decay: &Decay) -> Self {
        Self {
            time: self.time,
            muscles: self.muscles.map(|m| m.advanced(decay)),
            recent_dose: self.recent_dose * decay.fade.damage,
            recent_error: self.recent_error * decay.fade.damage,
        }
    }

    /// The state at the end of a run.
    ///
    /// The stretches of the load are taken in steps of ten minutes at most; the dose of a step acts in its
    /// middle, while the exposure rises from the step's start to its end.
    ///
    /// # Errors
    /// [`Error::BackInTime`] if the run starts before the state's time, [`Error::OutOfRange`] for an
    /// impossible state or load.
    pub fn after(&self, load: &EccentricLoad, p: &Parameters) -> Result<Self> {
        self.check()?;
        load.check()?;
        self.having_run(load, &DamageModel::new(p))
    }

    /// [`LegState::after`] for a state and a load that have passed their checks.
    pub(crate) fn having_run(&self, load: &EccentricLoad, model: &DamageModel) -> Result<Self> {
        self.check_before(load.start)?;
        self.through(load, model, None)
    }

    /// The state at the end of a run, and the part of it that is due to this run alone: fatigue,
    /// damage and soreness of the part add up with those of the other runs to the whole.
    ///
    /// # Errors
    /// As [`LegState::after`].
    pub fn after_with_part(&self, load: &EccentricLoad, p: &Parameters) -> Result<(Self, Self)> {
        self.check()?;
        load.check()?;
        self.having_run_with_part(load, &DamageModel::new(p))
    }

    /// [`LegState::after_with_part`] for a state and a load that have passed their checks.
    pub(crate) fn having_run_with_part(
        &self,
        load: &EccentricLoad,
        model: &DamageModel,
    ) -> Result<(Self, Self)> {
        let mut part = Self::rested(self.time);
        let whole = self.through(load, model, Some(&mut part))?;
        Ok((whole, part))
    }

    fn through(
        &self,
        load: &EccentricLoad,
        model: &DamageModel,
        part: Option<&mut Self>,
    ) -> Result<Self> {
        self.check_before(load.start)?;
        let wait_h = bounds::ADVANCE_HOURS.check(load.start.hours_since(self.time))?;
        if load.stretches.is_empty() {
            let legs = self.moved_to(load.end().max(self.time), &model.p)?;
            if let Some(part) = part {
                part.time = legs.time;
            }
            return Ok(legs);
        }
        let run = Stretch {
            wait_h,
            steps: Steps::of(load.stretch_h()),
            doses: &load.stretches,
            relative_se: load.relative_se(),
            end: load.end().max(self.time),
        };
        Ok(self.through_stretch(&run, model, part))
    }

    /// The state at the end of a stretch of a run with an even dose, for a state that has passed its check
    /// and a dose that is one.
    pub(crate) fn having_done(
        &self,
        dose: &Dose,
        relative_se: f64,
        end: Timestamp,
        model: &DamageModel,
    ) -> Result<Self> {
        self.check_before(end)?;
        let hours = bounds::ADVANCE_HOURS.check(end.hours_since(self.time))?;
        let doses = core::slice::from_ref(dose);
        let run = Stretch { wait_h: 0.0, steps: Steps::of(hours), doses, relative_se, end };
        Ok(self.through_stretch(&run, model, None))
    }

    fn through_stretch(
        &self,
        run: &Stretch<'_>,
        model: &DamageModel,
        mut part: Option<&mut Self>,
    ) -> Self {
        let p = &model.p;
        let half_h = 0.5 * run.steps.step_h;
        let [first, whole, half] =
            [run.wait_h + half_h, run.steps.step_h, half_h].map(|hours| Decay::over(hours, p));
        let mut legs = *self;
        let mut before = &first;
        for dose in run.steps.split(run.doses) {
            legs = legs.changed_by(before);
            let effects = legs.add(&dose, run.relative_se, &half.fade, model);
            if let Some(part) = part.as_deref_mut() {
                *part = part.changed_by(before);
                for (muscle, effect) in effects.iter() {
                    part.muscles[muscle].add(effect);
                }
            }
            before = &whole;
        }
        if let Some(part) = part {
            *part = Self { time: run.end, ..part.changed_by(&half) };
        }
        Self { time: run.end, ..legs.changed_by(&half) }
    }

    /// Adds a dose at the time of the state, which is the middle of a step.
    fn add(
        &mut self,
        dose: &Dose,
        relative_se: f64,
        half: &Fade,
        model: &DamageModel,
    ) -> PerMuscle<Effect> {
        let left = half.exposure();
        let effects = PerMuscle::from_fn(|m| self.muscles[m].effect_of(m, dose, left, model));
        for (muscle, effect) in effects.iter() {
            self.muscles[muscle].add(effect);
        }
        let mean = mean_damage(dose);
        self.recent_dose += mean;
        self.recent_error += mean * relative_se;
        effects
    }

    /// What [`LegState::after`] does to the protection, and nothing else: the protection does not
    /// depend on the rest of the state, and takes a fraction of the time.
    pub(crate) fn protected_by(&self, load: &EccentricLoad, p: &Parameters) -> Result<Self> {
        self.check_before(load.start)?;
        let wait_h = bounds::ADVANCE_HOURS.check(load.start.hours_since(self.time))?;
        let steps = Steps::of(load.stretch_h());
        let half_h = 0.5 * steps.step_h;
        let [first, whole, half] =
            [wait_h + half_h, steps.step_h, half_h].map(|hours| ProtectionDecay::over(hours, p));
        if load.stretches.is_empty() {
            return self.moved_to(load.end().max(self.time), p);
        }
        let mut legs = *self;
        let mut before = &first;
        for dose in steps.split(&load.stretches) {
            for muscle in Muscle::ALL {
                legs.muscles[muscle].protect(before, dose.protection[muscle]);
            }
            before = &whole;
        }
        for muscle in Muscle::ALL {
            legs.muscles[muscle].protect(&half, 0.0);
        }
        legs.time = load.end().max(legs.time);
        Ok(legs)
    }

    /// Hours after which fatigue, damage and soreness are below the last bit of what they were.
    pub(crate) fn memory_h(p: &Parameters) -> f64 {
        // e^-50 is 2e-22; the chain's polynomial, 50^2 / 2, leaves 2e-19.
        50.0 * p.damage_recovery_h.max(p.soreness_stage_h).max(p.fatigue_recovery_h)
    }

    /// Error of the recent loads as a fraction of them, weighted by what is left of each.
    pub fn load_relative_se(&self) -> f64 {
        if self.recent_dose > 0.0 { self.recent_error / self.recent_dose } else { 0.0 }
    }
}

/// Some stretches of a run on which the legs are taken.
struct Stretch<'a> {
    /// Hours from the state to the start.
    wait_h: f64,
    steps: Steps,
    doses: &'a [Dose],
    relative_se: f64,
    end: Timestamp,
}

fn mean_damage(dose: &Dose) -> f64 {
    0.25 * dose.damage.iter().map(|(_, d)| d).sum::<f64>()
}
