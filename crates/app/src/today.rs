//! How much downhill today: the limit with all that is said about it.

use eccentric::forecast::{Felt, ForecastOptions};
use eccentric::params::Parameters;
use eccentric::plan::{Advice, Descent, Tightest, Today, TodayOptions, advice, today};
use eccentric::{Muscle, PerMuscle, Result};
use serde::Serialize;

use crate::athlete::Athlete;
use crate::json::AdviceJson;
use crate::time::rfc3339;

/// The limit of an athlete, and what the legs ask for as they are, without a session.
///
/// # Errors
/// As [`today`].
pub fn limit(athlete: &Athlete, options: &TodayOptions) -> Result<(Today, Advice)> {
    let p = Parameters::default();
    let Athlete { history, model, .. } = athlete;
    let profile = athlete.profile.at(options.start);
    let legs = history.state_of(&profile.person, options.start, &p)?;
    let limit = today(&legs, &profile, model, options)?;
    let ahead = legs.forecast_for(&profile, &ForecastOptions::default(), &p)?;
    Ok((limit, advice(&ahead)))
}

/// A limit for today: `eccentric.today`.
#[derive(Serialize)]
pub struct TodayReport {
    schema: &'static str,
    version: u32,
    start: String,
    until: String,
    soreness_below: f64,
    probability: f64,
    before: PerMuscle<Felt>,
    limit: LimitJson,
    tightest: TightestJson,
    worthwhile: bool,
    next: Option<String>,
    advice: AdviceJson,
}

#[derive(Serialize)]
struct LimitJson {
    points: f64,
    descent_m: f64,
    distance_m: f64,
    duration_s: f64,
    open: bool,
    descent: Descent,
    descent_from: &'static str,
}

/// Where soreness comes closest to what was asked for.
#[derive(Serialize)]
pub struct TightestJson {
    time: String,
    muscle: Muscle,
    probability: f64,
    soreness: f64,
}

impl From<Tightest> for TightestJson {
    fn from(Tightest { time, muscle, probability, soreness }: Tightest) -> Self {
        Self { time: rfc3339(time), muscle, probability, soreness }
    }
}

impl TodayReport {
    /// A limit as JSON; `source` says where its descent comes from.
    pub fn of(limit: &Today, options: &TodayOptions, source: &'static str, advice: Advice) -> Self {
        Self {
            schema: "eccentric.today",
            version: 1,
            start: rfc3339(options.start),
            until: rfc3339(options.until),
            soreness_below: options.soreness_below,
            probability: options.probability,
            before: limit.before,
            limit: LimitJson {
                points: limit.points,
                descent_m: limit.workout.descent_m,
                distance_m: limit.workout.distance_m,
                duration_s: limit.workout.duration_s,
                open: limit.open,
                descent: options.descent,
                descent_from: source,
            },
            tightest: limit.tightest.into(),
            worthwhile: limit.worthwhile(),
            next: limit.next.map(rfc3339),
            advice: advice.into(),
        }
    }
}
