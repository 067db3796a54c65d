//! Loads.

use std::borrow::Cow;
use std::path::PathBuf;

use eccentric::activity::Segment;
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::{Error, Saved, bounds};
use eccentric_app::Run;
use eccentric_app::json::load_report;
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};
use pythonize::pythonize;

use crate::activity::Activity;
use crate::arrays::{Floats, datetime64, per_muscle, quality, values};
use crate::errors::{Raises, detached, from_json, to_json};

/// The load of one run.
#[pyclass(frozen, module = "eccentric._native")]
pub struct Load(pub Run);

/// Body mass and pack in kg, body fat as a fraction, age in years.
pub type Body = (f64, f64, Option<f64>, Option<f64>);

pub fn runner((mass_kg, pack_kg, body_fat, age_years): Body) -> Runner {
    Runner { mass_kg, pack_kg, body_fat, age_years }
}

fn model(body: Body) -> Result<DoseModel, Error> {
    DoseModel::new(&Parameters::default(), &runner(body))
}

#[pymethods]
impl Load {
    #[new]
    fn new(py: Python<'_>, activity: &Bound<'_, Activity>, body: Body) -> PyResult<Self> {
        let run = &activity.get().0;
        detached(py, || run.carried(&model(body)?).map(Self))
    }

    #[classmethod]
    fn from_json(_cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        let run: Run = from_json(text)?;
        run.load.check().map_err(|error| error.exception())?;
        Ok(Self(run))
    }

    fn to_json(&self) -> PyResult<String> {
        to_json(&self.0)
    }

    /// What other programs read: the load alone, in its envelope.
    fn saved(&self) -> PyResult<String> {
        to_json(&Saved(self.0.load.clone()))
    }

    /// The load alone, in few bytes.
    fn to_bytes(&self) -> Cow<'_, [u8]> {
        self.0.load.to_bytes().into()
    }

    #[classmethod]
    fn from_bytes(_cls: &Bound<'_, PyType>, bytes: &[u8], name: PathBuf) -> PyResult<Self> {
        let load = EccentricLoad::from_bytes(bytes).map_err(|error| error.exception())?;
        Ok(Self(Run::of_load(name, load)))
    }

    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &load_report(std::slice::from_ref(&self.0)))?)
    }

    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (run, load) = (&self.0, &self.0.load);
        let dict = PyDict::new(py);
        dict.set_item("name", run.name())?;
        dict.set_item("start", datetime64(py, load.start)?)?;
        dict.set_item("end", datetime64(py, load.end())?)?;
        dict.set_item("dated", run.dated)?;
        dict.set_item("duration_s", run.duration_s)?;
        dict.set_item("moving_s", run.moving_s)?;
        dict.set_item("distance_m", run.distance_m)?;
        dict.set_item("ascent_m", run.ascent_m)?;
        dict.set_item("descent_m", run.descent_m)?;
        dict.set_item("negative_work_j", load.negative_work_j)?;
        dict.set_item("points", per_muscle(py, &load.points, |points| Ok(*points))?)?;
        dict.set_item("points_total", load.points_total)?;
        dict.set_item("points_se", load.points_se)?;
        dict.set_item("equivalent_flat_km", load.equivalent_flat_km)?;
        dict.set_item("warnings", &run.warnings)?;
        dict.set_item("quality", quality(py, &run.quality)?)?;
        Ok(dict)
    }
}

/// Points of 1 km, all muscle groups together, elementwise over columns of the same length.
#[pyfunction]
pub fn points_per_km<'py>(
    py: Python<'py>,
    grade: Floats<'py>,
    speed_m_s: Floats<'py>,
    body: Body,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let (grade, speed) = (values(&grade)?, values(&speed_m_s)?);
    let points = detached(py, || {
        let model = model(body)?;
        let (expected, found) = (grade.len(), speed.len());
        if expected != found {
            return Err(Error::LengthMismatch { quantity: "speed", expected, found });
        }
        let each = grade.iter().zip(&speed).enumerate();
        each.map(|(index, (&grade, &speed))| {
            bounds::GRADE.check_at(grade, index)?;
            bounds::SPEED.check_at(speed, index)?;
            Ok(model.points_per_km(&Segment::steady(grade, speed, 1.0)))
        })
        .collect::<Result<Vec<f64>, Error>>()
    })?;
    Ok(PyArray1::from_vec(py, points))
}
