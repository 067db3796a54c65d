//! A small, always equal set of persons that stands for what is known of one.

use alloc::vec::Vec;

use crate::math::{normal_quantile, pow, sqrt};
use crate::person::{Person, Profile};

/// Pairs of persons around the most probable one; each pair lies at opposite sides of it, so the mean of
/// the set is the profile's.
///
/// The standard normal numbers are those of the additive recurrence with the generalised golden ratio
/// (`u_k = frac(1/2 + k phi^-j)`, phi the root of `x^(d+1) = x + 1`), which fills a cube evenly for every
/// number of points; the Cholesky factor of the covariance makes persons of them.
pub(super) fn persons(profile: &Profile, pairs: u32) -> Vec<Person> {
    let mode = profile.person.numbers();
    let factor = cholesky(profile.covariance);
    let golden = golden(mode.len());
    let mut persons = Vec::with_capacity(2 * pairs as usize);
    for k in 1..=pairs {
        let mut normal = mode;
        for (j, z) in normal.iter_mut().enumerate() {
            let u = 0.5 + f64::from(k) * pow(golden, -(j as f64 + 1.0));
            *z = normal_quantile((u - libm::floor(u)).clamp(1.0e-9, 1.0 - 1.0e-9));
        }
        for side in [1.0, -1.0] {
            let mut numbers = mode;
            for (i, number) in numbers.iter_mut().enumerate() {
                let off: f64 = factor[i].iter().zip(&normal).map(|(l, z)| l * z).sum();
                *number += side * off;
            }
            persons.push(Person::from_numbers(numbers));
        }
    }
    persons
}

/// Root of `x^(d+1) = x + 1`.
fn golden(dimensions: usize) -> f64 {
    let power = 1.0 / (dimensions as f64 + 1.0);
    // A contraction: each step brings it closer by the factor d + 1 at least.
    (0..64).fold(1.5, |x, _| pow(1.0 + x, power))
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
        assert!((golden(1) - 1.618_033_988_749_895).abs() < 1e-12);
        assert!((golden(2) - 1.324_717_957_244_746).abs() < 1e-12);
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
