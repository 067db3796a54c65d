//! What a race does to the legs.

use std::ffi::c_char;

use eccentric::forecast::{ForecastOptions as ModelOptions, Interval, Series};
use eccentric::plan::{Pace, PacePoint as ModelPacePoint, Race as Run, Return};
use eccentric::{Muscle as ModelMuscle, PerMuscle};
use eccentric_app::race::Planned;
use eccentric_app::race_json::race_report;
use eccentric_files::MAX_POINTS;

use crate::course::Course;
use crate::door::{Refused, Result, Status, door};
use crate::forecast::{
    Forecast, ForecastOptions, eccentric_forecast_options_default, fill_interval,
};
use crate::history::History;
use crate::memory::{self, Kind, fill, held, maybe_held, new_place, place, value, values};
use crate::person::Profile;
use crate::plain::{Runner, four, maybe, ms, muscle, time, word};

/// A race on a course, and the days after it.
pub struct Race(());

impl Kind for Race {
    type Value = Finished;
    const NAME: &'static str = "a race";
    const TAG: u64 = u64::from_le_bytes(*b"ecc.race");
}

/// What a race holds.
pub struct Finished {
    planned: Planned,
    clear_probability: f64,
}

impl Finished {
    fn strength_loss(&self, muscle: i32) -> Result<&Series> {
        Ok(&self.planned.race.along.strength_loss[self::muscle(muscle)?])
    }
}

/// Speed from a place of the course on.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct PacePoint {
    /// Horizontal distance from the start in m.
    pub distance_m: f64,
    /// Speed along the slope from there to the next point in m/s, 0.1 to 12.
    pub speed_m_s: f64,
}

/// When and how a race is run.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RaceOptions {
    /// Start, in ms since 1970 UTC.
    pub start_ms: i64,
    /// Time to finish in, in s; NaN for that of the middle of the field.
    pub finish_time_s: f64,
    /// Speeds that are kept whatever the strength, instead of a finish time; NULL for none.
    pub pace: *const PacePoint,
    /// How many points `pace` has.
    pub pace_len: usize,
    /// The days after the finish; its levels are those of the intervals on the way, too.
    pub after: ForecastOptions,
}

/// Days after a race that are forecast, in hours.
const AFTER_RACE_H: f64 = 240.0;

/// As the middle of the field runs it, and ten days after the finish by the hour.
#[unsafe(no_mangle)]
pub extern "C" fn eccentric_race_options_default(start_ms: i64) -> RaceOptions {
    RaceOptions {
        start_ms,
        finish_time_s: f64::NAN,
        pace: std::ptr::null(),
        pace_len: 0,
        after: ForecastOptions { hours: AFTER_RACE_H, ..eccentric_forecast_options_default() },
    }
}

/// A pace without a table.
pub fn pace(finish_time_s: f64) -> Pace {
    maybe(finish_time_s).map_or(Pace::Typical, Pace::FinishTime)
}

impl RaceOptions {
    /// # Safety
    /// As many points and levels as they say.
    unsafe fn read(self) -> Result<(Pace, ModelOptions)> {
        // SAFETY: as the caller promises.
        let (points, after) =
            unsafe { (values(self.pace, self.pace_len, MAX_POINTS, "pace")?, self.after.read()?) };
        if points.is_empty() {
            return Ok((pace(self.finish_time_s), after));
        }
        if !self.finish_time_s.is_nan() {
            let message = "finish_time_s and pace are both given, allowed is one of them";
            return Err(Refused::new(Status::Input, message));
        }
        let point = |&PacePoint { distance_m, speed_m_s }: &PacePoint| ModelPacePoint {
            distance_m,
            speed_m_s,
        };
        Ok((Pace::Profile(points.iter().map(point).collect()), after))
    }
}

/// The race of a runner whose legs are what the runs before it have left; a history without runs is rested legs.
/// `profile` may be NULL. Freed by eccentric_race_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_race(
    history: *const History,
    profile: *const Profile,
    runner: *const Runner,
    course: *const Course,
    options: *const RaceOptions,
    race: *mut *mut Race,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, a history, a profile or NULL, a runner, a course and options, as the
        // header asks.
        let (to, history, profile, runner, course, options) = unsafe {
            (
                new_place(race, "race")?,
                held(history, "history")?,
                maybe_held(profile, "profile")?,
                value(runner, "runner")?,
                held(course, "course")?,
                value(options, "options")?,
            )
        };
        let start = time(options.start_ms, "start_ms")?;
        // SAFETY: as many points and levels as the options say, as the header asks.
        let (pace, after) = unsafe { options.read()? };
        let athlete = history.athlete(profile, runner)?;
        let clear_probability = after.clear_probability;
        let planned = Planned::of(course.clone(), &athlete, start, pace, after)?;
        to.hand_over(Finished { planned, clear_probability });
        Ok(())
    })
}

/// How a race ends; arrays of four hold a number for each eccentric_muscle.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Finish {
    /// When the finish is reached, in ms since 1970 UTC.
    pub finish_ms: i64,
    /// From the start to the finish in s.
    pub finish_time_s: f64,
    /// Metabolic power per kilogram of body mass, mean over the course, in W/kg; NaN with a table of speeds.
    pub power_w_kg: f64,
    /// Points of all muscle groups together: 100 are theirs after 30 minutes at -16 % and 3 m/s.
    pub points_total: f64,
    /// Standard error of those points: from the error of the grades, and from the distance of the race from
    /// what was measured.
    pub points_se: f64,
    /// Loss of strength at the finish (median), a fraction.
    pub strength_loss: [f64; 4],
    /// Lower end of its interval at the first of the levels; NaN without any.
    pub strength_loss_lower: [f64; 4],
    /// Upper end of the same.
    pub strength_loss_upper: [f64; 4],
    /// From where on a quarter of the strength is lost (median), in km; NaN if nowhere.
    pub lead_legs_km: [f64; 4],
    /// By how much the loss of strength slows a descent of 9 % or steeper at the finish, a fraction.
    pub descent_slowing: f64,
    /// When stairs are no trouble any more; ECCENTRIC_NO_TIME if not within 60 days.
    pub stairs_ms: i64,
    /// When running downhill is sensible again; ECCENTRIC_NO_TIME if not within 60 days.
    pub downhill_ms: i64,
}

fn last(values: &[f64]) -> f64 {
    values.last().copied().unwrap_or(f64::NAN)
}

impl From<&Run> for Finish {
    fn from(race: &Run) -> Self {
        let loss = &race.along.strength_loss;
        let interval = |end: fn(&Interval) -> &[f64]| {
            let at = |muscle| loss[muscle].intervals.first().map_or(f64::NAN, |i| last(end(i)));
            four(&PerMuscle::from_fn(at))
        };
        let Return { stairs, downhill } = race.back;
        Self {
            finish_ms: race.legs.time.unix_ms(),
            finish_time_s: race.finish_s,
            power_w_kg: race.power_w_kg.unwrap_or(f64::NAN),
            points_total: race.load.points_total,
            points_se: race.load.points_se,
            strength_loss: ModelMuscle::ALL.map(|muscle| last(&loss[muscle].point)),
            strength_loss_lower: interval(|interval| &interval.lower),
            strength_loss_upper: interval(|interval| &interval.upper),
            lead_legs_km: four(&race.lead_legs_km.map(|km| km.unwrap_or(f64::NAN))),
            descent_slowing: last(&race.along.descent_slowing),
            stairs_ms: ms(stairs),
            downhill_ms: ms(downhill),
        }
    }
}

/// How a race ends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_race_finish(race: *const Race, finish: *mut Finish) -> Status {
    door(|| {
        // SAFETY: a race and a place, as the header asks.
        let (of, to) = unsafe { (held(race, "race")?, place(finish, "finish")?) };
        to.set((&of.planned.race).into());
        Ok(())
    })
}

/// How many places along the course each series has, one every 100 m with start and finish; 0 for what is no
/// race.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_race_len(race: *const Race) -> usize {
    let mut len = 0;
    door(|| {
        // SAFETY: a race, as the header asks.
        len = unsafe { held(race, "race")? }.planned.race.along.distance_km.len();
        Ok(())
    });
    len
}

/// What changes along the course.
#[repr(C)]
pub enum Along {
    /// Horizontal distance from the start in km.
    Distance = 0,
    /// Elevation in m.
    Elevation = 1,
    /// Time since the start in s.
    Elapsed = 2,
    /// Mean speed along the slope since the place before in m/s; at the start that to the next place.
    Speed = 3,
    /// Points so far, of all muscle groups together.
    Points = 4,
    /// By how much the loss of strength slows a descent of 9 % or steeper here, a fraction.
    DescentSlowing = 5,
}

/// What changes along the course (one of eccentric_along), into `len` places of the caller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_race_along(
    race: *const Race,
    what: i32,
    values: *mut f64,
    len: usize,
) -> Status {
    door(|| {
        // SAFETY: a race, as the header asks.
        let along = &unsafe { held(race, "race")? }.planned.race.along;
        let words = [
            (Along::Distance as i32, "distance", &along.distance_km),
            (Along::Elevation as i32, "elevation", &along.elevation_m),
            (Along::Elapsed as i32, "elapsed time", &along.elapsed_s),
            (Along::Speed as i32, "speed", &along.speed_m_s),
            (Along::Points as i32, "points", &along.points),
            (Along::DescentSlowing as i32, "slowing", &along.descent_slowing),
        ];
        let found = word("what", what, &words)?;
        // SAFETY: room for `len` numbers, as the header asks.
        unsafe { fill(found.iter().copied(), values, len, "values") }
    })
}

/// The medians of the loss of strength of a muscle group (one of eccentric_muscle) along the course, into `len`
/// places of the caller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_race_strength_loss(
    race: *const Race,
    muscle: i32,
    values: *mut f64,
    len: usize,
) -> Status {
    door(|| {
        // SAFETY: a race, and room for `len` numbers, as the header asks.
        unsafe {
            let loss = held(race, "race")?.strength_loss(muscle)?;
            fill(loss.point.iter().copied(), values, len, "values")
        }
    })
}

/// The ends of its interval, numbered as the levels were given from 0, into `len` places each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_race_strength_loss_interval(
    race: *const Race,
    muscle: i32,
    level: usize,
    lower: *mut f64,
    upper: *mut f64,
    len: usize,
) -> Status {
    door(|| {
        // SAFETY: a race, and room for `len` numbers each, as the header asks.
        unsafe {
            let loss = held(race, "race")?.strength_loss(muscle)?;
            fill_interval(loss, level, lower, upper, len)
        }
    })
}

/// The days after the finish. Freed by eccentric_forecast_free(), and needs no race any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_race_forecast(
    race: *const Race,
    forecast: *mut *mut Forecast,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle and a race, as the header asks.
        let (to, of) = unsafe { (new_place(forecast, "forecast")?, held(race, "race")?) };
        to.hand_over(of.planned.race.after.clone());
        Ok(())
    })
}

/// Places that a report may have.
const PLACES: std::ops::RangeInclusive<usize> = 2..=1_000_000;

/// The race with what would change it (used to no running or to hills, slower descents, quicker steps, a lighter
/// pack) and advice as JSON of the schema `eccentric.race`, with at most so many places along the course, 2 to
/// 1,000,000; the command prints 500. Freed by eccentric_string_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_race_report_json(
    race: *const Race,
    places: usize,
    json: *mut *mut c_char,
) -> Status {
    door(|| {
        // SAFETY: a place for a text and a race, as the header asks.
        let (to, of) = unsafe { (new_place(json, "json")?, held(race, "race")?) };
        if !PLACES.contains(&places) {
            let message = format!("places is {places}, allowed is 2 to 1000000");
            return Err(Refused::new(Status::Input, message));
        }
        let report = race_report(&of.planned, places, of.clear_probability);
        to.hand_over_text(&serde_json::to_string(&report).map_err(Refused::saved)?);
        Ok(())
    })
}

/// Frees a race. NULL is nothing to do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_race_free(race: *mut Race) {
    // SAFETY: a race of this library or NULL, as the header asks.
    unsafe { memory::free(race) }
}
