//! Stage 7: what to do: today's limit, the weeks before a race, and what a forecast asks for in words.

mod advice;
mod descent;
mod guard;
mod today;

pub use advice::{Advice, EASY_DAYS, RED_FLAGS, advice};
pub use descent::{Descent, Descents, Workout};
pub use guard::Tightest;
pub use today::{Today, TodayOptions, today};
