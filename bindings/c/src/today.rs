//! How much downhill is possible today.

use eccentric::plan::{Descent, TodayOptions as ModelOptions, today};

use crate::door::{Status, door};
use crate::memory::{held, maybe_held, place, value};
use crate::person::{Profile, profile_at};
use crate::plain::{Runner, ms, number_of, time};
use crate::state::State;

/// What is asked of today.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct TodayOptions {
    /// When the session starts, in ms since 1970 UTC.
    pub start_ms: i64,
    /// Until when soreness shall stay low: an hour to 60 days after the start.
    pub until_ms: i64,
    /// Soreness below which it shall stay, 0 to 10.
    pub soreness_below: f64,
    /// Probability with which it shall, 0.01 to 0.999.
    pub probability: f64,
    /// Grade of the descent to run on, -0.6 to -0.01.
    pub descent_grade: f64,
    /// Speed along the descent in m/s, 0.3 to 8.
    pub descent_speed_m_s: f64,
}

/// A week below a soreness of 4 with 80 % on a middling descent, for a session at a time.
#[unsafe(no_mangle)]
pub extern "C" fn eccentric_today_options_default(start_ms: i64) -> TodayOptions {
    let options = ModelOptions::from(eccentric::Timestamp::from_unix_ms(start_ms));
    TodayOptions {
        start_ms,
        until_ms: options.until.unix_ms(),
        soreness_below: options.soreness_below,
        probability: options.probability,
        descent_grade: options.descent.grade,
        descent_speed_m_s: options.descent.speed_m_s,
    }
}

/// Today's limit.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Today {
    /// The largest dose that keeps soreness low enough, in points; zero where even rest does not.
    pub points: f64,
    /// What it is on the descent: metres of descent.
    pub descent_m: f64,
    /// Metres along the slope.
    pub distance_m: f64,
    /// Seconds of running downhill.
    pub duration_s: f64,
    /// Where soreness comes closest to the level after this dose: when.
    pub tightest_ms: i64,
    /// In which muscle group, one of eccentric_muscle.
    pub tightest_muscle: i32,
    /// The probability to be below the level there.
    pub tightest_probability: f64,
    /// The median soreness there.
    pub tightest_soreness: f64,
    /// If there is nothing worth running downhill for today: the first of the next 14 days on which there is;
    /// else, and if there is none, ECCENTRIC_NO_TIME.
    pub next_ms: i64,
    /// Whether there is anything worth running downhill for: 5 points or more.
    pub worthwhile: bool,
    /// Whether even the longest descent that was looked at, 6 h, keeps soreness low enough.
    pub open: bool,
}

/// The largest dose downhill today that keeps the soreness of every muscle group below a level with a
/// probability, for legs at or before the start. `profile` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_today(
    state: *const State,
    profile: *const Profile,
    runner: *const Runner,
    options: *const TodayOptions,
    limit: *mut Today,
) -> Status {
    door(|| {
        // SAFETY: a state, a profile or NULL, a runner, options and a place, as the header asks.
        let (legs, profile, runner, options, to) = unsafe {
            (
                held(state, "state")?,
                maybe_held(profile, "profile")?,
                value(runner, "runner")?,
                value(options, "options")?,
                place(limit, "limit")?,
            )
        };
        let asked = ModelOptions {
            start: time(options.start_ms, "start_ms")?,
            until: time(options.until_ms, "until_ms")?,
            soreness_below: options.soreness_below,
            probability: options.probability,
            descent: Descent { grade: options.descent_grade, speed_m_s: options.descent_speed_m_s },
        };
        let profile = profile_at(profile, legs.time);
        let found = today(legs, &profile, &runner.model()?, &asked)?;
        to.set(Today {
            points: found.points,
            descent_m: found.workout.descent_m,
            distance_m: found.workout.distance_m,
            duration_s: found.workout.duration_s,
            tightest_ms: found.tightest.time.unix_ms(),
            tightest_muscle: number_of(found.tightest.muscle),
            tightest_probability: found.tightest.probability,
            tightest_soreness: found.tightest.soreness,
            next_ms: ms(found.next),
            worthwhile: found.worthwhile(),
            open: found.open,
        });
        Ok(())
    })
}
