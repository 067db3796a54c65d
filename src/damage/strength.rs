//! How much strength the state costs.

use super::MuscleState;
use crate::math::expm1;
use crate::params::Parameters;

/// Loss of strength as a fraction of the rested strength.
///
/// ```text
/// L = 1 - (1 - F(A)) (1 - F(D))        F(z) = F_max (1 - exp(-z / F_max))
/// ```
///
/// Fatigue A and structural damage D each saturate and then act on what the other leaves.
///
/// ```
/// use eccentric::{params::Parameters, damage::strength_loss_of};
/// let p = Parameters::default();
/// assert_eq!(strength_loss_of(0.0, 0.0, &p), 0.0);
/// assert!(strength_loss_of(1e9, 1e9, &p) < 1.0);
/// ```
pub fn strength_loss_of(fatigue: f64, damage: f64, p: &Parameters) -> f64 {
    let saturated = |z: f64, most: f64| -most * expm1(-z / most);
    let from_fatigue = saturated(fatigue, p.fatigue_loss_max);
    let from_damage = saturated(damage, p.damage_loss_max);
    1.0 - (1.0 - from_fatigue) * (1.0 - from_damage)
}

impl MuscleState {
    /// Loss of strength now, as a fraction of the rested strength.
    pub fn strength_loss(&self, p: &Parameters) -> f64 {
        strength_loss_of(self.fatigue, self.damage, p)
    }
}
