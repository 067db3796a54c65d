//! Point and intervals of one quantity over time.

use alloc::vec::Vec;

use crate::bounds;
use crate::damage::{MuscleState, strength_loss_of};
use crate::error::Result;
use crate::math::{exp, log, normal_cdf, normal_quantile, sqrt};
use crate::params::Parameters;
use crate::person::{Profile, SORENESS, SUSCEPTIBILITY};
use crate::soreness::{drive_of, soreness_of};

/// A central interval at one level.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Interval {
    /// Probability that the interval holds the value, e.g. 0.8.
    pub level: f64,
    /// Lower ends.
    pub lower: Vec<f64>,
    /// Upper ends.
    pub upper: Vec<f64>,
}

/// Point (median) and intervals of one quantity, one value for each time of the forecast.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Series {
    /// Medians.
    pub point: Vec<f64>,
    /// Central intervals in the order in which the levels were asked for.
    pub intervals: Vec<Interval>,
}

impl Series {
    pub(super) fn with_capacity(levels: &[f64], len: usize) -> Self {
        let empty = || Vec::with_capacity(len);
        Self {
            point: empty(),
            intervals: levels
                .iter()
                .map(|&level| Interval { level, lower: empty(), upper: empty() })
                .collect(),
        }
    }

    pub(super) fn push(&mut self, point: f64, bands: impl Iterator<Item = (f64, f64)>) {
        self.point.push(point);
        for (interval, (lower, upper)) in self.intervals.iter_mut().zip(bands) {
            interval.lower.push(lower);
            interval.upper.push(upper);
        }
    }
}

impl Series {
    pub(super) fn push_loss(&mut self, response: &LossResponse, z: &[f64], p: &Parameters) {
        self.push(
            response.median(p),
            z.iter().map(|&z| (response.quantile(-z, p), response.quantile(z, p))),
        );
    }
}

/// What spreads a forecast: standard deviations on the logarithm, except for the rating.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Spread {
    /// Of the loss of strength between people.
    pub strength_log_sd: f64,
    /// Of soreness between people.
    pub soreness_log_sd: f64,
    /// Of the recovery time between people.
    pub recovery_log_sd: f64,
    /// Of the mean response, as the evidence leaves it open.
    pub evidence_log_sd: f64,
    /// Of the load.
    pub load_log_sd: f64,
    /// Of one rating, on the scale from 0 to 10.
    pub rating_noise: f64,
}

impl Spread {
    /// A person about whom nothing is known, after loads with this relative error.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for a relative error that is negative or no number.
    pub fn population(load_relative_se: f64, p: &Parameters) -> Result<Self> {
        bounds::RELATIVE_ERROR.check(load_relative_se)?;
        Ok(Self {
            strength_log_sd: p.person_strength_log_sd,
            soreness_log_sd: p.person_soreness_log_sd,
            recovery_log_sd: p.person_recovery_log_sd,
            evidence_log_sd: p.evidence_log_sd,
            load_log_sd: sqrt(log(1.0 + load_relative_se * load_relative_se)),
            rating_noise: p.rating_noise,
        })
    }

    /// Checks every part.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for a part that is negative, too large or no number.
    pub fn check(&self) -> Result<()> {
        for log_sd in [
            self.strength_log_sd,
            self.soreness_log_sd,
            self.recovery_log_sd,
            self.evidence_log_sd,
            self.load_log_sd,
        ] {
            bounds::LOG_SD.check(log_sd)?;
        }
        bounds::RATING_NOISE.check(self.rating_noise)?;
        Ok(())
    }

    /// Log-sd of what a state leads to: everything that multiplies, and the recovery time with the
    /// slope that the state carries.
    fn log_sd(&self, person: f64, recovery_slope: f64) -> f64 {
        let recovery = self.recovery_log_sd * recovery_slope;
        sqrt(
            person * person
                + self.evidence_log_sd * self.evidence_log_sd
                + self.load_log_sd * self.load_log_sd
                + recovery * recovery,
        )
    }
}

/// What is known of the one whose legs are forecast.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Known<'a> {
    /// Nothing: one out of the population.
    Population(Spread),
    /// What ratings have taught.
    Person {
        profile: &'a Profile,
        /// Of the load, on the logarithm.
        load_log_sd: f64,
        /// Of one rating around the felt soreness.
        rating_sd: f64,
    },
}

impl<'a> Known<'a> {
    /// What a profile knows, of legs whose recent loads have this relative error.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for a relative error that is negative or no number.
    pub(crate) fn of(profile: &'a Profile, load_relative_se: f64, p: &Parameters) -> Result<Self> {
        let population = Spread::population(load_relative_se, p)?;
        population.check()?;
        if profile.ratings == 0 {
            return Ok(Self::Population(population));
        }
        let load_log_sd = population.load_log_sd;
        Ok(Self::Person { profile, load_log_sd, rating_sd: profile.rating_sd(p) })
    }

    /// Standard deviation of the logarithm of the drive of soreness.
    fn drive_log_sd(&self, state: &MuscleState) -> f64 {
        let drive = state.soreness_drive();
        let recovery = per_log(state.chain_per_log_recovery[2], drive);
        match *self {
            Self::Population(spread) => spread.log_sd(spread.soreness_log_sd, recovery),
            Self::Person { profile, load_log_sd, .. } => {
                let protection = per_log(state.drive_per_log_protection(), drive);
                log_sd_of(profile, load_log_sd, SORENESS, recovery, protection)
            }
        }
    }

    /// Standard deviations of the logarithms of fatigue and of damage.
    fn loss_log_sds(&self, state: &MuscleState) -> [f64; 2] {
        let recovery = per_log(state.damage_per_log_recovery, state.damage);
        [0.0, recovery].map(|recovery| match *self {
            Self::Population(spread) => spread.log_sd(spread.strength_log_sd, recovery),
            Self::Person { profile, load_log_sd, .. } => {
                log_sd_of(profile, load_log_sd, SUSCEPTIBILITY, recovery, 0.0)
            }
        })
    }

    /// What is rated without any load, and the standard deviation of a rating.
    fn rating(&self) -> (f64, f64) {
        match *self {
            Self::Population(spread) => (0.0, spread.rating_noise),
            Self::Person { profile, rating_sd, .. } => (profile.person.baseline, rating_sd),
        }
    }
}

/// Drive below which soreness is nothing at all.
const NO_DRIVE: f64 = 1.0e-12;

/// The slope of a logarithm. What is above [`NO_DRIVE`] has faded over some 60 time constants at most; a
/// stored state that says otherwise must not overflow.
fn per_log(slope: f64, value: f64) -> f64 {
    if value > NO_DRIVE { (slope / value).clamp(-100.0, 100.0) } else { 0.0 }
}

/// Of one of a person's numbers and the load.
fn log_sd_of(profile: &Profile, load: f64, number: usize, recovery: f64, protection: f64) -> f64 {
    sqrt(profile.log_variance(number, recovery, protection) + load * load)
}

/// The soreness of one muscle group at one time, ready to be cut at any probability.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SorenessResponse {
    drive: f64,
    drive_log_sd: f64,
    baseline: f64,
    rating_noise: f64,
}

impl SorenessResponse {
    pub(crate) fn of(state: &MuscleState, known: &Known<'_>) -> Self {
        let (baseline, rating_noise) = known.rating();
        let drive_log_sd = known.drive_log_sd(state);
        Self { drive: state.soreness_drive(), drive_log_sd, baseline, rating_noise }
    }

    /// Median soreness.
    pub(crate) fn soreness(&self) -> f64 {
        (soreness_of(self.drive) + self.baseline).clamp(0.0, 10.0)
    }

    /// Central interval of one soreness rating; `z` is the normal quantile of its upper end.
    ///
    /// The felt soreness is a monotone function of a log-normal drive, so its own interval is exact.
    /// The rating's noise is added to each half-width in quadrature, and the ends of the scale hold.
    pub(super) fn rating_interval(&self, z: f64) -> (f64, f64) {
        let median = soreness_of(self.drive);
        let rated = median + self.baseline;
        let noise = z * self.rating_noise;
        let end = |z: f64| {
            let felt = soreness_of(self.drive * exp(z * self.drive_log_sd)) - median;
            sqrt(felt * felt + noise * noise)
        };
        ((rated - end(-z)).clamp(0.0, 10.0), (rated + end(z)).clamp(0.0, 10.0))
    }

    /// Probability that the felt soreness is below a threshold.
    pub(super) fn probability_below(&self, threshold: f64) -> f64 {
        normal_cdf(self.sds_below(threshold))
    }

    /// How far the median lies below a threshold, in standard deviations of the logarithm of the drive:
    /// the normal quantile of the probability to be below it, infinite where it is sure.
    pub(crate) fn sds_below(&self, threshold: f64) -> f64 {
        let threshold = threshold - self.baseline;
        let sure = |below: bool| if below { f64::INFINITY } else { f64::NEG_INFINITY };
        if self.drive <= NO_DRIVE || threshold <= 0.0 {
            return sure(threshold > 0.0);
        }
        if threshold >= 10.0 {
            return sure(true);
        }
        let distance = log(drive_of(threshold) / self.drive);
        if self.drive_log_sd <= 0.0 {
            return sure(distance > 0.0);
        }
        distance / self.drive_log_sd
    }
}

/// The loss of strength of one muscle group at one time, ready to be cut at any probability.
#[derive(Debug, Clone, Copy)]
pub(super) struct LossResponse {
    fatigue: f64,
    fatigue_log_sd: f64,
    damage: f64,
    damage_log_sd: f64,
}

impl LossResponse {
    pub(super) fn of(state: &MuscleState, known: &Known<'_>) -> Self {
        let [fatigue_log_sd, damage_log_sd] = known.loss_log_sds(state);
        Self { fatigue: state.fatigue, fatigue_log_sd, damage: state.damage, damage_log_sd }
    }

    /// Median loss of strength.
    fn median(&self, p: &Parameters) -> f64 {
        strength_loss_of(self.fatigue, self.damage, p)
    }

    /// Quantile of the loss of strength; `z` is the normal quantile.
    fn quantile(&self, z: f64, p: &Parameters) -> f64 {
        strength_loss_of(
            self.fatigue * exp(z * self.fatigue_log_sd),
            self.damage * exp(z * self.damage_log_sd),
            p,
        )
    }
}

/// Normal quantile of the upper end of a central interval.
pub(super) fn upper_z(level: f64) -> f64 {
    normal_quantile(0.5 + 0.5 * level)
}
