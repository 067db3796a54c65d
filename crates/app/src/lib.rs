//! What the command and the bindings share, so that each of them is thin and all give the same numbers.
//!
//! ```text
//! bytes of a file ─ runs_of ─ Run (load and what to know of it)
//!                                └─ history::joined ─ one run at a time ─ athlete ┬─ outlook ─┐
//!                                                     bytes of a course ─ race ───┼─ plan ────┼─ json, figure
//!                                                                                 └─ today ───┘
//! ```
//!
//! Nothing here reads a disc or a clock; a time zone is passed in where days matter.

pub mod athlete;
pub mod days;
pub mod figure;
pub mod history;
#[cfg(feature = "ics")]
pub mod ics;
pub mod json;
pub mod plan;
pub mod plan_figure;
pub mod plan_json;
pub mod race;
pub mod race_figure;
pub mod race_json;
pub mod runs;
mod segments;
pub mod time;
pub mod today;

pub use runs::{Failure, ReadRun, Run, RunOptions, Runs};
