//! Figures as SVG, light and dark as the reader's system is, with a description for those who don't see them.

use eccentric_app::ReadRun;
use eccentric_app::figure::{self, Quantity};
use eccentric_chart::{Document, Panel, Theme};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::ahead::{Looked, look};
use crate::js::{self, Result, error, give};
use crate::options::{self, Ahead, FIGURE_WIDTH};
use crate::reading::{activity_of, model};

/// One figure as SVG of a width.
pub fn svg(panel: impl Into<Panel>, width: f64) -> Result<String> {
    Document { width, ..Document::from(panel) }.to_svg(Theme::Auto).map_err(error)
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Drawing {
    utc_offset_s: Option<i32>,
    width: f64,
}

impl Default for Drawing {
    fn default() -> Self {
        Self { utc_offset_s: None, width: FIGURE_WIDTH }
    }
}

/// The elevation profile of a run, coloured by load; nothing for a run too short for one.
#[wasm_bindgen(js_name = profileFigure, unchecked_return_type = "string | null")]
pub fn profile_figure(
    #[wasm_bindgen(unchecked_param_type = "Activity")] activity: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Runner")] runner: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "FigureOptions")] options: &JsValue,
) -> Result<JsValue> {
    let drawing: Drawing = js::options(options)?;
    let (runner, model) = model(runner)?;
    let read: ReadRun = activity_of(activity)?;
    let mut run = read.carried(&model).map_err(error)?;
    run.activity = Some(read.activity);
    let zone = options::zone(drawing.utc_offset_s)?;
    let Some(profile) = figure::profile(&run, &runner, &zone).map_err(error)? else {
        return Ok(JsValue::NULL);
    };
    Ok(svg(profile, drawing.width)?.into())
}

#[derive(Serialize)]
struct Figures {
    soreness: String,
    strength_loss: String,
    drivers: Option<String>,
}

/// The fan charts of soreness and of strength, and the runs that the soreness comes from.
#[wasm_bindgen(js_name = forecastFigures, unchecked_return_type = "ForecastFigures")]
pub fn forecast_figures(
    #[wasm_bindgen(unchecked_param_type = "Run[]")] runs: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ForecastOptions")] options: &JsValue,
) -> Result<JsValue> {
    let options: Ahead = js::options(options)?;
    let zone = options::zone(options.utc_offset_s)?;
    let Looked { joined, outlook, .. } = look(options::runs(runs)?, &options)?;
    let (runs, width) = (&joined.runs, options.width);
    let fan = |quantity| figure::fan(&outlook, runs, quantity, options.clear_below, &zone);
    let drivers = figure::drivers(&outlook, runs, &zone);
    give(&Figures {
        soreness: svg(fan(Quantity::Soreness), width)?,
        strength_loss: svg(fan(Quantity::StrengthLoss), width)?,
        drivers: drivers.map(|drivers| svg(drivers, width)).transpose()?,
    })
}
