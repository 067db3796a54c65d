//! Watches soreness: how close legs come to a level over some time, in probability.

use alloc::vec::Vec;

use crate::bounds;
use crate::damage::{Decay, LegState};
use crate::error::Result;
use crate::forecast::{Known, Response};
use crate::math::normal_cdf;
use crate::params::Parameters;
use crate::person::Profile;
use crate::units::{Muscle, Timestamp};

/// Where soreness comes closest to the level.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tightest {
    /// When.
    pub time: Timestamp,
    /// In which muscle group.
    pub muscle: Muscle,
    /// Probability that its soreness is below the level.
    pub probability: f64,
    /// Its median soreness, 0 to 10.
    pub soreness: f64,
}

/// A level of soreness, and the probability with which each muscle group shall stay below it.
pub(super) struct Guard<'a> {
    below: f64,
    probability: f64,
    step_h: f64,
    profile: &'a Profile,
    own: &'a Parameters,
    decays: Vec<Decay>,
}

impl<'a> Guard<'a> {
    /// A guard that looks every `step_h` hours, for at most `hours` without a run. `own` are the
    /// constants of the profile's person.
    pub fn new(
        below: f64,
        probability: f64,
        (step_h, hours): (f64, f64),
        profile: &'a Profile,
        own: &'a Parameters,
    ) -> Result<Self> {
        bounds::SORENESS.check(below)?;
        bounds::PROBABILITY.check(probability)?;
        let steps = libm::ceil(hours / step_h) as u32;
        let decays = (0..=steps).map(|k| Decay::over(f64::from(k) * step_h, own)).collect();
        Ok(Self { below, probability, step_h, profile, own, decays })
    }

    /// The muscle groups of legs and how far each is below the level, in standard deviations.
    fn look(&self, legs: &LegState, known: &Known<'_>, decay: &Decay) -> (f64, Muscle, f64) {
        let mut worst = (f64::INFINITY, Muscle::Quadriceps, 0.0);
        for (muscle, state) in legs.muscles.iter() {
            let response = Response::of(&state.advanced(decay), known);
            let sds = response.sds_below(self.below);
            if sds < worst.0 || (sds == worst.0 && response.soreness() > worst.2) {
                worst = (sds, muscle, response.soreness());
            }
        }
        worst
    }

    /// Where soreness comes closest to the level from now on until a time, with no run in between. It is
    /// looked at now, every step after it, and at the end.
    pub fn tightest(&self, legs: &LegState, until: Timestamp) -> Result<Tightest> {
        let known = Known::of(self.profile, legs.load_relative_se(), self.own)?;
        let hours = until.hours_since(legs.time);
        let end = Decay::over(hours.max(0.0), self.own);
        let (mut worst, mut time) = (self.look(legs, &known, &end), legs.time.max(until));
        let steps = libm::ceil(hours / self.step_h).max(0.0) as usize;
        for (k, decay) in self.decays.iter().enumerate().take(steps) {
            let here = self.look(legs, &known, decay);
            if here.0 < worst.0 || (here.0 == worst.0 && here.2 > worst.2) {
                worst = here;
                time = legs.time.add_hours(k as f64 * self.step_h);
            }
        }
        let (sds, muscle, soreness) = worst;
        Ok(Tightest { time, muscle, probability: normal_cdf(sds), soreness })
    }

    /// Whether it stays below the level with the probability asked for.
    pub fn holds(&self, tightest: &Tightest) -> bool {
        tightest.probability >= self.probability
    }
}
