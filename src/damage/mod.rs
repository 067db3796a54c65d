//! Stage 3: what a dose leaves in the legs, how it fades, and how it protects.

mod fade;
mod habit;
mod model;
mod muscle;
mod state;
mod strength;

pub(crate) use fade::{Decay, Fade};
pub use habit::Habit;
pub(crate) use model::DamageModel;
pub use muscle::{MuscleState, part_beyond_tolerance};
pub use state::LegState;
pub use strength::strength_loss_of;
