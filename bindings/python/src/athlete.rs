//! One athlete as Python gives it, and something to read.

use std::path::PathBuf;

use eccentric::bounds;
use eccentric_app::Failure;
use eccentric_app::athlete::{AskedDescent, Athlete};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use crate::errors::{EccentricError, Raises, ReadError};
use crate::forecast::{habit, joined};
use crate::load::{Body, Load, runner};
use crate::person::Profile;

/// Runs, body, habit and what was learned.
#[derive(FromPyObject)]
pub struct Given<'py>(Vec<Bound<'py, Load>>, Body, String, Option<Bound<'py, Profile>>);

impl Given<'_> {
    pub fn athlete(&self) -> PyResult<Athlete> {
        let Self(loads, body, habit, profile) = self;
        let habit = self::habit(habit)?;
        let runner = runner(*body);
        runner.check().map_err(|error| error.exception())?;
        let profile = profile.as_ref().map(|profile| profile.get().profile.clone());
        let athlete = Athlete::new(joined(loads), &runner, habit, profile);
        athlete.map_err(|error| error.exception())
    }
}

/// Grade and speed of a descent, each only if it was asked for.
pub fn descent((grade, speed_m_s): (Option<f64>, Option<f64>)) -> AskedDescent {
    AskedDescent { grade, speed_m_s }
}

/// Where a descent comes from; a stored word must be one of those that [`Athlete::descent`] gives.
pub fn descent_from(word: &str) -> PyResult<&'static str> {
    let known = ["usual", "given", "default"].into_iter().find(|known| *known == word);
    known.ok_or_else(|| {
        EccentricError::new_err(format!(
            "source of the descent is \"{word}\", allowed is usual, given or default"
        ))
    })
}

/// A number that the model doesn't check for itself.
pub fn within(bound: bounds::Bound, value: Option<f64>) -> PyResult<()> {
    value.map_or(Ok(()), |value| bound.check(value).map(|_| ())).map_err(|error| error.exception())
}

/// Name and reason of runs that have no place in a history.
pub fn reasons(left_out: &[Failure]) -> Vec<(String, &str)> {
    left_out.iter().map(|f| (f.file.display().to_string(), f.reason.as_str())).collect()
}

/// Something to read: bytes with a name for messages, or a path.
#[derive(FromPyObject)]
pub enum Source {
    Bytes(PyBackedBytes, String),
    Path(PathBuf),
}

/// Why it can't be read, with the name of the file.
pub struct Unreadable(String);

impl Raises for Unreadable {
    fn exception(&self) -> PyErr {
        ReadError::new_err(self.0.clone())
    }
}

impl Source {
    pub fn read<T>(
        &self,
        parse: impl FnOnce(&str, &[u8]) -> eccentric_files::Result<T>,
    ) -> Result<T, Unreadable> {
        let found = match self {
            Self::Bytes(bytes, name) => parse(name, bytes).map_err(|error| error.to_string()),
            Self::Path(path) => eccentric_files::read_file(path)
                .and_then(|bytes| parse(&path.to_string_lossy(), &bytes))
                .map_err(|error| format!("{}: {error}", path.display())),
        };
        found.map_err(Unreadable)
    }
}
