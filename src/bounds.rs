//! One table of accepted ranges: it yields the checks, the error messages and the test generators.

use crate::error::{Error, Result};

/// Accepted range of one quantity, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// Name of the quantity.
    pub quantity: &'static str,
    /// Smallest accepted value.
    pub min: f64,
    /// Largest accepted value.
    pub max: f64,
    /// Unit of the range.
    pub unit: &'static str,
}

impl Bound {
    /// Passes a value that lies inside the range.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a value outside the range, NaN and infinity included.
    ///
    /// ```
    /// use eccentric::bounds::BODY_MASS;
    /// assert_eq!(BODY_MASS.check(70.0), Ok(70.0));
    /// assert_eq!(
    ///     BODY_MASS.check(7.0).unwrap_err().to_string(),
    ///     "body mass is 7, allowed is 25 to 250 kg"
    /// );
    /// ```
    pub fn check(&self, value: f64) -> Result<f64> {
        self.check_at(value, None)
    }

    /// The same check for the value at a position of a sequence.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] that names the position.
    pub fn check_at(&self, value: f64, index: impl Into<Option<usize>>) -> Result<f64> {
        if value >= self.min && value <= self.max {
            return Ok(value);
        }
        Err(Error::OutOfRange {
            quantity: self.quantity,
            value,
            min: self.min,
            max: self.max,
            unit: self.unit,
            index: index.into(),
        })
    }
}

macro_rules! bounds {
    ($($(#[$doc:meta])* $name:ident: $quantity:literal, $min:expr, $max:expr, $unit:literal;)*) => {
        $($(#[$doc])* pub const $name: Bound =
            Bound { quantity: $quantity, min: $min, max: $max, unit: $unit };)*
        /// Every bound of the crate.
        pub const ALL: &[Bound] = &[$($name),*];
    };
}

bounds! {
    /// Body mass of the runner.
    BODY_MASS: "body mass", 25.0, 250.0, "kg";
    /// Mass carried.
    PACK_MASS: "pack mass", 0.0, 100.0, "kg";
    /// Fat as a fraction of body mass.
    BODY_FAT: "body fat", 0.02, 0.65, "";
    /// Age of the runner.
    AGE: "age", 10.0, 110.0, "years";
    /// Grade: rise over horizontal distance, negative downhill.
    GRADE: "grade", -1.0, 1.0, "";
    /// Standard error of a grade.
    GRADE_SE: "grade standard error", 0.0, 1.0, "";
    /// Speed along the slope.
    SPEED: "speed", 0.0, 12.0, "m/s";
    /// Step rate, both legs.
    STEP_RATE: "step rate", 0.2, 6.0, "1/s";
    /// Cadence of a sample, both legs; zero while standing.
    CADENCE: "cadence", 0.0, 400.0, "steps/min";
    /// Start of a segment within its activity.
    SEGMENT_START: "segment start", 0.0, 3.0e6, "s";
    /// Duration of one segment.
    SEGMENT_DURATION: "segment duration", 0.0, 1.0e6, "s";
    /// Time since the start of a recording.
    SAMPLE_TIME: "sample time", 0.0, 3.0e6, "s";
    /// Cumulative distance of a recording.
    SAMPLE_DISTANCE: "sample distance", 0.0, 5.0e6, "m";
    /// Start or end of a pause, since the start of a recording.
    PAUSE_TIME: "pause time", 0.0, 3.0e6, "s";
    /// Elevation above sea level.
    ELEVATION: "elevation", -600.0, 9500.0, "m";
    /// Hours over which a state is advanced.
    ADVANCE_HOURS: "time to advance", 0.0, 1.0e7, "h";
    /// A dose: 1 is the reference bout.
    DOSE: "dose", 0.0, 1.0e18, "";
    /// Part of a dose that comes from hard steps; at most the dose.
    HARD_DOSE: "dose of hard steps", 0.0, 1.0e18, "";
    /// From start to end of a run.
    LOAD_DURATION: "duration of a load", 0.0, 3.0e6, "s";
    /// Stretches of a run.
    LOAD_STRETCHES: "stretches of a load", 0.0, 39.0, "";
    /// Work, points and kilometres of a load.
    LOAD: "load", 0.0, 1.0e24, "";
    /// A quantity of the state of the legs that cannot be negative.
    STATE: "state of the legs", 0.0, 1.0e24, "";
    /// A slope that the state of the legs carries.
    STATE_SLOPE: "slope of the state of the legs", -1.0e24, 1.0e24, "";
    /// A standard deviation on the logarithm.
    LOG_SD: "log standard deviation", 0.0, 10.0, "";
    /// Noise of a rating.
    RATING_NOISE: "rating noise", 0.0, 10.0, "";
    /// A soreness rating or threshold.
    SORENESS: "soreness", 0.0, 10.0, "";
    /// End of a rating scale.
    SCALE_END: "end of the rating scale", -1.0e6, 1.0e6, "";
    /// Distance between neighbouring answers of a rating scale.
    SCALE_STEP: "step of the rating scale", 1.0e-9, 1.0e6, "";
    /// Steps of a rating scale from one end to the other.
    SCALE_STEPS: "steps of the rating scale", 1.0, 100_000.0, "";
    /// Deviation of a person from the population, in standard deviations of the population.
    PERSON: "deviation of a person", -100.0, 100.0, "";
    /// Entry of a person's covariance.
    PERSON_COVARIANCE: "covariance of a person", -1.0e4, 1.0e4, "";
    /// Maximal force, torque or jump height, in any unit.
    TEST_FORCE: "result of a strength test", 1.0e-6, 1.0e6, "";
    /// Measured loss of strength, a fraction.
    TEST_LOSS: "measured loss of strength", -0.5, 1.0, "";
    /// Standard deviation of a measured loss of strength.
    TEST_SD: "standard deviation of a strength test", 0.005, 1.0, "";
    /// Error of a load as a fraction of it.
    RELATIVE_ERROR: "relative error of the load", 0.0, 1.0e6, "";
    /// Level of a central interval.
    LEVEL: "interval level", 0.01, 0.999, "";
    /// Grade of a descent to train on.
    DESCENT_GRADE: "grade of the descent", -0.6, -0.01, "";
    /// Speed on a descent to train on.
    DESCENT_SPEED: "speed on the descent", 0.3, 8.0, "m/s";
    /// Points of a session.
    SESSION_POINTS: "points of the session", 0.0, 1.0e6, "";
    /// Hours over which soreness is watched.
    WATCH_HOURS: "time over which soreness is watched", 1.0, 24.0 * 60.0, "h";
    /// Days of a plan.
    PLAN_DAYS: "days before the race", 1.0, 200.0, "";
    /// Hours between two days of a plan.
    DAY_HOURS: "time to the next day", 20.0, 28.0, "h";
    /// Hours between the last day of a plan and the race.
    LAST_DAY_HOURS: "time from the last day to the race", 1.0, 48.0, "h";
    /// Largest next session relative to the largest before.
    BUILD_UP: "build-up", 1.0, 10.0, "";
    /// Probability that is asked for.
    PROBABILITY: "probability", 0.01, 0.999, "";
    /// Hours that a forecast covers.
    FORECAST_HOURS: "forecast length", 0.5, 24.0 * 366.0, "h";
    /// Step of a forecast.
    FORECAST_STEP: "forecast step", 0.05, 168.0, "h";
}
