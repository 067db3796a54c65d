//! The plan that is kept in an athlete's folder, apart from what was done.

use std::path::{Path, PathBuf};

use eccentric::plan::{Kept, Planned, Reviewed};
use eccentric::{Saved, Timestamp};
use eccentric_app::plan::{Changes, metres};
use eccentric_app::time::local_day;

use crate::args_ahead::PlanArgs;
use crate::cache::write_atomic;
use crate::output::Error;
use crate::{fit, time};

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

/// The same in words for a terminal.
pub fn text(changes: &Changes) -> String {
    let mut text = format!("\nSince the plan of {}:\n", time::local_date(changes.made));
    for Reviewed { session, done_m, kept } in &changes.past {
        let planned = format!("{}: {} planned", date(session.start), metres(session));
        text.push_str(&match kept {
            Kept::Ahead => continue,
            Kept::Missed => format!("  {planned}, missed ({done_m:.0} m run)\n"),
            Kept::Less => format!("  {planned}, only {done_m:.0} m run\n"),
            Kept::Done => format!("  {planned}, done ({done_m:.0} m)\n"),
            Kept::More => format!("  {planned}, harder than meant ({done_m:.0} m run)\n"),
        });
    }
    if changes.changed.is_empty() {
        text.push_str("  what is ahead stays as it was\n");
    }
    for change in &changes.changed {
        text.push_str(&format!("  {change}\n"));
    }
    text
}

fn date(time: Timestamp) -> String {
    local_day(time, &time::zone())
}
