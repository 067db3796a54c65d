//! Stage 4: what the state feels like, and the scales on which people say so.

mod rating;

pub use rating::{Direction, Rating, Scale};

use crate::damage::MuscleState;

/// Soreness from 0 to 10 from the drive of soreness: what is felt at once and the end of the chain.
///
/// ```text
/// S = 10 u / (1 + u)        u = I + c3
/// ```
///
/// The logit of S / 10 is the logarithm of the drive: people whose drives differ by a common factor
/// differ by a common shift of the logit.
///
/// ```
/// use eccentric::soreness::soreness_of;
/// assert_eq!(soreness_of(0.0), 0.0);
/// assert_eq!(soreness_of(1.0), 5.0);
/// assert_eq!(soreness_of(3.0), 7.5);
/// ```
pub fn soreness_of(drive: f64) -> f64 {
    // In this order it stays on the scale for any finite drive.
    10.0 * (drive / (1.0 + drive))
}

/// The drive that is felt as a given soreness below 10: the inverse of [`soreness_of`].
pub fn drive_of(soreness: f64) -> f64 {
    soreness / (10.0 - soreness)
}

impl MuscleState {
    /// Drive of soreness now; [`soreness_of`] makes a number from 0 to 10 of it.
    pub fn soreness_drive(&self) -> f64 {
        self.soreness_at_once + self.soreness_chain[2]
    }

    /// Soreness now, from 0 (none) to 10 (the worst imaginable).
    pub fn soreness(&self) -> f64 {
        soreness_of(self.soreness_drive())
    }
}
