//! One athlete from what the command is given.

use eccentric::Timestamp;
use eccentric_app::athlete::{AskedDescent, Athlete};
use eccentric_app::history::Joined;

use crate::args::AthleteArgs;
use crate::args_ahead::DescentArgs;
use crate::output::{self, Error};
use crate::{fit, history, runs, time};

/// Reads the runs and the profile, and tells whether every file could be read; says on standard error
/// what could not.
pub fn read(
    args: &AthleteArgs,
    keep_activity: bool,
    quiet: bool,
) -> Result<(Athlete, bool), Error> {
    let runner = args.body.runner();
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
    let joined = Joined { runs, left_out };
    Ok((Athlete::new(joined, &runner, args.habit.into(), learned)?, all_read))
}

/// Says which runs a time leaves out.
pub fn complain_of_later(athlete: &Athlete, time: Timestamp) {
    let later = athlete.runs.iter().filter(|run| run.load.end() > time).count();
    if later > 0 {
        output::complain(&format!(
            "{later} of {} runs end after {} and don't count",
            athlete.runs.len(),
            time::rfc3339(time)
        ));
    }
}

impl DescentArgs {
    /// What was asked of the descent.
    pub fn asked(&self) -> AskedDescent {
        AskedDescent { grade: self.slope.map(|percent| percent / 100.0), speed_m_s: self.speed }
    }
}
