//! Rating scales and ratings: what people say about their soreness.

use crate::bounds;
use crate::error::Result;
use crate::units::{Muscle, Timestamp};

/// Which end of a scale is the bad one. There is no default: a scale without a direction means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Direction {
    /// The upper end is the sorest.
    HigherIsWorse,
    /// The upper end is the freshest.
    HigherIsBetter,
}

/// A rating scale with equal steps.
///
/// The ends are taken as no soreness and as the worst imaginable, so that any scale maps onto 0 to 10.
///
/// ```
/// use eccentric::soreness::Scale;
/// assert_eq!(Scale::VAS_0_100.soreness(30.0)?, 3.0);
/// assert_eq!(Scale::PMSYS.soreness(5.0)?, 0.0);
/// assert_eq!(Scale::PMSYS.soreness(1.0)?, 10.0);
/// assert!(Scale::PMSYS.soreness(0.0).is_err());
/// # Ok::<(), eccentric::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Scale {
    /// Lower end.
    pub min: f64,
    /// Upper end.
    pub max: f64,
    /// Distance between two neighbouring answers.
    pub step: f64,
    /// Which end is the sore one.
    pub direction: Direction,
}

impl Scale {
    /// Numeric rating scale, 0 none to 10 worst imaginable.
    pub const NRS_0_10: Self = Self::worse(0.0, 10.0);
    /// Visual analogue scale in mm, 0 none to 100 worst imaginable.
    pub const VAS_0_100: Self = Self::worse(0.0, 100.0);
    /// 1 none to 5 very sore.
    pub const WORSE_1_5: Self = Self::worse(1.0, 5.0);
    /// 1 very sore to 5 none.
    pub const BETTER_1_5: Self = Self::better(1.0, 5.0);
    /// 1 none to 7 very sore.
    pub const WORSE_1_7: Self = Self::worse(1.0, 7.0);
    /// 1 very sore to 7 none.
    pub const BETTER_1_7: Self = Self::better(1.0, 7.0);
    /// Soreness of intervals.icu: 1 low to 4 extreme.
    pub const INTERVALS_ICU: Self = Self::worse(1.0, 4.0);
    /// Hooper index: 1 very, very low to 7 very, very high.
    pub const HOOPER: Self = Self::worse(1.0, 7.0);
    /// PMSys: 1 very sore to 5 feeling great.
    pub const PMSYS: Self = Self::better(1.0, 5.0);

    /// Scales by the name that files and the command line use.
    pub const PRESETS: [(&'static str, Self); 9] = [
        ("nrs", Self::NRS_0_10),
        ("vas", Self::VAS_0_100),
        ("1-5-worse", Self::WORSE_1_5),
        ("1-5-better", Self::BETTER_1_5),
        ("1-7-worse", Self::WORSE_1_7),
        ("1-7-better", Self::BETTER_1_7),
        ("intervals.icu", Self::INTERVALS_ICU),
        ("hooper", Self::HOOPER),
        ("pmsys", Self::PMSYS),
    ];

    const fn worse(min: f64, max: f64) -> Self {
        Self { min, max, step: 1.0, direction: Direction::HigherIsWorse }
    }

    const fn better(min: f64, max: f64) -> Self {
        Self { min, max, step: 1.0, direction: Direction::HigherIsBetter }
    }

    /// A preset by its name, or a scale in steps of 1 written as `MIN-MAX-worse` or `MIN-MAX-better`,
    /// after what the upper end means. `None` for anything else: a scale without a direction is none.
    ///
    /// ```
    /// use eccentric::soreness::Scale;
    /// assert_eq!(Scale::named("hooper"), Some(Scale::HOOPER));
    /// assert_eq!(Scale::named("0-4-worse").map(|scale| scale.max), Some(4.0));
    /// assert_eq!(Scale::named("1-5"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        if let Some((_, scale)) = Self::PRESETS.iter().find(|(known, _)| *known == name) {
            return Some(*scale);
        }
        let mut parts = name.split('-');
        let (min, max, end) = (parts.next()?, parts.next()?, parts.next()?);
        let (min, max) = (min.parse().ok()?, max.parse().ok()?);
        let scale = match end {
            "worse" => Self::worse(min, max),
            "better" => Self::better(min, max),
            _ => return None,
        };
        (parts.next().is_none() && scale.check().is_ok()).then_some(scale)
    }

    /// The same scale read the other way round.
    #[must_use]
    pub const fn reversed(self) -> Self {
        let direction = match self.direction {
            Direction::HigherIsWorse => Direction::HigherIsBetter,
            Direction::HigherIsBetter => Direction::HigherIsWorse,
        };
        Self { direction, ..self }
    }

    /// Checks the ends and the step.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] for an end, a step or a number of steps that is not possible, such as
    /// that of a scale whose ends are the wrong way round.
    pub fn check(&self) -> Result<()> {
        bounds::SCALE_END.check(self.min)?;
        bounds::SCALE_END.check(self.max)?;
        bounds::SCALE_STEP.check(self.step)?;
        bounds::SCALE_STEPS.check((self.max - self.min) / self.step)?;
        Ok(())
    }

    /// Number of different answers.
    pub fn answers(&self) -> f64 {
        libm::floor((self.max - self.min) / self.step + 0.5) + 1.0
    }

    /// An answer as soreness from 0 to 10.
    ///
    /// # Errors
    /// As [`Scale::check`]; [`crate::Error::OutOfRange`] for an answer outside the scale.
    pub fn soreness(&self, value: f64) -> Result<f64> {
        self.check()?;
        self.check_value(value)?;
        Ok(self.on_ten(value))
    }

    fn check_value(&self, value: f64) -> Result<f64> {
        bounds::Bound { quantity: "rating", min: self.min, max: self.max, unit: "" }.check(value)
    }

    fn on_ten(&self, value: f64) -> f64 {
        let part = (value - self.min) / (self.max - self.min);
        match self.direction {
            Direction::HigherIsWorse => 10.0 * part,
            Direction::HigherIsBetter => 10.0 * (1.0 - part),
        }
    }

    /// Soreness, from 0 to 10, between which the answer is given: half a step to both sides. Answers
    /// at the ends of the scale stand for all that lies beyond.
    pub(crate) fn thresholds(&self, value: f64) -> (f64, f64) {
        let below = value - 0.5 * self.step;
        let above = value + 0.5 * self.step;
        let (a, b) = (self.on_ten(below), self.on_ten(above));
        let (under, over) = (below < self.min, above > self.max);
        let open = |at: f64, open: bool, end: f64| if open { end } else { at };
        match self.direction {
            Direction::HigherIsWorse => {
                (open(a, under, f64::NEG_INFINITY), open(b, over, f64::INFINITY))
            }
            Direction::HigherIsBetter => {
                (open(b, over, f64::NEG_INFINITY), open(a, under, f64::INFINITY))
            }
        }
    }
}

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Rating {
    /// When it was given. Where only the day is known, take the middle of that day.
    pub time: Timestamp,
    /// The answer, on its scale.
    pub value: f64,
    /// The scale.
    pub scale: Scale,
    /// The muscle group it is about; `None` for the legs as a whole, which feel like their sorest group.
    pub muscle: Option<Muscle>,
}

impl Rating {
    /// Checks the scale and that the answer lies on it.
    ///
    /// # Errors
    /// As [`Scale::soreness`].
    pub fn check(&self) -> Result<()> {
        self.scale.soreness(self.value).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_tile_the_line() {
        for (name, scale) in Scale::PRESETS {
            assert_eq!(Scale::named(name), Some(scale));
            let mut ends: Vec<(f64, f64)> = (0..scale.answers() as u32)
                .map(|k| scale.thresholds(scale.min + f64::from(k) * scale.step))
                .collect();
            ends.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert_eq!(ends[0].0, f64::NEG_INFINITY);
            assert_eq!(ends[ends.len() - 1].1, f64::INFINITY);
            for pair in ends.windows(2) {
                assert!((pair[0].1 - pair[1].0).abs() < 1e-12, "{name}: {pair:?}");
            }
        }
    }

    #[test]
    fn a_scale_must_have_a_length_and_steps() {
        let scale = Scale { min: 1.0, max: 1.0, ..Scale::NRS_0_10 };
        assert_eq!(
            scale.check().map_err(|error| error.to_string()),
            Err("steps of the rating scale is 0, allowed is 1 to 100000".into())
        );
        for step in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-9] {
            assert!(Scale { step, ..Scale::NRS_0_10 }.check().is_err(), "{step}");
        }
        assert!(Scale { max: f64::NAN, ..Scale::NRS_0_10 }.check().is_err());
    }

    #[test]
    fn a_reversed_scale_is_the_mirror_image() {
        for value in [1.0, 2.0, 5.0] {
            let (low, high) = Scale::WORSE_1_5.thresholds(value);
            let mirrored = Scale::BETTER_1_5.thresholds(6.0 - value);
            assert_eq!(mirrored, (low, high));
        }
    }
}
