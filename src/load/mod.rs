//! Stage 2: from segments to the eccentric load of a run.

mod bytes;
mod dose;
mod eccentric;
mod mechanics;
mod runner;
mod shares;
mod stream;
mod unmeasured;

pub(crate) use dose::GradeFactors;
pub use dose::{Dose, DoseModel, REFERENCE_DURATION_S, REFERENCE_GRADE, REFERENCE_SPEED_M_S};
pub use eccentric::EccentricLoad;
pub(crate) use eccentric::REFERENCE_POINTS;
pub use mechanics::{
    SlopeWork, gravity_work_j_kg_m, metabolic_cost_j_kg_m, negative_power_w_kg, slope_work,
    step_rate_hz,
};
pub use runner::{REFERENCE_BODY_FAT, REFERENCE_MASS_KG, Runner};
pub use shares::{stance_dissipation, stance_shares, swing_work_j_kg};
pub use stream::DoseStream;
