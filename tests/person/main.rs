//! Learning a person: laws, agreement, calibration, learning curve.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod calibration;
mod laws;
mod learning;
mod simulate;
