//! Courses, and races on them.

use eccentric::forecast::{Felt, ForecastOptions, Outlook as Ahead};
use eccentric::plan::{Along, CoursePoint, Pace, PacePoint, Race as Run, Return, advice};
use eccentric::{Error, PerMuscle, Timestamp};
use eccentric_app::Failure;
use eccentric_app::race::{CourseFile, Planned};
use eccentric_app::race_json::{CourseJson, OutcomeJson, race_report};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};
use pythonize::pythonize;
use serde::{Deserialize, Serialize};

use crate::arrays::{Floats, datetime64, maybe_datetime64, per_muscle, values};
use crate::athlete::{Given, Source, reasons};
use crate::errors::{EccentricError, Raises, detached, from_json, to_json};
use crate::forecast::{Outlook, series};

/// A course.
#[pyclass(frozen, module = "eccentric._native")]
pub struct Course(pub CourseFile);

#[pymethods]
impl Course {
    /// From GPX; `name` is that of a course that doesn't say its own.
    #[classmethod]
    fn read(cls: &Bound<'_, PyType>, source: Source, name: Option<String>) -> PyResult<Self> {
        let mut course = detached(cls.py(), || source.read(CourseFile::read))?;
        course.file.name = course.file.name.or(name);
        Ok(Self(course))
    }

    /// From distances and elevations; NaN is an elevation that is missing.
    #[classmethod]
    fn from_columns(
        cls: &Bound<'_, PyType>,
        distance_m: Floats<'_>,
        elevation_m: Floats<'_>,
        name: Option<String>,
    ) -> PyResult<Self> {
        let (distance_m, elevation_m) = (values(&distance_m)?, values(&elevation_m)?);
        detached(cls.py(), || {
            let (expected, found) = (distance_m.len(), elevation_m.len());
            if expected != found {
                return Err(Error::LengthMismatch { quantity: "elevation", expected, found });
            }
            let places = distance_m.iter().zip(&elevation_m);
            let points: Vec<CoursePoint> = places
                .filter(|(_, elevation_m)| !elevation_m.is_nan())
                .map(|(&distance_m, &elevation_m)| CoursePoint { distance_m, elevation_m })
                .collect();
            let without_elevation = expected - points.len();
            let file = eccentric_files::Course { name, points, without_elevation };
            CourseFile::of(file).map(Self)
        })
    }
}

/// How fast a race is run: in a time, by a table of speeds, or by columns of distance in km and speed.
#[derive(FromPyObject)]
pub enum Pacing<'py> {
    FinishTime(f64),
    Columns(Floats<'py>, Floats<'py>),
    Table(Source),
}

/// As the middle of the field if nothing is said.
pub fn pace(py: Python<'_>, pacing: Option<Pacing<'_>>) -> PyResult<Pace> {
    let pace = match pacing {
        None => Pace::Typical,
        Some(Pacing::FinishTime(time_s)) => Pace::FinishTime(time_s),
        Some(Pacing::Columns(distance_km, speed_m_s)) => {
            let (distance_km, speed_m_s) = (values(&distance_km)?, values(&speed_m_s)?);
            let (expected, found) = (distance_km.len(), speed_m_s.len());
            if expected != found {
                let quantity = "speed";
                return Err(Error::LengthMismatch { quantity, expected, found }.exception());
            }
            let points = distance_km.iter().zip(speed_m_s);
            let point = |(km, speed_m_s)| PacePoint { distance_m: 1000.0 * km, speed_m_s };
            Pace::Profile(points.map(point).collect())
        }
        Some(Pacing::Table(source)) => Pace::Profile(detached(py, || {
            source.read(|_, bytes| eccentric_files::read_pace_profile(bytes))
        })?),
    };
    pace.check().map_err(|error| error.exception())?;
    Ok(pace)
}

/// A race with its background.
#[pyclass(frozen, module = "eccentric._native")]
pub struct Race {
    planned: Planned,
    clear_probability: f64,
    left_out: Vec<Failure>,
}

/// What is stored of it: the course as its points.
#[derive(Serialize, Deserialize)]
struct Stored {
    name: Option<String>,
    points: Vec<CoursePoint>,
    without_elevation: usize,
    start: Timestamp,
    before: PerMuscle<Felt>,
    race: Run,
    clear_probability: f64,
    left_out: Vec<Failure>,
}

/// The race of an athlete on a course, and the days after it.
#[pyfunction]
pub fn race(
    py: Python<'_>,
    course: &Bound<'_, Course>,
    athlete: Given<'_>,
    start_ms: i64,
    pacing: Option<Pacing<'_>>,
    after: (f64, Vec<f64>, f64),
) -> PyResult<Race> {
    let athlete = athlete.athlete()?;
    let pace = pace(py, pacing)?;
    let course = course.get().0.clone();
    let (hours, levels, clear_below) = after;
    let after = ForecastOptions { hours, levels, clear_below, ..ForecastOptions::default() };
    let clear_probability = after.clear_probability;
    detached(py, || {
        let start = Timestamp::from_unix_ms(start_ms);
        let planned = Planned::of(course, &athlete, start, pace, after)?;
        let left_out = athlete.left_out;
        Ok::<_, Error>(Race { planned, clear_probability, left_out })
    })
}

/// Whether every column along the course has a value for each place.
fn check_along(along: &Along) -> Result<(), Error> {
    let expected = along.distance_km.len();
    let alike = |quantity, found| match found == expected {
        true => Ok(()),
        false => Err(Error::LengthMismatch { quantity, expected, found }),
    };
    alike("elevation", along.elevation_m.len())?;
    alike("elapsed time", along.elapsed_s.len())?;
    alike("speed", along.speed_m_s.len())?;
    alike("points", along.points.len())?;
    alike("slowing", along.descent_slowing.len())?;
    for (_, loss) in along.strength_loss.iter() {
        alike("strength loss", loss.point.len())?;
        for interval in &loss.intervals {
            alike("strength loss", interval.lower.len())?;
            alike("strength loss", interval.upper.len())?;
        }
    }
    Ok(())
}

#[pymethods]
impl Race {
    #[classmethod]
    fn from_json(_cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        let stored: Stored = from_json(text)?;
        let Stored { name, points, without_elevation, start, before, race, .. } = stored;
        let file = eccentric_files::Course { name, points, without_elevation };
        let CourseFile { file, course } =
            CourseFile::of(file).map_err(|error| error.exception())?;
        race.legs.check().map_err(|error| error.exception())?;
        check_along(&race.along).map_err(|error| error.exception())?;
        let planned = Planned { race, course, file, start, before };
        let Stored { clear_probability, left_out, .. } = stored;
        Ok(Self { planned, clear_probability, left_out })
    }

    fn to_json(&self) -> PyResult<String> {
        let Planned { race, file, start, before, .. } = &self.planned;
        to_json(&Stored {
            name: file.name.clone(),
            points: file.points.clone(),
            without_elevation: file.without_elevation,
            start: *start,
            before: *before,
            race: race.clone(),
            clear_probability: self.clear_probability,
            left_out: self.left_out.clone(),
        })
    }

    /// With at most so many places along the course.
    fn report<'py>(&self, py: Python<'py>, places: i64) -> PyResult<Bound<'py, PyAny>> {
        let allowed = usize::try_from(places).ok().filter(|n| (2..=1_000_000).contains(n));
        let places = allowed.ok_or_else(|| {
            EccentricError::new_err(format!("points is {places}, allowed is 2 to 1000000"))
        })?;
        Ok(pythonize(py, &race_report(&self.planned, places, self.clear_probability))?)
    }

    /// The days after it.
    fn after(&self) -> Outlook {
        let Planned { race, before, .. } = &self.planned;
        let (state, forecast) = (race.legs, race.after.clone());
        let ahead = Ahead { state, before: *before, forecast, drivers: Vec::new() };
        let clear_probability = self.clear_probability;
        Outlook { ahead, runs: Vec::new(), left_out: Vec::new(), clear_probability }
    }

    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let planned = &self.planned;
        let Run { load, along, back: Return { stairs, downhill }, .. } = &planned.race;
        let dict = PyDict::new(py);
        dict.set_item("name", planned.name())?;
        dict.set_item("course", pythonize(py, &CourseJson::from(planned))?)?;
        dict.set_item("start", datetime64(py, planned.start)?)?;
        dict.set_item("finish", datetime64(py, planned.race.legs.time)?)?;
        dict.set_item("finish_time_s", planned.race.finish_s)?;
        dict.set_item("power_w_kg", planned.race.power_w_kg)?;
        dict.set_item("points", load.points_total)?;
        dict.set_item("points_se", load.points_se)?;
        for (name, column) in [
            ("distance_km", &along.distance_km),
            ("elevation_m", &along.elevation_m),
            ("elapsed_s", &along.elapsed_s),
            ("speed_m_s", &along.speed_m_s),
            ("points_so_far", &along.points),
            ("descent_slowing", &along.descent_slowing),
        ] {
            dict.set_item(name, PyArray1::from_slice(py, column))?;
        }
        let loss = per_muscle(py, &along.strength_loss, |loss| series(py, loss))?;
        dict.set_item("strength_loss", loss)?;
        let lead = per_muscle(py, &planned.race.lead_legs_km, |km| Ok(*km))?;
        dict.set_item("lead_legs_km", lead)?;
        dict.set_item("stairs_at", maybe_datetime64(py, *stairs)?)?;
        dict.set_item("downhill_at", maybe_datetime64(py, *downhill)?)?;
        let outcomes: Vec<_> = planned.race.outcomes.iter().map(OutcomeJson::from).collect();
        dict.set_item("outcomes", pythonize(py, &outcomes)?)?;
        let sentences: Vec<_> = advice(&planned.race.after).sentences().collect();
        dict.set_item("advice", sentences)?;
        dict.set_item("left_out", reasons(&self.left_out))?;
        Ok(dict)
    }
}
