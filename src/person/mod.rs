//! Stage 5: what the ratings of one person say about that person.
//!
//! A person is the population with a few numbers changed. Before any observation they are normal, with the
//! population's spread ([`prior`]); observations pull them away from it ([`fit`]), or one at a time
//! ([`Profile::updated`]).
//!
//! ```text
//! felt      m = S(e^soreness u(recovery, protection, habit)) + baseline            0 to 10
//! answer    P(k) = (1 - e) (F((t_k+1 - m) / sd) - F((t_k - m) / sd)) + e / answers
//! strength  p(l) = (1 - e) N(l; L(susceptibility, recovery, protection, habit), sd) + e / range
//! ```
//!
//! u is the drive of soreness of the replayed runs, L their loss of strength, F the normal distribution
//! function, N its density, t the thresholds half a step around each answer, e the share of answers that
//! have nothing to do with the runs. The legs as a whole feel like their sorest muscle group.

mod answer;
mod fit;
mod likelihood;
mod matrix;
mod moments;
mod newton;
mod observation;
mod persons;
mod profile;
mod stimulus;
mod update;
mod words;

pub use fit::fit;
pub(crate) use matrix::{SORENESS, SUSCEPTIBILITY};
pub use observation::{Observation, StrengthTest};
pub use profile::{Person, Profile, Termination, prior};
pub use words::Trust;
