//! The forecast from a state of the legs.

use alloc::vec;
use alloc::vec::Vec;

use super::along::{LossAlong, SorenessAlong};
use super::passing::{Follower, Seen};
use super::series::{Known, Series, Spread, upper_z};
use crate::bounds;
use crate::damage::{Fade, LegState};
use crate::error::Result;
use crate::math::normal_cdf;
use crate::params::Parameters;
use crate::person::Profile;
use crate::units::{PerMuscle, Timestamp};

/// What a forecast covers.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct ForecastOptions {
    /// How far ahead, in hours.
    pub hours: f64,
    /// Time between two values, in hours.
    pub step_h: f64,
    /// Levels of the intervals, e.g. 0.8.
    pub levels: Vec<f64>,
    /// Soreness below which the legs count as clear, 0 to 10.
    pub clear_below: f64,
    /// Probability with which they shall be clear at [`Clear::likely_at`].
    pub clear_probability: f64,
}

impl Default for ForecastOptions {
    /// A week by the hour, 80 % intervals, clear below 1 of 10, likely at 90 %.
    fn default() -> Self {
        Self {
            hours: 168.0,
            step_h: 1.0,
            levels: vec![0.8],
            clear_below: 1.0,
            clear_probability: 0.9,
        }
    }
}

impl ForecastOptions {
    /// Checks every field.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] that names the field.
    pub fn check(&self) -> Result<()> {
        bounds::FORECAST_HOURS.check(self.hours)?;
        bounds::FORECAST_STEP.check(self.step_h)?;
        for (index, &level) in self.levels.iter().enumerate() {
            bounds::LEVEL.check_at(level, index)?;
        }
        bounds::SORENESS.check(self.clear_below)?;
        bounds::LEVEL.check(self.clear_probability)?;
        Ok(())
    }
}

/// The highest soreness to come, beyond the end of the forecast if it is still rising there.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Peak {
    /// When.
    pub time: Timestamp,
    /// How sore, 0 to 10 (median).
    pub soreness: f64,
}

/// When the soreness has passed.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Clear {
    /// Soreness below which the legs count as clear.
    pub below: f64,
    /// From when on the median stays below it, to the hour, also beyond the end of the forecast;
    /// `None` if not within 60 days.
    pub at: Option<Timestamp>,
    /// Probability that soreness is below the threshold at that time.
    pub probability: Option<f64>,
    /// From when on the probability stays at or above the one that was asked for.
    pub likely_at: Option<Timestamp>,
}

/// Highest values of one day of 24 hours, counted from the start of the forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Day {
    /// First time of the forecast on that day.
    pub start: Timestamp,
    /// Highest median soreness, 0 to 10.
    pub soreness: f64,
    /// Highest median loss of strength, a fraction.
    pub strength_loss: f64,
}

/// Forecast of one muscle group.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct MuscleForecast {
    /// Soreness from 0 to 10; the intervals are those of one rating.
    pub soreness: Series,
    /// Loss of strength as a fraction of the rested strength.
    pub strength_loss: Series,
    /// Probability that soreness is below the threshold of [`Clear`].
    pub clear_probability: Vec<f64>,
    /// The highest soreness to come.
    pub peak: Peak,
    /// When the soreness has passed.
    pub clear: Clear,
    /// The same by day.
    pub days: Vec<Day>,
}

/// A forecast: the same times for all muscle groups.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Forecast {
    /// Times of the values, the first one at the start.
    pub times: Vec<Timestamp>,
    /// Forecast of each muscle group.
    pub muscles: PerMuscle<MuscleForecast>,
}

/// Soreness and loss of strength at one time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Felt {
    /// Soreness, 0 to 10.
    pub soreness: f64,
    /// Loss of strength, a fraction.
    pub strength_loss: f64,
}

impl LegState {
    /// The forecast for a person about whom nothing else is known.
    ///
    /// # Errors
    /// As [`forecast`].
    pub fn forecast(&self, options: &ForecastOptions, p: &Parameters) -> Result<Forecast> {
        forecast(self, &Spread::population(self.load_relative_se(), p)?, options, p)
    }

    /// The forecast for a person of whom ratings have taught something. The state is one under
    /// [`crate::person::Person::parameters`]. Without ratings, this is [`LegState::forecast`].
    ///
    /// # Errors
    /// As [`forecast`], and for an impossible profile.
    pub fn forecast_for(
        &self,
        profile: &Profile,
        options: &ForecastOptions,
        p: &Parameters,
    ) -> Result<Forecast> {
        profile.check()?;
        let own = profile.person.parameters(p);
        let known = Known::of(profile, self.load_relative_se(), p)?;
        ahead_of(self, &known, options, &own)
    }

    /// Soreness and loss of strength of each muscle group now.
    pub fn felt(&self, p: &Parameters) -> PerMuscle<Felt> {
        self.muscles.map(|m| Felt { soreness: m.soreness(), strength_loss: m.strength_loss(p) })
    }
}

/// Loss of strength of a person's legs in states that follow each other, as in a forecast, one series
/// for each muscle group; for a profile and levels that have passed their checks.
pub(crate) fn losses_along<'a>(
    states: impl Iterator<Item = &'a LegState> + Clone,
    profile: &Profile,
    levels: &[f64],
    p: &Parameters,
) -> Result<PerMuscle<Series>> {
    let own = profile.person.parameters(p);
    let z: Vec<f64> = levels.iter().map(|&level| upper_z(level)).collect();
    let known = states
        .clone()
        .map(|legs| Known::of(profile, legs.load_relative_se(), p))
        .collect::<Result<Vec<_>>>()?;
    Ok(PerMuscle::from_fn(|muscle| {
        let states = states.clone().map(|legs| &legs.muscles[muscle]);
        LossAlong::through(states.zip(&known), &own).series(levels, &z)
    }))
}

/// Forecast from a state of the legs, with no running ahead.
///
/// # Errors
/// [`crate::Error::OutOfRange`] for impossible options, spread or state.
///
/// ```
/// use eccentric::{activity::Segment, damage::LegState, load::{DoseModel, Runner}};
/// use eccentric::forecast::{ForecastOptions, Spread, forecast};
/// use eccentric::{params::Parameters, Timestamp};
/// let p = Parameters::default();
/// let model = DoseModel::new(&p, &Runner::default())?;
/// let run = model.load(Timestamp::from_unix_s(0), &[Segment::steady(-0.16, 3.0, 1800.0)])?;
/// let legs = LegState::rested(run.start).after(&run, &p)?;
/// let spread = Spread { rating_noise: 0.5, ..Spread::population(legs.load_relative_se(), &p)? };
/// let ahead = forecast(&legs, &spread, &ForecastOptions::default(), &p)?;
/// let peak = ahead.muscles.quadriceps.peak;
/// assert!(peak.time.hours_since(run.end()) > 24.0);
/// # Ok::<(), eccentric::Error>(())
/// ```
pub fn forecast(
    legs: &LegState,
    spread: &Spread,
    options: &ForecastOptions,
    p: &Parameters,
) -> Result<Forecast> {
    spread.check()?;
    ahead_of(legs, &Known::Population(*spread), options, p)
}

fn ahead_of(
    legs: &LegState,
    known: &Known<'_>,
    options: &ForecastOptions,
    p: &Parameters,
) -> Result<Forecast> {
    options.check()?;
    legs.check()?;
    let ahead = Ahead::of(options, p);
    let times: Vec<Timestamp> = ahead.hours.iter().map(|&h| legs.time.add_hours(h)).collect();
    let z: Vec<f64> = options.levels.iter().map(|&level| upper_z(level)).collect();
    let mut follower = Follower::new(legs.time, known, options, p);
    let muscles = PerMuscle::from_fn(|muscle| {
        let state = &legs.muscles[muscle];
        let along = SorenessAlong::of(state, &ahead.fades, known);
        let (medians, sds_below) = (along.medians(), along.sds_below(options.clear_below));
        let cut = |(&level, &z): (&f64, &f64)| along.rating_interval(level, z);
        let intervals = options.levels.iter().zip(&z).map(cut).collect();
        let losses = LossAlong::of(state, &ahead.fades, known, p);
        let strength_loss = losses.series(&options.levels, &z);
        let days = days(&ahead, &times, &medians, &strength_loss.point);
        let clear_probability = sds_below.iter().map(|&z| normal_cdf(z)).collect();
        let soreness = Series { point: medians.clone(), intervals };
        let hourly = options.step_h == 1.0;
        let seen = if hourly { Seen { medians, sds_below } } else { Seen::default() };
        let (peak, clear) = follower.follow(state, seen);
        MuscleForecast { soreness, strength_loss, clear_probability, peak, clear, days }
    });
    Ok(Forecast { times, muscles })
}

/// The hours of a forecast, what fades until each of them, and the day that each belongs to, counted from
/// the start; the end belongs to the last day.
pub(super) struct Ahead {
    pub hours: Vec<f64>,
    pub fades: Vec<Fade>,
    pub days: Vec<usize>,
}

impl Ahead {
    pub fn of(options: &ForecastOptions, p: &Parameters) -> Self {
        let steps = libm::floor(options.hours / options.step_h + 1.0e-9) as u32;
        let hours: Vec<f64> = (0..=steps).map(|k| f64::from(k) * options.step_h).collect();
        let fades = Fade::over_each(&hours, p);
        let end = hours.last().copied().unwrap_or(0.0);
        let count = libm::ceil(end / 24.0 - 1.0e-9).max(1.0);
        let day = |&hours: &f64| libm::floor(hours / 24.0 + 1.0e-9).min(count - 1.0) as usize;
        let days = hours.iter().map(day).collect();
        Self { hours, fades, days }
    }
}

fn days(ahead: &Ahead, times: &[Timestamp], soreness: &[f64], strength_loss: &[f64]) -> Vec<Day> {
    let highest = |values: &[f64]| values.iter().fold(0.0, |a, &b| if b > a { b } else { a });
    let mut from = 0;
    let mut day = |hours: &[usize]| {
        let these = from..from + hours.len();
        from = these.end;
        Day {
            start: times[these.start],
            soreness: highest(&soreness[these.clone()]),
            strength_loss: highest(&strength_loss[these]),
        }
    };
    ahead.days.chunk_by(|a, b| a == b).map(&mut day).collect()
}
