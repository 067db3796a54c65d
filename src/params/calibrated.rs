//! Constants fitted to the evidence tables. Written by `eccentric evidence calibrate`; do not
//! edit by hand. Uncertainty, priors and provenance are in `crates/evidence/tables/parameters.json`.

pub(super) const CALVES_GAIN: f64 = 2.273;
pub(super) const DAMAGE_BELOW_TOLERANCE: f64 = 0.28246;
pub(super) const DAMAGE_GAIN: f64 = 0.4904;
pub(super) const DAMAGE_RECOVERY_H: f64 = 83.056;
pub(super) const DOSE_EXPONENT: f64 = 1.6192;
pub(super) const EVERYDAY_WALKING_KM: f64 = 2.1536;
pub(super) const EVIDENCE_LOG_SD: f64 = 0.29514;
pub(super) const FATIGUE_GAIN: f64 = 0.026978;
pub(super) const FATIGUE_RECOVERY_H: f64 = 8.4043;
pub(super) const PROTECTION_DECAY_H: f64 = 650.33;
pub(super) const QUADRICEPS_RETURN: f64 = 0.35252;
pub(super) const SORENESS_AT_ONCE_GAIN: f64 = 0.83841;
pub(super) const SORENESS_BELOW_TOLERANCE: f64 = 0.079226;
pub(super) const SORENESS_GAIN: f64 = 5.4188;
pub(super) const SWING_WORK_J_KG: f64 = 0.1655;
pub(super) const TOLERANCE_GAIN: f64 = 5.8218;
