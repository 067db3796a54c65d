//! The laws of the model, on inputs that aim at trouble. Deterministic: the seed is fixed.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod doors;
mod generators;
mod load;
mod outlook;
mod race;
mod serde;
mod state;

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
                let optional = ["body_fat", "step_rate_hz", "at", "likely_at", "cadence_steps_min"];
                all.iter().all(|(k, v)| (v.is_null() && optional.contains(&k.as_str())) || look(v))
            }
            serde_json::Value::Null => false,
            _ => true,
        }
    }
    look(&serde_json::to_value(value).unwrap())
}
