//! Stage 2b: which muscle group absorbs how much of the work, and what of it stays in the fibres.

use super::mechanics::slope_work;
use crate::activity::Gait;
use crate::math::pow;
use crate::params::Parameters;
use crate::units::PerMuscle;

/// Speed in m/s at which the work of the swinging leg is given.
const SWING_SPEED_M_S: f64 = 3.0;

/// Share of the negative work of stance that each muscle group absorbs; the hamstrings have none.
///
/// ```text
/// running, s = max(0, min(-i, 0.15)):  quadriceps 0.415 + 1.25 s   calves 0.485 - 1.70 s   hip 0.100 + 0.45 s
/// walking, s likewise:                 quadriceps 0.39  + 0.38 s   calves 0.42  - 0.25 s   hip 0.19  - 0.13 s
/// walking, from -15 % to stairs, -60 %, in a straight line to:     0.60                 0.40          0
/// ```
///
/// Beyond that and uphill the shares stay as they are there.
///
/// ```
/// use eccentric::{activity::Gait, load::stance_shares, params::Parameters};
/// let stairs = stance_shares(-0.60, Gait::Walking, &Parameters::default());
/// assert!((stairs.quadriceps - 0.60).abs() < 1e-12 && stairs.hip_extensors.abs() < 1e-12);
/// ```
pub fn stance_shares(grade: f64, gait: Gait, p: &Parameters) -> PerMuscle<f64> {
    let s = (-grade).clamp(0.0, p.share_max_grade);
    match gait {
        Gait::Running => PerMuscle {
            quadriceps: p.run_share_quadriceps + p.run_share_quadriceps_slope * s,
            calves: p.run_share_calves + p.run_share_calves_slope * s,
            hip_extensors: p.run_share_hip + p.run_share_hip_slope * s,
            hamstrings: 0.0,
        },
        Gait::Walking => {
            let past = (-grade - p.share_max_grade) / (p.stairs_grade - p.share_max_grade);
            let past = past.clamp(0.0, 1.0);
            let towards = |ramp: f64, stairs: f64| ramp + past * (stairs - ramp);
            let on_stairs = [p.stairs_share_quadriceps, p.stairs_share_calves];
            PerMuscle {
                quadriceps: towards(
                    p.walk_share_quadriceps + p.walk_share_quadriceps_slope * s,
                    on_stairs[0],
                ),
                calves: towards(p.walk_share_calves + p.walk_share_calves_slope * s, on_stairs[1]),
                hip_extensors: towards(
                    p.walk_share_hip + p.walk_share_hip_slope * s,
                    (1.0 - on_stairs[0] - on_stairs[1]).max(0.0),
                ),
                hamstrings: 0.0,
            }
        }
    }
}

/// Negative work of stance that each muscle group's tendons do not give back, in J/kg/m: what is left in
/// the fibres. The hamstrings have none.
///
/// ```text
/// dissipated = share (e- - eta min(e-, e+))        eta: 0.35 quadriceps, 0.75 calves, 0 hip extensors
/// ```
///
/// Elastic energy can come back only as positive work, so on a steep descent, where e+ vanishes, all of the
/// negative work stays in the fibres. The Achilles tendon is the longest; the hip has none that counts.
pub fn stance_dissipation(grade: f64, gait: Gait, p: &Parameters) -> PerMuscle<f64> {
    let work = slope_work(grade, gait, p);
    let shares = stance_shares(grade, gait, p);
    let returnable = work.positive_j_kg_m.min(work.negative_j_kg_m);
    let left = |share: f64, eta: f64| share * (work.negative_j_kg_m - eta * returnable);
    PerMuscle {
        quadriceps: left(shares.quadriceps, p.quadriceps_return),
        calves: left(shares.calves, p.calves_return),
        hip_extensors: left(shares.hip_extensors, 0.0),
        hamstrings: 0.0,
    }
}

/// Negative work of the hamstrings on the swinging leg, in J/kg a step, walking and running. No tendon
/// gives it back.
///
/// ```text
/// w = a (v / 3 m/s)^2.8
/// ```
///
/// ```
/// use eccentric::{load::swing_work_j_kg, params::Parameters};
/// let p = Parameters { swing_work_j_kg: 0.2, ..Parameters::default() };
/// assert_eq!(swing_work_j_kg(3.0, &p), 0.2);
/// assert!((swing_work_j_kg(6.0, &p) - 0.2 * 6.964_405).abs() < 1e-6);
/// ```
pub fn swing_work_j_kg(speed_m_s: f64, p: &Parameters) -> f64 {
    p.swing_work_j_kg * pow(speed_m_s / SWING_SPEED_M_S, p.swing_speed_exponent)
}
