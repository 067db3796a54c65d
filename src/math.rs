//! Elementary functions with the same bits on every platform, which the system's do not have; the error
//! function of statrs uses the exponential of the system. Exponential and logarithm have no branch and call
//! nothing, so that a loop over a column computes several at once.

use core::f64::consts::{FRAC_1_SQRT_2, LOG2_E, SQRT_2};

pub use libm::pow;

/// Logarithm of 2 in two parts, the first with so few digits that a whole number of it is exact.
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
/// 1.5 * 2^52: a number added to it is rounded to a whole one, which its last bits hold.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
const EXPONENT_AT: u32 = 52;
const BIAS: u64 = 1023;

/// Exponential, within 1.5 units in the last place of that of libm; zero below exp(-708), infinite above exp(709).
///
/// ```text
/// e^x = 2^n e^r        n = round(x / ln 2),  |r| <= ln 2 / 2
/// ```
#[inline]
pub fn exp(x: f64) -> f64 {
    // 1 / k! from k = 2 on, the even and the odd ones.
    const EVEN: [f64; 7] = inverse_factorials(2);
    const ODD: [f64; 6] = inverse_factorials(3);
    let rounded = x * LOG2_E + ROUNDER;
    let n = rounded - ROUNDER;
    let r = (x - n * LN_2[0]) - n * LN_2[1];
    let r2 = r * r;
    let power = 1.0 + (r + r2 * (polynomial(&EVEN, r2) + r * polynomial(&ODD, r2)));
    let scale =
        f64::from_bits((rounded.to_bits() << EXPONENT_AT).wrapping_add(BIAS << EXPONENT_AT));
    if x < -708.0 {
        0.0
    } else if x > 709.0 {
        f64::INFINITY
    } else {
        power * scale
    }
}

/// Natural logarithm, within 1.5 units in the last place of that of libm; of zero it is minus infinity, of a negative
/// number none.
///
/// ```text
/// ln x = n ln 2 + ln(1 + f)        x = 2^n (1 + f),  sqrt(1/2) <= 1 + f < sqrt(2)
/// ln(1 + f) = 2 (s + s^3 / 3 + s^5 / 5 + ...)        s = f / (2 + f)
/// ```
#[inline]
pub fn log(x: f64) -> f64 {
    // 2 / k for k from 3 and from 5 on, in steps of 4: two short sums are faster than a long one.
    const THIRD: [f64; 5] = double_inverses(3);
    const FIFTH: [f64; 5] = double_inverses(5);
    // Numbers below the normal ones are brought up by 2^54.
    let small = x < f64::MIN_POSITIVE;
    let bits = if small { x * 18_014_398_509_481_984.0 } else { x }.to_bits();
    let exponent =
        bits.wrapping_add((BIAS << EXPONENT_AT) - FRAC_1_SQRT_2.to_bits()) >> EXPONENT_AT;
    let f = f64::from_bits(bits.wrapping_sub(exponent.wrapping_sub(BIAS) << EXPONENT_AT)) - 1.0;
    // The last bits of 2^52 hold a whole number.
    let whole = f64::from_bits(exponent | 4_503_599_627_370_496_f64.to_bits());
    let n = whole - 4_503_599_627_370_496.0 - (BIAS as f64) - if small { 54.0 } else { 0.0 };
    let s = f / (2.0 + f);
    let z = s * s;
    let z2 = z * z;
    // 2 s = f - f^2 / 2 + s f^2 / 2, with the largest term exact.
    let half = 0.5 * f * f;
    let rest = s * (half + z * (polynomial(&THIRD, z2) + z * polynomial(&FIFTH, z2)));
    let log = n * LN_2[0] - ((half - (rest + n * LN_2[1])) - f);
    // Added, so that there is no branch: what is no logarithm of a number.
    let beyond = if x == f64::INFINITY {
        x
    } else if x > 0.0 {
        0.0
    } else if x == 0.0 {
        f64::NEG_INFINITY
    } else {
        f64::NAN
    };
    log + beyond
}

/// c0 + c1 x + c2 x^2 + ...
#[inline]
fn polynomial<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

const fn inverse_factorials<const N: usize>(first: usize) -> [f64; N] {
    let mut out = [0.0; N];
    let (mut factorial, mut k) = (1.0, 1);
    while k < first + 2 * N {
        factorial *= k as f64;
        if k >= first && (k - first).is_multiple_of(2) {
            out[(k - first) / 2] = 1.0 / factorial;
        }
        k += 1;
    }
    out
}

const fn double_inverses<const N: usize>(first: usize) -> [f64; N] {
    let mut out = [0.0; N];
    let mut k = 0;
    while k < N {
        out[k] = 2.0 / (first + 4 * k) as f64;
        k += 1;
    }
    out
}

/// Square root. IEEE 754 leaves it one result, so that of the processor, several at once, is the same.
#[inline]
pub fn sqrt(x: f64) -> f64 {
    #[cfg(any(feature = "std", test))]
    return x.sqrt();
    #[cfg(not(any(feature = "std", test)))]
    return libm::sqrt(x);
}

/// Standard normal distribution function.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * statrs::function::erf::erfc(-z * FRAC_1_SQRT_2)
}

/// Quantile of the standard normal distribution, for a probability inside (0, 1).
pub fn normal_quantile(probability: f64) -> f64 {
    -SQRT_2 * statrs::function::erf::erfc_inv(2.0 * probability)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Difference in units in the last place.
    fn ulps(found: f64, expected: f64) -> f64 {
        (found - expected).abs() / (f64::EPSILON * expected.abs().max(f64::MIN_POSITIVE))
    }

    #[test]
    fn exponential_and_logarithm_are_those_of_the_library() {
        let mut worst = [0.0_f64; 2];
        for k in 0..400_000 {
            let x = -707.9 + 0.003_541_7 * f64::from(k);
            worst[0] = worst[0].max(ulps(exp(x), libm::exp(x)));
            worst[0] = worst[0].max(ulps(exp(x * 1.0e-3), libm::exp(x * 1.0e-3)));
            let y = libm::exp(x);
            worst[1] = worst[1].max(ulps(log(y), libm::log(y)));
            let near_one = 1.0 + 1.0e-3 * x;
            if near_one > 0.0 {
                worst[1] = worst[1].max(ulps(log(near_one), libm::log(near_one)));
            }
        }
        assert!(worst[0] <= 1.5 && worst[1] <= 1.5, "{worst:?}");
    }

    #[test]
    fn the_ends_are_those_of_the_library() {
        assert_eq!([exp(0.0), exp(-800.0), exp(f64::NEG_INFINITY)], [1.0, 0.0, 0.0]);
        assert_eq!([exp(710.0), exp(f64::INFINITY)], [f64::INFINITY; 2]);
        assert_eq!([log(1.0), log(0.0), log(-0.0)], [0.0, f64::NEG_INFINITY, f64::NEG_INFINITY]);
        assert_eq!(log(f64::INFINITY), f64::INFINITY);
        assert!(exp(f64::NAN).is_nan() && log(f64::NAN).is_nan() && log(-1.0).is_nan());
        for small in [f64::MIN_POSITIVE, 5.0e-324, 1.0e-310] {
            assert!(ulps(log(small), libm::log(small)) <= 1.0, "{small:e}");
        }
    }
}
