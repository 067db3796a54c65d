//! Every constant of the model in one table: value, unit, plausible range, tier and source.

mod calibrated;
pub mod fixed;
mod table;

pub use table::{Constant, Parameters, Tier};
