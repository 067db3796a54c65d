//! Today's limit and the weeks before a race: hand-computed cases and laws.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../laws/generators.rs"]
#[allow(dead_code)]
mod generators;
mod today;
