//! The constants of the damage stage, and what everyday walking makes each muscle group tolerate.

use crate::activity::{Gait, Segment};
use crate::load::DoseModel;
use crate::params::Parameters;
use crate::units::PerMuscle;

/// Speed of everyday walking in m/s.
const EVERYDAY_SPEED_M_S: f64 = 1.3;

/// Turns doses into states of the legs. What does not depend on the state is computed once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DamageModel {
    pub p: Parameters,
    /// Tolerance of each muscle group without any training.
    pub everyday: PerMuscle<f64>,
}

impl DamageModel {
    /// Prepares the damage stage with some constants, which may be those of a person.
    ///
    /// ```text
    /// K0 = dose of 2.6 km of level walking at 1.3 m/s
    /// ```
    pub fn new(p: &Parameters) -> Self {
        let walking =
            Segment { gait: Gait::Walking, ..Segment::steady(0.0, EVERYDAY_SPEED_M_S, 0.0) };
        let duration_s = 1000.0 * p.everyday_walking_km / EVERYDAY_SPEED_M_S;
        let rate = DoseModel::of_reference_runner(p).rate(&walking);
        Self { p: *p, everyday: rate.damage.map(|damage| damage * duration_s) }
    }
}
