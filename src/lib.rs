//! How sore and how weak a descent leaves the legs, and when it passes.
//!
//! ```text
//! samples → segments with grade → eccentric work → dose per muscle → state of the legs → forecast
//!  activity  (grade and its error)      load          (points)          damage     soreness  forecast
//!                                                                                      ↑
//!                                       ratings of one person → what is known of the person
//!                                                                      person
//! ```
//!
//! Each stage is a pure function of the one before. There is no clock, no randomness, no input or
//! output; without default features the crate is `no_std + alloc`.
//!
//! # From a recorded run to a forecast
//! ```
//! use eccentric::activity::{ElevationSource, Recording, Sample, clean};
//! use eccentric::damage::Habit;
//! use eccentric::forecast::{ForecastOptions, History};
//! use eccentric::load::{DoseModel, Runner};
//! use eccentric::params::Parameters;
//!
//! // Half an hour down a 16 % slope at 3 m/s, one sample a second.
//! let samples = (0..=1800).map(|second| {
//!     let distance_m = 2.96 * f64::from(second);
//!     Sample {
//!         time_s: f64::from(second),
//!         distance_m,
//!         elevation_m: Some(2000.0 - 0.16 * distance_m),
//!         cadence_steps_min: None,
//!     }
//! });
//! let recording = Recording {
//!     samples: samples.collect(),
//!     elevation_source: ElevationSource::Barometer,
//!     ..Recording::default()
//! };
//!
//! let p = Parameters::default();
//! let load = DoseModel::new(&p, &Runner::of_mass(70.0))?.load_of(&clean(&recording)?)?;
//! assert!((load.points_total - 100.0).abs() < 2.0);
//!
//! let history = History { habit: Habit::None, loads: vec![load] };
//! let outlook = history.outlook(history.loads[0].end(), &ForecastOptions::default(), &p)?;
//! let quadriceps = &outlook.forecast.muscles.quadriceps;
//! assert!(quadriceps.peak.soreness > 3.0 && quadriceps.strength_loss.point[0] > 0.14);
//! # Ok::<(), eccentric::Error>(())
//! ```
//!
//! # What to store
//! An app keeps one [`damage::LegState`] per athlete and advances it: [`damage::LegState::after`] a
//! run, [`damage::LegState::advanced_to`] a time, [`forecast::forecast`] from there. Replaying the
//! whole history with [`forecast::History`] gives the same numbers. [`Saved`] puts a schema and a
//! version around what is stored.
//!
//! # Conventions
//! SI units, the unit in the name; grade is rise over horizontal distance, negative downhill; soreness
//! is 0 to 10, loss of strength a fraction; bad input is an [`Error`] that names what, where and the
//! allowed range. Every constant with value, range, tier and source is in
//! [`params::Parameters::TABLE`]. This is a model, not medical advice.

#![cfg_attr(not(any(feature = "std", test)), no_std)]

extern crate alloc;

pub mod activity;
pub mod bounds;
pub mod damage;
mod error;
pub mod forecast;
pub mod load;
mod math;
pub mod params;
pub mod person;
pub mod plan;
#[cfg(feature = "serde")]
mod saved;
pub mod soreness;
mod units;

pub use error::{Error, Result};
#[cfg(feature = "serde")]
pub use saved::{Saved, Schema};
pub use units::{Muscle, PerMuscle, Timestamp};
