//! `eccentric load`.

use comfy_table::{CellAlignment, Table, presets};
use eccentric::Muscle;
use eccentric_app::figure;
use eccentric_chart::{Document, Profile, terminal_profile};

use crate::args::LoadArgs;
use crate::json::load_report;
use crate::output::{self, Error};
use crate::runs::{self, Run};
use crate::time;

/// Runs whose notes are all printed.
const FEW_RUNS: usize = 4;

/// Whether everything could be read.
pub fn run(args: &LoadArgs) -> Result<bool, Error> {
    let one_file = args.paths.len() == 1 && args.paths[0].is_file();
    let draws = args.output.draws() || (one_file && args.output.talks());
    let found = runs::read(
        &args.paths,
        &args.body.runner(),
        &args.reading,
        draws,
        args.output.quiet || args.output.json,
    )?;
    output::complain_of(&found.failures);
    let profiles: Vec<Profile> = if draws {
        found
            .runs
            .iter()
            .filter_map(|run| figure::profile(run, &args.body.runner(), &time::zone()).transpose())
            .collect::<Result<_, _>>()?
    } else {
        Vec::new()
    };
    if args.output.json {
        output::print(&format!("{}\n", serde_json::to_string(&load_report(&found.runs))?))?;
    } else if args.output.talks() && !found.runs.is_empty() {
        output::print(&text(&found.runs, &profiles)?)?;
    }
    if args.output.draws() && !profiles.is_empty() {
        let document = profiles
            .into_iter()
            .fold(Document::new("Eccentric load"), |document, profile| document.with(profile));
        output::write_figures(&args.output, &figure::with_footer(document, None))?;
    }
    Ok(found.failures.is_empty())
}

fn text(runs: &[Run], profiles: &[Profile]) -> Result<String, Error> {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header([
        "run",
        "start",
        "km",
        "descent m",
        "work kJ",
        "points",
        "±",
        "quads",
        "calves",
        "hip",
        "hams",
        "flat km",
    ]);
    for run in runs {
        let load = &run.load;
        let mut row = vec![
            run.name(),
            time::local_date(load.start),
            format!("{:.1}", run.distance_m / 1000.0),
            format!("{:.0}", run.descent_m),
            format!("{:.0}", load.negative_work_j / 1000.0),
            format!("{:.0}", load.points_total),
            format!("{:.0}", load.points_se),
        ];
        row.extend(Muscle::ALL.map(|muscle| format!("{:.0}", load.points[muscle])));
        row.push(format!("{:.1}", load.equivalent_flat_km));
        table.add_row(row);
    }
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let mut text = format!("{table}\n");
    text.push_str(
        "100 points: all muscle groups after 30 min at -16 % and 3 m/s; of one group, the quads' then. flat km: \
         easy level\nrunning that leaves as much work in the muscles.\n",
    );
    if let [profile] = profiles {
        text.push('\n');
        text.push_str(&terminal_profile(profile, output::width(), 14, output::colour())?);
    }
    let notes: Vec<String> = runs
        .iter()
        .flat_map(|run| notes(run).into_iter().map(|note| format!("{}: {note}\n", run.name())))
        .collect();
    if runs.len() <= FEW_RUNS {
        text.extend(notes);
    } else {
        text.push_str(&format!("{} notes on how they were read: --json has them.\n", notes.len()));
    }
    Ok(text)
}

/// What a reader should know about a run, in words.
pub fn notes(run: &Run) -> Vec<String> {
    use eccentric::activity::Flag;
    let quality = &run.quality;
    let mut notes = run.warnings.clone();
    for flag in &quality.flags {
        notes.push(match flag {
            Flag::Gaps => format!("{:.0} s without samples or paused are left out", quality.gap_s),
            Flag::ElevationSpikes => {
                format!("{} elevation spikes are left out", quality.elevation_spikes)
            }
            Flag::ElevationSteps => "elevation steps split the profile".into(),
            Flag::ElevationHoles => "samples without elevation are interpolated".into(),
            Flag::GradeLimited => {
                format!(
                    "grade limited to 45 % (100 % where walked) over {:.0} m",
                    quality.grade_limited_m
                )
            }
            Flag::SpeedSpikes => "faster than any runner in places, left out".into(),
            Flag::ElevationMismatch => "grades and elevations disagree: low confidence".into(),
            Flag::ElevationSourceUnknown => format!(
                "elevation source unknown: smoothed over {:.0} m",
                quality.smoothing_window_m
            ),
            _ => continue,
        });
    }
    notes
}
