//! Stage 3: what a dose leaves in the legs, how it fades, and how it protects.
//!
//! Per muscle group, all linear between doses, so that any time is advanced exactly:
//!
//! ```text
//! fatigue           A' = -A / tau_A
//! structural damage D' = -D / tau_D
//! soreness at once  I' = -I / tau_A
//! soreness chain    c1' = -c1 / tau_S     c2' = (c1 - c2) / tau_S     c3' = (c2 - c3) / tau_S
//! protection        U' = -U / tau_U       R' = U / tau_U - R / tau_R
//! ```
//!
//! A dose (x damage, y acute, z protection) adds, with what the muscle is at that moment:
//!
//! ```text
//! A += k_A y        D += k_D s_D(R) g x l        I += k_I s_S(R) g x l        c1 += k_S s_S(R) g x l        U += r z
//! s(R) = floor + (1 - floor) / (1 + R^h)         repeated bout effect, own floors for D and S
//! l = (1 / max(1 - L, c_min))^lead               lead legs: weakened muscle is strained more by the same step
//! ```
//!
//! g is the susceptibility of the muscle group relative to the quadriceps.

use super::muscle::{Decay, Effect, MuscleState, protection_decay};
use crate::bounds;
use crate::error::{Error, Result};
use crate::load::{Dose, DoseChunk, EccentricLoad};
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
            for value in [m.fatigue, m.damage, m.soreness_at_once, c1, c2, c3] {
                bounds::STATE.check(value)?;
            }
            bounds::STATE.check(m.protection_pending)?;
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
        let decay = Decay::over(hours, p);
        Self {
            time,
            muscles: self.muscles.map(|m| m.advanced(&decay)),
            recent_dose: self.recent_dose * decay.fade.damage,
            recent_error: self.recent_error * decay.fade.damage,
        }
    }

    /// The state at the end of a run.
    ///
    /// Each chunk of the load acts in the middle of its time.
    ///
    /// # Errors
    /// [`Error::BackInTime`] if the run starts before the state's time, [`Error::OutOfRange`] for an
    /// impossible state or load.
    pub fn after(&self, load: &EccentricLoad, p: &Parameters) -> Result<Self> {
        self.check()?;
        load.check()?;
        self.having_run(load, p)
    }

    /// [`LegState::after`] for a state and a load that have passed their checks.
    pub(crate) fn having_run(&self, load: &EccentricLoad, p: &Parameters) -> Result<Self> {
        self.check_before(load.start)?;
        let mut legs = *self;
        for chunk in &load.chunks {
            legs = legs.moved_to(middle(load, chunk), p)?;
            legs.add(&chunk.dose, load.relative_se(), p);
        }
        legs.moved_to(load.end().max(legs.time), p)
    }

    /// The state at the end of a run, and the part of it that is due to this run alone: fatigue,
    /// damage and soreness of the part add up with those of the other runs to the whole.
    ///
    /// # Errors
    /// As [`LegState::after`].
    pub fn after_with_part(&self, load: &EccentricLoad, p: &Parameters) -> Result<(Self, Self)> {
        self.check()?;
        load.check()?;
        self.having_run_with_part(load, p)
    }

    /// [`LegState::after_with_part`] for a state and a load that have passed their checks.
    pub(crate) fn having_run_with_part(
        &self,
        load: &EccentricLoad,
        p: &Parameters,
    ) -> Result<(Self, Self)> {
        self.check_before(load.start)?;
        let mut whole = *self;
        let mut part = Self::rested(self.time);
        for chunk in &load.chunks {
            let middle = middle(load, chunk);
            whole = whole.moved_to(middle, p)?;
            part = part.moved_to(middle, p)?;
            let effects = whole.add(&chunk.dose, load.relative_se(), p);
            for (muscle, effect) in effects.iter() {
                part.muscles[muscle].add(effect);
            }
        }
        let end = load.end().max(whole.time);
        Ok((whole.moved_to(end, p)?, part.moved_to(end, p)?))
    }

    /// The state at the end of a stretch of a run, whose dose acts in its middle; for a state that has
    /// passed its check and a dose that is one.
    pub(crate) fn having_done(
        &self,
        dose: &Dose,
        relative_se: f64,
        (middle, end): (Timestamp, Timestamp),
        p: &Parameters,
    ) -> Result<Self> {
        let mut legs = self.moved_to(middle, p)?;
        legs.add(dose, relative_se, p);
        legs.moved_to(end, p)
    }

    /// Adds a dose at the time of the state.
    fn add(&mut self, dose: &Dose, relative_se: f64, p: &Parameters) -> PerMuscle<Effect> {
        let effects = PerMuscle::from_fn(|muscle| self.muscles[muscle].effect_of(muscle, dose, p));
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
        let mut legs = *self;
        for chunk in &load.chunks {
            let middle = middle(load, chunk);
            legs.check_before(middle)?;
            let hours = bounds::ADVANCE_HOURS.check(middle.hours_since(legs.time))?;
            let [pending, protection, arrived] = protection_decay(hours, p);
            for muscle in Muscle::ALL {
                let m = &mut legs.muscles[muscle];
                m.protection = m.protection * protection + m.protection_pending * arrived;
                m.protection_pending = m.protection_pending * pending
                    + p.protection_gain * chunk.dose.protection[muscle];
            }
            legs.time = middle;
        }
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

/// The time at which a chunk of a load acts.
fn middle(load: &EccentricLoad, chunk: &DoseChunk) -> Timestamp {
    load.start.add_seconds(chunk.start_s + 0.5 * chunk.duration_s)
}

fn mean_damage(dose: &Dose) -> f64 {
    0.25 * dose.damage.iter().map(|(_, d)| d).sum::<f64>()
}
