//! `eccentric today`.

use comfy_table::{CellAlignment, Table, presets};
use eccentric::forecast::Felt;
use eccentric::plan::{Advice, Tightest, Today, TodayOptions};
use eccentric::{Muscle, PerMuscle};
use eccentric_app::athlete::{Athlete, in_words};
use eccentric_app::today::{TodayReport, limit};

use crate::args_ahead::TodayArgs;
use crate::output::{self, Error};
use crate::{athlete, time};

/// Whether everything could be read.
pub fn run(args: &TodayArgs) -> Result<bool, Error> {
    let (athlete, all_read) = athlete::read(&args.athlete, false, args.json)?;
    athlete::complain_of_later(&athlete, args.at);
    let (descent, source) = athlete.descent(&args.descent.asked(), args.at)?;
    let mut options = TodayOptions {
        soreness_below: args.limit.soreness,
        probability: args.limit.probability,
        descent,
        ..TodayOptions::from(args.at)
    };
    options.until = args.until.unwrap_or(options.until);
    let (limit, advice) = limit(&athlete, &options)?;
    if args.json {
        let report = TodayReport::of(&limit, &options, source, advice);
        output::print(&format!("{}\n", serde_json::to_string(&report)?))?;
    } else {
        output::print(&text(&limit, &options, source, advice, &athlete))?;
    }
    Ok(all_read)
}

fn text(
    limit: &Today,
    options: &TodayOptions,
    source: &str,
    advice: Advice,
    athlete: &Athlete,
) -> String {
    let runs = athlete.runs.iter().filter(|run| run.load.end() <= options.start).count();
    let mut text = format!(
        "{}, before any session ({runs} runs):\n{}\n",
        time::local_with_year(options.start),
        table(&limit.before)
    );
    text.push_str(&verdict(limit, options, source));
    for sentence in advice.sentences() {
        text.push_str(&format!("\n{sentence}\n"));
    }
    text
}

fn verdict(limit: &Today, options: &TodayOptions, source: &str) -> String {
    let asked = format!(
        "below {} of 10 with {:.0} % until {}",
        options.soreness_below,
        100.0 * options.probability,
        time::local(options.until)
    );
    let Tightest { time, muscle, probability, soreness } = limit.tightest;
    let tightest = format!(
        "{} {}: {:.0} % to be below it, median {soreness:.1}",
        muscle.to_string().to_lowercase(),
        time::local(time),
        100.0 * probability
    );
    if !limit.worthwhile() {
        let until = match limit.next {
            Some(next) => format!("easy and flat until {}", time::local(next)),
            None => "and not within two weeks either".into(),
        };
        let why = if limit.points > 0.0 {
            format!("{:.1} points would be the most to stay {asked}", limit.points)
        } else {
            format!("even rest does not keep you {asked}")
        };
        return format!("Nothing downhill today, {until}.\n{why} ({tightest}).\n");
    }
    let descent = match source {
        "usual" => "your usual descent",
        "given" => "the descent you gave",
        _ => "a middling descent, as your runs hold none",
    };
    let size = format!(
        "{:.0} points: {:.0} m of descent on {}, {:.1} km, {:.0} min ({descent})",
        limit.points,
        limit.workout.descent_m,
        in_words(&options.descent),
        limit.workout.distance_m / 1000.0,
        limit.workout.duration_s / 60.0,
    );
    if limit.open {
        return format!(
            "Soreness sets no limit today: even {size} keep you {asked}.\nOther limits come first.\n"
        );
    }
    format!("At most {size}.\nThat keeps you {asked}; closest is {tightest}.\n")
}

fn table(before: &PerMuscle<Felt>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(["", "sore now", "weaker now"]);
    for muscle in Muscle::ALL {
        let Felt { soreness, strength_loss } = before[muscle];
        table.add_row([
            muscle.to_string(),
            format!("{soreness:.1}"),
            format!("{:.0} %", 100.0 * strength_loss),
        ]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}
