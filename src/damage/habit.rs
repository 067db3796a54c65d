//! What the legs are used to before the first record.

use alloc::vec::Vec;

use super::LegState;
use crate::activity::{Gait, Segment};
use crate::error::Result;
use crate::load::{Dose, DoseModel, Runner};
use crate::params::Parameters;
use crate::units::Timestamp;

/// Hours in a week.
const WEEK_H: f64 = 168.0;

/// What the legs were used to before the first record. Not a switch: each habit is a usual week,
/// and the protection is what such weeks leave behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Habit {
    /// No running.
    None,
    /// A little running on level ground: 18 km a week at 2.8 m/s.
    Recreational,
    /// Running on roads: 40 km a week at 3.1 m/s, gently rolling.
    #[default]
    Road,
    /// Running in hills: 31 km a week with 810 m of descent.
    Trail,
}

impl Habit {
    /// The usual week.
    pub fn week(self) -> Vec<Segment> {
        let km: &[(f64, f64, f64)] = match self {
            Self::None => &[],
            Self::Recreational => &[(0.0, 2.8, 14.0), (-0.03, 2.8, 2.0), (0.03, 2.8, 2.0)],
            Self::Road => &[(0.0, 3.1, 30.0), (-0.03, 3.1, 5.0), (0.03, 3.1, 5.0)],
            Self::Trail => {
                &[(0.0, 3.0, 17.0), (-0.10, 3.0, 5.5), (0.10, 2.0, 7.0), (-0.18, 2.8, 1.5)]
            }
        };
        km.iter()
            .map(|&(grade, speed_m_s, km)| Segment {
                gait: Gait::Running,
                ..Segment::steady(grade, speed_m_s, 1000.0 * km / speed_m_s)
            })
            .collect()
    }

    /// Rested legs with the protection that many such weeks leave.
    ///
    /// Protection is linear in its dose, so the steady state is the weekly dose times the time over
    /// which protection fades: `R = z tau_R / week`. The doses are those of the reference runner,
    /// because a body is used to its own mass.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for impossible parameters.
    pub fn legs(self, time: Timestamp, p: &Parameters) -> Result<LegState> {
        let model = DoseModel::new(p, &Runner::default())?;
        let week = self.week().iter().fold(Dose::default(), |sum, segment| {
            sum.plus(&model.rate(segment), segment.duration_s)
        });
        let mut legs = LegState::rested(time);
        for muscle in crate::units::Muscle::ALL {
            legs.muscles[muscle].protection =
                week.protection[muscle] * p.protection_decay_h / WEEK_H;
        }
        Ok(legs)
    }
}
