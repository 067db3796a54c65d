//! `eccentric race`.

use std::path::Path;

use comfy_table::{CellAlignment, Table, presets};
use eccentric::forecast::ForecastOptions;
use eccentric::plan::{Outcome, Pace, Race, WhatIf, advice};
use eccentric::{Muscle, Timestamp};
use eccentric_app::athlete::Athlete;
use eccentric_app::race::{CourseFile, Planned};
use eccentric_app::race_figure;
use eccentric_app::race_json::race_report;
use eccentric_chart::terminal_profile;

use crate::args_ahead::RaceArgs;
use crate::output::{self, Error};
use crate::{athlete, time};

/// Whether everything could be read.
pub fn run(args: &RaceArgs) -> Result<bool, Error> {
    let course = read_course(&args.course)?;
    let quiet = args.output.quiet || args.output.json;
    let (athlete, all_read) = athlete::read(&args.athlete(), false, quiet)?;
    athlete::complain_of_later(&athlete, args.start);
    let after = ForecastOptions {
        hours: 24.0 * args.days,
        levels: args.level.clone(),
        clear_below: args.clear_below,
        ..ForecastOptions::default()
    };
    let clear_probability = after.clear_probability;
    let planned = Planned::of(course, &athlete, args.start, pace(args)?, after)?;
    if args.output.json {
        let places = args.points as usize;
        let report = race_report(&planned, places, clear_probability);
        output::print(&format!("{}\n", serde_json::to_string(&report)?))?;
    } else if args.output.talks() {
        output::print(&text(&planned, &athlete)?)?;
    }
    if args.output.draws() {
        let document = race_figure::document(&planned, args.clear_below, &time::zone());
        output::write_figures(&args.output, &document)?;
    }
    Ok(all_read)
}

/// The course as its file holds it, and as it is run.
pub fn read_course(path: &Path) -> Result<CourseFile, Error> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = eccentric_files::read_file(path).map_err(|error| named(&error))?;
    Ok(CourseFile::read(&path.to_string_lossy(), &bytes).map_err(|error| named(&error))?)
}

fn pace(args: &RaceArgs) -> Result<Pace, Error> {
    let Some(path) = &args.pace_profile else {
        return Ok(args.time.map_or(Pace::Typical, Pace::FinishTime));
    };
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = eccentric_files::read_file(path).map_err(|error| named(&error))?;
    let points = eccentric_files::read_pace_profile(&bytes).map_err(|error| named(&error))?;
    let pace = Pace::Profile(points);
    pace.check().map_err(|error| named(&error))?;
    Ok(pace)
}

fn text(planned: &Planned, athlete: &Athlete) -> Result<String, Error> {
    let Race { finish_s, power_w_kg, along, back, .. } = &planned.race;
    let course = &planned.course;
    let done = athlete.runs.iter().filter(|run| run.load.end() <= planned.start).count();
    let effort =
        power_w_kg.map_or(String::new(), |power| format!(" at {power:.1} W per kg of body"));
    let mut text = format!(
        "{}: {:.1} km, {:.0} m up, {:.0} m down\nStart {}, finish in {}{effort} ({done} runs before)\n\n",
        planned.name(),
        course.length_m() / 1000.0,
        course.ascent_m(),
        course.descent_m(),
        time::local_with_year(planned.start),
        time::duration(*finish_s),
    );
    let profile = race_figure::profile(planned);
    text.push_str(&terminal_profile(&profile, output::width(), 10, output::colour())?);
    text.push_str(&format!("\n{}\n{}\n", way(planned), planned.lead_legs()));
    let slower = along.descent_slowing.last().copied().unwrap_or(0.0);
    text.push_str(&format!(
        "At the finish steep descents are {:.0} % slower for lack of strength.\n\nAfter the finish, {}:\n{}\n",
        100.0 * slower,
        time::local(planned.race.legs.time),
        days_after(planned),
    ));
    let when = |at: Option<Timestamp>| at.map_or("not within 60 days".into(), time::local);
    text.push_str(&format!(
        "Stairs without trouble: {}. Running downhill is sensible again: {}.\n\nWhat if, at the same effort:\n{}\n",
        when(back.stairs),
        when(back.downhill),
        what_ifs(&planned.race.outcomes),
    ));
    text.push_str(&notes(planned));
    for sentence in advice(&planned.race.after).sentences() {
        text.push_str(&format!("\n{sentence}\n"));
    }
    Ok(text)
}

/// The way in tenths.
fn way(planned: &Planned) -> Table {
    let mut table = table(["km", "time", "m", "min/km", "points", "quads", "", "calves", "hams"]);
    let along = planned.race.along.thinned(11);
    for k in 1..along.distance_km.len() {
        let quadriceps = &along.strength_loss.quadriceps;
        let band = quadriceps.intervals.first().map(|interval| {
            format!("{:.0}–{:.0} %", 100.0 * interval.lower[k], 100.0 * interval.upper[k])
        });
        let seconds = along.elapsed_s[k] - along.elapsed_s[k - 1];
        let pace_s = (seconds / (along.distance_km[k] - along.distance_km[k - 1])).round();
        let percent =
            |muscle: Muscle| format!("-{:.0} %", 100.0 * along.strength_loss[muscle].point[k]);
        table.add_row([
            format!("{:.1}", along.distance_km[k]),
            time::duration(along.elapsed_s[k]),
            format!("{:.0}", along.elevation_m[k]),
            format!("{:.0}:{:02.0}", (pace_s / 60.0).floor(), pace_s % 60.0),
            format!("{:.0}", along.points[k]),
            percent(Muscle::Quadriceps),
            band.unwrap_or_default(),
            percent(Muscle::Calves),
            percent(Muscle::Hamstrings),
        ]);
    }
    right(table, 0)
}

fn days_after(planned: &Planned) -> Table {
    let mut table = table(["", "weaker", "sorest", "when", "clear", "likely clear"]);
    for muscle in Muscle::ALL {
        let ahead = &planned.race.after.muscles[muscle];
        let when = |at: Option<Timestamp>| at.map_or("after 60 days".into(), time::local);
        table.add_row([
            muscle.to_string(),
            format!("{:.0} %", 100.0 * ahead.strength_loss.point[0]),
            format!("{:.1}", ahead.peak.soreness),
            time::local(ahead.peak.time),
            when(ahead.clear.at),
            when(ahead.clear.likely_at),
        ]);
    }
    right(table, 1)
}

/// What a reader should know of the course.
fn notes(planned: &Planned) -> String {
    let mut text = String::new();
    let missing = planned.file.without_elevation;
    if missing > 0 {
        text.push_str(&format!("{missing} points without elevation are interpolated.\n"));
    }
    if planned.course.limited_m() > 0.0 {
        text.push_str(&format!(
            "Grade limited to 45 % over {:.0} m; elevation smoothed over {:.0} m.\n",
            planned.course.limited_m(),
            planned.course.smoothing_window_m()
        ));
    }
    text
}

fn what_ifs(outcomes: &[Outcome]) -> Table {
    let mut table = table(["", "finish", "", "quads", "", "lead from", "sorest", ""]);
    let Some(planned) = outcomes.iter().find(|o| o.what == WhatIf::AsPlanned) else { return table };
    for outcome in outcomes {
        let name = match outcome.what {
            WhatIf::AsPlanned => "as planned".into(),
            WhatIf::Unprepared => "unprepared".into(),
            WhatIf::Prepared => "prepared (hills)".into(),
            WhatIf::SlowerDescents => "descents 10 % slower".into(),
            WhatIf::HigherCadence => "cadence 5 % higher".into(),
            WhatIf::LighterPack { kg } => format!("{kg:.1} kg less pack"),
        };
        let change = |of: fn(&Outcome) -> f64, unit: f64, decimals: usize| {
            let by = unit * (of(outcome) - of(planned));
            if outcome == planned { String::new() } else { format!("{by:+.decimals$}") }
        };
        table.add_row([
            name,
            time::duration(outcome.finish_s),
            change(|o| o.finish_s, 1.0 / 60.0, 0) + if outcome == planned { "" } else { " min" },
            format!("-{:.1} %", 100.0 * outcome.strength_loss),
            change(|o| -o.strength_loss, 100.0, 1),
            outcome.lead_legs_km.map_or("never".into(), |km| format!("km {km:.0}")),
            format!("{:.1}", outcome.soreness_peak),
            change(|o| o.soreness_peak, 1.0, 1),
        ]);
    }
    right(table, 1)
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(header);
    table
}

/// All columns from one on to the right.
fn right(mut table: Table, from: usize) -> Table {
    for column in table.column_iter_mut().skip(from) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}
