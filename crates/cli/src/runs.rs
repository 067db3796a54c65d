//! From paths to runs with their loads: finds the files, reads them in parallel, keeps the loads.

use std::path::{Path, PathBuf};

use eccentric::activity::{Activity, Quality, clean};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::plan::Descents;
use eccentric::{Result as ModelResult, Timestamp};
use eccentric_files::{ReadActivity, ReadError, ReadOptions, Warning};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::args::ReadingArgs;
use crate::cache::{Cache, key};

/// One run with its load and what a reader should know about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// Path as it was given or found.
    pub file: PathBuf,
    /// Index of the leg in a file with several.
    pub part: Option<usize>,
    /// Whether the file, or the user, says when it began.
    pub dated: bool,
    /// From the first to the last sample in s.
    pub duration_s: f64,
    /// Moving time in s.
    pub moving_s: f64,
    pub distance_m: f64,
    pub ascent_m: f64,
    pub descent_m: f64,
    /// What of it is steeper than 5 %.
    pub descents: Descents,
    pub quality: Quality,
    pub warnings: Vec<String>,
    pub load: EccentricLoad,
    /// The run in segments; kept only where a figure is drawn.
    #[serde(skip)]
    pub activity: Option<Activity>,
}

impl Run {
    /// Short name for tables and figures.
    pub fn name(&self) -> String {
        let file = self.file.file_name().unwrap_or(self.file.as_os_str()).to_string_lossy();
        match self.part {
            Some(part) => format!("{file} #{part}"),
            None => file.into_owned(),
        }
    }
}

/// What could not be read.
#[derive(Debug)]
pub struct Failure {
    pub file: PathBuf,
    pub reason: String,
}

/// Runs in order of time, and what could not be read.
#[derive(Debug, Default)]
pub struct Runs {
    pub runs: Vec<Run>,
    pub failures: Vec<Failure>,
}

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
    runs.runs.sort_by(|a, b| (a.load.start, &a.file, a.part).cmp(&(b.load.start, &b.file, b.part)));
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
    let name = file.to_string_lossy();
    let mut runs = Vec::new();
    let options = ReadOptions { grade: settings.grade };
    for read in eccentric_files::read_bytes_with(&name, &bytes, &options)? {
        runs.push(run(file, read, model, settings).map_err(ReadError::Recording)?);
    }
    cache.put(&key, &runs);
    Ok(runs)
}

fn run(
    file: &Path,
    mut read: ReadActivity,
    model: &DoseModel,
    settings: &Settings<'_>,
) -> ModelResult<Run> {
    if let Some(start) = settings.start
        && read.warnings.contains(&Warning::NoStartTime)
    {
        read.recording.start = start;
        read.warnings.retain(|warning| *warning != Warning::NoStartTime);
    }
    let dated = !read.warnings.contains(&Warning::NoStartTime);
    let activity = clean(&read.recording)?;
    Ok(Run {
        file: file.to_owned(),
        part: read.part,
        dated,
        duration_s: activity.duration_s,
        moving_s: activity.segments.iter().map(|s| s.duration_s).sum(),
        distance_m: activity.distance_m,
        ascent_m: activity.ascent_m,
        descent_m: activity.descent_m,
        descents: Descents::of(&activity.segments),
        quality: activity.quality.clone(),
        warnings: read.warnings.iter().map(ToString::to_string).collect(),
        load: model.load_of(&activity)?,
        activity: Some(activity),
    })
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
