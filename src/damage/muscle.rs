//! One muscle group: how its state fades, and what a dose adds to it.

use alloc::vec::Vec;

use crate::load::Dose;
use crate::math::{exp, pow};
use crate::params::Parameters;
use crate::units::Muscle;

/// State of one muscle group.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct MuscleState {
    /// Fatigue: acute loss of strength, a fraction before saturation.
    pub fatigue: f64,
    /// Structural damage as loss of strength, a fraction before saturation.
    pub damage: f64,
    /// Soreness that is felt at once and fades with the fatigue. Saved as `at_once`.
    #[cfg_attr(feature = "serde", serde(rename = "at_once"))]
    pub soreness_at_once: f64,
    /// The soreness chain; the last stage is what is felt. Saved as `chain`.
    #[cfg_attr(feature = "serde", serde(rename = "chain"))]
    pub soreness_chain: [f64; 3],
    /// Protection that is still being built. Saved as `pending`.
    #[cfg_attr(feature = "serde", serde(rename = "pending"))]
    pub protection_pending: f64,
    /// Protection against the next bout (repeated bout effect).
    pub protection: f64,
    /// Change of `damage` per unit of the logarithm of the person's recovery time. Saved as
    /// `slope_d`: the short names of the slopes keep a saved state below 2 KB.
    #[cfg_attr(feature = "serde", serde(rename = "slope_d"))]
    pub damage_per_log_recovery: f64,
    /// Change of `soreness_chain` per unit of the logarithm of the person's recovery time. Saved as
    /// `slope_c`.
    #[cfg_attr(feature = "serde", serde(rename = "slope_c"))]
    pub chain_per_log_recovery: [f64; 3],
    /// Change of `soreness_chain` per unit of the logarithm of the person's protection gain. Saved as
    /// `slope_r`.
    #[cfg_attr(feature = "serde", serde(rename = "slope_r"))]
    pub chain_per_log_protection: [f64; 3],
}

/// What fades over one span of time of all that is felt: fatigue, damage and soreness. Shared by all muscle
/// groups and by all states that are advanced over the same span.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fade {
    fatigue: f64,
    pub(super) damage: f64,
    damage_lags: f64,
    chain: f64,
    chain_lags: f64,
}

impl Fade {
    pub(crate) fn over(hours: f64, p: &Parameters) -> Self {
        let damage_lags = hours / p.damage_recovery_h;
        let chain_lags = hours / p.soreness_stage_h;
        Self {
            fatigue: exp(-hours / p.fatigue_recovery_h),
            damage: exp(-damage_lags),
            damage_lags,
            chain: exp(-chain_lags),
            chain_lags,
        }
    }

    /// Over each of some spans. The exponentials of a column are computed several at once.
    pub(crate) fn over_each(hours: &[f64], p: &Parameters) -> Vec<Self> {
        let left = |recovery_h: f64| -> Vec<f64> {
            hours.iter().map(|&hours| exp(-(hours / recovery_h))).collect()
        };
        let fatigue = left(p.fatigue_recovery_h);
        let damage = left(p.damage_recovery_h);
        let chain = left(p.soreness_stage_h);
        let all = hours.iter().zip(fatigue.iter().zip(damage.iter().zip(&chain)));
        all.map(|(hours, (&fatigue, (&damage, &chain)))| Self {
            fatigue,
            damage,
            damage_lags: hours / p.damage_recovery_h,
            chain,
            chain_lags: hours / p.soreness_stage_h,
        })
        .collect()
    }
}

/// The same with the decay of protection, which nobody feels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decay {
    pub(super) fade: Fade,
    protection: [f64; 3],
}

impl Decay {
    pub(crate) fn over(hours: f64, p: &Parameters) -> Self {
        Self { fade: Fade::over(hours, p), protection: protection_decay(hours, p) }
    }
}

/// What is left of the pending protection and of the protection, and what of the pending one has
/// arrived in between.
pub(super) fn protection_decay(hours: f64, p: &Parameters) -> [f64; 3] {
    let pending = exp(-hours / p.protection_onset_h);
    let protection = exp(-hours / p.protection_decay_h);
    // Bateman: what left the pending stage and has not decayed since. The bounds of the two
    // time constants keep them apart, so the difference of rates never vanishes.
    let spread = p.protection_decay_h / (p.protection_decay_h - p.protection_onset_h);
    [pending, protection, spread * (protection - pending)]
}

impl MuscleState {
    pub(crate) fn advanced(&self, decay: &Decay) -> Self {
        let [pending, protection, arrived] = decay.protection;
        Self {
            protection_pending: self.protection_pending * pending,
            protection: self.protection * protection + self.protection_pending * arrived,
            ..self.faded(&decay.fade)
        }
    }

    /// What is felt after a span of time; protection, which is not, stays as it was.
    pub(crate) fn faded(&self, d: &Fade) -> Self {
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
            damage_per_log_recovery: self.damage_per_log_recovery * d.damage
                + d.damage_lags * damage,
            chain_per_log_recovery: slope,
            chain_per_log_protection: erlang(&self.chain_per_log_protection, d),
            ..*self
        }
    }

    /// Change of the soreness drive per unit of the logarithm of the protection gain. Soreness at once
    /// has no slope of its own: it changes in the same proportion as the chain, which is exact after one
    /// run and close after several.
    pub(crate) fn drive_per_log_protection(&self) -> f64 {
        let chain: f64 = self.soreness_chain.iter().sum();
        let slope: f64 = self.chain_per_log_protection.iter().sum();
        let at_once = if chain > 0.0 { self.soreness_at_once * (slope / chain) } else { 0.0 };
        at_once + self.chain_per_log_protection[2]
    }

    /// Soreness drive after a span of time: what is felt at once and the end of the chain.
    pub(crate) fn drive_after(&self, d: &Fade) -> f64 {
        self.soreness_at_once * d.fatigue + erlang(&self.soreness_chain, d)[2]
    }

    /// What a dose would add to the muscle as it is now.
    pub(super) fn effect_of(&self, muscle: Muscle, dose: &Dose, p: &Parameters) -> Effect {
        let lead = lead_legs(self.strength_loss(p), p);
        let strain = p.muscle_gain(muscle) * dose.damage[muscle] * lead;
        let unprotected = unprotected(self.protection, p);
        let sore = strain * above_floor(unprotected, p.soreness_floor);
        // Protection is proportional to its gain, so d/d(log gain) of 1 / (1 + R^h) needs R alone.
        let steepness = p.protection_steepness * unprotected * (1.0 - unprotected);
        let sore_slope = -strain * (1.0 - p.soreness_floor) * steepness;
        Effect {
            later_slope: p.soreness_gain * sore_slope,
            fatigue: p.fatigue_gain * dose.acute,
            damage: p.damage_gain * strain * above_floor(unprotected, p.strength_floor),
            soreness_at_once: p.soreness_at_once_gain * sore,
            soreness_later: p.soreness_gain * sore,
            protection: p.protection_gain * dose.protection[muscle],
        }
    }

    /// The muscle with a dose more.
    pub(crate) fn after_dose(mut self, muscle: Muscle, dose: &Dose, p: &Parameters) -> Self {
        let effect = self.effect_of(muscle, dose, p);
        self.add(&effect);
        self
    }

    pub(super) fn add(&mut self, effect: &Effect) {
        self.fatigue += effect.fatigue;
        self.damage += effect.damage;
        self.soreness_at_once += effect.soreness_at_once;
        self.soreness_chain[0] += effect.soreness_later;
        self.protection_pending += effect.protection;
        self.chain_per_log_protection[0] += effect.later_slope;
    }
}

/// What one dose adds to one muscle group.
pub(super) struct Effect {
    fatigue: f64,
    damage: f64,
    soreness_at_once: f64,
    soreness_later: f64,
    protection: f64,
    later_slope: f64,
}

/// Closed form of three equal stages: an Erlang curve that peaks after two stage times.
fn erlang(chain: &[f64; 3], d: &Fade) -> [f64; 3] {
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
