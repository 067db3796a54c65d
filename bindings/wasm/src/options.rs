//! What the functions may be told. Unknown names are errors: a misspelt option must not be passed over.

use eccentric::damage::Habit;
use eccentric::forecast::ForecastOptions;
use eccentric::load::Runner;
use eccentric::params::Parameters;
use eccentric::person::{Profile, prior};
use eccentric::{Saved, Timestamp};
use eccentric_app::athlete::{AskedDescent, Athlete};
use eccentric_app::history::Joined;
use eccentric_app::time::{self, Zone};
use eccentric_app::{Run, RunOptions};
use js_sys::Date;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use crate::js::{self, Result, error};

/// A time: milliseconds since 1970, or RFC 3339, which a `Date` becomes.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Time {
    Ms(i64),
    Text(String),
}

impl Time {
    pub fn read(&self) -> Result<Timestamp> {
        match self {
            Self::Ms(ms) => Ok(Timestamp::from_unix_ms(*ms)),
            Self::Text(text) => time::parse(text).ok_or_else(|| {
                error(format!(
                    "\"{text}\" is no time; allowed are a Date, milliseconds since 1970 and RFC 3339 as 2026-05-01T16:00:00Z"
                ))
            }),
        }
    }
}

/// A time that may not be given.
pub fn maybe(time: Option<&Time>) -> Result<Option<Timestamp>> {
    time.map(Time::read).transpose()
}

/// What is known of a file besides its bytes.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reading {
    pub name: Option<String>,
    pub grade: Option<f64>,
    pub start: Option<Time>,
}

impl Reading {
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("activity")
    }

    pub fn known(&self) -> Result<RunOptions> {
        Ok(RunOptions { grade: self.grade, start: maybe(self.start.as_ref())? })
    }
}

/// What was learned of a person; the population if nothing was.
pub fn profile(saved: Option<&Saved<Profile>>) -> Result<Profile> {
    let Some(Saved(profile)) = saved else { return Ok(prior(&Parameters::default())) };
    profile.check().map_err(error)?;
    Ok(profile.clone())
}

/// What a forecast may be told.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ahead {
    pub habit: Habit,
    pub profile: Option<Saved<Profile>>,
    pub at: Option<Time>,
    pub hours: f64,
    pub step_h: f64,
    pub levels: Vec<f64>,
    pub clear_below: f64,
    pub clear_probability: f64,
    pub utc_offset_s: Option<i32>,
    pub width: f64,
}

impl Default for Ahead {
    fn default() -> Self {
        let ForecastOptions { hours, step_h, levels, clear_below, clear_probability } =
            ForecastOptions::default();
        Self {
            habit: Habit::Road,
            profile: None,
            at: None,
            hours,
            step_h,
            levels,
            clear_below,
            clear_probability,
            utc_offset_s: None,
            width: FIGURE_WIDTH,
        }
    }
}

impl Ahead {
    pub fn forecast(&self) -> ForecastOptions {
        ForecastOptions {
            hours: self.hours,
            step_h: self.step_h,
            levels: self.levels.clone(),
            clear_below: self.clear_below,
            clear_probability: self.clear_probability,
        }
    }
}

/// Width of a figure in pixels.
pub const FIGURE_WIDTH: f64 = 760.0;

/// Local time where the module runs, as JavaScript's own `Date` has it, or at a fixed offset.
#[derive(Debug)]
pub enum Clocks {
    Here,
    Fixed(i32),
}

impl Zone for Clocks {
    fn utc_offset_s(&self, time: Timestamp) -> i32 {
        match *self {
            Self::Fixed(utc_offset_s) => utc_offset_s,
            Self::Here => {
                let ms = time::instant(time).as_millisecond() as f64;
                (-60.0 * Date::new(&ms.into()).get_timezone_offset()).round() as i32
            }
        }
    }
}

/// The clocks that were asked for; those of the host if nothing was said.
pub fn zone(utc_offset_s: Option<i32>) -> Result<Clocks> {
    // As far as the clocks of the world go, with room to spare.
    const MOST_S: i32 = 86_400;
    let Some(utc_offset_s) = utc_offset_s else { return Ok(Clocks::Here) };
    if utc_offset_s.unsigned_abs() > MOST_S.unsigned_abs() {
        return Err(error(format!(
            "options.utc_offset_s is {utc_offset_s}, allowed is -{MOST_S} to {MOST_S}"
        )));
    }
    Ok(Clocks::Fixed(utc_offset_s))
}

/// Grade and speed of the descent to train on.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OnDescent {
    pub grade: Option<f64>,
    pub speed_m_s: Option<f64>,
}

impl From<OnDescent> for AskedDescent {
    fn from(OnDescent { grade, speed_m_s }: OnDescent) -> Self {
        Self { grade, speed_m_s }
    }
}

/// Runs that were handed over.
pub fn runs(value: &JsValue) -> Result<Vec<Run>> {
    js::much("runs", value)
}

/// The athlete of some runs.
pub fn athlete(runs: Vec<Run>, runner: &Runner, habit: Habit, profile: Profile) -> Result<Athlete> {
    runner.check().map_err(error)?;
    Athlete::new(Joined::of(runs), runner, habit, Some(profile)).map_err(error)
}
