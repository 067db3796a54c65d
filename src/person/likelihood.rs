//! The probability of one answer, and how it changes with the person.

use super::answer::{Answer, Said};
use super::matrix::{BASELINE, NOISE, Vector};
use super::newton::Local;
use super::profile::usual_noise;
use super::stimulus::{Stimulus, replayed};
use crate::bounds;
use crate::math::{exp, log, normal_cdf};
use crate::params::Parameters;

/// 1 / sqrt(2 pi).
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;

/// What all answers have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Likelihood {
    usual_noise: f64,
    outliers: f64,
}

/// Logarithm of the probability of one answer and its derivatives with respect to the logarithm of the
/// response, the baseline and the logarithm of the noise.
#[derive(Debug, Clone, Copy)]
struct LogProbability {
    value: f64,
    first: [f64; 3],
    /// Response-response, response-baseline, response-noise, baseline-baseline, baseline-noise,
    /// noise-noise.
    second: [f64; 6],
}

/// An interval of a standard normal variable and the first moments of its ends.
struct Bin {
    probability: f64,
    /// Difference of z^k f(z) between the lower and the upper end, f the density.
    moments: [f64; 4],
}

/// Probability that a standard normal variable lies between.
fn between(a: f64, b: f64) -> f64 {
    // In the upper tail, look at it from the other side: differences of numbers near 1 lose digits.
    if a > 0.0 { normal_cdf(-a) - normal_cdf(-b) } else { normal_cdf(b) - normal_cdf(a) }
}

impl Bin {
    fn between(a: f64, b: f64) -> Self {
        let ends = |z: f64| {
            if !z.is_finite() {
                return [0.0; 4];
            }
            let f = DENSITY_AT_ZERO * exp(-0.5 * z * z);
            [f, z * f, z * z * f, z * z * z * f]
        };
        let (low, high) = (ends(a), ends(b));
        Self { probability: between(a, b), moments: core::array::from_fn(|k| low[k] - high[k]) }
    }
}

impl Likelihood {
    pub fn new(p: &Parameters) -> Self {
        Self { usual_noise: usual_noise(p), outliers: p.rating_outlier_share }
    }

    /// Noise of the ratings of a person, of 10.
    pub fn noise(&self, person: &Vector) -> f64 {
        self.usual_noise * exp(person[NOISE])
    }

    /// Probability of an answer to a response, its density for a strength test.
    pub fn probability(&self, said: &Said, log_response: f64, baseline: f64, noise: f64) -> f64 {
        match *said {
            Said::Sore { low, high, answers, rated_from } => {
                let felt = felt(log_response).0 + baseline;
                let part = |low: f64, high: f64, outliers: f64| {
                    let inside = between((low - felt) / noise, (high - felt) / noise);
                    (1.0 - self.outliers) * inside + outliers
                };
                let answered = part(low, high, self.outliers / answers);
                if rated_from <= 0.0 {
                    return answered;
                }
                answered / part(rated_from, f64::INFINITY, self.unfelt_above(rated_from))
            }
            Said::Weak { loss, sd } => {
                let z = (loss - lost(log_response).0) / sd;
                (1.0 - self.outliers) * DENSITY_AT_ZERO / sd * exp(-0.5 * z * z)
                    + self.outliers * OUTLYING_LOSS
            }
        }
    }

    /// Logarithm of the probability of all answers, where `x` is what the person differs by from where
    /// the stimuli were replayed.
    pub fn log_all(
        &self,
        answers: &[Answer],
        stimuli: &[Stimulus],
        person: &Vector,
        from: &Vector,
    ) -> f64 {
        let x = replayed(person, from);
        let noise = self.noise(person);
        let (mut sum, mut product) = (0.0, 1.0);
        for (answer, stimulus) in answers.iter().zip(stimuli) {
            let log_response = stimulus.log(&x, person);
            product *= self.probability(&answer.said, log_response, person[BASELINE], noise);
            // One logarithm for many answers, taken before the product can run out of range.
            if !(1.0e-200..1.0e200).contains(&product) {
                sum += log(product);
                product = 1.0;
            }
        }
        sum + log(product)
    }

    /// All answers together, with gradient and curvature; the bends of the stimuli are left out of the
    /// curvature.
    pub fn all(
        &self,
        answers: &[Answer],
        stimuli: &[Stimulus],
        person: &Vector,
        from: &Vector,
    ) -> Local {
        let mut local = Local::zero();
        let x = replayed(person, from);
        for (answer, stimulus) in answers.iter().zip(stimuli) {
            self.add(answer, stimulus, &x, person, &mut local);
        }
        local
    }

    fn add(
        &self,
        answer: &Answer,
        stimulus: &Stimulus,
        x: &[f64; 4],
        person: &Vector,
        local: &mut Local,
    ) {
        let l = self.derivatives(&answer.said, stimulus.log(x, person), person);
        let slopes = stimulus.slopes(x);
        let [rr, rb, rn, bb, bn, nn] = l.second;
        let Local { value, gradient, curvature } = local;
        *value += l.value;
        *gradient += slopes * l.first[0];
        gradient[BASELINE] += l.first[1];
        gradient[NOISE] += l.first[2];
        *curvature += slopes * slopes.transpose() * rr;
        for (number, second) in [(BASELINE, rb), (NOISE, rn)] {
            for i in 0..slopes.len() {
                curvature[(i, number)] += slopes[i] * second;
                curvature[(number, i)] += slopes[i] * second;
            }
        }
        curvature[(BASELINE, BASELINE)] += bb;
        curvature[(BASELINE, NOISE)] += bn;
        curvature[(NOISE, BASELINE)] += bn;
        curvature[(NOISE, NOISE)] += nn;
    }

    fn derivatives(&self, said: &Said, log_response: f64, person: &Vector) -> LogProbability {
        match *said {
            Said::Sore { low, high, answers, rated_from } => {
                let outliers = self.outliers / answers;
                let l = self.sore(low, high, outliers, log_response, person);
                if rated_from <= 0.0 {
                    return l;
                }
                // Given that there is an answer: who only rates when sore says nothing by not rating.
                let outliers = self.unfelt_above(rated_from);
                let rated = self.sore(rated_from, f64::INFINITY, outliers, log_response, person);
                LogProbability {
                    value: l.value - rated.value,
                    first: core::array::from_fn(|k| l.first[k] - rated.first[k]),
                    second: core::array::from_fn(|k| l.second[k] - rated.second[k]),
                }
            }
            Said::Weak { loss, sd } => self.weak(loss, sd, log_response),
        }
    }

    /// Outliers above a level of soreness.
    fn unfelt_above(&self, level: f64) -> f64 {
        self.outliers * (1.0 - 0.1 * level)
    }

    /// Of a rating between two levels of soreness.
    fn sore(
        &self,
        low: f64,
        high: f64,
        outliers: f64,
        log_drive: f64,
        person: &Vector,
    ) -> LogProbability {
        let (felt, slope, bend) = felt(log_drive);
        let felt = felt + person[BASELINE];
        let sd = self.noise(person);
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

    /// Of a strength test.
    fn weak(&self, loss: f64, sd: f64, log_response: f64) -> LogProbability {
        let (expected, slope, bend) = lost(log_response);
        let z = (loss - expected) / sd;
        let density = (1.0 - self.outliers) * DENSITY_AT_ZERO / sd * exp(-0.5 * z * z);
        let total = density + self.outliers * OUTLYING_LOSS;
        // Derivatives by the expected loss.
        let first = density / total * z / sd;
        let second = density / total * (z * z - 1.0) / (sd * sd) - first * first;
        LogProbability {
            value: log(total),
            first: [first * slope, 0.0, 0.0],
            second: [second * slope * slope + first * bend, 0.0, 0.0, 0.0, 0.0, 0.0],
        }
    }
}

/// Density of a measured loss that has nothing to do with the runs.
const OUTLYING_LOSS: f64 = 1.0 / (bounds::TEST_LOSS.max - bounds::TEST_LOSS.min);

/// Soreness of a drive given by its logarithm, with the first and second derivative.
fn felt(log_drive: f64) -> (f64, f64, f64) {
    let share = 1.0 / (1.0 + exp(-log_drive));
    let slope = 10.0 * share * (1.0 - share);
    (10.0 * share, slope, slope * (1.0 - 2.0 * share))
}

/// Loss of strength of the logarithm of its odds, with the first and second derivative.
fn lost(log_odds: f64) -> (f64, f64, f64) {
    let loss = 1.0 / (1.0 + exp(-log_odds));
    let slope = loss * (1.0 - loss);
    (loss, slope, slope * (1.0 - 2.0 * loss))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::matrix::{NUMBERS, SORENESS};
    use crate::person::{Observation, StrengthTest};
    use crate::soreness::{Rating, Scale};
    use crate::units::{Muscle, Timestamp};

    const TIME: Timestamp = Timestamp::from_unix_s(0);

    fn rated(value: f64, scale: Scale, from: f64) -> Answer {
        let rating = Rating { time: TIME, value, scale, muscle: None };
        Answer::of(&rating.into(), from, &Parameters::default())
    }

    /// Gradient and curvature against central differences.
    #[test]
    fn derivatives_are_those_of_the_probability() {
        let p = Parameters::default();
        let like = Likelihood::new(&p);
        let test = StrengthTest { time: TIME, muscle: Muscle::Quadriceps, loss: 0.2, sd: 0.07 };
        let stairs = Observation::Stairs { time: TIME };
        let answers = [
            rated(0.0, Scale::NRS_0_10, 0.0),
            rated(4.0, Scale::NRS_0_10, 2.5),
            rated(1.0, Scale::PMSYS, 0.0),
            rated(99.0, Scale::VAS_0_100, 0.0),
            Answer::of(&test.into(), 0.0, &p),
            Answer::of(&stairs, 0.0, &p),
        ];
        let from = Vector::zeros();
        let x0 = Vector::from([0.1, 0.3, 0.05, -0.1, 0.2, -0.1, 0.2, 0.1]);
        for answer in answers {
            let sore = matches!(answer.said, Said::Sore { .. });
            let stimulus = [Stimulus::bent(-0.4, [0.9, 0.7, -0.9, -0.3], 0.0, sore, 0.5)];
            let all = |x: &Vector| like.all(&[answer], &stimulus, x, &from);
            let here = all(&x0);
            let log = like.log_all(&[answer], &stimulus, &x0, &from);
            assert!((here.value - log).abs() < 1e-12, "{answer:?}");
            let h = 1.0e-4;
            for i in 0..NUMBERS {
                let step = |by: f64| {
                    let mut x = x0;
                    x[i] += by;
                    all(&x)
                };
                let (up, down) = (step(h), step(-h));
                let first = (up.value - down.value) / (2.0 * h);
                let off = (first - here.gradient[i]).abs();
                assert!(off < 1e-6 * (1.0 + first.abs()), "{answer:?} {i} {first}");
                for j in 0..NUMBERS {
                    let second = (up.gradient[j] - down.gradient[j]) / (2.0 * h);
                    let off = (second - here.curvature[(i, j)]).abs();
                    assert!(off < 1e-5 * (1.0 + second.abs()), "{answer:?} {i} {j} {second}");
                }
            }
        }
    }

    /// Bent stimuli: the gradient follows, the curvature leaves the bend out.
    #[test]
    fn a_bend_is_in_the_gradient() {
        let like = Likelihood::new(&Parameters::default());
        let answer = [rated(4.0, Scale::NRS_0_10, 0.0)];
        let stimulus = [Stimulus::bent(0.2, [0.1, 0.7, -0.9, -0.3], 0.4, true, 0.0)];
        let (from, mut x) = (Vector::zeros(), Vector::zeros());
        x[crate::person::matrix::RECOVERY] = 0.2;
        let at = |by: f64| {
            let mut there = x;
            there[crate::person::matrix::RECOVERY] += by;
            like.all(&answer, &stimulus, &there, &from).value
        };
        let first = (at(1e-4) - at(-1e-4)) / 2e-4;
        let gradient = like.all(&answer, &stimulus, &x, &from).gradient;
        assert!((first - gradient[crate::person::matrix::RECOVERY]).abs() < 1e-6);
        assert!(gradient[SORENESS].abs() > 0.1);
    }

    #[test]
    fn answers_of_a_scale_add_up_to_one() {
        let like = Likelihood::new(&Parameters::default());
        for (name, scale) in Scale::PRESETS {
            let sum: f64 = (0..scale.answers() as u32)
                .map(|k| rated(scale.min + f64::from(k) * scale.step, scale, 0.0))
                .map(|answer| like.probability(&answer.said, 0.5, 0.1, 0.9))
                .sum();
            assert!((sum - 1.0).abs() < 1e-12, "{name} {sum}");
        }
    }
}
