//! One muscle group: what a dose adds to it.

use super::fade::{Decay, Fade, ProtectionDecay, erlang};
use super::model::DamageModel;
use crate::load::Dose;
use crate::math::sqrt;
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
    /// Exposure: the damaging dose of the last hours, which fades with the fatigue.
    pub exposure: f64,
    /// Soreness that is felt at once and fades with the fatigue. Saved as `at_once`.
    #[cfg_attr(feature = "serde", serde(rename = "at_once"))]
    pub soreness_at_once: f64,
    /// The soreness chain; the last stage is what is felt. Saved as `chain`.
    #[cfg_attr(feature = "serde", serde(rename = "chain"))]
    pub soreness_chain: [f64; 3],
    /// Protection that is still being built, in two stages. Saved as `pending`.
    #[cfg_attr(feature = "serde", serde(rename = "pending"))]
    pub protection_pending: [f64; 2],
    /// Protection against the next bout (repeated bout effect).
    pub protection: f64,
    /// Change of `damage` per unit of the logarithm of the person's recovery time. Saved as
    /// `slope_d`: the short names of the slopes keep a saved state near 2 KB.
    #[cfg_attr(feature = "serde", serde(rename = "slope_d"))]
    pub damage_per_log_recovery: f64,
    /// Change of `soreness_chain` per unit of the logarithm of the person's recovery time. Saved as
    /// `slope_c`.
    #[cfg_attr(feature = "serde", serde(rename = "slope_c"))]
    pub chain_per_log_recovery: [f64; 3],
    /// Change of `soreness_chain` per unit of the logarithm of the person's tolerance gain. Saved as
    /// `slope_r`.
    #[cfg_attr(feature = "serde", serde(rename = "slope_r"))]
    pub chain_per_log_protection: [f64; 3],
}

/// Part of a dose that goes beyond the tolerance, from nothing for a small one to all of a large one: the
/// mean of `g(X) = X / sqrt(X^2 + K^2)` while the exposure goes from `from` to `to`.
///
/// ```text
/// excess E(X) = sqrt(X^2 + K^2) - K        (E(X1) - E(X0)) / (X1 - X0) = (X0 + X1) / (sqrt(X0^2 + K^2) + sqrt(X1^2 + K^2))
/// ```
///
/// ```
/// use eccentric::damage::part_beyond_tolerance;
/// // From nothing to three quarters of the tolerance: E = 1.25 K - K, a third of the dose.
/// assert!((part_beyond_tolerance(0.0, 0.75, 1.0) - 1.0 / 3.0).abs() < 1e-15);
/// assert!(part_beyond_tolerance(0.0, 0.01, 1.0) < 0.0051);
/// assert!(part_beyond_tolerance(100.0, 101.0, 1.0) > 0.9999);
/// assert_eq!(part_beyond_tolerance(0.0, 0.0, 0.0), 0.0);
/// ```
pub fn part_beyond_tolerance(from: f64, to: f64, tolerance: f64) -> f64 {
    let [from_end, to_end] = [from, to].map(|x| sqrt(x * x + tolerance * tolerance));
    // Squares of next to nothing are nothing.
    ((from + to) / (from_end + to_end).max(f64::MIN_POSITIVE)).min(1.0)
}

/// What a dose adds to one muscle group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effect {
    fatigue: f64,
    damage: f64,
    exposure: f64,
    soreness_at_once: f64,
    /// What enters the first and the second stage of the soreness chain.
    soreness_later: [f64; 2],
    protection: f64,
    /// Change of `soreness_later` per unit of the logarithm of the tolerance gain.
    later_slope: [f64; 2],
}

impl MuscleState {
    pub(crate) fn advanced(&self, decay: &Decay) -> Self {
        let [first, second, protection] = decay.protection.after(self);
        Self { protection_pending: [first, second], protection, ..self.faded(&decay.fade) }
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
            exposure: self.exposure * d.fatigue,
            soreness_at_once: self.soreness_at_once * d.fatigue,
            soreness_chain: chain,
            damage_per_log_recovery: self.damage_per_log_recovery * d.damage
                + d.damage_lags * damage,
            chain_per_log_recovery: slope,
            chain_per_log_protection: erlang(&self.chain_per_log_protection, d),
            ..*self
        }
    }

    /// Change of the soreness drive per unit of the logarithm of the tolerance gain. Soreness at once
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

    /// Dose that the muscle group tolerates: that of everyday walking, and what training has added.
    ///
    /// ```text
    /// K = K0 + kappa sqrt(R)
    /// ```
    pub(crate) fn tolerance(&self, muscle: Muscle, model: &DamageModel) -> f64 {
        model.everyday[muscle] + model.p.tolerance_gain * sqrt(self.protection)
    }

    /// Part of the soreness after a dose of 1 that protection takes away.
    pub(crate) fn protection_from_reference(&self, muscle: Muscle, model: &DamageModel) -> f64 {
        let floor = model.p.soreness_below_tolerance;
        let sore =
            |tolerance: f64| floor + (1.0 - floor) * part_beyond_tolerance(0.0, 1.0, tolerance);
        1.0 - sore(self.tolerance(muscle, model)) / sore(model.everyday[muscle])
    }

    /// What a dose would add to the muscle in the middle of a step. `left` is the part of the exposure that
    /// is left after half of the step.
    pub(super) fn effect_of(
        &self,
        muscle: Muscle,
        dose: &Dose,
        left: f64,
        model: &DamageModel,
    ) -> Effect {
        let p = &model.p;
        let x = dose.damage[muscle];
        let tolerance = self.tolerance(muscle, model);
        let (from, to) = (self.exposure / left, (self.exposure + x) * left);
        let beyond = part_beyond_tolerance(from, to, tolerance);
        let above = |floor: f64| floor + (1.0 - floor) * beyond;
        let sore = above(p.soreness_below_tolerance);
        // d(beyond)/dK = -beyond K / (S0 S1), and K - K0 is proportional to its gain.
        let [s0, s1] = [from, to].map(|x| sqrt(x * x + tolerance * tolerance));
        let trained = tolerance - model.everyday[muscle];
        let per_gain = beyond * tolerance * trained / (s0 * s1).max(f64::MIN_POSITIVE);
        let slope = -(1.0 - p.soreness_below_tolerance) * per_gain;
        let hard = dose.hard[muscle];
        let later = [hard, x - hard].map(|x| p.soreness_gain * x);
        Effect {
            fatigue: p.fatigue_gain * dose.acute,
            damage: p.damage_gain * above(p.damage_below_tolerance) * x,
            exposure: x,
            soreness_at_once: p.soreness_at_once_gain * sore * x,
            soreness_later: later.map(|later| sore * later),
            protection: dose.protection[muscle],
            later_slope: later.map(|later| slope * later),
        }
    }

    /// Lets protection change over a span of time and adds to what is still being built.
    pub(super) fn protect(&mut self, decay: &ProtectionDecay, dose: f64) {
        let [first, second, protection] = decay.after(self);
        self.protection_pending = [first + dose, second];
        self.protection = protection;
    }

    pub(super) fn add(&mut self, effect: &Effect) {
        self.fatigue += effect.fatigue;
        self.damage += effect.damage;
        self.exposure += effect.exposure;
        self.soreness_at_once += effect.soreness_at_once;
        for stage in 0..2 {
            self.soreness_chain[stage] += effect.soreness_later[stage];
            self.chain_per_log_protection[stage] += effect.later_slope[stage];
        }
        self.protection_pending[0] += effect.protection;
    }

    /// The muscle with a dose more, in the middle of a step; see [`MuscleState::effect_of`].
    pub(crate) fn after_dose(
        mut self,
        muscle: Muscle,
        dose: &Dose,
        left: f64,
        model: &DamageModel,
    ) -> Self {
        let effect = self.effect_of(muscle, dose, left, model);
        self.add(&effect);
        self
    }
}
