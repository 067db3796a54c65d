//! Stage 7: what to do: today's limit, the race on a course, the weeks before it, and what a forecast asks
//! for in words.

mod advice;
mod after;
mod along;
mod course;
mod descent;
mod guard;
mod pace;
mod race;
mod today;
mod whatif;

pub use advice::{Advice, EASY_DAYS, RED_FLAGS, advice};
pub use after::Return;
pub use along::Along;
pub use course::{Course, CoursePoint};
pub use descent::{Descent, Descents, Workout};
pub use guard::Tightest;
pub use pace::{Pace, PacePoint};
pub use race::{Race, RaceOptions, race};
pub use today::{Today, TodayOptions, today};
pub use whatif::{Outcome, WhatIf};
