//! `eccentric race`.

use std::path::Path;

use comfy_table::{CellAlignment, Table, presets};
use eccentric::forecast::{Felt, ForecastOptions};
use eccentric::params::Parameters;
use eccentric::plan::{Course, Outcome, Pace, Race, RaceOptions, WhatIf, advice, race};
use eccentric::{Muscle, PerMuscle, Timestamp};
use eccentric_chart::terminal_profile;

use crate::args::RaceArgs;
use crate::athlete::Athlete;
use crate::output::{self, Error};
use crate::{race_figure, race_json, time};

/// A race with all that is said about it.
pub struct Planned {
    pub race: Race,
    pub course: Course,
    /// What the file of the course holds.
    pub file: eccentric_files::Course,
    pub start: Timestamp,
    /// The legs before the start.
    pub before: PerMuscle<Felt>,
}

/// Whether everything could be read.
pub fn run(args: &RaceArgs) -> Result<bool, Error> {
    let (file, course) = read_course(&args.course)?;
    let quiet = args.output.quiet || args.output.json;
    let athlete = Athlete::read(&args.athlete(), false, quiet)?;
    athlete.complain_of_later(args.start);
    let p = Parameters::default();
    let options = RaceOptions {
        start: args.start,
        pace: pace(args)?,
        after: ForecastOptions {
            hours: 24.0 * args.days,
            levels: args.level.clone(),
            clear_below: args.clear_below,
            ..ForecastOptions::default()
        },
    };
    let profile = &athlete.profile;
    let legs = athlete.history.state_of(&profile.person, args.start, &p)?;
    let race = race(&course, &options, &args.body.runner(), &legs, profile, &p)?;
    let before = legs.felt(&profile.person.parameters(&p));
    let planned = Planned { race, course, file, start: args.start, before };
    if args.output.json {
        let places = args.points as usize;
        let report = race_json::report(&planned, places, options.after.clear_probability);
        output::print(&format!("{}\n", serde_json::to_string(&report)?))?;
    } else if args.output.talks() {
        output::print(&planned.text(&athlete)?)?;
    }
    if args.output.draws() {
        let document = race_figure::document(&planned, args.clear_below);
        output::write_figures(&args.output, &document)?;
    }
    Ok(athlete.all_read)
}

/// The course as its file holds it, and as it is run.
pub fn read_course(path: &Path) -> Result<(eccentric_files::Course, Course), Error> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = eccentric_files::read_file(path).map_err(|error| named(&error))?;
    let name = path.to_string_lossy();
    let file = eccentric_files::read_course(&name, &bytes).map_err(|error| named(&error))?;
    let course = Course::new(&file.points).map_err(|error| named(&error))?;
    Ok((file, course))
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

impl Planned {
    pub fn name(&self) -> String {
        self.file.name.clone().unwrap_or_else(|| "Course".into())
    }

    /// Where the legs go, in words.
    pub fn lead_legs(&self) -> String {
        let lead: Vec<String> = Muscle::ALL
            .iter()
            .filter_map(|&muscle| {
                let km = self.race.lead_legs_km[muscle]?;
                Some(format!("{} from km {km:.0}", muscle.to_string().to_lowercase()))
            })
            .collect();
        if lead.is_empty() {
            return "No muscle group is down by 25 % on the way.".into();
        }
        format!("Lead legs, down by 25 %: {}.", lead.join(", "))
    }

    fn text(&self, athlete: &Athlete) -> Result<String, Error> {
        let Race { finish_s, power_w_kg, along, back, .. } = &self.race;
        let course = &self.course;
        let done = athlete.runs.iter().filter(|run| run.load.end() <= self.start).count();
        let effort =
            power_w_kg.map_or(String::new(), |power| format!(" at {power:.1} W per kg of body"));
        let mut text = format!(
            "{}: {:.1} km, {:.0} m up, {:.0} m down\nStart {}, finish in {}{effort} ({done} runs before)\n\n",
            self.name(),
            course.length_m() / 1000.0,
            course.ascent_m(),
            course.descent_m(),
            time::local_with_year(self.start),
            time::duration(*finish_s),
        );
        let profile = race_figure::profile(self);
        text.push_str(&terminal_profile(&profile, output::width(), 10, output::colour())?);
        text.push_str(&format!("\n{}\n{}\n", self.way(), self.lead_legs()));
        let slower = along.descent_slowing.last().copied().unwrap_or(0.0);
        text.push_str(&format!(
            "At the finish steep descents are {:.0} % slower for lack of strength.\n\nAfter the finish, {}:\n{}\n",
            100.0 * slower,
            time::local(self.race.legs.time),
            self.days_after(),
        ));
        let when = |at: Option<Timestamp>| at.map_or("not within 60 days".into(), time::local);
        text.push_str(&format!(
            "Stairs without trouble: {}. Running downhill is sensible again: {}.\n\nWhat if, at the same effort:\n{}\n",
            when(back.stairs),
            when(back.downhill),
            what_ifs(&self.race.outcomes),
        ));
        text.push_str(&self.notes());
        for sentence in advice(&self.race.after).sentences() {
            text.push_str(&format!("\n{sentence}\n"));
        }
        Ok(text)
    }

    /// The way in tenths.
    fn way(&self) -> Table {
        let mut table =
            table(["km", "time", "m", "min/km", "points", "quads", "", "calves", "hams"]);
        let along = self.race.along.thinned(11);
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

    fn days_after(&self) -> Table {
        let mut table = table(["", "weaker", "sorest", "when", "clear", "likely clear"]);
        for muscle in Muscle::ALL {
            let ahead = &self.race.after.muscles[muscle];
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
    fn notes(&self) -> String {
        let mut text = String::new();
        let missing = self.file.without_elevation;
        if missing > 0 {
            text.push_str(&format!("{missing} points without elevation are interpolated.\n"));
        }
        if self.course.limited_m() > 0.0 {
            text.push_str(&format!(
                "Grade limited to 45 % over {:.0} m; elevation smoothed over {:.0} m.\n",
                self.course.limited_m(),
                self.course.smoothing_window_m()
            ));
        }
        text
    }
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
