//! What is taken as known about the fitted constants before any table is read.

use eccentric::params::Parameters;

use crate::predictor::Fitted;

/// Rise of creatine kinase per protected dose, as a fold of the level at rest.
pub const CK_GAIN: f64 = 3.5;

/// A log-normal prior.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Prior {
    /// Name of the constant in [`Parameters`], or `ck_gain`.
    pub name: &'static str,
    /// Median.
    pub median: f64,
    /// Standard deviation of the logarithm.
    pub log_sd: f64,
    /// Where it comes from.
    pub reason: &'static str,
}

const fn prior(name: &'static str, median: f64, log_sd: f64, reason: &'static str) -> Prior {
    Prior { name, median, log_sd, reason }
}

/// The priors of all fitted constants. A name that the model doesn't have is left out.
pub const PRIORS: &[Prior] = &[
    prior("dose_exponent", 1.5, 0.25, "between 1 (plain work) and 2"),
    prior("quadriceps_return", 0.40, 0.30, "55 of about 150 J a step (assumed in Minetti 1994)"),
    prior("calves_gain", 1.5, 0.50, "weak"),
    prior("swing_work_j_kg", 0.20, 0.40, "0.1 J/kg a step of walking, 2.9 of sprinting; weak"),
    prior("fatigue_gain", 0.022, 0.80, "level hours lose 2 to 15 %"),
    prior("fatigue_recovery_h", 12.0, 0.35, "weak"),
    prior("damage_gain", 0.40, 0.80, "weak"),
    prior("damage_recovery_h", 100.0, 0.35, "weak"),
    prior("soreness_gain", 5.0, 0.80, "weak"),
    prior("soreness_at_once_gain", 0.80, 0.80, "3 to 5 of 10 at once after half an hour; weak"),
    prior("everyday_walking_km", 3.0, 0.40, "what people walk in a day without any sport"),
    prior("tolerance_gain", 5.0, 0.80, "weak"),
    prior("protection_decay_h", 800.0, 0.35, "CK protected at 6 weeks, not at 9 (Byrnes)"),
    prior("damage_below_tolerance", 0.25, 0.50, "strength adapts less than soreness (Doma 2023)"),
    prior("soreness_below_tolerance", 0.08, 0.70, "weak"),
    prior("ck_gain", CK_GAIN, 0.40, "three- to sixfold rises"),
];

/// The priors of the constants that the model has, without those in `fixed`.
pub(crate) fn active(fixed: &[&str]) -> Vec<Prior> {
    let p = Parameters::default();
    PRIORS
        .iter()
        .filter(|prior| prior.name == "ck_gain" || p.get(prior.name).is_some())
        .filter(|prior| !fixed.contains(&prior.name))
        .copied()
        .collect()
}

/// Plausible range of a constant.
pub(crate) fn range(name: &str) -> (f64, f64) {
    let constant = Parameters::TABLE.iter().find(|c| c.name == name);
    constant.map_or((0.05, 100.0), |c| (c.min.max(1e-3), c.max))
}

/// Sets the fitted constants from their logarithms, kept inside their plausible ranges.
pub(crate) fn set(base: &Fitted, priors: &[Prior], theta: &[f64]) -> Fitted {
    let mut fitted = *base;
    for (prior, log) in priors.iter().zip(theta) {
        let (low, high) = range(prior.name);
        let value = log.exp().clamp(low, high);
        if prior.name == "ck_gain" {
            fitted.ck_gain = value;
        } else if let Some(slot) = fitted.parameters.get_mut(prior.name) {
            *slot = value;
        }
    }
    fitted
}

/// The value of a fitted constant.
pub(crate) fn get(fitted: &Fitted, name: &str) -> f64 {
    if name == "ck_gain" { fitted.ck_gain } else { fitted.parameters.get(name).unwrap_or(0.0) }
}
