//! Runs from files, from columns and from segments.

use std::path::PathBuf;

use eccentric::Timestamp;
use eccentric::activity::{Activity as Cleaned, Gait, Segment};
use eccentric_app::{ReadRun, RunOptions};
use eccentric_files::{ReadOptions, read_columns};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};

use crate::arrays::{Floats, datetime64, quality, values};
use crate::errors::{EccentricError, InFile, Raises, detached, from_json, to_json};

/// A run as read and cleaned.
#[pyclass(frozen, module = "eccentric._native")]
pub struct Activity(pub ReadRun);

/// Every run in bytes of a file; `name` is used in messages.
#[pyfunction]
pub fn read_bytes(
    py: Python<'_>,
    bytes: &[u8],
    name: PathBuf,
    grade: Option<f64>,
    start_ms: Option<i64>,
) -> PyResult<Vec<Activity>> {
    let options = options(grade, start_ms)?;
    let runs = detached(py, || ReadRun::all(&name, bytes, &options))?;
    Ok(runs.into_iter().map(Activity).collect())
}

/// Every run in a file.
#[pyfunction]
pub fn read_path(
    py: Python<'_>,
    path: PathBuf,
    grade: Option<f64>,
    start_ms: Option<i64>,
) -> PyResult<Vec<Activity>> {
    let options = options(grade, start_ms)?;
    let runs = detached(py, || {
        let all = |bytes: Vec<u8>| ReadRun::all(&path, &bytes, &options);
        eccentric_files::read_file(&path).and_then(all).map_err(|error| InFile(&path, error))
    })?;
    Ok(runs.into_iter().map(Activity).collect())
}

fn options(grade: Option<f64>, start_ms: Option<i64>) -> PyResult<RunOptions> {
    if let Some(grade) = grade {
        eccentric::bounds::GRADE.check(grade).map_err(|error| error.exception())?;
    }
    Ok(RunOptions { grade, start: start_ms.map(Timestamp::from_unix_ms) })
}

#[pymethods]
impl Activity {
    /// From columns of one table; the names are those of CSV columns.
    #[classmethod]
    fn from_columns(
        cls: &Bound<'_, PyType>,
        columns: Vec<(String, Floats<'_>)>,
        name: PathBuf,
        grade: Option<f64>,
        start_ms: Option<i64>,
    ) -> PyResult<Self> {
        let options = options(grade, start_ms)?;
        let columns = columns
            .iter()
            .map(|(name, array)| Ok((name.as_str(), values(array)?)))
            .collect::<PyResult<Vec<_>>>()?;
        detached(cls.py(), || {
            let columns: Vec<_> =
                columns.iter().map(|(name, values)| (*name, values.as_slice())).collect();
            let read = read_columns(&columns, &ReadOptions { grade: options.grade })?;
            Ok::<_, eccentric_files::ReadError>(Self(ReadRun::of(&name, read, &options)?))
        })
    }

    /// From segments whose grade and speed were set or computed elsewhere: duration, speed, grade, its
    /// standard error, start, step rate.
    #[classmethod]
    fn from_segments(
        cls: &Bound<'_, PyType>,
        columns: [Floats<'_>; 6],
        running: Option<Vec<bool>>,
        name: PathBuf,
        start_ms: Option<i64>,
    ) -> PyResult<Self> {
        let columns: Vec<Vec<f64>> = columns.iter().map(values).collect::<PyResult<_>>()?;
        let [duration, speed, grade, se, starts, rates] = &columns[..] else {
            return Err(EccentricError::new_err("a segment has six numbers"));
        };
        let len = duration.len();
        let gaits = running.as_ref().map_or(len, Vec::len);
        if gaits != len || columns.iter().any(|column| column.len() != len) {
            return Err(EccentricError::new_err("the columns of the segments differ in length"));
        }
        let gait = |k: usize| match &running {
            Some(running) if running[k] => Gait::Running,
            Some(_) => Gait::Walking,
            None => {
                let rate = Some(rates[k]).filter(|rate| !rate.is_nan());
                Gait::of(speed[k], rate.map(|rate| 60.0 * rate))
            }
        };
        let segments = (0..len).map(|k| Segment {
            start_s: starts[k],
            duration_s: duration[k],
            speed_m_s: speed[k],
            grade: grade[k],
            grade_se: se[k],
            gait: gait(k),
            step_rate_hz: Some(rates[k]).filter(|rate| !rate.is_nan()),
        });
        let segments: Vec<Segment> = segments.collect();
        let start = start_ms.map(Timestamp::from_unix_ms);
        detached(cls.py(), || ReadRun::of_segments(name, start, segments).map(Self))
    }

    #[classmethod]
    fn from_json(_cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        let run: ReadRun = from_json(text)?;
        for (index, segment) in run.activity.segments.iter().enumerate() {
            segment.check_at(index).map_err(|error| error.exception())?;
        }
        Ok(Self(run))
    }

    fn to_json(&self) -> PyResult<String> {
        to_json(&self.0)
    }

    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (run, activity) = (&self.0, &self.0.activity);
        let dict = PyDict::new(py);
        dict.set_item("name", run.name())?;
        dict.set_item("start", datetime64(py, activity.start)?)?;
        dict.set_item("dated", run.dated)?;
        dict.set_item("duration_s", activity.duration_s)?;
        dict.set_item("moving_s", run.moving_s())?;
        dict.set_item("distance_m", activity.distance_m)?;
        dict.set_item("ascent_m", activity.ascent_m)?;
        dict.set_item("descent_m", activity.descent_m)?;
        dict.set_item("device", &run.device)?;
        dict.set_item("warnings", &run.warnings)?;
        dict.set_item("quality", quality(py, &activity.quality)?)?;
        dict.set_item("segments", segments(py, activity)?)?;
        Ok(dict)
    }
}

fn segments<'py>(py: Python<'py>, activity: &Cleaned) -> PyResult<Bound<'py, PyDict>> {
    let column =
        |of: &dyn Fn(&Segment) -> f64| PyArray1::from_iter(py, activity.segments.iter().map(of));
    let dict = PyDict::new(py);
    dict.set_item("start_s", column(&|s| s.start_s))?;
    dict.set_item("duration_s", column(&|s| s.duration_s))?;
    dict.set_item("speed_m_s", column(&|s| s.speed_m_s))?;
    dict.set_item("grade", column(&|s| s.grade))?;
    dict.set_item("grade_se", column(&|s| s.grade_se))?;
    dict.set_item("step_rate_hz", column(&|s| s.step_rate_hz.unwrap_or(f64::NAN)))?;
    let running = activity.segments.iter().map(|s| s.gait == Gait::Running);
    dict.set_item("running", PyArray1::from_iter(py, running))?;
    let mut distance_m = 0.0;
    let starts = activity.segments.iter().map(|s| {
        let start_m = distance_m;
        distance_m += s.horizontal_m();
        start_m
    });
    dict.set_item("distance_m", PyArray1::from_vec(py, starts.collect()))?;
    dict.set_item("elevation_m", PyArray1::from_slice(py, &activity.elevation_m))?;
    Ok(dict)
}
