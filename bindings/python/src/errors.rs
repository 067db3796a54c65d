//! Errors of the model as Python exceptions with the same text.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use pyo3::create_exception;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

create_exception!(
    eccentric,
    EccentricError,
    PyValueError,
    "Something that the model cannot accept: what, where and the allowed range."
);
create_exception!(
    eccentric,
    ReadError,
    EccentricError,
    "A file, a table or columns from which no run or rating can be read."
);
create_exception!(
    eccentric,
    EvidenceError,
    EccentricError,
    "A folder of evidence that cannot be used."
);

/// An error that has an exception.
pub trait Raises {
    fn exception(&self) -> PyErr;
}

impl Raises for eccentric::Error {
    fn exception(&self) -> PyErr {
        EccentricError::new_err(self.to_string())
    }
}

impl Raises for eccentric_files::ReadError {
    fn exception(&self) -> PyErr {
        ReadError::new_err(self.to_string())
    }
}

/// What is wrong with one of possibly many files.
pub struct InFile<'a>(pub &'a Path, pub eccentric_files::ReadError);

impl Raises for InFile<'_> {
    fn exception(&self) -> PyErr {
        ReadError::new_err(format!("{}: {}", self.0.display(), self.1))
    }
}

impl Raises for eccentric_evidence::EvidenceError {
    fn exception(&self) -> PyErr {
        EvidenceError::new_err(self.to_string())
    }
}

/// Does work of the model while other Python threads run, and raises what it refuses. A fault in
/// a library below is a `RuntimeError`, so that nobody has to know about panics.
pub fn detached<T, E, F>(py: Python<'_>, work: F) -> PyResult<T>
where
    T: Send,
    E: Send + Raises,
    F: Send + FnOnce() -> Result<T, E>,
{
    match py.detach(|| catch_unwind(AssertUnwindSafe(work))) {
        Ok(done) => done.map_err(|error| error.exception()),
        Err(_) => Err(PyRuntimeError::new_err("internal error of eccentric; please report it")),
    }
}

/// A word that names one of a few values, as in saved data.
pub fn named<T: DeserializeOwned>(what: &str, word: &str, allowed: &str) -> PyResult<T> {
    serde_json::from_value(serde_json::Value::from(word))
        .map_err(|_| EccentricError::new_err(format!("{what} is \"{word}\", allowed is {allowed}")))
}

/// What is stored of a value.
pub fn to_json<T: Serialize>(value: &T) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| EccentricError::new_err(error.to_string()))
}

/// A stored value.
pub fn from_json<T: DeserializeOwned>(text: &str) -> PyResult<T> {
    serde_json::from_str(text).map_err(|error| EccentricError::new_err(error.to_string()))
}
