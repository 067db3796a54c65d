//! The forecast from a whole history of runs: the state, the state before today's run, and what
//! each run contributes.

use alloc::vec::Vec;

use super::outlook::{Ahead, Felt, Forecast, ForecastOptions};
use crate::damage::{DamageModel, Habit, LegState};
use crate::error::{Error, Result};
use crate::load::EccentricLoad;
use crate::params::Parameters;
use crate::person::{self, Observation, Person, Profile};
use crate::units::{PerMuscle, Timestamp};

/// Runs older than this no longer make anyone sore, in hours.
const DRIVER_HOURS: f64 = 21.0 * 24.0;

/// A history of runs and what the legs were used to before it.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct History {
    /// What the legs were used to before the first run.
    pub habit: Habit,
    /// The runs in order of time, none starting before the one before it has ended.
    pub loads: Vec<EccentricLoad>,
}

/// What one run contributes to the soreness ahead.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Driver {
    /// Index of the run in the history.
    pub run: usize,
    /// Its share of the soreness ahead, over all hours and muscle groups. Shares of all runs add up to
    /// 1, but for what runs older than three weeks have left.
    pub share: f64,
    /// Its share in each muscle group on each day of the forecast.
    pub share_by_day: PerMuscle<Vec<f64>>,
}

/// A forecast with its background.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Outlook {
    /// State of the legs at the start of the forecast: what an app stores.
    pub state: LegState,
    /// The legs just before the latest run.
    pub before: PerMuscle<Felt>,
    /// The days ahead.
    pub forecast: Forecast,
    /// The runs that matter, the largest share first.
    pub drivers: Vec<Driver>,
}

/// Where the replay of a history stands.
struct Replay {
    state: LegState,
    before: LegState,
    parts: Vec<(usize, LegState)>,
}

impl History {
    /// Checks the runs and their order.
    ///
    /// # Errors
    /// [`Error::HistoryOrder`] with the index of the run that starts too early,
    /// [`Error::OutOfRange`] for an impossible load.
    pub fn check(&self) -> Result<()> {
        for load in &self.loads {
            load.check()?;
        }
        for (index, pair) in self.loads.windows(2).enumerate() {
            if pair[1].start < pair[0].end() {
                return Err(Error::HistoryOrder { index: index + 1 });
            }
        }
        Ok(())
    }

    /// The state of the legs at a time, from all runs that have ended by then.
    ///
    /// # Errors
    /// [`Error::HistoryOrder`], [`Error::OutOfRange`] for impossible parameters.
    pub fn state_at(&self, time: Timestamp, p: &Parameters) -> Result<LegState> {
        self.state_of(&Person::default(), time, p)
    }

    /// The state of a person's legs at a time; [`History::state_at`] is that of the population's middle.
    ///
    /// # Errors
    /// As [`History::state_at`].
    pub fn state_of(&self, person: &Person, time: Timestamp, p: &Parameters) -> Result<LegState> {
        Ok(self.replay(person, time, p)?.state)
    }

    /// Learns the person from what was observed, as [`person::fit`].
    ///
    /// # Errors
    /// As [`History::check`] and [`person::fit`].
    pub fn fit(&self, observations: &[Observation], p: &Parameters) -> Result<Profile> {
        self.check()?;
        person::fit(self.habit, &self.loads, observations, p)
    }

    /// The forecast from a time on. Runs that have not ended by then are left out.
    ///
    /// # Errors
    /// As [`History::state_at`] and [`LegState::forecast`].
    pub fn outlook(
        &self,
        from: Timestamp,
        options: &ForecastOptions,
        p: &Parameters,
    ) -> Result<Outlook> {
        self.outlook_for(&person::prior(p), from, options, p)
    }

    /// The forecast for a person of whom ratings have taught something. Without ratings, this is
    /// [`History::outlook`].
    ///
    /// # Errors
    /// As [`History::outlook`], and for an impossible profile.
    pub fn outlook_for(
        &self,
        profile: &Profile,
        from: Timestamp,
        options: &ForecastOptions,
        p: &Parameters,
    ) -> Result<Outlook> {
        profile.check()?;
        let profile = &profile.at(from);
        let own = profile.person.parameters(p);
        let replay = self.replay(&profile.person, from, p)?;
        let forecast = replay.state.forecast_for(profile, options, p)?;
        let drivers = drivers(&replay, from, &Ahead::of(options, &own), &own)?;
        Ok(Outlook { state: replay.state, before: replay.before.felt(p), forecast, drivers })
    }

    /// Runs so old that nothing else is left of them by the latest run only add to the protection.
    fn replay(&self, person: &Person, time: Timestamp, p: &Parameters) -> Result<Replay> {
        self.check()?;
        let own = person.parameters(p);
        let ended = self.loads.partition_point(|load| load.end() <= time);
        let loads = &self.loads[..ended];
        let start = self.loads.first().map_or(time, |load| load.start.min(time));
        let latest = loads.last().map_or(start, |load| load.start);
        let memory_h = LegState::memory_h(&own);
        let mut state = person.legs(self.habit, start, p)?;
        let model = DamageModel::new(&own);
        let mut before = state;
        let mut parts = Vec::new();
        for (index, load) in loads.iter().enumerate() {
            if index + 1 == ended {
                before = state.moved_to(load.start.max(state.time), &own)?;
            }
            if latest.hours_since(load.end()) > memory_h {
                state = state.protected_by(load, &own)?;
            } else if time.hours_since(load.end()) > DRIVER_HOURS {
                state = state.having_run(load, &model)?;
            } else {
                let (whole, part) = state.having_run_with_part(load, &model)?;
                state = whole;
                parts.push((index, part));
            }
        }
        Ok(Replay { state: state.moved_to(time, &own)?, before, parts })
    }
}

/// Shares of the drive of soreness, summed over the hours of each day.
fn drivers(replay: &Replay, from: Timestamp, ahead: &Ahead, p: &Parameters) -> Result<Vec<Driver>> {
    let whole = drive_by_day(&replay.state, ahead);
    let total = sum(&whole);
    let mut drivers = Vec::with_capacity(replay.parts.len());
    for (run, part) in &replay.parts {
        let part = drive_by_day(&part.moved_to(from, p)?, ahead);
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let share_by_day = PerMuscle::from_fn(|muscle| {
            part[muscle].iter().zip(&whole[muscle]).map(|(&a, &b)| share(a, b)).collect()
        });
        drivers.push(Driver { run: *run, share: share(sum(&part), total), share_by_day });
    }
    drivers.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.run.cmp(&b.run)));
    Ok(drivers)
}

fn drive_by_day(state: &LegState, ahead: &Ahead) -> PerMuscle<Vec<f64>> {
    state.muscles.map(|m| {
        let mut sums = Vec::new();
        for (&day, fade) in ahead.days.iter().zip(&ahead.fades) {
            if sums.len() <= day {
                sums.push(0.0);
            }
            if let Some(sum) = sums.last_mut() {
                *sum += m.drive_after(fade);
            }
        }
        sums
    })
}

fn sum(by_day: &PerMuscle<Vec<f64>>) -> f64 {
    by_day.iter().map(|(_, days)| days.iter().sum::<f64>()).sum()
}
