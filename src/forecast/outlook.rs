//! The forecast from a state of the legs.

use alloc::vec;
use alloc::vec::Vec;

use super::series::{Response, Series, Spread, upper_z};
use crate::bounds;
use crate::damage::{Decay, LegState, MuscleState};
use crate::error::Result;
use crate::params::Parameters;
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

/// The highest point of the soreness forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Peak {
    /// When.
    pub time: Timestamp,
    /// How sore, 0 to 10 (median).
    pub soreness: f64,
    /// Position among the times of the forecast.
    pub index: usize,
}

/// When the soreness has passed.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Clear {
    /// Soreness below which the legs count as clear.
    pub below: f64,
    /// From when on the median stays below it; `None` if not within the forecast.
    pub at: Option<Timestamp>,
    /// Probability that soreness is below the threshold at that time.
    pub probability: f64,
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

    /// Soreness and loss of strength of each muscle group now.
    pub fn felt(&self, p: &Parameters) -> PerMuscle<Felt> {
        self.muscles.map(|m| Felt { soreness: m.soreness(), strength_loss: m.strength_loss(p) })
    }
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
    options.check()?;
    spread.check()?;
    legs.check()?;
    let ahead = Ahead::of(options, p);
    let times: Vec<Timestamp> = ahead.hours.iter().map(|&h| legs.time.add_hours(h)).collect();
    let z: Vec<f64> = options.levels.iter().map(|&level| upper_z(level)).collect();
    let muscles = legs.muscles.map(|m| muscle_forecast(m, &ahead, &times, spread, &z, options, p));
    Ok(Forecast { times, muscles })
}

/// The hours of a forecast and the decay until each of them.
pub(super) struct Ahead {
    pub hours: Vec<f64>,
    pub decays: Vec<Decay>,
}

impl Ahead {
    pub fn of(options: &ForecastOptions, p: &Parameters) -> Self {
        let steps = libm::floor(options.hours / options.step_h + 1.0e-9) as u32;
        let hours: Vec<f64> = (0..=steps).map(|k| f64::from(k) * options.step_h).collect();
        let decays = hours.iter().map(|&h| Decay::over(h, p)).collect();
        Self { hours, decays }
    }

    /// Day of the forecast that an hour belongs to, counted from its start.
    pub fn day(hours: f64) -> usize {
        libm::floor(hours / 24.0 + 1.0e-9) as usize
    }
}

fn muscle_forecast(
    state: &MuscleState,
    ahead: &Ahead,
    times: &[Timestamp],
    spread: &Spread,
    z: &[f64],
    options: &ForecastOptions,
    p: &Parameters,
) -> MuscleForecast {
    let mut soreness = Series::with_capacity(&options.levels, times.len());
    let mut strength_loss = Series::with_capacity(&options.levels, times.len());
    let mut clear_probability = Vec::with_capacity(times.len());
    for decay in &ahead.decays {
        let response = Response::of(&state.advanced(decay), spread);
        soreness.push(response.soreness(), z.iter().map(|&z| response.rating_interval(z)));
        strength_loss.push(
            response.strength_loss(0.0, p),
            z.iter().map(|&z| (response.strength_loss(-z, p), response.strength_loss(z, p))),
        );
        clear_probability.push(response.probability_below(options.clear_below));
    }
    MuscleForecast {
        peak: peak(times, &soreness.point),
        clear: clear(times, &clear_probability, options),
        days: days(ahead, times, &soreness.point, &strength_loss.point),
        soreness,
        strength_loss,
        clear_probability,
    }
}

fn peak(times: &[Timestamp], soreness: &[f64]) -> Peak {
    let mut index = 0;
    for (k, value) in soreness.iter().enumerate() {
        if *value > soreness[index] {
            index = k;
        }
    }
    Peak { time: times[index], soreness: soreness[index], index }
}

fn clear(times: &[Timestamp], probability: &[f64], options: &ForecastOptions) -> Clear {
    // First time from which on the probability never falls below the wanted one again.
    let from = |wanted: f64| {
        let below = probability.iter().rposition(|&p| p < wanted);
        let first = below.map_or(0, |k| k + 1);
        (first < times.len()).then_some(first)
    };
    let at = from(0.5);
    Clear {
        below: options.clear_below,
        at: at.map(|k| times[k]),
        probability: at.map_or(0.0, |k| probability[k]),
        likely_at: from(options.clear_probability).map(|k| times[k]),
    }
}

fn days(ahead: &Ahead, times: &[Timestamp], soreness: &[f64], strength_loss: &[f64]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for (k, &hours) in ahead.hours.iter().enumerate() {
        let number = Ahead::day(hours);
        if days.len() <= number {
            days.push(Day { start: times[k], soreness: 0.0, strength_loss: 0.0 });
        }
        if let Some(day) = days.last_mut() {
            day.soreness = day.soreness.max(soreness[k]);
            day.strength_loss = day.strength_loss.max(strength_loss[k]);
        }
    }
    days
}
