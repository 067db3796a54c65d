//! The laws of the model, on inputs that aim at trouble. Deterministic: the seed is fixed.
//!
//! Laws that earlier forms of the model kept and this one does not:
//!
//! - The reference bout is 1 in every muscle group. All groups share one unit now, in which it is 1 for the
//!   quadriceps, so that the dose of a group says how it compares with the others. For the same reason the
//!   points of a run need not lie between those of its groups.
//! - A run adds what lead legs and protection allow, with a floor below which no protection reaches. Weak legs
//!   no longer make a dose larger, and protection has no floor: a dose adds between nothing (of damage, a set
//!   part) and its gain, by how far it goes beyond the tolerance.
//! - Steeper running never costs any muscle group less. It still never lowers the points of a run, nor those
//!   of quadriceps, hip extensors and hamstrings; the calves pass on more to the quadriceps than they gain
//!   between -13 and -15 %.
//! - Slower is never more. The gate of speed, which made walking nearly free, is gone: at the same gait it
//!   still holds, but a descent that is walked at 1.9 m/s costs up to a third more than one that is run at 2.1.
//! - Quicker steps always cost less. They do so in the groups of stance; the work of a swing does not depend
//!   on the length of the step, so the hamstrings pay for every step.
//! - A run changes only what its own dose does. The exposure of a run makes the next one within a day cost
//!   more, which is the law of the late miles; its protection comes later.
//! - A grade without error makes a load without error. Steep, fast, slow and long runs lie beyond what was
//!   measured, and old and young runners too: their loads have an error of their own.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod cuts;
mod doors;
mod generators;
mod load;
mod outlook;
mod race;
mod serde;
mod state;
mod stories;
mod tolerance;

/// `a` and `b` agree to a relative tolerance; tiny numbers to an absolute one.
fn close(a: f64, b: f64, relative: f64) -> bool {
    approx::relative_eq!(a, b, max_relative = relative, epsilon = 1.0e-300)
}

/// `a` is not above `b` but for rounding.
fn at_most(a: f64, b: f64) -> bool {
    a <= b * (1.0 + 1.0e-12) + 1.0e-300
}

/// Every number of a value is finite; JSON writes NaN and infinity as null.
fn finite<T: ::serde::Serialize>(value: &T) -> bool {
    fn look(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::Array(all) => all.iter().all(look),
            serde_json::Value::Object(all) => {
                let optional = [
                    "body_fat",
                    "age_years",
                    "step_rate_hz",
                    "at",
                    "likely_at",
                    "cadence_steps_min",
                ];
                all.iter().all(|(k, v)| (v.is_null() && optional.contains(&k.as_str())) || look(v))
            }
            serde_json::Value::Null => false,
            _ => true,
        }
    }
    look(&serde_json::to_value(value).unwrap())
}
