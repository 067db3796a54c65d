//! Stage 2b: which muscle group absorbs how much of the work.

use super::mechanics::slope_work;
use crate::activity::Gait;
use crate::params::Parameters;
use crate::units::PerMuscle;

/// Work absorbed by each muscle group, and the part of it that is left in the fibres, in J/kg/m.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MuscleWork {
    /// Negative work.
    pub negative_j_kg_m: PerMuscle<f64>,
    /// Negative work that the tendons do not give back.
    pub dissipated_j_kg_m: PerMuscle<f64>,
}

/// Share of the negative work of stance that each muscle group absorbs.
///
/// ```text
/// running, s = max(0, min(-i, 0.15)):  quadriceps 0.415 + 0.90 s   calves 0.485 - 1.20 s   hip 0.100 + 0.30 s
/// walking, s likewise:                 quadriceps 0.39  + 0.38 s   calves 0.42  - 0.25 s   hip 0.19  - 0.13 s
/// ```
///
/// Beyond -15 % and uphill the shares stay as they are there. Hamstrings brake the swinging leg, at
/// the same work per metre on every grade; their part is not a share of the work of stance.
pub fn stance_shares(grade: f64, gait: Gait, p: &Parameters) -> PerMuscle<f64> {
    let s = (-grade).clamp(0.0, p.share_max_grade);
    match gait {
        Gait::Running => PerMuscle {
            quadriceps: p.run_share_quadriceps + p.run_share_quadriceps_slope * s,
            calves: p.run_share_calves + p.run_share_calves_slope * s,
            hip_extensors: p.run_share_hip + p.run_share_hip_slope * s,
            hamstrings: 0.0,
        },
        Gait::Walking => PerMuscle {
            quadriceps: p.walk_share_quadriceps + p.walk_share_quadriceps_slope * s,
            calves: p.walk_share_calves + p.walk_share_calves_slope * s,
            hip_extensors: p.walk_share_hip + p.walk_share_hip_slope * s,
            hamstrings: 0.0,
        },
    }
}

/// Negative work of each muscle group and what of it the tendons do not give back.
///
/// ```text
/// dissipated = share e- (1 - eta min(1, e+ / e-))
/// ```
///
/// Elastic energy can come back only as positive work, so on a steep descent, where e+ vanishes,
/// all of the negative work stays in the fibres. The swinging leg has no tendon that gives its work
/// back.
pub fn muscle_work(grade: f64, gait: Gait, p: &Parameters) -> MuscleWork {
    let work = slope_work(grade, gait, p);
    let shares = stance_shares(grade, gait, p);
    let returnable = (work.positive_j_kg_m / work.negative_j_kg_m).min(1.0);
    let kept = 1.0 - p.elastic_return * returnable;
    let swing = match gait {
        Gait::Running => p.run_swing_work_j_kg_m,
        Gait::Walking => p.walk_swing_work_j_kg_m,
    };
    let mut negative = shares.map(|share| share * work.negative_j_kg_m);
    let mut dissipated = negative.map(|w| w * kept);
    negative.hamstrings = swing;
    dissipated.hamstrings = swing;
    MuscleWork { negative_j_kg_m: negative, dissipated_j_kg_m: dissipated }
}
