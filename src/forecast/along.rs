//! Soreness and loss of strength of one muscle group at several times. A column for each part: the loops
//! over them have no branch and no call, so that a compiler computes several times at once.

use alloc::vec;
use alloc::vec::Vec;

use super::series::{Interval, Known, Series};
use crate::damage::{Fade, MuscleState, strength_loss_of};
use crate::math::{exp, log, sqrt};
use crate::params::Parameters;
use crate::soreness::{drive_of, soreness_of};

/// Drive below which soreness is nothing at all.
pub(super) const NO_DRIVE: f64 = 1.0e-12;

/// The soreness of one muscle group, ready to be cut at any probability.
#[derive(Debug, Clone)]
pub(crate) struct SorenessAlong {
    drive: Vec<f64>,
    drive_log_sd: Vec<f64>,
    baseline: f64,
    rating_noise: f64,
}

impl SorenessAlong {
    /// The soreness that a state leads to, after each of some spans of time.
    pub(crate) fn of(state: &MuscleState, fades: &[Fade], known: &Known<'_>) -> Self {
        let faded = fades.iter().map(|fade| state.faded(fade));
        let parts = |s: MuscleState| (s.soreness_drive(), s.chain_per_log_recovery[2]);
        let (drive, recovery): (Vec<_>, Vec<_>) = faded.clone().map(parts).unzip();
        let protection = || faded.map(|s| s.drive_per_log_protection()).collect();
        let drive_log_sd = known.drive_log_sds(&drive, &recovery, protection);
        let (baseline, rating_noise) = known.rating();
        Self { drive, drive_log_sd, baseline, rating_noise }
    }

    /// Median soreness.
    pub(crate) fn medians(&self) -> Vec<f64> {
        let median = |&drive: &f64| (soreness_of(drive) + self.baseline).clamp(0.0, 10.0);
        self.drive.iter().map(median).collect()
    }

    /// Central interval of one soreness rating; `z` is the normal quantile of its upper end.
    ///
    /// The felt soreness is a monotone function of a log-normal drive, so its own interval is exact.
    /// The rating's noise is added to each half-width in quadrature, and the ends of the scale hold.
    pub(super) fn rating_interval(&self, level: f64, z: f64) -> Interval {
        let noise = z * self.rating_noise;
        let (factors, len) = (factors(z, &self.drive_log_sd), self.drive.len());
        let (mut lower, mut upper) = (vec![0.0; len], vec![0.0; len]);
        let ends = lower.iter_mut().zip(&mut upper);
        for ((lower, upper), (drive, factor)) in ends.zip(self.drive.iter().zip(&factors)) {
            let median = soreness_of(*drive);
            let rated = median + self.baseline;
            let half_width = |drive: f64| {
                let felt = soreness_of(drive) - median;
                sqrt(felt * felt + noise * noise)
            };
            *lower = (rated - half_width(drive / factor)).clamp(0.0, 10.0);
            *upper = (rated + half_width(drive * factor)).clamp(0.0, 10.0);
        }
        Interval { level, lower, upper }
    }

    /// How far the median lies below a threshold, in standard deviations of the logarithm of the drive:
    /// the normal quantile of the probability to be below it, infinite where it is sure.
    pub(crate) fn sds_below(&self, threshold: f64) -> Vec<f64> {
        let threshold = threshold - self.baseline;
        let sure = |below: bool| if below { f64::INFINITY } else { f64::NEG_INFINITY };
        if threshold <= 0.0 || threshold >= 10.0 {
            return vec![sure(threshold > 0.0); self.drive.len()];
        }
        let threshold = drive_of(threshold);
        // Logarithms first, of all: that loop has no branch.
        let mut sds: Vec<f64> = self.drive.iter().map(|drive| log(threshold / drive)).collect();
        for (sds, (&drive, &log_sd)) in
            sds.iter_mut().zip(self.drive.iter().zip(&self.drive_log_sd))
        {
            let known = if log_sd > 0.0 { *sds / log_sd } else { sure(drive < threshold) };
            *sds = if drive > NO_DRIVE { known } else { f64::INFINITY };
        }
        sds
    }
}

/// The loss of strength of one muscle group, ready to be cut at any probability.
#[derive(Debug, Clone, Default)]
pub(super) struct LossAlong {
    /// Medians, fractions.
    loss: Vec<f64>,
    /// Standard deviations of the logarithm of the odds of the loss.
    log_sd: Vec<f64>,
}

impl LossAlong {
    /// The loss that a state leads to, after each of some spans of time.
    pub(super) fn of(
        state: &MuscleState,
        fades: &[Fade],
        known: &Known<'_>,
        p: &Parameters,
    ) -> Self {
        let parts = |s: MuscleState| (s.fatigue, (s.damage, s.damage_per_log_recovery));
        let faded = fades.iter().map(|fade| parts(state.faded(fade)));
        let (fatigue, (damage, recovery)): (Vec<_>, (Vec<_>, Vec<_>)) = faded.unzip();
        let damage_log_sd = known.damage_log_sds(&damage, &recovery);
        let fatigue_log_sd = known.fatigue_log_sd();
        let log_sd = fatigue.iter().zip(damage.iter().zip(&damage_log_sd));
        Self {
            log_sd: log_sd.map(|(&a, (&d, &sd))| both(a, fatigue_log_sd, d, sd)).collect(),
            loss: fatigue.iter().zip(&damage).map(|(&a, &d)| strength_loss_of(a, d, p)).collect(),
        }
    }

    /// The loss in states that follow each other, each known in its own way.
    pub(super) fn through<'a>(
        states: impl Iterator<Item = (&'a MuscleState, &'a Known<'a>)>,
        p: &Parameters,
    ) -> Self {
        let mut along = Self::default();
        for (state, known) in states {
            let damage_log_sd =
                known.damage_log_sds(&[state.damage], &[state.damage_per_log_recovery])[0];
            along.loss.push(state.strength_loss(p));
            along.log_sd.push(both(
                state.fatigue,
                known.fatigue_log_sd(),
                state.damage,
                damage_log_sd,
            ));
        }
        along
    }

    /// Medians, and central intervals at levels with the normal quantiles of their upper ends.
    pub(super) fn series(&self, levels: &[f64], z: &[f64]) -> Series {
        let cut = |(&level, &z): (&f64, &f64)| self.interval(level, z);
        Series { point: self.loss.clone(), intervals: levels.iter().zip(z).map(cut).collect() }
    }

    /// People differ by a factor on the odds of a loss, as they do on those of soreness: near nothing that
    /// is a factor on the loss, and no loss goes beyond all of the strength.
    fn interval(&self, level: f64, z: f64) -> Interval {
        let factors = factors(z, &self.log_sd);
        let (mut lower, mut upper) = (vec![0.0; self.loss.len()], vec![0.0; self.loss.len()]);
        let ends = lower.iter_mut().zip(&mut upper);
        for ((lower, upper), (loss, factor)) in ends.zip(self.loss.iter().zip(&factors)) {
            let kept = 1.0 - loss;
            *lower = loss / (loss + kept * factor);
            *upper = loss * factor / (loss * factor + kept);
        }
        Interval { level, lower, upper }
    }
}

/// Standard deviation of the logarithm of a sum of two parts of one person, from those of the parts.
fn both(a: f64, a_log_sd: f64, b: f64, b_log_sd: f64) -> f64 {
    let sum = a + b;
    if sum > 0.0 { (a * a_log_sd + b * b_log_sd) / sum } else { a_log_sd }
}

/// What standard deviations of a logarithm multiply with at a normal quantile. One for all, as that of
/// fatigue in a forecast, takes one exponential.
fn factors(z: f64, log_sds: &[f64]) -> Vec<f64> {
    if let [first, others @ ..] = log_sds
        && others.iter().all(|log_sd| log_sd == first)
    {
        return vec![exp(z * first); log_sds.len()];
    }
    log_sds.iter().map(|log_sd| exp(z * log_sd)).collect()
}
