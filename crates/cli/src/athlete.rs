//! One athlete: the runs that could be read, in order, and what was learned from ratings.

use eccentric::forecast::History;
use eccentric::load::DoseModel;
use eccentric::params::Parameters;
use eccentric::person::{Profile, prior};
use eccentric::plan::{Descent, Descents};
use eccentric::{Result as ModelResult, Timestamp};

use crate::args::{AthleteArgs, DescentArgs};
use crate::output::{self, Error};
use crate::runs::{self, Failure, Run};
use crate::{fit, history, time};

/// Days over which a runner's usual descent is taken.
const USUAL_DAYS: f64 = 90.0;

pub struct Athlete {
    /// In order of time, without overlaps.
    pub runs: Vec<Run>,
    pub history: History,
    pub profile: Profile,
    /// The runner under the population's constants.
    pub model: DoseModel,
    /// Runs that overlap with longer ones.
    pub left_out: Vec<Failure>,
    /// Whether every file could be read.
    pub all_read: bool,
}

impl Athlete {
    /// Reads the runs and the profile; says on standard error what could not be read.
    pub fn read(args: &AthleteArgs, keep_activity: bool, quiet: bool) -> Result<Self, Error> {
        let runner = args.body.runner();
        let p = Parameters::default();
        let mut found = runs::read(&args.paths, &runner, &args.reading, keep_activity, quiet)?;
        history::refuse_undated(&mut found);
        output::complain_of(&found.failures);
        let all_read = found.failures.is_empty();
        let (runs, left_out) = history::without_overlaps(found.runs);
        output::complain_of(&left_out);
        let learned = if args.no_profile {
            None
        } else {
            fit::find_profile(args.profile.as_deref(), &args.paths)?
        };
        let loads = runs.iter().map(|run| run.load.clone()).collect();
        Ok(Self {
            runs,
            history: History { habit: args.habit.into(), loads },
            profile: learned.unwrap_or_else(|| prior(&p)),
            model: DoseModel::new(&p, &runner)?,
            left_out,
            all_read,
        })
    }

    /// Says which runs a time leaves out.
    pub fn complain_of_later(&self, time: Timestamp) {
        let later = self.runs.iter().filter(|run| run.load.end() > time).count();
        if later > 0 {
            output::complain(&format!(
                "{later} of {} runs end after {} and don't count",
                self.runs.len(),
                time::rfc3339(time)
            ));
        }
    }

    /// The descent to train on: what was asked for, else the usual one of the last 90 days, else a
    /// middling one; and where it comes from.
    pub fn descent(
        &self,
        asked: &DescentArgs,
        at: Timestamp,
    ) -> ModelResult<(Descent, &'static str)> {
        let lately = self.runs.iter().filter(|run| {
            run.load.end() <= at && at.hours_since(run.load.start) <= 24.0 * USUAL_DAYS
        });
        let sum = lately.fold(Descents::default(), |sum, run| sum.plus(&run.descents));
        let (usual, from) = match sum.usual() {
            Some(usual) => (usual, "usual"),
            None => (Descent::default(), "default"),
        };
        let descent = Descent {
            grade: asked.slope.map_or(usual.grade, |percent| percent / 100.0),
            speed_m_s: asked.speed.unwrap_or(usual.speed_m_s),
        };
        descent.check()?;
        let given = asked.slope.is_some() && asked.speed.is_some();
        Ok((descent, if given { "given" } else { from }))
    }
}

/// A descent in words: "-12 % at 5:18 min/km".
pub fn in_words(descent: &Descent) -> String {
    let s_per_km = (1000.0 / descent.speed_m_s).round();
    let (minutes, seconds) = ((s_per_km / 60.0).floor(), s_per_km % 60.0);
    format!("{:.0} % at {minutes}:{seconds:02.0} min/km", 100.0 * descent.grade)
}
