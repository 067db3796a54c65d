//! Leave one lab out: every row is predicted by constants that have not seen its lab.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::calibrate::{Calibration, Options, fit};
use crate::error::EvidenceError;
use crate::interval::{Knowledge, Predicted, predictions};
use crate::predictor::{Predictor, Row};
use crate::quantity::Quantity;

/// Part of the rows that an 80 % interval should hold.
const COVERED: f64 = 0.8;

/// Predictions for all rows, each without its lab, and what each refit knows.
#[derive(Debug, Clone)]
pub struct OutOfSample {
    /// Predictions in the order of the rows.
    pub predicted: Vec<Predicted>,
    /// What is known without a lab, by lab.
    pub without: BTreeMap<String, Knowledge>,
}

/// Predicts every row by constants that have not seen its lab.
///
/// Each refit starts at the fit to all labs and keeps its spreads; its lab is left out of everything else, and
/// so are the everyday scenarios that rest on its tables.
///
/// # Errors
/// As [`fit`].
pub fn leave_one_lab_out(
    predictor: &Predictor,
    whole: &Calibration,
    fixed: &[(&'static str, f64)],
) -> Result<OutOfSample, EvidenceError> {
    let labs: BTreeSet<&str> = predictor.rows.iter().map(|r| r.lab.as_str()).collect();
    let labs: Vec<&str> = labs.into_iter().collect();
    let parts: Vec<(Knowledge, Vec<Predicted>)> = labs
        .par_iter()
        .map(|&lab| {
            let others = predictor.with_rows(|r| r.lab != lab);
            let options = Options {
                fixed: fixed.to_vec(),
                warm: Some((whole.theta.clone(), whole.spread)),
                everyday: Some(whole.everyday.without(lab)),
            };
            let known = Knowledge::from(&fit(&others, &options)?);
            let own = predictor.with_rows(|r| r.lab == lab);
            let told = predictions(&own, &known)?;
            Ok((known, told))
        })
        .collect::<Result<_, EvidenceError>>()?;
    let empty = Predicted { value: 0.0, sd: 0.0, lower80: 0.0, upper80: 0.0 };
    let mut predicted = vec![empty; predictor.rows.len()];
    let mut without = BTreeMap::new();
    for (lab, (known, told)) in labs.into_iter().zip(parts) {
        let places = (0..predictor.rows.len()).filter(|&k| predictor.rows[k].lab == lab);
        for (place, told) in places.zip(told) {
            predicted[place] = told;
        }
        without.insert(lab.to_owned(), known);
    }
    Ok(OutOfSample { predicted, without })
}

impl OutOfSample {
    /// Factor on the spreads with which the 80 % intervals hold 80 % of the rows of a quantity; the rows of one
    /// lab may stay out.
    pub(crate) fn factor(&self, predictor: &Predictor, quantity: Quantity, without: &str) -> f64 {
        let rows = predictor.rows.iter().zip(&self.predicted);
        let counted = rows.filter(|(row, _)| {
            let o = &row.observation;
            row.quantity == quantity && row.lab != without && !o.redundant && !o.upper_bound
        });
        let mut factors: Vec<f64> = counted.map(|(row, told)| told.factor_of(row)).collect();
        factors.sort_by(f64::total_cmp);
        let at = COVERED * factors.len().saturating_sub(1) as f64;
        let between = |low: f64, high: f64| low + at.fract() * (high - low);
        match factors.get(at as usize..) {
            Some([low, high, ..]) => between(*low, *high),
            Some([only]) => *only,
            _ => 1.0,
        }
    }

    /// The predictions with spreads that cover as they should, each lab's judged by the others.
    #[must_use]
    pub(crate) fn covering(&self, predictor: &Predictor) -> Self {
        let widened = |(row, told): (&Row, &Predicted)| match row.quantity {
            Quantity::StrengthLoss | Quantity::Soreness => {
                told.widened(row, self.factor(predictor, row.quantity, &row.lab))
            }
            _ => *told,
        };
        let predicted = predictor.rows.iter().zip(&self.predicted).map(widened).collect();
        Self { predicted, without: self.without.clone() }
    }
}
