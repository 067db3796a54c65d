//! `eccentric constants`.

use eccentric::params::{Constant, Parameters, Tier, fixed};
use serde::Serialize;

use crate::args::ConstantsArgs;
use crate::output::{self, Error};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    version: u32,
    constants: Vec<ConstantJson>,
}

#[derive(Serialize)]
struct ConstantJson {
    name: &'static str,
    value: f64,
    unit: &'static str,
    min: f64,
    max: f64,
    tier: String,
    about: &'static str,
    source: &'static str,
}

impl From<&Constant> for ConstantJson {
    fn from(constant: &Constant) -> Self {
        Self {
            name: constant.name,
            value: constant.value,
            unit: constant.unit,
            min: constant.min,
            max: constant.max,
            tier: constant.tier.to_string(),
            about: constant.about,
            source: constant.source,
        }
    }
}

/// Always true: nothing is read.
pub fn run(args: &ConstantsArgs) -> Result<bool, Error> {
    if args.json {
        let constants = all().map(ConstantJson::from).collect();
        let report = Report { schema: "eccentric.constants", version: 1, constants };
        output::print(&format!("{}\n", serde_json::to_string(&report)?))?;
    } else {
        output::print(&markdown())?;
    }
    Ok(true)
}

fn all() -> impl Iterator<Item = &'static Constant> {
    Parameters::TABLE.iter().chain(fixed::TABLE)
}

fn markdown() -> String {
    let count = |tier| all().filter(|c| c.tier == tier).count();
    let mut text = format!(
        "# Constants\n\n\
         Every constant of the model, from `eccentric constants`: lower case can be changed \
         (`Parameters`), upper case is part of the method. The reference bout and the usual weeks \
         of the habits are definitions (`load::REFERENCE_GRADE`, `damage::Habit`); the metabolic \
         cost is the polynomial of Minetti 2002 (10.1152/japplphysiol.01177.2001). Tier A: read in a table with its \
         spread ({}); B: read in an abstract or in running text ({}); C: derived from A or B, or \
         fitted to them ({}); D: assumed ({}).\n\n\
         | name | value | unit | plausible range | tier | what | source |\n\
         | --- | ---: | --- | --- | --- | --- | --- |\n",
        count(Tier::A),
        count(Tier::B),
        count(Tier::C),
        count(Tier::D),
    );
    for c in all() {
        text.push_str(&format!(
            "| `{}` | {} | {} | {} to {} | {} | {} | {} |\n",
            c.name,
            significant(c.value),
            c.unit,
            c.min,
            c.max,
            c.tier,
            c.about,
            c.source
        ));
    }
    text
}

/// Four significant digits; the code keeps all of them.
fn significant(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let digits = (3 - value.abs().log10().floor() as i32).max(0) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
