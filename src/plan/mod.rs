//! Stage 7: what to do: today's limit, the weeks before a race, and what a forecast asks for in words.

mod advice;
mod calendar;
mod descent;
mod guard;
mod persons;
mod rules;
mod schedule;
mod search;
mod today;
mod trial;
mod walker;

pub use advice::{Advice, EASY_DAYS, RED_FLAGS, advice};
pub use calendar::{Day, usual_week};
pub use descent::{Descent, Descents, Workout};
pub use guard::Tightest;
pub use rules::Rule;
pub use schedule::{DoneDescent, Plan, PlanOptions, Schedule, Session, plan};
pub use today::{Today, TodayOptions, today};
