//! Results as versioned JSON: what the command prints and the bindings hand over.

use std::path::Path;

use eccentric::PerMuscle;
use eccentric::forecast::{Driver, Felt, MuscleForecast, Outlook, Series};
use eccentric::params::Parameters;
use eccentric::person::{Person, Profile, Termination};
use eccentric::plan::{Advice, advice};
use serde::Serialize;

use crate::runs::{Failure, Run};
use crate::time::rfc3339;

/// Loads of runs: `eccentric.load`.
#[derive(Serialize)]
pub struct LoadReport<'a> {
    schema: &'static str,
    version: u32,
    activities: Vec<ActivityJson<'a>>,
}

#[derive(Serialize)]
struct ActivityJson<'a> {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<usize>,
    start: String,
    duration_s: f64,
    moving_s: f64,
    distance_m: f64,
    ascent_m: f64,
    descent_m: f64,
    negative_work_j: f64,
    points: Points,
    points_se: f64,
    equivalent_flat_km: f64,
    quality: QualityJson<'a>,
}

#[derive(Serialize)]
struct Points {
    total: f64,
    #[serde(flatten)]
    muscles: PerMuscle<f64>,
}

#[derive(Serialize)]
struct QualityJson<'a> {
    #[serde(flatten)]
    quality: &'a eccentric::activity::Quality,
    warnings: &'a [String],
}

/// Loads as JSON.
pub fn load_report(runs: &[Run]) -> LoadReport<'_> {
    let activities = runs
        .iter()
        .map(|run| ActivityJson {
            file: run.file.display().to_string(),
            part: run.part,
            start: rfc3339(run.load.start),
            duration_s: run.duration_s,
            moving_s: run.moving_s,
            distance_m: run.distance_m,
            ascent_m: run.ascent_m,
            descent_m: run.descent_m,
            negative_work_j: run.load.negative_work_j,
            points: Points { total: run.load.points_total, muscles: run.load.points },
            points_se: run.load.points_se,
            equivalent_flat_km: run.load.equivalent_flat_km,
            quality: QualityJson { quality: &run.quality, warnings: &run.warnings },
        })
        .collect();
    LoadReport { schema: "eccentric.load", version: 1, activities }
}

/// A forecast with its background: `eccentric.forecast`.
#[derive(Serialize)]
pub struct ForecastReport<'a> {
    schema: &'static str,
    version: u32,
    start: String,
    muscles: PerMuscle<MuscleJson>,
    advice: AdviceJson,
    drivers: Vec<DriverJson>,
    runs: Vec<RunJson<'a>>,
    left_out: Vec<LeftOutJson<'a>>,
}

/// What the forecast asks for in words.
#[derive(Serialize)]
pub struct AdviceJson {
    severe: bool,
    recovery: Option<&'static str>,
    red_flags: Option<&'static str>,
}

impl From<Advice> for AdviceJson {
    fn from(Advice { severe, recovery, red_flags }: Advice) -> Self {
        Self { severe, recovery, red_flags }
    }
}

#[derive(Serialize)]
struct RunJson<'a> {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<usize>,
    start: String,
    points: f64,
    quality: QualityJson<'a>,
}

#[derive(Serialize)]
struct LeftOutJson<'a> {
    file: String,
    reason: &'a str,
}

/// Forecast of one muscle group.
#[derive(Serialize)]
pub struct MuscleJson {
    times: Vec<String>,
    soreness: Series,
    strength_loss: Series,
    clear_probability: Vec<f64>,
    peak: PeakJson,
    clear_at: Option<String>,
    clear: ClearJson,
    before: Felt,
    days: Vec<DayJson>,
}

#[derive(Serialize)]
struct PeakJson {
    time: String,
    soreness: f64,
}

#[derive(Serialize)]
struct ClearJson {
    below: f64,
    probability: Option<f64>,
    likely_at: Option<String>,
    likely_probability: f64,
}

#[derive(Serialize)]
struct DayJson {
    start: String,
    soreness: f64,
    strength_loss: f64,
}

#[derive(Serialize)]
struct DriverJson {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<usize>,
    start: String,
    share: f64,
    share_by_day: PerMuscle<Vec<f64>>,
}

/// A forecast as JSON; `runs` are those of its history, `left_out` what could not be part of it.
pub fn forecast_report<'a>(
    outlook: &Outlook,
    runs: &'a [Run],
    left_out: &'a [Failure],
    clear_probability: f64,
) -> ForecastReport<'a> {
    let times: Vec<String> = outlook.forecast.times.iter().map(|&t| rfc3339(t)).collect();
    let muscles = PerMuscle::from_fn(|muscle| {
        let ahead = &outlook.forecast.muscles[muscle];
        muscle_json(ahead, &times, outlook.before[muscle], clear_probability)
    });
    ForecastReport {
        schema: "eccentric.forecast",
        version: 1,
        start: rfc3339(outlook.state.time),
        muscles,
        advice: advice(&outlook.forecast).into(),
        drivers: outlook.drivers.iter().map(|driver| driver_json(driver, runs)).collect(),
        runs: runs
            .iter()
            .map(|run| RunJson {
                file: run.file.display().to_string(),
                part: run.part,
                start: rfc3339(run.load.start),
                points: run.load.points_total,
                quality: QualityJson { quality: &run.quality, warnings: &run.warnings },
            })
            .collect(),
        left_out: left_out
            .iter()
            .map(|failure| LeftOutJson {
                file: failure.file.display().to_string(),
                reason: &failure.reason,
            })
            .collect(),
    }
}

/// What is ahead of one muscle group.
pub fn muscle_json(
    ahead: &MuscleForecast,
    times: &[String],
    before: Felt,
    clear_probability: f64,
) -> MuscleJson {
    MuscleJson {
        times: times.to_vec(),
        soreness: ahead.soreness.clone(),
        strength_loss: ahead.strength_loss.clone(),
        clear_probability: ahead.clear_probability.clone(),
        peak: PeakJson { time: rfc3339(ahead.peak.time), soreness: ahead.peak.soreness },
        clear_at: ahead.clear.at.map(rfc3339),
        clear: ClearJson {
            below: ahead.clear.below,
            probability: ahead.clear.probability,
            likely_at: ahead.clear.likely_at.map(rfc3339),
            likely_probability: clear_probability,
        },
        before,
        days: ahead
            .days
            .iter()
            .map(|day| DayJson {
                start: rfc3339(day.start),
                soreness: day.soreness,
                strength_loss: day.strength_loss,
            })
            .collect(),
    }
}

fn driver_json(driver: &Driver, runs: &[Run]) -> DriverJson {
    let run = &runs[driver.run];
    DriverJson {
        file: run.file.display().to_string(),
        part: run.part,
        start: rfc3339(run.load.start),
        share: driver.share,
        share_by_day: driver.share_by_day.clone(),
    }
}

/// What was learned of a person: `eccentric.fit`.
#[derive(Serialize)]
pub struct FitReport {
    schema: &'static str,
    version: u32,
    runs: usize,
    ratings: usize,
    other_cause: usize,
    numbers: Vec<Number>,
    termination: Termination,
    iterations: usize,
    reversed_gain: f64,
    words: Vec<String>,
    profile: Option<String>,
}

/// One number of a person.
#[derive(Serialize)]
pub struct Number {
    /// Name, as in [`Person::NAMES`].
    pub name: &'static str,
    /// Expected value.
    pub value: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// How much data stands behind it.
    pub trust: &'static str,
}

/// What was learned, as JSON; `path` is where the profile was written.
pub fn fit_report(
    profile: &Profile,
    runs: usize,
    other_cause: usize,
    path: Option<&Path>,
    p: &Parameters,
) -> FitReport {
    FitReport {
        schema: "eccentric.fit",
        version: 1,
        runs,
        ratings: profile.ratings,
        other_cause,
        numbers: numbers(profile, p),
        termination: profile.termination,
        iterations: profile.iterations,
        reversed_gain: profile.reversed_gain,
        words: profile.words(p),
        profile: path.map(|path| path.display().to_string()),
    }
}

/// The numbers of a person with what is known of each.
pub fn numbers(profile: &Profile, p: &Parameters) -> Vec<Number> {
    let (values, sds, trust) = (profile.person.numbers(), profile.sds(), profile.trust(p));
    let numbers = Person::NAMES.iter().enumerate();
    numbers
        .map(|(i, name)| Number { name, value: values[i], sd: sds[i], trust: trust[i].word() })
        .collect()
}
