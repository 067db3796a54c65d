//! Cadence in steps of both legs, whichever way the device counts.

use eccentric::bounds;

use crate::Warning;
use crate::distance::{STANDING_M_S, median};
use crate::raw::RawPoint;

/// Nobody walks faster for long: above, it is running.
const RUNNING_M_S: f64 = 2.2;
/// Fewer samples than this do not decide.
const MIN_SAMPLES: usize = 5;
/// A median below this while running counts one leg: 120 steps of both would be a slow march, and
/// 120 strides a sprint.
const RUNNING_ONE_LEG: f64 = 120.0;
/// The same while walking.
const WALKING_ONE_LEG: f64 = 80.0;

/// Steps per minute of both legs. Zero is kept while standing; while moving it is a lost sensor.
pub(crate) fn steps_min(
    speeds_m_s: &[f64],
    points: &[RawPoint],
    is_steps: bool,
    warnings: &mut Vec<Warning>,
) -> Vec<Option<f64>> {
    if points.iter().all(|point| point.cadence.is_none()) {
        warnings.push(Warning::CadenceMissing);
        return vec![None; points.len()];
    }
    let one_leg = if is_steps { None } else { one_leg_median(speeds_m_s, points) };
    if let Some(median) = one_leg {
        warnings.push(Warning::CadenceDoubled { median });
    }
    let legs = if one_leg.is_some() { 2.0 } else { 1.0 };
    points
        .iter()
        .zip(speeds_m_s)
        .map(|(point, &speed)| {
            let steps = point.cadence? * legs;
            let lost = steps == 0.0 && speed > STANDING_M_S;
            (!lost && bounds::CADENCE.check(steps).is_ok()).then_some(steps)
        })
        .collect()
}

/// The median cadence, if it is so low that it must be that of one leg.
fn one_leg_median(speeds_m_s: &[f64], points: &[RawPoint]) -> Option<f64> {
    let median_above = |min_m_s: f64| {
        let moving = points.iter().zip(speeds_m_s).filter(|(_, speed)| **speed > min_m_s);
        let mut cadences: Vec<f64> =
            moving.filter_map(|(point, _)| point.cadence.filter(|c| *c > 0.0)).collect();
        (cadences.len() >= MIN_SAMPLES).then(|| median(&mut cadences)).flatten()
    };
    match median_above(RUNNING_M_S) {
        Some(running) => (running < RUNNING_ONE_LEG).then_some(running),
        None => median_above(STANDING_M_S).filter(|walking| *walking < WALKING_ONE_LEG),
    }
}
