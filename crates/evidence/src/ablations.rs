//! Forms of the model that were left out, each refitted and predicted out of sample.

use eccentric::damage::Habit;
use eccentric::load::Runner;

use crate::calibrate::{Calibration, Options, fit};
use crate::error::EvidenceError;
use crate::lolo::leave_one_lab_out;
use crate::predictor::Predictor;
use crate::validate::{Errors, errors_of};

/// What is changed about the arms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arms {
    AsTheyAre,
    OneBody,
    NoHabit,
}

/// One other form of the model.
struct Form {
    name: &'static str,
    fixed: &'static [(&'static str, f64)],
    arms: Arms,
}

const fn form(name: &'static str, fixed: &'static [(&'static str, f64)]) -> Form {
    Form { name, fixed, arms: Arms::AsTheyAre }
}

const FORMS: &[Form] = &[
    form("work per step to the power 1", &[("dose_exponent", 1.0)]),
    form("work per step squared", &[("dose_exponent", 2.0)]),
    form("calves give back no more than quadriceps", &[("calves_return", 0.5)]),
    form("calves as susceptible as quadriceps", &[("calves_gain", 1.0)]),
    form(
        "stairs with the shares of a ramp",
        &[("stairs_share_quadriceps", 0.447), ("stairs_share_calves", 0.383)],
    ),
    form("hardly any fatigue", &[("fatigue_gain", 0.002)]),
    form("no soreness at once", &[("soreness_at_once_gain", 1.0e-3)]),
    form(
        "nothing below the tolerance",
        &[("damage_below_tolerance", 1.0e-3), ("soreness_below_tolerance", 1.0e-3)],
    ),
    form("protection by the same work as damage", &[("protection_exponent", 2.0)]),
    form("hardly any protection", &[("tolerance_gain", 0.3)]),
    Form { name: "every body the same", fixed: &[], arms: Arms::OneBody },
    Form { name: "no habits before the study", fixed: &[], arms: Arms::NoHabit },
];

/// What another form of the model costs out of sample.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Ablation {
    /// What is different.
    pub name: String,
    /// Its errors.
    pub errors: Errors,
    /// Cost of the fit to all labs.
    pub cost: f64,
    /// Everyday scenarios inside their range, and further out than one tolerance.
    pub everyday: (usize, usize),
}

/// Refits every other form from where the kept form ended, with its spreads, and predicts each lab
/// without it.
///
/// # Errors
/// As [`fit`].
pub fn ablations(
    predictor: &Predictor,
    kept: &Calibration,
    progress: &mut dyn FnMut(&str),
) -> Result<Vec<Ablation>, EvidenceError> {
    let mut found = Vec::new();
    for form in FORMS {
        let changed = change(predictor, form.arms);
        let free = kept.priors.iter().zip(&kept.theta);
        let free = free.filter(|(prior, _)| form.fixed.iter().all(|f| f.0 != prior.name));
        let start = free.map(|(_, log)| *log).collect();
        let options = Options {
            fixed: form.fixed.to_vec(),
            warm: Some((start, kept.spread)),
            everyday: None,
        };
        let whole = fit(&changed, &options)?;
        let told = leave_one_lab_out(&changed, &whole, form.fixed)?;
        let errors = errors_of(&changed, &told.predicted);
        progress(&format!("{}: {errors:?}", form.name));
        let cost = whole.convergence[0].cost;
        let everyday = whole.everyday.counts(&whole.everyday_values);
        found.push(Ablation { name: form.name.to_owned(), errors, cost, everyday });
    }
    Ok(found)
}

fn change(predictor: &Predictor, arms: Arms) -> Predictor {
    let mut changed = predictor.clone();
    for plan in &mut changed.plans {
        match arms {
            Arms::AsTheyAre => {}
            Arms::OneBody => plan.runner = Runner::default(),
            Arms::NoHabit => plan.habit = Habit::None,
        }
    }
    changed
}
