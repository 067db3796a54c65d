//! How soreness rises and passes, followed by the hour whatever the forecast covers.

use alloc::vec::Vec;

use super::along::SorenessAlong;
use super::outlook::{Clear, ForecastOptions, Peak};
use super::series::Known;
use crate::damage::{Fade, MuscleState};
use crate::math::{normal_cdf, normal_quantile};
use crate::params::Parameters;
use crate::units::Timestamp;

/// Longest time over which soreness is followed, in hours.
const PASSING_H: usize = 60 * 24;
/// Hours that are looked at together.
const TOGETHER_H: usize = 24;
/// Probability of being clear at which nothing more is to come.
const SURELY_CLEAR: f64 = 0.999;

/// Medians of soreness by the hour from the start on, and how far they lie below the threshold.
#[derive(Default)]
pub(super) struct Seen {
    pub medians: Vec<f64>,
    pub sds_below: Vec<f64>,
}

/// Follows the muscle groups of one forecast.
pub(super) struct Follower<'a> {
    start: Timestamp,
    below: f64,
    // Probabilities as normal quantiles, which are compared without an error function.
    likely_z: f64,
    sure_z: f64,
    known: &'a Known<'a>,
    p: &'a Parameters,
    /// What fades until the hours after those that the forecast has seen.
    fades: Vec<Fade>,
}

impl<'a> Follower<'a> {
    pub fn new(
        start: Timestamp,
        known: &'a Known<'a>,
        options: &ForecastOptions,
        p: &'a Parameters,
    ) -> Self {
        let likely = options.clear_probability;
        Self {
            start,
            below: options.clear_below,
            likely_z: normal_quantile(likely),
            sure_z: normal_quantile(likely.max(SURELY_CLEAR)),
            known,
            p,
            fades: Vec::new(),
        }
    }

    /// Peak and passing of one muscle group, of which a forecast has seen as many hours as of the others.
    pub fn follow(&mut self, state: &MuscleState, mut seen: Seen) -> (Peak, Clear) {
        let mut passing = Passing::default();
        // The chain takes two stages to its peak: nothing is sure before.
        let late_h = 3.0 * self.p.soreness_stage_h;
        let (mut hour, known_h) = (0, seen.medians.len());
        loop {
            for (soreness, z) in seen.medians.iter().zip(&seen.sds_below) {
                if hour > PASSING_H || (passing.sure && hour as f64 > late_h) {
                    return passing.after(hour, self);
                }
                passing.see(hour, *soreness, *z, self);
                hour += 1;
            }
            let known = self.known;
            let along = SorenessAlong::of(state, self.next(hour, known_h), known);
            seen = Seen { medians: along.medians(), sds_below: along.sds_below(self.below) };
        }
    }

    /// The fading until some hours from one on.
    fn next(&mut self, hour: usize, known_h: usize) -> &[Fade] {
        let from = hour - known_h;
        let missing = self.fades.len()..from + TOGETHER_H;
        let hours: Vec<f64> = missing.map(|k| (known_h + k) as f64).collect();
        self.fades.extend(Fade::over_each(&hours, self.p));
        &self.fades[from..from + TOGETHER_H]
    }
}

/// What was seen of one muscle group so far, in hours.
#[derive(Default)]
struct Passing {
    peak_at: usize,
    peak: f64,
    /// Since when it stays clear, once that hour has come; and how surely it is clear then.
    clear_from: usize,
    clear_z: f64,
    likely_from: usize,
    sure: bool,
}

impl Passing {
    fn see(&mut self, hour: usize, soreness: f64, z: f64, follower: &Follower<'_>) {
        let rising = soreness > self.peak || hour == 0;
        if rising {
            (self.peak_at, self.peak) = (hour, soreness);
        }
        if z < 0.0 {
            self.clear_from = hour + 1;
        } else if hour == self.clear_from {
            self.clear_z = z;
        }
        if z < follower.likely_z {
            self.likely_from = hour + 1;
        }
        self.sure = !rising && z >= follower.sure_z;
    }

    /// The result after so many hours.
    fn after(self, hours: usize, follower: &Follower<'_>) -> (Peak, Clear) {
        let time = |hour: usize| follower.start.add_hours(hour as f64);
        let seen = |from: usize| (from < hours).then(|| time(from));
        let at = seen(self.clear_from);
        let clear = Clear {
            below: follower.below,
            at,
            probability: at.map(|_| normal_cdf(self.clear_z)),
            likely_at: seen(self.likely_from),
        };
        (Peak { time: time(self.peak_at), soreness: self.peak }, clear)
    }
}
