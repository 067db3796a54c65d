//! Vectors and matrices over the numbers of a person.

use nalgebra::{SMatrix, SVector};

/// Numbers that make a person.
pub(crate) const NUMBERS: usize = 8;
pub(crate) const SUSCEPTIBILITY: usize = 0;
pub(crate) const SORENESS: usize = 1;
pub(crate) const RECOVERY: usize = 2;
pub(crate) const PROTECTION: usize = 3;
pub(crate) const BASELINE: usize = 4;
pub(crate) const NOISE: usize = 5;
pub(crate) const HABIT: usize = 6;
pub(crate) const DRIFT: usize = 7;

pub(super) type Vector = SVector<f64, NUMBERS>;
pub(super) type Matrix = SMatrix<f64, NUMBERS, NUMBERS>;

/// Inverse of a symmetric matrix that should be positive definite.
pub(super) fn inverse(matrix: &Matrix) -> Option<Matrix> {
    matrix.cholesky().map(|factor| symmetric(&factor.inverse()))
}

/// Takes the rounding out of a matrix that is symmetric.
pub(super) fn symmetric(matrix: &Matrix) -> Matrix {
    0.5 * (matrix + matrix.transpose())
}

pub(super) fn from_rows(rows: &[[f64; NUMBERS]; NUMBERS]) -> Matrix {
    Matrix::from_fn(|i, j| rows[i][j])
}

pub(super) fn to_rows(matrix: &Matrix) -> [[f64; NUMBERS]; NUMBERS] {
    core::array::from_fn(|i| core::array::from_fn(|j| matrix[(i, j)]))
}
