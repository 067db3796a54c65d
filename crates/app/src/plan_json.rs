//! A plan as versioned JSON.

use eccentric::plan::{Descent, Kept, Reviewed, Schedule, Session};
use serde::Serialize;

use crate::plan::Made;
use crate::time::{Zone, date_of, rfc3339};
use crate::today::TightestJson;

/// A plan: `eccentric.plan`.
#[derive(Serialize)]
pub struct PlanReport<'a> {
    schema: &'static str,
    version: u32,
    race: RaceJson<'a>,
    asked: Asked,
    sessions: Vec<SessionJson>,
    race_day: RaceDay,
    objective: f64,
    on_the_way: TightestJson,
    days: Vec<DayJson>,
    alternatives: Vec<Alternative>,
    since_last_plan: Option<Since<'a>>,
    red_flags: &'static str,
}

#[derive(Serialize)]
struct RaceJson<'a> {
    name: &'a str,
    start: String,
    points: f64,
}

/// What the plan has to keep.
#[derive(Serialize)]
struct Asked {
    soreness_below: f64,
    probability: f64,
    clear_below: f64,
    clear_probability: f64,
    week_points: Option<f64>,
    build_up: f64,
    descent: Descent,
    descent_from: &'static str,
    blocked: Vec<String>,
}

#[derive(Serialize)]
struct SessionJson {
    date: String,
    start: String,
    points: f64,
    descent_m: f64,
    example: Example,
}

#[derive(Serialize)]
struct Example {
    grade: f64,
    speed_m_s: f64,
    distance_m: f64,
    duration_s: f64,
}

#[derive(Serialize)]
struct RaceDay {
    protection: f64,
    soreness: f64,
    p_cleared: f64,
    soreness_peak: f64,
    soreness_peak_80: [f64; 2],
    strength_loss_at_finish: f64,
    strength_loss_80: [f64; 2],
    /// The muscle group least likely to be clear among those that the usual running alone does not let be.
    beyond: Option<TightestJson>,
}

#[derive(Serialize)]
struct DayJson {
    date: String,
    soreness: f64,
    protection: f64,
}

#[derive(Serialize)]
struct Alternative {
    name: &'static str,
    sessions: Vec<SessionJson>,
    race_day: RaceDay,
    objective: f64,
    on_the_way: TightestJson,
    plan_as_good: f64,
}

#[derive(Serialize)]
struct Since<'a> {
    made: String,
    past: Vec<PastJson>,
    changed: &'a [String],
}

#[derive(Serialize)]
struct PastJson {
    date: String,
    planned_m: f64,
    done_m: f64,
    kept: Kept,
}

/// A plan as JSON, with the days of a time zone.
pub fn plan_report<'a>(made: &'a Made, zone: &dyn Zone) -> PlanReport<'a> {
    let best = &made.plan.best;
    let options = &made.options;
    let blocked = options.days.iter().filter(|day| !day.free);
    PlanReport {
        schema: "eccentric.plan",
        version: 1,
        race: RaceJson {
            name: &made.name,
            start: rfc3339(made.race.start),
            points: made.race.points_total,
        },
        asked: Asked {
            soreness_below: options.soreness_below,
            probability: options.probability,
            clear_below: options.clear_below,
            clear_probability: options.clear_probability,
            week_points: options.week_points,
            build_up: options.build_up,
            descent: made.descent(),
            descent_from: made.descent_from(),
            blocked: blocked.map(|day| date_of(day.start, zone).to_string()).collect(),
        },
        sessions: sessions(best, zone),
        race_day: race_day(best),
        objective: best.objective,
        on_the_way: best.on_the_way.into(),
        days: best
            .days
            .iter()
            .map(|day| DayJson {
                date: date_of(day.start, zone).to_string(),
                soreness: day.soreness,
                protection: day.protection,
            })
            .collect(),
        alternatives: made
            .plan
            .alternatives
            .iter()
            .map(|(rule, schedule)| Alternative {
                name: rule.name(),
                sessions: sessions(schedule, zone),
                race_day: race_day(schedule),
                objective: schedule.objective,
                on_the_way: schedule.on_the_way.into(),
                plan_as_good: schedule.plan_as_good,
            })
            .collect(),
        since_last_plan: made.changes.as_ref().map(|changes| Since {
            made: rfc3339(changes.made),
            past: changes.past.iter().map(|reviewed| past(reviewed, zone)).collect(),
            changed: &changes.changed,
        }),
        red_flags: eccentric::plan::RED_FLAGS,
    }
}

fn sessions(schedule: &Schedule, zone: &dyn Zone) -> Vec<SessionJson> {
    let session = |session: &Session| SessionJson {
        date: date_of(session.start, zone).to_string(),
        start: rfc3339(session.start),
        points: session.points,
        descent_m: session.workout.descent_m,
        example: Example {
            grade: session.descent.grade,
            speed_m_s: session.descent.speed_m_s,
            distance_m: session.workout.distance_m,
            duration_s: session.workout.duration_s,
        },
    };
    schedule.sessions.iter().map(session).collect()
}

fn race_day(schedule: &Schedule) -> RaceDay {
    RaceDay {
        protection: schedule.protection,
        soreness: schedule.race_day.soreness,
        p_cleared: schedule.race_day.probability,
        soreness_peak: schedule.soreness_peak,
        soreness_peak_80: schedule.soreness_peak_80,
        strength_loss_at_finish: schedule.strength_loss,
        strength_loss_80: schedule.strength_loss_80,
        beyond: schedule.beyond_race_day.map(Into::into),
    }
}

fn past(reviewed: &Reviewed, zone: &dyn Zone) -> PastJson {
    PastJson {
        date: date_of(reviewed.session.start, zone).to_string(),
        planned_m: reviewed.session.workout.descent_m,
        done_m: reviewed.done_m,
        kept: reviewed.kept,
    }
}
