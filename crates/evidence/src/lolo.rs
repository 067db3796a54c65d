//! Leave one lab out: every row is predicted by constants that have not seen its lab.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::calibrate::{Calibration, Options, fit};
use crate::error::EvidenceError;
use crate::interval::{Knowledge, Predicted, predictions};
use crate::predictor::Predictor;

/// Predictions for all rows, each without its lab, in the order of the rows.
///
/// Each refit starts at the fit to all labs and keeps its spreads for the residuals; its lab is
/// left out of everything else. `extra` rows are for training only.
///
/// # Errors
/// As [`fit`].
pub fn leave_one_lab_out(
    predictor: &Predictor,
    whole: &Calibration,
    fixed: &[(&'static str, f64)],
) -> Result<Vec<Predicted>, EvidenceError> {
    let labs: BTreeSet<&str> = predictor.rows.iter().map(|r| r.lab.as_str()).collect();
    let labs: Vec<&str> = labs.into_iter().collect();
    let parts: Vec<Vec<(usize, Predicted)>> = labs
        .par_iter()
        .map(|&lab| {
            let others = predictor.with_rows(|r| r.lab != lab);
            let options =
                Options { fixed: fixed.to_vec(), warm: Some((whole.theta.clone(), whole.spread)) };
            let without = fit(&others, &options)?;
            let own = predictor.with_rows(|r| r.lab == lab);
            let told = predictions(&own, &Knowledge::from(&without))?;
            let places = (0..predictor.rows.len()).filter(|&k| predictor.rows[k].lab == lab);
            Ok(places.zip(told).collect())
        })
        .collect::<Result<_, EvidenceError>>()?;
    let empty = Predicted { value: 0.0, lower80: 0.0, upper80: 0.0 };
    let mut all = vec![empty; predictor.rows.len()];
    for (place, told) in parts.into_iter().flatten() {
        all[place] = told;
    }
    Ok(all)
}
