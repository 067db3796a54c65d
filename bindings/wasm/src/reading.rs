//! Files, columns and segments in, runs with their loads out.

use eccentric::Timestamp;
use eccentric::activity::{Activity, Gait, Quality, Segment, Sport};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric_app::json::load_report;
use eccentric_app::{ReadRun, Run};
use eccentric_files::{ReadOptions, read_columns};
use wasm_bindgen::prelude::*;

use crate::js::{self, Result, error, give};
use crate::options::{self, Reading};

/// Every run in the bytes of a file: FIT, TCX, GPX, Strava streams or CSV, also gzipped.
#[wasm_bindgen(unchecked_return_type = "Activity[]")]
pub fn read(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | ArrayBuffer")] file: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReadOptions")] options: &JsValue,
) -> Result<JsValue> {
    let options: Reading = js::options(options)?;
    let bytes = js::bytes("file", file)?;
    let known = options.known()?;
    give(&ReadRun::all(options.name().as_ref(), &bytes, &known).map_err(error)?)
}

/// One run from columns of numbers, named as those of a CSV file.
#[wasm_bindgen(js_name = fromColumns, unchecked_return_type = "Activity")]
pub fn from_columns(
    #[wasm_bindgen(unchecked_param_type = "Columns")] columns: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "ReadOptions")] options: &JsValue,
) -> Result<JsValue> {
    let options: Reading = js::options(options)?;
    let known = options.known()?;
    let columns = js::columns("columns", columns)?;
    let columns: Vec<(&str, &[f64])> =
        columns.iter().map(|(name, values)| (name.as_str(), values.as_slice())).collect();
    let read = read_columns(&columns, &ReadOptions { grade: known.grade }).map_err(error)?;
    give(&ReadRun::of(options.name().as_ref(), read, &known).map_err(error)?)
}

/// One run from stretches of steady movement, as on a treadmill.
#[wasm_bindgen(js_name = fromSegments, unchecked_return_type = "Activity")]
pub fn from_segments(
    #[wasm_bindgen(unchecked_param_type = "SegmentColumns")] columns: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "SegmentOptions")] options: &JsValue,
) -> Result<JsValue> {
    let options: Reading = js::options(options)?;
    if options.grade.is_some() {
        return Err(error("options.grade: segments have grades of their own"));
    }
    let known = options.known()?;
    let segments = segments(&js::columns("segments", columns)?)?;
    let activity = activity(known.start.unwrap_or(Timestamp::from_unix_ms(0)), segments);
    give(&ReadRun {
        file: options.name().into(),
        part: None,
        dated: known.start.is_some(),
        device: None,
        warnings: Vec::new(),
        activity,
    })
}

/// Columns that stretches may have.
const SEGMENT: [&str; 7] =
    ["duration_s", "speed_m_s", "grade", "grade_se", "start_s", "step_rate_hz", "running"];

fn segments(columns: &[(String, Vec<f64>)]) -> Result<Vec<Segment>> {
    if let Some((name, _)) = columns.iter().find(|(name, _)| !SEGMENT.contains(&name.as_str())) {
        let allowed = SEGMENT.join(", ");
        return Err(error(format!("segments.{name} is no column, allowed are {allowed}")));
    }
    let column = |name: &str| columns.iter().find(|c| c.0 == name).map(|c| c.1.as_slice());
    let needed =
        |name: &str| column(name).ok_or_else(|| error(format!("segments.{name} is missing")));
    let (durations, speeds) = (needed("duration_s")?, needed("speed_m_s")?);
    let grades = needed("grade")?;
    let len = durations.len();
    if let Some((name, values)) = columns.iter().find(|(_, values)| values.len() != len) {
        let found = values.len();
        return Err(error(format!("{name}: {found} values, {len} expected as for duration_s")));
    }
    if len == 0 {
        return Err(error("segments.duration_s is empty, allowed is one stretch or more"));
    }
    let at = |name: &str, k: usize| column(name).map(|values| values[k]);
    let mut start_s = 0.0;
    let mut segments = Vec::with_capacity(len);
    for k in 0..len {
        let step_rate_hz = at("step_rate_hz", k).filter(|rate| !rate.is_nan());
        let gait = match at("running", k) {
            Some(running) if running > 0.0 => Gait::Running,
            Some(_) => Gait::Walking,
            None => Gait::of(speeds[k], step_rate_hz.map(|rate| 60.0 * rate)),
        };
        let segment = Segment {
            start_s: at("start_s", k).unwrap_or(start_s),
            duration_s: durations[k],
            speed_m_s: speeds[k],
            grade: grades[k],
            grade_se: at("grade_se", k).unwrap_or(0.0),
            gait,
            step_rate_hz,
        };
        segment.check_at(k).map_err(error)?;
        start_s = segment.start_s + segment.duration_s;
        segments.push(segment);
    }
    Ok(segments)
}

/// The run that the stretches make, from an elevation of zero.
fn activity(start: Timestamp, segments: Vec<Segment>) -> Activity {
    let mut elevation_m = Vec::with_capacity(segments.len());
    let (mut at_m, mut ascent_m, mut descent_m, mut distance_m) = (0.0, 0.0, 0.0, 0.0);
    for segment in &segments {
        elevation_m.push(at_m);
        let rise_m = segment.rise_m();
        at_m += rise_m;
        ascent_m += rise_m.max(0.0);
        descent_m += (-rise_m).max(0.0);
        distance_m += segment.horizontal_m();
    }
    let end_s = segments.iter().map(|s| s.start_s + s.duration_s).fold(0.0, f64::max);
    Activity {
        start,
        sport: Sport::OnFoot,
        duration_s: end_s,
        distance_m,
        ascent_m,
        descent_m,
        segments,
        elevation_m,
        quality: Quality::default(),
    }
}

/// A run that was read before.
pub fn activity_of(value: &JsValue) -> Result<ReadRun> {
    let read: ReadRun = js::much("activity", value)?;
    let Activity { segments, elevation_m, .. } = &read.activity;
    for (index, segment) in segments.iter().enumerate() {
        segment.check_at(index).map_err(error)?;
    }
    if elevation_m.len() != segments.len() {
        return Err(error(format!(
            "activity.activity.elevation_m: {} values, {} expected",
            elevation_m.len(),
            segments.len()
        )));
    }
    Ok(read)
}

/// The model of a runner; the reference runner's body fat is not assumed of anybody.
pub fn model(value: &JsValue) -> Result<(Runner, DoseModel)> {
    let runner: Runner = if value.is_undefined() {
        Runner::of_mass(eccentric::load::REFERENCE_MASS_KG)
    } else {
        js::data("runner", value)?
    };
    let model = DoseModel::new(&Parameters::default(), &runner).map_err(error)?;
    Ok((runner, model))
}

/// The load of a run on a runner.
#[wasm_bindgen(unchecked_return_type = "Run")]
pub fn load(
    #[wasm_bindgen(unchecked_param_type = "Activity")] activity: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Runner")] runner: &JsValue,
) -> Result<JsValue> {
    let (_, model) = model(runner)?;
    let run: Run = activity_of(activity)?.carried(&model).map_err(error)?;
    give(&run)
}

/// The load of a run in few bytes: 192 for two hours, 984 at most.
#[wasm_bindgen(js_name = loadToBytes)]
pub fn load_to_bytes(
    #[wasm_bindgen(unchecked_param_type = "Run")] run: &JsValue,
) -> Result<Vec<u8>> {
    let Run { load, dated, .. } = js::much("run", run)?;
    load.check().map_err(error)?;
    if !dated {
        return Err(error("run does not say when it began, needed is its start"));
    }
    Ok(load.to_bytes())
}

/// A run of which only the load was stored, with the runner it was computed for.
#[wasm_bindgen(js_name = loadFromBytes, unchecked_return_type = "Run")]
pub fn load_from_bytes(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | ArrayBuffer")] stored: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "string")] name: Option<String>,
) -> Result<JsValue> {
    let load = EccentricLoad::from_bytes(&js::bytes("stored", stored)?).map_err(error)?;
    give(&Run::of_load(name.unwrap_or_else(|| "load".into()).into(), load))
}

/// What `eccentric load --json` prints of these runs.
#[wasm_bindgen(js_name = loadReport, unchecked_return_type = "LoadReport")]
pub fn report_of_loads(
    #[wasm_bindgen(unchecked_param_type = "Run[]")] runs: &JsValue,
) -> Result<JsValue> {
    let mut runs = options::runs(runs)?;
    eccentric_app::history::in_order(&mut runs);
    give(&load_report(&runs))
}
