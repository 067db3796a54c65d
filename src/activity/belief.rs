//! What is believed of a piece of a recording: how steep it is, and whether it was run or walked.

use alloc::vec;
use alloc::vec::Vec;

use super::ElevationSource;
use super::segment::Gait;
use crate::math::sqrt;
use crate::params::fixed::{
    GAIT_WINDOW_S, MAX_GRADE, RECORDED_RUNNING_SPEED_M_S, RUNNING_SPEED_PER_GRADE_M_S,
    STEEP_HEIGHT_M, STEEPEST_WALKED_GRADE,
};

/// 20 m of a leg, as measured.
pub(super) struct Piece {
    /// Seconds from the start of the activity, pauses included.
    pub start_s: f64,
    /// Moving time in seconds.
    pub duration_s: f64,
    /// Horizontal length in m.
    pub length_m: f64,
    /// Elevation at its start in m.
    pub elevation_m: f64,
    /// Rise over length, however steep.
    pub grade: f64,
    pub grade_se: f64,
    pub cadence_steps_min: Option<f64>,
}

impl Piece {
    /// Speed along the slope if the grade is this.
    pub fn speed_m_s(&self, grade: f64) -> f64 {
        self.slope_m(grade) / self.duration_s
    }

    fn slope_m(&self, grade: f64) -> f64 {
        self.length_m * sqrt(1.0 + grade * grade)
    }

    fn within(&self, limit: f64) -> f64 {
        self.grade.clamp(-limit, limit)
    }
}

/// Grade and gait of a piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct Belief {
    pub grade: f64,
    pub gait: Gait,
}

/// Grade and gait of each piece of a leg. Grades beyond [`MAX_GRADE`] are believed up to
/// [`STEEPEST_WALKED_GRADE`] where they are walked, go on over [`STEEP_HEIGHT_M`] of height and don't
/// come from satellite positions, whose noise would become stairs.
pub(super) fn settle(pieces: &[Piece], source: ElevationSource) -> Vec<Belief> {
    let mut limits = vec![MAX_GRADE; pieces.len()];
    if source != ElevationSource::Satellite && pieces.iter().any(|p| p.grade.abs() > MAX_GRADE) {
        let as_measured: Vec<f64> =
            pieces.iter().map(|p| p.within(STEEPEST_WALKED_GRADE)).collect();
        let gaits = gaits(pieces, &as_measured);
        let walked_steeply: Vec<f64> = as_measured
            .iter()
            .zip(&gaits)
            .map(|(g, gait)| if *gait == Gait::Walking && g.abs() > MAX_GRADE { *g } else { 0.0 })
            .collect();
        believe_high_ones(pieces, &walked_steeply, &mut limits);
    }
    let grades: Vec<f64> = pieces.iter().zip(&limits).map(|(p, limit)| p.within(*limit)).collect();
    let gaits = gaits(pieces, &grades);
    grades.into_iter().zip(gaits).map(|(grade, gait)| Belief { grade, gait }).collect()
}

/// Moves the limit for stretches of pieces that are walked steeply, all up or all down, and are high
/// enough. `steep` is the grade of such pieces and zero for all others.
fn believe_high_ones(pieces: &[Piece], steep: &[f64], limits: &mut [f64]) {
    let mut first = 0;
    while first < steep.len() {
        let goes_on = |g: &&f64| **g * steep[first] > 0.0;
        let next = first + steep[first..].iter().take_while(goes_on).count();
        let rises = steep[first..next].iter().zip(&pieces[first..next]);
        let height_m: f64 = rises.map(|(g, piece)| g.abs() * piece.length_m).sum();
        if height_m >= STEEP_HEIGHT_M {
            limits[first..next].fill(STEEPEST_WALKED_GRADE);
        }
        first = next.max(first + 1);
    }
}

/// Gait of each piece, from its cadence and speed or else from the speed around it and its grade.
fn gaits(pieces: &[Piece], grades: &[f64]) -> Vec<Gait> {
    let ends = |value: &dyn Fn(&Piece, f64) -> f64| {
        let mut sum = 0.0;
        let steps = pieces.iter().zip(grades).map(|(piece, grade)| {
            sum += value(piece, *grade);
            sum
        });
        core::iter::once(0.0).chain(steps).collect::<Vec<f64>>()
    };
    let (at_s, at_m) = (ends(&|p, _| p.duration_s), ends(&|p, grade| p.slope_m(grade)));
    let middle_s = |k: usize| 0.5 * (at_s[k] + at_s[k + 1]);
    let (mut low, mut high) = (0, 0);
    let gait = |(k, (piece, &grade)): (usize, (&Piece, &f64))| {
        while middle_s(low) < middle_s(k) - 0.5 * GAIT_WINDOW_S {
            low += 1;
        }
        while high < pieces.len() && middle_s(high) <= middle_s(k) + 0.5 * GAIT_WINDOW_S {
            high += 1;
        }
        if piece.cadence_steps_min.is_some() {
            return Gait::of(piece.speed_m_s(grade), piece.cadence_steps_min);
        }
        without_cadence((at_m[high] - at_m[low]) / (at_s[high] - at_s[low]), grade)
    };
    pieces.iter().zip(grades).enumerate().map(gait).collect()
}

/// Gait from the mean speed of half a minute. Where it is steep, up or down, people run at speeds at which
/// they walk the level; beyond the steepest measured grade nothing more is known.
fn without_cadence(speed_m_s: f64, grade: f64) -> Gait {
    let steepness = grade.abs().min(MAX_GRADE);
    let running_m_s = RECORDED_RUNNING_SPEED_M_S - RUNNING_SPEED_PER_GRADE_M_S * steepness;
    if speed_m_s > running_m_s { Gait::Running } else { Gait::Walking }
}
