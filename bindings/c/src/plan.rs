//! The weeks before a race.

use std::ffi::c_char;

use eccentric::plan::{Rule, Schedule, Session as ModelSession};
use eccentric::{Saved, Timestamp};
use eccentric_app::ics;
use eccentric_app::plan::{Asked, Made};
use eccentric_app::plan_json::plan_report;
use eccentric_app::time::Offset;

use crate::asked::{PlanOptions, zone};
use crate::course::Course;
use crate::door::{Refused, Status, door};
use crate::history::History;
use crate::memory::{self, Kind, fill, held, maybe_held, new_place, place, value};
use crate::person::Profile;
use crate::plain::{Runner, number_of};

/// The descents to train on before a race.
pub struct Plan(());

impl Kind for Plan {
    type Value = Dated;
    const NAME: &'static str = "a plan";
    const TAG: u64 = u64::from_le_bytes(*b"ecc.plan");
}

/// What a plan holds.
pub struct Dated {
    made: Made,
    from: Timestamp,
    zone: Offset,
}

/// The descents that leave the most strength at the finish of a race, within what is asked. `profile` may be NULL.
/// Takes a tenth of a second to seconds. Freed by eccentric_plan_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_plan(
    history: *const History,
    profile: *const Profile,
    runner: *const Runner,
    course: *const Course,
    options: *const PlanOptions,
    plan: *mut *mut Plan,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, a history, a profile or NULL, a runner, a course and options, as the
        // header asks.
        let (to, history, profile, runner, course, options) = unsafe {
            (
                new_place(plan, "plan")?,
                held(history, "history")?,
                maybe_held(profile, "profile")?,
                value(runner, "runner")?,
                held(course, "course")?,
                value(options, "options")?,
            )
        };
        // SAFETY: texts and pointers to them, as the header asks.
        let (blocked, before) = unsafe { (options.blocked()?, options.before()?) };
        let blocked = |date| blocked.iter().any(|days| days.hold(date));
        let asked = Asked { blocked: &blocked, before: before.as_ref(), ..options.asked()? };
        let zone = zone(options.utc_offset_s)?;
        let athlete = history.athlete(profile, runner)?;
        let made = Made::of(course.clone(), &athlete, &asked, &zone)
            .map_err(|error| Refused::new(Status::Input, error.to_string()))?;
        to.hand_over(Dated { made, from: asked.from, zone });
        Ok(())
    })
}

/// A session of a plan.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Session {
    /// When it starts, in ms since 1970 UTC.
    pub start_ms: i64,
    /// Its dose in points.
    pub points: f64,
    /// What it is on the descent: metres of descent.
    pub descent_m: f64,
    /// Metres along the slope.
    pub distance_m: f64,
    /// Seconds of running downhill.
    pub duration_s: f64,
    /// Grade of the descent.
    pub grade: f64,
    /// Speed along it in m/s.
    pub speed_m_s: f64,
}

impl From<&ModelSession> for Session {
    fn from(session: &ModelSession) -> Self {
        let ModelSession { start, points, descent, workout } = session;
        Self {
            start_ms: start.unix_ms(),
            points: *points,
            descent_m: workout.descent_m,
            distance_m: workout.distance_m,
            duration_s: workout.duration_s,
            grade: descent.grade,
            speed_m_s: descent.speed_m_s,
        }
    }
}

/// How many sessions a plan has; 0 for what is no plan, or where none is worth it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_plan_len(plan: *const Plan) -> usize {
    let mut len = 0;
    door(|| {
        // SAFETY: a plan, as the header asks.
        len = unsafe { held(plan, "plan")? }.made.plan.best.sessions.len();
        Ok(())
    });
    len
}

/// The sessions in order of time, into `len` places of the caller.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_plan_sessions(
    plan: *const Plan,
    sessions: *mut Session,
    len: usize,
) -> Status {
    door(|| {
        // SAFETY: a plan, and room for `len` sessions, as the header asks.
        unsafe {
            let found = &held(plan, "plan")?.made.plan.best.sessions;
            fill(found.iter().map(Session::from), sessions, len, "sessions")
        }
    })
}

/// What a plan is expected to bring; "without" is the usual running alone.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Gain {
    /// Points of the race.
    pub race_points: f64,
    /// Loss of strength of the quadriceps at the finish, a fraction: mean over 64 persons who stand for what is
    /// known of the runner.
    pub strength_loss: f64,
    /// The person at 10 %.
    pub strength_loss_lower: f64,
    /// The person at 90 %.
    pub strength_loss_upper: f64,
    /// The mean without.
    pub strength_loss_without: f64,
    /// Share of the persons who finish at least as strong with the plan as without, to 0.1 % of strength.
    pub as_good: f64,
    /// Part of the soreness of the quadriceps after 30 minutes at -16 % and 3 m/s that protection takes away at the
    /// start of the race.
    pub protection: f64,
    /// The same without.
    pub protection_without: f64,
    /// Probability that soreness stays below `soreness_below` where it comes closest on the way, among the muscle
    /// groups and days that the usual running alone keeps below it.
    pub way_probability: f64,
    /// Probability that the muscle group least likely to be clear at the start of the race is so, among those that
    /// the usual running alone lets be clear.
    pub clear_probability: f64,
    /// That muscle group, one of eccentric_muscle.
    pub clear_muscle: i32,
}

impl Gain {
    fn of(race_points: f64, best: &Schedule, without: &Schedule) -> Self {
        let [strength_loss_lower, strength_loss_upper] = best.strength_loss_80;
        Self {
            race_points,
            strength_loss: best.strength_loss,
            strength_loss_lower,
            strength_loss_upper,
            strength_loss_without: without.strength_loss,
            as_good: without.plan_as_good,
            protection: best.protection,
            protection_without: without.protection,
            way_probability: best.on_the_way.probability,
            clear_probability: best.race_day.probability,
            clear_muscle: number_of(best.race_day.muscle),
        }
    }
}

/// What a plan is expected to bring.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_plan_gain(plan: *const Plan, gain: *mut Gain) -> Status {
    door(|| {
        // SAFETY: a plan and a place, as the header asks.
        let (of, to) = unsafe { (held(plan, "plan")?, place(gain, "gain")?) };
        let Made { plan, race, .. } = &of.made;
        let without = plan.alternatives.iter().find(|(rule, _)| *rule == Rule::Nothing);
        let (_, without) =
            without.ok_or_else(|| Refused::new(Status::Internal, "a plan without its rules"))?;
        to.set(Gain::of(race.points_total, &plan.best, without));
        Ok(())
    })
}

/// The plan with the rules that coaches publish as alternatives, and what became of the plan before, as JSON of the
/// schema `eccentric.plan`: what the command prints. Freed by eccentric_string_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_plan_report_json(
    plan: *const Plan,
    json: *mut *mut c_char,
) -> Status {
    door(|| {
        // SAFETY: a place for a text and a plan, as the header asks.
        let (to, of) = unsafe { (new_place(json, "json")?, held(plan, "plan")?) };
        let report = plan_report(&of.made, &of.zone);
        to.hand_over_text(&serde_json::to_string(&report).map_err(Refused::saved)?);
        Ok(())
    })
}

/// The sessions and the race as iCalendar, an .ics file: a calendar that reads a later one replaces what it has.
/// Freed by eccentric_string_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_plan_ics(plan: *const Plan, text: *mut *mut c_char) -> Status {
    door(|| {
        // SAFETY: a place for a text and a plan, as the header asks.
        let (to, of) = unsafe { (new_place(text, "text")?, held(plan, "plan")?) };
        to.hand_over_text(&ics::calendar(&of.made, of.from));
        Ok(())
    })
}

/// What to keep of a plan, as JSON that the command and every other binding read: the next plan for this race takes
/// it as `before` and says what became of it. Freed by eccentric_string_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_plan_to_json(
    plan: *const Plan,
    json: *mut *mut c_char,
) -> Status {
    door(|| {
        // SAFETY: a place for a text and a plan, as the header asks.
        let (to, of) = unsafe { (new_place(json, "json")?, held(plan, "plan")?) };
        let kept = Saved(of.made.kept(of.from));
        to.hand_over_text(&serde_json::to_string(&kept).map_err(Refused::saved)?);
        Ok(())
    })
}

/// Frees a plan. NULL is nothing to do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_plan_free(plan: *mut Plan) {
    // SAFETY: a plan of this library or NULL, as the header asks.
    unsafe { memory::free(plan) }
}
