//! Leave one lab out: every row is predicted by constants that have not seen its lab.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::calibrate::{Calibration, Options, fit};
use crate::error::EvidenceError;
use crate::interval::{Knowledge, Predicted, predictions};
use crate::predictor::Predictor;

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
/// Each refit starts at the fit to all labs and keeps its spreads; its lab is left out of
/// everything else.
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
            let options =
                Options { fixed: fixed.to_vec(), warm: Some((whole.theta.clone(), whole.spread)) };
            let known = Knowledge::from(&fit(&others, &options)?);
            let own = predictor.with_rows(|r| r.lab == lab);
            let told = predictions(&own, &known)?;
            Ok((known, told))
        })
        .collect::<Result<_, EvidenceError>>()?;
    let empty = Predicted { value: 0.0, lower80: 0.0, upper80: 0.0 };
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
