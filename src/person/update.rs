//! One rating more, without replaying the runs.

use super::answer::{Answer, Likelihood, Stimulus};
use super::matrix::{NOISE, PROTECTION, RECOVERY, SORENESS};
use super::newton::{Local, Normal, search};
use super::profile::{Profile, Termination};
use crate::damage::LegState;
use crate::error::Result;
use crate::params::Parameters;
use crate::soreness::Rating;

/// One rating may take back some of what was known, or many in a row would promise too much.
const LEAST: f64 = -0.5;

impl Profile {
    /// What is known after one rating more: microseconds, where [`super::fit`] takes milliseconds.
    ///
    /// `legs` is the state of this person's legs at or before the time of the rating, under
    /// [`super::Person::parameters`] of this profile. The earlier ratings act through the profile's mean
    /// and covariance alone, so that the result is close to that of a fit of all ratings, not equal: after
    /// twenty updates the largest difference among 40 simulated athletes was 1.3 standard deviations (noise
    /// 1.4), and the standard deviations agreed to a factor of 1.5. Fit again every few
    /// ratings (docs/learning.md).
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for an impossible profile, state, rating or constant,
    /// [`crate::Error::BackInTime`] for a rating before the time of the state.
    pub fn updated(&self, legs: &LegState, rating: &Rating, p: &Parameters) -> Result<Self> {
        p.check()?;
        self.check()?;
        rating.check()?;
        let own = self.person.parameters(p);
        let legs = legs.advanced_to(rating.time, &own)?;
        let Some(normal) = Normal::of(self) else { return Ok(self.clone()) };
        let answer = Answer::of(rating, self.rated_from);
        let mean = *normal.mean();
        let seen = Stimulus::of(&legs, rating.muscle);
        let likelihood = Likelihood::new(p);
        // The state already has this person's soreness gain in it.
        let seen = Stimulus { log_drive: seen.log_drive - mean[SORENESS], ..seen };
        let noise_information = likelihood.noise_information(&answer, &seen, &mean);
        let found = search(&normal, &mean, LEAST, |at| {
            let stimulus =
                seen.moved(at[RECOVERY] - mean[RECOVERY], at[PROTECTION] - mean[PROTECTION]);
            let mut local = Local::zero();
            local.value =
                likelihood.add(&answer, &stimulus, at, &mut local.gradient, &mut local.curvature);
            // How much one answer bends the noise depends on the answer: on the middle of the scale not
            // at all, far from it a lot. One after the other, only the mean of that adds up.
            local.curvature[(NOISE, NOISE)] = -noise_information;
            Ok(local)
        })?;
        Ok(Self {
            ratings: self.ratings + 1,
            iterations: found.iterations,
            termination: Termination::Updated,
            ..self.with(&found.mode, &found.covariance)
        })
    }
}
