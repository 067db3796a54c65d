//! Stage 7: what to do: today's limit, the weeks before a race, and what a forecast asks for in words.

mod advice;

pub use advice::{Advice, EASY_DAYS, RED_FLAGS, advice};
