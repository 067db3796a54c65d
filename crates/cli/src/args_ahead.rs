//! What can be asked of the days ahead: today's limit, a race, a plan.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;

use crate::args::{AthleteArgs, BodyArgs, HabitArg, OutputArgs, ReadingArgs};
use crate::values::{
    build_up, descent_speed, distance_m, level, probability, session_points, slope, soreness,
};
use crate::{days, time};

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
    #[arg(long, default_value_t = 10.0, value_name = "DAYS", allow_negative_numbers = true, value_parser = crate::values::days)]
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
