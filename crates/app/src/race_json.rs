//! A race as versioned JSON.

use eccentric::PerMuscle;
use eccentric::forecast::{Interval, Series};
use eccentric::plan::{Along, Outcome, Race, WhatIf};
use eccentric::plan::{Return, advice};
use serde::Serialize;

use crate::json::{AdviceJson, MuscleJson, muscle_json};
use crate::race::Planned;
use crate::time::rfc3339;

/// A race: `eccentric.race`.
#[derive(Serialize)]
pub struct RaceReport<'a> {
    schema: &'static str,
    version: u32,
    course: CourseJson<'a>,
    start: String,
    finish: String,
    finish_time_s: f64,
    power_w_kg: Option<f64>,
    points: f64,
    points_se: f64,
    distance_km: Vec<f64>,
    elevation_m: Vec<f64>,
    elapsed_s: Vec<f64>,
    speed_m_s: Vec<f64>,
    points_so_far: Vec<f64>,
    strength_loss: StrengthJson,
    descent_slowing: Vec<f64>,
    lead_legs_km: PerMuscle<Option<f64>>,
    soreness: PerMuscle<MuscleJson>,
    back: BackJson,
    outcomes: Vec<OutcomeJson>,
    advice: AdviceJson,
}

/// A course in numbers.
#[derive(Serialize)]
pub struct CourseJson<'a> {
    name: Option<&'a str>,
    distance_km: f64,
    ascent_m: f64,
    descent_m: f64,
    smoothing_window_m: f64,
    grade_limited_m: f64,
    points_without_elevation: usize,
}

/// That of the quadriceps, and of every muscle group.
#[derive(Serialize)]
struct StrengthJson {
    point: Vec<f64>,
    intervals: Vec<Interval>,
    muscles: PerMuscle<Series>,
}

#[derive(Serialize)]
struct BackJson {
    stairs_at: Option<String>,
    downhill_at: Option<String>,
}

/// The race with something changed.
#[derive(Serialize)]
pub struct OutcomeJson {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pack_less_kg: Option<f64>,
    finish_time_s: f64,
    points: f64,
    strength_loss: f64,
    lead_legs_km: Option<f64>,
    soreness_peak: f64,
}

impl<'a> From<&'a Planned> for CourseJson<'a> {
    fn from(Planned { course, file, .. }: &'a Planned) -> Self {
        Self {
            name: file.name.as_deref(),
            distance_km: course.length_m() / 1000.0,
            ascent_m: course.ascent_m(),
            descent_m: course.descent_m(),
            smoothing_window_m: course.smoothing_window_m(),
            grade_limited_m: course.limited_m(),
            points_without_elevation: file.without_elevation,
        }
    }
}

impl From<&Outcome> for OutcomeJson {
    fn from(outcome: &Outcome) -> Self {
        let (name, pack_less_kg) = match outcome.what {
            WhatIf::AsPlanned => ("as_planned", None),
            WhatIf::Unprepared => ("unprepared", None),
            WhatIf::Prepared => ("prepared", None),
            WhatIf::SlowerDescents => ("slower_descents", None),
            WhatIf::HigherCadence => ("higher_cadence", None),
            WhatIf::LighterPack { kg } => ("lighter_pack", Some(kg)),
        };
        Self {
            name,
            pack_less_kg,
            finish_time_s: outcome.finish_s,
            points: outcome.points,
            strength_loss: outcome.strength_loss,
            lead_legs_km: outcome.lead_legs_km,
            soreness_peak: outcome.soreness_peak,
        }
    }
}

/// A race as JSON, with at most so many places along the course.
pub fn race_report(planned: &Planned, places: usize, clear_probability: f64) -> RaceReport<'_> {
    let Planned { race, start, before, .. } = planned;
    let Race { load, after, back: Return { stairs, downhill }, .. } = race;
    let Along {
        distance_km,
        elevation_m,
        elapsed_s,
        speed_m_s,
        points,
        strength_loss,
        descent_slowing,
    } = race.along.thinned(places);
    let times: Vec<String> = after.times.iter().map(|&t| rfc3339(t)).collect();
    let Series { point, intervals } = strength_loss.quadriceps.clone();
    RaceReport {
        schema: "eccentric.race",
        version: 1,
        course: planned.into(),
        start: rfc3339(*start),
        finish: rfc3339(race.legs.time),
        finish_time_s: race.finish_s,
        power_w_kg: race.power_w_kg,
        points: load.points_total,
        points_se: load.points_se,
        distance_km,
        elevation_m,
        elapsed_s,
        speed_m_s,
        points_so_far: points,
        strength_loss: StrengthJson { point, intervals, muscles: strength_loss },
        descent_slowing,
        lead_legs_km: race.lead_legs_km,
        soreness: PerMuscle::from_fn(|muscle| {
            muscle_json(&after.muscles[muscle], &times, before[muscle], clear_probability)
        }),
        back: BackJson { stairs_at: stairs.map(rfc3339), downhill_at: downhill.map(rfc3339) },
        outcomes: race.outcomes.iter().map(OutcomeJson::from).collect(),
        advice: advice(after).into(),
    }
}
