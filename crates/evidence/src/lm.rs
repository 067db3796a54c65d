//! Levenberg-Marquardt for residuals whose first parameters are costly and whose last are cheap.

use nalgebra::{DMatrix, DVector};
use serde::Serialize;

use crate::error::EvidenceError;

/// A sum of squares to be made small.
pub(crate) trait LeastSquares: Sync {
    /// Residuals and their derivatives.
    fn linearise(&self, x: &DVector<f64>) -> Result<(DVector<f64>, DMatrix<f64>), EvidenceError>;
    /// Residuals alone.
    fn residuals(&self, x: &DVector<f64>) -> Result<DVector<f64>, EvidenceError>;
    /// Keeps a point inside the plausible ranges.
    fn project(&self, x: &mut DVector<f64>);
}

/// How a fit ended.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Convergence {
    /// Whether the last steps no longer made the cost smaller.
    pub converged: bool,
    /// Steps taken.
    pub steps: usize,
    /// Half of the sum of squares.
    pub cost: f64,
}

/// The best point found, its curvature and how the fit ended.
#[derive(Debug, Clone)]
pub(crate) struct Minimum {
    pub x: DVector<f64>,
    /// Gauss-Newton approximation of the second derivatives of the cost.
    pub curvature: DMatrix<f64>,
    pub convergence: Convergence,
}

/// Relative fall of the cost below which a step counts as none.
const TOLERANCE: f64 = 1.0e-5;

pub(crate) fn minimise(
    problem: &impl LeastSquares,
    start: DVector<f64>,
    most_steps: usize,
) -> Result<Minimum, EvidenceError> {
    let mut x = start;
    problem.project(&mut x);
    let mut damping = 1.0e-2;
    let mut idle = 0;
    let (mut r, mut jacobian) = problem.linearise(&x)?;
    let mut cost = 0.5 * r.norm_squared();
    let mut steps = 0;
    while steps < most_steps && idle < 3 {
        steps += 1;
        let curvature = jacobian.tr_mul(&jacobian);
        let gradient = jacobian.tr_mul(&r);
        let Some(next) = step(problem, &x, &curvature, &gradient, damping) else {
            damping *= 10.0;
            idle += 1;
            continue;
        };
        let trial = 0.5 * problem.residuals(&next)?.norm_squared();
        if trial < cost {
            idle = if cost - trial < TOLERANCE * cost { idle + 1 } else { 0 };
            x = next;
            (r, jacobian) = problem.linearise(&x)?;
            cost = trial;
            damping = (damping / 5.0).max(1.0e-9);
        } else {
            damping *= 4.0;
            idle += usize::from(damping > 1.0e6);
        }
    }
    let curvature = jacobian.tr_mul(&jacobian);
    let convergence = Convergence { converged: idle >= 3, steps, cost };
    Ok(Minimum { x, curvature, convergence })
}

fn step(
    problem: &impl LeastSquares,
    x: &DVector<f64>,
    curvature: &DMatrix<f64>,
    gradient: &DVector<f64>,
    damping: f64,
) -> Option<DVector<f64>> {
    let mut damped = curvature.clone();
    for k in 0..damped.nrows() {
        damped[(k, k)] += damping * curvature[(k, k)].max(1.0e-9);
    }
    let mut direction = damped.cholesky()?.solve(gradient);
    // No logarithm moves by more than 0.7 in one step: the linear picture ends there.
    let most = direction.amax();
    if most > 0.7 {
        direction *= 0.7 / most;
    }
    let mut next = x - direction;
    problem.project(&mut next);
    Some(next)
}
