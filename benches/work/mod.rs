//! What both benches time.

use std::error::Error;

use eccentric::activity::clean;
use eccentric::damage::Habit;
use eccentric::forecast::{ForecastOptions, History, Outlook};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric_files::ReadActivity;

/// The runs of a file to a week's forecast, as the command does it.
pub fn forecast_of(runs: &[ReadActivity]) -> Result<(History, Outlook), Box<dyn Error>> {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner::of_mass(70.0))?;
    let mut history = History { habit: Habit::Road, loads: Vec::new() };
    for run in runs {
        history.loads.push(model.load_of(&clean(&run.recording)?)?);
    }
    let end = history.loads.last().ok_or("no run in the file")?.end();
    let outlook = history.outlook(end, &ForecastOptions::default(), &p)?;
    Ok((history, outlook))
}
