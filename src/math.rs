//! Elementary functions from one libm, so that every platform computes the same bits. The error function of
//! statrs uses the exponential of the system.

pub use libm::{exp, log, pow, sqrt};

/// Standard normal distribution function.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * statrs::function::erf::erfc(-z * core::f64::consts::FRAC_1_SQRT_2)
}

/// Quantile of the standard normal distribution, for a probability inside (0, 1).
pub fn normal_quantile(probability: f64) -> f64 {
    -core::f64::consts::SQRT_2 * statrs::function::erf::erfc_inv(2.0 * probability)
}
