//! `eccentric fit`, and where the profile of an athlete lies.

use std::path::{Path, PathBuf};

use comfy_table::{CellAlignment, Table, presets};
use eccentric::forecast::History;
use eccentric::params::Parameters;
use eccentric::person::Profile;
use eccentric::{Saved, Schema};
use eccentric_app::json::{fit_report, numbers};
use eccentric_files::{RatingOptions, Ratings, read_ratings};

use crate::args::FitArgs;
use crate::cache::write_atomic;
use crate::history;
use crate::output::{self, Error};
use crate::runs;

/// Name of the profile in the folder of an athlete.
const PROFILE: &str = "profile.json";
/// Name of the ratings there.
const RATINGS: &str = "ratings.csv";

/// Whether everything could be read.
pub fn run(args: &FitArgs) -> Result<bool, Error> {
    let folder = folder(&args.paths);
    let from = args.ratings.clone().or_else(|| folder.map(|folder| folder.join(RATINGS)));
    let to = args.profile.clone().or_else(|| folder.map(|folder| folder.join(PROFILE)));
    if let Some(to) = &to {
        refuse_other_version(to)?;
    }
    let from =
        from.ok_or("no ratings: name a file with --ratings, or a folder that holds ratings.csv")?;
    let ratings = ratings(&from, args)?;
    let quiet = args.quiet || args.json;
    let mut found = runs::read(&args.paths, &args.body.runner(), &args.reading, false, quiet)?;
    history::refuse_undated(&mut found);
    output::complain_of(&found.failures);
    let all_read = found.failures.is_empty();
    let (runs, left_out) = history::without_overlaps(found.runs);
    output::complain_of(&left_out);
    let loads = runs.into_iter().map(|run| run.load).collect();
    let history = History { habit: args.habit.into(), loads };
    let p = Parameters::default();
    let profile = history.fit(&ratings.observations, &p)?;
    if let Some(to) = &to {
        write_profile(to, &profile)?;
    }
    if args.json {
        let report =
            fit_report(&profile, history.loads.len(), ratings.other_cause, to.as_deref(), &p);
        output::print(&format!("{}\n", serde_json::to_string(&report)?))?;
    } else if !args.quiet {
        output::print(&text(&profile, &history, ratings.other_cause, to.as_deref(), &p))?;
    }
    Ok(all_read)
}

fn ratings(path: &Path, args: &FitArgs) -> Result<Ratings, Error> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = std::fs::read(path).map_err(|error| named(&error))?;
    let options = RatingOptions { scale: args.scale, time_zone: &crate::time::zone() };
    Ok(read_ratings(&bytes, &options).map_err(|error| named(&error))?)
}

/// The folder among the paths, if it is the only path: the athlete's record.
pub fn folder(paths: &[PathBuf]) -> Option<&Path> {
    match paths {
        [folder] if folder.is_dir() => Some(folder),
        _ => None,
    }
}

fn write_profile(path: &Path, profile: &Profile) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(&Saved(profile.clone()))?;
    write_atomic(path, format!("{text}\n").as_bytes())
        .map_err(|error| format!("{}: cannot be written: {error}", path.display()).into())
}

/// A profile of a version that this release cannot read stays where it is.
fn refuse_other_version(path: &Path) -> Result<(), Error> {
    if !path.is_file() {
        return Ok(());
    }
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let stored: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let known = (Profile::OLDEST..=Profile::VERSION).map(serde_json::Value::from);
    if stored["schema"] != Profile::NAME || known.into_iter().any(|v| stored["version"] == v) {
        return Ok(());
    }
    let error = read_profile(path).err().unwrap_or_else(|| "not known".into());
    Err(format!("{error}; move the file away, or name another with --profile").into())
}

/// The profile that was asked for, else the one in the folder of the runs, if there is one.
pub fn find_profile(asked: Option<&Path>, paths: &[PathBuf]) -> Result<Option<Profile>, Error> {
    let usual = || folder(paths).map(|folder| folder.join(PROFILE)).filter(|path| path.exists());
    asked.map(Path::to_owned).or_else(usual).map(|path| read_profile(&path)).transpose()
}

fn read_profile(path: &Path) -> Result<Profile, Error> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
    let Saved(profile) =
        serde_json::from_str::<Saved<Profile>>(&text).map_err(|error| named(&error))?;
    profile.check().map_err(|error| named(&error))?;
    Ok(profile)
}

/// z of an 80 % interval.
const Z80: f64 = 1.281_551_565_5;

fn text(
    profile: &Profile,
    history: &History,
    other_cause: usize,
    path: Option<&Path>,
    p: &Parameters,
) -> String {
    let mut text = format!("{} runs, {} ratings\n", history.loads.len(), profile.ratings);
    if other_cause > 0 {
        text.push_str(&format!("{other_cause} with another cause left out\n"));
    }
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(["you", "expected", "80 %", "data"]);
    for number in numbers(profile, p) {
        let (low, high) = (number.value - Z80 * number.sd, number.value + Z80 * number.sd);
        // The baseline is in points of 10, all else a factor on what most people have.
        let show = |value: f64| match number.name {
            "baseline" => format!("{value:+.1}"),
            _ => format!("× {:.2}", value.exp()),
        };
        table.add_row([
            number.name.to_owned(),
            show(number.value),
            format!("{} to {}", show(low), show(high)),
            number.trust.to_owned(),
        ]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    text.push_str(&format!("{table}\n"));
    for word in profile.words(p) {
        text.push_str(&format!("{word}\n"));
    }
    if let Some(path) = path {
        text.push_str(&format!("Written to {}\n", path.display()));
    }
    text
}
