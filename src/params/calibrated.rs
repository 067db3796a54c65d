//! Constants fitted to the evidence tables. Written by `eccentric evidence calibrate`; do not
//! edit by hand. Uncertainty, priors and provenance are in `crates/evidence/tables/parameters.json`.

pub(super) const BRAKING_SPEED_M_S: f64 = 1.0663;
pub(super) const BRAKING_SPEED_STEEPNESS: f64 = 10.334;
pub(super) const DAMAGE_GAIN: f64 = 0.38351;
pub(super) const DAMAGE_RECOVERY_H: f64 = 105.99;
pub(super) const DOSE_EXPONENT: f64 = 1.4232;
pub(super) const ELASTIC_RETURN: f64 = 0.55555;
pub(super) const EVIDENCE_LOG_SD: f64 = 0.28102;
pub(super) const FATIGUE_GAIN: f64 = 0.02214;
pub(super) const FATIGUE_RECOVERY_H: f64 = 13.623;
pub(super) const LEAD_LEGS_EXPONENT: f64 = 0.5;
pub(super) const OTHER_MUSCLES_GAIN: f64 = 0.5556;
pub(super) const PROTECTION_DECAY_H: f64 = 673.8;
pub(super) const PROTECTION_EXPONENT: f64 = 3.3067;
pub(super) const PROTECTION_GAIN: f64 = 13.97;
pub(super) const PROTECTION_STEEPNESS: f64 = 1.9892;
pub(super) const SORENESS_AT_ONCE_GAIN: f64 = 0.82219;
pub(super) const SORENESS_FLOOR: f64 = 0.16725;
pub(super) const SORENESS_GAIN: f64 = 5.3311;
pub(super) const SORENESS_STAGE_H: f64 = 17.884;
pub(super) const STRENGTH_FLOOR: f64 = 0.33154;
pub(super) const STRENGTH_LOSS_MAX: f64 = 0.53383;
