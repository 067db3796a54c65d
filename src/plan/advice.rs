//! What a forecast asks for in words: no more than the evidence carries.

use crate::forecast::{Forecast, MuscleForecast};
use crate::params::fixed::{SEVERE_SORENESS, SEVERE_STRENGTH_LOSS};

/// When to see a doctor. Fixed words; every severe forecast carries them.
pub const RED_FLAGS: &str = "See a doctor for dark urine, severe swelling, or weakness or pain that still \
     grows after day 4.";

/// What to do after a hard descent. It promises no protection from injury.
///
/// Running costs more for three days after half an hour down 15 % (Chen, Nosaka and Tu 2007, J Sports Sci
/// 25, tier B); a second exhausting descent after four days finds legs that have not recovered
/// (10.1152/japplphysiol.00738.2007, tier B); easy running on the level in these days neither speeds
/// recovery up nor slows it down (Chen and others 2008, tier B).
pub const EASY_DAYS: &str = "At least two or three easy days after a hard descent: easy running on the level \
     neither helps nor harms, strength comes back later than soreness goes.";

/// What to say with a forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// Whether a muscle group may get so sore, or so weak, that a doctor could be needed: a median
    /// soreness of [`SEVERE_SORENESS`] or a median loss of strength of [`SEVERE_STRENGTH_LOSS`].
    pub severe: bool,
    /// What to do, if soreness is to come that isn't clear at once.
    pub recovery: Option<&'static str>,
    /// When to see a doctor, with a severe forecast.
    pub red_flags: Option<&'static str>,
}

impl Advice {
    /// The sentences, the more urgent one last.
    pub fn sentences(&self) -> impl Iterator<Item = &'static str> {
        self.recovery.into_iter().chain(self.red_flags)
    }
}

/// What a forecast asks for.
///
/// ```
/// use eccentric::{activity::Segment, damage::LegState, load::{DoseModel, Runner}};
/// use eccentric::{forecast::ForecastOptions, params::Parameters, plan, Timestamp};
/// let p = Parameters::default();
/// let model = DoseModel::new(&p, &Runner::default())?;
/// let after = |minutes: f64| {
///     let descent = Segment::steady(-0.16, 3.0, 60.0 * minutes);
///     let run = model.load(Timestamp::from_unix_s(0), &[descent])?;
///     let legs = LegState::rested(run.start).after(&run, &p)?;
///     Ok(plan::advice(&legs.forecast(&ForecastOptions::default(), &p)?))
/// };
/// assert!(after(90.0)?.severe && after(90.0)?.red_flags == Some(plan::RED_FLAGS));
/// assert!(!after(5.0)?.severe && after(5.0)?.recovery == Some(plan::EASY_DAYS));
/// assert_eq!(after(0.0)?.recovery, None);
/// # Ok::<(), eccentric::Error>(())
/// ```
pub fn advice(forecast: &Forecast) -> Advice {
    let any = |what: fn(&MuscleForecast) -> bool| forecast.muscles.iter().any(|(_, m)| what(m));
    let severe = any(|m| {
        let weakest = m.strength_loss.point.iter().copied().fold(0.0, f64::max);
        m.peak.soreness >= SEVERE_SORENESS || weakest >= SEVERE_STRENGTH_LOSS
    });
    let sore = any(|m| m.peak.soreness >= m.clear.below);
    Advice {
        severe,
        recovery: (severe || sore).then_some(EASY_DAYS),
        red_flags: severe.then_some(RED_FLAGS),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]

    use super::*;
    use crate::damage::LegState;
    use crate::forecast::ForecastOptions;
    use crate::params::Parameters;
    use crate::units::{Muscle, Timestamp};

    /// The advice for legs of which one muscle group has this drive of soreness and this fatigue.
    fn with(muscle: Muscle, drive: f64, fatigue: f64) -> Advice {
        let p = Parameters::default();
        let mut legs = LegState::rested(Timestamp::from_unix_s(0));
        legs.muscles[muscle].soreness_at_once = drive;
        legs.muscles[muscle].fatigue = fatigue;
        advice(&legs.forecast(&ForecastOptions::default(), &p).unwrap_or_else(|e| panic!("{e}")))
    }

    /// A drive of 0.82 is a soreness of 4.51, one of 0.81 is 4.48.
    #[test]
    fn every_muscle_group_can_make_a_forecast_severe() {
        for muscle in Muscle::ALL {
            assert!(with(muscle, 0.82, 0.0).severe && !with(muscle, 0.81, 0.0).severe);
            assert_eq!(with(muscle, 0.82, 0.0).red_flags, Some(RED_FLAGS));
            assert_eq!(with(muscle, 0.81, 0.0).red_flags, None);
            // A loss of L needs z = L / (1 - L / L_max).
            let z = |loss: f64| loss / (1.0 - loss / Parameters::default().strength_loss_max);
            assert!(with(muscle, 0.0, z(0.301)).severe && !with(muscle, 0.0, z(0.299)).severe);
        }
    }

    #[test]
    fn the_words_say_what_they_must() {
        for word in ["dark urine", "severe swelling", "weakness or pain", "after day 4", "doctor"] {
            assert!(RED_FLAGS.contains(word), "{word}");
        }
        assert!(EASY_DAYS.contains("two or three easy days"));
        assert!(!EASY_DAYS.contains("prevent") && !EASY_DAYS.contains("injur"));
        assert_eq!(with(Muscle::Calves, 5.0, 0.0).sentences().last(), Some(RED_FLAGS));
        assert_eq!(with(Muscle::Calves, 0.0, 0.0).sentences().count(), 0);
    }
}
