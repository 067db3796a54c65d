//! Between numpy and the model.

use eccentric::activity::Quality;
use eccentric::{Muscle, PerMuscle, Timestamp};
use numpy::datetime::{Datetime, units::Milliseconds};
use numpy::{PyArray1, PyArrayMethods};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;
use pythonize::pythonize;

use crate::errors::EccentricError;

/// A column of numbers; the Python half has made it one.
pub type Floats<'py> = Bound<'py, PyArray1<f64>>;

/// The numbers of an array, copied: another thread may write to it while the model works.
pub fn values(array: &Floats<'_>) -> PyResult<Vec<f64>> {
    let array = array.try_readonly().map_err(|error| EccentricError::new_err(error.to_string()))?;
    Ok(array.as_array().to_vec())
}

/// `numpy.datetime64` in milliseconds.
pub fn datetime64<'py>(py: Python<'py>, time: Timestamp) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    CLASS.import(py, "numpy", "datetime64")?.call1((time.unix_ms(), "ms"))
}

/// The same, or `None`.
pub fn maybe_datetime64<'py>(
    py: Python<'py>,
    time: Option<Timestamp>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    time.map(|time| datetime64(py, time)).transpose()
}

/// An array of `datetime64[ms]`.
pub fn times<'py>(
    py: Python<'py>,
    times: &[Timestamp],
) -> Bound<'py, PyArray1<Datetime<Milliseconds>>> {
    PyArray1::from_iter(py, times.iter().map(|time| Datetime::from(time.unix_ms())))
}

/// A dictionary with one entry for each muscle group.
pub fn per_muscle<'py, T, V: IntoPyObject<'py>>(
    py: Python<'py>,
    all: &PerMuscle<T>,
    value: impl Fn(&T) -> PyResult<V>,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for muscle in Muscle::ALL {
        dict.set_item(muscle.name(), value(&all[muscle])?)?;
    }
    Ok(dict)
}

/// What cleaning found and changed.
pub fn quality<'py>(py: Python<'py>, quality: &Quality) -> PyResult<Bound<'py, PyAny>> {
    Ok(pythonize(py, quality)?)
}
