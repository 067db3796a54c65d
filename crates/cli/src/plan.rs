//! `eccentric plan`.

use comfy_table::{CellAlignment, Table, presets};
use eccentric::plan::{Pace, Planned, RED_FLAGS, Schedule, Tightest};
use eccentric_app::athlete::in_words;
use eccentric_app::ics;
use eccentric_app::plan::{Asked, Made};
use eccentric_app::plan_figure;
use eccentric_app::plan_json::plan_report;
use jiff::civil::Date;

use crate::args_ahead::PlanArgs;
use crate::output::{self, Error};
use crate::planned;
use crate::race::read_course;
use crate::{athlete, time};

/// Whether everything could be read.
pub fn run(args: &PlanArgs) -> Result<bool, Error> {
    let course = read_course(&args.course)?;
    let quiet = args.output.quiet || args.output.json;
    let (athlete, all_read) = athlete::read(&args.athlete, false, quiet)?;
    athlete::complain_of_later(&athlete, args.from);
    let path = planned::path(args);
    let before = path.as_deref().map(planned::read).transpose()?.flatten();
    let blocked = |date| args.block.iter().any(|days| days.hold(date));
    let made = Made::of(course, &athlete, &asked(args, &blocked, before.as_ref()), &time::zone())?;
    if let Some(path) = &path {
        planned::write(path, &made.kept(args.from))?;
    }
    if let Some(path) = &args.ics {
        output::write(path, &ics::calendar(&made, args.from))?;
    }
    if args.output.json {
        let report = plan_report(&made, &time::zone());
        output::print(&format!("{}\n", serde_json::to_string(&report)?))?;
    } else if args.output.talks() {
        output::print(&text(&made, path.as_deref()))?;
    }
    if args.output.draws() {
        output::write_figures(&args.output, &plan_figure::document(&made, &time::zone()))?;
    }
    Ok(all_read)
}

fn asked<'a>(
    args: &PlanArgs,
    blocked: &'a dyn Fn(Date) -> bool,
    before: Option<&'a Planned>,
) -> Asked<'a> {
    Asked {
        race: args.race,
        from: args.from,
        pace: args.time.map_or(Pace::Typical, Pace::FinishTime),
        hour: args.hour,
        blocked,
        rest_days: args.rest_days,
        descent: args.descent.asked(),
        soreness_below: args.limit.soreness,
        probability: args.limit.probability,
        clear_below: args.clear_below,
        clear_probability: args.clear_probability,
        week_points: args.week_points,
        week_descent_m: args.week_descent,
        build_up: args.build_up,
        before,
    }
}

fn text(made: &Made, path: Option<&std::path::Path>) -> String {
    let days = made.options.days.len();
    let usual = made.options.days.iter().take(7).flat_map(|day| &day.usual);
    let week = usual.fold(0.0, |sum, load| sum + load.points_total);
    let usual = if week > 0.0 {
        format!(
            "Your usual running goes on, {week:.0} points a week; a larger session takes the place of the run of its day."
        )
    } else {
        "Nothing else is run, as in the weeks before it.".into()
    };
    let mut text = format!(
        "{} ({:.0} points), {}, in {days} days. {usual}\n",
        made.name,
        made.race.points_total,
        time::local_with_year(made.race.start),
    );
    if made.plan.best.sessions.is_empty() {
        text.push_str(&why_nothing(made));
    } else {
        text.push_str(&format!("{}\n", sessions(made)));
    }
    text.push_str(&promise(made));
    text.push_str(&format!("\nCompared with what coaches publish:\n{}\n", alternatives(made)));
    text.push_str(
        "Sore after the race: quadriceps at their sorest, mean and 80 % of persons like you; as good: share of \
         them for whom
the plan is at least as good. Protected: part of the soreness after 30 min at -16 % and \
         3 m/s that earlier
runs take away. Sorest: the highest median on the way.
",
    );
    if let Some(changes) = &made.changes {
        text.push_str(&planned::text(changes));
    }
    if let Some(path) = path {
        text.push_str(&format!("\nKept in {}\n", path.display()));
    }
    text.push_str(&format!("\nA plan of a model, no promise to prevent injury. {RED_FLAGS}\n"));
    text
}

fn sessions(made: &Made) -> Table {
    let mut table = table(["session", "descent", "points", "downhill", "time", "days before"]);
    for session in &made.plan.best.sessions {
        let before = made.race.start.hours_since(session.start) / 24.0;
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
fn promise(made: &Made) -> String {
    let Schedule { on_the_way, race_day, beyond_on_the_way, beyond_race_day, .. } = &made.plan.best;
    let options = &made.options;
    let source = match made.descent_from() {
        "usual" => "your usual descent",
        "given" => "the descent you gave",
        "steep" => "short and steep, which buys more than your usual descent",
        _ => "a middling descent, as your runs hold none",
    };
    let mut text = format!("All on {} ({source}).\n{}\n", in_words(&made.descent()), made.worth());
    text.push_str(&format!(
        "On the way below {} of 10: {}.\nClear at the start, below {}: {}.\n",
        options.soreness_below,
        likely(on_the_way),
        options.clear_below,
        likely(race_day),
    ));
    for (beyond, what) in [(beyond_on_the_way, "on the way"), (beyond_race_day, "at the start")] {
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

fn why_nothing(made: &Made) -> String {
    let free = made.options.days.iter().any(|day| day.free);
    if free {
        "No descent session: none buys anything, or none keeps to your limits; a higher --soreness or a \
         steeper --slope may.\n"
            .into()
    } else {
        "No descent session: every day is blocked.\n".into()
    }
}

fn alternatives(made: &Made) -> Table {
    let mut table = table([
        "",
        "sessions",
        "points",
        "sore after the race",
        "weaker at the finish",
        "as good",
        "protected",
        "sorest",
        "clear",
    ]);
    let rules = made.plan.alternatives.iter().map(|(rule, schedule)| (rule.name(), schedule));
    for (name, schedule) in std::iter::once(("this plan", &made.plan.best)).chain(rules) {
        let points = schedule.sessions.iter().fold(0.0, |sum, session| sum + session.points);
        let [low, high] = schedule.soreness_peak_80;
        let sorest = schedule.days.iter().map(|day| day.soreness).fold(0.0, f64::max);
        table.add_row([
            name.to_owned(),
            schedule.sessions.len().to_string(),
            format!("{points:.0}"),
            format!("{:.1} ({low:.1}–{high:.1})", schedule.soreness_peak),
            format!("-{:.0} %", 100.0 * schedule.strength_loss),
            format!("{:.0} %", 100.0 * schedule.plan_as_good),
            format!("{:.0} %", 100.0 * schedule.protection),
            format!("{sorest:.1}"),
            format!("{:.0} %", 100.0 * schedule.race_day.probability),
        ]);
    }
    right(table)
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
