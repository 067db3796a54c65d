//! Forecasts from a history of loads.

use eccentric::damage::Habit;
use eccentric::forecast::{
    Driver, Felt, ForecastOptions, MuscleForecast, Outlook as Ahead, Series,
};
use eccentric::params::Parameters;
use eccentric::person::prior;
use eccentric::plan::advice;
use eccentric::{Muscle, Timestamp};
use eccentric_app::history::Joined;
use eccentric_app::json::forecast_report;
use eccentric_app::{Failure, Run};
use numpy::{PyArray1, PyArray2};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};
use pythonize::pythonize;
use serde::{Deserialize, Serialize};

use crate::arrays::{datetime64, maybe_datetime64, per_muscle, times};
use crate::athlete::reasons;
use crate::errors::{EccentricError, Raises, detached, from_json, named, to_json};
use crate::load::Load;
use crate::person::Profile;
use crate::state::State;

/// A forecast with its background.
#[pyclass(frozen, module = "eccentric._native")]
#[derive(Serialize, Deserialize)]
pub struct Outlook {
    pub ahead: Ahead,
    pub runs: Vec<Run>,
    pub left_out: Vec<Failure>,
    /// Probability of [`eccentric::forecast::Clear::likely_at`].
    pub clear_probability: f64,
}

/// Habits by name.
pub fn habit(name: &str) -> PyResult<Habit> {
    named("habit", name, "none, recreational, road or trail")
}

/// Runs of a history, in any order.
pub fn joined(loads: &[Bound<'_, Load>]) -> Joined {
    Joined::of(loads.iter().map(|load| load.get().0.clone()).collect())
}

/// What a forecast covers.
#[derive(FromPyObject)]
pub struct Options(f64, f64, Vec<f64>, f64, f64);

impl From<Options> for ForecastOptions {
    fn from(given: Options) -> Self {
        let Options(hours, step_h, levels, clear_below, clear_probability) = given;
        Self { hours, step_h, levels, clear_below, clear_probability }
    }
}

/// The forecast from a time on, from the end of the latest run if none is given.
#[pyfunction]
pub fn forecast(
    py: Python<'_>,
    loads: Vec<Bound<'_, Load>>,
    habit: &str,
    start_ms: Option<i64>,
    options: Options,
    profile: Option<&Bound<'_, Profile>>,
) -> PyResult<Outlook> {
    let habit = self::habit(habit)?;
    let options = ForecastOptions::from(options);
    let joined = joined(&loads);
    let start = start_ms.map(Timestamp::from_unix_ms).or_else(|| joined.end());
    let start = start.ok_or_else(|| {
        EccentricError::new_err("there is no run, so there is nothing to forecast from")
    })?;
    let profile = profile.map(|profile| &profile.get().profile);
    detached(py, || {
        let p = Parameters::default();
        let history = joined.history(habit);
        let population;
        let profile = if let Some(profile) = profile {
            profile
        } else {
            population = prior(&p);
            &population
        };
        let ahead = history.outlook_for(profile, start, &options, &p)?;
        let Joined { runs, left_out } = joined;
        let clear_probability = options.clear_probability;
        Ok::<_, eccentric::Error>(Outlook { ahead, runs, left_out, clear_probability })
    })
}

#[pymethods]
impl Outlook {
    #[classmethod]
    fn from_json(_cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        let outlook: Self = from_json(text)?;
        let count = outlook.runs.len();
        if outlook.ahead.drivers.iter().any(|driver| driver.run >= count) {
            return Err(EccentricError::new_err("a driver of the forecast is none of its runs"));
        }
        outlook.ahead.state.check().map_err(|error| error.exception())?;
        Ok(outlook)
    }

    fn to_json(&self) -> PyResult<String> {
        to_json(self)
    }

    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let Self { ahead, runs, left_out, clear_probability } = self;
        Ok(pythonize(py, &forecast_report(ahead, runs, left_out, *clear_probability))?)
    }

    fn state(&self) -> State {
        State(self.ahead.state)
    }

    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("times", times(py, &self.ahead.forecast.times))?;
        let muscles = PyDict::new(py);
        for muscle in Muscle::ALL {
            let ahead = &self.ahead.forecast.muscles[muscle];
            muscles
                .set_item(muscle.name(), muscle_fields(py, ahead, &self.ahead.before[muscle])?)?;
        }
        dict.set_item("muscles", muscles)?;
        let drivers = self.ahead.drivers.iter().map(|driver| self.driver(py, driver));
        dict.set_item("drivers", drivers.collect::<PyResult<Vec<_>>>()?)?;
        let sentences: Vec<_> = advice(&self.ahead.forecast).sentences().collect();
        dict.set_item("advice", sentences)?;
        dict.set_item("left_out", reasons(&self.left_out))?;
        Ok(dict)
    }
}

impl Outlook {
    fn driver<'py>(&self, py: Python<'py>, driver: &Driver) -> PyResult<Bound<'py, PyDict>> {
        let run = &self.runs[driver.run];
        let dict = PyDict::new(py);
        dict.set_item("run", driver.run)?;
        dict.set_item("name", run.name())?;
        dict.set_item("start", datetime64(py, run.load.start)?)?;
        dict.set_item("share", driver.share)?;
        let by_day = |share: &Vec<f64>| Ok(PyArray1::from_slice(py, share));
        dict.set_item("share_by_day", per_muscle(py, &driver.share_by_day, by_day)?)?;
        Ok(dict)
    }
}

fn muscle_fields<'py>(
    py: Python<'py>,
    ahead: &MuscleForecast,
    before: &Felt,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("soreness", series(py, &ahead.soreness)?)?;
    dict.set_item("strength_loss", series(py, &ahead.strength_loss)?)?;
    dict.set_item("clear_probability", PyArray1::from_slice(py, &ahead.clear_probability))?;
    dict.set_item("peak_time", datetime64(py, ahead.peak.time)?)?;
    dict.set_item("peak_soreness", ahead.peak.soreness)?;
    dict.set_item("clear_below", ahead.clear.below)?;
    dict.set_item("clear_at", maybe_datetime64(py, ahead.clear.at)?)?;
    dict.set_item("clear_likely_at", maybe_datetime64(py, ahead.clear.likely_at)?)?;
    dict.set_item("soreness_before", before.soreness)?;
    dict.set_item("strength_loss_before", before.strength_loss)?;
    Ok(dict)
}

/// Medians, levels, and ends of the intervals with one row for each level.
pub fn series<'py>(py: Python<'py>, series: &Series) -> PyResult<Bound<'py, PyDict>> {
    let rows = |end: &dyn Fn(usize) -> Vec<f64>| -> PyResult<_> {
        let rows: Vec<Vec<f64>> = (0..series.intervals.len()).map(end).collect();
        if rows.is_empty() {
            return Ok(PyArray2::zeros(py, [0, series.point.len()], false));
        }
        PyArray2::from_vec2(py, &rows).map_err(|error| EccentricError::new_err(error.to_string()))
    };
    let levels: Vec<f64> = series.intervals.iter().map(|interval| interval.level).collect();
    let dict = PyDict::new(py);
    dict.set_item("point", PyArray1::from_slice(py, &series.point))?;
    dict.set_item("levels", PyArray1::from_vec(py, levels))?;
    dict.set_item("lower", rows(&|k| series.intervals[k].lower.clone())?)?;
    dict.set_item("upper", rows(&|k| series.intervals[k].upper.clone())?)?;
    Ok(dict)
}
