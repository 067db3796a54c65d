//! Cumulative distance: of the device, else from its speed, else between positions.

use crate::raw::RawPoint;
use crate::{MAX_SPEED_M_S, ReadError, Result, Warning};

/// Slower than this is standing.
pub(crate) const STANDING_M_S: f64 = 0.5;
/// A fall by more than this is a counter that started anew, not a correction.
const COUNTER_RESET_M: f64 = 100.0;
/// Devices that update the distance rarely catch up on at most this much time.
const CATCH_UP_S: f64 = 15.0;
/// Speed says nothing about a gap longer than this: the positions at its ends do.
const MAX_SPEED_GAP_S: f64 = 30.0;
/// Positions count once they are this far from the last that counted: the jitter of a standing
/// runner stays below it, the chord of a curve loses next to nothing.
const MIN_STEP_M: f64 = 3.0;
/// Speed at a sample is taken over this long before and after it.
const SPEED_WINDOW_S: f64 = 5.0;
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Distance since the first point, never decreasing.
pub(crate) fn cumulative(
    times_s: &[f64],
    points: &[RawPoint],
    warnings: &mut Vec<Warning>,
) -> Result<Vec<f64>> {
    // A source is used if at least half of the points have it and it covers any ground.
    let usable = |known: usize| known > 0 && known * 2 >= points.len();
    let covers_ground = |distances: &[f64]| distances.last().is_some_and(|last| *last >= 1.0);

    if usable(points.iter().filter(|p| p.distance_m.is_some()).count()) {
        let mut notes = Vec::new();
        let distances = from_device(times_s, points, &mut notes);
        if covers_ground(&distances) {
            warnings.append(&mut notes);
            return Ok(distances);
        }
    }
    if usable(points.iter().filter(|p| p.speed_m_s.is_some()).count()) {
        let distances = from_speed(times_s, points);
        if covers_ground(&distances) {
            warnings.push(Warning::DistanceFromSpeed);
            return Ok(distances);
        }
    }
    if usable(points.iter().filter(|p| position(p).is_some()).count()) {
        let mut notes = vec![Warning::DistanceFromPositions];
        let distances = from_positions(times_s, points, &mut notes);
        if covers_ground(&distances) {
            warnings.append(&mut notes);
            return Ok(distances);
        }
    }
    Err(ReadError::NoGround { reason: no_ground(points) })
}

/// Why no distance came out.
fn no_ground(points: &[RawPoint]) -> &'static str {
    let has = |f: fn(&RawPoint) -> bool| points.iter().any(f);
    if points.len() < 2 {
        "all samples share one time"
    } else if has(|p| p.distance_m.is_some()) || has(|p| position(p).is_some()) {
        "it never moves, or only in steps faster than 12 m/s"
    } else if has(|p| p.speed_m_s.is_some()) {
        "its speed is zero throughout"
    } else {
        "no sample carries a usable distance, speed or position"
    }
}

/// Adds up steps of a distance, leaving out those faster than running.
struct Counter<'a> {
    times_s: &'a [f64],
    total_m: f64,
    /// Times of the last known value and of the last one that moved.
    last_s: f64,
    moved_s: f64,
    jumps: usize,
    dropped_m: f64,
}

impl<'a> Counter<'a> {
    fn new(times_s: &'a [f64]) -> Self {
        Self { times_s, total_m: 0.0, last_s: 0.0, moved_s: 0.0, jumps: 0, dropped_m: 0.0 }
    }

    /// The step may have taken the time since the last sample or, where a device updates rarely,
    /// since the last one that moved.
    fn step(&mut self, index: usize, step_m: f64) {
        let now_s = self.times_s[index];
        let took_s = (now_s - self.moved_s).min(CATCH_UP_S).max(now_s - self.last_s).max(1.0);
        if step_m > MAX_SPEED_M_S * took_s {
            self.jumps += 1;
            self.dropped_m += step_m;
        } else {
            self.total_m += step_m;
        }
        self.seen(index);
        self.moved_s = now_s;
    }

    /// A known value that did not move.
    fn seen(&mut self, index: usize) {
        self.last_s = self.times_s[index];
    }

    fn note(&self, warnings: &mut Vec<Warning>) {
        if self.jumps > 0 {
            let (count, dropped_m) = (self.jumps, self.dropped_m);
            warnings.push(Warning::DistanceJump { count, dropped_m });
        }
    }
}

fn from_device(times_s: &[f64], points: &[RawPoint], warnings: &mut Vec<Warning>) -> Vec<f64> {
    let mut counter = Counter::new(times_s);
    let mut base = None;
    let mut repaired = 0;
    let mut known = vec![None; points.len()];
    for (index, point) in points.iter().enumerate() {
        let Some(distance) = point.distance_m else { continue };
        let step_m = distance - *base.get_or_insert(distance);
        if step_m > 0.0 {
            counter.step(index, step_m);
            base = Some(distance);
        } else {
            repaired += usize::from(step_m < 0.0);
            counter.seen(index);
            if step_m < -COUNTER_RESET_M {
                base = Some(distance);
            }
        }
        known[index] = Some(counter.total_m);
    }
    counter.note(warnings);
    if repaired > 0 {
        warnings.push(Warning::DistanceRepaired { count: repaired });
    }
    interpolated(times_s, &known)
}

fn from_speed(times_s: &[f64], points: &[RawPoint]) -> Vec<f64> {
    let plausible = |speed: &f64| (0.0..=MAX_SPEED_M_S).contains(speed);
    let speed = |index: usize| points[index].speed_m_s.filter(plausible);
    let mut total_m = 0.0;
    let mut distances = vec![0.0; points.len()];
    for index in 1..points.len() {
        let took_s = times_s[index] - times_s[index - 1];
        let ends = position(&points[index - 1]).zip(position(&points[index]));
        total_m += if took_s > MAX_SPEED_GAP_S {
            let gap_m = ends.map_or(0.0, |(from, to)| haversine_m(from, to));
            if gap_m <= MAX_SPEED_M_S * took_s { gap_m } else { 0.0 }
        } else {
            let mean = match (speed(index - 1), speed(index)) {
                (Some(a), Some(b)) => f64::midpoint(a, b),
                (one, other) => one.or(other).unwrap_or(0.0),
            };
            mean * took_s
        };
        distances[index] = total_m;
    }
    distances
}

fn from_positions(times_s: &[f64], points: &[RawPoint], warnings: &mut Vec<Warning>) -> Vec<f64> {
    let mut counter = Counter::new(times_s);
    let mut anchor = None;
    let mut before = 0;
    let mut known = vec![None; points.len()];
    for (index, point) in points.iter().enumerate() {
        let Some(here) = position(point) else { continue };
        let step_m = haversine_m(*anchor.get_or_insert(here), here);
        if step_m >= MIN_STEP_M {
            // After standing, the step is that of the last sample and not of the whole stand.
            if times_s[index] - counter.moved_s > CATCH_UP_S {
                known[before] = Some(counter.total_m);
            }
            counter.step(index, step_m);
            anchor = Some(here);
            known[index] = Some(counter.total_m);
        } else {
            counter.seen(index);
        }
        before = index;
    }
    counter.note(warnings);
    if let Some(first) = known.first_mut() {
        *first = Some(0.0);
    }
    interpolated(times_s, &known)
}

/// A position on Earth; 0, 0 is what devices write before they know theirs.
fn position(point: &RawPoint) -> Option<(f64, f64)> {
    point.position.filter(|&(latitude, longitude)| {
        latitude.abs() <= 90.0 && longitude.abs() <= 360.0 && (latitude, longitude) != (0.0, 0.0)
    })
}

/// Fills values in between in proportion to time, and holds the ends.
fn interpolated(times_s: &[f64], known: &[Option<f64>]) -> Vec<f64> {
    let mut filled = vec![0.0; known.len()];
    let mut last: Option<(usize, f64)> = None;
    for (index, value) in known.iter().enumerate() {
        let Some(value) = *value else { continue };
        let (from, start) = last.unwrap_or((index, value));
        let span_s = times_s[index] - times_s[from];
        for between in from..index {
            let share = (times_s[between] - times_s[from]) / span_s;
            filled[between] = start + share * (value - start);
        }
        filled[index] = value;
        last = Some((index, value));
    }
    let (from, end) = last.unwrap_or((0, 0.0));
    filled[from..].fill(end);
    filled
}

/// Speed at each sample from the distance around it.
pub(crate) fn speeds(times_s: &[f64], distances_m: &[f64]) -> Vec<f64> {
    let (mut from, mut to) = (0, 0);
    (0..times_s.len())
        .map(|index| {
            while times_s[from] < times_s[index] - SPEED_WINDOW_S {
                from += 1;
            }
            while to + 1 < times_s.len() && times_s[to + 1] <= times_s[index] + SPEED_WINDOW_S {
                to += 1;
            }
            // Sparse samples: the step to the one before.
            let from = if from == to { from.saturating_sub(1) } else { from };
            let took_s = times_s[to] - times_s[from];
            if took_s > 0.0 { (distances_m[to] - distances_m[from]) / took_s } else { 0.0 }
        })
        .collect()
}

/// Median, the upper one of two; sorts in place.
pub(crate) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Great-circle distance of two positions in degrees.
pub(crate) fn haversine_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.1 - a.1).to_radians() / 2.0).sin();
    let h = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    2.0 * EARTH_RADIUS_M * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_degree_of_latitude() {
        assert!((haversine_m((46.0, 8.0), (47.0, 8.0)) - 111_195.0).abs() < 1.0);
    }

    #[test]
    fn gaps_are_filled_in_proportion_to_time() {
        let filled = interpolated(&[0.0, 1.0, 4.0, 5.0], &[Some(0.0), None, Some(8.0), None]);
        assert_eq!(filled, [0.0, 2.0, 8.0, 8.0]);
        assert_eq!(interpolated(&[0.0, 1.0], &[None, None]), [0.0, 0.0]);
    }
}
