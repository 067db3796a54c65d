//! The days before a race: when a session may be, and the running that goes on anyway.

use alloc::vec::Vec;

use crate::damage::Habit;
use crate::error::Result;
use crate::load::{Dose, DoseModel, EccentricLoad};
use crate::params::fixed::USUAL_WEEKS;
use crate::units::{PerMuscle, Timestamp};

/// One day before a race.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Day {
    /// When a descent session would start.
    pub start: Timestamp,
    /// Whether one may be on this day.
    pub free: bool,
    /// The run that is usual on this day; a session with more points takes its place. Its start is not looked
    /// at.
    pub usual: Option<EccentricLoad>,
}

/// The runs of a day, in order: a session takes the place of a usual run that has fewer points, and comes
/// before one that has more.
pub(super) fn runs_of<'a>(
    session: Option<&'a EccentricLoad>,
    usual: Option<&'a EccentricLoad>,
) -> impl Iterator<Item = &'a EccentricLoad> {
    let points = |run: &EccentricLoad| run.points_total;
    let replaced =
        session.zip(usual).is_some_and(|(session, usual)| points(session) >= points(usual));
    session.into_iter().chain(usual.filter(|_| !replaced))
}

/// The usual run of each of the seven days from a midnight on: the mean over the last four weeks, or as
/// many as there are, to the nearest week.
///
/// The mean of a day on which only every other week holds a run is half a run: protection is linear in
/// its dose, so the week stays what it is. Without half a week there is no usual one.
pub fn usual_week(runs: &[EccentricLoad], midnight: Timestamp) -> [Option<EccentricLoad>; 7] {
    let hours = |run: &EccentricLoad| midnight.hours_since(run.start);
    let first = runs.iter().map(hours).fold(0.0, f64::max);
    let weeks = libm::floor(first / WEEK_H + 0.5).min(USUAL_WEEKS);
    core::array::from_fn(|day| {
        let on_day = |run: &&EccentricLoad| {
            let back = libm::ceil(hours(run) / 24.0);
            let weekday = libm::fmod(DAYS * WEEKS_BACK - back, DAYS);
            hours(run) > 0.0 && hours(run) <= weeks * WEEK_H && weekday == day as f64
        };
        let runs: Vec<&EccentricLoad> = runs.iter().filter(on_day).collect();
        if runs.is_empty() { None } else { Some(mean(&runs, weeks, midnight)) }
    })
}

/// The usual week of a habit, the same run every day; for a runner without a week of records.
///
/// # Errors
/// None for a habit: its week is within bounds.
pub fn habit_week(habit: Habit, model: &DoseModel) -> Result<[Option<EccentricLoad>; 7]> {
    let start = Timestamp::from_unix_s(0);
    let week = model.load(start, &habit.week())?;
    let mut run = mean(&[&week], DAYS, start);
    run.duration_s /= DAYS;
    Ok(core::array::from_fn(|_| (run.points_total > 0.0).then(|| run.clone())))
}

/// More weeks than [`USUAL_WEEKS`], to count days back in whole weeks.
const WEEKS_BACK: f64 = 1000.0;
/// Days of a week.
const DAYS: f64 = 7.0;
/// Hours of a week.
const WEEK_H: f64 = 168.0;

/// One run with the dose of some runs, spread over some weeks, evenly over their mean time.
fn mean(runs: &[&EccentricLoad], weeks: f64, start: Timestamp) -> EccentricLoad {
    let sum =
        |of: &dyn Fn(&EccentricLoad) -> f64| runs.iter().map(|run| of(run)).sum::<f64>() / weeks;
    let per_muscle = |of: fn(&EccentricLoad) -> &PerMuscle<f64>| {
        PerMuscle::from_fn(|muscle| sum(&|run| of(run)[muscle]))
    };
    let lasting_s: f64 = runs.iter().map(|run| run.duration_s).sum();
    let doses: Vec<Dose> = runs.iter().map(|run| run.dose()).collect();
    let dose = doses.iter().fold(Dose::default(), |all, dose| all.plus(dose, 1.0 / weeks));
    EccentricLoad {
        start,
        duration_s: lasting_s / runs.len() as f64,
        negative_work_j: sum(&|run| run.negative_work_j),
        points: per_muscle(|run| &run.points),
        points_total: sum(&|run| run.points_total),
        points_se: sum(&|run| run.points_se),
        equivalent_flat_km: sum(&|run| run.equivalent_flat_km),
        stretches: alloc::vec![dose],
    }
}
