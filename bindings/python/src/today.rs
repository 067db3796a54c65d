//! How much downhill today.

use eccentric::plan::{Advice, EASY_DAYS, RED_FLAGS, Tightest, Today as Found, TodayOptions};
use eccentric::{Timestamp, bounds};
use eccentric_app::Failure;
use eccentric_app::today::{TodayReport, limit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};
use pythonize::pythonize;
use serde::{Deserialize, Serialize};

use crate::arrays::{datetime64, maybe_datetime64, per_muscle};
use crate::athlete::{Given, descent, descent_from, reasons, within};
use crate::errors::{detached, from_json, to_json};

/// A limit for today with its background.
#[pyclass(frozen, module = "eccentric._native")]
#[derive(Serialize, Deserialize)]
pub struct Today {
    limit: Found,
    options: TodayOptions,
    descent_from: String,
    severe: bool,
    easy: bool,
    left_out: Vec<Failure>,
}

/// The limit at a time, below a soreness with a probability, on a descent.
#[pyfunction]
pub fn today(
    py: Python<'_>,
    athlete: Given<'_>,
    at_ms: i64,
    until_ms: Option<i64>,
    limited: (f64, f64),
    on: (Option<f64>, Option<f64>),
) -> PyResult<Today> {
    let athlete = athlete.athlete()?;
    detached(py, || {
        let start = Timestamp::from_unix_ms(at_ms);
        let (soreness_below, probability) = limited;
        let (descent, source) = athlete.descent(&descent(on), start)?;
        let usual = TodayOptions::from(start);
        let until = until_ms.map_or(usual.until, Timestamp::from_unix_ms);
        let options = TodayOptions { until, soreness_below, probability, descent, ..usual };
        let (limit, advice) = limit(&athlete, &options)?;
        Ok::<_, eccentric::Error>(Today {
            limit,
            options,
            descent_from: source.into(),
            severe: advice.severe,
            easy: advice.recovery.is_some(),
            left_out: athlete.left_out,
        })
    })
}

impl Today {
    fn advice(&self) -> Advice {
        Advice {
            severe: self.severe,
            recovery: self.easy.then_some(EASY_DAYS),
            red_flags: self.severe.then_some(RED_FLAGS),
        }
    }
}

#[pymethods]
impl Today {
    #[classmethod]
    fn from_json(_cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        let today: Self = from_json(text)?;
        descent_from(&today.descent_from)?;
        within(bounds::SESSION_POINTS, Some(today.limit.points))?;
        Ok(today)
    }

    fn to_json(&self) -> PyResult<String> {
        to_json(self)
    }

    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let source = descent_from(&self.descent_from)?;
        let report = TodayReport::of(&self.limit, &self.options, source, self.advice());
        Ok(pythonize(py, &report)?)
    }

    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let Self { limit, options, .. } = self;
        let dict = PyDict::new(py);
        dict.set_item("start", datetime64(py, options.start)?)?;
        dict.set_item("until", datetime64(py, options.until)?)?;
        dict.set_item("soreness_below", options.soreness_below)?;
        dict.set_item("probability", options.probability)?;
        dict.set_item("soreness", per_muscle(py, &limit.before, |felt| Ok(felt.soreness))?)?;
        let loss = per_muscle(py, &limit.before, |felt| Ok(felt.strength_loss))?;
        dict.set_item("strength_loss", loss)?;
        dict.set_item("points", limit.points)?;
        dict.set_item("descent_m", limit.workout.descent_m)?;
        dict.set_item("distance_m", limit.workout.distance_m)?;
        dict.set_item("duration_s", limit.workout.duration_s)?;
        dict.set_item("open", limit.open)?;
        dict.set_item("worthwhile", limit.worthwhile())?;
        dict.set_item("grade", options.descent.grade)?;
        dict.set_item("speed_m_s", options.descent.speed_m_s)?;
        dict.set_item("descent_from", &self.descent_from)?;
        dict.set_item("tightest", tightest(py, &limit.tightest)?)?;
        dict.set_item("next", maybe_datetime64(py, limit.next)?)?;
        dict.set_item("advice", self.advice().sentences().collect::<Vec<_>>())?;
        dict.set_item("left_out", reasons(&self.left_out))?;
        Ok(dict)
    }
}

/// Where soreness comes closest to a level.
pub fn tightest<'py>(py: Python<'py>, closest: &Tightest) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("time", datetime64(py, closest.time)?)?;
    dict.set_item("muscle", closest.muscle.name())?;
    dict.set_item("probability", closest.probability)?;
    dict.set_item("soreness", closest.soreness)?;
    Ok(dict)
}
