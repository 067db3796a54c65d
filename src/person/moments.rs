//! Mean and covariance of what is known of a person, beyond the mode: integrals over fixed points.

use alloc::vec::Vec;

use nalgebra::{SMatrix, SVector};

use crate::math::{exp, log, normal_quantile, pow, sqrt};

/// By how much the scattered points spread wider than the normal approximation, so that they reach the tails.
const WIDER: f64 = 1.2;

/// A point of an integral.
pub(super) struct Point<const N: usize> {
    /// Where the density is looked at.
    at: SVector<f64, N>,
    /// What counts in mean and covariance: `at`, but for a stretch that makes those of a standard normal
    /// distribution exact.
    counts_as: SVector<f64, N>,
    /// Logarithm of its weight, the density not included.
    log_weight: f64,
}

impl<const N: usize> Point<N> {
    /// Weight of the point in an integral over the standard normal distribution.
    fn weight(&self) -> f64 {
        exp(self.log_weight - 0.5 * self.at.norm_squared())
    }
}

/// Normal numbers, spread evenly: a Kronecker sequence.
pub(super) fn spread<const N: usize>(count: usize) -> Vec<SVector<f64, N>> {
    // The positive root of x^(n+1) = x + 1; its powers are badly approximable together.
    let mut root: f64 = 2.0;
    for _ in 0..64 {
        root = pow(1.0 + root, 1.0 / (N as f64 + 1.0));
    }
    let mut place = [0.5; N];
    (0..count)
        .map(|_| {
            let mut step = 1.0;
            let mut normals = SVector::<f64, N>::zeros();
            for (at, normal) in place.iter_mut().zip(normals.iter_mut()) {
                step /= root;
                *at += step;
                *at -= libm::floor(*at);
                *normal = normal_quantile(at.clamp(1.0e-9, 1.0 - 1.0e-9));
            }
            normals
        })
        .collect()
}

/// Points for many dimensions: spread evenly, each with its mirror image.
pub(super) fn scattered<const N: usize>(pairs: usize) -> Vec<Point<N>> {
    let mut points = Vec::with_capacity(2 * pairs);
    for z in spread::<N>(pairs) {
        let log_weight = 0.5 * z.norm_squared();
        points.extend([z * WIDER, z * -WIDER].map(|at| Point { at, counts_as: at, log_weight }));
    }
    let (mut total, mut second) = (0.0, SMatrix::<f64, N, N>::zeros());
    for point in &points {
        let weight = point.weight();
        total += weight;
        second += point.at * point.at.transpose() * weight;
    }
    if let Some(factor) = (second / total).cholesky() {
        for point in &mut points {
            factor.l_dirty().solve_lower_triangular_mut(&mut point.counts_as);
        }
    }
    points
}

/// Points for three dimensions: the Gauss-Hermite rule with five nodes along each, in closed form.
pub(super) fn grid() -> Vec<Point<3>> {
    let root = sqrt(10.0);
    let (inner, outer) = (sqrt(5.0 - root), sqrt(5.0 + root));
    let (a, b) = ((7.0 + 2.0 * root) / 60.0, (7.0 - 2.0 * root) / 60.0);
    let nodes = [(-outer, b), (-inner, a), (0.0, 8.0 / 15.0), (inner, a), (outer, b)];
    let mut points = Vec::with_capacity(125);
    for (x, u) in nodes {
        for (y, v) in nodes {
            for (z, w) in nodes {
                let at = SVector::from([x, y, z]);
                let log_weight = log(u * v * w) + 0.5 * at.norm_squared();
                points.push(Point { at, counts_as: at, log_weight });
            }
        }
    }
    points
}

/// Mean, covariance and evidence of an unnormalised density.
pub(super) struct Moments<const N: usize> {
    pub mean: SVector<f64, N>,
    pub covariance: SMatrix<f64, N, N>,
    /// Logarithm of the integral of the density, up to a constant.
    pub log_evidence: f64,
    /// How evenly the points carry the integral, in parts of what they do for a normal distribution.
    pub even: f64,
}

/// Integrates a density over points that lie at `mean + root z`; `None` if it is nowhere positive.
pub(super) fn moments<const N: usize>(
    mean: &SVector<f64, N>,
    root: &SMatrix<f64, N, N>,
    points: &[Point<N>],
    log_density: impl Fn(&SVector<f64, N>) -> f64,
) -> Option<Moments<N>> {
    let mut weights: Vec<f64> = points
        .iter()
        .map(|point| log_density(&(mean + root * point.at)) + point.log_weight)
        .collect();
    let top = weights.iter().fold(f64::NEG_INFINITY, |top, log| top.max(*log));
    if !top.is_finite() {
        return None;
    }
    let (mut total, mut squares, mut first) = (0.0, 0.0, SVector::<f64, N>::zeros());
    for (point, weight) in points.iter().zip(&mut weights) {
        *weight = exp(*weight - top);
        total += *weight;
        squares += *weight * *weight;
        first += point.counts_as * *weight;
    }
    let (ideal, ideal_squares) = points
        .iter()
        .map(Point::weight)
        .fold((0.0, 0.0), |sums, weight| (sums.0 + weight, sums.1 + weight * weight));
    let first = first / total;
    let mut second = SMatrix::<f64, N, N>::zeros();
    for (point, weight) in points.iter().zip(&weights) {
        let off = point.counts_as - first;
        second += off * off.transpose() * (*weight / total);
    }
    let volume = (root * root.transpose()).cholesky()?.l();
    let volume: f64 = (0..N).map(|i| log(volume[(i, i)])).sum();
    Some(Moments {
        mean: mean + root * first,
        covariance: root * second * root.transpose(),
        log_evidence: top + log(total / ideal) + volume,
        even: total * total / squares * ideal_squares / (ideal * ideal),
    })
}

#[cfg(test)]
mod tests {
    use nalgebra::{Matrix3, Vector3};

    use super::*;

    /// A normal distribution comes out as it is, also from points around another one.
    #[test]
    fn a_normal_distribution_comes_out() {
        let mean = Vector3::new(0.3, -1.0, 2.0);
        let covariance = Matrix3::new(1.0, 0.3, 0.0, 0.3, 0.5, -0.1, 0.0, -0.1, 0.2);
        let precision = covariance.try_inverse().unwrap_or_default();
        let density = |at: &Vector3<f64>| -0.5 * (at - mean).dot(&(precision * (at - mean)));
        let expected = 0.5 * log(covariance.determinant());
        for (points, shift, slack) in [
            (grid(), 0.0, 1e-12),
            (scattered(100), 0.0, 1e-9),
            (grid(), 0.2, 0.02),
            (scattered(400), 0.2, 0.04),
        ] {
            let start = mean.map(|x| x + shift);
            let root = (covariance * (1.0 + shift)).cholesky().map(|factor| factor.l());
            let found = root.and_then(|root| moments(&start, &root, &points, density));
            assert!(found.is_some());
            if let Some(found) = found {
                assert!((found.mean - mean).amax() < slack, "{}", found.mean);
                assert!((found.covariance - covariance).amax() < slack, "{}", found.covariance);
                assert!((found.log_evidence - expected).abs() < slack, "{}", found.log_evidence);
            }
        }
    }

    /// A normal variable cut off at zero.
    #[test]
    fn half_a_normal_distribution_comes_out() {
        let density = |at: &Vector3<f64>| {
            let cut = crate::math::normal_cdf(20.0 * at[0]);
            -0.5 * at.norm_squared() + log(cut.max(1e-300))
        };
        let points = scattered::<3>(200);
        let found = moments(&Vector3::new(0.6, 0.0, 0.0), &SMatrix::identity(), &points, density);
        let mean = found.map_or(0.0, |found| found.mean[0]);
        // Half-normal: mean sqrt(2 / pi).
        assert!((mean - sqrt(2.0 / core::f64::consts::PI)).abs() < 0.01, "{mean}");
    }
}
