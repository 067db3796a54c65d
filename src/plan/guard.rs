//! Watches soreness: how close legs come to a level over some time, in probability.

use alloc::vec::Vec;

use crate::bounds;
use crate::damage::{Fade, LegState};
use crate::error::Result;
use crate::forecast::{Known, SorenessAlong};
use crate::math::normal_cdf;
use crate::params::Parameters;
use crate::person::Profile;
use crate::units::{Muscle, PerMuscle, Timestamp};

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

impl Tightest {
    /// A muscle group of which nothing is known but that it is not sore.
    pub(super) fn none(time: Timestamp, muscle: Muscle) -> Self {
        Self { time, muscle, probability: 1.0, soreness: 0.0 }
    }

    /// Whether this is closer to the level; of two that are equally sure, the sorer one.
    pub(super) fn tighter_than(&self, other: &Self) -> bool {
        (self.probability, -self.soreness) < (other.probability, -other.soreness)
    }
}

/// A level of soreness, and the probability with which each muscle group shall stay below it.
pub(super) struct Guard<'a> {
    below: f64,
    probability: f64,
    step_h: f64,
    profile: &'a Profile,
    own: &'a Parameters,
    fades: Vec<Fade>,
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
        let hours: Vec<f64> = (0..=steps).map(|k| f64::from(k) * step_h).collect();
        let fades = Fade::over_each(&hours, own);
        Ok(Self { below, probability, step_h, profile, own, fades })
    }

    /// Where each muscle group comes closest to the level from now on until a time, with no run in
    /// between. It is looked at now, every step after it, and at the end.
    pub fn closest(&self, legs: &LegState, until: Timestamp) -> Result<PerMuscle<Tightest>> {
        let known = Known::of(self.profile, legs.load_relative_se(), self.own)?;
        let hours = until.hours_since(legs.time).max(0.0);
        let steps = libm::ceil(hours / self.step_h) as usize;
        let mut fades: Vec<Fade> = self.fades.iter().take(steps).copied().collect();
        fades.push(Fade::over(hours, self.own));
        Ok(PerMuscle::from_fn(|muscle| {
            let along = SorenessAlong::of(&legs.muscles[muscle], &fades, &known);
            let looks = along.sds_below(self.below).into_iter().zip(along.medians());
            let mut worst = (f64::INFINITY, -1.0, 0);
            for (k, (sds, soreness)) in looks.enumerate() {
                if sds < worst.0 || (sds == worst.0 && soreness > worst.1) {
                    worst = (sds, soreness, k);
                }
            }
            let (sds, soreness, k) = worst;
            let hours = hours.min(k as f64 * self.step_h);
            let time = legs.time.add_hours(hours);
            Tightest { time, muscle, probability: normal_cdf(sds), soreness }
        }))
    }

    /// The muscle group that comes closest.
    pub fn tightest(&self, legs: &LegState, until: Timestamp) -> Result<Tightest> {
        let closest = self.closest(legs, until)?;
        let first = closest.quadriceps;
        Ok(closest.iter().fold(first, |a, (_, b)| if b.tighter_than(&a) { *b } else { a }))
    }

    /// Whether it stays below the level with the probability asked for.
    pub fn holds(&self, tightest: &Tightest) -> bool {
        tightest.probability >= self.probability
    }
}
