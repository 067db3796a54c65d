//! Prior times probability of the ratings, nothing left out.

use eccentric::damage::LegState;
use eccentric::forecast::History;
use eccentric::params::Parameters;
use eccentric::person::{Person, prior};
use eccentric::soreness::{Direction, Rating, Scale};
use eccentric::{Muscle, Result, Timestamp};
use nalgebra::{SMatrix, SVector};
use statrs::distribution::{ContinuousCDF, Normal};

/// Numbers that make a person.
pub const NUMBERS: usize = Person::NAMES.len();

const HOURS_PER_YEAR: f64 = 24.0 * 365.25;
/// Step of the differences that give the gradient, in standard deviations of the prior.
const STEP: f64 = 1.0e-6;
/// Probability, before any rating, that a person only rates when sore, and the soreness at which anybody
/// who rates at all would: what the fit assumes.
const ONLY_WHEN_SORE: f64 = 0.2;
const JUST_SORE: f64 = 2.0;

/// What is known of a person after ratings, as a density over the eight numbers.
///
/// Points are given in `z`, in which the prior is the standard normal distribution.
#[derive(Debug)]
pub struct Posterior<'a> {
    history: &'a History,
    p: &'a Parameters,
    answers: Vec<Answer>,
    /// L of the prior's covariance L L'.
    root: SMatrix<f64, NUMBERS, NUMBERS>,
    /// Soreness from which on the person rates, and the logarithm of how probable that is before.
    readings: Vec<(f64, f64)>,
    standard: Normal,
}

#[derive(Debug)]
struct Answer {
    time: Timestamp,
    muscle: Option<Muscle>,
    /// Felt soreness between which it is given.
    low: f64,
    high: f64,
    /// Answers of the scale.
    answers: f64,
    /// Time from it to the latest one.
    years: f64,
}

impl<'a> Posterior<'a> {
    /// Of a person with these runs and ratings. `None` if the prior has no spread.
    pub fn new(history: &'a History, ratings: &[Rating], p: &'a Parameters) -> Option<Self> {
        let mut sorted = ratings.to_vec();
        sorted.sort_by_key(|rating| rating.time);
        let latest = sorted.last().map(|rating| rating.time);
        let answers: Vec<Answer> = sorted
            .iter()
            .map(|rating| {
                let (low, high) = thresholds(&rating.scale, rating.value);
                let hours = latest.map_or(0.0, |latest| latest.hours_since(rating.time));
                Answer {
                    time: rating.time,
                    muscle: rating.muscle,
                    low,
                    high,
                    answers: steps(&rating.scale) + 1.0,
                    years: hours / HOURS_PER_YEAR,
                }
            })
            .collect();
        let covariance = prior(p).covariance;
        let covariance = SMatrix::<f64, NUMBERS, NUMBERS>::from_fn(|i, j| covariance[i][j]);
        Some(Self {
            history,
            p,
            readings: readings(&answers, &sorted),
            answers,
            root: covariance.cholesky()?.l(),
            standard: Normal::standard(),
        })
    }

    /// The person at a point, at the time of the latest rating.
    pub fn person(&self, z: &[f64; NUMBERS]) -> Person {
        Person::from_numbers((self.root * SVector::from(*z)).into())
    }

    /// Logarithm of the density, up to a constant.
    ///
    /// # Errors
    /// As [`LegState::after`], for a person so far out that the legs cannot be.
    pub fn log_density(&self, z: &[f64; NUMBERS]) -> Result<f64> {
        let person = self.person(z);
        Ok(self.log_of(z, &person, &self.drives(&person)?))
    }

    /// [`Posterior::log_density`] and its gradient by one-sided differences. A path through a field that is
    /// not quite the gradient is still reversible and keeps volumes, so draws stay exact.
    ///
    /// # Errors
    /// As [`Posterior::log_density`].
    pub fn with_gradient(&self, z: &[f64; NUMBERS], gradient: &mut [f64]) -> Result<f64> {
        let here = self.person(z);
        let drives = self.drives(&here)?;
        let log = self.log_of(z, &here, &drives);
        for (i, slope) in gradient.iter_mut().enumerate() {
            let mut there = *z;
            there[i] += STEP;
            let person = self.person(&there);
            let log_there = if same_course(&person, &here) {
                self.log_of(&there, &person, &drives)
            } else {
                self.log_of(&there, &person, &self.drives(&person)?)
            };
            *slope = (log_there - log) / STEP;
        }
        Ok(log)
    }

    /// Drive of soreness at each answer but for the person's soreness gain, which multiplies it whatever
    /// the runs were.
    fn drives(&self, person: &Person) -> Result<Vec<f64>> {
        let own = Person { soreness: 0.0, ..*person }.parameters(self.p);
        let loads = &self.history.loads;
        let mut drives = Vec::with_capacity(self.answers.len());
        let mut waiting = self.answers.iter().peekable();
        let Some(first) = self.answers.first() else { return Ok(drives) };
        let start = loads.first().map_or(first.time, |load| load.start);
        let mut legs = person.legs(self.history.habit, start, self.p)?;
        for load in loads {
            while let Some(answer) = waiting.next_if(|answer| answer.time < load.end()) {
                // Legs are rested until the first run.
                let time = answer.time.max(start);
                drives.push(drive(answer.muscle, &legs.advanced_to(time, &own)?));
            }
            if waiting.peek().is_none() {
                return Ok(drives);
            }
            legs = legs.after(load, &own)?;
        }
        for answer in waiting {
            drives.push(drive(answer.muscle, &legs.advanced_to(answer.time, &own)?));
        }
        Ok(drives)
    }

    fn log_of(&self, z: &[f64; NUMBERS], person: &Person, drives: &[f64]) -> f64 {
        let felt = |(answer, drive): (&Answer, &f64)| {
            let drive = drive * person.after_years(-answer.years).soreness.exp();
            10.0 * drive / (1.0 + drive) + person.baseline
        };
        let felt: Vec<f64> = self.answers.iter().zip(drives).map(felt).collect();
        self.log_prior(z) + self.log_likelihood(person, &felt)
    }

    fn log_prior(&self, z: &[f64; NUMBERS]) -> f64 {
        -0.5 * z.iter().map(|z| z * z).sum::<f64>()
    }

    /// Logarithm of the probability of the ratings where these levels of soreness were felt, over the
    /// readings of why there is no rating on other days.
    fn log_likelihood(&self, person: &Person, felt: &[f64]) -> f64 {
        let noise = self.noise(person);
        let log_of = |(rated_from, log_before): &(f64, f64)| {
            let log = |(answer, felt): (&Answer, &f64)| {
                self.probability(answer, *rated_from, *felt, noise).ln()
            };
            log_before + self.answers.iter().zip(felt).map(log).sum::<f64>()
        };
        let logs: Vec<f64> = self.readings.iter().map(log_of).collect();
        let top = logs.iter().fold(f64::NEG_INFINITY, |top, log| top.max(*log));
        top + logs.iter().map(|log| (log - top).exp()).sum::<f64>().ln()
    }

    /// Probability of an answer, given that there is one.
    fn probability(&self, answer: &Answer, rated_from: f64, felt: f64, noise: f64) -> f64 {
        let outliers = self.p.rating_outlier_share;
        let part = |low: f64, high: f64, of_outliers: f64| {
            let (a, b) = ((low - felt) / noise, (high - felt) / noise);
            let inside = if a > 0.0 {
                self.standard.sf(a) - self.standard.sf(b)
            } else {
                self.standard.cdf(b) - self.standard.cdf(a)
            };
            (1.0 - outliers) * inside + outliers * of_outliers
        };
        let answered = part(answer.low, answer.high, 1.0 / answer.answers);
        if rated_from > 0.0 {
            answered / part(rated_from, f64::INFINITY, 1.0 - 0.1 * rated_from)
        } else {
            answered
        }
    }

    /// Noise of the ratings of a person, of 10: over the population, noise and baseline together have the
    /// variance of [`Parameters::rating_noise`].
    fn noise(&self, person: &Person) -> f64 {
        let (total, baseline) = (self.p.rating_noise.powi(2), self.p.person_baseline_sd.powi(2));
        let within = (total - baseline.clamp(1.0e-6, 0.75 * total)).sqrt();
        within * (person.noise - self.p.person_noise_log_sd.powi(2)).exp()
    }

    /// [`Posterior::log_density`] with every rating replayed on its own, as the person was at that time:
    /// slow, and without any of the rules above for how a drive changes with a person.
    ///
    /// # Errors
    /// As [`History::state_of`].
    pub fn log_density_slowly(&self, z: &[f64; NUMBERS]) -> Result<f64> {
        let person = self.person(z);
        let mut felt = Vec::with_capacity(self.answers.len());
        for answer in &self.answers {
            let then = person.after_years(-answer.years);
            let legs = self.history.state_of(&then, answer.time, self.p)?;
            let soreness = match answer.muscle {
                Some(muscle) => legs.muscles[muscle].soreness(),
                None => legs.muscles.iter().fold(0.0, |top, (_, m)| m.soreness().max(top)),
            };
            felt.push(soreness + person.baseline);
        }
        Ok(self.log_prior(z) + self.log_likelihood(&person, &felt))
    }
}

/// Whether two people differ in nothing that a replay shows.
fn same_course(a: &Person, b: &Person) -> bool {
    let course = |x: &Person| [x.susceptibility, x.recovery, x.protection, x.habit];
    course(a) == course(b)
}

/// Of a muscle group, or of the one that is sorest.
fn drive(muscle: Option<Muscle>, legs: &LegState) -> f64 {
    match muscle {
        Some(muscle) => legs.muscles[muscle].soreness_drive(),
        None => legs.muscles.iter().fold(0.0, |top, (_, m)| m.soreness_drive().max(top)),
    }
}

fn steps(scale: &Scale) -> f64 {
    ((scale.max - scale.min) / scale.step).round()
}

/// Soreness, 0 to 10, half a step to both sides of an answer; open at the ends of the scale.
fn thresholds(scale: &Scale, value: f64) -> (f64, f64) {
    let top = steps(scale);
    let from_fresh = match scale.direction {
        Direction::HigherIsWorse => (value - scale.min) / scale.step,
        Direction::HigherIsBetter => (scale.max - value) / scale.step,
    };
    let low = if from_fresh < 0.5 { f64::NEG_INFINITY } else { from_fresh - 0.5 };
    let high = if from_fresh > top - 0.5 { f64::INFINITY } else { from_fresh + 0.5 };
    (10.0 * low / top, 10.0 * high / top)
}

/// Who rated fresh legs rates always. Anybody else may only rate from the lowest level that was rated on,
/// or from just above the fresh end on.
fn readings(answers: &[Answer], ratings: &[Rating]) -> Vec<(f64, f64)> {
    let lowest = answers.iter().map(|answer| answer.low).fold(f64::INFINITY, f64::min);
    if !(lowest > 0.0 && lowest <= JUST_SORE) {
        return vec![(0.0, 0.0)];
    }
    let just = ratings.iter().map(|rating| 5.0 / steps(&rating.scale)).fold(0.0, f64::max);
    let mut levels = vec![lowest];
    if just < 0.99 * lowest {
        levels.push(just);
    }
    let each = (ONLY_WHEN_SORE / levels.len() as f64).ln();
    let mut readings = vec![(0.0, (1.0 - ONLY_WHEN_SORE).ln())];
    readings.extend(levels.into_iter().map(|level| (level, each)));
    readings
}
