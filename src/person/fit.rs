//! The fit: all observations of a person at once.

use alloc::vec::Vec;

use super::answer::Answer;
use super::likelihood::Likelihood;
use super::matrix::{Matrix, NUMBERS, SORENESS, Vector, symmetric};
use super::moments::{Moments, moments, scattered};
use super::newton::{Found, Normal, search};
use super::observation::Observation;
use super::profile::{Profile, Termination, prior};
use super::stimulus::{REPLAYED, Record, Stimulus};
use crate::damage::Habit;
use crate::error::Result;
use crate::load::EccentricLoad;
use crate::math::{exp, log, sqrt};
use crate::params::Parameters;
use crate::soreness::Rating;

/// Replays after which the search gives up.
const MAX_REPLAYS: usize = 8;
/// A move between replays that is smaller than this, in standard deviations of the prior, ends the search: the
/// integral does not start from the mode but reaches around it.
const SMALL_MOVE: f64 = 0.05;
/// Replays after which the slopes are kept and only half of a move is made: where the sorest muscle group
/// changes, whole moves may jump to and fro.
const WHOLE_MOVES: usize = 2;
/// Answers looked at in the integral over the posterior: as many points as that allows, few for many answers,
/// which make it more nearly normal.
const LOOKS: usize = 64_000;
/// Fewest and most pairs of points.
const PAIRS: (usize, usize) = (64, 512);
/// How evenly the points must carry an integral, in parts of what they do for a normal distribution; with fewer
/// there is a second try with this many times the points. As many are enough for less, and only below that the
/// normal approximation, which a full sampler shows to be worse, stands.
const EVEN: f64 = 0.25;
const MORE: usize = 6;
const LEAST: f64 = 0.05;
/// Probability, before any rating, that a person only rates when sore. Assumed.
const ONLY_WHEN_SORE: f64 = 0.2;
/// Steps of the differences that bend the stimuli, in standard deviations: the outer nodes of the
/// three-point Gauss-Hermite rule, so that what is replayed is where the integral looks.
const STEPS: f64 = 1.732_050_807_568_877_2;
/// Smallest and largest of them.
const STEP: (f64, f64) = (0.02, 1.2);
/// Fewest observations whose direction is questioned.
const QUESTIONED_FROM: usize = 5;

/// Learns a person from what was observed, given the runs in order of time and what the legs were used to
/// before.
///
/// Without observations it is [`prior`]. The search replays all runs with that person's own constants. It
/// need not converge: [`Profile::termination`] says how it ended. Mean and covariance are integrals over the
/// posterior around the point where it ended.
///
/// # Errors
/// [`crate::Error::OutOfRange`] for an impossible load, observation or constant,
/// [`crate::Error::BackInTime`] if the runs overlap or are out of order.
///
/// ```
/// use eccentric::{activity::Segment, damage::Habit, load::{DoseModel, Runner}};
/// use eccentric::{params::Parameters, Timestamp, soreness::{Rating, Scale}};
/// use eccentric::person::{Observation, fit};
/// let p = Parameters::default();
/// let model = DoseModel::new(&p, &Runner::default())?;
/// let run = model.load(Timestamp::from_unix_s(0), &[Segment::steady(-0.16, 3.0, 1800.0)])?;
/// // Hardly sore after a bout that makes most people very sore.
/// let ratings: Vec<Observation> = [(24.0, 1.0), (48.0, 2.0), (72.0, 1.0)]
///     .map(|(hours, value)| Rating {
///         time: run.start.add_hours(hours), value, scale: Scale::NRS_0_10, muscle: None,
///     })
///     .map(Observation::from)
///     .to_vec();
/// let profile = fit(Habit::None, &[run], &ratings, &p)?;
/// assert!(profile.person.soreness < -1.0);
/// assert!(profile.sds()[1] < 0.5);
/// # Ok::<(), eccentric::Error>(())
/// ```
pub fn fit(
    habit: Habit,
    loads: &[EccentricLoad],
    observations: &[Observation],
    p: &Parameters,
) -> Result<Profile> {
    p.check()?;
    for load in loads {
        load.check()?;
    }
    for observation in observations {
        observation.check()?;
    }
    let before = prior(p);
    let Some(normal) = Normal::of(&before) else { return Ok(before) };
    let mut sorted = observations.to_vec();
    sorted.sort_by_key(Observation::time);
    let Some(latest) = sorted.last().map(Observation::time) else { return Ok(before) };
    let read = |rated_from: f64| -> Vec<Answer> {
        sorted.iter().map(|observation| Answer::of(observation, rated_from, p)).collect()
    };
    let turned = |observation: &Observation| Answer::of(&observation.reversed(), 0.0, p);
    let record = Record { habit, loads, p, answers: read(0.0) };
    let problem = Problem { normal, record, likelihood: Likelihood::new(p) };
    let first = problem.record.linear(problem.normal.mean())?;
    let rough = problem.roughly(&problem.record.answers, &first);
    let reversed_gain = if sorted.len() < QUESTIONED_FROM {
        0.0
    } else {
        let reversed: Vec<Answer> = sorted.iter().map(turned).collect();
        problem.roughly(&reversed, &first).value - rough.value
    };
    let Searched { found, at, stimuli } = problem.search(first, rough)?;
    let mut readings =
        Vec::from([(0.0, problem.integrate(&problem.record.answers, &stimuli, &at, &found.mode))]);
    for rated_from in Answer::rated_from(&ratings(&sorted)).into_iter().flatten() {
        let answers = read(rated_from);
        readings.push((rated_from, problem.integrate(&answers, &stimuli, &at, &found.mode)));
    }
    let (rated_from, mean, covariance) = averaged(&readings);
    Ok(Profile {
        time: Some(latest),
        ratings: observations.len(),
        iterations: found.iterations,
        termination: found.termination,
        reversed_gain,
        rated_from,
        ..before.with(&mean, &covariance)
    })
}

fn ratings(observations: &[Observation]) -> Vec<Rating> {
    let rating = |observation: &Observation| match observation {
        Observation::Rating(rating) => Some(*rating),
        _ => None,
    };
    observations.iter().filter_map(rating).collect()
}

/// Mean and covariance over the readings, each as probable as it makes the ratings, and the most probable
/// level from which on the person rates.
fn averaged(readings: &[(f64, Moments<NUMBERS>)]) -> (f64, Vector, Matrix) {
    let others = readings.len() as f64 - 1.0;
    let log_weight = |k: usize, reading: &Moments<NUMBERS>| {
        let before = if k == 0 { 1.0 - ONLY_WHEN_SORE } else { ONLY_WHEN_SORE / others };
        reading.log_evidence + log(before)
    };
    let logs: Vec<f64> =
        readings.iter().enumerate().map(|(k, (_, reading))| log_weight(k, reading)).collect();
    let top = logs.iter().fold(f64::NEG_INFINITY, |top, log| top.max(*log));
    let total: f64 = logs.iter().map(|log| exp(log - top)).sum();
    let weight = |k: usize| exp(logs[k] - top) / total;
    let mean = readings
        .iter()
        .enumerate()
        .fold(Vector::zeros(), |sum, (k, (_, reading))| sum + reading.mean * weight(k));
    let covariance = readings.iter().enumerate().fold(Matrix::zeros(), |sum, (k, (_, reading))| {
        let off = reading.mean - mean;
        sum + (reading.covariance + off * off.transpose()) * weight(k)
    });
    // Rated from, if that is more probable than not, the most probable level.
    let mut rated_from = 0.0;
    if weight(0) < 0.5 {
        let mut best = 0.0;
        for (k, (level, _)) in readings.iter().enumerate().skip(1) {
            if weight(k) > best {
                (best, rated_from) = (weight(k), *level);
            }
        }
    }
    (rated_from, mean, symmetric(&covariance))
}

struct Problem<'a> {
    normal: Normal,
    record: Record<'a>,
    likelihood: Likelihood,
}

/// Where the search ended, and the stimuli to second order around `at`.
struct Searched {
    found: Found,
    at: Vector,
    stimuli: Vec<Stimulus>,
}

impl Problem<'_> {
    /// Newton steps between replays, until a replay changes nothing any more.
    fn search(&self, first: Vec<Stimulus>, rough: Found) -> Result<Searched> {
        let prior = &self.normal;
        let (mut at, mut stimuli, mut found) = (*prior.mean(), first, rough);
        let mut iterations = found.iterations;
        let mut termination = Termination::IterationLimit;
        for replay in 0..MAX_REPLAYS {
            (at, stimuli) = if replay < WHOLE_MOVES {
                (found.mode, self.record.linear(&found.mode)?)
            } else {
                let half = 0.5 * (at + found.mode);
                (half, self.record.moved(&stimuli, &half)?)
            };
            found = self.newton(&self.record.answers, &stimuli, &at, &at);
            iterations += found.iterations;
            if prior.size(&(found.mode - at)) < SMALL_MOVE {
                termination = found.termination;
                break;
            }
        }
        let at = found.mode;
        let covariance = found.covariance();
        let sd = |number| sqrt(covariance[(number, number)].max(0.0));
        let steps = REPLAYED.map(|number| (STEPS * sd(number)).clamp(STEP.0, STEP.1));
        let stimuli = self.record.quadratic(&at, &steps)?;
        Ok(Searched { found: Found { iterations, termination, ..found }, at, stimuli })
    }

    /// The most probable person, the stimuli taken as they change around `at`.
    fn newton(
        &self,
        answers: &[Answer],
        stimuli: &[Stimulus],
        at: &Vector,
        start: &Vector,
    ) -> Found {
        search(&self.normal, start, |person| self.likelihood.all(answers, stimuli, person, at))
    }

    /// Mean, covariance and evidence of the posterior.
    fn integrate(
        &self,
        answers: &[Answer],
        stimuli: &[Stimulus],
        at: &Vector,
        start: &Vector,
    ) -> Moments<NUMBERS> {
        let found = self.newton(answers, stimuli, at, start);
        let density = |person: &Vector| {
            self.normal.log_density(person) + self.likelihood.log_all(answers, stimuli, person, at)
        };
        let pairs = (LOOKS / (2 * answers.len())).clamp(PAIRS.0, PAIRS.1);
        // What is far from normal gets more points.
        for (pairs, enough) in [(pairs, EVEN), (MORE * pairs, LEAST)] {
            let points = scattered(pairs);
            match moments(&found.mode, &found.directions, &points, density) {
                Some(moments) if moments.even > enough => return moments,
                _ => {}
            }
        }
        Moments {
            mean: found.mode,
            covariance: found.covariance(),
            log_evidence: found.value + log(libm::fabs(found.directions.lu().determinant())),
            even: 0.0,
        }
    }

    /// The search without replays. It starts from the most probable soreness gain on a grid: far from it all
    /// ratings look like outliers and a search would not move.
    fn roughly(&self, answers: &[Answer], stimuli: &[Stimulus]) -> Found {
        let prior = &self.normal;
        let mut best = (f64::NEG_INFINITY, *prior.mean());
        for k in -6..=6 {
            let z = 0.5 * f64::from(k);
            let at = prior.along(SORENESS, z);
            let log = self.likelihood.log_all(answers, stimuli, &at, prior.mean());
            let value = log - 0.5 * z * z;
            if value > best.0 {
                best = (value, at);
            }
        }
        self.newton(answers, stimuli, prior.mean(), &best.1)
    }
}
