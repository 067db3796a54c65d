//! How fast a runner goes where, from one number: metabolic power.
//!
//! ```text
//! level and uphill   P m = C(i, v) v (m + pack)           C: Minetti 2002, from its walking to its running
//!                                                         polynomial between 1.2 and 2.0 m/s
//! downhill           v = v_level / q(i) (1 - L)^(k s)     q(i) = 0.88 + 0.12 ((i + 0.09) / 0.09)^2
//! along the course   P(x) = P (1 + f/2 - f x)             x: share of the course that is behind
//! ```
//!
//! Downhill, breath limits nobody: the speeds that metabolic cost allows are far above those of
//! races (Minetti 2002). What limits is skill, taken relative to the own pace on the level, and the
//! strength that is left: L is the loss of strength of the quadriceps, s the steepness up to 1 at the
//! fastest grade.

use alloc::vec::Vec;

use crate::activity::Gait;
use crate::bounds::{self, Bound};
use crate::error::{Error, Result};
use crate::load::metabolic_cost_j_kg_m;
use crate::math::{pow, sqrt};
use crate::params::fixed::{
    BRISK_WALK_M_S, DESCENT_BEST_GRADE, DESCENT_BEST_PACE, DESCENT_STRENGTH_EXPONENT, RACE_FADE,
    RUNNING_SPEED_M_S, TYPICAL_POWER_EXPONENT, TYPICAL_POWER_W_KG,
};

/// How fast the course is run.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Pace {
    /// As the middle of the field of published races: 10 h at the power of
    /// [`TYPICAL_POWER_W_KG`], less for longer, and no more than over an hour.
    #[default]
    Typical,
    /// To finish in this time, in s.
    FinishTime(f64),
    /// At this metabolic power per kilogram of body mass, in W/kg; the mean over the course.
    Power(f64),
    /// At these speeds, whatever the strength; the speed of a point holds from there to the next one.
    Profile(Vec<PacePoint>),
}

/// Speed from a place of the course on.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct PacePoint {
    /// Distance from the start in m.
    pub distance_m: f64,
    /// Speed along the slope in m/s.
    pub speed_m_s: f64,
}

/// Metabolic power per kilogram of body mass that a race can be run at.
pub(super) const POWER: Bound =
    Bound { quantity: "metabolic power", min: 0.5, max: 30.0, unit: "W/kg" };
/// Time that a race can take.
const FINISH_TIME: Bound =
    Bound { quantity: "finish time", min: 1.0, max: bounds::SEGMENT_START.max, unit: "s" };
/// Speed that a pace profile can hold.
const PROFILE_SPEED: Bound =
    Bound { quantity: "speed of the pace profile", min: 0.1, max: bounds::SPEED.max, unit: "m/s" };

impl Pace {
    /// Checks every number.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] that names it, [`Error::TooFewSamples`] for an empty profile,
    /// [`Error::DistanceDecreasing`] for one whose distances don't increase.
    pub fn check(&self) -> Result<()> {
        match self {
            Self::Typical => {}
            // Whether the course can be run in that time shows when it is run.
            Self::FinishTime(seconds) => drop(FINISH_TIME.check(*seconds)?),
            Self::Power(power) => drop(POWER.check(*power)?),
            Self::Profile(points) => {
                if points.is_empty() {
                    return Err(Error::TooFewSamples { found: 0, needed: 1 });
                }
                let mut previous_m = 0.0;
                for (index, point) in points.iter().enumerate() {
                    let distance_m = bounds::SAMPLE_DISTANCE.check_at(point.distance_m, index)?;
                    if distance_m < previous_m {
                        return Err(Error::DistanceDecreasing { index, previous_m, distance_m });
                    }
                    previous_m = distance_m;
                    PROFILE_SPEED.check_at(point.speed_m_s, index)?;
                }
            }
        }
        Ok(())
    }
}

/// Seconds of 10 h.
const TEN_HOURS_S: f64 = 36_000.0;

/// The time that [`Pace::Typical`] gives to a power, in s.
pub(super) fn typical_time_s(power_w_kg: f64) -> f64 {
    TEN_HOURS_S * pow(TYPICAL_POWER_W_KG / power_w_kg, 1.0 / TYPICAL_POWER_EXPONENT)
}

/// The power that [`Pace::Typical`] gives to a time, in W/kg.
pub(super) fn typical_power_w_kg(time_s: f64) -> f64 {
    TYPICAL_POWER_W_KG * pow(TEN_HOURS_S / time_s, TYPICAL_POWER_EXPONENT)
}

/// Power at a place, with the gradual slow-down; `behind` is the share of the course behind.
pub(super) fn faded(power_w_kg: f64, behind: f64) -> f64 {
    power_w_kg * (1.0 + RACE_FADE * (0.5 - behind))
}

/// What a grade does to the speed.
#[derive(Debug, Clone, Copy)]
pub(super) struct GradePace {
    /// Metabolic cost of walking and running, uphill or on the level, in J/kg/m.
    walking: f64,
    running: f64,
    /// Pace over that on the level, for fresh legs.
    descent: f64,
    /// Power of the strength that the speed goes with.
    strength_exponent: f64,
}

impl GradePace {
    pub(super) fn of(grade: f64) -> Self {
        let uphill = grade.max(0.0);
        let downhill = grade.min(0.0);
        // 1 on the level, exactly.
        let beyond = downhill / DESCENT_BEST_GRADE - 1.0;
        let steepness = (downhill / DESCENT_BEST_GRADE).min(1.0);
        Self {
            walking: metabolic_cost_j_kg_m(uphill, Gait::Walking),
            running: metabolic_cost_j_kg_m(uphill, Gait::Running),
            descent: DESCENT_BEST_PACE + (1.0 - DESCENT_BEST_PACE) * beyond * beyond,
            strength_exponent: DESCENT_STRENGTH_EXPONENT * steepness,
        }
    }

    /// Speed along the slope in m/s at a power per kilogram of the mass that is moved; `strength` is 1
    /// for rested legs.
    pub(super) fn speed_m_s(&self, power_w_kg: f64, strength: f64) -> f64 {
        self.climbing_m_s(power_w_kg) / self.descent * self.slowing(strength)
    }

    /// What is left of the speed at this strength.
    pub(super) fn slowing(&self, strength: f64) -> f64 {
        // Most of a course: spare the power.
        if self.strength_exponent == 0.0 { 1.0 } else { pow(strength, self.strength_exponent) }
    }

    /// The cost rises linearly with speed from that of walking to that of running, so the speed is the
    /// root of a quadratic in between.
    fn climbing_m_s(&self, power_w_kg: f64) -> f64 {
        let (slow, fast) = (power_w_kg / self.walking, power_w_kg / self.running);
        if slow <= BRISK_WALK_M_S {
            return slow;
        }
        if fast >= RUNNING_SPEED_M_S {
            return fast;
        }
        let rise = (self.running - self.walking) / (RUNNING_SPEED_M_S - BRISK_WALK_M_S);
        let still = self.walking - rise * BRISK_WALK_M_S;
        // C(v) v = P with C = still + rise v.
        2.0 * power_w_kg / (still + sqrt(still * still + 4.0 * rise * power_w_kg))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn climbing_m_s(grade: f64, power_w_kg: f64) -> f64 {
        GradePace::of(grade).speed_m_s(power_w_kg, 0.5)
    }

    #[test]
    fn the_level_speeds_are_those_of_the_polynomials() {
        // 3.6 J/kg/m running, 2.5 walking.
        assert!((climbing_m_s(0.0, 10.8) - 3.0).abs() < 1e-12);
        assert!((climbing_m_s(0.0, 2.5) - 1.0).abs() < 1e-12);
        // 1.6 m/s is half way: 3.05 J/kg/m.
        assert!((climbing_m_s(0.0, 1.6 * 3.05) - 1.6).abs() < 1e-12);
    }

    #[test]
    fn speed_has_no_step_and_rises_with_power() {
        for grade in [-0.45, -0.2, -0.09, -0.001, 0.0, 0.05, 0.2, 0.45] {
            let mut before = 0.0;
            for k in 1..3000 {
                let speed = climbing_m_s(grade, 0.01 * f64::from(k));
                assert!(speed > before && speed - before < 0.02, "{grade} {k}: {before} {speed}");
                before = speed;
            }
        }
    }

    #[test]
    fn descents_are_fastest_at_nine_percent_and_as_the_level_at_eighteen() {
        for (grade, pace) in [(0.0, 1.0), (-0.09, 0.88), (-0.18, 1.0), (-0.36, 0.88 + 0.12 * 9.0)] {
            let speed = GradePace::of(grade).speed_m_s(10.8, 1.0);
            assert!((speed - 3.0 / pace).abs() < 1e-12, "{grade}");
        }
        // Half the strength: 2^-0.4 of the speed on steep descents, half of that exponent on gentle ones.
        let left =
            |grade: f64| climbing_m_s(grade, 10.8) / GradePace::of(grade).speed_m_s(10.8, 1.0);
        assert!((left(-0.2) - 0.757_858).abs() < 1e-6);
        assert!((left(-0.045) - 0.870_551).abs() < 1e-6);
    }
}
