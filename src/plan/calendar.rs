//! The days before a race: when a session may be, and the running that goes on anyway.

use alloc::vec::Vec;

use crate::load::{Dose, DoseChunk, EccentricLoad};
use crate::params::fixed::USUAL_WEEKS;
use crate::units::Timestamp;

/// One day before a race.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Day {
    /// When a descent session would start.
    pub start: Timestamp,
    /// Whether one may be on this day.
    pub free: bool,
    /// The run that is usual on this day; it goes on, after a session. Its start is not looked at.
    pub usual: Option<EccentricLoad>,
}

/// The usual run of each of the seven days from a midnight on: the mean over the last four weeks, or as
/// many whole weeks as there are. Give it the easy runs; what is planned here takes the place of the others.
///
/// The mean of a day on which only every other week holds a run is half a run: protection is linear in
/// its dose, so the week stays what it is. Without a whole week there is no usual one.
pub fn usual_week(runs: &[EccentricLoad], midnight: Timestamp) -> [Option<EccentricLoad>; 7] {
    let hours = |run: &EccentricLoad| midnight.hours_since(run.start);
    let first = runs.iter().map(hours).fold(0.0, f64::max);
    let weeks = libm::floor(first / WEEK_H + 0.5).min(USUAL_WEEKS);
    core::array::from_fn(|day| {
        let on_day = |run: &&EccentricLoad| {
            let back = libm::ceil(hours(run) / 24.0);
            hours(run) > 0.0
                && hours(run) <= weeks * WEEK_H
                && libm::fmod(7.0 * 520.0 - back, 7.0) == day as f64
        };
        let runs: Vec<&EccentricLoad> = runs.iter().filter(on_day).collect();
        if runs.is_empty() { None } else { Some(mean(&runs, weeks, midnight)) }
    })
}

const WEEK_H: f64 = 168.0;

/// One run in one chunk with the dose of some runs, spread over some weeks.
fn mean(runs: &[&EccentricLoad], weeks: f64, start: Timestamp) -> EccentricLoad {
    let sum = |of: fn(&EccentricLoad) -> f64| runs.iter().map(|run| of(run)).sum::<f64>() / weeks;
    let chunks = runs.iter().flat_map(|run| &run.chunks);
    let dose = chunks.fold(Dose::default(), |dose, chunk| dose.plus(&chunk.dose, 1.0 / weeks));
    let lasting: f64 = runs.iter().map(|run| 3600.0 * run.end().hours_since(run.start)).sum();
    EccentricLoad {
        start,
        negative_work_j: sum(|run| run.negative_work_j),
        points: crate::PerMuscle::from_fn(|muscle| {
            runs.iter().map(|run| run.points[muscle]).sum::<f64>() / weeks
        }),
        points_total: sum(|run| run.points_total),
        points_se: sum(|run| run.points_se),
        equivalent_flat_km: sum(|run| run.equivalent_flat_km),
        chunks: alloc::vec![DoseChunk {
            start_s: 0.0,
            duration_s: lasting / runs.len() as f64,
            dose
        }],
    }
}
