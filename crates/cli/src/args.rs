//! What can be asked for on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use eccentric::damage::Habit;
use eccentric::load::Runner;
use eccentric::soreness::Scale;

use crate::{days, time};

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
    /// Folder with studies.csv, bouts.csv, observations.csv and orderings.csv.
    pub folder: PathBuf,
    /// Constants to score; those of this release if not given.
    #[arg(long, value_name = "FILE")]
    pub parameters: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Folder with studies.csv, bouts.csv, observations.csv and orderings.csv.
    pub folder: PathBuf,
    /// Where the constants go; parameters.json in the folder if not given.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Also write them as the source file src/params/calibrated.rs of the model.
    #[arg(long, value_name = "FILE")]
    pub source: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ValidateArgs {
    /// Folders of tables, each with the name it has in the report; the first is the main one.
    #[arg(required = true, value_name = "FOLDER[=NAME]")]
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

/// The soreness that is accepted.
#[derive(Debug, Args)]
pub struct SorenessArgs {
    /// Soreness below which every muscle group shall stay, 0 to 10.
    #[arg(long, default_value_t = 4.0, value_name = "SORENESS", allow_negative_numbers = true, value_parser = soreness)]
    pub soreness: f64,
    /// Probability with which it shall.
    #[arg(long, default_value_t = 0.8, value_name = "PROBABILITY", allow_negative_numbers = true, value_parser = probability)]
    pub probability: f64,
}

/// The descent that is trained on.
#[derive(Debug, Args)]
pub struct DescentArgs {
    /// Grade of the descent in percent, negative; default is your usual one, the mean of what you ran
    /// down steeper than 5 %.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, value_parser = slope)]
    pub slope: Option<f64>,
    /// Speed on it in m/s; default is your usual one.
    #[arg(long, value_name = "M/S", allow_negative_numbers = true, value_parser = descent_speed)]
    pub speed: Option<f64>,
}

#[derive(Debug, Args)]
pub struct TodayArgs {
    #[command(flatten)]
    pub athlete: AthleteArgs,
    /// When you would start: RFC 3339, a local time such as 2026-05-01T18:00, or "now".
    #[arg(long, default_value = "now", value_name = "TIME", value_parser = time::parse)]
    pub at: eccentric::Timestamp,
    /// Until when soreness shall stay low, a date with all of its day; default is a week.
    #[arg(long, value_name = "TIME", value_parser = days::parse_end)]
    pub until: Option<eccentric::Timestamp>,
    #[command(flatten)]
    pub limit: SorenessArgs,
    #[command(flatten)]
    pub descent: DescentArgs,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct RaceArgs {
    /// The course: a GPX track or route with elevation.
    #[arg(value_name = "COURSE.gpx")]
    pub course: PathBuf,
    /// Your recorded runs, or folders of them; rested legs if there are none.
    #[arg(value_name = "FILE|FOLDER")]
    pub paths: Vec<PathBuf>,
    /// Time to finish in; that of the middle of the field if not given.
    #[arg(long, value_name = "H:MM", value_parser = time::parse_duration_s)]
    pub time: Option<f64>,
    /// Table of distance_km and speed_m_s, or pace as minutes and seconds per kilometre.
    #[arg(long, value_name = "FILE", conflicts_with = "time")]
    pub pace_profile: Option<PathBuf>,
    /// When it starts: RFC 3339, a local time such as 2026-08-28T18:00, or "now".
    #[arg(long, default_value = "now", value_name = "TIME", value_parser = time::parse)]
    pub start: eccentric::Timestamp,
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
    /// Level of the intervals; may be given several times.
    #[arg(long, default_values_t = [0.8], value_name = "LEVEL", allow_negative_numbers = true, value_parser = level)]
    pub level: Vec<f64>,
    /// Days to forecast after the finish.
    #[arg(long, default_value_t = 10.0, value_name = "DAYS", allow_negative_numbers = true, value_parser = days)]
    pub days: f64,
    /// Soreness below which the legs count as clear.
    #[arg(long, default_value_t = 1.0, value_name = "SORENESS", allow_negative_numbers = true, value_parser = soreness)]
    pub clear_below: f64,
    /// Most places along the course in JSON.
    #[arg(long, default_value_t = 500, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    pub points: u32,
    /// Compute every load anew and keep nothing.
    #[arg(long)]
    pub no_cache: bool,
    /// Folder of computed loads.
    #[arg(long, value_name = "FOLDER", env = "ECCENTRIC_CACHE")]
    pub cache: Option<OsString>,
    #[command(flatten)]
    pub output: OutputArgs,
}

impl RaceArgs {
    /// The athlete; `--start` is that of the race here.
    pub fn athlete(&self) -> AthleteArgs {
        AthleteArgs {
            paths: self.paths.clone(),
            body: self.body,
            habit: self.habit,
            profile: self.profile.clone(),
            no_profile: self.no_profile,
            reading: ReadingArgs {
                grade: None,
                start: None,
                no_cache: self.no_cache,
                cache: self.cache.clone(),
            },
        }
    }
}

#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The course of the race: a GPX track or route with elevation.
    #[arg(value_name = "COURSE.gpx")]
    pub course: PathBuf,
    #[command(flatten)]
    pub athlete: AthleteArgs,
    /// Start of the race, a time or a date (then 7:00).
    #[arg(long, value_name = "TIME", value_parser = days::parse_morning)]
    pub race: eccentric::Timestamp,
    /// Time to finish in; that of the middle of the field if not given.
    #[arg(long, value_name = "H:MM", value_parser = time::parse_duration_s)]
    pub time: Option<f64>,
    /// First day of the plan.
    #[arg(long, default_value = "now", value_name = "TIME", value_parser = time::parse)]
    pub from: eccentric::Timestamp,
    /// Hour of the day at which sessions start.
    #[arg(long, default_value_t = 17, value_name = "HOUR", value_parser = clap::value_parser!(i8).range(0..=23))]
    pub hour: i8,
    /// A day without a session: a date, dates from..to, or a weekday such as wed; may be given several
    /// times.
    #[arg(long, value_name = "DAY", value_parser = eccentric_app::days::parse)]
    pub block: Vec<eccentric_app::days::Days>,
    #[command(flatten)]
    pub limit: SorenessArgs,
    /// Soreness below which the legs shall be at the start.
    #[arg(long, default_value_t = 1.0, value_name = "SORENESS", allow_negative_numbers = true, value_parser = soreness)]
    pub clear_below: f64,
    /// Probability with which they shall be.
    #[arg(long, default_value_t = 0.9, value_name = "PROBABILITY", allow_negative_numbers = true, value_parser = probability)]
    pub clear_probability: f64,
    /// Most points of descent sessions in any seven days.
    #[arg(long, value_name = "POINTS", allow_negative_numbers = true, value_parser = session_points)]
    pub week_points: Option<f64>,
    /// Most metres of descent of descent sessions in any seven days.
    #[arg(long, value_name = "M", conflicts_with = "week_points", allow_negative_numbers = true, value_parser = distance_m)]
    pub week_descent: Option<f64>,
    /// Largest next session relative to the largest of the 30 days before, in metres of descent.
    #[arg(long, default_value_t = eccentric::params::fixed::BUILD_UP, value_name = "FACTOR", allow_negative_numbers = true, value_parser = build_up)]
    pub build_up: f64,
    /// Days before the race without your usual running.
    #[arg(long, default_value_t = 3, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(0..=60))]
    pub rest_days: u16,
    #[command(flatten)]
    pub descent: DescentArgs,
    /// Write the sessions as a calendar.
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// Where the plan is kept; default is FOLDER/plan.json.
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// Keep nothing.
    #[arg(long, conflicts_with = "plan")]
    pub no_save: bool,
    #[command(flatten)]
    pub output: OutputArgs,
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
}

impl BodyArgs {
    pub fn runner(&self) -> Runner {
        Runner {
            mass_kg: self.mass,
            pack_kg: self.pack,
            body_fat: self.body_fat.map(|percent| percent / 100.0),
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

fn number(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not a number"))
}

/// Checks a number that is typed in `unit`, of which `scale` make one of the bound's.
fn bounded(
    text: &str,
    bound: eccentric::bounds::Bound,
    scale: f64,
    unit: &'static str,
) -> Result<f64, String> {
    let typed =
        eccentric::bounds::Bound { min: bound.min * scale, max: bound.max * scale, unit, ..bound };
    typed.check(number(text)?).map_err(|error| error.to_string())
}

fn mass(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::BODY_MASS, 1.0, "kg")
}

fn pack(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::PACK_MASS, 1.0, "kg")
}

fn body_fat(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::BODY_FAT, 100.0, "%")
}

fn grade(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::GRADE, 100.0, "%")
}

fn slope(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::DESCENT_GRADE, 100.0, "%")
}

fn descent_speed(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::DESCENT_SPEED, 1.0, "m/s")
}

fn level(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::LEVEL, 1.0, "")
}

fn session_points(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::SESSION_POINTS, 1.0, "")
}

fn distance_m(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::SAMPLE_DISTANCE, 1.0, "m")
}

fn build_up(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::BUILD_UP, 1.0, "")
}

fn probability(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::PROBABILITY, 1.0, "")
}

fn soreness(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::SORENESS, 1.0, "")
}

fn scale(text: &str) -> Result<Scale, String> {
    Scale::named(text).ok_or_else(|| {
        format!(
            "\"{text}\" is no scale with a direction; write nrs, pmsys, 1-5-worse or 1-5-better"
        )
    })
}

fn days(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::FORECAST_HOURS, 1.0 / 24.0, "days")
}
