//! What is asked of a plan.

use std::ffi::c_char;

use eccentric::plan::Planned;
use eccentric::{Saved, Timestamp, bounds};
use eccentric_app::athlete::AskedDescent;
use eccentric_app::days::{self, Days};
use eccentric_app::plan::Asked;
use eccentric_app::time::Offset;

use crate::door::{Refused, Result, Status};
use crate::memory::{text, values};
use crate::plain::{maybe, time};
use crate::race::pace;

/// Most entries of blocked days: every day of more than ten years.
const MAX_BLOCKED: usize = 4000;
/// Most days without the usual running before the race.
const MAX_REST_DAYS: i32 = 60;

/// What is asked of a plan.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct PlanOptions {
    /// Start of the race, in ms since 1970 UTC; 1 to 200 days after the plan begins.
    pub race_ms: i64,
    /// When the plan begins, in ms since 1970 UTC; runs that have not ended by then do not count.
    pub from_ms: i64,
    /// Seconds east of UTC of the runner's clock, -93599 to 93599: it says which day it is.
    pub utc_offset_s: i32,
    /// Hour of the day at which sessions start, 0 to 23.
    pub hour: i32,
    /// Days without the usual running before the race, 0 to 60.
    pub rest_days: i32,
    /// Days without a session, each a date "2026-06-10", dates "2026-06-10..2026-06-16", or a weekday "wed".
    pub blocked: *const *const c_char,
    /// How many entries `blocked` has, 0 to 4000.
    pub blocked_count: usize,
    /// Time to finish the race in, in s; NaN for that of the middle of the field.
    pub finish_time_s: f64,
    /// Grade of the descent to train on, -0.6 to -0.01; NaN for the runner's usual one.
    pub descent_grade: f64,
    /// Speed along it in m/s, 0.3 to 8; NaN for the runner's usual one.
    pub descent_speed_m_s: f64,
    /// Soreness below which every muscle group shall stay on the way, 0 to 10.
    pub soreness_below: f64,
    /// Probability with which it shall, 0.01 to 0.999.
    pub probability: f64,
    /// Soreness below which the legs shall be at the start of the race, 0 to 10.
    pub clear_below: f64,
    /// Probability with which they shall be, 0.01 to 0.999.
    pub clear_probability: f64,
    /// Most points of sessions in any seven days; NaN for no such cap.
    pub week_points: f64,
    /// The same in metres of descent; at most one of the two is given.
    pub week_descent_m: f64,
    /// Largest next session relative to the largest one of the 30 days before, in metres of descent, 1 to 10.
    pub build_up: f64,
    /// What was kept of the plan before this one, by eccentric_plan_to_json(); NULL for none. One for another
    /// race is passed over.
    pub before: *const c_char,
}

/// Sessions at five in the afternoon of UTC on any day, three days of rest, on the runner's usual descent; soreness
/// below 4 with 80 % on the way, below 1 with 90 % at the start; no cap of a week, sessions up to 1.3 times the
/// largest before.
#[unsafe(no_mangle)]
pub extern "C" fn eccentric_plan_options_default(race_ms: i64, from_ms: i64) -> PlanOptions {
    let usual = Asked::of(Timestamp::from_unix_ms(race_ms), Timestamp::from_unix_ms(from_ms));
    PlanOptions {
        race_ms,
        from_ms,
        utc_offset_s: 0,
        hour: usual.hour.into(),
        rest_days: usual.rest_days.into(),
        blocked: std::ptr::null(),
        blocked_count: 0,
        finish_time_s: f64::NAN,
        descent_grade: f64::NAN,
        descent_speed_m_s: f64::NAN,
        soreness_below: usual.soreness_below,
        probability: usual.probability,
        clear_below: usual.clear_below,
        clear_probability: usual.clear_probability,
        week_points: f64::NAN,
        week_descent_m: f64::NAN,
        build_up: usual.build_up,
        before: std::ptr::null(),
    }
}

/// A small whole number.
fn whole<T: TryFrom<i32>>(name: &str, number: i32, max: i32) -> Result<T> {
    let refused = || {
        let message = format!("{name} is {number}, allowed is 0 to {max}");
        Refused::new(Status::Input, message)
    };
    if !(0..=max).contains(&number) {
        return Err(refused());
    }
    T::try_from(number).map_err(|_| refused())
}

/// The clock of the runner.
pub fn zone(utc_offset_s: i32) -> Result<Offset> {
    Offset::from_seconds(utc_offset_s).map_err(|_| {
        let message = format!("utc_offset_s is {utc_offset_s}, allowed is -93599 to 93599");
        Refused::new(Status::Input, message)
    })
}

impl PlanOptions {
    /// Everything but the days and the plan before.
    pub fn asked(&self) -> Result<Asked<'static>> {
        let usual = Asked::of(time(self.race_ms, "race_ms")?, time(self.from_ms, "from_ms")?);
        let (week_points, week_descent_m) = (maybe(self.week_points), maybe(self.week_descent_m));
        if week_points.is_some() && week_descent_m.is_some() {
            let message = "week_points and week_descent_m are both given, allowed is one of them";
            return Err(Refused::new(Status::Input, message));
        }
        // The model sees it as points only.
        if let Some(week_descent_m) = week_descent_m {
            bounds::SAMPLE_DISTANCE.check(week_descent_m)?;
        }
        Ok(Asked {
            pace: pace(self.finish_time_s),
            hour: whole("hour", self.hour, 23)?,
            rest_days: whole("rest_days", self.rest_days, MAX_REST_DAYS)?,
            descent: AskedDescent {
                grade: maybe(self.descent_grade),
                speed_m_s: maybe(self.descent_speed_m_s),
            },
            soreness_below: self.soreness_below,
            probability: self.probability,
            clear_below: self.clear_below,
            clear_probability: self.clear_probability,
            week_points,
            week_descent_m,
            build_up: self.build_up,
            ..usual
        })
    }

    /// Days without a session.
    ///
    /// # Safety
    /// As many texts as they say.
    pub unsafe fn blocked(&self) -> Result<Vec<Days>> {
        // SAFETY: as the caller promises.
        let texts = unsafe { values(self.blocked, self.blocked_count, MAX_BLOCKED, "blocked")? };
        let day = |(index, &from): (usize, &*const c_char)| {
            let name = format!("blocked at index {index}");
            // SAFETY: as the caller promises.
            let day = unsafe { text(from, &name)? };
            days::parse(day)
                .map_err(|reason| Refused::new(Status::Input, format!("{name}: {reason}")))
        };
        texts.iter().enumerate().map(day).collect()
    }

    /// The plan before this one.
    ///
    /// # Safety
    /// A text or NULL.
    pub unsafe fn before(&self) -> Result<Option<Planned>> {
        if self.before.is_null() {
            return Ok(None);
        }
        // SAFETY: as the caller promises.
        let kept = unsafe { text(self.before, "before")? };
        let named = |error: &dyn std::fmt::Display| Refused::saved(format!("before: {error}"));
        let Saved(planned) =
            serde_json::from_str::<Saved<Planned>>(kept).map_err(|error| named(&error))?;
        planned.check().map_err(|error| named(&error))?;
        Ok(Some(planned))
    }
}
