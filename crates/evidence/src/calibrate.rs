//! The constants of the model from the tables: the most probable values and their covariance.
//!
//! ```text
//! row   mean = model(constants) * exp(lab effect) + noise      sd^2 = sampling^2 + dose^2 + rest^2
//! lab effect ~ normal(0, lab)         constants ~ log-normal priors         loss: pseudo-Huber
//! ```
//!
//! `lab` and `rest` are estimated in turn with the constants; doses are varied by their own errors.

use std::collections::BTreeMap;

use eccentric::params::Parameters;
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use crate::error::EvidenceError;
use crate::everyday::Everyday;
use crate::lm::{Convergence, Minimum, minimise};
use crate::lolo::leave_one_lab_out;
use crate::noise::{Spread, on_scale, sampling_sd};
use crate::plan::Shift;
use crate::predictor::{Fitted, Predictor};
use crate::priors::{Prior, active};
use crate::problem::{Problem, fit_rows};
use crate::quantity::{Quantity, Response};
use crate::tables::Tables;

/// Rounds in which constants and spreads are estimated in turn.
const ROUNDS: usize = 4;
/// Most steps of one fit.
const STEPS: usize = 60;

/// How a calibration is done: the whole by default, a variant for an ablation.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Constants that are not fitted but keep this value.
    pub fixed: Vec<(&'static str, f64)>,
    /// Start here, with these spreads, in one round: for one lab less than before.
    pub warm: Option<(Vec<f64>, Spread)>,
    /// The everyday scenarios; those of this release if not given.
    pub everyday: Option<Everyday>,
}

/// What a calibration found.
#[derive(Debug, Clone)]
pub struct Calibration {
    /// The constants.
    pub fitted: Fitted,
    /// The priors of the fitted ones, in the order of `theta` and `covariance`.
    pub priors: Vec<Prior>,
    /// Logarithms of the fitted constants.
    pub theta: Vec<f64>,
    /// Their covariance (Laplace approximation, labs' effects integrated out).
    pub covariance: DMatrix<f64>,
    /// Spreads between labs and within.
    pub spread: Spread,
    /// How much more strongly a lab's groups responded, on the logarithm.
    pub lab_effects: BTreeMap<String, f64>,
    /// How the fit from each start ended; the first is the one that was kept.
    pub convergence: Vec<Convergence>,
    /// The everyday scenarios that entered, and what they give.
    pub everyday: Everyday,
    /// The values of the scenarios.
    pub everyday_values: Vec<f64>,
    /// Number of rows that entered.
    pub rows: usize,
    /// Hash of the tables.
    pub tables_hash: String,
}

/// Fits the constants to a folder of evidence.
///
/// Deterministic: the same tables and code give the same bits. `progress` is told what is going on.
///
/// # Errors
/// [`EvidenceError::NoRows`] without a row to fit; [`EvidenceError::Model`] from the model.
pub fn calibrate(
    tables: &Tables,
    progress: &mut dyn FnMut(&str),
) -> Result<Calibration, EvidenceError> {
    let predictor = Predictor::new(tables);
    progress(&format!("{} rows can be compared", predictor.rows.len()));
    let mut found = fit(&predictor, &Options::default())?;
    found.tables_hash.clone_from(&tables.hash);
    let told = leave_one_lab_out(&predictor, &found, &[])?;
    let factor = |quantity| told.factor(&predictor, quantity, "");
    found.spread.out_of_sample_strength = factor(Quantity::StrengthLoss);
    found.spread.out_of_sample_soreness = factor(Quantity::Soreness);
    progress(&format!("cost {:.2}", found.convergence[0].cost));
    Ok(found)
}

/// Fits the constants to the rows of a predictor.
///
/// # Errors
/// As [`calibrate`].
pub fn fit(predictor: &Predictor, options: &Options) -> Result<Calibration, EvidenceError> {
    let rows = fit_rows(predictor);
    if rows.rows.is_empty() {
        return Err(EvidenceError::NoRows);
    }
    let everyday = match &options.everyday {
        Some(everyday) => everyday.clone(),
        None => Everyday::published()?,
    };
    let names: Vec<&str> = options.fixed.iter().map(|f| f.0).collect();
    let priors = active(&names);
    let mut base = Fitted::new(Parameters::default());
    for &(name, value) in &options.fixed {
        if let Some(slot) = base.parameters.get_mut(name) {
            *slot = value;
        }
    }
    let mut problem = Problem::new(&rows, &everyday, &priors, base);
    let (starts, rounds) = match &options.warm {
        Some((theta, spread)) => {
            problem.spread = *spread;
            (vec![theta.clone()], 1)
        }
        None => (starts(&priors), ROUNDS),
    };
    let mut ends = first_round(&mut problem, &starts)?;
    ends.sort_by(|a, b| a.convergence.cost.total_cmp(&b.convergence.cost));
    let mut convergence: Vec<Convergence> = ends.iter().map(|e| e.convergence).collect();
    let mut best = ends.swap_remove(0);
    for _ in 1..rounds {
        problem.dose_sd = dose_sd(&rows, &problem.fitted(&best.x))?;
        problem.spread = spread_at(&problem, &best)?;
        best = minimise(&problem, best.x, STEPS)?;
        convergence[0] = best.convergence;
    }
    finish(&problem, best, convergence)
}

fn first_round(
    problem: &mut Problem<'_>,
    starts: &[Vec<f64>],
) -> Result<Vec<Minimum>, EvidenceError> {
    let labs = problem.labs.len();
    let point = |theta: &Vec<f64>| {
        DVector::from_iterator(
            theta.len() + labs,
            theta.iter().copied().chain(std::iter::repeat_n(0.0, labs)),
        )
    };
    problem.dose_sd = dose_sd(problem.predictor, &problem.fitted(&point(&starts[0])))?;
    let problem = &*problem;
    starts.par_iter().map(|theta| minimise(problem, point(theta), STEPS)).collect()
}

/// The medians of the priors, and points around them that differ most where fits get stuck.
fn starts(priors: &[Prior]) -> Vec<Vec<f64>> {
    let median: Vec<f64> = priors.iter().map(|p| p.median.ln()).collect();
    let moved = |seed: f64, size: f64| -> Vec<f64> {
        let shift = |k: usize| 2.0 * ((k as f64 + 1.0) * seed).fract() - 1.0;
        let steps = priors.iter().enumerate();
        steps.map(|(k, p)| p.median.ln() + size * p.log_sd * shift(k)).collect()
    };
    vec![
        median,
        moved(0.618_033_988_749, 1.2),
        moved(0.754_877_666_247, 1.2),
        moved(0.569_840_290_998, 1.2),
    ]
}

/// Standard error of each row from the errors of its speeds and grades, on the scale of the fit.
pub(crate) fn dose_sd(predictor: &Predictor, fitted: &Fitted) -> Result<Vec<f64>, EvidenceError> {
    let scaled = |shift| -> Result<Vec<f64>, EvidenceError> {
        let values = predictor.predict(fitted, shift)?;
        let pairs = predictor.rows.iter().zip(values);
        Ok(pairs.map(|(row, value)| on_scale(row.quantity, value)).collect())
    };
    let half = |speed: f64, grade: f64| -> Result<Vec<f64>, EvidenceError> {
        let up = scaled(Shift { speed, grade })?;
        let down = scaled(Shift { speed: -speed, grade: -grade })?;
        Ok(up.iter().zip(down).map(|(a, b)| 0.5 * (a - b)).collect())
    };
    let (speed, grade) = (half(1.0, 0.0)?, half(0.0, 1.0)?);
    Ok(speed.iter().zip(grade).map(|(a, b)| (a * a + b * b).sqrt()).collect())
}

fn covariance_of(minimum: &Minimum) -> DMatrix<f64> {
    let mut curvature = minimum.curvature.clone();
    for k in 0..curvature.nrows() {
        curvature[(k, k)] += 1.0e-9;
    }
    let size = curvature.nrows();
    curvature.cholesky().map_or_else(|| DMatrix::zeros(size, size), |c| c.inverse())
}

/// Spreads under which the residuals at a point are as large as they should be.
fn spread_at(problem: &Problem<'_>, at: &Minimum) -> Result<Spread, EvidenceError> {
    let values = problem.predictor.predict(&problem.fitted(&at.x), Shift::default())?;
    let covariance = covariance_of(at);
    let count = problem.priors.len();
    let lab = |response: Response, low: f64, high: f64| {
        let mine = (0..problem.labs.len()).filter(|&k| problem.labs[k].1 == response);
        let squares: Vec<f64> = mine
            .map(|k| at.x[count + k] * at.x[count + k] + covariance[(count + k, count + k)])
            .collect();
        let mean = squares.iter().sum::<f64>() / squares.len().max(1) as f64;
        if squares.is_empty() { low } else { mean.sqrt().clamp(low, high) }
    };
    let rest = |is: &dyn Fn(Quantity) -> bool, low: f64, high: f64| {
        let rows = problem.predictor.rows.iter().enumerate().filter(|(_, r)| is(r.quantity));
        let rows: Vec<(f64, f64, f64)> = rows
            .map(|(k, row)| {
                let off = problem.off(k, values[k], problem.effect(k, &at.x));
                let known = sampling_sd(row).powi(2) + problem.dose_sd[k].powi(2);
                (off * off, known, problem.weight(k).powi(2))
            })
            .collect();
        rest_of(&rows, low, high)
    };
    use Quantity as Q;
    Ok(Spread {
        lab_strength: lab(Response::Strength, 0.12, 0.5),
        lab_soreness: lab(Response::Soreness, 0.2, 0.9),
        rest_strength: rest(&|q| q == Q::StrengthLoss, 2.0, 7.0),
        rest_soreness: rest(&|q| q == Q::Soreness, 0.4, 1.6),
        rest_ratio: rest(&|q| q.is_ratio(), 0.08, 0.25),
        rest_ck: rest(&|q| q.response() == Response::Ck && !q.is_ratio(), 0.3, 1.2),
        rest_peak_h: rest(&|q| q == Q::SorenessPeakHour, 4.0, 12.0),
        out_of_sample_strength: 1.0,
        out_of_sample_soreness: 1.0,
    })
}

/// The standard deviation that explains what sampling and dose don't; a row counts for no more
/// than two and a half of it.
fn rest_of(rows: &[(f64, f64, f64)], low: f64, high: f64) -> f64 {
    let excess = |sd: f64| {
        rows.iter()
            .map(|&(square, known, weight)| weight * ((square / (known + sd * sd)).min(6.25) - 1.0))
            .sum::<f64>()
    };
    let (mut a, mut b) = (low, high);
    for _ in 0..40 {
        let middle = 0.5 * (a + b);
        if excess(middle) > 0.0 { a = middle } else { b = middle }
    }
    0.5 * (a + b)
}

fn finish(
    problem: &Problem<'_>,
    best: Minimum,
    convergence: Vec<Convergence>,
) -> Result<Calibration, EvidenceError> {
    let count = problem.priors.len();
    let covariance = covariance_of(&best).view((0, 0), (count, count)).into_owned();
    let fitted = problem.fitted(&best.x);
    let effects = problem.labs.iter().enumerate().map(|(k, (lab, response))| {
        let kind = if *response == Response::Strength { "strength" } else { "soreness" };
        (format!("{lab} ({kind})"), best.x[count + k])
    });
    Ok(Calibration {
        everyday: problem.everyday.clone(),
        everyday_values: problem.everyday.values(&fitted.parameters)?,
        fitted,
        priors: problem.priors.to_vec(),
        theta: best.x.as_slice()[..count].to_vec(),
        covariance,
        spread: problem.spread,
        lab_effects: effects.collect(),
        convergence,
        rows: problem.predictor.rows.len(),
        tables_hash: String::new(),
    })
}
