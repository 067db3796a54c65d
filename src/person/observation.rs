//! What a person can tell about the legs.

use crate::bounds;
use crate::error::Result;
use crate::params::Parameters;
use crate::soreness::Rating;
use crate::units::{Muscle, Timestamp};

/// Something observed of the legs that a person is learned from.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
pub enum Observation {
    /// How sore the legs are, on any scale.
    Rating(Rating),
    /// How weak a muscle group is.
    Strength(StrengthTest),
    /// The legs were too sore to walk downstairs: not a number, but rarely forgotten.
    Stairs {
        /// When.
        time: Timestamp,
    },
}

impl From<Rating> for Observation {
    fn from(rating: Rating) -> Self {
        Self::Rating(rating)
    }
}

impl From<StrengthTest> for Observation {
    fn from(test: StrengthTest) -> Self {
        Self::Strength(test)
    }
}

impl Observation {
    /// When it was made.
    pub const fn time(&self) -> Timestamp {
        match self {
            Self::Rating(rating) => rating.time,
            Self::Strength(test) => test.time,
            Self::Stairs { time } => *time,
        }
    }

    /// The same with the scale read the other way round; what has no scale stays.
    pub(super) const fn reversed(self) -> Self {
        match self {
            Self::Rating(rating) => {
                Self::Rating(Rating { scale: rating.scale.reversed(), ..rating })
            }
            other => other,
        }
    }

    /// Checks that it can be one.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] that names the number.
    pub fn check(&self) -> Result<()> {
        match self {
            Self::Rating(rating) => rating.check(),
            Self::Strength(test) => test.check(),
            Self::Stairs { .. } => Ok(()),
        }
    }
}

/// A measured loss of strength.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct StrengthTest {
    /// When it was measured.
    pub time: Timestamp,
    /// The muscle group.
    pub muscle: Muscle,
    /// Strength lost, as a fraction of the rested strength; negative if more was measured than rested.
    pub loss: f64,
    /// Standard deviation of `loss` from test to test.
    pub sd: f64,
}

impl StrengthTest {
    /// From maximal force (or torque) now and rested, in the same unit.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for forces that are not positive or a loss that is not possible.
    ///
    /// ```
    /// use eccentric::{Muscle, Timestamp, params::Parameters, person::StrengthTest};
    /// let p = Parameters::default();
    /// let test = StrengthTest::of_force(Timestamp::from_unix_s(0), Muscle::Quadriceps, 480.0, 600.0, &p)?;
    /// assert!((test.loss - 0.2).abs() < 1e-12);
    /// # Ok::<(), eccentric::Error>(())
    /// ```
    pub fn of_force(
        time: Timestamp,
        muscle: Muscle,
        force: f64,
        rested_force: f64,
        p: &Parameters,
    ) -> Result<Self> {
        bounds::TEST_FORCE.check(force)?;
        bounds::TEST_FORCE.check(rested_force)?;
        let test = Self { time, muscle, loss: 1.0 - force / rested_force, sd: p.strength_test_sd };
        test.check()?;
        Ok(test)
    }

    /// From the height of a countermovement jump now and rested, in the same unit: a jump loses
    /// `jump_loss_per_strength_loss` of what the quadriceps lose.
    ///
    /// # Errors
    /// As [`StrengthTest::of_force`].
    ///
    /// ```
    /// use eccentric::{Timestamp, params::Parameters, person::StrengthTest};
    /// let p = Parameters::default();
    /// let test = StrengthTest::of_jump(Timestamp::from_unix_s(0), 0.36, 0.40, &p)?;
    /// assert!((test.loss * p.jump_loss_per_strength_loss - 0.1).abs() < 1e-12);
    /// assert!(test.sd > p.strength_test_sd);
    /// # Ok::<(), eccentric::Error>(())
    /// ```
    pub fn of_jump(
        time: Timestamp,
        height: f64,
        rested_height: f64,
        p: &Parameters,
    ) -> Result<Self> {
        bounds::TEST_FORCE.check(height)?;
        bounds::TEST_FORCE.check(rested_height)?;
        let per = p.jump_loss_per_strength_loss;
        let test = Self {
            time,
            muscle: Muscle::Quadriceps,
            loss: (1.0 - height / rested_height) / per,
            sd: p.jump_test_sd / per,
        };
        test.check()?;
        Ok(test)
    }

    /// Checks the loss and its standard deviation.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] that names the number.
    pub fn check(&self) -> Result<()> {
        bounds::TEST_LOSS.check(self.loss)?;
        bounds::TEST_SD.check(self.sd)?;
        Ok(())
    }
}
