//! Scores on published outcomes.

use std::path::PathBuf;

use eccentric_evidence::{CalibrationFile, Tables, validate};
use pyo3::prelude::*;
use pythonize::pythonize;

use crate::errors::detached;

/// The model against a folder of tables, or those of this release, as the command prints it; or, with every lab left out of the fit in
/// turn, as in docs/validation.md.
#[pyfunction]
pub fn score<'py>(
    py: Python<'py>,
    folder: Option<PathBuf>,
    parameters: Option<PathBuf>,
    leave_one_lab_out: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let report = detached(py, || {
        let tables = folder.as_deref().map_or_else(Tables::published, Tables::read)?;
        if leave_one_lab_out {
            return Ok(validate("", &tables, false, &mut |_| ())?.report);
        }
        let file = match parameters {
            Some(path) => CalibrationFile::read(&path)?,
            None => CalibrationFile::published()?,
        };
        eccentric_evidence::score(&tables, &file.knowledge())
    })?;
    Ok(pythonize(py, &report)?)
}
