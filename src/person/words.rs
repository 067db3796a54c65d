//! What was learned, in words.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::matrix::{BASELINE, PROTECTION, RECOVERY, SORENESS};
use super::profile::{Person, Profile, Termination, prior};
use crate::math::{exp, sqrt};
use crate::params::Parameters;

/// How much data stands behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Trust {
    /// As good as nothing: it is the population's.
    Off,
    /// Some: it has left the population, with wide limits.
    Low,
    /// Enough: its standard deviation is below half of the population's.
    Ok,
}

impl Trust {
    /// Word for people and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Low => "low",
            Self::Ok => "ok",
        }
    }
}

/// Gain in log probability above which a reversed scale is worth a warning.
const REVERSED: f64 = 3.0;

impl Profile {
    /// How much stands behind each number, in the order of [`Person::NAMES`].
    pub fn trust(&self, p: &Parameters) -> [Trust; Person::NAMES.len()] {
        let (now, before) = (self.sds(), prior(p).sds());
        core::array::from_fn(|i| match now[i] / before[i] {
            part if self.ratings == 0 || part > 0.9 => Trust::Off,
            part if part > 0.5 => Trust::Low,
            _ => Trust::Ok,
        })
    }

    /// What was learned, how sure it is and what would teach most next, a sentence each.
    pub fn words(&self, p: &Parameters) -> Vec<String> {
        let mut words = Vec::new();
        let plural = if self.ratings == 1 { "" } else { "s" };
        words.push(if self.ratings == 0 {
            String::from("No ratings yet: everything is the population's.")
        } else {
            format!("Learned from {} rating{plural}.", self.ratings)
        });
        let trust = self.trust(p);
        let said = [
            (SORENESS, "your legs get", "more sore", "less sore", "how sore you get"),
            (
                RECOVERY,
                "your legs take",
                "longer to recover",
                "less long to recover",
                "how fast you recover",
            ),
            (PROTECTION, "a descent protects you", "more", "less", "how well descents protect you"),
        ];
        if self.ratings > 0 {
            for (number, subject, more, less, open) in said {
                words.push(self.sentence(number, trust[number], subject, more, less, open));
            }
            if trust[BASELINE] == Trust::Ok && self.person.baseline.abs() > 0.3 {
                words
                    .push(format!("Without any load you rate {:+.1} of 10.", self.person.baseline));
            }
        }
        if self.rated_from > 0.0 {
            words.push(String::from(
                "You only rate when something is felt; ratings of fresh legs would teach more.",
            ));
        }
        if self.reversed_gain > REVERSED {
            words.push(format!(
                "The ratings fit far better the other way round (by a factor of {}): is the direction of the scale right?",
                factor(self.reversed_gain)
            ));
        }
        if !matches!(
            self.termination,
            Termination::Converged | Termination::Updated | Termination::NoRatings
        ) {
            words.push(String::from(
                "The search for you did not come to rest: take this with care.",
            ));
        }
        words.push(String::from(self.next(&trust)));
        words
    }

    /// "Your legs get 30 % less sore than most (10 to 50 %)."
    fn sentence(
        &self,
        number: usize,
        trust: Trust,
        subject: &str,
        more: &str,
        less: &str,
        open: &str,
    ) -> String {
        if trust == Trust::Off {
            return format!("Still open: {open}.");
        }
        let (mean, sd) =
            (self.person.numbers()[number], sqrt(self.covariance[number][number].max(0.0)));
        let percent = |log: f64| 100.0 * (exp(log) - 1.0);
        // 80 %: one in ten lies below, one in ten above.
        let (low, high) = (percent(mean - 1.2816 * sd), percent(mean + 1.2816 * sd));
        let unsure = if trust == Trust::Low { ", still uncertain" } else { "" };
        if low < 0.0 && high > 0.0 && percent(mean).abs() < 10.0 {
            return format!("About like most: {open} ({low:+.0} to {high:+.0} %{unsure}).");
        }
        let (size, word) = if mean < 0.0 { (-percent(mean), less) } else { (percent(mean), more) };
        format!(
            "About {size:.0} % ({low:+.0} to {high:+.0} %{unsure}): {subject} {word} than most."
        )
    }

    fn next(&self, trust: &[Trust; Person::NAMES.len()]) -> &'static str {
        if trust[SORENESS] < Trust::Ok {
            "Most would teach: a rating one and two days after your next descent."
        } else if trust[RECOVERY] < Trust::Ok {
            "Most would teach: ratings on the third to fifth day after a descent, until nothing is felt."
        } else if trust[PROTECTION] < Trust::Ok {
            "Most would teach: ratings after two similar descents, one to four weeks apart."
        } else {
            "A rating now and then keeps this up to date."
        }
    }
}

/// e to the power of a gain, for people.
fn factor(gain: f64) -> String {
    if gain > 13.8 { String::from("more than a million") } else { format!("{:.0}", exp(gain)) }
}
