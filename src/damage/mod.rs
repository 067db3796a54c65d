//! Stage 3: what a dose leaves in the legs, how it fades, and how it protects.

mod habit;
mod muscle;
mod state;
mod strength;

pub use habit::Habit;
pub(crate) use muscle::{Decay, Fade};
pub use muscle::{MuscleState, susceptibility};
pub use state::LegState;
pub use strength::strength_loss_of;
