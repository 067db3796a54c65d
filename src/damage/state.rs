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

use crate::bounds;
use crate::error::{Error, Result};
use crate::load::{Dose, DoseChunk, EccentricLoad};
use crate::math::{exp, pow};
use crate::params::Parameters;
use crate::units::{Muscle, PerMuscle, Timestamp};

/// State of one muscle group.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct MuscleState {
    /// Fatigue: acute loss of strength, a fraction before saturation.
    pub fatigue: f64,
    /// Structural damage as loss of strength, a fraction before saturation.
    pub damage: f64,
    /// Soreness that is felt at once and fades with the fatigue.
    pub soreness_at_once: f64,
    /// The soreness chain; the last stage is what is felt.
    pub soreness_chain: [f64; 3],
    /// Protection that is still being built.
    pub protection_pending: f64,
    /// Protection against the next bout (repeated bout effect).
    pub protection: f64,
    /// Change of `damage` per unit of the logarithm of the person's recovery time.
    pub damage_per_log_recovery: f64,
    /// Change of `soreness_chain` per unit of the logarithm of the person's recovery time.
    pub chain_per_log_recovery: [f64; 3],
}

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

/// Decay over one span of time, shared by all muscle groups and by all states that are advanced
/// over the same span.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decay {
    fatigue: f64,
    damage: f64,
    damage_lags: f64,
    chain: f64,
    chain_lags: f64,
    pending: f64,
    protection: f64,
    arrived: f64,
}

impl Decay {
    pub(crate) fn over(hours: f64, p: &Parameters) -> Self {
        let damage_lags = hours / p.damage_recovery_h;
        let chain_lags = hours / p.soreness_stage_h;
        let [pending, protection, arrived] = protection_decay(hours, p);
        Self {
            fatigue: exp(-hours / p.fatigue_recovery_h),
            damage: exp(-damage_lags),
            damage_lags,
            chain: exp(-chain_lags),
            chain_lags,
            pending,
            protection,
            arrived,
        }
    }
}

/// What is left of the pending protection and of the protection, and what of the pending one has
/// arrived in between.
fn protection_decay(hours: f64, p: &Parameters) -> [f64; 3] {
    let pending = exp(-hours / p.protection_onset_h);
    let protection = exp(-hours / p.protection_decay_h);
    // Bateman: what left the pending stage and has not decayed since. The bounds of the two
    // time constants keep them apart, so the difference of rates never vanishes.
    let spread = p.protection_decay_h / (p.protection_decay_h - p.protection_onset_h);
    [pending, protection, spread * (protection - pending)]
}

impl MuscleState {
    pub(crate) fn advanced(&self, d: &Decay) -> Self {
        let damage = self.damage * d.damage;
        let chain = erlang(&self.soreness_chain, d);
        let mut slope = erlang(&self.chain_per_log_recovery, d);
        // d/d(log tau) of exp(-t/tau) is (t/tau) exp(-t/tau), stage by stage.
        slope[0] += d.chain_lags * chain[0];
        slope[1] += d.chain_lags * (chain[1] - chain[0]);
        slope[2] += d.chain_lags * (chain[2] - chain[1]);
        Self {
            fatigue: self.fatigue * d.fatigue,
            damage,
            soreness_at_once: self.soreness_at_once * d.fatigue,
            soreness_chain: chain,
            protection_pending: self.protection_pending * d.pending,
            protection: self.protection * d.protection + self.protection_pending * d.arrived,
            damage_per_log_recovery: self.damage_per_log_recovery * d.damage
                + d.damage_lags * damage,
            chain_per_log_recovery: slope,
        }
    }

    /// Soreness drive after a span of time: what is felt at once and the end of the chain.
    pub(crate) fn drive_after(&self, d: &Decay) -> f64 {
        self.soreness_at_once * d.fatigue + erlang(&self.soreness_chain, d)[2]
    }

    /// What a dose would add to the muscle as it is now.
    fn effect_of(&self, muscle: Muscle, dose: &Dose, p: &Parameters) -> Effect {
        let lead = lead_legs(self.strength_loss(p), p);
        let strain = p.muscle_gain(muscle) * dose.damage[muscle] * lead;
        let unprotected = unprotected(self.protection, p);
        let sore = strain * above_floor(unprotected, p.soreness_floor);
        Effect {
            fatigue: p.fatigue_gain * dose.acute,
            damage: p.damage_gain * strain * above_floor(unprotected, p.strength_floor),
            soreness_at_once: p.soreness_at_once_gain * sore,
            soreness_later: p.soreness_gain * sore,
            protection: p.protection_gain * dose.protection[muscle],
        }
    }

    fn add(&mut self, effect: &Effect) {
        self.fatigue += effect.fatigue;
        self.damage += effect.damage;
        self.soreness_at_once += effect.soreness_at_once;
        self.soreness_chain[0] += effect.soreness_later;
        self.protection_pending += effect.protection;
    }
}

/// What one dose adds to one muscle group.
struct Effect {
    fatigue: f64,
    damage: f64,
    soreness_at_once: f64,
    soreness_later: f64,
    protection: f64,
}

/// Closed form of three equal stages: an Erlang curve that peaks after two stage times.
fn erlang(chain: &[f64; 3], d: &Decay) -> [f64; 3] {
    let a = d.chain_lags;
    [
        d.chain * chain[0],
        d.chain * (chain[1] + a * chain[0]),
        d.chain * (chain[2] + a * (chain[1] + 0.5 * a * chain[0])),
    ]
}

/// What is left of a dose's effect under protection R: 1 without any, never below the floor.
///
/// ```text
/// s(R) = floor + (1 - floor) / (1 + R^h)
/// ```
pub fn susceptibility(protection: f64, floor: f64, p: &Parameters) -> f64 {
    above_floor(unprotected(protection, p), floor)
}

fn above_floor(unprotected: f64, floor: f64) -> f64 {
    floor + (1.0 - floor) * unprotected
}

/// The part that protection can take away, as a fraction: the same for damage and soreness.
fn unprotected(protection: f64, p: &Parameters) -> f64 {
    if protection <= 0.0 { 1.0 } else { 1.0 / (1.0 + pow(protection, p.protection_steepness)) }
}

/// How much more the same step strains a weakened muscle; bounded.
fn lead_legs(loss: f64, p: &Parameters) -> f64 {
    pow((1.0 - loss).max(p.lead_legs_min_strength), -p.lead_legs_exponent)
}

impl LegState {
    /// Legs without fatigue, damage, soreness or protection.
    pub fn rested(time: Timestamp) -> Self {
        Self { time, muscles: PerMuscle::default(), recent_dose: 0.0, recent_error: 0.0 }
    }

    /// The state some hours later, without any running in between. Exact for every span.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a negative or unreasonable number of hours.
    pub fn advanced(&self, hours: f64, p: &Parameters) -> Result<Self> {
        bounds::ADVANCE_HOURS.check(hours)?;
        Ok(self.advance_unchecked(hours, self.time.add_hours(hours), p))
    }

    /// The state at a later time, without any running in between.
    ///
    /// # Errors
    /// [`Error::BackInTime`] for an earlier time.
    pub fn advanced_to(&self, time: Timestamp, p: &Parameters) -> Result<Self> {
        let hours = time.hours_since(self.time);
        if hours < 0.0 {
            return Err(Error::BackInTime { hours: -hours });
        }
        bounds::ADVANCE_HOURS.check(hours)?;
        Ok(self.advance_unchecked(hours, time, p))
    }

    fn advance_unchecked(&self, hours: f64, time: Timestamp, p: &Parameters) -> Self {
        let decay = Decay::over(hours, p);
        Self {
            time,
            muscles: self.muscles.map(|m| m.advanced(&decay)),
            recent_dose: self.recent_dose * decay.damage,
            recent_error: self.recent_error * decay.damage,
        }
    }

    /// The state at the end of a run.
    ///
    /// Each chunk of the load acts in the middle of its time.
    ///
    /// # Errors
    /// [`Error::BackInTime`] if the run starts before the state's time.
    pub fn after(&self, load: &EccentricLoad, p: &Parameters) -> Result<Self> {
        let mut legs = *self;
        for chunk in &load.chunks {
            legs = legs.advanced_to(middle(load, chunk), p)?;
            legs.add(chunk, load.relative_se(), p);
        }
        legs.advanced_to(load.end().max(legs.time), p)
    }

    /// The state at the end of a run, and the part of it that is due to this run alone: fatigue,
    /// damage and soreness of the part add up with those of the other runs to the whole.
    ///
    /// # Errors
    /// As [`LegState::after`].
    pub fn after_with_part(&self, load: &EccentricLoad, p: &Parameters) -> Result<(Self, Self)> {
        let mut whole = *self;
        let mut part = Self::rested(self.time);
        for chunk in &load.chunks {
            let middle = middle(load, chunk);
            whole = whole.advanced_to(middle, p)?;
            part = part.advanced_to(middle, p)?;
            let effects = whole.add(chunk, load.relative_se(), p);
            for (muscle, effect) in effects.iter() {
                part.muscles[muscle].add(effect);
            }
        }
        let end = load.end().max(whole.time);
        Ok((whole.advanced_to(end, p)?, part.advanced_to(end, p)?))
    }

    /// Adds a chunk of a load at the time of the state.
    fn add(&mut self, chunk: &DoseChunk, relative_se: f64, p: &Parameters) -> PerMuscle<Effect> {
        let effects =
            PerMuscle::from_fn(|muscle| self.muscles[muscle].effect_of(muscle, &chunk.dose, p));
        for (muscle, effect) in effects.iter() {
            self.muscles[muscle].add(effect);
        }
        let mean = mean_damage(&chunk.dose);
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
            let hours = middle.hours_since(legs.time);
            if hours < 0.0 {
                return Err(Error::BackInTime { hours: -hours });
            }
            bounds::ADVANCE_HOURS.check(hours)?;
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
