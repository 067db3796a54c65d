//! The days after: when stairs and running downhill are sensible again.

use crate::damage::LegState;
use crate::error::Result;
use crate::forecast::{Forecast, ForecastOptions};
use crate::params::Parameters;
use crate::params::fixed::{DAYS_OFF_DOWNHILL, DOWNHILL_STRENGTH_LOSS, STAIRS_SORENESS};
use crate::person::Profile;
use crate::units::Timestamp;

/// Hours over which the return is looked for.
const HORIZON_H: f64 = 60.0 * 24.0;

/// When the legs are back; `None` if not within 60 days.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Return {
    /// From when on no muscle group is so sore that stairs are a trouble (median below 3 of 10).
    pub stairs: Option<Timestamp>,
    /// From when on running downhill is sensible: every muscle group is likely clear, none has lost more
    /// than 10 % of its strength (median), and three days have passed if one had.
    pub downhill: Option<Timestamp>,
}

impl Return {
    /// The return of legs that have just finished.
    pub(super) fn of(
        legs: &LegState,
        profile: &Profile,
        options: &ForecastOptions,
        p: &Parameters,
    ) -> Result<Self> {
        let options =
            ForecastOptions { hours: HORIZON_H, step_h: 1.0, levels: [].into(), ..options.clone() };
        let ahead = legs.forecast_for(profile, &options, p)?;
        let stairs = from_when(&ahead, |soreness, _| soreness < STAIRS_SORENESS);
        let strong = from_when(&ahead, |_, loss| loss < DOWNHILL_STRENGTH_LOSS);
        let clear = ahead.muscles.iter().map(|(_, m)| m.clear.likely_at).max_by(later).flatten();
        let hard = strong != Some(legs.time);
        let easy = legs.time.add_hours(if hard { 24.0 * DAYS_OFF_DOWNHILL } else { 0.0 });
        let downhill = strong.zip(clear).map(|(strong, clear)| strong.max(clear).max(easy));
        Ok(Self { stairs, downhill })
    }
}

/// Never is later than any time.
fn later(a: &Option<Timestamp>, b: &Option<Timestamp>) -> core::cmp::Ordering {
    a.is_none().cmp(&b.is_none()).then(a.cmp(b))
}

/// From when on something holds of the median soreness and loss of every muscle group.
fn from_when(ahead: &Forecast, holds: impl Fn(f64, f64) -> bool) -> Option<Timestamp> {
    let all = |k: usize| {
        let mut muscles = ahead.muscles.iter();
        muscles.all(|(_, m)| holds(m.soreness.point[k], m.strength_loss.point[k]))
    };
    match (0..ahead.times.len()).rev().find(|&k| !all(k)) {
        None => ahead.times.first().copied(),
        Some(last) => ahead.times.get(last + 1).copied(),
    }
}
