//! The small state that an app stores for each athlete instead of the runs.

use eccentric::damage::{Habit, LegState};
use eccentric::forecast::{Forecast, ForecastOptions, Outlook};
use eccentric::params::Parameters;
use eccentric::person::Profile;
use eccentric::{Saved, Timestamp};
use eccentric_app::Run;
use eccentric_app::history::Joined;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use crate::ahead::{Looked, look};
use crate::js::{self, Result, error, give};
use crate::options::{self, Ahead, Time};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Whose {
    habit: Habit,
    profile: Option<Saved<Profile>>,
}

fn time(what: &str, value: &JsValue) -> Result<Timestamp> {
    js::data::<Time>(what, value)?.read()
}

fn state(value: &JsValue) -> Result<LegState> {
    let Saved(state) = js::data::<Saved<LegState>>("state", value)?;
    state.check().map_err(error)?;
    Ok(state)
}

/// The constants of a profile's person at a time.
fn own(profile: &Profile, time: Timestamp) -> Parameters {
    profile.at(time).person.parameters(&Parameters::default())
}

/// Legs that have not run since a time, with what a habit leaves.
#[wasm_bindgen(unchecked_return_type = "State")]
pub fn rested(
    #[wasm_bindgen(unchecked_param_type = "Time")] at: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "StateOptions")] options: &JsValue,
) -> Result<JsValue> {
    let options: Whose = js::options(options)?;
    let at = time("at", at)?;
    let person = options::profile(options.profile.as_ref())?.at(at).person;
    let legs = person.legs(options.habit, at, &Parameters::default());
    give(&Saved(legs.map_err(error)?))
}

/// The state from a history of runs.
#[wasm_bindgen(js_name = stateOf, unchecked_return_type = "State")]
pub fn state_of(
    #[wasm_bindgen(unchecked_param_type = "Run[]")] runs: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Time")] at: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "StateOptions")] options: &JsValue,
) -> Result<JsValue> {
    let options: Whose = js::options(options)?;
    let at = time("at", at)?;
    let person = options::profile(options.profile.as_ref())?.at(at).person;
    let history = Joined::of(options::runs(runs)?).history(options.habit);
    give(&Saved(history.state_of(&person, at, &Parameters::default()).map_err(error)?))
}

/// The state after a run.
#[wasm_bindgen(unchecked_return_type = "State")]
pub fn after(
    #[wasm_bindgen(js_name = state, unchecked_param_type = "State")] legs: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Run")] run: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "StateOptions")] options: &JsValue,
) -> Result<JsValue> {
    let options: Whose = js::options(options)?;
    let legs = state(legs)?;
    let own = own(&options::profile(options.profile.as_ref())?, legs.time);
    let run: Run = js::much("run", run)?;
    give(&Saved(legs.after(&run.load, &own).map_err(error)?))
}

/// The state at a later time.
#[wasm_bindgen(js_name = advancedTo, unchecked_return_type = "State")]
pub fn advanced_to(
    #[wasm_bindgen(js_name = state, unchecked_param_type = "State")] legs: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Time")] at: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "StateOptions")] options: &JsValue,
) -> Result<JsValue> {
    let options: Whose = js::options(options)?;
    let legs = state(legs)?;
    let own = own(&options::profile(options.profile.as_ref())?, legs.time);
    give(&Saved(legs.advanced_to(time("at", at)?, &own).map_err(error)?))
}

/// The days ahead of a state.
#[wasm_bindgen(js_name = forecastFrom, unchecked_return_type = "Forecast")]
pub fn forecast_from(
    #[wasm_bindgen(js_name = state, unchecked_param_type = "State")] legs: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ForecastOptions")] options: &JsValue,
) -> Result<JsValue> {
    let options: Ahead = js::options(options)?;
    let profile = options::profile(options.profile.as_ref())?;
    let forecast: ForecastOptions = options.forecast();
    let mut legs = state(legs)?;
    if let Some(at) = options::maybe(options.at.as_ref())? {
        legs = legs.advanced_to(at, &own(&profile, legs.time)).map_err(error)?;
    }
    let profile = profile.at(legs.time);
    let ahead: Forecast =
        legs.forecast_for(&profile, &forecast, &Parameters::default()).map_err(error)?;
    give(&ahead)
}

/// State, days ahead and drivers from a history of runs, in the numbers of the model.
#[wasm_bindgen(js_name = outlook, unchecked_return_type = "Outlook")]
pub fn whole_outlook(
    #[wasm_bindgen(unchecked_param_type = "Run[]")] runs: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ForecastOptions")] options: &JsValue,
) -> Result<JsValue> {
    let Looked { outlook, .. } = look(options::runs(runs)?, &js::options(options)?)?;
    give::<Outlook>(&outlook)
}
