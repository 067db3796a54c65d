//! How the state of the legs fades over a span of time without running: exact for every span.

use alloc::vec::Vec;

use super::MuscleState;
use crate::load::Dose;
use crate::math::exp;
use crate::params::Parameters;

/// What fades over one span of time of all that is felt: fatigue, damage and soreness. Shared by all muscle
/// groups and by all states that are advanced over the same span.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fade {
    pub(super) fatigue: f64,
    pub(super) damage: f64,
    pub(super) damage_lags: f64,
    chain: f64,
    pub(super) chain_lags: f64,
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

    /// Part of the exposure that is left.
    pub(crate) fn exposure(&self) -> f64 {
        self.fatigue
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

/// Closed form of three equal stages: an Erlang curve that peaks after two stage times.
pub(super) fn erlang(chain: &[f64; 3], d: &Fade) -> [f64; 3] {
    let a = d.chain_lags;
    [
        d.chain * chain[0],
        d.chain * (chain[1] + a * chain[0]),
        d.chain * (chain[2] + a * (chain[1] + 0.5 * a * chain[0])),
    ]
}

/// [`Fade`] with the change of protection, which nobody feels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decay {
    pub(super) fade: Fade,
    pub(super) protection: ProtectionDecay,
}

impl Decay {
    pub(crate) fn over(hours: f64, p: &Parameters) -> Self {
        Self { fade: Fade::over(hours, p), protection: ProtectionDecay::over(hours, p) }
    }
}

/// How protection is built and fades over one span of time.
///
/// ```text
/// U1' = -k U1        U2' = k (U1 - U2)        R' = k U2 - R / tau_R        k = 1 / tau_U,  d = k - 1 / tau_R
/// U1(t) = U1 e^-kt        U2(t) = (U2 + k t U1) e^-kt
/// R(t)  = R e^(-t/tau_R) + k U2 e^-kt (e^dt - 1) / d + k^2 U1 e^-kt (e^dt - 1 - dt) / d^2
/// ```
#[derive(Debug, Clone, Copy)]
pub(super) struct ProtectionDecay {
    pending: f64,
    lags: f64,
    protection: f64,
    from_second: f64,
    from_first: f64,
}

impl ProtectionDecay {
    pub(super) fn over(hours: f64, p: &Parameters) -> Self {
        let k = 1.0 / p.protection_onset_h;
        let lags = k * hours;
        let pending = exp(-lags);
        let protection = exp(-hours / p.protection_decay_h);
        // The bounds of the two time constants keep the rates apart.
        let d = k - 1.0 / p.protection_decay_h;
        let y = d * hours;
        let (risen, bent) = if y < 1.0e-2 {
            let bent = y * y * (0.5 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y / 120.0)));
            (pending * (y + bent), pending * bent)
        } else {
            (protection - pending, protection - pending * (1.0 + y))
        };
        let ratio = k / d;
        Self {
            pending,
            lags,
            protection,
            from_second: ratio * risen,
            from_first: ratio * ratio * bent,
        }
    }

    /// Both pending stages and the protection after the span.
    pub(super) fn after(&self, state: &MuscleState) -> [f64; 3] {
        let [first, second] = state.protection_pending;
        [
            first * self.pending,
            (second + self.lags * first) * self.pending,
            state.protection * self.protection
                + second * self.from_second
                + first * self.from_first,
        ]
    }
}

/// Longest step of a run in hours: within it the exposure is taken to rise in a straight line.
const LONGEST_STEP_H: f64 = 1.0 / 6.0;

/// The equal steps in which the legs are taken through the stretches of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Steps {
    pub(super) step_h: f64,
    of_a_stretch: u32,
}

impl Steps {
    /// Steps of ten minutes at most for stretches of so many hours.
    pub(super) fn of(stretch_h: f64) -> Self {
        let count = libm::ceil(stretch_h / LONGEST_STEP_H - 1.0e-9).max(1.0);
        Self { step_h: stretch_h / count, of_a_stretch: count as u32 }
    }

    /// The dose of each step.
    pub(super) fn split(self, doses: &[Dose]) -> impl Iterator<Item = Dose> + '_ {
        let part = 1.0 / f64::from(self.of_a_stretch);
        doses.iter().flat_map(move |dose| {
            let step = Dose::default().plus(dose, part);
            (0..self.of_a_stretch).map(move |_| step)
        })
    }
}
