//! The days ahead, and what ratings teach of a person.

use eccentric::Saved;
use eccentric::damage::Habit;
use eccentric::forecast::{ForecastOptions, Outlook};
use eccentric::params::Parameters;
use eccentric::person::Profile;
use eccentric::soreness::Scale;
use eccentric_app::Run;
use eccentric_app::history::Joined;
use eccentric_app::json::{FitReport, fit_report, forecast_report};
use eccentric_files::{RatingOptions, read_ratings};
use js_sys::{Array, JSON};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::js::{self, Result, error, give};
use crate::options::{self, Ahead, maybe};

/// Runs that count and the forecast from them.
pub struct Looked {
    pub joined: Joined,
    pub outlook: Outlook,
    pub options: ForecastOptions,
}

/// The outlook from runs; from the end of the latest one if no time is given.
pub fn look(runs: Vec<Run>, options: &Ahead) -> Result<Looked> {
    let joined = Joined::of(runs);
    let at = match (maybe(options.at.as_ref())?, joined.end()) {
        (Some(at), _) | (None, Some(at)) => at,
        (None, None) => return Err(error("no run, so there is nothing to forecast from")),
    };
    let forecast = options.forecast();
    let profile = options::profile(options.profile.as_ref())?;
    let history = joined.history(options.habit);
    let outlook =
        history.outlook_for(&profile, at, &forecast, &Parameters::default()).map_err(error)?;
    Ok(Looked { joined, outlook, options: forecast })
}

/// What `eccentric forecast --json` prints for these runs.
#[wasm_bindgen(unchecked_return_type = "ForecastReport")]
pub fn forecast(
    #[wasm_bindgen(unchecked_param_type = "Run[]")] runs: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ForecastOptions")] options: &JsValue,
) -> Result<JsValue> {
    let Looked { joined, outlook, options } = look(options::runs(runs)?, &js::options(options)?)?;
    let Joined { runs, left_out } = joined;
    give(&forecast_report(&outlook, &runs, &left_out, options.clear_probability))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Fitting {
    habit: Habit,
    scale: Option<String>,
    utc_offset_s: Option<i32>,
}

#[derive(Serialize)]
struct Fitted {
    report: FitReport,
    profile: Saved<Profile>,
}

/// Learns a person from ratings: the bytes of `ratings.csv`, or the same as an array of objects.
#[wasm_bindgen(unchecked_return_type = "Fit")]
pub fn fit(
    #[wasm_bindgen(unchecked_param_type = "Run[]")] runs: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | Rating[]")] ratings: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "FitOptions")] options: &JsValue,
) -> Result<JsValue> {
    let options: Fitting = js::options(options)?;
    let zone = options::zone(options.utc_offset_s)?;
    let known =
        RatingOptions { scale: options.scale.as_deref().map(scale).transpose()?, time_zone: &zone };
    let bytes = if Array::is_array(ratings) {
        let text = JSON::stringify(ratings).map_err(|_| error("ratings are no plain data"))?;
        String::from(text).into_bytes()
    } else {
        js::bytes("ratings", ratings)?
    };
    let ratings = read_ratings(&bytes, &known).map_err(error)?;
    let history = Joined::of(options::runs(runs)?).history(options.habit);
    let p = Parameters::default();
    let profile = history.fit(&ratings.observations, &p).map_err(error)?;
    let report = fit_report(&profile, history.loads.len(), ratings.other_cause, None, &p);
    give(&Fitted { report, profile: Saved(profile) })
}

fn scale(name: &str) -> Result<Scale> {
    Scale::named(name).ok_or_else(|| {
        let known: Vec<&str> = Scale::PRESETS.iter().map(|(name, _)| *name).collect();
        error(format!(
            "options.scale is \"{name}\", allowed are {} and MIN-MAX-worse or MIN-MAX-better",
            known.join(", ")
        ))
    })
}
