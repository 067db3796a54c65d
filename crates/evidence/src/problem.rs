//! The posterior of the fitted constants and of the labs' effects as a sum of squares.

use std::collections::BTreeSet;

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use crate::error::EvidenceError;
use crate::everyday::Everyday;
use crate::lm::LeastSquares;
use crate::noise::{Spread, on_scale, sampling_sd, weight};
use crate::plan::Shift;
use crate::predictor::{Fitted, Predictor, Row, with_lab_effect};
use crate::priors::{Prior, range, set};
use crate::quantity::{Quantity, Response};

/// Where the pseudo-Huber loss turns from square to straight, in standard deviations.
const ROBUST_AT: f64 = 1.5;
/// Rows of one arm and measure count for at most this many independent ones.
const MOST_PER_ARM: f64 = 8.0;
/// Step of the numeric derivatives, on the logarithm.
const DERIVATIVE_STEP: f64 = 2.0e-4;

/// Fitted constants first, then one effect per lab and response.
pub(crate) struct Problem<'a> {
    pub predictor: &'a Predictor,
    pub everyday: &'a Everyday,
    pub priors: &'a [Prior],
    pub base: Fitted,
    pub spread: Spread,
    /// Standard error of each row from its dose, on the scale of the fit.
    pub dose_sd: Vec<f64>,
    /// Labs with rows on strength or soreness.
    pub labs: Vec<(String, Response)>,
    lab_of_row: Vec<Option<usize>>,
    weights: Vec<f64>,
}

/// What the costly part of the model gives: rows, then everyday scenarios.
struct Given {
    rows: Vec<f64>,
    everyday: Vec<f64>,
}

impl<'a> Problem<'a> {
    pub(crate) fn new(
        predictor: &'a Predictor,
        everyday: &'a Everyday,
        priors: &'a [Prior],
        base: Fitted,
    ) -> Self {
        let labs: Vec<(String, Response)> = predictor
            .rows
            .iter()
            .filter(|row| has_lab_effect(row.quantity))
            .map(|row| (row.lab.clone(), row.quantity.response()))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let lab_of_row = predictor.rows.iter().map(|row| {
            let mut all = labs.iter();
            let mine = |l: &(String, Response)| l.0 == row.lab && l.1 == row.quantity.response();
            if has_lab_effect(row.quantity) { all.position(mine) } else { None }
        });
        Self {
            lab_of_row: lab_of_row.collect(),
            weights: predictor.rows.iter().map(|row| row_weight(row, &predictor.rows)).collect(),
            dose_sd: vec![0.0; predictor.rows.len()],
            spread: Spread::default(),
            labs,
            predictor,
            everyday,
            priors,
            base,
        }
    }

    /// The constants of a point.
    pub(crate) fn fitted(&self, x: &DVector<f64>) -> Fitted {
        set(&self.base, self.priors, &x.as_slice()[..self.priors.len()])
    }

    /// Effect of a row's lab at a point.
    pub(crate) fn effect(&self, row: usize, x: &DVector<f64>) -> f64 {
        self.lab_of_row[row].map_or(0.0, |lab| x[self.priors.len() + lab])
    }

    /// Weight of a row.
    pub(crate) fn weight(&self, row: usize) -> f64 {
        self.weights[row]
    }

    fn given(&self, x: &DVector<f64>) -> Result<Given, EvidenceError> {
        let fitted = self.fitted(x);
        Ok(Given {
            rows: self.predictor.predict(&fitted, Shift::default())?,
            everyday: self.everyday.values(&fitted.parameters)?,
        })
    }

    /// Difference of prediction and observation on the scale of the fit.
    pub(crate) fn off(&self, row: usize, predicted: f64, effect: f64) -> f64 {
        let r = &self.predictor.rows[row];
        let predicted = on_scale(r.quantity, with_lab_effect(r.quantity, predicted, effect));
        let off = predicted - on_scale(r.quantity, r.observation.mean);
        if r.observation.upper_bound { off.max(0.0) } else { off }
    }

    fn row_residual(&self, row: usize, predicted: f64, effect: f64) -> f64 {
        let r = &self.predictor.rows[row];
        let rest = self.spread.rest(r.quantity);
        let sampling = sampling_sd(r);
        let dose = self.dose_sd[row];
        let sd = (rest * rest + sampling * sampling + dose * dose).sqrt();
        self.weights[row] * robust(self.off(row, predicted, effect) / sd)
    }

    fn assemble(&self, given: &Given, x: &DVector<f64>) -> DVector<f64> {
        let rows =
            (0..given.rows.len()).map(|k| self.row_residual(k, given.rows[k], self.effect(k, x)));
        let known = self.priors.iter().zip(x.iter());
        let known = known.map(|(prior, log)| (log - prior.median.ln()) / prior.log_sd);
        let count = self.priors.len();
        let labs = self.labs.iter().enumerate().map(|(k, lab)| {
            let sd = match lab.1 {
                Response::Strength => self.spread.lab_strength,
                _ => self.spread.lab_soreness,
            };
            x[count + k] / sd
        });
        let all: Vec<f64> =
            rows.chain(self.everyday.residuals(&given.everyday)).chain(known).chain(labs).collect();
        DVector::from_vec(all)
    }
}

impl LeastSquares for Problem<'_> {
    fn residuals(&self, x: &DVector<f64>) -> Result<DVector<f64>, EvidenceError> {
        Ok(self.assemble(&self.given(x)?, x))
    }

    fn linearise(&self, x: &DVector<f64>) -> Result<(DVector<f64>, DMatrix<f64>), EvidenceError> {
        let given = self.given(x)?;
        let at = self.assemble(&given, x);
        let columns: Vec<DVector<f64>> = (0..x.len())
            .into_par_iter()
            .map(|k| {
                let mut moved = x.clone();
                // Away from the end of a range, so that the derivative does not vanish there.
                let up = k >= self.priors.len() || x[k] + DERIVATIVE_STEP <= self.log_range(k).1;
                let step = if up { DERIVATIVE_STEP } else { -DERIVATIVE_STEP };
                moved[k] += step;
                let moved = if k < self.priors.len() {
                    self.residuals(&moved)?
                } else {
                    self.assemble(&given, &moved)
                };
                Ok((moved - &at) / step)
            })
            .collect::<Result<_, EvidenceError>>()?;
        let jacobian = DMatrix::from_columns(&columns);
        Ok((at, jacobian))
    }

    fn project(&self, x: &mut DVector<f64>) {
        for k in 0..self.priors.len() {
            let (low, high) = self.log_range(k);
            x[k] = x[k].clamp(low, high);
        }
    }
}

impl Problem<'_> {
    fn log_range(&self, k: usize) -> (f64, f64) {
        let (low, high) = range(self.priors[k].name);
        (low.ln(), high.ln())
    }
}

fn has_lab_effect(quantity: Quantity) -> bool {
    matches!(quantity, Quantity::StrengthLoss | Quantity::Soreness)
}

fn row_weight(row: &Row, rows: &[Row]) -> f64 {
    let same = |r: &&Row| r.plan == row.plan && r.quantity == row.quantity;
    let count = rows.iter().filter(same).count() as f64;
    weight(row) * (MOST_PER_ARM / count).min(1.0).sqrt()
}

/// Half of its square is the pseudo-Huber loss.
fn robust(z: f64) -> f64 {
    let scaled = z / ROBUST_AT;
    z.signum() * ROBUST_AT * (2.0 * ((1.0 + scaled * scaled).sqrt() - 1.0)).sqrt()
}

/// Rows that enter the fit. What is derived from other rows stays out, except ratios of creatine
/// kinase, which replace the second bout's own rows: they are free of the unknown level at rest.
pub(crate) fn fit_rows(predictor: &Predictor) -> Predictor {
    let has_ratio: BTreeSet<(usize, usize)> = predictor
        .rows
        .iter()
        .filter(|r| r.quantity == Quantity::CkRatio)
        .map(|r| (r.plan, r.bout))
        .collect();
    predictor.with_rows(|row| {
        let ck = row.quantity.response() == Response::Ck;
        match row.quantity {
            Quantity::CkRatio => true,
            _ if ck && has_ratio.contains(&(row.plan, row.bout)) => false,
            _ => !row.observation.redundant,
        }
    })
}
