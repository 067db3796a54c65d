//! Stage 7: what to do: today's limit, the race on a course, the weeks before it, and what a forecast asks
//! for in words.

mod advice;
mod after;
mod along;
mod calendar;
mod course;
mod descent;
#[cfg(test)]
mod gap;
mod guard;
mod pace;
mod race;
mod review;
mod rules;
mod schedule;
mod search;
mod today;
mod trial;
mod walker;
mod whatif;

pub use advice::{Advice, EASY_DAYS, RED_FLAGS, advice};
pub use after::Return;
pub use along::Along;
pub use calendar::{Day, habit_week, usual_week};
pub use course::{Course, CoursePoint};
pub use descent::{Descent, Descents, Workout};
pub use guard::Tightest;
pub use pace::{Pace, PacePoint};
pub use race::{Race, RaceOptions, race};
pub use review::{Kept, Planned, Reviewed, review};
pub use rules::Rule;
pub use schedule::{DoneDescent, Plan, PlanOptions, Schedule, Session, plan};
pub use today::{Today, TodayOptions, today};
pub use trial::DayState;
pub use whatif::{Outcome, WhatIf};
