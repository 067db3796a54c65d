//! What the command and the bindings share, so that each of them is thin and all give the same numbers.
//!
//! ```text
//! bytes of a file ─ runs_of ─ Run (load and what to know of it)
//!                                └─ history::joined ─ one run at a time ─ outlook ─ json
//! ```
//!
//! Nothing here reads a disc, a clock or a time zone.

pub mod history;
pub mod json;
pub mod runs;
mod segments;
pub mod time;

pub use runs::{Failure, ReadRun, Run, RunOptions, Runs};
