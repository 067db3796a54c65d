//! What can be asked for on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use eccentric::damage::Habit;
use eccentric::load::Runner;
use eccentric::soreness::Scale;

use crate::args_ahead::{PlanArgs, RaceArgs, TodayArgs};
use crate::time;
use crate::values::{age, body_fat, days, grade, level, mass, pack, scale, soreness};

/// How sore and how weak a descent leaves your legs, and when it passes.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    after_help = format!("Not medical advice. {}", eccentric::plan::RED_FLAGS)
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// The eccentric load of recorded runs.
    Load(LoadArgs),
    /// Soreness and loss of strength in the coming days, after one run or a history of runs.
    Forecast(ForecastArgs),
    /// How much downhill your legs take today.
    Today(TodayArgs),
    /// What a course does to your legs: strength on the way, the days after, what would help.
    Race(RaceArgs),
    /// Which descents to run in the weeks before a race.
    Plan(PlanArgs),
    /// Learn from your ratings of soreness how your legs differ from most.
    Fit(FitArgs),
    /// Score, calibrate and validate on published outcomes.
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    /// Every constant of the model with unit, range, tier and source.
    Constants(ConstantsArgs),
}

#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// Compare the model with every row of a folder of tables.
    Score(ScoreArgs),
    /// Fit the constants to a folder of tables.
    Calibrate(CalibrateArgs),
    /// Leave one lab out, compare with baselines, write validation.md and its figures.
    Validate(ValidateArgs),
}

#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// Folder with studies.csv, bouts.csv, observations.csv and orderings.csv; the tables of this release if
    /// not given.
    pub folder: Option<PathBuf>,
    /// Constants to score; those of this release if not given.
    #[arg(long, value_name = "FILE")]
    pub parameters: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Folder with studies.csv, bouts.csv, observations.csv and orderings.csv; the tables of this release if
    /// not given.
    pub folder: Option<PathBuf>,
    /// Where the constants go; parameters.json in the folder if not given.
    #[arg(long, value_name = "FILE", required_unless_present = "folder")]
    pub out: Option<PathBuf>,
    /// Also write them as the source file src/params/calibrated.rs of the model.
    #[arg(long, value_name = "FILE")]
    pub source: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ValidateArgs {
    /// Folders of tables, each with the name it has in the report; the first is the main one. The tables of
    /// this release if none is given.
    #[arg(value_name = "FOLDER[=NAME]")]
    pub folders: Vec<String>,
    /// Folder in which validation.md and figures/ are written.
    #[arg(long, value_name = "FOLDER", default_value = "docs")]
    pub docs: PathBuf,
    /// Leave the other forms of the model out.
    #[arg(long)]
    pub no_ablations: bool,
}

#[derive(Debug, Args)]
pub struct ConstantsArgs {
    /// Print JSON instead of Markdown.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct LoadArgs {
    /// Recorded runs, or folders of them: FIT, TCX, GPX (also gzipped), Strava streams JSON, CSV.
    #[arg(required = true, value_name = "FILE")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub body: BodyArgs,
    #[command(flatten)]
    pub reading: ReadingArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// One athlete: the runs, the body, and what was learned.
#[derive(Debug, Args)]
pub struct AthleteArgs {
    /// Recorded runs, or folders of them; together they are the history.
    #[arg(required = true, value_name = "FILE|FOLDER")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub body: BodyArgs,
    /// What the legs were used to before the first record.
    #[arg(long, value_enum, default_value_t = HabitArg::Road)]
    pub habit: HabitArg,
    /// What `eccentric fit` has learned of you; default is FOLDER/profile.json if there is one.
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// Take yourself for one out of the population, whatever has been learned.
    #[arg(long, conflicts_with = "profile")]
    pub no_profile: bool,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

#[derive(Debug, Args)]
pub struct ForecastArgs {
    #[command(flatten)]
    pub athlete: AthleteArgs,
    /// When the forecast starts: RFC 3339, a local time such as 2026-05-01T18:00, or "now";
    /// default is the end of the latest run.
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    pub at: Option<eccentric::Timestamp>,
    /// Days to forecast.
    #[arg(long, default_value_t = 7.0, value_name = "DAYS", allow_negative_numbers = true, value_parser = days)]
    pub days: f64,
    /// Level of the intervals; may be given several times.
    #[arg(long, default_values_t = [0.8], value_name = "LEVEL", allow_negative_numbers = true, value_parser = level)]
    pub level: Vec<f64>,
    /// Soreness below which the legs count as clear.
    #[arg(long, default_value_t = 1.0, value_name = "SORENESS", allow_negative_numbers = true, value_parser = soreness)]
    pub clear_below: f64,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
pub struct FitArgs {
    /// Recorded runs, or folders of them; together they are the history.
    #[arg(required = true, value_name = "FILE|FOLDER")]
    pub paths: Vec<PathBuf>,
    /// Ratings: CSV with time or date, soreness and if wanted muscle, or intervals.icu wellness as CSV or
    /// JSON; default is FOLDER/ratings.csv.
    #[arg(long, value_name = "FILE")]
    pub ratings: Option<PathBuf>,
    /// Scale of the ratings: nrs (0-10), vas (0-100), 1-5-worse, 1-5-better, 1-7-worse, 1-7-better,
    /// intervals.icu, hooper, pmsys, or a range with what its upper end means such as 0-6-worse.
    #[arg(long, value_name = "NAME", value_parser = scale)]
    pub scale: Option<Scale>,
    /// Where to write what was learned; default is FOLDER/profile.json.
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    #[command(flatten)]
    pub body: BodyArgs,
    /// What the legs were used to before the first record.
    #[arg(long, value_enum, default_value_t = HabitArg::Road)]
    pub habit: HabitArg,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Clone, Copy, Args)]
pub struct BodyArgs {
    /// Body mass in kg.
    #[arg(long, value_name = "KG", default_value_t = 70.0, allow_negative_numbers = true, value_parser = mass)]
    pub mass: f64,
    /// Mass carried in kg.
    #[arg(long, value_name = "KG", default_value_t = 0.0, allow_negative_numbers = true, value_parser = pack)]
    pub pack: f64,
    /// Body fat in percent; the usual relation to body mass if not given.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, value_parser = body_fat)]
    pub body_fat: Option<f64>,
    /// Age in years: people who were rarely measured get wider intervals.
    #[arg(long, value_name = "YEARS", allow_negative_numbers = true, value_parser = age)]
    pub age: Option<f64>,
}

impl BodyArgs {
    pub fn runner(&self) -> Runner {
        Runner {
            mass_kg: self.mass,
            pack_kg: self.pack,
            body_fat: self.body_fat.map(|percent| percent / 100.0),
            age_years: self.age,
        }
    }
}

#[derive(Debug, Args)]
pub struct ReadingArgs {
    /// Grade of runs without elevation in percent, negative downhill; treadmill runs are level if it
    /// is not given.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, value_parser = grade)]
    pub grade: Option<f64>,
    /// Start of the run, for a single file that doesn't name one.
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    pub start: Option<eccentric::Timestamp>,
    /// Compute every load anew and keep nothing.
    #[arg(long)]
    pub no_cache: bool,
    /// Folder of computed loads.
    #[arg(long, value_name = "FOLDER", env = "ECCENTRIC_CACHE")]
    pub cache: Option<OsString>,
}

#[derive(Debug, Args)]
pub struct OutputArgs {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Write a self-contained page.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Write a figure.
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Print no text for people.
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum HabitArg {
    /// No running.
    None,
    /// A little running on level ground.
    Recreational,
    /// Running on roads.
    Road,
    /// Running in hills.
    Trail,
}

impl From<HabitArg> for Habit {
    fn from(habit: HabitArg) -> Self {
        match habit {
            HabitArg::None => Self::None,
            HabitArg::Recreational => Self::Recreational,
            HabitArg::Road => Self::Road,
            HabitArg::Trail => Self::Trail,
        }
    }
}
