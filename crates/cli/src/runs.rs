//! From paths to runs with their loads: finds the files, reads them in parallel, keeps the loads.

use std::path::{Path, PathBuf};

use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::{Result as ModelResult, Timestamp};
pub use eccentric_app::{Failure, Run, Runs};
use eccentric_app::{ReadRun, RunOptions};
use eccentric_files::ReadError;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;

use crate::args::ReadingArgs;
use crate::cache::{Cache, key};

/// What shapes a load besides the file.
#[derive(Serialize)]
struct Settings<'a> {
    runner: &'a Runner,
    parameters: &'a Parameters,
    grade: Option<f64>,
    start: Option<Timestamp>,
}

/// Reads all runs under the given paths.
pub fn read(
    paths: &[PathBuf],
    runner: &Runner,
    reading: &ReadingArgs,
    keep_activity: bool,
    quiet: bool,
) -> ModelResult<Runs> {
    let parameters = Parameters::default();
    let model = DoseModel::new(&parameters, runner)?;
    let settings = Settings {
        runner,
        parameters: &parameters,
        grade: reading.grade.map(|percent| percent / 100.0),
        start: reading.start,
    };
    let cache = Cache::open(reading.cache.as_deref(), reading.no_cache);
    let mut runs = Runs::default();
    let files = find(paths, &mut runs.failures);
    let bar = progress(files.len(), quiet);
    let read: Vec<_> = files
        .par_iter()
        .map(|file| {
            let found = read_file(file, &model, &settings, &cache, keep_activity);
            bar.inc(1);
            (file, found)
        })
        .collect();
    bar.finish_and_clear();
    for (file, found) in read {
        match found {
            Ok(found) => runs.runs.extend(found),
            Err(error) => {
                runs.failures.push(Failure { file: file.clone(), reason: error.to_string() });
            }
        }
    }
    eccentric_app::history::in_order(&mut runs.runs);
    Ok(runs)
}

fn read_file(
    file: &Path,
    model: &DoseModel,
    settings: &Settings<'_>,
    cache: &Cache,
    keep_activity: bool,
) -> Result<Vec<Run>, ReadError> {
    let bytes = eccentric_files::read_file(file)?;
    let key = key(&bytes, settings);
    if !keep_activity && let Some(runs) = cache.get::<Vec<Run>>(&key) {
        return Ok(runs.into_iter().map(|run| Run { file: file.to_owned(), ..run }).collect());
    }
    let options = RunOptions { grade: settings.grade, start: settings.start };
    let mut runs = Vec::new();
    for read in ReadRun::all(file, &bytes, &options)? {
        let run = read.carried(model).map_err(ReadError::Recording)?;
        runs.push(Run { activity: Some(read.activity), ..run });
    }
    cache.put(&key, &runs);
    Ok(runs)
}

/// Endings of files that a folder is searched for.
const ENDINGS: [&str; 5] = [".fit", ".tcx", ".gpx", ".csv", ".json"];
/// Files of an athlete's record that are not runs.
const NOT_RUNS: [&str; 5] =
    ["profile.json", "plan.json", "ratings.csv", "wellness.csv", "wellness.json"];

fn find(paths: &[PathBuf], failures: &mut Vec<Failure>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        for entry in walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name() {
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_run(entry.path()) => {
                    files.push(entry.into_path());
                }
                Ok(_) => {}
                Err(error) => {
                    failures.push(Failure { file: path.clone(), reason: error.to_string() });
                }
            }
        }
        if files.len() == before {
            failures.push(Failure {
                file: path.clone(),
                reason: format!("no run in this folder; looked for {}", ENDINGS.join(", ")),
            });
        }
    }
    files
}

fn is_run(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().to_lowercase()) else {
        return false;
    };
    let plain = name.strip_suffix(".gz").unwrap_or(&name);
    !name.starts_with('.')
        && !NOT_RUNS.contains(&plain)
        && ENDINGS.iter().any(|ending| plain.ends_with(ending))
}

fn progress(files: usize, quiet: bool) -> ProgressBar {
    if quiet || files < 5 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} runs read") {
        bar.set_style(style);
    }
    bar
}
