//! Constants fitted to the evidence tables. Written by `eccentric evidence calibrate`; do not
//! edit by hand. Uncertainty, priors and provenance are in `evidence/parameters.json`.

pub(super) const BRAKING_SPEED_M_S: f64 = 1.0796;
pub(super) const BRAKING_SPEED_STEEPNESS: f64 = 7.0436;
pub(super) const DAMAGE_GAIN: f64 = 0.39168;
pub(super) const DAMAGE_RECOVERY_H: f64 = 107.21;
pub(super) const DOSE_EXPONENT: f64 = 1.4061;
pub(super) const ELASTIC_RETURN: f64 = 0.53838;
pub(super) const EVIDENCE_LOG_SD: f64 = 0.29178;
pub(super) const FATIGUE_GAIN: f64 = 0.022135;
pub(super) const FATIGUE_RECOVERY_H: f64 = 13.633;
pub(super) const OTHER_MUSCLES_GAIN: f64 = 0.58423;
pub(super) const PROTECTION_DECAY_H: f64 = 677.13;
pub(super) const PROTECTION_EXPONENT: f64 = 3.2283;
pub(super) const PROTECTION_GAIN: f64 = 13.556;
pub(super) const PROTECTION_STEEPNESS: f64 = 1.9844;
pub(super) const SORENESS_AT_ONCE_GAIN: f64 = 0.77763;
pub(super) const SORENESS_FLOOR: f64 = 0.17883;
pub(super) const SORENESS_GAIN: f64 = 4.9451;
pub(super) const SORENESS_STAGE_H: f64 = 17.985;
pub(super) const STRENGTH_FLOOR: f64 = 0.34355;
pub(super) const STRENGTH_LOSS_MAX: f64 = 0.54007;
