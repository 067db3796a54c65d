//! Stage 3: what a dose leaves in the legs, how it fades, and how it protects.

mod habit;
mod state;
mod strength;

pub use habit::Habit;
pub(crate) use state::Decay;
pub use state::{LegState, MuscleState, susceptibility};
pub use strength::strength_loss_of;
