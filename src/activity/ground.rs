//! The ground alone, without anybody running on it: grade and its error along a course.

use alloc::vec::Vec;

use super::ElevationSource;
use super::smooth::{self, CELLS_PER_SEGMENT, Grid, WINDOW_PER_LENGTH};
use crate::math::sqrt;
use crate::params::fixed::{MAX_GRADE, TURN_M};

/// 20 m of a course, with the grade after smoothing.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Section {
    /// Distance from the start of the course to that of the section in m, horizontal.
    pub distance_m: f64,
    /// Length in m, horizontal.
    pub length_m: f64,
    /// Elevation at its start in m.
    pub elevation_m: f64,
    /// Rise over horizontal distance, negative downhill.
    pub grade: f64,
    /// Standard error of the grade.
    pub grade_se: f64,
}

/// The ground of a course.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ground {
    pub sections: Vec<Section>,
    pub ascent_m: f64,
    pub descent_m: f64,
    /// Noise of one elevation, standard deviation in m.
    pub noise_m: f64,
    /// Straight-line window that the smoothing amounts to, in m.
    pub window_m: f64,
    /// Distance over which the grade was limited, in m.
    pub limited_m: f64,
}

impl Ground {
    /// Smooths readings (distance, elevation) as those of a recording are; `None` if they cover less
    /// than one cell of the grid.
    pub(crate) fn of(readings: &[(f64, f64)], source: ElevationSource) -> Option<Self> {
        let ends = (readings.first()?.0, readings.last()?.0);
        let grid = Grid::of(ends, readings.iter().copied())?;
        let noise = smooth::estimate_noise(|| core::iter::once(&grid), source);
        let smoothed = smooth::smooth(&grid, noise);
        let drift_se = smooth::drift_grade_se(noise.source);
        let (ascent_m, descent_m) = climb(smoothed.iter().map(|node| node.elevation_m));
        let cells = smoothed.len() - 1;
        let count = (cells / CELLS_PER_SEGMENT).max(1);
        let mut limited_m = 0.0;
        let section = |k: usize| {
            // The last section takes the cells that are left over.
            let low = k * CELLS_PER_SEGMENT;
            let high = if k + 1 == count { cells } else { low + CELLS_PER_SEGMENT };
            let length_m = grid.step_m * (high - low) as f64;
            let (from, to) = (smoothed[low], smoothed[high]);
            let measured = (to.elevation_m - from.elevation_m) / length_m;
            let grade = measured.clamp(-MAX_GRADE, MAX_GRADE);
            if grade != measured {
                limited_m += length_m;
            }
            let noise_se = 0.5 * (from.grade_se + to.grade_se);
            Section {
                distance_m: grid.step_m * low as f64,
                length_m,
                elevation_m: from.elevation_m,
                grade,
                grade_se: sqrt(noise_se * noise_se + drift_se * drift_se).min(1.0),
            }
        };
        let sections = (0..count).map(section).collect();
        let window_m = WINDOW_PER_LENGTH * noise.length_m;
        Some(Self { sections, ascent_m, descent_m, noise_m: noise.sd_m, window_m, limited_m })
    }
}

/// Metres of ascent and descent, turns smaller than [`TURN_M`] left out.
pub(super) fn climb(elevations: impl Iterator<Item = f64>) -> (f64, f64) {
    let (mut up, mut down) = (0.0, 0.0);
    let mut elevations = elevations.peekable();
    let Some(mut accepted) = elevations.peek().copied() else { return (up, down) };
    let mut last = accepted;
    let mut add = |rise: f64| if rise > 0.0 { up += rise } else { down -= rise };
    for elevation in elevations {
        last = elevation;
        let rise = last - accepted;
        if rise.abs() >= TURN_M {
            add(rise);
            accepted = last;
        }
    }
    add(last - accepted);
    (up, down)
}
