//! The fit: all ratings of a person at once.

use alloc::vec::Vec;

use super::answer::{Answer, Likelihood, Stimulus};
use super::matrix::{PROTECTION, RECOVERY, SORENESS, Vector};
use super::newton::{Found, Normal, search};
use super::profile::{Person, Profile, prior};
use crate::damage::Habit;
use crate::error::Result;
use crate::load::EccentricLoad;
use crate::params::Parameters;
use crate::soreness::Rating;

/// Gain in log probability from which on it is taken that a person only rates when sore.
const PICKED: f64 = 4.0;
/// No ratings make a person less known than the population.
const LEAST: f64 = 0.0;
/// Fewest ratings whose direction is questioned.
const QUESTIONED_FROM: usize = 5;

/// Learns a person from ratings, given the runs in order of time and what the legs were used to before.
///
/// Without ratings it is [`prior`]. The search replays all runs at every step with that person's own
/// constants. It need not converge: [`Profile::termination`] says how it ended, and the covariance is
/// that of the point where it ended.
///
/// # Errors
/// [`crate::Error::OutOfRange`] for an impossible load, rating or constant, [`crate::Error::BackInTime`]
/// if the runs overlap or are out of order.
///
/// ```
/// use eccentric::{activity::Segment, damage::Habit, load::{DoseModel, Runner}};
/// use eccentric::{params::Parameters, Timestamp, person::fit, soreness::{Rating, Scale}};
/// let p = Parameters::default();
/// let model = DoseModel::new(&p, &Runner::default())?;
/// let run = model.load(Timestamp::from_unix_s(0), &[Segment::steady(-0.16, 3.0, 1800.0)])?;
/// // Hardly sore after a bout that makes most people very sore.
/// let ratings: Vec<Rating> = [(24.0, 1.0), (48.0, 2.0), (72.0, 1.0)]
///     .map(|(hours, value)| Rating {
///         time: run.start.add_hours(hours), value, scale: Scale::NRS_0_10, muscle: None,
///     })
///     .to_vec();
/// let profile = fit(Habit::None, &[run], &ratings, &p)?;
/// assert!(profile.person.soreness < -1.0);
/// assert!(profile.sds()[1] < 0.5);
/// # Ok::<(), eccentric::Error>(())
/// ```
pub fn fit(
    habit: Habit,
    loads: &[EccentricLoad],
    ratings: &[Rating],
    p: &Parameters,
) -> Result<Profile> {
    p.check()?;
    for load in loads {
        load.check()?;
    }
    for rating in ratings {
        rating.check()?;
    }
    let before = prior(p);
    let Some(normal) = Normal::of(&before) else { return Ok(before) };
    if ratings.is_empty() {
        return Ok(before);
    }
    let read = |rated_from: f64| {
        let mut answers: Vec<Answer> = ratings.iter().map(|r| Answer::of(r, rated_from)).collect();
        answers.sort_by_key(|answer| answer.time);
        answers
    };
    let problem = Problem { habit, loads, p, likelihood: Likelihood::new(p) };
    let mut answers = read(0.0);
    let stimuli = problem.stimuli(normal.mean(), &answers)?;
    let mut start = problem.roughly(&normal, &answers, &stimuli)?;
    let mut rated_from = Answer::rated_from(ratings);
    if rated_from > 0.0 {
        let picked = read(rated_from);
        let other = problem.roughly(&normal, &picked, &stimuli)?;
        if other.value - start.value > PICKED {
            (answers, start) = (picked, other);
        } else {
            rated_from = 0.0;
        }
    }
    let found = search(&normal, &start.mode, LEAST, |at| {
        Ok(problem.likelihood.all(&answers, &problem.stimuli(at, &answers)?, at))
    })?;
    let reversed_gain = if answers.len() < QUESTIONED_FROM {
        0.0
    } else {
        let reversed: Vec<Answer> = answers.iter().map(Answer::reversed).collect();
        problem.roughly(&normal, &reversed, &stimuli)?.value - start.value
    };
    Ok(Profile {
        ratings: ratings.len(),
        iterations: found.iterations,
        termination: found.termination,
        reversed_gain,
        rated_from,
        ..before.with(&found.mode, &found.covariance)
    })
}

struct Problem<'a> {
    habit: Habit,
    loads: &'a [EccentricLoad],
    p: &'a Parameters,
    likelihood: Likelihood,
}

impl Problem<'_> {
    /// The search without replays: the stimuli change to first order. From the best soreness gain on a
    /// grid, because far from it all ratings look like outliers and a search would not move.
    fn roughly(&self, prior: &Normal, answers: &[Answer], stimuli: &[Stimulus]) -> Result<Found> {
        let mean = prior.mean();
        let start = self.start(prior, answers, stimuli);
        search(prior, &start, LEAST, |at| {
            let (recovery, protection) =
                (at[RECOVERY] - mean[RECOVERY], at[PROTECTION] - mean[PROTECTION]);
            let moved: Vec<Stimulus> =
                stimuli.iter().map(|stimulus| stimulus.moved(recovery, protection)).collect();
            Ok(self.likelihood.all(answers, &moved, at))
        })
    }

    /// The most probable soreness gain on a grid, everything else as in the population.
    fn start(&self, prior: &Normal, answers: &[Answer], stimuli: &[Stimulus]) -> Vector {
        let mut best = (f64::NEG_INFINITY, *prior.mean());
        for k in -12..=12 {
            let z = 0.25 * f64::from(k);
            let at = prior.along(SORENESS, z);
            let answers = answers.iter().zip(stimuli);
            let log: f64 = answers.map(|(a, s)| self.likelihood.log(a, s, &at)).sum();
            let value = log - 0.5 * z * z;
            if value > best.0 {
                best = (value, at);
            }
        }
        best.1
    }

    /// What each answer was an answer to. The soreness gain multiplies the drive and nothing else, so
    /// it is left to the likelihood.
    fn stimuli(&self, at: &Vector, answers: &[Answer]) -> Result<Vec<Stimulus>> {
        let person = Person { soreness: 0.0, ..Person::from_numbers((*at).into()) };
        let own = person.parameters(self.p);
        let mut stimuli = Vec::with_capacity(answers.len());
        let mut waiting = answers.iter().peekable();
        let Some(first) = answers.first() else { return Ok(stimuli) };
        let start = self.loads.first().map_or(first.time, |load| load.start.min(first.time));
        let mut legs = person.legs(self.habit, start, self.p)?;
        for load in self.loads {
            // A rating during a run still belongs to the time before it.
            while let Some(answer) = waiting.next_if(|answer| answer.time < load.end()) {
                let then = legs.moved_to(answer.time, &own)?;
                stimuli.push(Stimulus::of(&then, answer.muscle));
            }
            if waiting.peek().is_none() {
                return Ok(stimuli);
            }
            legs = legs.having_run(load, &own)?;
        }
        for answer in waiting {
            let then = legs.moved_to(answer.time, &own)?;
            stimuli.push(Stimulus::of(&then, answer.muscle));
        }
        Ok(stimuli)
    }
}
