#![cfg_attr(not(any(feature = "std", test)), no_std)]
//! eccentric

extern crate alloc;

pub mod activity;
pub mod bounds;
mod error;
mod math;
mod units;

pub use error::{Error, Result};
pub use units::{Muscle, PerMuscle, Timestamp};
