//! `eccentric evidence`: score, calibrate and validate on published outcomes.

use std::io::Write;
use std::path::Path;

use comfy_table::{CellAlignment, Table, presets};
use eccentric_evidence::{
    CalibrationFile, ScoreReport, Tables, calibrate, score, validate, write_validation,
};

use crate::args::{CalibrateArgs, EvidenceCommand, ScoreArgs, ValidateArgs};
use crate::cache::write_atomic;
use crate::output::{self, Error};

/// True: an unreadable folder is an error as a whole.
pub fn run(command: &EvidenceCommand) -> Result<bool, Error> {
    match command {
        EvidenceCommand::Score(args) => run_score(args)?,
        EvidenceCommand::Calibrate(args) => run_calibrate(args)?,
        EvidenceCommand::Validate(args) => run_validate(args)?,
    }
    Ok(true)
}

fn progress(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The tables of a folder, or those of this release.
fn tables(folder: Option<&Path>) -> Result<Tables, Error> {
    Ok(folder.map_or_else(Tables::published, Tables::read)?)
}

fn run_score(args: &ScoreArgs) -> Result<(), Error> {
    let tables = tables(args.folder.as_deref())?;
    let file = match &args.parameters {
        Some(path) => CalibrationFile::read(path)?,
        None => CalibrationFile::published()?,
    };
    let report = score(&tables, &file.knowledge())?;
    if args.json {
        return output::print(&format!("{}\n", report.to_json()?));
    }
    output::print(&text(&report))
}

fn text(report: &ScoreReport) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header([
        "measure",
        "rows",
        "rmse",
        "mae",
        "bias",
        "80 % covers",
    ]);
    for (measure, m) in &report.measures {
        let covers = m.coverage.get("0.8").map_or("–".into(), |c| format!("{:.0} %", 100.0 * c));
        table.add_row([
            measure.clone(),
            m.n.to_string(),
            format!("{:.2}", m.rmse),
            format!("{:.2}", m.mae),
            format!("{:+.2}", m.bias),
            covers,
        ]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let orderings = &report.orderings;
    let mut text = format!("{table}\n{} of {} orderings agree", orderings.agree, orderings.n);
    if !orderings.failed.is_empty() {
        text.push_str(&format!(" (not: {})", orderings.failed.join(", ")));
    }
    text.push_str(&format!(
        "\n{} rows say something that the model doesn't\n\
         Fitted to some of these studies? Then this flatters: docs/validation.md leaves labs out.\n",
        report.not_modelled.len()
    ));
    text
}

fn run_calibrate(args: &CalibrateArgs) -> Result<(), Error> {
    let tables = tables(args.folder.as_deref())?;
    let file = CalibrationFile::of(&calibrate(&tables, &mut progress)?);
    let beside_the_tables = args.folder.as_ref().map(|folder| folder.join("parameters.json"));
    if let Some(parameters) = args.out.clone().or(beside_the_tables) {
        write(&parameters, &file.to_json()?)?;
    }
    if let Some(source) = &args.source {
        write(source, &file.to_rust())?;
    }
    for (name, default, found) in file.disagreements() {
        output::print(&format!("{name}: {found} found, this release has {default}\n"))?;
    }
    Ok(())
}

fn run_validate(args: &ValidateArgs) -> Result<(), Error> {
    let mut validations = Vec::new();
    if args.folders.is_empty() {
        let tables = Tables::published()?;
        validations.push(validate("our tables", &tables, !args.no_ablations, &mut progress)?);
    }
    for folder in &args.folders {
        let (folder, label) = folder.split_once('=').unwrap_or((folder, folder));
        let tables = Tables::read(Path::new(folder))?;
        // The other forms are compared on the main tables alone: it takes a while.
        let ablations = !args.no_ablations && validations.is_empty();
        validations.push(validate(label, &tables, ablations, &mut progress)?);
    }
    write_validation(&validations, &args.docs)?;
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    write_atomic(path, text.as_bytes())
        .map_err(|error| format!("{}: cannot be written: {error}", path.display()).into())
}
