//! How much strength the state costs.

use super::MuscleState;
use crate::params::Parameters;

/// Loss of strength as a fraction of the rested strength.
///
/// ```text
/// L = z / (1 + z / L_max)        z = A + D
/// ```
///
/// Fatigue A and structural damage D add up and saturate together: the odds L / (1 - L) towards those of the
/// ceiling. The hyperbola bends early and
/// reaches its ceiling late, so that a race of 30 hours doesn't end on it.
///
/// ```
/// use eccentric::{damage::strength_loss_of, params::Parameters};
/// let p = Parameters { strength_loss_max: 0.6, ..Parameters::default() };
/// assert_eq!(strength_loss_of(0.0, 0.0, &p), 0.0);
/// assert!((strength_loss_of(0.1, 0.2, &p) - 0.2).abs() < 1e-12);
/// ```
pub fn strength_loss_of(fatigue: f64, damage: f64, p: &Parameters) -> f64 {
    let z = fatigue + damage;
    // In this form it stays below the ceiling for any z, and is zero at zero.
    p.strength_loss_max / (1.0 + p.strength_loss_max / z)
}

impl MuscleState {
    /// Loss of strength now, as a fraction of the rested strength.
    pub fn strength_loss(&self, p: &Parameters) -> f64 {
        strength_loss_of(self.fatigue, self.damage, p)
    }
}
