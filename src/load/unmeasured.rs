//! How far a run lies from what was measured. Nobody knows how wrong the model is there, so its error grows
//! with the distance along each axis: steep ground, fast and slow movement, long runs, age.

use crate::activity::{Gait, Segment};
use crate::math::{exp, log, sqrt};
use crate::params::fixed::{
    MEASURED_AGE_YEARS, MEASURED_GRADE, MEASURED_HOURS, MEASURED_RUN_M_S, MEASURED_WALK_M_S,
    MEASURED_YOUNG_YEARS, UNMEASURED_PER_GRADE, UNMEASURED_PER_LOG_HOURS, UNMEASURED_PER_LOG_SPEED,
    UNMEASURED_PER_YEAR,
};

/// Largest variance of the logarithm: a factor of 7 either way says all that can be said of crawling.
const LARGEST_VARIANCE: f64 = 4.0;

/// Mean over a run of its distance from what was measured, as a standard deviation of the logarithm of the
/// dose; weighted by the dose.
#[derive(Default)]
pub(super) struct Unmeasured {
    dose: f64,
    dose_variance: f64,
}

impl Unmeasured {
    pub fn add(&mut self, segment: &Segment, dose: f64) {
        self.dose += dose;
        self.dose_variance += dose * variance_of(segment);
    }

    /// Relative standard error of the dose of a run of some hours by a person of some years.
    pub fn relative_se(&self, hours: f64, age_years: Option<f64>) -> f64 {
        if self.dose <= 0.0 {
            return 0.0;
        }
        let long = UNMEASURED_PER_LOG_HOURS * log((hours / MEASURED_HOURS).max(1.0));
        let age = age_years.map_or(0.0, |years| {
            UNMEASURED_PER_YEAR
                * (years - MEASURED_AGE_YEARS).max(MEASURED_YOUNG_YEARS - years).max(0.0)
        });
        let variance = self.dose_variance / self.dose + long * long + age * age;
        sqrt(exp(variance.min(LARGEST_VARIANCE)) - 1.0)
    }
}

/// Variance of the logarithm of the dose of a segment from its grade and speed.
fn variance_of(segment: &Segment) -> f64 {
    let steep = UNMEASURED_PER_GRADE * (MEASURED_GRADE - segment.grade).max(0.0);
    let v = segment.speed_m_s.max(f64::MIN_POSITIVE);
    let off = match segment.gait {
        Gait::Running => log((v / MEASURED_RUN_M_S).max(1.0)),
        Gait::Walking => log((MEASURED_WALK_M_S / v).max(1.0)),
    };
    let speed = UNMEASURED_PER_LOG_SPEED * off;
    steep * steep + speed * speed
}
