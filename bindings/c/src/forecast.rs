//! The days ahead.

use std::ffi::{CString, c_char};
use std::ptr::null;
use std::sync::LazyLock;

use eccentric::forecast::{Forecast as ModelForecast, ForecastOptions as ModelOptions, Series};
use eccentric::params::Parameters;
use eccentric::plan::{EASY_DAYS, RED_FLAGS, advice};
use eccentric_app::json::forecast_report;

use crate::door::{Refused, Result, Status, c_text, door};
use crate::history::History;
use crate::memory::{self, Kind, fill, held, maybe_held, maybe_value, new_place, place, values};
use crate::person::{Profile, profile_at};
use crate::plain::{ms, muscle, time, word};
use crate::state::State;

/// The days ahead of a state.
pub struct Forecast(());

impl Kind for Forecast {
    type Value = ModelForecast;
    const NAME: &'static str = "a forecast";
    const TAG: u64 = u64::from_le_bytes(*b"ecc.days");
}

/// Most intervals of one forecast: one at every percent.
const MAX_LEVELS: usize = 99;

/// What a forecast covers.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct ForecastOptions {
    /// How far ahead, in hours, 0.5 to 8784.
    pub hours: f64,
    /// Time between two values, in hours, 0.05 to 168.
    pub step_h: f64,
    /// Soreness below which the legs count as clear, 0 to 10.
    pub clear_below: f64,
    /// Probability with which they shall be clear at the likely time, 0.01 to 0.999.
    pub clear_probability: f64,
    /// Levels of the intervals, each 0.01 to 0.999.
    pub levels: *const f64,
    /// How many levels, 0 to 99.
    pub level_count: usize,
}

static DEFAULT_LEVELS: [f64; 1] = [0.8];

/// A week by the hour, 80 % intervals, clear below 1 of 10, likely at 90 %; what NULL options mean.
#[unsafe(no_mangle)]
pub extern "C" fn eccentric_forecast_options_default() -> ForecastOptions {
    let ModelOptions { hours, step_h, clear_below, clear_probability, .. } =
        ModelOptions::default();
    let (levels, level_count) = (DEFAULT_LEVELS.as_ptr(), DEFAULT_LEVELS.len());
    ForecastOptions { hours, step_h, clear_below, clear_probability, levels, level_count }
}

impl ForecastOptions {
    /// The options of the model; their numbers are checked there.
    ///
    /// # Safety
    /// As many levels as they say.
    pub unsafe fn read(self) -> Result<ModelOptions> {
        let Self { hours, step_h, clear_below, clear_probability, levels, level_count } = self;
        // SAFETY: as the caller promises.
        let levels = unsafe { values(levels, level_count, MAX_LEVELS, "levels")? }.to_vec();
        Ok(ModelOptions { hours, step_h, levels, clear_below, clear_probability })
    }
}

/// # Safety
/// Null, or options with as many levels as they say.
unsafe fn options(from: *const ForecastOptions) -> Result<ModelOptions> {
    // SAFETY: as the caller promises.
    let given = unsafe { maybe_value(from, "options")? };
    // SAFETY: as the caller promises.
    given.map_or_else(|| Ok(ModelOptions::default()), |given| unsafe { given.read() })
}

/// The forecast from a state, with no running ahead. `profile` and `options` may be NULL. Freed by
/// eccentric_forecast_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_state_forecast(
    state: *const State,
    profile: *const Profile,
    options: *const ForecastOptions,
    forecast: *mut *mut Forecast,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, a state, and a profile and options or NULL, as the header asks.
        let (to, legs, profile, options) = unsafe {
            (
                new_place(forecast, "forecast")?,
                held(state, "state")?,
                maybe_held(profile, "profile")?,
                self::options(options)?,
            )
        };
        let p = Parameters::default();
        let ahead = match profile {
            Some(learned) => legs.forecast_for(&learned.profile.at(legs.time), &options, &p)?,
            None => legs.forecast(&options, &p)?,
        };
        to.hand_over(ahead);
        Ok(())
    })
}

/// How many values each series has; 0 for what is no forecast.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_forecast_len(forecast: *const Forecast) -> usize {
    let mut len = 0;
    door(|| {
        // SAFETY: a forecast, as the header asks.
        len = unsafe { held(forecast, "forecast")? }.times.len();
        Ok(())
    });
    len
}

/// The times of the values in ms since 1970 UTC, into `len` places of the caller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_forecast_times(
    forecast: *const Forecast,
    times_ms: *mut i64,
    len: usize,
) -> Status {
    door(|| {
        // SAFETY: a forecast, and room for `len` times, as the header asks.
        unsafe {
            let times = &held(forecast, "forecast")?.times;
            fill(times.iter().map(|time| time.unix_ms()), times_ms, len, "times_ms")
        }
    })
}

/// What is forecast.
#[repr(C)]
pub enum Quantity {
    /// Soreness from 0 to 10; its intervals are those of one rating.
    Soreness = 0,
    /// Loss of strength as a fraction of the rested strength.
    StrengthLoss = 1,
}

fn series(ahead: &ModelForecast, muscle: i32, quantity: i32) -> Result<&Series> {
    let ahead = &ahead.muscles[self::muscle(muscle)?];
    let words = [
        (Quantity::Soreness as i32, "soreness", &ahead.soreness),
        (Quantity::StrengthLoss as i32, "strength loss", &ahead.strength_loss),
    ];
    word("quantity", quantity, &words)
}

/// # Safety
/// Room for `len` numbers in both places that nobody else uses.
pub unsafe fn fill_interval(
    series: &Series,
    level: usize,
    lower: *mut f64,
    upper: *mut f64,
    len: usize,
) -> Result<()> {
    let interval = series.intervals.get(level).ok_or_else(|| {
        let count = series.intervals.len();
        let message = format!("interval {level} is not there, the forecast has {count}");
        Refused::new(Status::Input, message)
    })?;
    // SAFETY: as the caller promises.
    unsafe {
        fill(interval.lower.iter().copied(), lower, len, "lower")?;
        fill(interval.upper.iter().copied(), upper, len, "upper")
    }
}

/// The medians of a quantity (one of eccentric_quantity) in a muscle group (one of eccentric_muscle), into
/// `len` places of the caller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_forecast_point(
    forecast: *const Forecast,
    muscle: i32,
    quantity: i32,
    values: *mut f64,
    len: usize,
) -> Status {
    door(|| {
        // SAFETY: a forecast, and room for `len` numbers, as the header asks.
        unsafe {
            let series = series(held(forecast, "forecast")?, muscle, quantity)?;
            fill(series.point.iter().copied(), values, len, "values")
        }
    })
}

/// The ends of an interval, numbered as the levels were given from 0, into `len` places each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_forecast_interval(
    forecast: *const Forecast,
    muscle: i32,
    quantity: i32,
    level: usize,
    lower: *mut f64,
    upper: *mut f64,
    len: usize,
) -> Status {
    door(|| {
        // SAFETY: a forecast, as the header asks.
        let ahead = unsafe { held(forecast, "forecast")? };
        let series = series(ahead, muscle, quantity)?;
        // SAFETY: room for `len` numbers each, as the header asks.
        unsafe { fill_interval(series, level, lower, upper, len) }
    })
}

/// The probability that soreness is below `clear_below`, into `len` places of the caller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_forecast_clear_probability(
    forecast: *const Forecast,
    muscle: i32,
    values: *mut f64,
    len: usize,
) -> Status {
    door(|| {
        // SAFETY: a forecast, and room for `len` numbers, as the header asks.
        unsafe {
            let ahead = &held(forecast, "forecast")?.muscles[self::muscle(muscle)?];
            fill(ahead.clear_probability.iter().copied(), values, len, "values")
        }
    })
}

/// When soreness is highest and when it has passed, also beyond the end of the series.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Passing {
    /// When soreness is highest, in ms since 1970 UTC.
    pub peak_ms: i64,
    /// How sore then, 0 to 10 (median).
    pub peak_soreness: f64,
    /// From when on the median stays below `clear_below`; ECCENTRIC_NO_TIME if not within 60 days.
    pub clear_ms: i64,
    /// Probability that soreness is below it then; NaN without that time.
    pub clear_probability: f64,
    /// From when on the probability stays at `clear_probability` of the options or above it;
    /// ECCENTRIC_NO_TIME if not within 60 days.
    pub likely_clear_ms: i64,
}

/// How the soreness of a muscle group passes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_forecast_passing(
    forecast: *const Forecast,
    muscle: i32,
    passing: *mut Passing,
) -> Status {
    door(|| {
        // SAFETY: a forecast and a place, as the header asks.
        let (ahead, to) = unsafe { (held(forecast, "forecast")?, place(passing, "passing")?) };
        let ahead = &ahead.muscles[self::muscle(muscle)?];
        to.set(Passing {
            peak_ms: ahead.peak.time.unix_ms(),
            peak_soreness: ahead.peak.soreness,
            clear_ms: ms(ahead.clear.at),
            clear_probability: ahead.clear.probability.unwrap_or(f64::NAN),
            likely_clear_ms: ms(ahead.clear.likely_at),
        });
        Ok(())
    })
}

/// What to say with a forecast. Whoever shows a severe one shows `red_flags` too.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Advice {
    /// Whether a muscle group may get so sore or so weak that a doctor could be needed.
    pub severe: bool,
    /// What to do, or NULL. Never freed.
    pub recovery: *const c_char,
    /// When to see a doctor, or NULL. Never freed.
    pub red_flags: *const c_char,
}

/// What to say with a forecast, in fixed words.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_forecast_advice(
    forecast: *const Forecast,
    advice: *mut Advice,
) -> Status {
    static RECOVERY: LazyLock<CString> = LazyLock::new(|| c_text(EASY_DAYS));
    static DOCTOR: LazyLock<CString> = LazyLock::new(|| c_text(RED_FLAGS));
    door(|| {
        // SAFETY: a forecast and a place, as the header asks.
        let (ahead, to) = unsafe { (held(forecast, "forecast")?, place(advice, "advice")?) };
        let said = self::advice(ahead);
        to.set(Advice {
            severe: said.severe,
            recovery: said.recovery.map_or(null(), |_| RECOVERY.as_ptr()),
            red_flags: said.red_flags.map_or(null(), |_| DOCTOR.as_ptr()),
        });
        Ok(())
    })
}

/// Frees a forecast. NULL is nothing to do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_forecast_free(forecast: *mut Forecast) {
    // SAFETY: a forecast of this library or NULL, as the header asks.
    unsafe { memory::free(forecast) }
}

/// The forecast from a history with its background (the legs before the latest run, the share of each run,
/// what was left out, advice) as JSON of the schema `eccentric.forecast`: what the command prints.
/// `profile` and `options` may be NULL. Freed by eccentric_string_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_outlook_json(
    history: *const History,
    profile: *const Profile,
    from_ms: i64,
    options: *const ForecastOptions,
    json: *mut *mut c_char,
) -> Status {
    door(|| {
        // SAFETY: a place for a text, a history, and a profile and options or NULL, as the header asks.
        let (to, history, profile, options) = unsafe {
            (
                new_place(json, "json")?,
                held(history, "history")?,
                maybe_held(profile, "profile")?,
                self::options(options)?,
            )
        };
        let from = time(from_ms, "from_ms")?;
        let profile = profile_at(profile, from);
        let joined = history.joined();
        let p = Parameters::default();
        let outlook = joined.history.outlook_for(&profile, from, &options, &p)?;
        let report = forecast_report(
            &outlook,
            &joined.runs.runs,
            &joined.runs.left_out,
            options.clear_probability,
        );
        to.hand_over_text(&serde_json::to_string(&report).map_err(Refused::saved)?);
        Ok(())
    })
}
