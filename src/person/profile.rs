//! The person, what is known of a person, and what is known before the first rating.

use super::matrix::{
    BASELINE, DRIFT, HABIT, Matrix, NOISE, NUMBERS, PROTECTION, RECOVERY, SORENESS, SUSCEPTIBILITY,
    Vector, from_rows, symmetric, to_rows,
};
use crate::bounds;
use crate::damage::{Habit, LegState};
use crate::error::Result;
use crate::math::{exp, sqrt};
use crate::params::Parameters;
use crate::units::{Muscle, Timestamp};

pub(super) const HOURS_PER_YEAR: f64 = 24.0 * 365.25;

/// How one person differs from the population; all zero is the population's middle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Person {
    /// Logarithm of the factor on the odds of a loss of strength.
    pub susceptibility: f64,
    /// Logarithm of the factor on the drive of soreness.
    pub soreness: f64,
    /// Logarithm of the factor on the recovery time.
    pub recovery: f64,
    /// Logarithm of the factor on the tolerance that protection gives.
    pub protection: f64,
    /// What is rated without any load, of 10, beside the population's zero.
    pub baseline: f64,
    /// Logarithm of the factor on the noise of ratings.
    pub noise: f64,
    /// Logarithm of the factor on the protection that the habit before the first record left.
    #[cfg_attr(feature = "serde", serde(default))]
    pub habit: f64,
    /// Change of `soreness` per year.
    #[cfg_attr(feature = "serde", serde(default))]
    pub drift: f64,
}

impl Person {
    /// Names of the numbers, in the order of [`Profile::covariance`].
    pub const NAMES: [&'static str; NUMBERS] = [
        "susceptibility",
        "soreness",
        "recovery",
        "protection",
        "baseline",
        "noise",
        "habit",
        "drift",
    ];

    /// The numbers in the order of [`Person::NAMES`].
    pub fn numbers(&self) -> [f64; NUMBERS] {
        [
            self.susceptibility,
            self.soreness,
            self.recovery,
            self.protection,
            self.baseline,
            self.noise,
            self.habit,
            self.drift,
        ]
    }

    /// A person from the numbers in the order of [`Person::NAMES`].
    pub fn from_numbers(numbers: [f64; NUMBERS]) -> Self {
        Self {
            susceptibility: numbers[SUSCEPTIBILITY],
            soreness: numbers[SORENESS],
            recovery: numbers[RECOVERY],
            protection: numbers[PROTECTION],
            baseline: numbers[BASELINE],
            noise: numbers[NOISE],
            habit: numbers[HABIT],
            drift: numbers[DRIFT],
        }
    }

    /// The constants of this person now. They move the state of the legs; loads are those of the
    /// population's constants. They may lie outside the plausible range of a population.
    #[must_use]
    pub fn parameters(&self, p: &Parameters) -> Parameters {
        let (strength, soreness) = (exp(self.susceptibility), exp(self.soreness));
        let recovery = exp(self.recovery);
        // A person's strength is a factor on the odds of a loss, so the odds of its ceiling move along.
        let most = p.strength_loss_max / (1.0 - p.strength_loss_max) * strength;
        Parameters {
            strength_loss_max: most / (1.0 + most),
            fatigue_gain: p.fatigue_gain * strength,
            damage_gain: p.damage_gain * strength,
            soreness_gain: p.soreness_gain * soreness,
            soreness_at_once_gain: p.soreness_at_once_gain * soreness,
            soreness_stage_h: p.soreness_stage_h * recovery,
            damage_recovery_h: p.damage_recovery_h * recovery,
            tolerance_gain: p.tolerance_gain * exp(self.protection),
            ..*p
        }
    }

    /// This person some years later, or earlier.
    #[must_use]
    pub fn after_years(&self, years: f64) -> Self {
        Self { soreness: self.soreness + years * self.drift, ..*self }
    }

    /// Rested legs of this person with the protection that a habit leaves.
    ///
    /// # Errors
    /// As [`Habit::legs`].
    pub fn legs(&self, habit: Habit, time: Timestamp, p: &Parameters) -> Result<LegState> {
        let mut legs = habit.legs(time, p)?;
        for muscle in Muscle::ALL {
            legs.muscles[muscle].protection *= exp(self.habit);
        }
        Ok(legs)
    }
}

/// How the search for a person ended. Whatever it was, the profile is usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Termination {
    /// There was nothing to learn from.
    #[default]
    NoRatings,
    /// The last step was small against the population's spread.
    Converged,
    /// No further step was an improvement.
    Stalled,
    /// The number of steps was used up.
    IterationLimit,
    /// One observation was added to an earlier profile.
    Updated,
}

/// What is known of a person: the expected numbers and how sure they are.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Profile {
    /// The expected numbers, at the time of the latest observation.
    pub person: Person,
    /// Covariance of the numbers in the order of [`Person::NAMES`].
    pub covariance: [[f64; NUMBERS]; NUMBERS],
    /// Time of the latest observation; `None` without any.
    #[cfg_attr(feature = "serde", serde(default))]
    pub time: Option<Timestamp>,
    /// Ratings and other observations that stand behind it.
    pub ratings: usize,
    /// Steps of the search.
    pub iterations: usize,
    /// How the search ended.
    pub termination: Termination,
    /// By how much (natural logarithm of the probability) the ratings would fit better if their scales
    /// were read the other way round; above 3 the direction is probably wrong.
    pub reversed_gain: f64,
    /// Soreness, 0 to 10, from which on this person rates at all; zero for one who also rates fresh legs.
    /// Above it, days without a rating say nothing, and the baseline is not learned from the rest.
    pub rated_from: f64,
}

impl Profile {
    /// Standard deviations of the numbers in the order of [`Person::NAMES`].
    pub fn sds(&self) -> [f64; NUMBERS] {
        core::array::from_fn(|i| sqrt(self.covariance[i][i].max(0.0)))
    }

    /// Checks that the profile can be one.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for a number or covariance that is not possible.
    pub fn check(&self) -> Result<()> {
        for number in self.person.numbers() {
            bounds::PERSON.check(number)?;
        }
        bounds::SORENESS.check(self.rated_from)?;
        for (i, row) in self.covariance.iter().enumerate() {
            for entry in row {
                bounds::PERSON_COVARIANCE.check_at(*entry, i)?;
            }
            bounds::LOG_SD.check_at(row[i], i)?;
        }
        Ok(())
    }

    /// The profile at another time: the person drifts, and is known less the further away it is.
    #[must_use]
    pub fn at(&self, time: Timestamp) -> Self {
        let Some(then) = self.time else { return self.clone() };
        let years = time.hours_since(then) / HOURS_PER_YEAR;
        let mut moves = Matrix::identity();
        moves[(SORENESS, DRIFT)] = years;
        let covariance = symmetric(&(moves * self.covariance_matrix() * moves.transpose()));
        Self { time: Some(time), ..self.with(&(moves * self.mean()), &covariance) }
    }

    /// Standard deviation of what this person rates around the felt soreness, of 10: the noise of one
    /// rating and what is unknown of the baseline.
    pub fn rating_sd(&self, p: &Parameters) -> f64 {
        // The mean of the squared noise, which is log-normal.
        let noise =
            usual_noise(p) * exp(self.person.noise + self.covariance[NOISE][NOISE].min(2.0));
        sqrt(noise * noise + self.covariance[BASELINE][BASELINE])
    }

    /// Variance of the logarithm of the drive of soreness (`number` is [`SORENESS`]) or of damage
    /// ([`SUSCEPTIBILITY`]), with the slopes that the state carries.
    pub(crate) fn log_variance(&self, number: usize, recovery: f64, protection: f64) -> f64 {
        let c = &self.covariance;
        let slopes = [(number, 1.0), (RECOVERY, recovery), (PROTECTION, protection)];
        let mut sum = 0.0;
        for (i, a) in slopes {
            for (j, b) in slopes {
                sum += a * c[i][j] * b;
            }
        }
        sum.max(0.0)
    }

    pub(super) fn mean(&self) -> Vector {
        Vector::from(self.person.numbers())
    }

    pub(super) fn covariance_matrix(&self) -> Matrix {
        from_rows(&self.covariance)
    }

    pub(super) fn with(&self, mean: &Vector, covariance: &Matrix) -> Self {
        Self {
            person: Person::from_numbers((*mean).into()),
            covariance: to_rows(covariance),
            ..self.clone()
        }
    }
}

/// What is known of a person without ratings: the spread of the population.
///
/// What the evidence leaves open about the mean is a common factor of soreness and strength, so it
/// is learned with them.
pub fn prior(p: &Parameters) -> Profile {
    let square = |x: f64| x * x;
    let evidence = square(p.evidence_log_sd);
    let mut c = [[0.0; NUMBERS]; NUMBERS];
    c[SUSCEPTIBILITY][SUSCEPTIBILITY] = square(p.person_strength_log_sd) + evidence;
    c[SORENESS][SORENESS] = square(p.person_soreness_log_sd) + evidence;
    c[SUSCEPTIBILITY][SORENESS] = evidence;
    c[SORENESS][SUSCEPTIBILITY] = evidence;
    c[RECOVERY][RECOVERY] = square(p.person_recovery_log_sd);
    c[PROTECTION][PROTECTION] = square(p.person_protection_log_sd);
    c[BASELINE][BASELINE] = baseline_variance(p);
    c[NOISE][NOISE] = square(p.person_noise_log_sd);
    c[HABIT][HABIT] = square(p.person_habit_log_sd);
    c[DRIFT][DRIFT] = square(p.person_drift_log_sd);
    Profile {
        person: Person::default(),
        covariance: c,
        time: None,
        ratings: 0,
        iterations: 0,
        termination: Termination::NoRatings,
        reversed_gain: 0.0,
        rated_from: 0.0,
    }
}

/// The part of the rating noise that stays with a person: at most three quarters of its variance.
fn baseline_variance(p: &Parameters) -> f64 {
    let total = p.rating_noise * p.rating_noise;
    (p.person_baseline_sd * p.person_baseline_sd).clamp(1.0e-6, 0.75 * total)
}

/// Noise of one rating of the person in the middle of the population. Over the population, noise and
/// baseline together have the variance of [`Parameters::rating_noise`].
pub(super) fn usual_noise(p: &Parameters) -> f64 {
    let within = p.rating_noise * p.rating_noise - baseline_variance(p);
    sqrt(within) * exp(-p.person_noise_log_sd * p.person_noise_log_sd)
}
