//! The C interface of `eccentric`; `include/eccentric.h` is made from here and says what a C programmer
//! needs.
//!
//! ```text
//! C ─ door (no panic, an error as code and message) ─ memory (pointers in and out) ─ the model
//! ```
//!
//! A door translates and does nothing else. What it is handed is checked as far as a pointer can be:
//! null, alignment, length, and whether a handle is what it says.

#![allow(unsafe_code)]

mod asked;
mod course;
mod door;
mod forecast;
mod history;
mod memory;
mod person;
mod plain;
mod plan;
mod race;
mod state;
mod today;
