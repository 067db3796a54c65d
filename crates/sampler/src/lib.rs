//! A full sampler of what is known of a person, to hold [`eccentric::person::fit`] against.
//!
//! The fit takes the legs' answer to second order around one person and integrates over fixed points. Here
//! the same prior and the same probability of a rating are written down a second time, from the public
//! interface only; all runs are replayed for every person looked at, and the no-U-turn sampler of `nuts-rs`
//! draws from the posterior. It takes a thousand times as long, so it is for tests only.

mod posterior;
mod sample;
mod summary;

pub use posterior::{NUMBERS, Posterior};
pub use sample::{Draws, Plan, sample};
pub use summary::{Summary, summary};
