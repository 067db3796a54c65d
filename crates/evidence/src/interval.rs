//! A prediction for the mean of a study with its interval.

use eccentric::soreness::{drive_of, soreness_of};
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use crate::calibrate::{Calibration, dose_sd};
use crate::error::EvidenceError;
use crate::noise::{Spread, off_scale, on_scale, sampling_sd};
use crate::plan::Shift;
use crate::predictor::{Fitted, Predictor, Row};
use crate::priors::{Prior, get, set};
use crate::quantity::Quantity;

/// Normal quantile of the upper end of the central 80 %.
const Z80: f64 = 1.281_551_565_545;
/// Step of the numeric derivatives, on the logarithm.
const STEP: f64 = 1.0e-3;

/// The constants and how well they are known.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// The constants.
    pub fitted: Fitted,
    /// The fitted ones, in the order of the covariance.
    pub priors: Vec<Prior>,
    /// Covariance of their logarithms.
    pub covariance: DMatrix<f64>,
    /// Spreads between labs and within.
    pub spread: Spread,
}

impl From<&Calibration> for Knowledge {
    fn from(c: &Calibration) -> Self {
        Self {
            fitted: c.fitted,
            priors: c.priors.clone(),
            covariance: c.covariance.clone(),
            spread: c.spread,
        }
    }
}

/// A prediction with the central 80 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Predicted {
    /// The prediction, in the unit of the row.
    pub value: f64,
    /// Its standard error, on the scale of the fit.
    pub sd: f64,
    /// Lower end.
    pub lower80: f64,
    /// Upper end.
    pub upper80: f64,
}

/// Predictions for all rows of a predictor, for studies that the constants have not seen.
///
/// # Errors
/// [`EvidenceError::Model`] if the model refuses an arm.
pub fn predictions(
    predictor: &Predictor,
    known: &Knowledge,
) -> Result<Vec<Predicted>, EvidenceError> {
    let values = predictor.predict(&known.fitted, Shift::default())?;
    let dose = dose_sd(predictor, &known.fitted)?;
    let open = parameter_sd(predictor, known)?;
    let all = predictor.rows.iter().enumerate();
    Ok(all
        .map(|(k, row)| {
            let lab = lab_sd(row.quantity, values[k], &known.spread);
            let parts = [dose[k], open[k], lab, known.spread.rest(row.quantity), sampling_sd(row)];
            let sd = parts.iter().map(|p| p * p).sum::<f64>().sqrt();
            Predicted::around(row, values[k], known.spread.out_of_sample(row.quantity) * sd)
        })
        .collect())
}

impl Predicted {
    fn around(row: &Row, value: f64, sd: f64) -> Self {
        let middle = on_scale(row.quantity, value);
        let end = |half: f64| {
            let value = off_scale(row.quantity, middle + half);
            match row.quantity {
                Quantity::Soreness => value.clamp(0.0, 10.0),
                Quantity::StrengthLoss => value.min(100.0),
                _ => value.max(0.0),
            }
        };
        Self { value, sd, lower80: end(-Z80 * sd), upper80: end(Z80 * sd) }
    }

    /// The same with another spread.
    pub(crate) fn widened(&self, row: &Row, factor: f64) -> Self {
        Self::around(row, self.value, factor * self.sd)
    }

    /// Factor on the spread with which the 80 % interval would just hold the row.
    pub(crate) fn factor_of(&self, row: &Row) -> f64 {
        let off = on_scale(row.quantity, row.observation.mean) - on_scale(row.quantity, self.value);
        off.abs() / (Z80 * self.sd)
    }
}

/// Spread of a lab's effect on the scale of the row.
fn lab_sd(quantity: Quantity, value: f64, spread: &Spread) -> f64 {
    let log_sd = spread.lab(quantity);
    match quantity {
        Quantity::StrengthLoss => log_sd * value,
        Quantity::Soreness => {
            let drive = drive_of(value.clamp(0.0, 9.9));
            0.5 * (soreness_of(drive * log_sd.exp()) - soreness_of(drive * (-log_sd).exp()))
        }
        _ => 0.0,
    }
}

/// Standard error of each prediction from the covariance of the constants.
fn parameter_sd(predictor: &Predictor, known: &Knowledge) -> Result<Vec<f64>, EvidenceError> {
    let count = known.priors.len();
    let theta: Vec<f64> =
        known.priors.iter().map(|p| get(&known.fitted, p.name).max(1e-9).ln()).collect();
    let scaled = |theta: &[f64]| -> Result<Vec<f64>, EvidenceError> {
        let fitted = set(&known.fitted, &known.priors, theta);
        let values = predictor.predict(&fitted, Shift::default())?;
        Ok(predictor.rows.iter().zip(values).map(|(r, v)| on_scale(r.quantity, v)).collect())
    };
    let columns: Vec<Vec<f64>> = (0..count)
        .into_par_iter()
        .map(|k| {
            let mut up = theta.clone();
            up[k] += STEP;
            let mut down = theta.clone();
            down[k] -= STEP;
            let (up, down) = (scaled(&up)?, scaled(&down)?);
            Ok(up.iter().zip(down).map(|(a, b)| (a - b) / (2.0 * STEP)).collect())
        })
        .collect::<Result<_, EvidenceError>>()?;
    let rows = 0..predictor.rows.len();
    Ok(rows
        .map(|row| {
            let slope = DVector::from_iterator(count, columns.iter().map(|c| c[row]));
            slope.dot(&(&known.covariance * &slope)).max(0.0).sqrt()
        })
        .collect())
}
