//! Stage 7: what a course does to the legs.

mod after;
mod along;
mod course;
mod pace;
mod race;
mod whatif;

pub use after::Return;
pub use along::Along;
pub use course::{Course, CoursePoint};
pub use pace::{Pace, PacePoint};
pub use race::{Race, RaceOptions, race};
pub use whatif::{Outcome, WhatIf};
