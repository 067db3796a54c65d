//! The plan that is kept in an athlete's folder, apart from what was done.

use std::path::{Path, PathBuf};

use eccentric::plan::{DoneDescent, Kept, Planned, Reviewed, Session, review};
use eccentric::{Saved, Timestamp};

use crate::args::PlanArgs;
use crate::cache::write_atomic;
use crate::output::Error;
use crate::{days, fit, time};

/// Name of the plan in the folder of an athlete.
const PLAN: &str = "plan.json";

/// Where the plan is kept, if it is.
pub fn path(args: &PlanArgs) -> Option<PathBuf> {
    if args.no_save {
        return None;
    }
    let usual = || fit::folder(&args.athlete.paths).map(|folder| folder.join(PLAN));
    args.plan.clone().or_else(usual)
}

/// The plan that is kept there, if there is one.
pub fn read(path: &Path) -> Result<Option<Planned>, Error> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(named(&error).into()),
    };
    let Saved(planned) =
        serde_json::from_str::<Saved<Planned>>(&text).map_err(|error| named(&error))?;
    planned.check().map_err(|error| named(&error))?;
    Ok(Some(planned))
}

pub fn write(path: &Path, planned: &Planned) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(&Saved(planned.clone()))?;
    write_atomic(path, format!("{text}\n").as_bytes())
        .map_err(|error| format!("{}: cannot be written: {error}", path.display()).into())
}

/// What became of the plan before this one, and what the new one does differently.
pub struct Changes {
    pub made: Timestamp,
    /// Sessions whose day has passed, or that have been run.
    pub past: Vec<Reviewed>,
    pub changed: Vec<String>,
}

impl Changes {
    /// Compares an earlier plan with what was done by the start of a new one, and with the new one.
    pub fn since(
        before: &Planned,
        done: &[DoneDescent],
        sessions: &[Session],
        now: Timestamp,
    ) -> Self {
        let reviewed = review(&before.sessions, done, now);
        let (ahead, past): (Vec<_>, Vec<_>) =
            reviewed.into_iter().partition(|reviewed| reviewed.kept == Kept::Ahead);
        let day = |session: &Session| days::date_of(session.start);
        let mut changed = Vec::new();
        for Reviewed { session: old, .. } in &ahead {
            match sessions.iter().find(|new| day(new) == day(old)) {
                None => changed.push(format!("{}: no longer {}", date(old.start), metres(old))),
                Some(new) if metres(new) != metres(old) => {
                    changed.push(format!(
                        "{}: {} instead of {}",
                        date(old.start),
                        metres(new),
                        metres(old)
                    ));
                }
                Some(_) => {}
            }
        }
        for new in sessions {
            if !ahead.iter().any(|reviewed| day(&reviewed.session) == day(new)) {
                changed.push(format!("{}: {} added", date(new.start), metres(new)));
            }
        }
        Self { made: before.made, past, changed }
    }

    pub fn text(&self) -> String {
        let mut text = format!("\nSince the plan of {}:\n", time::local_date(self.made));
        for Reviewed { session, done_m, kept } in &self.past {
            let planned = format!("{}: {} planned", date(session.start), metres(session));
            text.push_str(&match kept {
                Kept::Ahead => continue,
                Kept::Missed => format!("  {planned}, missed ({done_m:.0} m run)\n"),
                Kept::Less => format!("  {planned}, only {done_m:.0} m run\n"),
                Kept::Done => format!("  {planned}, done ({done_m:.0} m)\n"),
                Kept::More => format!("  {planned}, harder than meant ({done_m:.0} m run)\n"),
            });
        }
        if self.changed.is_empty() {
            text.push_str("  what is ahead stays as it was\n");
        }
        for change in &self.changed {
            text.push_str(&format!("  {change}\n"));
        }
        text
    }
}

fn date(time: Timestamp) -> String {
    days::date_of(time).strftime("%a %d %b").to_string()
}

fn metres(session: &Session) -> String {
    format!("{:.0} m", session.workout.descent_m)
}
