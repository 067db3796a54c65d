//! How far predictions lie from a folder of evidence, as `eccentric.score`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::baselines::Baseline;
use crate::error::EvidenceError;
use crate::interval::{Knowledge, Predicted, predictions};
use crate::orderings::{Verdict, compare};
use crate::plan::Shift;
use crate::predictor::{LeftOut, Predictor, Row};
use crate::tables::{Comparison, Tables};

/// Errors of one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureScore {
    /// Rows.
    pub n: usize,
    /// Root mean square error in the unit of the measure.
    pub rmse: f64,
    /// Mean absolute error.
    pub mae: f64,
    /// Mean of predicted minus observed.
    pub bias: f64,
    /// Part of the rows inside the central interval, by its level.
    pub coverage: BTreeMap<String, f64>,
    /// Root mean square error with every lab of the same weight.
    pub rmse_labs: f64,
}

/// Outcome of the printed comparisons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrderingScore {
    /// Comparisons made.
    pub n: usize,
    /// Comparisons that agree.
    pub agree: usize,
    /// Those that don't.
    pub failed: Vec<String>,
    /// Those that can't be made, with the reason.
    pub skipped: BTreeMap<String, &'static str>,
    /// Left value, right value and tolerance of those that failed.
    pub detail: BTreeMap<String, [f64; 3]>,
}

/// Error of a baseline on a measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BaselineScore {
    /// Root mean square error, each lab predicted from the others.
    pub rmse: f64,
    /// Rows.
    pub n: usize,
}

/// One row with its prediction.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoredRow {
    /// Study.
    pub study: String,
    /// Arm.
    pub arm: String,
    /// Bout.
    pub bout: u32,
    /// Measure.
    pub measure: String,
    /// Muscle group.
    pub muscle: String,
    /// Hours after the bout; none for a peak or a window.
    pub time_h: Option<f64>,
    /// Printed mean.
    pub observed: f64,
    /// Prediction.
    pub predicted: f64,
    /// Lower end of the central 80 % for the study's mean.
    pub lower80: f64,
    /// Upper end.
    pub upper80: f64,
    /// Whether the printed value is an upper bound.
    pub upper_bound: bool,
    /// Whether the row was derived from others.
    pub redundant: bool,
    /// Laboratory.
    pub lab: String,
}

/// What `eccentric evidence score` prints.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreReport {
    /// `eccentric.score`.
    pub schema: &'static str,
    /// 1.
    pub version: u32,
    /// Errors by measure.
    pub measures: BTreeMap<String, MeasureScore>,
    /// Comparisons.
    pub orderings: OrderingScore,
    /// Baselines by name and measure.
    pub baselines: BTreeMap<String, BTreeMap<String, BaselineScore>>,
    /// Rows.
    pub rows: Vec<ScoredRow>,
    /// Rows that can't be compared.
    pub not_modelled: Vec<LeftOut>,
}

impl ScoreReport {
    /// As JSON.
    ///
    /// # Errors
    /// [`EvidenceError::ParameterFile`] if a number is not finite.
    pub fn to_json(&self) -> Result<String, EvidenceError> {
        serde_json::to_string_pretty(self)
            .map_err(|e| EvidenceError::ParameterFile { what: e.to_string() })
    }
}

/// Scores constants on any folder with the four tables.
///
/// # Errors
/// [`EvidenceError::Model`] if the model refuses an arm.
pub fn score(tables: &Tables, known: &Knowledge) -> Result<ScoreReport, EvidenceError> {
    let predictor = Predictor::new(tables);
    let predicted = predictions(&predictor, known)?;
    let orderings = orderings(tables, &predictor, known)?;
    Ok(report(&predictor, &predicted, orderings))
}

/// Puts a report together from predictions for all rows.
pub(crate) fn report(
    predictor: &Predictor,
    predicted: &[Predicted],
    orderings: OrderingScore,
) -> ScoreReport {
    let rows: Vec<ScoredRow> =
        predictor.rows.iter().zip(predicted).map(|(row, p)| scored(row, p)).collect();
    ScoreReport {
        schema: "eccentric.score",
        version: 1,
        measures: measures(&rows),
        orderings,
        baselines: baselines(predictor),
        rows,
        not_modelled: predictor.left_out.clone(),
    }
}

fn orderings(
    tables: &Tables,
    predictor: &Predictor,
    known: &Knowledge,
) -> Result<OrderingScore, EvidenceError> {
    let simulated = predictor.simulate(&known.fitted, Shift::default())?;
    orderings_by(tables, |row| Ok(compare(row, predictor, &simulated)))
}

/// Counts verdicts.
pub(crate) fn orderings_by(
    tables: &Tables,
    verdict: impl Fn(&Comparison) -> Result<Verdict, EvidenceError>,
) -> Result<OrderingScore, EvidenceError> {
    let mut score = OrderingScore {
        n: 0,
        agree: 0,
        failed: Vec::new(),
        skipped: BTreeMap::new(),
        detail: BTreeMap::new(),
    };
    for row in &tables.orderings {
        match verdict(row)? {
            Verdict::Agrees => score.agree += 1,
            Verdict::Fails(a, b, tolerance) => {
                score.failed.push(row.id.clone());
                score.detail.insert(row.id.clone(), [a, b, tolerance]);
            }
            Verdict::Skipped(reason) => {
                score.skipped.insert(row.id.clone(), reason);
                continue;
            }
        }
        score.n += 1;
    }
    Ok(score)
}

fn scored(row: &Row, p: &Predicted) -> ScoredRow {
    let o = &row.observation;
    ScoredRow {
        study: o.study.clone(),
        arm: o.arm.clone(),
        bout: o.bout,
        measure: o.measure.clone(),
        muscle: o.muscle.clone(),
        time_h: o.time_h,
        observed: o.mean,
        predicted: p.value,
        lower80: p.lower80,
        upper80: p.upper80,
        upper_bound: o.upper_bound,
        redundant: o.redundant,
        lab: row.lab.clone(),
    }
}

/// A level that was derived from other rows counts once; ratios are always derived and count.
pub(crate) fn counts(measure: &str, redundant: bool) -> bool {
    !redundant || measure.contains("_ratio_")
}

/// Error of a row: none while a censored value is undershot.
pub(crate) fn error(predicted: f64, observed: f64, upper_bound: bool) -> f64 {
    let error = predicted - observed;
    if upper_bound { error.max(0.0) } else { error }
}

fn measures(rows: &[ScoredRow]) -> BTreeMap<String, MeasureScore> {
    let mut groups: BTreeMap<String, Vec<&ScoredRow>> = BTreeMap::new();
    for row in rows.iter().filter(|r| counts(&r.measure, r.redundant)) {
        groups.entry(row.measure.clone()).or_default().push(row);
    }
    groups.into_iter().map(|(measure, rows)| (measure, measure_score(&rows))).collect()
}

fn measure_score(rows: &[&ScoredRow]) -> MeasureScore {
    let n = rows.len() as f64;
    let of = |r: &&ScoredRow| error(r.predicted, r.observed, r.upper_bound);
    let mean = |f: &dyn Fn(f64) -> f64| rows.iter().map(|r| f(of(r))).sum::<f64>() / n;
    let inside =
        |r: &&&ScoredRow| r.observed >= r.lower80 && (r.upper_bound || r.observed <= r.upper80);
    let covered = rows.iter().filter(inside).count() as f64 / n;
    let mut labs: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for row in rows {
        let lab = labs.entry(&row.lab).or_default();
        *lab = (lab.0 + of(row).powi(2), lab.1 + 1.0);
    }
    let by_lab = labs.values().map(|l| l.0 / l.1).sum::<f64>() / labs.len() as f64;
    MeasureScore {
        n: rows.len(),
        rmse: mean(&|e| e * e).sqrt(),
        mae: mean(&f64::abs),
        bias: mean(&|e| e),
        coverage: BTreeMap::from([("0.8".to_owned(), covered)]),
        rmse_labs: by_lab.sqrt(),
    }
}

/// Every baseline on every row it says something about, each lab predicted from the others.
pub(crate) fn baseline_errors(predictor: &Predictor, rule: Baseline) -> Vec<Option<f64>> {
    let counted = |r: &&Row| counts(&r.observation.measure, r.observation.redundant);
    predictor
        .rows
        .iter()
        .map(|row| {
            let others: Vec<&Row> =
                predictor.rows.iter().filter(|r| r.lab != row.lab).filter(counted).collect();
            let said = rule.predict(predictor, &others, row)?;
            Some(error(said, row.observation.mean, row.observation.upper_bound))
        })
        .collect()
}

fn baselines(predictor: &Predictor) -> BTreeMap<String, BTreeMap<String, BaselineScore>> {
    let of = |rule: &Baseline| {
        let mut sums: BTreeMap<String, (f64, usize)> = BTreeMap::new();
        for (row, error) in predictor.rows.iter().zip(baseline_errors(predictor, *rule)) {
            let o = &row.observation;
            if let Some(error) = error.filter(|_| counts(&o.measure, o.redundant)) {
                let sum = sums.entry(o.measure.clone()).or_default();
                *sum = (sum.0 + error * error, sum.1 + 1);
            }
        }
        let scores = sums.into_iter().map(|(measure, (sum, n))| {
            (measure, BaselineScore { rmse: (sum / n as f64).sqrt(), n })
        });
        (rule.name().to_owned(), scores.collect())
    };
    Baseline::ALL.iter().map(of).collect()
}
