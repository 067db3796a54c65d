//! Scores on published outcomes.

use std::path::PathBuf;

use eccentric_evidence::{CalibrationFile, Tables};
use pyo3::prelude::*;
use pythonize::pythonize;

use crate::errors::detached;

/// The model against a folder of tables, as the command prints it.
#[pyfunction]
pub fn score<'py>(
    py: Python<'py>,
    folder: PathBuf,
    parameters: Option<PathBuf>,
) -> PyResult<Bound<'py, PyAny>> {
    let report = detached(py, || {
        let tables = Tables::read(&folder)?;
        let file = match parameters {
            Some(path) => CalibrationFile::read(&path)?,
            None => CalibrationFile::published()?,
        };
        eccentric_evidence::score(&tables, &file.knowledge())
    })?;
    Ok(pythonize(py, &report)?)
}
