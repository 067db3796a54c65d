//! From what a file holds to runs with their loads.

use std::path::{Path, PathBuf};

use eccentric::activity::{Activity, Quality, clean};
use eccentric::load::{DoseModel, EccentricLoad};
use eccentric::plan::Descents;
use eccentric::{Result as ModelResult, Timestamp};
use eccentric_files::{ReadActivity, ReadError, ReadOptions, Warning};
use serde::{Deserialize, Deserializer, Serialize};

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
    /// Moving time in s; NaN if only the load is known.
    #[serde(deserialize_with = "maybe_unknown")]
    pub moving_s: f64,
    /// Horizontal distance in m; NaN likewise.
    #[serde(deserialize_with = "maybe_unknown")]
    pub distance_m: f64,
    /// Sum of climbs in m; NaN likewise.
    #[serde(deserialize_with = "maybe_unknown")]
    pub ascent_m: f64,
    /// Sum of descents in m; NaN likewise.
    #[serde(deserialize_with = "maybe_unknown")]
    pub descent_m: f64,
    /// What of it is steeper than 5 %.
    pub descents: Descents,
    /// What cleaning found and changed.
    pub quality: Quality,
    /// What reading found and changed.
    pub warnings: Vec<String>,
    /// The eccentric load.
    pub load: EccentricLoad,
    /// The run in segments; kept only where a figure is drawn.
    #[serde(skip)]
    pub activity: Option<Activity>,
}

/// A number that may not be known, which JSON writes as null.
fn maybe_unknown<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN))
}

impl Run {
    /// The run of a load that was stored alone, as [`EccentricLoad::to_bytes`] does. What else a recording
    /// says is not known: its descents count for no usual descent and no session of a plan.
    ///
    /// ```
    /// use eccentric::{activity::Segment, load::{DoseModel, EccentricLoad, Runner}};
    /// use eccentric::{params::Parameters, Timestamp};
    /// use eccentric_app::Run;
    /// let model = DoseModel::new(&Parameters::default(), &Runner::default())?;
    /// let start = Timestamp::from_unix_s(1_780_000_000);
    /// let load = model.load(start, &[Segment::steady(-0.16, 3.0, 1800.0)])?;
    /// let run = Run::of_load("a run".into(), EccentricLoad::from_bytes(&load.to_bytes())?);
    /// assert!(run.dated && run.duration_s == 1800.0 && run.distance_m.is_nan());
    /// # Ok::<(), eccentric::Error>(())
    /// ```
    pub fn of_load(file: PathBuf, load: EccentricLoad) -> Self {
        Self {
            file,
            part: None,
            // A run that doesn't say when it began has begun in 1970.
            dated: load.start != Timestamp::from_unix_s(0),
            duration_s: load.duration_s,
            moving_s: f64::NAN,
            distance_m: f64::NAN,
            ascent_m: f64::NAN,
            descent_m: f64::NAN,
            descents: Descents::default(),
            quality: Quality::default(),
            warnings: Vec::new(),
            load,
            activity: None,
        }
    }

    /// Short name for tables and figures.
    pub fn name(&self) -> String {
        short_name(&self.file, self.part)
    }
}

fn short_name(file: &Path, part: Option<usize>) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    match part {
        Some(part) => format!("{name} #{part}"),
        None => name.into_owned(),
    }
}

/// What could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// Path as it was given or found.
    pub file: PathBuf,
    /// Why, in words.
    pub reason: String,
}

/// Runs in order of time, and what could not be read.
#[derive(Debug, Default)]
pub struct Runs {
    /// What could be read.
    pub runs: Vec<Run>,
    /// What could not.
    pub failures: Vec<Failure>,
}

/// What is known about the runs of a file besides the file.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RunOptions {
    /// Grade of runs without any elevation; negative downhill.
    pub grade: Option<f64>,
    /// When a run began that doesn't say so itself.
    pub start: Option<Timestamp>,
}

/// A run as read and cleaned, before anybody carries it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadRun {
    /// Where it comes from.
    pub file: PathBuf,
    /// Index of the leg in a file with several.
    pub part: Option<usize>,
    /// Whether it is known when it began.
    pub dated: bool,
    /// Recording device or program, if the file names it.
    pub device: Option<String>,
    /// What reading found and changed.
    pub warnings: Vec<String>,
    /// The run in segments.
    pub activity: Activity,
}

impl ReadRun {
    /// Cleans what a reader has found.
    ///
    /// # Errors
    /// As [`clean`].
    pub fn of(file: &Path, mut read: ReadActivity, options: &RunOptions) -> ModelResult<Self> {
        if let Some(start) = options.start
            && read.warnings.contains(&Warning::NoStartTime)
        {
            read.recording.start = start;
            read.warnings.retain(|warning| *warning != Warning::NoStartTime);
        }
        Ok(Self {
            file: file.to_owned(),
            part: read.part,
            dated: !read.warnings.contains(&Warning::NoStartTime),
            device: read.device,
            warnings: read.warnings.iter().map(ToString::to_string).collect(),
            activity: clean(&read.recording)?,
        })
    }

    /// Every run in a file that is already in memory. `file` names it in messages.
    ///
    /// # Errors
    /// As [`eccentric_files::read_bytes`] and [`clean`].
    ///
    /// ```
    /// use eccentric_app::{ReadRun, RunOptions};
    /// let table = "time_s,distance_m,elevation_m\n0,0,900\n60,180,870\n120,360,840\n";
    /// let runs = ReadRun::all("run.csv".as_ref(), table.as_bytes(), &RunOptions::default())?;
    /// assert!(!runs[0].dated && runs[0].activity.descent_m > 50.0);
    /// # Ok::<(), eccentric_files::ReadError>(())
    /// ```
    pub fn all(file: &Path, bytes: &[u8], options: &RunOptions) -> Result<Vec<Self>, ReadError> {
        let reading = ReadOptions { grade: options.grade };
        eccentric_files::read_bytes_with(&file.to_string_lossy(), bytes, &reading)?
            .into_iter()
            .map(|read| Self::of(file, read, options).map_err(ReadError::Recording))
            .collect()
    }

    /// Short name for tables and figures.
    pub fn name(&self) -> String {
        short_name(&self.file, self.part)
    }

    /// Moving time in s.
    pub fn moving_s(&self) -> f64 {
        // A sum of nothing is -0.0.
        self.activity.segments.iter().fold(0.0, |sum, segment| sum + segment.duration_s)
    }

    /// The run with its load on the runner of a model.
    ///
    /// # Errors
    /// As [`DoseModel::load_of`].
    pub fn carried(&self, model: &DoseModel) -> ModelResult<Run> {
        let activity = &self.activity;
        Ok(Run {
            file: self.file.clone(),
            part: self.part,
            dated: self.dated,
            duration_s: activity.duration_s,
            moving_s: self.moving_s(),
            distance_m: activity.distance_m,
            ascent_m: activity.ascent_m,
            descent_m: activity.descent_m,
            descents: Descents::of(&activity.segments),
            quality: activity.quality.clone(),
            warnings: self.warnings.clone(),
            load: model.load_of(activity)?,
            activity: None,
        })
    }
}
