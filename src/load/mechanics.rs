//! Stage 2a: the work that the legs absorb and do in every metre, from the grade.

use crate::activity::{Gait, Segment};
use crate::math::{exp, sqrt};
use crate::params::Parameters;
use crate::params::fixed::{GRAVITY_M_S2, METABOLIC_MAX_GRADE};

/// Negative and positive work per kilogram and metre along the slope.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SlopeWork {
    /// Work absorbed by the legs (eccentric work) in J/kg/m, never negative.
    pub negative_j_kg_m: f64,
    /// Work done by the legs in J/kg/m, never negative.
    pub positive_j_kg_m: f64,
}

/// Work of gravity per kilogram and metre along the slope in J/kg/m: positive downhill.
///
/// ```text
/// G(i) = -g i / sqrt(1 + i^2)
/// ```
pub fn gravity_work_j_kg_m(grade: f64) -> f64 {
    -GRAVITY_M_S2 * grade / sqrt(1.0 + grade * grade)
}

/// Work that the legs absorb and do on a slope.
///
/// ```text
/// e-(i) = G/2 + sqrt((G/2)^2 + W0^2 exp(-(i/i0)^2))        e+(i) = e-(i) - G
/// ```
///
/// Energy closes exactly (e- minus e+ is G), both are equal on the level, all is braking on steep
/// descents and all is propulsion on steep climbs. Fitted to grades from -0.20 to +0.15; beyond
/// that it follows gravity. Sources: W+ and W- unique at each gradient and one of them vanishing
/// beyond 30 % (Minetti 1994, 10.1242/jeb.195.1.211); negative share of external work 92 % at
/// -15 % and 6 % at +15 % (Lemire 2024, 10.1186/s40798-024-00746-0).
///
/// ```
/// use eccentric::{activity::Gait, load::slope_work, params::Parameters};
/// let p = Parameters::default();
/// let work = slope_work(-0.10, Gait::Running, &p);
/// // 70 kg at 3 m/s on a -10 % slope absorb 280 W
/// assert!((work.negative_j_kg_m * 3.0 * 70.0 - 279.85).abs() < 0.05);
/// ```
pub fn slope_work(grade: f64, gait: Gait, p: &Parameters) -> SlopeWork {
    let (level, scale) = match gait {
        Gait::Running => (p.run_work_level_j_kg_m, p.run_work_grade),
        Gait::Walking => (p.walk_work_level_j_kg_m, p.walk_work_grade),
    };
    let half = 0.5 * gravity_work_j_kg_m(grade);
    let ratio = grade / scale;
    let root = sqrt(half * half + level * level * exp(-ratio * ratio));
    // The smaller of the two by division, not by subtraction, which would cancel on steep slopes.
    let product = level * level * exp(-ratio * ratio);
    let (negative, positive) = if half >= 0.0 {
        (half + root, product / (half + root))
    } else {
        (product / (root - half), root - half)
    };
    SlopeWork { negative_j_kg_m: negative, positive_j_kg_m: positive }
}

/// Power absorbed by the legs in W per kilogram of the mass that is moved.
pub fn negative_power_w_kg(segment: &Segment, p: &Parameters) -> f64 {
    slope_work(segment.grade, segment.gait, p).negative_j_kg_m * segment.speed_m_s
}

/// Coefficients from the fifth power of the grade down to the constant, in J/kg/m.
const METABOLIC_RUNNING: [f64; 6] = [155.4, -30.4, -43.3, 46.3, 19.5, 3.6];
const METABOLIC_WALKING: [f64; 6] = [280.5, -58.7, -76.8, 51.9, 19.6, 2.5];

/// Metabolic cost of a metre along the slope in J/kg/m: the driver of fatigue, never of damage.
///
/// Polynomials of Minetti 2002 (10.1152/japplphysiol.01177.2001), measured from -0.45 to +0.45; beyond, the
/// cost of a metre of height stays as it is there.
///
/// ```
/// use eccentric::{activity::Gait, load::metabolic_cost_j_kg_m};
/// assert_eq!(metabolic_cost_j_kg_m(0.0, Gait::Running), 3.6);
/// assert_eq!(metabolic_cost_j_kg_m(0.0, Gait::Walking), 2.5);
/// ```
pub fn metabolic_cost_j_kg_m(grade: f64, gait: Gait) -> f64 {
    let i = grade.clamp(-METABOLIC_MAX_GRADE, METABOLIC_MAX_GRADE);
    let coefficients = match gait {
        Gait::Running => METABOLIC_RUNNING,
        Gait::Walking => METABOLIC_WALKING,
    };
    let cost = coefficients.iter().fold(0.0, |sum, c| sum * i + c);
    if grade == i { cost } else { cost * gravity_work_j_kg_m(grade) / gravity_work_j_kg_m(i) }
}

/// Steps per second of both legs: measured, else from gait and speed.
///
/// ```text
/// running  (132.5 + 10.75 v) / 60        walking  1.65 sqrt(v)
/// ```
pub fn step_rate_hz(segment: &Segment, p: &Parameters) -> f64 {
    if let Some(measured) = segment.step_rate_hz {
        return measured;
    }
    let v = segment.speed_m_s;
    match segment.gait {
        Gait::Running => (p.run_step_rate_min + p.run_step_rate_per_speed * v) / 60.0,
        Gait::Walking => p.walk_step_rate_root_speed * sqrt(v),
    }
}
