//! What is learned of a person.

use eccentric::Saved;
use eccentric::params::Parameters;
use eccentric::person::Profile as Known;
use eccentric::soreness::Scale;
use eccentric_app::json::{fit_report, numbers};
use eccentric_files::{RatingOptions, Ratings, read_ratings};
use jiff::tz::TimeZone;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};
use pythonize::pythonize;

use crate::errors::{EccentricError, Raises, detached, from_json, to_json};
use crate::forecast::{habit, joined};
use crate::load::Load;

/// What is known of a person.
#[pyclass(frozen, module = "eccentric._native")]
pub struct Profile {
    pub profile: Known,
    runs: usize,
    other_cause: usize,
    left_out: Vec<(String, String)>,
}

/// Learns a person from ratings: the bytes of a file or a list of JSON objects.
#[pyfunction]
pub fn fit(
    py: Python<'_>,
    loads: Vec<Bound<'_, Load>>,
    ratings: &[u8],
    habit: &str,
    scale: Option<&str>,
    time_zone: &str,
) -> PyResult<Profile> {
    let habit = self::habit(habit)?;
    let scale = scale.map(named_scale).transpose()?;
    let time_zone = self::time_zone(time_zone)?;
    let joined = joined(&loads);
    let Ratings { observations, other_cause } =
        detached(py, || read_ratings(ratings, &RatingOptions { scale, time_zone: &time_zone }))?;
    let runs = joined.runs.len();
    let history = joined.history(habit);
    let profile = detached(py, || history.fit(&observations, &Parameters::default()))?;
    let left_out = joined.left_out.into_iter();
    let left_out = left_out.map(|f| (f.file.display().to_string(), f.reason)).collect();
    Ok(Profile { profile, runs, other_cause, left_out })
}

/// A time zone by its name.
pub fn time_zone(name: &str) -> PyResult<TimeZone> {
    TimeZone::get(name).map_err(|_| {
        EccentricError::new_err(format!(
            "time zone is \"{name}\", allowed is a name such as UTC or Europe/Zurich"
        ))
    })
}

fn named_scale(name: &str) -> PyResult<Scale> {
    Scale::named(name).ok_or_else(|| {
        let known: Vec<&str> = Scale::PRESETS.iter().map(|(name, _)| *name).collect();
        EccentricError::new_err(format!(
            "scale is \"{name}\", allowed is {} or a range with its direction such as 0-6-worse",
            known.join(", ")
        ))
    })
}

#[pymethods]
impl Profile {
    #[classmethod]
    fn from_json(_cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        let Saved(profile) = from_json::<Saved<Known>>(text)?;
        profile.check().map_err(|error| error.exception())?;
        Ok(Self { profile, runs: 0, other_cause: 0, left_out: Vec::new() })
    }

    fn to_json(&self) -> PyResult<String> {
        to_json(&Saved(self.profile.clone()))
    }

    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let p = Parameters::default();
        Ok(pythonize(py, &fit_report(&self.profile, self.runs, self.other_cause, None, &p))?)
    }

    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let p = Parameters::default();
        let (values, sds, trust) = (PyDict::new(py), PyDict::new(py), PyDict::new(py));
        for number in numbers(&self.profile, &p) {
            values.set_item(number.name, number.value)?;
            sds.set_item(number.name, number.sd)?;
            trust.set_item(number.name, number.trust)?;
        }
        let dict = PyDict::new(py);
        dict.set_item("values", values)?;
        dict.set_item("sds", sds)?;
        dict.set_item("trust", trust)?;
        let rows: Vec<Vec<f64>> = self.profile.covariance.iter().map(|r| r.to_vec()).collect();
        let covariance = numpy::PyArray2::from_vec2(py, &rows);
        let broken = |error: numpy::FromVecError| EccentricError::new_err(error.to_string());
        dict.set_item("covariance", covariance.map_err(broken)?)?;
        dict.set_item("ratings", self.profile.ratings)?;
        dict.set_item("other_cause", self.other_cause)?;
        dict.set_item("termination", pythonize(py, &self.profile.termination)?)?;
        dict.set_item("reversed_gain", self.profile.reversed_gain)?;
        dict.set_item("words", self.profile.words(&p))?;
        dict.set_item("left_out", &self.left_out)?;
        Ok(dict)
    }
}
