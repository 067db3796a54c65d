//! The honest score: every number here is about labs that the constants have not seen.

use std::collections::{BTreeMap, BTreeSet};

use crate::ablations::{Ablation, ablations};
use crate::baselines::{Baseline, exploit};
use crate::calibrate::{Calibration, Options, fit};
use crate::error::EvidenceError;
use crate::everyday_rules::{RuleScore, rule_scores};
use crate::interval::{Knowledge, Predicted};
use crate::lolo::{OutOfSample, leave_one_lab_out};
use crate::orderings::{Side, compare};
use crate::plan::Shift;
use crate::predictor::Predictor;
use crate::score::{ScoreReport, baseline_errors, counts, error, orderings_by, report};
use crate::tables::{Comparison, Tables};

/// Resamples of the bootstrap over labs.
const RESAMPLES: usize = 2000;
/// Seed of the bootstrap.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
/// Name under which the ratios of all measures are taken together.
pub const RATIOS: &str = "ratios_to_bout1";

/// Root mean square errors that the targets are about.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Errors {
    /// Of the loss of strength, in points of percent.
    pub strength: f64,
    /// Of soreness, in points of ten.
    pub soreness: f64,
    /// Of all ratios to the first bout.
    pub ratios: f64,
}

/// A baseline against the model on the same rows.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Against {
    /// Measure.
    pub measure: String,
    /// Baseline.
    pub baseline: &'static str,
    /// Rows.
    pub n: usize,
    /// Error of the model.
    pub model: f64,
    /// Error of the baseline.
    pub other: f64,
    /// 95 % interval of model minus baseline, bootstrap over labs.
    pub difference95: (f64, f64),
}

/// A validation of one folder.
#[derive(Debug, Clone)]
pub struct Validation {
    /// Name of the folder in the report.
    pub label: String,
    /// Number of labs with rows.
    pub labs: usize,
    /// The arms and rows.
    pub predictor: Predictor,
    /// The fit to all labs.
    pub whole: Calibration,
    /// Predictions without each lab.
    pub told: OutOfSample,
    /// Scores of those predictions.
    pub report: ScoreReport,
    /// The errors that the targets are about.
    pub errors: Errors,
    /// Baselines on the same rows.
    pub against: Vec<Against>,
    /// Rules with one number a run on the everyday scenarios.
    pub rules: Vec<RuleScore>,
    /// Other forms of the model; empty if they were not asked for.
    pub ablations: Vec<Ablation>,
}

/// Validates a folder: leave one lab out, baselines, and the ablations if asked for.
///
/// # Errors
/// As [`fit`].
pub fn validate(
    label: &str,
    tables: &Tables,
    with_ablations: bool,
    progress: &mut dyn FnMut(&str),
) -> Result<Validation, EvidenceError> {
    let predictor = Predictor::new(tables);
    progress(&format!("{label}: {} rows", predictor.rows.len()));
    let mut whole = fit(&predictor, &Options::default())?;
    whole.tables_hash.clone_from(&tables.hash);
    let told = leave_one_lab_out(&predictor, &whole, &[])?.covering(&predictor);
    let errors = errors_of(&predictor, &told.predicted);
    progress(&format!("{label}: {errors:?}"));
    let orderings = orderings_by(tables, |row| {
        let known = without_lab_of(row, &predictor, &told);
        let whole = Knowledge::from(&whole);
        let fitted = known.unwrap_or(&whole).fitted;
        Ok(compare(row, &predictor, &predictor.simulate(&fitted, Shift::default())?))
    })?;
    let report = report(&predictor, &told.predicted, orderings);
    let against = against(&predictor, &told.predicted);
    let ablations =
        if with_ablations { ablations(&predictor, &whole, progress)? } else { Vec::new() };
    let labs: BTreeSet<&str> = predictor.rows.iter().map(|r| r.lab.as_str()).collect();
    let rules = rule_scores(&predictor, &whole.everyday, &whole.everyday_values);
    Ok(Validation {
        rules,
        label: label.to_owned(),
        labs: labs.len(),
        whole,
        told,
        report,
        errors,
        against,
        ablations,
        predictor,
    })
}

/// What is known without the lab of a comparison's left side.
fn without_lab_of<'a>(
    row: &Comparison,
    predictor: &Predictor,
    told: &'a OutOfSample,
) -> Option<&'a Knowledge> {
    let Side::Key { key, .. } = Side::parse(&row.a) else { return None };
    let (plan, _) = predictor.find(&key)?;
    told.without.get(&predictor.plans[plan].lab)
}

/// Measures under which a row is counted.
fn groups(measure: &str) -> Vec<&str> {
    if measure.contains("_ratio_") { vec![measure, RATIOS] } else { vec![measure] }
}

/// The errors that the targets are about.
pub(crate) fn errors_of(predictor: &Predictor, predicted: &[Predicted]) -> Errors {
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (row, p) in predictor.rows.iter().zip(predicted) {
        let o = &row.observation;
        if counts(&o.measure, o.redundant) {
            for group in groups(&o.measure) {
                let sum = sums.entry(group).or_default();
                let error = error(p.value, o.mean, o.upper_bound);
                *sum = (sum.0 + error * error, sum.1 + 1.0);
            }
        }
    }
    let of = |name: &str| sums.get(name).map_or(0.0, |s| (s.0 / s.1).sqrt());
    Errors { strength: of("strength_loss_pct"), soreness: of("soreness_0_10"), ratios: of(RATIOS) }
}

/// Squared errors of model and baseline on one row, with its lab.
type Pair<'a> = (&'a str, f64, f64);

fn against(predictor: &Predictor, predicted: &[Predicted]) -> Vec<Against> {
    let mut rules: Vec<(&'static str, Vec<Option<f64>>)> =
        Baseline::ALL.iter().map(|rule| (rule.name(), baseline_errors(predictor, *rule))).collect();
    let gamed = predictor.rows.iter().map(|row| {
        let o = &row.observation;
        Some(error(exploit(predictor, row), o.mean, o.upper_bound))
    });
    rules.push(("exploit_mean_with_itself", gamed.collect()));
    let mut found = Vec::new();
    for (name, errors) in &rules {
        let mut pairs: BTreeMap<&str, Vec<Pair<'_>>> = BTreeMap::new();
        for ((row, p), other) in predictor.rows.iter().zip(predicted).zip(errors) {
            let o = &row.observation;
            let Some(other) = other.filter(|_| counts(&o.measure, o.redundant)) else { continue };
            let model = error(p.value, o.mean, o.upper_bound);
            for group in groups(&o.measure) {
                pairs.entry(group).or_default().push((&row.lab, model * model, other * other));
            }
        }
        found.extend(pairs.into_iter().map(|(measure, pairs)| pair_score(measure, name, &pairs)));
    }
    found
}

fn pair_score(measure: &str, baseline: &'static str, pairs: &[Pair<'_>]) -> Against {
    let mut labs: BTreeMap<&str, (f64, f64, f64)> = BTreeMap::new();
    for &(lab, model, other) in pairs {
        let sum = labs.entry(lab).or_default();
        *sum = (sum.0 + model, sum.1 + other, sum.2 + 1.0);
    }
    let labs: Vec<(f64, f64, f64)> = labs.into_values().collect();
    let rmse = |picked: &mut dyn Iterator<Item = usize>| {
        let sum = picked.fold((0.0, 0.0, 0.0), |s: (f64, f64, f64), k| {
            (s.0 + labs[k].0, s.1 + labs[k].1, s.2 + labs[k].2)
        });
        ((sum.0 / sum.2).sqrt(), (sum.1 / sum.2).sqrt())
    };
    let (model, other) = rmse(&mut (0..labs.len()));
    let mut state = SEED;
    let mut draw = || {
        // xorshift64*
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % labs.len()
    };
    let mut differences: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let (model, other) = rmse(&mut (0..labs.len()).map(|_| draw()));
            model - other
        })
        .collect();
    differences.sort_by(f64::total_cmp);
    let at = |part: f64| differences[((RESAMPLES - 1) as f64 * part).round() as usize];
    Against {
        measure: measure.to_owned(),
        baseline,
        n: pairs.len(),
        model,
        other,
        difference95: (at(0.025), at(0.975)),
    }
}
