//! Point and intervals of one quantity over time.

use alloc::vec::Vec;

use super::along::NO_DRIVE;
use crate::bounds;
use crate::error::Result;
use crate::math::{log, normal_quantile, sqrt};
use crate::params::Parameters;
use crate::person::{Profile, SORENESS, SUSCEPTIBILITY};

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

    /// Standard deviations of the logarithm of drives of soreness, with their slopes on the logarithms of
    /// the recovery time and of the protection gain; only a person's depend on the second ones.
    pub(super) fn drive_log_sds(
        &self,
        drives: &[f64],
        per_log_recovery: &[f64],
        per_log_protection: impl FnOnce() -> Vec<f64>,
    ) -> Vec<f64> {
        let recovery = drives.iter().zip(per_log_recovery);
        match *self {
            Self::Population(spread) => recovery
                .map(|(drive, slope)| {
                    spread.log_sd(spread.soreness_log_sd, per_log(*slope, *drive))
                })
                .collect(),
            Self::Person { profile, load_log_sd, .. } => recovery
                .zip(per_log_protection())
                .map(|((drive, recovery), protection)| {
                    let [recovery, protection] =
                        [*recovery, protection].map(|slope| per_log(slope, *drive));
                    log_sd_of(profile, load_log_sd, SORENESS, recovery, protection)
                })
                .collect(),
        }
    }

    /// Standard deviation of the logarithm of fatigue, on which the recovery time has no effect.
    pub(super) fn fatigue_log_sd(&self) -> f64 {
        self.loss_log_sd(0.0)
    }

    /// Standard deviations of the logarithm of damages, with their slopes on that of the recovery time.
    pub(super) fn damage_log_sds(&self, damages: &[f64], per_log_recovery: &[f64]) -> Vec<f64> {
        let both = damages.iter().zip(per_log_recovery);
        both.map(|(damage, slope)| self.loss_log_sd(per_log(*slope, *damage))).collect()
    }

    fn loss_log_sd(&self, recovery: f64) -> f64 {
        match *self {
            Self::Population(spread) => spread.log_sd(spread.strength_log_sd, recovery),
            Self::Person { profile, load_log_sd, .. } => {
                log_sd_of(profile, load_log_sd, SUSCEPTIBILITY, recovery, 0.0)
            }
        }
    }

    /// What is rated without any load, and the standard deviation of a rating.
    pub(super) fn rating(&self) -> (f64, f64) {
        match *self {
            Self::Population(spread) => (0.0, spread.rating_noise),
            Self::Person { profile, rating_sd, .. } => (profile.person.baseline, rating_sd),
        }
    }
}

/// The slope of a logarithm. What is above [`NO_DRIVE`] has faded over some 60 time constants at most; a
/// stored state that says otherwise must not overflow.
fn per_log(slope: f64, value: f64) -> f64 {
    let per_log = (slope / value).clamp(-100.0, 100.0);
    if value > NO_DRIVE { per_log } else { 0.0 }
}

/// Of one of a person's numbers and the load.
fn log_sd_of(profile: &Profile, load: f64, number: usize, recovery: f64, protection: f64) -> f64 {
    sqrt(profile.log_variance(number, recovery, protection) + load * load)
}

/// Normal quantile of the upper end of a central interval.
pub(super) fn upper_z(level: f64) -> f64 {
    normal_quantile(0.5 + 0.5 * level)
}
