//! The file of a calibration, the constants as Rust source, and the check that both agree.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use eccentric::params::Parameters;
use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

use crate::calibrate::Calibration;
use crate::error::EvidenceError;
use crate::interval::Knowledge;
use crate::lm::Convergence;
use crate::noise::Spread;
use crate::predictor::Fitted;
use crate::priors::{PRIORS, Prior, get};

/// Name of the form.
const SCHEMA: &str = "eccentric.calibration";

/// A calibration as it is stored: `parameters.json` beside the tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalibrationFile {
    /// `eccentric.calibration`.
    pub schema: String,
    /// 1.
    pub version: u32,
    /// Every calibrated constant by name, rounded as in the crate.
    pub values: BTreeMap<String, f64>,
    /// Standard deviation of their logarithms; none for what an ablation decided.
    pub log_sd: BTreeMap<String, f64>,
    /// Names in the order of the covariance.
    pub covariance_names: Vec<String>,
    /// Covariance of the logarithms.
    pub covariance: Vec<Vec<f64>>,
    /// Spreads between labs and within.
    pub spread: Spread,
    /// How much more strongly each lab's groups responded, on the logarithm.
    pub lab_effects: BTreeMap<String, f64>,
    /// Where all this comes from.
    pub provenance: Provenance,
}

/// Where a calibration comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Hash of the four tables.
    pub tables: String,
    /// Version of the crate that fitted.
    pub code: String,
    /// Rows that entered.
    pub rows: usize,
    /// Median and standard deviation of the logarithm of each prior, with its reason.
    pub priors: BTreeMap<String, (f64, f64, String)>,
    /// Lower end, upper end, tolerance beyond them and value of each everyday scenario.
    pub everyday: BTreeMap<String, (f64, f64, f64, f64)>,
    /// Whether the fit that was kept came to rest.
    pub converged: bool,
    /// Its cost, and that of the fits from the other starts before the spreads were estimated.
    pub costs: Vec<f64>,
}

/// Five digits: what the tables can tell and what a reader can copy.
fn rounded(value: f64) -> f64 {
    format!("{value:.4e}").parse().unwrap_or(value)
}

impl CalibrationFile {
    /// Of a calibration.
    pub fn of(c: &Calibration) -> Self {
        let fitted = c.priors.iter().map(|p| p.name);
        let mut values: BTreeMap<String, f64> =
            fitted.map(|name| (name.to_owned(), rounded(get(&c.fitted, name)))).collect();
        values.insert("evidence_log_sd".to_owned(), rounded(evidence_log_sd(&c.spread)));
        let sd = |k: usize| rounded(c.covariance[(k, k)].max(0.0).sqrt());
        let names = || c.priors.iter().map(|p| p.name.to_owned());
        let size = c.priors.len();
        let row = |i: usize| (0..size).map(|j| rounded(c.covariance[(i, j)])).collect();
        Self {
            schema: SCHEMA.to_owned(),
            version: 1,
            values,
            log_sd: names().enumerate().map(|(k, name)| (name, sd(k))).collect(),
            covariance_names: names().collect(),
            covariance: (0..size).map(row).collect(),
            spread: Spread {
                out_of_sample_strength: rounded(c.spread.out_of_sample_strength),
                out_of_sample_soreness: rounded(c.spread.out_of_sample_soreness),
                ..c.spread
            },
            lab_effects: c.lab_effects.iter().map(|(k, v)| (k.clone(), rounded(*v))).collect(),
            provenance: provenance(c),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`EvidenceError::Io`] or [`EvidenceError::ParameterFile`].
    pub fn read(path: &Path) -> Result<Self, EvidenceError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| EvidenceError::Io { file: path.to_owned(), source })?;
        Self::parse(&text)
    }

    /// Reads text.
    ///
    /// # Errors
    /// [`EvidenceError::ParameterFile`] that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, EvidenceError> {
        let wrong = |what: String| EvidenceError::ParameterFile { what };
        let file: Self = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
        if file.schema != SCHEMA || file.version != 1 {
            return Err(wrong(format!("{} version {} is not known", file.schema, file.version)));
        }
        let size = file.covariance_names.len();
        if file.covariance.len() != size || file.covariance.iter().any(|r| r.len() != size) {
            return Err(wrong("the covariance is not square".to_owned()));
        }
        Ok(file)
    }

    /// The calibration that this release was built with.
    ///
    /// # Errors
    /// [`EvidenceError::ParameterFile`] if it does not parse, which a test rules out.
    pub fn published() -> Result<Self, EvidenceError> {
        Self::parse(include_str!("../tables/parameters.json"))
    }

    /// As JSON, ending with a line break.
    ///
    /// # Errors
    /// [`EvidenceError::ParameterFile`] if a number is not finite.
    pub fn to_json(&self) -> Result<String, EvidenceError> {
        let text = serde_json::to_string_pretty(self);
        text.map(|t| t + "\n").map_err(|e| EvidenceError::ParameterFile { what: e.to_string() })
    }

    /// What predictions with intervals need.
    pub fn knowledge(&self) -> Knowledge {
        let mut fitted = Fitted::new(Parameters::default());
        for (name, &value) in &self.values {
            if name == "ck_gain" {
                fitted.ck_gain = value;
            } else if let Some(slot) = fitted.parameters.get_mut(name) {
                *slot = value;
            }
        }
        let known = |name: &String| PRIORS.iter().position(|p| p.name == name);
        let kept: Vec<(usize, Prior)> = self
            .covariance_names
            .iter()
            .enumerate()
            .filter_map(|(k, name)| known(name).map(|p| (k, PRIORS[p])))
            .collect();
        let size = kept.len();
        let covariance = DMatrix::from_fn(size, size, |i, j| self.covariance[kept[i].0][kept[j].0]);
        let priors = kept.iter().map(|k| k.1).collect();
        Knowledge { fitted, priors, covariance, spread: self.spread }
    }

    /// The constants as the source file `src/params/calibrated.rs` of the model.
    pub fn to_rust(&self) -> String {
        let mut text = String::from(
            "//! Constants fitted to the evidence tables. Written by `eccentric evidence calibrate`; do not\n\
             //! edit by hand. Uncertainty, priors and provenance are in `crates/evidence/tables/parameters.json`.\n\n",
        );
        let in_model = |name: &str| Parameters::default().get(name).is_some();
        for (name, value) in self.values.iter().filter(|v| in_model(v.0)) {
            // Writing to a string can't fail.
            let _ = writeln!(text, "pub(super) const {}: f64 = {value:?};", name.to_uppercase());
        }
        text
    }

    /// Calibrated constants that the crate's defaults don't share: name, default, calibrated.
    pub fn disagreements(&self) -> Vec<(String, f64, f64)> {
        let defaults = Parameters::default();
        let off = |(name, &value): (&String, &f64)| {
            let default = defaults.get(name)?;
            ((default - value).abs() > 1e-9 * value.abs()).then(|| (name.clone(), default, value))
        };
        self.values.iter().filter_map(off).collect()
    }

    /// Where two calibrations differ by more than a relative tolerance, for a check that the file is
    /// what the command gives. Platforms may differ in the last digits of a fit.
    pub fn differences(&self, other: &Self, tolerance: f64) -> Vec<String> {
        let mut found = Vec::new();
        for (name, &value) in &self.values {
            let theirs = other.values.get(name).copied().unwrap_or(f64::NAN);
            let off = (theirs - value).abs() > tolerance * value.abs();
            if off || theirs.is_nan() {
                found.push(format!("{name}: {value} against {theirs}"));
            }
        }
        if self.provenance.tables != other.provenance.tables {
            found.push("the tables differ".to_owned());
        }
        found
    }
}

/// What the evidence leaves open about the mean response of a group of people: the labs' spread of
/// both responses as one.
fn evidence_log_sd(spread: &Spread) -> f64 {
    let mean = spread.lab_strength.powi(2) + spread.lab_soreness.powi(2);
    (0.5 * mean).sqrt()
}

fn provenance(c: &Calibration) -> Provenance {
    let prior = |p: &Prior| (p.name.to_owned(), (p.median, p.log_sd, p.reason.to_owned()));
    let expected = c.everyday.scenarios.iter().zip(&c.everyday_values);
    let cost = |c: &Convergence| rounded(c.cost);
    Provenance {
        tables: c.tables_hash.clone(),
        code: env!("CARGO_PKG_VERSION").to_owned(),
        rows: c.rows,
        priors: c.priors.iter().map(prior).collect(),
        everyday: expected
            .map(|(s, v)| (s.id.clone(), (s.low, s.high, s.sd, rounded(*v))))
            .collect(),
        converged: c.convergence.first().is_some_and(|c| c.converged),
        costs: c.convergence.iter().map(cost).collect(),
    }
}
