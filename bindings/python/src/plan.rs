//! The weeks before a race.

use eccentric::load::EccentricLoad;
use eccentric::plan::{Pace, Plan as Found, PlanOptions, Planned, Schedule, Tightest};
use eccentric::{Saved, Timestamp, bounds};
use eccentric_app::Failure;
use eccentric_app::days::{self, Days};
use eccentric_app::plan::{Asked, Changes, Made};
use eccentric_app::plan_json::plan_report;
use eccentric_app::time::date_of;
use eccentric_app::{ics, time::TimeZone};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyType};
use pythonize::pythonize;
use serde::{Deserialize, Serialize};

use crate::arrays::datetime64;
use crate::athlete::{Given, descent, descent_from, reasons, within};
use crate::errors::{EccentricError, Raises, detached, from_json, to_json};
use crate::person::time_zone;
use crate::race::Course;
use crate::today::tightest;

/// A plan with its background.
#[pyclass(frozen, module = "eccentric._native")]
pub struct Plan {
    made: Made,
    from: Timestamp,
    zone_name: String,
    zone: TimeZone,
    left_out: Vec<Failure>,
}

/// What is stored of it.
#[derive(Serialize, Deserialize)]
struct Stored {
    plan: Found,
    options: PlanOptions,
    race: EccentricLoad,
    name: String,
    source: String,
    changes: Option<Changes>,
    from: Timestamp,
    zone_name: String,
    left_out: Vec<Failure>,
}

/// What is asked of a plan, by the names of the command's options.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Options {
    race: i64,
    from_: i64,
    time_s: Option<f64>,
    hour: i8,
    block: Vec<String>,
    rest_days: u16,
    soreness: f64,
    probability: f64,
    clear_below: f64,
    clear_probability: f64,
    week_points: Option<f64>,
    week_descent_m: Option<f64>,
    build_up: f64,
    slope: Option<f64>,
    speed_m_s: Option<f64>,
    before: Option<String>,
    time_zone: String,
}

impl Options {
    /// Days without a session.
    fn blocked(&self) -> PyResult<Vec<Days>> {
        let day = |text: &String| {
            days::parse(text).map_err(|reason| EccentricError::new_err(format!("block: {reason}")))
        };
        self.block.iter().map(day).collect()
    }

    /// The plan before, as it was kept.
    fn kept(&self) -> PyResult<Option<Planned>> {
        let Some(text) = &self.before else { return Ok(None) };
        let Saved(planned) = from_json::<Saved<Planned>>(text)?;
        planned.check().map_err(|error| error.exception())?;
        Ok(Some(planned))
    }

    fn asked<'a>(
        &self,
        blocked: &'a dyn Fn(jiff::civil::Date) -> bool,
        before: Option<&'a Planned>,
    ) -> Asked<'a> {
        Asked {
            race: Timestamp::from_unix_ms(self.race),
            from: Timestamp::from_unix_ms(self.from_),
            pace: self.time_s.map_or(Pace::Typical, Pace::FinishTime),
            hour: self.hour,
            blocked,
            rest_days: self.rest_days,
            descent: descent((self.slope, self.speed_m_s)),
            soreness_below: self.soreness,
            probability: self.probability,
            clear_below: self.clear_below,
            clear_probability: self.clear_probability,
            week_points: self.week_points,
            week_descent_m: self.week_descent_m,
            build_up: self.build_up,
            before,
        }
    }
}

/// Why there is no plan.
struct Reason(String);

impl Raises for Reason {
    fn exception(&self) -> PyErr {
        EccentricError::new_err(self.0.clone())
    }
}

/// The plan of an athlete for a race on a course.
#[pyfunction]
pub fn plan(
    py: Python<'_>,
    course: &Bound<'_, Course>,
    athlete: Given<'_>,
    options: Options,
) -> PyResult<Plan> {
    let athlete = athlete.athlete()?;
    let course = course.get().0.clone();
    let zone = time_zone(&options.time_zone)?;
    within(bounds::SESSION_POINTS, options.week_points)?;
    within(bounds::SAMPLE_DISTANCE, options.week_descent_m)?;
    let (blocked, before) = (options.blocked()?, options.kept()?);
    let made = detached(py, || {
        let blocked = |date| blocked.iter().any(|days| days.hold(date));
        let asked = options.asked(&blocked, before.as_ref());
        Made::of(course, &athlete, &asked, &zone).map_err(|error| Reason(error.to_string()))
    })?;
    Ok(Plan {
        made,
        from: Timestamp::from_unix_ms(options.from_),
        zone_name: options.time_zone,
        zone,
        left_out: athlete.left_out,
    })
}

#[pymethods]
impl Plan {
    #[classmethod]
    fn from_json(_cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        let stored: Stored = from_json(text)?;
        let Stored { plan, options, race, name, source, changes, from, zone_name, left_out } =
            stored;
        race.check().map_err(|error| error.exception())?;
        let (source, zone) = (descent_from(&source)?, time_zone(&zone_name)?);
        let made = Made { plan, options, race, name, source, changes };
        made.kept(from).check().map_err(|error| error.exception())?;
        Ok(Self { made, from, zone_name, zone, left_out })
    }

    fn to_json(&self) -> PyResult<String> {
        let Made { plan, options, race, name, source, changes } = &self.made;
        to_json(&Stored {
            plan: plan.clone(),
            options: options.clone(),
            race: race.clone(),
            name: name.clone(),
            source: (*source).into(),
            changes: changes.clone(),
            from: self.from,
            zone_name: self.zone_name.clone(),
            left_out: self.left_out.clone(),
        })
    }

    /// What the command keeps and a later plan is compared with.
    fn saved(&self) -> PyResult<String> {
        to_json(&Saved(self.made.kept(self.from)))
    }

    /// The sessions and the race as iCalendar.
    fn ics(&self) -> String {
        ics::calendar(&self.made, self.from)
    }

    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &plan_report(&self.made, &self.zone))?)
    }

    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let Made { plan, race, name, .. } = &self.made;
        let dict = PyDict::new(py);
        dict.set_item("name", name)?;
        dict.set_item("race", datetime64(py, race.start)?)?;
        dict.set_item("race_points", race.points_total)?;
        let report = self.report(py)?;
        dict.set_item("asked", report.get_item("asked")?)?;
        dict.set_item("best", self.schedule(py, &plan.best)?)?;
        let alternatives = PyDict::new(py);
        for (rule, schedule) in &plan.alternatives {
            alternatives.set_item(rule.name(), self.schedule(py, schedule)?)?;
        }
        dict.set_item("alternatives", alternatives)?;
        dict.set_item("since_last_plan", report.get_item("since_last_plan")?)?;
        dict.set_item("red_flags", eccentric::plan::RED_FLAGS)?;
        dict.set_item("left_out", reasons(&self.left_out))?;
        Ok(dict)
    }
}

impl Plan {
    fn schedule<'py>(&self, py: Python<'py>, found: &Schedule) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("sessions", self.sessions(py, found)?)?;
        dict.set_item("objective", found.objective)?;
        dict.set_item("strength_loss_at_finish", found.strength_loss)?;
        dict.set_item("strength_loss_80", (found.strength_loss_80[0], found.strength_loss_80[1]))?;
        dict.set_item("plan_as_good", found.plan_as_good)?;
        dict.set_item("protection", found.protection)?;
        dict.set_item("on_the_way", tightest(py, &found.on_the_way)?)?;
        dict.set_item("race_day", tightest(py, &found.race_day)?)?;
        let beyond = |which: &Option<Tightest>| {
            which.as_ref().map(|closest| tightest(py, closest)).transpose()
        };
        dict.set_item("beyond_on_the_way", beyond(&found.beyond_on_the_way)?)?;
        dict.set_item("beyond_race_day", beyond(&found.beyond_race_day)?)?;
        let days = PyDict::new(py);
        let dates = found.days.iter().map(|day| self.date(day.start));
        days.set_item("date", dates.collect::<Vec<_>>())?;
        let soreness = found.days.iter().map(|day| day.soreness);
        days.set_item("soreness", PyArray1::from_iter(py, soreness))?;
        let protection = found.days.iter().map(|day| day.protection);
        days.set_item("protection", PyArray1::from_iter(py, protection))?;
        dict.set_item("days", days)?;
        Ok(dict)
    }

    fn sessions<'py>(&self, py: Python<'py>, found: &Schedule) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for session in &found.sessions {
            let dict = PyDict::new(py);
            dict.set_item("date", self.date(session.start))?;
            dict.set_item("start", datetime64(py, session.start)?)?;
            dict.set_item("points", session.points)?;
            dict.set_item("descent_m", session.workout.descent_m)?;
            dict.set_item("grade", session.descent.grade)?;
            dict.set_item("speed_m_s", session.descent.speed_m_s)?;
            dict.set_item("distance_m", session.workout.distance_m)?;
            dict.set_item("duration_s", session.workout.duration_s)?;
            list.append(dict)?;
        }
        Ok(list)
    }

    /// The day that a time lies on in the zone of the plan.
    fn date(&self, time: Timestamp) -> String {
        date_of(time, &self.zone).to_string()
    }
}
