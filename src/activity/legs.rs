//! Splits a recording into legs of continuous movement: pauses, gaps, stops and broken readings are
//! taken out, so that what is left is running and nothing else.

use alloc::vec::Vec;

use super::recording::{Recording, Sample};
use crate::params::fixed::{
    LONG_STOP_S, MAX_SPEED_M_S, MIN_GAP_S, SPIKE_M, SPIKE_SPEED_M_S, STANDING_S,
    STANDING_SPEED_M_S, STEP_M, STEP_SPEED_M_S,
};

/// Usual sample intervals that make a gap.
const GAP_INTERVALS: f64 = 10.0;
/// Neighbours on each side that judge a spike.
const SPIKE_NEIGHBOURS: usize = 4;

/// A sample inside a leg, with its moving time.
#[derive(Debug, Clone, Copy)]
pub struct LegSample {
    /// Seconds of movement since the start of the leg.
    pub moving_s: f64,
    /// The sample itself.
    pub sample: Sample,
}

/// What was taken out on the way.
#[derive(Debug, Clone, Copy, Default)]
pub struct Removed {
    pub gap_s: f64,
    pub standing_s: f64,
    pub spikes: u32,
    pub elevation_steps: u32,
    pub speed_spikes: u32,
}

/// Legs of continuous movement, each with at least two samples that cover some ground.
pub fn split(recording: &Recording) -> (Vec<Vec<LegSample>>, Removed) {
    let mut removed = Removed::default();
    let samples = without_spikes(&recording.samples, &mut removed);
    let max_gap_s = MIN_GAP_S.max(GAP_INTERVALS * median_interval(&samples));
    let moving = moving_intervals(&samples);
    let mut pauses = recording.pauses.iter().peekable();
    let mut legs = Vec::new();
    let mut leg: Vec<LegSample> = Vec::new();
    let mut stop_s = 0.0;
    let mut wandered_m = 0.0;
    for (k, &sample) in samples.iter().enumerate() {
        let Some(&previous) = k.checked_sub(1).and_then(|p| samples.get(p)) else {
            leg.push(LegSample { moving_s: 0.0, sample });
            continue;
        };
        let dt = sample.time_s - previous.time_s;
        while pauses.next_if(|p| p.end_s <= previous.time_s).is_some() {}
        let paused = pauses.peek().is_some_and(|p| p.start_s < sample.time_s);
        let moves = moving[k - 1];
        let cut = if paused || dt > max_gap_s {
            removed.gap_s += dt;
            true
        } else if is_speed_spike(&previous, &sample) {
            removed.speed_spikes += 1;
            removed.gap_s += dt;
            true
        } else if is_elevation_step(&previous, &sample) {
            removed.elevation_steps += 1;
            removed.gap_s += dt;
            true
        } else if !moves {
            removed.standing_s += dt;
            stop_s += dt;
            stop_s > LONG_STOP_S
        } else {
            false
        };
        if cut {
            finish(&mut legs, &mut leg);
        }
        if moves {
            stop_s = 0.0;
        }
        let before = leg.last().map_or(0.0, |l| l.moving_s);
        let step_s = if cut || !moves { 0.0 } else { dt };
        if !moves {
            // Neither the time of standing counts nor the metres that positions wander meanwhile.
            wandered_m += sample.distance_m - previous.distance_m;
        }
        let distance_m = sample.distance_m - wandered_m;
        leg.push(LegSample { moving_s: before + step_s, sample: Sample { distance_m, ..sample } });
    }
    finish(&mut legs, &mut leg);
    (legs, removed)
}

fn finish(legs: &mut Vec<Vec<LegSample>>, leg: &mut Vec<LegSample>) {
    let leg = core::mem::take(leg);
    if let (Some(first), Some(last)) = (leg.first(), leg.last())
        && last.sample.distance_m > first.sample.distance_m
        && last.moving_s > 0.0
    {
        legs.push(leg);
    }
}

fn is_speed_spike(previous: &Sample, sample: &Sample) -> bool {
    let dt = sample.time_s - previous.time_s;
    let distance = sample.distance_m - previous.distance_m;
    distance > MAX_SPEED_M_S * dt.max(1.0)
}

fn is_elevation_step(previous: &Sample, sample: &Sample) -> bool {
    let (Some(before), Some(after)) = (previous.elevation_m, sample.elevation_m) else {
        return false;
    };
    let rise = (after - before).abs();
    rise > STEP_M && rise > STEP_SPEED_M_S * (sample.time_s - previous.time_s)
}

/// Typical time between samples in s.
fn median_interval(samples: &[Sample]) -> f64 {
    let mut intervals: Vec<f64> =
        samples.windows(2).map(|pair| pair[1].time_s - pair[0].time_s).collect();
    if intervals.is_empty() {
        return 1.0;
    }
    median(&mut intervals)
}

/// The upper one of the two in the middle of an even number. Sorts: selecting alone is quadratic for equal
/// values where the standard library is built for size, as in a browser.
fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

/// For each interval between samples, whether the runner moves. Slow intervals are bridged until
/// they last longer than [`STANDING_S`] together, because device distances come in steps.
fn moving_intervals(samples: &[Sample]) -> Vec<bool> {
    let slow: Vec<bool> = samples
        .windows(2)
        .map(|pair| {
            let metres = pair[1].distance_m - pair[0].distance_m;
            metres < STANDING_SPEED_M_S * (pair[1].time_s - pair[0].time_s)
        })
        .collect();
    let mut moving = alloc::vec![true; slow.len()];
    let mut first = 0;
    while first < slow.len() {
        let length = slow[first..].iter().take_while(|slow| **slow).count();
        let last = first + length;
        if samples[last].time_s - samples[first].time_s > STANDING_S {
            moving[first..last].fill(false);
        }
        first = last + 1;
    }
    moving
}

/// Takes elevations far from the median of their neighbours out of the samples. Only a reading with
/// neighbours on both sides can be one, and only if no runner could have been there and back.
fn without_spikes(samples: &[Sample], removed: &mut Removed) -> Vec<Sample> {
    let mut out = samples.to_vec();
    let known: Vec<(usize, f64, f64)> = samples
        .iter()
        .enumerate()
        .filter_map(|(k, s)| Some((k, s.time_s, s.elevation_m?)))
        .collect();
    let mut around = Vec::with_capacity(2 * SPIKE_NEIGHBOURS + 1);
    for (k, &(index, time_s, here)) in known.iter().enumerate() {
        let low = k.saturating_sub(SPIKE_NEIGHBOURS);
        let high = (k + SPIKE_NEIGHBOURS).min(known.len() - 1);
        if k == low || k == high {
            continue;
        }
        let impossible = |(_, other_s, other): (usize, f64, f64)| {
            let rise = (here - other).abs();
            rise > SPIKE_M && rise > SPIKE_SPEED_M_S * (time_s - other_s).abs()
        };
        // A plateau of wrong readings has its edges at both ends of the window.
        let left = known[low..k].iter().any(|&n| impossible(n));
        let right = known[k + 1..=high].iter().any(|&n| impossible(n));
        if !left || !right {
            continue;
        }
        around.clear();
        around.extend(known[low..=high].iter().map(|n| n.2));
        if (here - median(&mut around)).abs() > SPIKE_M {
            out[index].elevation_m = None;
            removed.spikes += 1;
        }
    }
    out
}
