//! Today's limit and the weeks before a race: hand-computed cases, laws and simulated runners.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../laws/generators.rs"]
#[allow(dead_code)]
mod generators;
mod runners;
mod schedule;
#[path = "../person/simulate.rs"]
#[allow(dead_code)]
mod simulate;
mod today;
