#![cfg_attr(not(any(feature = "std", test)), no_std)]
//! eccentric

extern crate alloc;

pub mod activity;
pub mod bounds;
pub mod damage;
mod error;
pub mod forecast;
pub mod load;
mod math;
pub mod params;
pub mod soreness;
mod units;

pub use error::{Error, Result};
pub use units::{Muscle, PerMuscle, Timestamp};
