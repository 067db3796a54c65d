//! The small state of an athlete's legs.

use eccentric::damage::LegState;
use eccentric::forecast::{ForecastOptions, Outlook as Ahead};
use eccentric::params::Parameters;
use eccentric::person::{Person, prior};
use eccentric::{Saved, Timestamp};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};
use pythonize::pythonize;

use crate::arrays::{datetime64, per_muscle};
use crate::errors::{Raises, detached, from_json, to_json};
use crate::forecast::{Options, Outlook, habit};
use crate::load::Load;
use crate::person::Profile;

/// State of the legs at a time.
#[pyclass(frozen, module = "eccentric._native")]
pub struct State(pub LegState);

/// The person of a profile at a time; the middle of the population without one.
fn person(profile: Option<&Bound<'_, Profile>>, time: Timestamp) -> Person {
    profile.map_or_else(Person::default, |profile| profile.get().profile.at(time).person)
}

#[pymethods]
impl State {
    /// Rested legs with the protection that a habit leaves.
    #[classmethod]
    fn rested(
        cls: &Bound<'_, PyType>,
        time_ms: i64,
        habit: &str,
        profile: Option<&Bound<'_, Profile>>,
    ) -> PyResult<Self> {
        let time = Timestamp::from_unix_ms(time_ms);
        let (habit, person) = (self::habit(habit)?, person(profile, time));
        detached(cls.py(), || person.legs(habit, time, &Parameters::default()).map(Self))
    }

    #[classmethod]
    fn from_json(_cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        let Saved(state) = from_json::<Saved<LegState>>(text)?;
        state.check().map_err(|error| error.exception())?;
        Ok(Self(state))
    }

    fn to_json(&self) -> PyResult<String> {
        to_json(&Saved(self.0))
    }

    /// The state after a run.
    fn after(
        &self,
        py: Python<'_>,
        load: &Bound<'_, Load>,
        profile: Option<&Bound<'_, Profile>>,
    ) -> PyResult<Self> {
        let (load, person) = (&load.get().0.load, person(profile, self.0.time));
        detached(py, || self.0.after(load, &person.parameters(&Parameters::default())).map(Self))
    }

    /// The state at a later time, without any running in between.
    fn advanced_to(
        &self,
        py: Python<'_>,
        time_ms: i64,
        profile: Option<&Bound<'_, Profile>>,
    ) -> PyResult<Self> {
        let (time, person) = (Timestamp::from_unix_ms(time_ms), person(profile, self.0.time));
        detached(py, || {
            self.0.advanced_to(time, &person.parameters(&Parameters::default())).map(Self)
        })
    }

    /// The forecast from this state; without a history there are no drivers.
    fn forecast(
        &self,
        py: Python<'_>,
        options: Options,
        profile: Option<&Bound<'_, Profile>>,
    ) -> PyResult<Outlook> {
        let options = ForecastOptions::from(options);
        let p = Parameters::default();
        let profile = profile.map_or_else(|| prior(&p), |given| given.get().profile.clone());
        detached(py, || {
            let profile = profile.at(self.0.time);
            let own = profile.person.parameters(&p);
            let forecast = self.0.forecast_for(&profile, &options, &p)?;
            let ahead =
                Ahead { state: self.0, before: self.0.felt(&own), forecast, drivers: Vec::new() };
            let (runs, left_out) = (Vec::new(), Vec::new());
            let clear_probability = options.clear_probability;
            Ok::<_, eccentric::Error>(Outlook { ahead, runs, left_out, clear_probability })
        })
    }

    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &Saved(self.0))?)
    }

    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("time", datetime64(py, self.0.time)?)?;
        let felt = self.0.felt(&Parameters::default());
        dict.set_item("soreness", per_muscle(py, &felt, |felt| Ok(felt.soreness))?)?;
        dict.set_item("strength_loss", per_muscle(py, &felt, |felt| Ok(felt.strength_loss))?)?;
        Ok(dict)
    }
}
