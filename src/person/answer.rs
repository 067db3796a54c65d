//! The probability of one answer, and how it changes with the person.

use super::matrix::{BASELINE, Matrix, NOISE, PROTECTION, RECOVERY, SORENESS, Vector};
use super::newton::Local;
use super::profile::usual_noise;
use crate::damage::{LegState, MuscleState};
use crate::math::{exp, log, normal_cdf};
use crate::params::Parameters;
use crate::soreness::Rating;
use crate::units::{Muscle, Timestamp};

/// Drive below which nothing is felt that a rating could tell from nothing.
const NO_DRIVE: f64 = 1.0e-6;
/// Ratings, none of them at the fresh end of the scale, from which on it is taken that this person only
/// rates when sore.
const TELLING: usize = 8;
/// Soreness at which anyone who rates at all would.
const JUST_SORE: f64 = 2.0;
/// Most answers over which an expectation is taken.
const FINE: f64 = 41.0;
/// 1 / sqrt(2 pi).
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;

/// A rating, ready for the likelihood.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub time: Timestamp,
    pub muscle: Option<Muscle>,
    /// Soreness, 0 to 10, between which the answer is given.
    low: f64,
    high: f64,
    answers: f64,
    /// Soreness from which on this person rates at all; zero for one who always does.
    rated_from: f64,
}

impl Answer {
    pub fn of(rating: &Rating, rated_from: f64) -> Self {
        let (low, high) = rating.scale.thresholds(rating.value);
        let answers = rating.scale.answers();
        // Who answers below it has rated anyway.
        let rated_from = if low >= rated_from { rated_from } else { 0.0 };
        Self { time: rating.time, muscle: rating.muscle, low, high, answers, rated_from }
    }

    /// Soreness from which on somebody rates: the lowest that was, zero if that is the end of the scale, if
    /// there are too few ratings to say, or if it is so high that legs that sore are no reason to rate.
    pub fn rated_from(ratings: &[Rating]) -> f64 {
        if ratings.len() < TELLING {
            return 0.0;
        }
        let lows = ratings.iter().map(|rating| rating.scale.thresholds(rating.value).0);
        let lowest = lows.fold(10.0, f64::min).max(0.0);
        if lowest > JUST_SORE { 0.0 } else { lowest }
    }

    /// The answer on the scale read the other way round.
    pub fn reversed(&self) -> Self {
        Self { low: 10.0 - self.high, high: 10.0 - self.low, rated_from: 0.0, ..*self }
    }
}

/// What the replayed runs make a muscle feel when it is asked about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stimulus {
    /// Logarithm of the drive of soreness.
    pub log_drive: f64,
    /// Its change with the logarithm of the recovery time.
    pub per_recovery: f64,
    /// Its change with the logarithm of protection.
    pub per_protection: f64,
}

impl Stimulus {
    /// From legs that have been advanced to the time of the answer.
    pub fn of(legs: &LegState, muscle: Option<Muscle>) -> Self {
        let state = match muscle {
            Some(muscle) => &legs.muscles[muscle],
            None => sorest(legs),
        };
        let drive = state.soreness_drive();
        if drive <= NO_DRIVE {
            return Self { log_drive: log(NO_DRIVE), per_recovery: 0.0, per_protection: 0.0 };
        }
        // A stored state may carry slopes that no replay would give: they must not overflow.
        let per_log = |slope: f64| (slope / drive).clamp(-100.0, 100.0);
        Self {
            log_drive: log(drive),
            per_recovery: per_log(state.chain_per_log_recovery[2]),
            per_protection: per_log(state.drive_per_log_protection()),
        }
    }
}

fn sorest(legs: &LegState) -> &MuscleState {
    let m = &legs.muscles;
    [&m.calves, &m.hip_extensors, &m.hamstrings]
        .into_iter()
        .fold(&m.quadriceps, |a, b| if b.soreness_drive() > a.soreness_drive() { b } else { a })
}

impl Stimulus {
    /// To first order, what it is for a person who recovers and is protected differently.
    pub fn moved(&self, recovery: f64, protection: f64) -> Self {
        let log_drive =
            self.log_drive + self.per_recovery * recovery + self.per_protection * protection;
        Self { log_drive, ..*self }
    }
}

/// What all answers have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Likelihood {
    usual_noise: f64,
    outliers: f64,
}

/// Logarithm of the probability of one answer and its derivatives with respect to the logarithm of the
/// drive, the baseline and the logarithm of the noise.
#[derive(Debug, Clone, Copy)]
struct LogProbability {
    value: f64,
    first: [f64; 3],
    /// Drive-drive, drive-baseline, drive-noise, baseline-baseline, baseline-noise, noise-noise.
    second: [f64; 6],
}

/// An interval of a standard normal variable and the first moments of its ends.
struct Bin {
    probability: f64,
    /// Difference of z^k f(z) between the lower and the upper end, f the density.
    moments: [f64; 4],
}

impl Bin {
    fn between(a: f64, b: f64) -> Self {
        // In the upper tail, look at it from the other side: differences of numbers near 1 lose digits.
        let probability =
            if a > 0.0 { normal_cdf(-a) - normal_cdf(-b) } else { normal_cdf(b) - normal_cdf(a) };
        let ends = |z: f64| {
            if !z.is_finite() {
                return [0.0; 4];
            }
            let f = DENSITY_AT_ZERO * exp(-0.5 * z * z);
            [f, z * f, z * z * f, z * z * z * f]
        };
        let (low, high) = (ends(a), ends(b));
        Self { probability, moments: core::array::from_fn(|k| low[k] - high[k]) }
    }
}

impl Likelihood {
    pub fn new(p: &Parameters) -> Self {
        Self { usual_noise: usual_noise(p), outliers: p.rating_outlier_share }
    }

    /// Logarithm of the probability of an answer.
    pub fn log(&self, answer: &Answer, stimulus: &Stimulus, person: &Vector) -> f64 {
        self.derivatives(answer, person[SORENESS] + stimulus.log_drive, person).value
    }

    /// All answers together.
    pub fn all(&self, answers: &[Answer], stimuli: &[Stimulus], person: &Vector) -> Local {
        let mut local = Local::zero();
        for (answer, stimulus) in answers.iter().zip(stimuli) {
            let Local { gradient, curvature, .. } = &mut local;
            local.value += self.add(answer, stimulus, person, gradient, curvature);
        }
        local
    }

    /// Expected information of one answer about the logarithm of the noise: the mean of the squared
    /// slope over all answers. Fine scales are taken as having [`FINE`] answers.
    pub fn noise_information(&self, answer: &Answer, stimulus: &Stimulus, person: &Vector) -> f64 {
        let steps = answer.answers.min(FINE) - 1.0;
        let threshold = |k: f64| match k {
            k if k < 0.5 => f64::NEG_INFINITY,
            k if k > steps + 0.5 => f64::INFINITY,
            k => 10.0 * (k - 0.5) / steps,
        };
        let mut sum = 0.0;
        for k in 0..=steps as u32 {
            let k = f64::from(k);
            let (low, high) = (threshold(k), threshold(k + 1.0));
            let other = Answer { low, high, answers: steps + 1.0, rated_from: 0.0, ..*answer };
            let l = self.derivatives(&other, person[SORENESS] + stimulus.log_drive, person);
            sum += exp(l.value) * l.first[2] * l.first[2];
        }
        sum
    }

    /// Adds an answer to the logarithm of the probability, its gradient and its curvature.
    pub fn add(
        &self,
        answer: &Answer,
        stimulus: &Stimulus,
        person: &Vector,
        gradient: &mut Vector,
        curvature: &mut Matrix,
    ) -> f64 {
        let l = self.derivatives(answer, person[SORENESS] + stimulus.log_drive, person);
        let drive = [
            (SORENESS, 1.0),
            (RECOVERY, stimulus.per_recovery),
            (PROTECTION, stimulus.per_protection),
        ];
        let [dd, db, dn, bb, bn, nn] = l.second;
        for (i, a) in drive {
            gradient[i] += l.first[0] * a;
            for (j, b) in drive {
                curvature[(i, j)] += dd * a * b;
            }
            for (j, second) in [(BASELINE, db), (NOISE, dn)] {
                curvature[(i, j)] += second * a;
                curvature[(j, i)] += second * a;
            }
        }
        gradient[BASELINE] += l.first[1];
        gradient[NOISE] += l.first[2];
        curvature[(BASELINE, BASELINE)] += bb;
        curvature[(BASELINE, NOISE)] += bn;
        curvature[(NOISE, BASELINE)] += bn;
        curvature[(NOISE, NOISE)] += nn;
        l.value
    }

    /// Of one answer, given that there is one: who only rates when sore says nothing by not rating.
    fn derivatives(&self, answer: &Answer, log_drive: f64, person: &Vector) -> LogProbability {
        let l = self.between(
            (answer.low, answer.high),
            self.outliers / answer.answers,
            log_drive,
            person,
        );
        if answer.rated_from <= 0.0 {
            return l;
        }
        let outliers = self.outliers * (1.0 - 0.1 * answer.rated_from);
        let rated = self.between((answer.rated_from, f64::INFINITY), outliers, log_drive, person);
        LogProbability {
            value: l.value - rated.value,
            first: core::array::from_fn(|k| l.first[k] - rated.first[k]),
            second: core::array::from_fn(|k| l.second[k] - rated.second[k]),
        }
    }

    /// Of a rating between two levels of soreness.
    fn between(
        &self,
        (low, high): (f64, f64),
        outliers: f64,
        log_drive: f64,
        person: &Vector,
    ) -> LogProbability {
        let (felt, slope, bend) = felt(log_drive);
        let felt = felt + person[BASELINE];
        let sd = self.usual_noise * exp(person[NOISE]);
        let bin = Bin::between((low - felt) / sd, (high - felt) / sd);
        let [m0, m1, m2, m3] = bin.moments;
        let total = (1.0 - self.outliers) * bin.probability + outliers;
        let scale = (1.0 - self.outliers) / total;
        // Derivatives of the probability by the felt soreness (f) and the logarithm of the noise (n).
        let f = scale * m0 / sd;
        let n = scale * m1;
        let ff = scale * m1 / (sd * sd) - f * f;
        let fn_ = scale * (m2 - m0) / sd - f * n;
        let nn = scale * (m3 - m1) - n * n;
        LogProbability {
            value: log(total),
            first: [f * slope, f, n],
            second: [ff * slope * slope + f * bend, ff * slope, fn_ * slope, ff, fn_, nn],
        }
    }
}

/// Soreness of a drive given by its logarithm, with the first and second derivative.
fn felt(log_drive: f64) -> (f64, f64, f64) {
    let share = 1.0 / (1.0 + exp(-log_drive));
    let slope = 10.0 * share * (1.0 - share);
    (10.0 * share, slope, slope * (1.0 - 2.0 * share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soreness::Scale;

    fn around(rating: f64, scale: Scale, from: f64) -> Answer {
        let time = Timestamp::from_unix_s(0);
        Answer::of(&Rating { time, value: rating, scale, muscle: None }, from)
    }

    /// Gradient and curvature against central differences.
    #[test]
    fn derivatives_are_those_of_the_probability() {
        let like = Likelihood::new(&Parameters::default());
        let stimulus = Stimulus { log_drive: -0.4, per_recovery: 0.7, per_protection: -0.9 };
        let at = |x: &Vector| Stimulus {
            log_drive: -0.4 + 0.7 * x[RECOVERY] - 0.9 * x[PROTECTION],
            ..stimulus
        };
        for (scale, value) in [
            (Scale::NRS_0_10, 0.0),
            (Scale::NRS_0_10, 4.0),
            (Scale::PMSYS, 1.0),
            (Scale::VAS_0_100, 99.0),
        ] {
            let answer = around(value, scale, if value == 4.0 { 2.5 } else { 0.0 });
            let x0 = Vector::from([0.1, 0.3, 0.0, 0.0, 0.2, -0.1]);
            let (mut gradient, mut curvature) = (Vector::zeros(), Matrix::zeros());
            let log = like.add(&answer, &stimulus, &x0, &mut gradient, &mut curvature);
            assert!((log - like.log(&answer, &stimulus, &x0)).abs() < 1e-12);
            let h = 1.0e-4;
            for i in 0..6 {
                let step = |k: usize, by: f64| {
                    let mut x = x0;
                    x[k] += by;
                    x
                };
                let f = |x: &Vector| like.log(&answer, &at(x), x);
                let first = (f(&step(i, h)) - f(&step(i, -h))) / (2.0 * h);
                assert!((first - gradient[i]).abs() < 1e-6 * (1.0 + first.abs()), "{i} {first}");
                for j in 0..6 {
                    let grad = |x: &Vector| {
                        let (mut g, mut c) = (Vector::zeros(), Matrix::zeros());
                        like.add(&answer, &at(x), x, &mut g, &mut c);
                        g[i]
                    };
                    let second = (grad(&step(j, h)) - grad(&step(j, -h))) / (2.0 * h);
                    let off = (second - curvature[(i, j)]).abs();
                    assert!(
                        off < 1e-5 * (1.0 + second.abs()),
                        "{scale:?} {value} {i} {j} {second}"
                    );
                }
            }
        }
    }

    #[test]
    fn answers_of_a_scale_add_up_to_one() {
        let like = Likelihood::new(&Parameters::default());
        let stimulus = Stimulus { log_drive: 0.5, per_recovery: 0.0, per_protection: 0.0 };
        let x = Vector::zeros();
        for (name, scale) in Scale::PRESETS {
            let sum: f64 = (0..scale.answers() as u32)
                .map(|k| around(scale.min + f64::from(k) * scale.step, scale, 0.0))
                .map(|answer| exp(like.log(&answer, &stimulus, &x)))
                .sum();
            assert!((sum - 1.0).abs() < 1e-12, "{name} {sum}");
        }
    }
}
