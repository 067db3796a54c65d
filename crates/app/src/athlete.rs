//! One athlete: the runs that count, in order, and what was learned from ratings.

use eccentric::damage::Habit;
use eccentric::forecast::History;
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::person::{Profile, prior};
use eccentric::plan::{Descent, Descents};
use eccentric::{Result, Timestamp};

use crate::history::Joined;
use crate::runs::{Failure, Run};

/// Days over which a runner's usual descent is taken.
const USUAL_DAYS: f64 = 90.0;

/// The runs, the body, and what was learned.
#[derive(Debug)]
pub struct Athlete {
    /// In order of time, without overlaps.
    pub runs: Vec<Run>,
    /// The same for the model.
    pub history: History,
    /// What was learned from ratings; the population without any.
    pub profile: Profile,
    /// The runner under the population's constants.
    pub model: DoseModel,
    /// Runs that have no place among the others.
    pub left_out: Vec<Failure>,
}

/// What was asked of the descent that is trained on.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct AskedDescent {
    /// Grade, negative.
    pub grade: Option<f64>,
    /// Speed in m/s.
    pub speed_m_s: Option<f64>,
}

impl Athlete {
    /// From runs that were carried by this runner; without a profile, one out of the population.
    ///
    /// # Errors
    /// As [`DoseModel::new`].
    pub fn new(
        joined: Joined,
        runner: &Runner,
        habit: Habit,
        profile: Option<Profile>,
    ) -> Result<Self> {
        let p = Parameters::default();
        let history = joined.history(habit);
        Ok(Self {
            runs: joined.runs,
            history,
            profile: profile.unwrap_or_else(|| prior(&p)),
            model: DoseModel::new(&p, runner)?,
            left_out: joined.left_out,
        })
    }

    /// The descent to train on: what was asked for, else the usual one of the last 90 days, else a
    /// middling one; and where it comes from.
    ///
    /// # Errors
    /// [`eccentric::Error::OutOfRange`] for a descent that is none.
    pub fn descent(&self, asked: &AskedDescent, at: Timestamp) -> Result<(Descent, &'static str)> {
        let lately = self.runs.iter().filter(|run| {
            run.load.end() <= at && at.hours_since(run.load.start) <= 24.0 * USUAL_DAYS
        });
        let sum = lately.fold(Descents::default(), |sum, run| sum.plus(&run.descents));
        let (usual, from) = match sum.usual() {
            Some(usual) => (usual, "usual"),
            None => (Descent::default(), "default"),
        };
        let descent = Descent {
            grade: asked.grade.unwrap_or(usual.grade),
            speed_m_s: asked.speed_m_s.unwrap_or(usual.speed_m_s),
        };
        descent.check()?;
        let given = asked.grade.is_some() && asked.speed_m_s.is_some();
        Ok((descent, if given { "given" } else { from }))
    }
}

/// A descent in words: "-12 % at 5:18 min/km".
pub fn in_words(descent: &Descent) -> String {
    let s_per_km = (1000.0 / descent.speed_m_s).round();
    let (minutes, seconds) = ((s_per_km / 60.0).floor(), s_per_km % 60.0);
    format!("{:.0} % at {minutes}:{seconds:02.0} min/km", 100.0 * descent.grade)
}
