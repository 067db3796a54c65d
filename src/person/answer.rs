//! Observations, ready for the likelihood.

use super::observation::Observation;
use crate::damage::{LegState, MuscleState};
use crate::math::log;
use crate::params::Parameters;
use crate::soreness::Rating;
use crate::units::{Muscle, Timestamp};

/// Drive and loss below which nothing is felt or measured that could tell one from nothing.
const NOTHING: f64 = 1.0e-6;
/// Soreness at which anyone who rates at all would.
const JUST_SORE: f64 = 2.0;

/// An observation, ready for the likelihood.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub time: Timestamp,
    /// The muscle group; `None` for the legs as a whole, which feel like their sorest group.
    pub muscle: Option<Muscle>,
    pub said: Said,
}

/// What was observed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said {
    /// Soreness, 0 to 10, between two levels.
    Sore {
        low: f64,
        high: f64,
        /// Different answers that could have been given.
        answers: f64,
        /// Soreness from which on this person rates at all; zero for one who always does.
        rated_from: f64,
    },
    /// A loss of strength with its standard deviation.
    Weak { loss: f64, sd: f64 },
}

impl Answer {
    pub fn of(observation: &Observation, rated_from: f64, p: &Parameters) -> Self {
        let (muscle, said) = match observation {
            Observation::Rating(rating) => {
                let (low, high) = rating.scale.thresholds(rating.value);
                let answers = rating.scale.answers();
                // Who answers below it has rated anyway.
                let rated_from = if low >= rated_from { rated_from } else { 0.0 };
                (rating.muscle, Said::Sore { low, high, answers, rated_from })
            }
            Observation::Strength(test) => {
                (Some(test.muscle), Said::Weak { loss: test.loss, sd: test.sd })
            }
            Observation::Stairs { .. } => {
                let (low, high) = (p.stairs_soreness, f64::INFINITY);
                (None, Said::Sore { low, high, answers: 2.0, rated_from: 0.0 })
            }
        };
        Self { time: observation.time(), muscle, said }
    }

    /// Levels of soreness from which on somebody may rate at all who never rated fresh legs: what is just
    /// above the fresh end of the scale, and the lowest that was rated. None if the fresh end was rated,
    /// or if legs that sore are no reason to rate.
    pub fn rated_from(ratings: &[Rating]) -> [Option<f64>; 2] {
        let low = |rating: &Rating| rating.scale.thresholds(rating.value).0;
        let lowest = ratings.iter().map(low).fold(f64::INFINITY, f64::min);
        let first =
            |rating: &Rating| 5.0 * rating.scale.step / (rating.scale.max - rating.scale.min);
        let first = ratings.iter().map(first).fold(0.0, f64::max);
        if lowest <= 0.0 || lowest > JUST_SORE {
            return [None, None];
        }
        [Some(lowest), (first < 0.99 * lowest).then_some(first)]
    }

    /// Logarithm of what the legs answer with: the drive of soreness, or the odds of the loss of strength.
    /// `own` are the constants of the person.
    pub fn log_response(&self, legs: &LegState, own: &Parameters) -> f64 {
        let state = self.muscle_of(legs);
        log(match self.said {
            Said::Sore { .. } => state.soreness_drive(),
            Said::Weak { .. } => odds(state.strength_loss(own)),
        }
        .max(NOTHING))
    }

    /// Change of [`Answer::log_response`] with the logarithm of the recovery time and with that of
    /// protection, as the state carries them.
    pub fn slopes(&self, legs: &LegState, own: &Parameters) -> [f64; 2] {
        let state = self.muscle_of(legs);
        let (value, recovery, protection) = match self.said {
            Said::Sore { .. } => (
                state.soreness_drive(),
                state.chain_per_log_recovery[2],
                state.drive_per_log_protection(),
            ),
            Said::Weak { .. } => {
                // The logarithm of the odds changes less than that of the loss before saturation.
                let odds = odds(state.strength_loss(own)) / odds(own.strength_loss_max);
                let part = (1.0 - odds) * state.damage_per_log_recovery;
                (state.fatigue + state.damage, part, 0.0)
            }
        };
        // A stored state may carry slopes that no replay would give: they must not overflow.
        let per_log = |slope: f64| {
            if value > NOTHING { (slope / value).clamp(-100.0, 100.0) } else { 0.0 }
        };
        [per_log(recovery), per_log(protection)]
    }

    fn muscle_of<'a>(&self, legs: &'a LegState) -> &'a MuscleState {
        match self.muscle {
            Some(muscle) => &legs.muscles[muscle],
            None => sorest(legs),
        }
    }
}

fn odds(loss: f64) -> f64 {
    loss / (1.0 - loss)
}

fn sorest(legs: &LegState) -> &MuscleState {
    let m = &legs.muscles;
    [&m.calves, &m.hip_extensors, &m.hamstrings]
        .into_iter()
        .fold(&m.quadriceps, |a, b| if b.soreness_drive() > a.soreness_drive() { b } else { a })
}
