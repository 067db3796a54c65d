//! What of the tables the model has something to say about, and what it says.

use eccentric::Muscle;
use eccentric::damage::{LegState, MuscleState};
use eccentric::params::Parameters;
use eccentric::soreness::{drive_of, soreness_of};

use crate::plan::BoutRun;
use crate::tables::{Observation, TimeKind};

/// Creatine kinase at rest where none is printed, in U/L.
pub const USUAL_CK_U_PER_L: f64 = 130.0;
/// Hour after the middle of the bout at which creatine kinase is highest.
const CK_PEAK_H: f64 = 36.0;
/// Longest window of a peak whose window is not printed, in hours.
const USUAL_WINDOW_H: f64 = 120.0;
/// Step of the search for a peak, in hours.
const STEP_H: f64 = 2.0;

/// A measure that the model predicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// Loss of strength in percent.
    StrengthLoss,
    /// Soreness from 0 to 10.
    Soreness,
    /// Hour of the worst soreness.
    SorenessPeakHour,
    /// Creatine kinase in U/L.
    CkLevel,
    /// Its rise over rest in percent.
    CkRisePercent,
    /// Its rise over rest in U/L.
    CkRise,
    /// Loss of strength against the first bout.
    StrengthRatio,
    /// Soreness against the first bout.
    SorenessRatio,
    /// Creatine kinase against the first bout.
    CkRatio,
}

/// The three responses behind the measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Response {
    /// Loss of strength.
    Strength,
    /// Soreness.
    Soreness,
    /// Creatine kinase.
    Ck,
}

impl Quantity {
    /// By the name of the measure in the tables.
    pub fn of(measure: &str) -> Option<Self> {
        Some(match measure {
            "strength_loss_pct" => Self::StrengthLoss,
            "soreness_0_10" | "soreness" => Self::Soreness,
            "soreness_peak_h" => Self::SorenessPeakHour,
            "ck_u_per_l" | "ck" => Self::CkLevel,
            "ck_rise_pct" => Self::CkRisePercent,
            "ck_rise_u_per_l" => Self::CkRise,
            "strength_loss_ratio_to_bout1" => Self::StrengthRatio,
            "soreness_ratio_to_bout1" => Self::SorenessRatio,
            "ck_ratio_to_bout1" => Self::CkRatio,
            _ => return None,
        })
    }

    /// The response behind it.
    pub fn response(self) -> Response {
        match self {
            Self::StrengthLoss | Self::StrengthRatio => Response::Strength,
            Self::Soreness | Self::SorenessPeakHour | Self::SorenessRatio => Response::Soreness,
            Self::CkLevel | Self::CkRisePercent | Self::CkRise | Self::CkRatio => Response::Ck,
        }
    }

    /// Whether it compares two bouts.
    pub fn is_ratio(self) -> bool {
        matches!(self, Self::StrengthRatio | Self::SorenessRatio | Self::CkRatio)
    }
}

/// One muscle group, or the legs: the group that is worst off at that time. A rating of "the legs"
/// is a rating of what hurts most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One muscle group.
    One(Muscle),
    /// The legs.
    Legs,
}

impl Target {
    /// By name; of a pair `a>b` the first; anything unknown is the legs.
    pub fn of(name: &str) -> Self {
        let first = name.split('>').next().unwrap_or("").trim();
        Muscle::ALL.into_iter().find(|m| m.name() == first).map_or(Self::Legs, Self::One)
    }

    fn most(self, legs: &LegState, value: impl Fn(&MuscleState) -> f64) -> f64 {
        match self {
            Self::One(muscle) => value(&legs.muscles[muscle]),
            Self::Legs => legs.muscles.iter().map(|(_, m)| value(m)).fold(0.0, f64::max),
        }
    }
}

/// When a value is wanted, in hours after the end of the bout.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    /// At one hour.
    At(f64),
    /// The largest value of a window.
    Peak(f64, f64),
    /// The mean over a window.
    Mean(f64, f64),
}

impl When {
    /// As an observation has it.
    pub fn of(row: &Observation) -> Self {
        let low = row.window_h.0.unwrap_or(0.0);
        let high = row.window_h.1.unwrap_or(USUAL_WINDOW_H).max(low);
        match (row.time_kind, row.time_h) {
            (TimeKind::At, Some(hour)) => Self::At(hour),
            (TimeKind::Range, _) if row.window_h.0.is_some() => Self::Mean(low, high),
            (TimeKind::Range, Some(hour)) => Self::At(hour),
            _ => Self::Peak(low, high),
        }
    }

    /// The middle of the time.
    pub fn middle_h(self) -> f64 {
        match self {
            Self::At(hour) => hour,
            Self::Peak(low, high) | Self::Mean(low, high) => 0.5 * (low + high.min(72.0)),
        }
    }
}

/// All bouts of an arm with the parameters that they were run with.
#[derive(Debug, Clone, Copy)]
pub struct Course<'a> {
    /// The bouts.
    pub runs: &'a [BoutRun],
    /// The parameters.
    pub p: &'a Parameters,
    /// Rise of creatine kinase per dose beyond the tolerance, as a fold of the level at rest.
    pub ck_gain: f64,
}

impl Course<'_> {
    /// The legs some hours after the end of a bout, later bouts included.
    fn legs(&self, bout: usize, hours: f64) -> Option<LegState> {
        let time_h = self.runs.get(bout)?.end_h + hours.max(0.0);
        let last = (bout..self.runs.len()).rev().find(|&k| self.runs[k].end_h <= time_h)?;
        let next_h = self.runs.get(last + 1).map_or(f64::INFINITY, |next| next.start_h);
        let wait = time_h.min(next_h) - self.runs[last].end_h;
        self.runs[last].after.advanced(wait.max(0.0), self.p).ok()
    }

    /// Hours of a window; one that begins before the next bout ends there.
    fn hours(&self, bout: usize, low: f64, high: f64) -> Vec<f64> {
        let end_h = self.runs.get(bout).map_or(0.0, |r| r.end_h);
        let next_h = self.runs.get(bout + 1).map_or(f64::INFINITY, |next| next.start_h) - end_h;
        let high = if low < next_h { high.min(next_h) } else { high }.max(low);
        let steps = ((high - low) / STEP_H).ceil().max(1.0);
        (0..=steps as usize).map(|k| low + (high - low) * k as f64 / steps).collect()
    }

    fn over(&self, bout: usize, when: When, value: impl Fn(&LegState) -> f64) -> Option<f64> {
        match when {
            When::At(hour) => self.legs(bout, hour).map(|l| value(&l)),
            When::Peak(low, high) => self
                .hours(bout, low, high)
                .into_iter()
                .filter_map(|h| self.legs(bout, h).map(|l| value(&l)))
                .reduce(f64::max),
            When::Mean(low, high) => {
                let hours = self.hours(bout, low, high);
                let n = hours.len() as f64;
                let sum = hours.into_iter().map(|h| self.legs(bout, h).map(|l| value(&l)));
                sum.sum::<Option<f64>>().map(|s| s / n)
            }
        }
    }

    /// Loss of strength in percent.
    pub fn strength(&self, bout: usize, target: Target, when: When) -> Option<f64> {
        self.over(bout, when, |legs| 100.0 * target.most(legs, |m| m.strength_loss(self.p)))
    }

    /// Soreness on top of a rating at rest.
    pub fn soreness(&self, bout: usize, target: Target, when: When, rest: f64) -> Option<f64> {
        let at_rest = drive_of(rest.clamp(0.0, 9.0));
        self.over(bout, when, |legs| {
            soreness_of(at_rest + target.most(legs, MuscleState::soreness_drive))
        })
    }

    /// Hour of the worst soreness: the top of a parabola through the highest of the steps.
    pub fn soreness_peak_h(&self, bout: usize, target: Target) -> Option<f64> {
        let hours = self.hours(bout, 0.0, USUAL_WINDOW_H);
        let values: Vec<f64> = hours
            .iter()
            .map(|&h| self.soreness(bout, target, When::At(h), 0.0))
            .collect::<Option<_>>()?;
        let top = (0..values.len()).max_by(|&a, &b| values[a].total_cmp(&values[b]))?;
        if top == 0 || top + 1 == values.len() {
            return Some(hours[top]);
        }
        let (a, b, c) = (values[top - 1], values[top], values[top + 1]);
        let bend = a - 2.0 * b + c;
        let off = if bend < 0.0 { 0.5 * (a - c) / bend } else { 0.0 };
        Some(hours[top] + off * (hours[top] - hours[top - 1]))
    }

    /// Rise of creatine kinase over rest, as a fold of rest.
    pub fn ck_rise(&self, bout: usize, when: When) -> Option<f64> {
        let run = self.runs.get(bout)?;
        let middle = 0.5 * (run.end_h - run.start_h);
        let shape = |hour: f64| {
            let x = ((hour + middle) / CK_PEAK_H).max(0.0);
            x * (1.0 - x).exp()
        };
        let shape = match when {
            When::At(hour) => shape(hour),
            When::Mean(low, high) => shape(0.5 * (low + high)),
            When::Peak(..) => 1.0,
        };
        Some(self.ck_gain * run.excess_dose * shape)
    }
}
