//! A small, always equal set of persons that stands for what is known of one.

use alloc::vec::Vec;

use crate::math::{normal_quantile, sqrt};
use crate::person::{Person, Profile};

/// Pairs of persons around the most probable one; each pair lies at opposite sides of it, so the mean of
/// the set is the profile's.
///
/// The standard normal numbers are those of the Halton sequence, scaled so that each has variance 1 within
/// the set; the Cholesky factor of the covariance makes persons of them.
pub(super) fn persons(profile: &Profile, pairs: u32) -> Vec<Person> {
    let mode = profile.person.numbers();
    let factor = cholesky(profile.covariance);
    let mut normals = Vec::with_capacity(pairs as usize);
    for k in 1..=pairs {
        let mut base = 1;
        normals.push(mode.map(|_| {
            base = next_prime(base);
            normal_quantile(radical_inverse(k, base))
        }));
    }
    let variance = |j: usize| normals.iter().map(|z| z[j] * z[j]).sum::<f64>() / f64::from(pairs);
    let scale: Vec<f64> = (0..mode.len()).map(|j| sqrt(variance(j))).collect();
    let mut persons = Vec::with_capacity(2 * pairs as usize);
    for normal in &normals {
        for side in [1.0, -1.0] {
            let mut numbers = mode;
            for (number, row) in numbers.iter_mut().zip(&factor) {
                let terms = row.iter().zip(normal).zip(&scale);
                *number += side * terms.map(|((l, z), scale)| l * z / scale).sum::<f64>();
            }
            persons.push(Person::from_numbers(numbers));
        }
    }
    persons
}

/// The digits of a number in a base, mirrored behind the point: between 0 and 1, both left out.
fn radical_inverse(mut k: u32, base: u32) -> f64 {
    let (mut inverse, mut place) = (0.0, 1.0);
    while k > 0 {
        place /= f64::from(base);
        inverse += place * f64::from(k % base);
        k /= base;
    }
    inverse
}

fn next_prime(after: u32) -> u32 {
    let mut n = after + 1;
    while (2..n).any(|divisor| n.is_multiple_of(divisor)) {
        n += 1;
    }
    n
}

/// Lower factor of a covariance; directions without variance get none.
fn cholesky<const N: usize>(c: [[f64; N]; N]) -> [[f64; N]; N] {
    let mut l = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let inner: f64 = (0..j).map(|k| l[i][k] * l[j][k]).sum();
            let rest = c[i][j] - inner;
            l[i][j] = match (i == j, l[j][j] > 0.0) {
                (true, _) => sqrt(rest.max(0.0)),
                (false, true) => rest / l[j][j],
                (false, false) => 0.0,
            };
        }
    }
    l
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Parameters;
    use crate::person::prior;

    /// Mean and covariance of the set are those of the profile.
    #[test]
    fn the_set_stands_for_the_profile() {
        let mut profile = prior(&Parameters::default());
        profile.person.protection = 0.3;
        let set = persons(&profile, 512);
        let n = set.len() as f64;
        let mode = profile.person.numbers();
        for i in 0..mode.len() {
            let mean = set.iter().map(|p| p.numbers()[i]).sum::<f64>() / n;
            assert!((mean - mode[i]).abs() < 1e-12);
            for j in 0..mode.len() {
                let off = |p: &Person, i: usize| p.numbers()[i] - mode[i];
                let covariance = set.iter().map(|p| off(p, i) * off(p, j)).sum::<f64>() / n;
                let scale = sqrt(profile.covariance[i][i] * profile.covariance[j][j]);
                assert!((covariance - profile.covariance[i][j]).abs() < 0.05 * scale, "{i} {j}");
            }
        }
        // 6 is 110 in base 2 and 20 in base 3.
        assert!((radical_inverse(6, 2) - 0.375).abs() < 1e-15);
        assert!((radical_inverse(6, 3) - 2.0 / 9.0).abs() < 1e-15);
        assert_eq!((next_prime(1), next_prime(7), next_prime(13)), (2, 11, 17));
    }

    #[test]
    fn a_profile_without_variance_is_one_person() {
        let mut profile = prior(&Parameters::default());
        for row in &mut profile.covariance {
            row.fill(0.0);
        }
        assert!(persons(&profile, 3).iter().all(|p| *p == Person::default()));
    }
}
