//! Today's limit, what a race does to the legs, and the weeks before it.

use eccentric::damage::Habit;
use eccentric::forecast::ForecastOptions;
use eccentric::load::Runner;
use eccentric::person::Profile;
use eccentric::plan::{Pace, Planned, TodayOptions};
use eccentric::{Saved, Timestamp};
use eccentric_app::athlete::Athlete;
use eccentric_app::figure::{self, Quantity};
use eccentric_app::plan::{Asked, Made};
use eccentric_app::plan_json::{PlanReport, plan_report};
use eccentric_app::race::{CourseFile, Planned as PlannedRace};
use eccentric_app::race_json::{RaceReport, race_report};
use eccentric_app::today::{TodayReport, limit};
use eccentric_app::{plan_figure, race_figure};
use eccentric_chart::{Document, Theme};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::js::{self, Result, error, give};
use crate::options::{self, FIGURE_WIDTH, OnDescent, Time, maybe};

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct TodayAsked {
    habit: Habit,
    profile: Option<Saved<Profile>>,
    runner: Option<Runner>,
    until: Option<Time>,
    soreness_below: Option<f64>,
    probability: Option<f64>,
    descent: OnDescent,
}

fn athlete(
    runs: &JsValue,
    runner: Option<Runner>,
    habit: Habit,
    profile: Option<&Saved<Profile>>,
) -> Result<Athlete> {
    let runner = runner.unwrap_or(Runner::of_mass(eccentric::load::REFERENCE_MASS_KG));
    options::athlete(options::runs(runs)?, &runner, habit, options::profile(profile)?)
}

fn time(what: &str, value: &JsValue) -> Result<Timestamp> {
    js::data::<Time>(what, value)?.read()
}

/// What `eccentric today --json` prints: how much downhill at a time, or when again.
#[wasm_bindgen(unchecked_return_type = "TodayReport")]
pub fn today(
    #[wasm_bindgen(unchecked_param_type = "Run[]")] runs: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Time")] at: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "TodayOptions")] options: &JsValue,
) -> Result<JsValue> {
    let asked: TodayAsked = js::options(options)?;
    let at = time("at", at)?;
    let athlete = athlete(runs, asked.runner, asked.habit, asked.profile.as_ref())?;
    let (descent, source) = athlete.descent(&asked.descent.into(), at).map_err(error)?;
    let usual = TodayOptions::from(at);
    let options = TodayOptions {
        until: maybe(asked.until.as_ref())?.unwrap_or(usual.until),
        soreness_below: asked.soreness_below.unwrap_or(usual.soreness_below),
        probability: asked.probability.unwrap_or(usual.probability),
        descent,
        ..usual
    };
    let (limit, advice) = limit(&athlete, &options).map_err(error)?;
    give(&TodayReport::of(&limit, &options, source, advice))
}

/// What a race may be told.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RaceAsked {
    habit: Habit,
    profile: Option<Saved<Profile>>,
    runner: Option<Runner>,
    finish_time_s: Option<f64>,
    hours: Option<f64>,
    levels: Option<Vec<f64>>,
    clear_below: Option<f64>,
    places: Option<u32>,
    utc_offset_s: Option<i32>,
    width: Option<f64>,
}

/// Days after a race that are forecast.
const AFTER_RACE_H: f64 = 240.0;
/// Places along a course in a report.
const PLACES: u32 = 500;

#[derive(Serialize)]
struct RaceGiven<'a> {
    report: RaceReport<'a>,
    figures: RaceFigures,
}

#[derive(Serialize)]
struct RaceFigures {
    course: String,
    soreness: String,
    all: String,
}

/// What `eccentric race --json` prints, and its figures: what a course does to the legs.
#[wasm_bindgen(unchecked_return_type = "Race")]
pub fn race(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | ArrayBuffer")] course: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Run[]")] runs: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Time")] start: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "RaceOptions")] options: &JsValue,
) -> Result<JsValue> {
    let asked: RaceAsked = js::options(options)?;
    let start = time("start", start)?;
    let course = CourseFile::read("course", &js::bytes("course", course)?).map_err(error)?;
    let athlete = athlete(runs, asked.runner, asked.habit, asked.profile.as_ref())?;
    let usual = ForecastOptions::default();
    let after = ForecastOptions {
        hours: asked.hours.unwrap_or(AFTER_RACE_H),
        levels: asked.levels.unwrap_or(usual.levels),
        clear_below: asked.clear_below.unwrap_or(usual.clear_below),
        ..usual
    };
    let (clear_below, likely) = (after.clear_below, after.clear_probability);
    let pace = asked.finish_time_s.map_or(Pace::Typical, Pace::FinishTime);
    let planned = PlannedRace::of(course, &athlete, start, pace, after).map_err(error)?;
    let zone = options::zone(asked.utc_offset_s)?;
    let width = asked.width.unwrap_or(FIGURE_WIDTH);
    let finish = planned.race.legs.time;
    let fan = figure::fan_of(&planned.race.after, finish, Quantity::Soreness, clear_below, &zone);
    let figures = RaceFigures {
        course: crate::figures::svg(race_figure::profile(&planned), width)?,
        soreness: crate::figures::svg(fan, width)?,
        all: drawn(race_figure::document(&planned, clear_below, &zone), width)?,
    };
    let places = asked.places.unwrap_or(PLACES).max(2) as usize;
    give(&RaceGiven { report: race_report(&planned, places, likely), figures })
}

fn drawn(document: Document, width: f64) -> Result<String> {
    Document { width, ..document }.to_svg(Theme::Auto).map_err(error)
}

/// What a plan may be told.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct PlanAsked {
    habit: Habit,
    profile: Option<Saved<Profile>>,
    runner: Option<Runner>,
    finish_time_s: Option<f64>,
    hour: Option<i8>,
    blocked: Vec<String>,
    rest_days: Option<u16>,
    descent: OnDescent,
    soreness_below: Option<f64>,
    probability: Option<f64>,
    clear_below: Option<f64>,
    clear_probability: Option<f64>,
    week_points: Option<f64>,
    build_up: Option<f64>,
    before: Option<Saved<Planned>>,
    utc_offset_s: Option<i32>,
    width: Option<f64>,
}

#[derive(Serialize)]
struct PlanGiven<'a> {
    report: PlanReport<'a>,
    planned: Saved<Planned>,
    figure: String,
}

/// What `eccentric plan --json` prints, its figure, and what to keep of it.
#[wasm_bindgen(unchecked_return_type = "Plan")]
pub fn plan(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array | ArrayBuffer")] course: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Run[]")] runs: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "PlanTimes")] times: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "PlanOptions")] options: &JsValue,
) -> Result<JsValue> {
    let told: PlanAsked = js::options(options)?;
    let PlanTimes { race, from } = js::data("times", times)?;
    let (race, from) = (race.read()?, from.read()?);
    let course = CourseFile::read("course", &js::bytes("course", course)?).map_err(error)?;
    let athlete = athlete(runs, told.runner, told.habit, told.profile.as_ref())?;
    let zone = options::zone(told.utc_offset_s)?;
    let blocked = |date: jiff::civil::Date| told.blocked.contains(&date.to_string());
    let before = told.before.as_ref().map(|Saved(before)| before);
    let asked = told.asked(race, from, &blocked, before)?;
    let made = Made::of(course, &athlete, &asked, &zone).map_err(error)?;
    let figure = drawn(plan_figure::document(&made, &zone), told.width.unwrap_or(FIGURE_WIDTH))?;
    let planned = Saved(made.kept(from));
    give(&PlanGiven { report: plan_report(&made, &zone), planned, figure })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanTimes {
    race: Time,
    from: Time,
}

impl PlanAsked {
    fn asked<'a>(
        &self,
        race: Timestamp,
        from: Timestamp,
        blocked: &'a dyn Fn(jiff::civil::Date) -> bool,
        before: Option<&'a Planned>,
    ) -> Result<Asked<'a>> {
        let asked = Asked::of(race, from);
        let hour = self.hour.unwrap_or(asked.hour);
        if !(0..=23).contains(&hour) {
            return Err(error(format!("options.hour is {hour}, allowed is 0 to 23")));
        }
        if let Some(before) = before {
            before.check().map_err(error)?;
        }
        for day in &self.blocked {
            if day.parse::<jiff::civil::Date>().is_err() {
                return Err(error(format!(
                    "options.blocked: \"{day}\" is no day, allowed is 2026-05-01"
                )));
            }
        }
        Ok(Asked {
            pace: self.finish_time_s.map_or(Pace::Typical, Pace::FinishTime),
            hour,
            blocked,
            rest_days: self.rest_days.unwrap_or(asked.rest_days),
            descent: self.descent.into(),
            soreness_below: self.soreness_below.unwrap_or(asked.soreness_below),
            probability: self.probability.unwrap_or(asked.probability),
            clear_below: self.clear_below.unwrap_or(asked.clear_below),
            clear_probability: self.clear_probability.unwrap_or(asked.clear_probability),
            week_points: self.week_points,
            week_descent_m: None,
            build_up: self.build_up.unwrap_or(asked.build_up),
            before,
            ..asked
        })
    }
}
