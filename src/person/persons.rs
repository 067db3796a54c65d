//! A small, always equal set of persons that stands for what is known of one.

use alloc::vec::Vec;

use super::matrix::{Matrix, NUMBERS, Vector};
use super::moments::spread;
use super::profile::{Person, Profile};
use crate::math::sqrt;

impl Profile {
    /// Pairs of persons at opposite sides of the expected one, so that the mean of the set is the profile's;
    /// its covariance comes close with many.
    pub(crate) fn persons(&self, pairs: usize) -> Vec<Person> {
        let mean = self.mean();
        let normals = spread::<NUMBERS>(pairs);
        let squares = normals.iter().fold(Vector::zeros(), |sum, z| sum + z.component_mul(z));
        let scale = squares.map(|sum| sqrt(pairs as f64 / sum));
        let eigen = self.covariance_matrix().symmetric_eigen();
        let sds = Matrix::from_diagonal(&eigen.eigenvalues.map(|variance| sqrt(variance.max(0.0))));
        let root = eigen.eigenvectors * sds * eigen.eigenvectors.transpose();
        let mut persons = Vec::with_capacity(2 * pairs);
        for z in normals {
            let off = root * z.component_mul(&scale);
            persons.extend([mean + off, mean - off].map(|at| Person::from_numbers(at.into())));
        }
        persons
    }
}

#[cfg(test)]
mod tests {
    use super::super::profile::prior;
    use super::*;
    use crate::params::Parameters;

    #[test]
    fn the_set_stands_for_the_profile() {
        let mut profile = prior(&Parameters::default());
        profile.person.protection = 0.3;
        let set = profile.persons(512);
        let n = set.len() as f64;
        let mean = profile.person.numbers();
        for i in 0..mean.len() {
            let found = set.iter().map(|p| p.numbers()[i]).sum::<f64>() / n;
            assert!((found - mean[i]).abs() < 1e-12);
            for j in 0..mean.len() {
                let product = |p: &Person| (p.numbers()[i] - mean[i]) * (p.numbers()[j] - mean[j]);
                let covariance = set.iter().map(product).sum::<f64>() / n;
                let scale = sqrt(profile.covariance[i][i] * profile.covariance[j][j]);
                let off = (covariance - profile.covariance[i][j]).abs();
                assert!(off < 0.08 * scale, "{i} {j} {off}");
            }
        }
    }

    #[test]
    fn a_profile_without_variance_is_one_person() {
        let profile =
            Profile { covariance: [[0.0; NUMBERS]; NUMBERS], ..prior(&Parameters::default()) };
        assert!(profile.persons(3).iter().all(|p| *p == Person::default()));
    }
}
