//! Brings points into order of time: drops, merges and says so.

use eccentric::activity::MAX_TIME_JUMP_S;
use eccentric::bounds;

use crate::raw::RawPoint;
use crate::{DropReason, ReadError, Result, Warning};

/// Share of the samples that may go back in time before the file is refused.
const MAX_BACKWARDS_SHARE: f64 = 0.01;
/// As many may go back in a short file.
const MAX_BACKWARDS_SAMPLES: usize = 3;
/// Times beyond this (year 5138) are no times.
const MAX_UNIX_S: f64 = 1.0e11;

/// Points with strictly increasing times.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Timeline {
    /// Time of the first point on the clock of the file.
    pub start_s: f64,
    /// Seconds since the first point, to the millisecond.
    pub times_s: Vec<f64>,
    pub points: Vec<RawPoint>,
}

type Timed = (f64, RawPoint);

/// Orders the points of one activity.
pub(crate) fn order(points: Vec<RawPoint>, warnings: &mut Vec<Warning>) -> Result<Timeline> {
    let total = points.len();
    let in_range = |time: &f64| time.abs() <= MAX_UNIX_S;
    let timed: Vec<Timed> = points
        .into_iter()
        .filter_map(|point| point.time_s.filter(in_range).map(|time| (time, point)))
        .collect();
    if timed.len() * 2 < total {
        return Err(ReadError::NoTimes { points: total, with_time: timed.len() });
    }
    note_dropped(total - timed.len(), DropReason::NoTime, warnings);
    let timed = segments_in_order(timed);
    let timed = larger_side_of_jumps(timed, warnings);
    let timed = forwards(timed, warnings)?;
    let start_s = timed.first().map_or(0.0, |(time, _)| *time);
    Ok(merged(start_s, timed, warnings))
}

fn note_dropped(count: usize, reason: DropReason, warnings: &mut Vec<Warning>) {
    if count > 0 {
        warnings.push(Warning::DroppedSamples { count, reason });
    }
}

/// Some programs write the segments of a track in another order than they were run.
fn segments_in_order(timed: Vec<Timed>) -> Vec<Timed> {
    let mut segments: Vec<&[Timed]> = timed.chunk_by(|a, b| a.1.segment == b.1.segment).collect();
    segments.sort_by(|a, b| a[0].0.total_cmp(&b[0].0));
    segments.concat()
}

/// A clock that jumps by years splits the points; the largest block of them is the recording,
/// together with the blocks that continue it: a single wrong time must not cost what follows.
fn larger_side_of_jumps(timed: Vec<Timed>, warnings: &mut Vec<Warning>) -> Vec<Timed> {
    let near = |a: &Timed, b: &Timed| (b.0 - a.0).abs() <= MAX_TIME_JUMP_S;
    let blocks: Vec<&[Timed]> = timed.chunk_by(near).collect();
    // Of equal blocks the first: `max_by_key` takes the last of equals.
    let largest = (0..blocks.len()).rev().max_by_key(|&index| blocks[index].len());
    let Some(largest) = largest.filter(|_| blocks.len() > 1) else { return timed };
    let mut kept = Vec::new();
    let mut first = &blocks[largest][0];
    for block in blocks[..largest].iter().rev() {
        if near(&block[block.len() - 1], first) {
            first = &block[0];
            kept.push(*block);
        }
    }
    kept.reverse();
    kept.push(blocks[largest]);
    let mut last = &blocks[largest][blocks[largest].len() - 1];
    for block in &blocks[largest + 1..] {
        if near(last, &block[0]) {
            last = &block[block.len() - 1];
            kept.push(*block);
        }
    }
    let kept = kept.concat();
    let jumps = timed.windows(2).map(|pair| pair[1].0 - pair[0].0);
    let jump_s = jumps.max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(0.0);
    warnings.push(Warning::TimeJump { jump_s, kept: kept.len() });
    note_dropped(timed.len() - kept.len(), DropReason::AfterTimeJump, warnings);
    kept
}

/// Drops the fewest points so that time never goes back; refuses if these are many.
fn forwards(timed: Vec<Timed>, warnings: &mut Vec<Warning>) -> Result<Vec<Timed>> {
    let Some(index) = timed.windows(2).position(|pair| pair[1].0 < pair[0].0) else {
        return Ok(timed);
    };
    let kept = longest_not_decreasing(&timed);
    let dropped = timed.len() - kept.len();
    let allowed = (timed.len() as f64 * MAX_BACKWARDS_SHARE) as usize;
    if dropped > allowed.max(MAX_BACKWARDS_SAMPLES) {
        let since_start = |index: usize| timed[index].0 - timed[0].0;
        return Err(ReadError::Recording(eccentric::Error::TimeNotIncreasing {
            index: index + 1,
            previous_s: since_start(index),
            time_s: since_start(index + 1),
        }));
    }
    note_dropped(dropped, DropReason::TimeBackwards, warnings);
    Ok(kept)
}

/// The longest subsequence with times that do not decrease (patience sorting, n log n): a single
/// time that is wrong, early or late, costs one point and not all that follow.
fn longest_not_decreasing(timed: &[Timed]) -> Vec<Timed> {
    // `ends[k]` is the index of the smallest time that ends a subsequence of k + 1 points.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(timed.len());
    for (index, (time, _)) in timed.iter().enumerate() {
        let length = ends.partition_point(|&end| timed[end].0 <= *time);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut next = ends.last().copied();
    let mut kept = Vec::with_capacity(ends.len());
    while let Some(index) = next {
        kept.push(timed[index]);
        next = before[index];
    }
    kept.reverse();
    kept
}

/// Merges points of the same millisecond and cuts at the longest time of a recording.
fn merged(start_s: f64, timed: Vec<Timed>, warnings: &mut Vec<Warning>) -> Timeline {
    let mut timeline = Timeline { start_s, times_s: Vec::new(), points: Vec::new() };
    let (mut duplicates, mut beyond) = (0, 0);
    for (time, point) in timed {
        let time_s = ((time - start_s) * 1000.0).round() / 1000.0;
        match (timeline.times_s.last(), timeline.points.last_mut()) {
            _ if bounds::SAMPLE_TIME.check(time_s).is_err() => beyond += 1,
            (Some(last_s), Some(last)) if *last_s == time_s => {
                merge(last, &point);
                duplicates += 1;
            }
            _ => {
                timeline.times_s.push(time_s);
                timeline.points.push(point);
            }
        }
    }
    note_dropped(duplicates, DropReason::Duplicate, warnings);
    note_dropped(beyond, DropReason::OutOfRange, warnings);
    timeline
}

/// Later values win: a device that writes several records a second updates them in turn.
fn merge(into: &mut RawPoint, later: &RawPoint) {
    into.distance_m = later.distance_m.or(into.distance_m);
    into.speed_m_s = later.speed_m_s.or(into.speed_m_s);
    into.position = later.position.or(into.position);
    into.elevation_m = later.elevation_m.or(into.elevation_m);
    into.cadence = later.cadence.or(into.cadence);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timed(times: &[f64]) -> Vec<Timed> {
        times.iter().map(|&time| (time, RawPoint::default())).collect()
    }

    #[test]
    fn a_wrong_century_in_the_middle_costs_one_point() {
        let mut warnings = Vec::new();
        let glitch = timed(&[0.0, 1.0, 2.0e9, 3.0, 4.0, -2.0e9, 5.0]);
        let kept = larger_side_of_jumps(glitch, &mut warnings);
        assert_eq!(times(&kept), [0.0, 1.0, 3.0, 4.0, 5.0]);
        assert!(warnings.contains(&Warning::TimeJump { jump_s: 2.0e9 + 5.0, kept: 5 }));
    }

    fn times(timed: &[Timed]) -> Vec<f64> {
        timed.iter().map(|(time, _)| *time).collect()
    }

    #[test]
    fn one_wrong_time_costs_one_point() {
        let late = timed(&[0.0, 1.0, 900.0, 2.0, 3.0]);
        assert_eq!(times(&longest_not_decreasing(&late)), [0.0, 1.0, 2.0, 3.0]);
        let early = timed(&[5.0, 6.0, 1.0, 6.0, 7.0]);
        assert_eq!(times(&longest_not_decreasing(&early)), [5.0, 6.0, 6.0, 7.0]);
        assert!(longest_not_decreasing(&[]).is_empty());
    }
}
