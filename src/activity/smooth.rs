//! Grade from noisy elevation: a Kalman filter with Rauch-Tung-Striebel smoother on distance,
//! whose smoothing length is found from the recording itself.
//!
//! State along the path: elevation z and grade i. The grade wanders, the elevation follows it:
//!
//! ```text
//! z(s+d) = z(s) + d i(s) + ...    i(s+d) = i(s) + noise    Q = q [[d^3/3, d^2/2], [d^2/2, d]]
//! reading at s + o = z + o i + noise of variance r / count
//! ```
//!
//! Only the ratio q/r shapes the result. It is the length `l = (r d / q)^(1/4)`: the smoother is the
//! cubic smoothing spline with that bandwidth, and its grade has the same variance as a straight
//! line fitted over 5.14 l. (Spline kernel 1/2 exp(-|u|/sqrt 2) sin(|u|/sqrt 2 + pi/4): the integral
//! of its squared slope is 0.0884; a line over a window w has 12; (12/0.0884)^(1/3) = 5.14.)
//! The length with the highest likelihood of the readings is taken, but never one shorter than the
//! elevation source deserves: on level ground noise is smoothed away entirely, on a trail every
//! turn of the slope is kept.

use alloc::vec;
use alloc::vec::Vec;

use nalgebra::{Matrix2, Vector2};

use super::ElevationSource;
use crate::math::{log, sqrt};
use crate::params::fixed;

/// Spacing of the grid on which elevation is smoothed, in m, stretched to fit the leg.
const GRID_M: f64 = 5.0;
/// Grid cells in one segment: 20 m, about the distance between two smart-recorded samples.
pub const CELLS_PER_SEGMENT: usize = 4;
/// Straight-line window with the same grade error, per smoothing length.
pub const WINDOW_PER_LENGTH: f64 = 5.14;
/// Longest smoothing length that is tried, in m.
const MAX_LENGTH_M: f64 = 160.0;
/// Ratio between lengths that are tried.
const LENGTH_RATIO: f64 = 1.3;
/// Noise below this is the resolution of the format rather than of the sensor, in m.
const MIN_NOISE_M: f64 = 0.05;

/// Mean of the elevation readings around one node of the distance grid.
#[derive(Debug, Clone, Copy, Default)]
pub struct Node {
    /// Mean of the readings in m; without meaning if `count` is zero.
    pub elevation_m: f64,
    /// Mean distance of the readings beyond the node in m.
    pub offset_m: f64,
    /// Number of readings.
    pub count: f64,
}

/// Elevation readings of one leg on an even distance grid.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Distance between two nodes in m.
    pub step_m: f64,
    /// The nodes, the first one at the start of the leg.
    pub nodes: Vec<Node>,
}

impl Grid {
    /// Readings (distance, elevation) between two distances on an even grid; `None` if that is shorter
    /// than one cell or there is no reading.
    pub fn of(
        (start_m, end_m): (f64, f64),
        readings: impl Iterator<Item = (f64, f64)>,
    ) -> Option<Self> {
        let length_m = end_m - start_m;
        let cells = (length_m / GRID_M) as usize;
        if cells == 0 {
            return None;
        }
        let step_m = length_m / cells as f64;
        let mut nodes = vec![Node::default(); cells + 1];
        for (distance_m, elevation_m) in readings {
            let k = libm::round((distance_m - start_m) / step_m);
            if let Some(node) = nodes.get_mut(k as usize) {
                let offset_m = distance_m - start_m - k * step_m;
                node.count += 1.0;
                node.elevation_m += (elevation_m - node.elevation_m) / node.count;
                node.offset_m += (offset_m - node.offset_m) / node.count;
            }
        }
        nodes.iter().any(|n| n.count > 0.0).then_some(Self { step_m, nodes })
    }
}

/// Elevation and grade at a node after smoothing.
#[derive(Debug, Clone, Copy)]
pub struct Smoothed {
    /// Elevation in m.
    pub elevation_m: f64,
    /// Standard error of the grade from the noise of the readings.
    pub grade_se: f64,
}

/// What the recording says of its own elevation.
#[derive(Debug, Clone, Copy)]
pub struct Noise {
    /// Smoothing length in m.
    pub length_m: f64,
    /// Standard deviation of one reading in m.
    pub sd_m: f64,
    /// Source that the readings drift like.
    pub source: ElevationSource,
}

/// Shortest straight-line window that a source deserves, in m.
fn min_window_m(source: ElevationSource) -> f64 {
    match source {
        ElevationSource::Set => fixed::SET_WINDOW_M,
        ElevationSource::Barometer => fixed::BAROMETER_WINDOW_M,
        ElevationSource::Map | ElevationSource::Unknown => fixed::MAP_WINDOW_M,
        ElevationSource::Satellite => fixed::SATELLITE_WINDOW_M,
    }
}

/// Grade error that smoothing can't see, because the source drifts over hundreds of metres.
pub fn drift_grade_se(source: ElevationSource) -> f64 {
    match source {
        ElevationSource::Set => fixed::SET_DRIFT_GRADE_SE,
        ElevationSource::Barometer => fixed::BAROMETER_DRIFT_GRADE_SE,
        ElevationSource::Map | ElevationSource::Unknown => fixed::MAP_DRIFT_GRADE_SE,
        ElevationSource::Satellite => fixed::SATELLITE_DRIFT_GRADE_SE,
    }
}

/// Finds the smoothing length with the highest likelihood over all legs of a recording. An unknown
/// source that is as noisy as satellite positions drifts like one.
pub fn estimate_noise<'a, I: Iterator<Item = &'a Grid>>(
    legs: impl Fn() -> I,
    source: ElevationSource,
) -> Noise {
    let noise = most_likely(&legs, source);
    if source == ElevationSource::Unknown && noise.sd_m > fixed::SATELLITE_NOISE_M {
        return Noise { source: ElevationSource::Satellite, ..noise };
    }
    noise
}

fn most_likely<'a, I: Iterator<Item = &'a Grid>>(
    legs: &impl Fn() -> I,
    source: ElevationSource,
) -> Noise {
    let mut best = Noise { length_m: MAX_LENGTH_M, sd_m: MIN_NOISE_M, source };
    let mut best_score = f64::INFINITY;
    let mut length_m = min_window_m(source) / WINDOW_PER_LENGTH;
    while length_m <= MAX_LENGTH_M {
        let fit = legs().fold(Innovations::default(), |sum, leg| {
            sum.plus(Filter::new(length_m, leg.step_m).run(&leg.nodes, None))
        });
        if let Some((score, variance)) = fit.profile_score()
            && score < best_score
        {
            best_score = score;
            best = Noise { length_m, sd_m: sqrt(variance).max(MIN_NOISE_M), source };
        }
        length_m *= LENGTH_RATIO;
    }
    best
}

/// Smooths the nodes of one leg.
pub fn smooth(leg: &Grid, noise: Noise) -> Vec<Smoothed> {
    let filter = Filter::new(noise.length_m, leg.step_m);
    let mut steps = vec![Step::default(); leg.nodes.len()];
    filter.run(&leg.nodes, Some(&mut steps));
    filter.smooth_back(&mut steps);
    steps
        .iter()
        .map(|step| Smoothed {
            elevation_m: step.mean[0],
            grade_se: noise.sd_m * sqrt(step.cov[(1, 1)].max(0.0)),
        })
        .collect()
}

/// Filtered state at a node, in units in which one reading has variance 1.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    mean: Vector2<f64>,
    cov: Matrix2<f64>,
    predicted_mean: Vector2<f64>,
    predicted_cov: Matrix2<f64>,
}

/// Sums over the innovations of a filter run.
#[derive(Debug, Clone, Copy, Default)]
struct Innovations {
    count: f64,
    sum_squares: f64,
    sum_log_variance: f64,
}

impl Innovations {
    fn plus(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            sum_squares: self.sum_squares + other.sum_squares,
            sum_log_variance: self.sum_log_variance + other.sum_log_variance,
        }
    }

    /// -2 log likelihood with the noise variance at its best value, and that variance.
    fn profile_score(&self) -> Option<(f64, f64)> {
        if self.count < 1.0 {
            return None;
        }
        let variance = (self.sum_squares / self.count).max(MIN_NOISE_M * MIN_NOISE_M);
        let score =
            self.count * log(variance) + self.sum_log_variance + self.sum_squares / variance;
        Some((score, variance))
    }
}

struct Filter {
    transition: Matrix2<f64>,
    process: Matrix2<f64>,
}

impl Filter {
    fn new(length_m: f64, step_m: f64) -> Self {
        let d = step_m;
        let ratio = d / (length_m * length_m * length_m * length_m);
        let process = Matrix2::new(d * d * d / 3.0, d * d / 2.0, d * d / 2.0, d) * ratio;
        Self { transition: Matrix2::new(1.0, d, 0.0, 1.0), process }
    }

    fn run(&self, nodes: &[Node], mut keep: Option<&mut Vec<Step>>) -> Innovations {
        let mut sums = Innovations::default();
        let first = nodes.iter().find(|n| n.count > 0.0).map_or(0.0, |n| n.elevation_m);
        let mut mean = Vector2::new(first, 0.0);
        // A start that knows nothing: 1000 noise units of elevation, any grade.
        let mut cov = Matrix2::new(1.0e6, 0.0, 0.0, 1.0e2);
        let mut seen = 0_u32;
        for (k, node) in nodes.iter().enumerate() {
            if k > 0 {
                mean = self.transition * mean;
                cov = self.transition * cov * self.transition.transpose() + self.process;
            }
            let (predicted_mean, predicted_cov) = (mean, cov);
            if node.count > 0.0 {
                let seen_from = Vector2::new(1.0, node.offset_m);
                let cross = cov * seen_from;
                let variance = seen_from.dot(&cross) + 1.0 / node.count;
                let innovation = node.elevation_m - seen_from.dot(&mean);
                let gain = cross / variance;
                mean += gain * innovation;
                cov -= gain * cross.transpose();
                seen += 1;
                // The first two readings only fix the start.
                if seen > 2 {
                    sums.count += 1.0;
                    sums.sum_squares += innovation * innovation / variance;
                    sums.sum_log_variance += log(variance);
                }
            }
            if let Some(steps) = keep.as_deref_mut() {
                steps[k] = Step { mean, cov, predicted_mean, predicted_cov };
            }
        }
        sums
    }

    fn smooth_back(&self, steps: &mut [Step]) {
        for k in (0..steps.len().saturating_sub(1)).rev() {
            let next = steps[k + 1];
            let Some(inverse) = next.predicted_cov.try_inverse() else { continue };
            let gain = steps[k].cov * self.transition.transpose() * inverse;
            let mean = steps[k].mean + gain * (next.mean - next.predicted_mean);
            let cov = steps[k].cov + gain * (next.cov - next.predicted_cov) * gain.transpose();
            steps[k].mean = mean;
            steps[k].cov = cov;
        }
    }
}
