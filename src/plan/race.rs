//! A race on a course: pace, load and strength on the way, the days after, and what would help.

use alloc::vec;
use alloc::vec::Vec;

use super::after::Return;
use super::along::{Along, Drive, Runthrough, Terrain};
use super::course::Course;
use super::pace::{GradePace, POWER, Pace, typical_power_w_kg, typical_time_s};
use super::whatif::{Outcome, outcomes};
use crate::bounds::Bound;
use crate::damage::{DamageModel, LegState};
use crate::error::Result;
use crate::forecast::{Forecast, ForecastOptions, losses_along};
use crate::load::{DoseModel, EccentricLoad, Runner};
use crate::math::{exp, log};
use crate::params::Parameters;
use crate::params::fixed::DESCENT_BEST_GRADE;
use crate::person::Profile;
use crate::units::{PerMuscle, Timestamp};

/// When and how the race is run, and what the days after cover.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct RaceOptions {
    /// When it starts.
    pub start: Timestamp,
    /// How fast it is run.
    pub pace: Pace,
    /// The days after; its levels are those of the intervals on the way, too.
    pub after: ForecastOptions,
}

/// What a race does to the legs.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Race {
    /// Time from start to finish in s.
    pub finish_s: f64,
    /// Metabolic power per kilogram of body mass, mean over the course, in W/kg; `None` for a pace profile.
    pub power_w_kg: Option<f64>,
    /// The load of the race.
    pub load: EccentricLoad,
    /// Every 100 m from start to finish.
    pub along: Along,
    /// From where on each muscle group is down by a quarter (median), in km.
    pub lead_legs_km: PerMuscle<Option<f64>>,
    /// The legs at the finish.
    pub legs: LegState,
    /// The days after.
    pub after: Forecast,
    /// When stairs and running downhill are sensible again.
    pub back: Return,
    /// The same race as planned, unprepared, prepared and with other changes.
    pub outcomes: Vec<Outcome>,
}

/// Runs a runner through a course.
///
/// `legs` is the state before the start, one under [`crate::person::Person::parameters`] of the profile, which
/// is that of the time ([`Profile::at`]);
/// [`crate::person::prior`] is the profile of one of whom nothing is known.
///
/// ```
/// use eccentric::plan::{Course, CoursePoint, Pace, RaceOptions, race};
/// use eccentric::{damage::Habit, forecast::ForecastOptions, load::Runner, params::Parameters};
/// use eccentric::{person::prior, Timestamp};
/// // 5 km up 10 % and down again, in an hour and a half.
/// let height = |k: i32| 500.0 + 10.0 * f64::from(50 - (50 - k).abs());
/// let point = |k| CoursePoint { distance_m: 100.0 * f64::from(k), elevation_m: height(k) };
/// let course = Course::new(&(0..=100).map(point).collect::<Vec<_>>())?;
/// let p = Parameters::default();
/// let start = Timestamp::from_unix_s(0);
/// let pace = Pace::FinishTime(5400.0);
/// let options = RaceOptions { start, pace, after: ForecastOptions::default() };
/// let legs = Habit::Road.legs(start, &p)?;
/// let race = race(&course, &options, &Runner::default(), &legs, &prior(&p), &p)?;
/// assert!((race.finish_s - 5400.0).abs() < 0.5);
/// // Metabolic power per kilogram.
/// assert!((race.power_w_kg.unwrap() - 8.0).abs() < 0.1);
/// # Ok::<(), eccentric::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::BackInTime`] for a start before the state's time, [`crate::Error::OutOfRange`] for a
/// finish time that no power leads to (it names those that are possible) and for impossible options,
/// runner, state or profile; what [`Pace::check`] finds.
pub fn race(
    course: &Course,
    options: &RaceOptions,
    runner: &Runner,
    legs: &LegState,
    profile: &Profile,
    p: &Parameters,
) -> Result<Race> {
    options.pace.check()?;
    options.after.check()?;
    profile.check()?;
    let own = DamageModel::new(&profile.person.parameters(p));
    let model = DoseModel::new(p, runner)?;
    let terrain = Terrain::of(course, &model);
    let mut run = Runthrough {
        terrain: &terrain,
        model: &model,
        own: &own,
        legs: legs.advanced_to(options.start, &own.p)?,
        relative_se: 0.0,
        descent_speed: 1.0,
        cadence: 1.0,
    };
    let power_w_kg = match options.pace {
        Pace::Typical => Some(typical_power(&run)?),
        Pace::FinishTime(finish_s) => Some(power_for(&run, finish_s)?),
        Pace::Power(power) => Some(power),
        Pace::Profile(_) => None,
    };
    let drive = match (&options.pace, power_w_kg) {
        (Pace::Profile(points), _) => Drive::Profile(points),
        (_, power) => Drive::Power(power.unwrap_or_default()),
    };
    let mut segments = Vec::with_capacity(course.sections().len());
    run.run(drive, |stretch| segments.extend_from_slice(stretch.segments))?;
    let load = model.load(options.start, &segments)?;
    run.relative_se = load.relative_se();
    let Way { along, finish } = along(course, &run, drive, profile, (&options.after.levels, p))?;
    let lead_legs_km = along.strength_loss.map(|series| along.lead_legs_km(&series.point));
    Ok(Race {
        finish_s: along.elapsed_s.last().copied().unwrap_or(0.0),
        power_w_kg,
        load,
        lead_legs_km,
        legs: finish,
        after: finish.forecast_for(profile, &options.after, p)?,
        back: Return::of(&finish, profile, &options.after, p)?,
        outcomes: outcomes(course, &run, drive, (profile, p))?,
        along,
    })
}

struct Way {
    along: Along,
    finish: LegState,
}

/// The race place by place.
fn along(
    course: &Course,
    run: &Runthrough<'_>,
    drive: Drive<'_>,
    profile: &Profile,
    (levels, p): (&[f64], &Parameters),
) -> Result<Way> {
    let mut states = vec![run.legs];
    let first = course.sections().first();
    let (mut distance_km, mut elevation_m) =
        (vec![0.0], vec![first.map_or(0.0, |s| s.elevation_m)]);
    let (mut elapsed_s, mut speed_m_s, mut points) = (vec![0.0], vec![0.0], vec![0.0]);
    let mut so_far = 0.0;
    let (_, finish) = run.run(drive, |stretch| {
        distance_km.push(stretch.distance_km);
        elevation_m.push(stretch.elevation_m);
        so_far += 100.0 * run.model.total(&stretch.dose.damage);
        let metres: f64 = stretch.segments.iter().map(|segment| segment.distance_m()).sum();
        let seconds: f64 = stretch.segments.iter().map(|segment| segment.duration_s).sum();
        states.push(*stretch.legs);
        elapsed_s.push(stretch.elapsed_s);
        speed_m_s.push(metres / seconds);
        points.push(so_far);
    })?;
    speed_m_s[0] = speed_m_s.get(1).copied().unwrap_or(0.0);
    let steep = GradePace::of(DESCENT_BEST_GRADE);
    let slowing = |legs: &LegState| {
        1.0 - steep.slowing(1.0 - legs.muscles.quadriceps.strength_loss(&run.own.p))
    };
    let along = Along {
        distance_km,
        elevation_m,
        elapsed_s,
        speed_m_s,
        points,
        strength_loss: losses_along(states.iter(), profile, levels, p)?,
        descent_slowing: states.iter().map(slowing).collect(),
    };
    Ok(Way { along, finish })
}

/// Power that leads to the finish in a given time.
fn power_for(run: &Runthrough<'_>, finish_s: f64) -> Result<f64> {
    let late = |_: f64, taken_s: f64| log(taken_s) - log(finish_s);
    let ends = (POWER.min, POWER.max);
    if let Some(power) = solve(run, ends, late)? {
        return Ok(power);
    }
    let (min, max) = (libm::ceil(run.finish_s(ends.1)?), libm::floor(run.finish_s(ends.0)?));
    Bound { quantity: "finish time", min, max, unit: "s" }.check(finish_s)?;
    // Within the second that rounding took off.
    Ok(if finish_s < 0.5 * (min + max) { ends.1 } else { ends.0 })
}

/// Power of the middle of the field; what it is over an hour for less than that.
fn typical_power(run: &Runthrough<'_>) -> Result<f64> {
    let highest = typical_power_w_kg(3600.0);
    let spare = |power: f64, taken_s: f64| log(typical_time_s(power)) - log(taken_s);
    Ok(solve(run, (POWER.min, highest), spare)?.unwrap_or(highest))
}

/// Where a falling function of power and finish time is zero, if that is between the ends. The search
/// begins near where it would be if strength stayed as it is, which takes a tenth of the time to know.
fn solve(
    run: &Runthrough<'_>,
    ends: (f64, f64),
    f: impl Fn(f64, f64) -> f64,
) -> Result<Option<f64>> {
    let at = |power: f64| Ok(f(power, run.finish_s(power)?));
    let fresh = |power: f64| Ok(f(power, run.fresh_finish_s(power)));
    let near = match root(ends, fresh)? {
        Some(guess) => ((0.95 * guess).max(ends.0), (1.2 * guess).min(ends.1)),
        None => ends,
    };
    match root(near, at)? {
        None if near != ends => root(ends, at),
        found => Ok(found),
    }
}

/// Error of the logarithm of the time at which the search ends.
const TIME_TOLERANCE: f64 = 1.0e-9;
/// Steps after which the search ends anyway.
const MAX_STEPS: usize = 60;

/// Zero of a falling function of the power between two ends, if it is there: the Illinois variant of
/// false position on the logarithm of the power.
fn root(ends: (f64, f64), f: impl Fn(f64) -> Result<f64>) -> Result<Option<f64>> {
    let (mut low, mut high) = (log(ends.0), log(ends.1));
    let (mut above, mut below) = (f(ends.0)?, f(ends.1)?);
    if above < 0.0 || below > 0.0 {
        return Ok(None);
    }
    let mut best = if above.abs() < below.abs() { (above, low) } else { (below, high) };
    let mut was_above = None;
    for _ in 0..MAX_STEPS {
        if best.0.abs() <= TIME_TOLERANCE || high - low <= 1.0e-13 {
            break;
        }
        let middle = (low * below - high * above) / (below - above);
        let value = f(exp(middle))?;
        if value.abs() < best.0.abs() {
            best = (value, middle);
        }
        let is_above = value > 0.0;
        // An end that stays twice weighs half, or it would stay for ever.
        let weight = if was_above == Some(is_above) { 0.5 } else { 1.0 };
        if is_above {
            (low, above, below) = (middle, value, weight * below);
        } else {
            (high, below, above) = (middle, value, weight * above);
        }
        was_above = Some(is_above);
    }
    Ok(Some(exp(best.1)))
}
