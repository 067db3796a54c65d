//! `eccentric plan`.

use comfy_table::{CellAlignment, Table, presets};
use eccentric::Timestamp;
use eccentric::forecast::ForecastOptions;
use eccentric::load::EccentricLoad;
use eccentric::params::Parameters;
use eccentric::params::fixed::FIRST_DESCENT_M;
use eccentric::plan::{
    Day, DoneDescent, Pace, Plan, PlanOptions, Planned, RED_FLAGS, RaceOptions, Schedule, Tightest,
    habit_week, plan, race, usual_week,
};

use crate::args::PlanArgs;
use crate::athlete::{Athlete, in_words};
use crate::output::{self, Error};
use crate::planned::{self, Changes};
use crate::race::read_course;
use crate::{days, ics, plan_figure, plan_json, time};

/// A plan with all that is said about it.
pub struct Made {
    pub plan: Plan,
    pub options: PlanOptions,
    pub race: EccentricLoad,
    pub name: String,
    /// Where the descent comes from.
    pub source: &'static str,
    pub changes: Option<Changes>,
}

/// Whether everything could be read.
pub fn run(args: &PlanArgs) -> Result<bool, Error> {
    let (file, course) = read_course(&args.course)?;
    let quiet = args.output.quiet || args.output.json;
    let athlete = Athlete::read(&args.athlete, false, quiet)?;
    athlete.complain_of_later(args.from);
    let path = planned::path(args);
    let before = path.as_deref().map(planned::read).transpose()?.flatten();
    let p = Parameters::default();
    let (options, source) = options(args, &athlete)?;
    let person = &athlete.profile.person;
    let legs = athlete.history.state_of(person, args.from.min(args.race), &p)?;
    let pace = args.time.map_or(Pace::Typical, Pace::FinishTime);
    let on_course = RaceOptions { start: args.race, pace, after: ForecastOptions::default() };
    let runner = athlete.model.runner();
    let load = race(&course, &on_course, runner, &legs, &athlete.profile, &p)?.load;
    let past = past(&athlete, args.from);
    let plan = plan(&past, &athlete.profile, &athlete.model, &load, &options)?;
    let sessions = plan.best.sessions.clone();
    let changes = before
        .filter(|before| before.race == args.race)
        .map(|before| Changes::since(&before, &options.done, &sessions, args.from));
    let name = file.name.clone().unwrap_or_else(|| "the race".into());
    let made = Made { plan, options, race: load, name, source, changes };
    if let Some(path) = &path {
        planned::write(path, &Planned { made: args.from, race: args.race, sessions })?;
    }
    if let Some(path) = &args.ics {
        output::write(path, &made.calendar(args.from))?;
    }
    if args.output.json {
        let report = plan_json::report(&made);
        output::print(&format!("{}\n", serde_json::to_string(&report)?))?;
    } else if args.output.talks() {
        output::print(&made.text(path.as_deref()))?;
    }
    if args.output.draws() {
        output::write_figures(&args.output, &plan_figure::document(&made))?;
    }
    Ok(athlete.all_read)
}

/// The runs that have ended by a time.
fn past(athlete: &Athlete, time: Timestamp) -> eccentric::forecast::History {
    let mut history = athlete.history.clone();
    history.loads.retain(|load| load.end() <= time);
    history
}

fn options(args: &PlanArgs, athlete: &Athlete) -> Result<(PlanOptions, &'static str), Error> {
    let (descent, source) = athlete.descent(&args.descent, args.from)?;
    let done = athlete
        .runs
        .iter()
        .filter(|run| run.load.end() <= args.from)
        .map(|run| DoneDescent { start: run.load.start, descent_m: run.descents.descent_m });
    let week_descent = args.week_descent.map(|m| m * descent.points_per_m(&athlete.model));
    let options = PlanOptions {
        descent,
        soreness_below: args.limit.soreness,
        probability: args.limit.probability,
        clear_below: args.clear_below,
        clear_probability: args.clear_probability,
        week_points: args.week_points.or(week_descent),
        build_up: args.build_up,
        done: done.collect(),
        ..PlanOptions::on(calendar(args, athlete)?)
    };
    Ok((options, source))
}

/// The days before race day: from today on, or tomorrow if the hour of the session has passed.
fn calendar(args: &PlanArgs, athlete: &Athlete) -> Result<Vec<Day>, Error> {
    let (race, mut date) = (days::date_of(args.race), days::date_of(args.from));
    if days::at(date, args.hour)? < args.from {
        date = date.tomorrow()?;
    }
    if date >= race {
        return Err(format!(
            "the race is on {race}, which leaves no day for a plan from {} on",
            time::local_with_year(args.from)
        )
        .into());
    }
    let usual = usual(athlete, days::at(date, 0)?)?;
    let mut calendar = Vec::new();
    while date < race {
        let start = days::at(date, args.hour)?;
        let resting = race.since(date)?.get_days() <= i32::from(args.rest_days);
        calendar.push(Day {
            start,
            free: !args.block.iter().any(|days| days.hold(date)),
            usual: if resting { None } else { usual[calendar.len() % 7].clone() },
        });
        date = date.tomorrow()?;
    }
    Ok(calendar)
}

/// The usual week from a midnight on: the easy runs of the last weeks, else what the habit says.
fn usual(athlete: &Athlete, midnight: Timestamp) -> Result<[Option<EccentricLoad>; 7], Error> {
    let easy = |run: &&crate::runs::Run| {
        run.load.end() <= midnight && run.descents.descent_m < FIRST_DESCENT_M
    };
    let runs: Vec<_> = athlete.runs.iter().filter(easy).map(|run| run.load.clone()).collect();
    let usual = usual_week(&runs, midnight);
    let known = athlete.runs.iter().any(|run| midnight.hours_since(run.load.start) >= 84.0);
    if known { Ok(usual) } else { Ok(habit_week(athlete.history.habit, &athlete.model)?) }
}

impl Made {
    fn calendar(&self, made: Timestamp) -> String {
        let finish_s = 3600.0 * self.race.end().hours_since(self.race.start);
        ics::calendar(&self.plan.best.sessions, (&self.name, self.race.start, finish_s), made)
    }

    fn text(&self, path: Option<&std::path::Path>) -> String {
        let Schedule { sessions, .. } = &self.plan.best;
        let days = self.options.days.len();
        let week: f64 = self
            .options
            .days
            .iter()
            .take(7)
            .flat_map(|day| &day.usual)
            .map(|r| r.points_total)
            .sum();
        let mut text = format!(
            "{} ({:.0} points), {}, in {days} days. Your usual easy running goes on: {week:.0} points a week.\n",
            self.name,
            self.race.points_total,
            time::local_with_year(self.race.start),
        );
        if sessions.is_empty() {
            text.push_str(&self.why_nothing());
        } else {
            text.push_str(&format!("{}\n", self.sessions()));
        }
        text.push_str(&self.promise());
        text.push_str(&format!("\nCompared with what coaches publish:\n{}\n", self.alternatives()));
        text.push_str(
            "At the finish: strength of the quadriceps lost, mean and 80 % of persons like you; as good: share of \
             them for whom\nthe plan is at least as good. Protected: damage that earlier descents take away. Sorest: \
             the highest median on the way.\n",
        );
        if let Some(changes) = &self.changes {
            text.push_str(&changes.text());
        }
        if let Some(path) = path {
            text.push_str(&format!("\nKept in {}\n", path.display()));
        }
        text.push_str(&format!("\nA plan of a model, no promise to prevent injury. {RED_FLAGS}\n"));
        text
    }

    fn sessions(&self) -> Table {
        let mut table = table(["session", "descent", "points", "downhill", "time", "days before"]);
        for session in &self.plan.best.sessions {
            let before = self.race.start.hours_since(session.start) / 24.0;
            table.add_row([
                time::local(session.start),
                format!("{:.0} m", session.workout.descent_m),
                format!("{:.0}", session.points),
                format!("{:.1} km", session.workout.distance_m / 1000.0),
                format!("{:.0} min", session.workout.duration_s / 60.0),
                format!("{:.0}", before.ceil()),
            ]);
        }
        right(table)
    }

    /// What the plan promises, in words.
    fn promise(&self) -> String {
        let Schedule { on_the_way, race_day, beyond_on_the_way, beyond_race_day, .. } =
            &self.plan.best;
        let options = &self.options;
        let source = match self.source {
            "usual" => "your usual descent",
            "given" => "the descent you gave",
            _ => "a middling descent, as your runs hold none",
        };
        let mut text = format!("All on {} ({source}).\n", in_words(&options.descent));
        text.push_str(&format!(
            "On the way below {} of 10: {}.\nClear at the start, below {}: {}.\n",
            options.soreness_below,
            likely(on_the_way),
            options.clear_below,
            likely(race_day),
        ));
        for (beyond, what) in [(beyond_on_the_way, "on the way"), (beyond_race_day, "at the start")]
        {
            if let Some(Tightest { muscle, soreness, probability, .. }) = beyond {
                text.push_str(&format!(
                    "Your usual running alone makes the {} sorer than asked {what} ({:.0} % below, median \
                     {soreness:.1}); the plan adds next to nothing.\n",
                    muscle.to_string().to_lowercase(),
                    100.0 * probability,
                ));
            }
        }
        text
    }

    fn why_nothing(&self) -> String {
        let free = self.options.days.iter().any(|day| day.free);
        if free {
            "No descent session: none buys anything, or none keeps to your limits; a higher --soreness or a \
             steeper --slope may.\n"
                .into()
        } else {
            "No descent session: every day is blocked.\n".into()
        }
    }

    fn alternatives(&self) -> Table {
        let mut table = table([
            "",
            "sessions",
            "points",
            "at the finish",
            "as good",
            "protected",
            "sorest",
            "clear",
        ]);
        let rules = self.plan.alternatives.iter().map(|(rule, schedule)| (rule.name(), schedule));
        for (name, schedule) in std::iter::once(("this plan", &self.plan.best)).chain(rules) {
            let points = schedule.sessions.iter().fold(0.0, |sum, session| sum + session.points);
            let [low, high] = schedule.strength_loss_80.map(|loss| 100.0 * loss);
            let sorest = schedule.days.iter().map(|day| day.soreness).fold(0.0, f64::max);
            table.add_row([
                name.to_owned(),
                schedule.sessions.len().to_string(),
                format!("{points:.0}"),
                format!("-{:.1} % ({low:.0}–{high:.0})", 100.0 * schedule.strength_loss),
                format!("{:.0} %", 100.0 * schedule.plan_as_good),
                format!("{:.0} %", 100.0 * schedule.protection),
                format!("{sorest:.1}"),
                format!("{:.0} %", 100.0 * schedule.race_day.probability),
            ]);
        }
        right(table)
    }
}

fn likely(tightest: &Tightest) -> String {
    format!(
        "{:.0} % at least ({} on {}, median {:.1})",
        (100.0 * tightest.probability).floor(),
        tightest.muscle.to_string().to_lowercase(),
        time::local(tightest.time),
        tightest.soreness
    )
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(header);
    table
}

fn right(mut table: Table) -> Table {
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}
