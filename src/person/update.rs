//! One observation more, without replaying the runs.

use nalgebra::{Matrix3, SMatrix, SVector, Vector3};

use super::answer::Answer;
use super::likelihood::Likelihood;
use super::matrix::{BASELINE, NOISE, NUMBERS, symmetric};
use super::moments::{grid, moments};
use super::newton::{Normal, search};
use super::observation::Observation;
use super::profile::{Profile, Termination};
use super::stimulus::Stimulus;
use crate::damage::LegState;
use crate::error::Result;
use crate::params::Parameters;

/// How evenly the points must carry the integral, in parts of what they do for a normal distribution.
const EVEN: f64 = 0.1;

impl Profile {
    /// What is known after one observation more: microseconds, where [`super::fit`] takes milliseconds.
    ///
    /// `legs` is the state of this person's legs at or before the time of the observation, under
    /// [`super::Person::parameters`] of this profile. One answer depends on three things: the response of
    /// the legs, the baseline and the noise. Their mean and covariance are integrals, and take along the
    /// numbers that they depend on. The earlier observations act through the profile's mean and covariance
    /// alone, so that the result is close to that of a fit of all of them, not equal: docs/validation.md
    /// has the bounds.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for an impossible profile, state, observation or constant,
    /// [`crate::Error::BackInTime`] for an observation before the time of the state.
    pub fn updated(
        &self,
        legs: &LegState,
        observation: &Observation,
        p: &Parameters,
    ) -> Result<Self> {
        p.check()?;
        self.check()?;
        observation.check()?;
        let now = self.at(observation.time());
        let own = self.person.parameters(p);
        let legs = legs.advanced_to(observation.time(), &own)?;
        let answer = Answer::of(observation, self.rated_from, p);
        let stimulus = Stimulus::of_state(&answer, &legs, &self.mean(), &own);
        Ok(Self {
            time: Some(observation.time()),
            ratings: self.ratings + 1,
            termination: Termination::Updated,
            ..now.having(&answer, &stimulus, &Likelihood::new(p)).unwrap_or(now)
        })
    }

    /// `None` if the covariance has no inverse or the points miss the posterior.
    fn having(
        &self,
        answer: &Answer,
        stimulus: &Stimulus,
        likelihood: &Likelihood,
    ) -> Option<Self> {
        let prior = Normal::of(self)?;
        let (mean, covariance) = (*prior.mean(), self.covariance_matrix());
        let (answers, stimuli) = ([*answer], [*stimulus]);
        let found = search(&prior, &mean, |at| likelihood.all(&answers, &stimuli, at, &mean));
        // What the answer depends on, as a linear function of the person.
        let mut seen = SMatrix::<f64, 3, NUMBERS>::zeros();
        seen.set_row(0, &stimulus.slopes(&[0.0; 4]).transpose());
        seen[(1, BASELINE)] = 1.0;
        seen[(2, NOISE)] = 1.0;
        let before = seen * covariance * seen.transpose();
        let precision = before.try_inverse()?;
        let at_mean = stimulus.log(&[0.0; 4], &mean);
        let density = |off: &Vector3<f64>| {
            let at = mean + covariance * seen.transpose() * (precision * off);
            let noise = likelihood.noise(&at);
            let probability =
                likelihood.probability(&answer.said, at_mean + off[0], at[BASELINE], noise);
            crate::math::log(probability) - 0.5 * off.dot(&(precision * off))
        };
        let start: SVector<f64, 3> = seen * (found.mode - mean);
        let around: Matrix3<f64> = seen * found.covariance() * seen.transpose();
        let after = moments(&start, &around.cholesky()?.l(), &grid(), density)?;
        if after.even < EVEN {
            return None;
        }
        let gain = covariance * seen.transpose() * precision;
        let covariance = covariance - gain * (before - after.covariance) * gain.transpose();
        Some(Self {
            iterations: found.iterations,
            ..self.with(&(mean + gain * after.mean), &symmetric(&covariance))
        })
    }
}
