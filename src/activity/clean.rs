//! From a recording to segments: legs, an even distance grid, smoothing, grade.

use alloc::vec::Vec;

use super::belief::{self, Belief, Piece};
use super::ground::climb;
use super::legs::{self, LegSample, Removed};
use super::recording::{ElevationSource, Recording};
use super::segment::{Activity, Flag, Quality, Segment};
use super::smooth::{self, CELLS_PER_SEGMENT, Grid, Noise, Smoothed};
use crate::error::{Error, Result};
use crate::math::sqrt;
use crate::params::fixed::TURN_M;

/// Cadences that a step rate is believed from, in steps/min.
const CADENCE_STEPS_MIN: core::ops::RangeInclusive<f64> = 50.0..=260.0;
/// Grade error below which the mismatch of elevation and grades is rounding.
const MISMATCH_FRACTION: f64 = 0.05;

/// Cleans a recording: takes out pauses, gaps, standing and broken readings, and gives every 20 m
/// of movement a grade with its standard error.
///
/// # Errors
/// What [`Recording::check`] finds, [`Error::NoDistance`] if nothing moves.
///
/// ```
/// use eccentric::activity::{ElevationSource, Recording, Sample, clean};
/// // 1 km at 3 m/s down a 10 % slope, one sample a second
/// let samples = (0..=333).map(|k| {
///     let distance_m = 3.0 * f64::from(k);
///     Sample { time_s: f64::from(k), distance_m, elevation_m: Some(500.0 - 0.1 * distance_m),
///              cadence_steps_min: None }
/// }).collect();
/// let recording = Recording { samples, elevation_source: ElevationSource::Barometer,
///                             ..Recording::default() };
/// let activity = clean(&recording)?;
/// assert!((activity.descent_m - 99.9).abs() < 0.1);
/// assert!(activity.segments.iter().all(|s| (s.grade + 0.1).abs() < 1e-6));
/// # Ok::<(), eccentric::Error>(())
/// ```
pub fn clean(recording: &Recording) -> Result<Activity> {
    recording.check()?;
    let (legs, removed) = legs::split(recording);
    let grids: Vec<(&[LegSample], Grid)> =
        legs.iter().filter_map(|leg| Some((leg.as_slice(), grid_of(leg)?))).collect();
    if grids.is_empty() {
        return Err(Error::NoDistance);
    }
    let noise =
        smooth::estimate_noise(|| grids.iter().map(|(_, grid)| grid), recording.elevation_source);

    let mut activity = Activity {
        start: recording.start,
        sport: recording.sport,
        duration_s: recording.samples.last().map_or(0.0, |s| s.time_s),
        distance_m: 0.0,
        ascent_m: 0.0,
        descent_m: 0.0,
        segments: Vec::new(),
        elevation_m: Vec::new(),
        quality: quality(recording, removed, noise),
    };
    let mut mismatch_m = 0.0;
    for (leg, grid) in &grids {
        mismatch_m += add_leg(&mut activity, leg, grid, noise);
    }
    let climbed = activity.ascent_m + activity.descent_m;
    if mismatch_m > MISMATCH_FRACTION * climbed.max(20.0 * TURN_M) {
        activity.quality.flags.push(Flag::ElevationMismatch);
    }
    if activity.quality.grade_limited_m > 0.0 {
        activity.quality.flags.push(Flag::GradeLimited);
    }
    Ok(activity)
}

fn quality(recording: &Recording, removed: Removed, noise: Noise) -> Quality {
    let source = recording.elevation_source;
    let holes = recording.samples.iter().filter(|s| s.elevation_m.is_none()).count();
    let flags = [
        (removed.gap_s > 0.0, Flag::Gaps),
        (removed.spikes > 0, Flag::ElevationSpikes),
        (removed.elevation_steps > 0, Flag::ElevationSteps),
        (holes > 0, Flag::ElevationHoles),
        (removed.speed_spikes > 0, Flag::SpeedSpikes),
        (source == ElevationSource::Unknown, Flag::ElevationSourceUnknown),
        (source == ElevationSource::Set, Flag::GradeSet),
    ];
    Quality {
        elevation_source: source,
        elevation_noise_m: noise.sd_m,
        smoothing_window_m: smooth::WINDOW_PER_LENGTH * noise.length_m,
        gap_s: removed.gap_s,
        standing_s: removed.standing_s,
        elevation_spikes: removed.spikes,
        grade_limited_m: 0.0,
        flags: flags.into_iter().filter(|(set, _)| *set).map(|(_, flag)| flag).collect(),
    }
}

/// Elevation of a leg on an even distance grid; `None` if it is shorter than one cell or has no
/// elevation.
fn grid_of(leg: &[LegSample]) -> Option<Grid> {
    let ends = (leg.first()?.sample.distance_m, leg.last()?.sample.distance_m);
    let readings = leg.iter().filter_map(|s| Some((s.sample.distance_m, s.sample.elevation_m?)));
    Grid::of(ends, readings)
}

/// Appends the segments of one leg; returns how far grades and elevations disagree, in m.
fn add_leg(activity: &mut Activity, leg: &[LegSample], grid: &Grid, noise: Noise) -> f64 {
    let smoothed = smooth::smooth(grid, noise);
    let pieces = pieces_of(leg, grid, &smoothed, noise);
    let mut rise_m = 0.0;
    for (piece, Belief { grade, gait }) in pieces.iter().zip(belief::settle(&pieces, noise.source))
    {
        if grade != piece.grade {
            activity.quality.grade_limited_m += piece.length_m;
        }
        rise_m += grade * piece.length_m;
        activity.segments.push(Segment {
            start_s: piece.start_s,
            duration_s: piece.duration_s,
            speed_m_s: piece.speed_m_s(grade).min(crate::bounds::SPEED.max),
            grade,
            grade_se: piece.grade_se,
            gait,
            step_rate_hz: piece.cadence_steps_min.map(|c| c / 60.0),
        });
        activity.elevation_m.push(piece.elevation_m);
        activity.distance_m += piece.length_m;
    }
    let (up, down) = climb(smoothed.iter().map(|node| node.elevation_m));
    activity.ascent_m += up;
    activity.descent_m += down;
    let ends = smoothed[smoothed.len() - 1].elevation_m - smoothed[0].elevation_m;
    (ends - rise_m).abs()
}

/// A leg in pieces of 20 m, as measured.
fn pieces_of(leg: &[LegSample], grid: &Grid, smoothed: &[Smoothed], noise: Noise) -> Vec<Piece> {
    let start_m = leg.first().map_or(0.0, |first| first.sample.distance_m);
    let drift_se = smooth::drift_grade_se(noise.source);
    let mut clock = Clock { leg, at: 0 };
    let cells = grid.nodes.len() - 1;
    let count = (cells / CELLS_PER_SEGMENT).max(1);
    let mut from_s = clock.read(start_m);
    let piece = |k: usize| {
        // The last piece takes the cells that are left over.
        let low = k * CELLS_PER_SEGMENT;
        let high = if k + 1 == count { cells } else { low + CELLS_PER_SEGMENT };
        let to_s = clock.read(start_m + grid.step_m * high as f64);
        let length_m = grid.step_m * (high - low) as f64;
        let noise_se = 0.5 * (smoothed[low].grade_se + smoothed[high].grade_se);
        let piece = Piece {
            start_s: from_s.elapsed_s,
            duration_s: (to_s.moving_s - from_s.moving_s).max(1.0e-3),
            length_m,
            elevation_m: smoothed[low].elevation_m,
            grade: (smoothed[high].elevation_m - smoothed[low].elevation_m) / length_m,
            grade_se: sqrt(noise_se * noise_se + drift_se * drift_se).min(1.0),
            cadence_steps_min: clock.cadence(from_s.index, to_s.index),
        };
        from_s = to_s;
        piece
    };
    (0..count).map(piece).collect()
}

/// Reads moving and elapsed time at increasing distances along a leg.
struct Clock<'a> {
    leg: &'a [LegSample],
    at: usize,
}

#[derive(Clone, Copy)]
struct Reading {
    moving_s: f64,
    elapsed_s: f64,
    index: usize,
}

impl Clock<'_> {
    fn read(&mut self, distance_m: f64) -> Reading {
        let last = self.leg.len() - 1;
        while self.at < last && self.leg[self.at + 1].sample.distance_m <= distance_m {
            self.at += 1;
        }
        let here = self.leg[self.at];
        let next = self.leg[(self.at + 1).min(last)];
        let span = next.sample.distance_m - here.sample.distance_m;
        let part = if span > 0.0 {
            ((distance_m - here.sample.distance_m) / span).clamp(0.0, 1.0)
        } else {
            0.0
        };
        Reading {
            moving_s: here.moving_s + part * (next.moving_s - here.moving_s),
            elapsed_s: here.sample.time_s + part * (next.sample.time_s - here.sample.time_s),
            index: self.at,
        }
    }

    /// Mean cadence of the moving samples between two readings, if it can be believed.
    fn cadence(&self, from: usize, to: usize) -> Option<f64> {
        let last = self.leg.len() - 1;
        let (mut sum, mut count) = (0.0, 0.0);
        for sample in &self.leg[from..=(to + 1).min(last)] {
            if let Some(cadence) = sample.sample.cadence_steps_min
                && CADENCE_STEPS_MIN.contains(&cadence)
            {
                sum += cadence;
                count += 1.0;
            }
        }
        (count > 0.0).then(|| sum / count)
    }
}
