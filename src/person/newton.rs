//! The most probable person: Newton steps with damping.

use nalgebra::Cholesky;

use super::matrix::{Matrix, NUMBERS, Vector, inverse, symmetric};
use super::profile::{Profile, Termination};
use crate::math::sqrt;

/// Steps after which the search gives up.
const MAX_ITERATIONS: usize = 60;
/// A step that is smaller than this, in standard deviations of the prior, ends the search.
const SMALL_STEP: f64 = 1.0e-4;
/// Longest step, in standard deviations of the prior.
const LONGEST_STEP: f64 = 2.0;
/// First damping after a step that was no improvement, as a part of the prior's precision.
const FIRST_DAMPING: f64 = 0.1;
/// Damping at which no step is left to try.
const MOST_DAMPING: f64 = 1.0e8;

/// A normal distribution of the numbers of a person.
pub(super) struct Normal {
    mean: Vector,
    covariance: Matrix,
    precision: Matrix,
}

impl Normal {
    /// From a profile; `None` if its covariance is not positive definite.
    pub fn of(profile: &Profile) -> Option<Self> {
        let covariance = profile.covariance_matrix();
        let precision = inverse(&covariance)?;
        Some(Self { mean: profile.mean(), covariance, precision })
    }

    pub fn mean(&self) -> &Vector {
        &self.mean
    }

    /// Logarithm of the density, without the constant.
    pub fn log_density(&self, at: &Vector) -> f64 {
        let off = at - self.mean;
        -0.5 * off.dot(&(self.precision * off))
    }

    /// The point that lies some standard deviations of one number away from the mean.
    pub fn along(&self, number: usize, z: f64) -> Vector {
        let mut at = self.mean;
        at[number] += z * sqrt(self.covariance[(number, number)].max(0.0));
        at
    }

    /// Directions of a person after answers with this curvature, each as long as its standard deviation, the
    /// best known first. A direction in which they contradict themselves stays as unknown as it was.
    ///
    /// ```text
    /// L L' = covariance        -L' curvature L = E diag(information) E'        L E (1 + max(0, information))^-1/2
    /// ```
    fn directions(&self, curvature: &Matrix) -> Matrix {
        let Some(factor) = self.covariance.cholesky() else {
            return Matrix::identity();
        };
        let root = factor.l();
        let eigen = symmetric(&(root.transpose() * -curvature * root)).symmetric_eigen();
        let mut order: [usize; NUMBERS] = core::array::from_fn(|i| i);
        order.sort_by(|a, b| eigen.eigenvalues[*b].total_cmp(&eigen.eigenvalues[*a]));
        Matrix::from_columns(&order.map(|k| {
            let shrink = 1.0 / sqrt(1.0 + eigen.eigenvalues[k].max(0.0));
            root * eigen.eigenvectors.column(k) * shrink
        }))
    }

    /// Largest component of a step in standard deviations.
    pub fn size(&self, step: &Vector) -> f64 {
        (0..NUMBERS).fold(0.0, |size: f64, i| {
            let variance = self.covariance[(i, i)];
            if variance > 0.0 { size.max(step[i].abs() / sqrt(variance)) } else { size }
        })
    }
}

/// Logarithm of the probability of the answers around a point.
pub(super) struct Local {
    pub value: f64,
    pub gradient: Vector,
    pub curvature: Matrix,
}

impl Local {
    pub fn zero() -> Self {
        Self { value: 0.0, gradient: Vector::zeros(), curvature: Matrix::zeros() }
    }

    fn with_prior(mut self, at: &Vector, prior: &Normal) -> Self {
        let pull = prior.precision * (prior.mean - at);
        self.value -= 0.5 * (prior.mean - at).dot(&pull);
        self.gradient += pull;
        self.curvature -= prior.precision;
        self
    }
}

/// Where the search ended.
pub(super) struct Found {
    pub mode: Vector,
    /// Directions as long as their standard deviations, the best known first: a root of the covariance.
    pub directions: Matrix,
    /// Logarithm of the probability there, prior included.
    pub value: f64,
    pub iterations: usize,
    pub termination: Termination,
}

/// Searches for the most probable person from a start on.
pub(super) fn search(prior: &Normal, start: &Vector, answers: impl Fn(&Vector) -> Local) -> Found {
    let mut at = *start;
    let mut here = answers(&at).with_prior(&at, prior);
    let mut damping = 0.0;
    let mut termination = Termination::IterationLimit;
    let mut iterations = 0;
    while iterations < MAX_ITERATIONS {
        iterations += 1;
        let Some(factor) = definite(&here.curvature, prior, &mut damping) else {
            termination = Termination::Stalled;
            break;
        };
        let mut step = factor.solve(&here.gradient);
        let size = prior.size(&step);
        if size > LONGEST_STEP {
            step *= LONGEST_STEP / size;
        }
        let there = at + step;
        let trial = answers(&there).with_prior(&there, prior);
        if trial.value >= here.value {
            (at, here) = (there, trial);
            damping = if damping <= FIRST_DAMPING { 0.0 } else { 0.1 * damping };
            if size < SMALL_STEP {
                termination = Termination::Converged;
                break;
            }
        } else if size < SMALL_STEP {
            termination = Termination::Converged;
            break;
        } else {
            damping = more(damping);
        }
    }
    let directions = prior.directions(&(here.curvature + prior.precision));
    Found { mode: at, directions, value: here.value, iterations, termination }
}

impl Found {
    pub fn covariance(&self) -> Matrix {
        self.directions * self.directions.transpose()
    }
}

fn more(damping: f64) -> f64 {
    if damping > 0.0 { 10.0 * damping } else { FIRST_DAMPING }
}

/// The precision with as much of the prior's added as it takes to be positive definite.
fn definite(
    curvature: &Matrix,
    prior: &Normal,
    damping: &mut f64,
) -> Option<Cholesky<f64, nalgebra::Const<NUMBERS>>> {
    while *damping <= MOST_DAMPING {
        if let Some(factor) = (prior.precision * *damping - curvature).cholesky() {
            return Some(factor);
        }
        *damping = more(*damping);
    }
    None
}
