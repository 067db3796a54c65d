//! How far a study's mean may lie from a prediction, and on which scale.

use serde::{Deserialize, Serialize};

use crate::predictor::Row;
use crate::quantity::Quantity;

/// Standard deviations that the tables themselves reveal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Of a lab's loss of strength, on the logarithm.
    pub lab_strength: f64,
    /// Of a lab's soreness, on the logarithm of the drive.
    pub lab_soreness: f64,
    /// What is left of a loss of strength, in points of percent.
    pub rest_strength: f64,
    /// What is left of soreness, in points of ten.
    pub rest_soreness: f64,
    /// What is left of a ratio.
    pub rest_ratio: f64,
    /// What is left of creatine kinase, on the logarithm; labs included.
    pub rest_ck: f64,
    /// What is left of the hour of the peak, in hours.
    pub rest_peak_h: f64,
    /// Factor on the whole spread of a loss of strength with which 80 % intervals hold 80 % of the rows of
    /// laboratories that were left out.
    pub out_of_sample_strength: f64,
    /// The same for soreness.
    pub out_of_sample_soreness: f64,
}

impl Default for Spread {
    /// Where the estimation starts.
    fn default() -> Self {
        Self {
            lab_strength: 0.25,
            lab_soreness: 0.40,
            rest_strength: 3.5,
            rest_soreness: 0.8,
            rest_ratio: 0.12,
            rest_ck: 0.6,
            rest_peak_h: 7.0,
            out_of_sample_strength: 1.0,
            out_of_sample_soreness: 1.0,
        }
    }
}

impl Spread {
    /// What is left of a quantity.
    pub fn rest(&self, quantity: Quantity) -> f64 {
        match quantity {
            Quantity::StrengthLoss => self.rest_strength,
            Quantity::Soreness => self.rest_soreness,
            Quantity::SorenessPeakHour => self.rest_peak_h,
            Quantity::CkLevel | Quantity::CkRisePercent | Quantity::CkRise => self.rest_ck,
            Quantity::StrengthRatio | Quantity::SorenessRatio | Quantity::CkRatio => {
                self.rest_ratio
            }
        }
    }

    /// Factor on the whole spread of a quantity.
    pub fn out_of_sample(&self, quantity: Quantity) -> f64 {
        match quantity {
            Quantity::StrengthLoss => self.out_of_sample_strength,
            Quantity::Soreness => self.out_of_sample_soreness,
            _ => 1.0,
        }
    }

    /// Spread of a lab's effect on a quantity.
    pub fn lab(&self, quantity: Quantity) -> f64 {
        match quantity {
            Quantity::StrengthLoss => self.lab_strength,
            Quantity::Soreness => self.lab_soreness,
            _ => 0.0,
        }
    }
}

/// People in a group whose size is not printed.
const USUAL_N: f64 = 10.0;

/// Spread between people where none is printed, in the unit of the row or on the logarithm.
fn usual_sd(quantity: Quantity) -> f64 {
    match quantity {
        Quantity::StrengthLoss => 9.0,
        Quantity::Soreness => 1.9,
        Quantity::SorenessPeakHour => 10.0,
        Quantity::CkLevel | Quantity::CkRisePercent | Quantity::CkRise => 0.65,
        Quantity::StrengthRatio | Quantity::SorenessRatio | Quantity::CkRatio => 0.3,
    }
}

/// Standard error of a row's mean from the people in it, on the scale of the fit.
pub fn sampling_sd(row: &Row) -> f64 {
    let n = row.n.unwrap_or(USUAL_N).max(2.0);
    let mean = row.observation.mean;
    let sd = match (row.quantity, row.observation.sd) {
        (Quantity::StrengthLoss | Quantity::Soreness, Some(sd)) => sd,
        (Quantity::CkLevel | Quantity::CkRise, Some(sd)) if mean > 0.0 => {
            // Of a log-normal with this mean and standard deviation.
            (1.0 + (sd / mean) * (sd / mean)).ln().sqrt()
        }
        _ => usual_sd(row.quantity),
    };
    sd / n.sqrt()
}

/// Standard error of a group's mean where no spread is printed.
pub(crate) fn usual_error(quantity: Quantity, n: Option<f64>) -> f64 {
    usual_sd(quantity) / n.unwrap_or(USUAL_N).max(2.0).sqrt()
}

/// The scale on which a quantity is compared: creatine kinase by its logarithm, the rest as it is.
pub(crate) fn on_scale(quantity: Quantity, value: f64) -> f64 {
    match quantity {
        Quantity::CkLevel | Quantity::CkRisePercent | Quantity::CkRise => value.max(1.0).ln(),
        _ => value,
    }
}

/// And back.
pub(crate) fn off_scale(quantity: Quantity, value: f64) -> f64 {
    match quantity {
        Quantity::CkLevel | Quantity::CkRisePercent | Quantity::CkRise => value.exp(),
        _ => value,
    }
}

/// Weight of a row: how it was printed and how well its dose is known.
pub(crate) fn weight(row: &Row) -> f64 {
    let tier = match row.observation.tier {
        'A' => 1.0,
        'B' => 0.85,
        _ => 0.6,
    };
    let dose = match row.dose_quality.as_str() {
        "good" => 1.0,
        "fair" => 0.85,
        _ => 0.65,
    };
    tier * dose
}
