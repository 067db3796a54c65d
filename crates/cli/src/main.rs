//! The command `eccentric`: eccentric load and soreness forecast from recorded runs.
//!
//! Exit codes: 0 done, 2 wrong use, 1 something could not be read or written (what could be read is
//! still printed, the reason is on standard error).

mod args;
mod args_ahead;
mod athlete;
mod cache;
mod constants;
mod days;
mod evidence;
mod fit;
mod forecast;
mod load;
mod output;
mod plan;
mod planned;
mod race;
mod runs;
mod time;
mod today;
mod values;

use std::process::ExitCode;

use clap::Parser;
use eccentric_app::{history, json};

use args::{Cli, Command};

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Load(args) => load::run(&args),
        Command::Forecast(args) => forecast::run(&args),
        Command::Today(args) => today::run(&args),
        Command::Race(args) => race::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Fit(args) => fit::run(&args),
        Command::Evidence(command) => evidence::run(&command),
        Command::Constants(args) => constants::run(&args),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            output::complain(&error);
            ExitCode::from(1)
        }
    }
}
