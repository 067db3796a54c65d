//! Calibrates the model on published outcomes and scores it out of sample.
//!
//! ```text
//! folder → tables → plans (arms as the model runs them) → predictor (one value per row)
//!                       → calibrate → parameters.json       → score → eccentric.score
//!                       → validate (leave one lab out, baselines, ablations) → docs/validation.md
//! ```
//!
//! Everything goes through the public interface of `eccentric`; nothing is known about a study but
//! what its rows say.

mod ablations;
mod baselines;
mod calibrate;
mod cells;
mod error;
mod everyday;
mod everyday_rules;
mod figures;
mod file;
mod interval;
mod lm;
mod lolo;
mod markdown;
mod noise;
mod orderings;
mod plan;
mod predictor;
mod priors;
mod problem;
mod quantity;
mod reasons;
mod score;
mod tables;
mod validate;
mod write;

pub use ablations::Ablation;
pub use baselines::Baseline;
pub use calibrate::{Calibration, Options, calibrate, fit};
pub use error::EvidenceError;
pub use everyday::{Asked, Everyday, Scenario, Where};
pub use everyday_rules::{RuleScore, rule_scores};
pub use file::{CalibrationFile, Provenance};
pub use interval::{Knowledge, Predicted, predictions};
pub use lm::Convergence;
pub use lolo::{OutOfSample, leave_one_lab_out};
pub use markdown::document;
pub use noise::Spread;
pub use orderings::{Side, Verdict, compare};
pub use plan::{Bout, BoutRun, Plan, Shift, habit_of, plans, simulate};
pub use predictor::{Fitted, LeftOut, Predictor, Row, Simulated};
pub use priors::{PRIORS, Prior};
pub use quantity::{Course, Quantity, Target, When};
pub use score::{BaselineScore, MeasureScore, OrderingScore, ScoreReport, ScoredRow, score};
pub use tables::{BoutSegment, Comparison, Observation, Study, Tables, TimeKind};
pub use validate::{Against, Errors, Validation, validate};
pub use write::write_validation;
