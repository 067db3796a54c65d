//! `eccentric forecast`.

use comfy_table::{CellAlignment, Table, presets};
use eccentric::Muscle;
use eccentric::forecast::{ForecastOptions, Outlook};
use eccentric::params::Parameters;
use eccentric::person::Profile;
use eccentric::plan::advice;
use eccentric_app::athlete::Athlete;
use eccentric_app::figure::{self, Quantity};
use eccentric_chart::{Document, terminal_fan};

use crate::args::ForecastArgs;
use crate::json::forecast_report;
use crate::load::notes;
use crate::output::{self, Error};
use crate::runs::Run;
use crate::{athlete, time};

/// Whether everything could be read.
pub fn run(args: &ForecastArgs) -> Result<bool, Error> {
    let quiet = args.output.quiet || args.output.json;
    let (athlete, all_read) = athlete::read(&args.athlete, args.output.draws(), quiet)?;
    let Athlete { runs, left_out, profile, .. } = &athlete;
    let Some(last) = runs.last() else {
        return Err("no run could be read, so there is nothing to forecast from".into());
    };
    let from = args.at.unwrap_or_else(|| last.load.end());
    athlete::complain_of_later(&athlete, from);
    let options = ForecastOptions {
        hours: 24.0 * args.days,
        levels: args.level.clone(),
        clear_below: args.clear_below,
        ..ForecastOptions::default()
    };
    let p = Parameters::default();
    let outlook = athlete.history.outlook_for(profile, from, &options, &p)?;
    if args.output.json {
        let report = forecast_report(&outlook, runs, left_out, options.clear_probability);
        output::print(&format!("{}\n", serde_json::to_string(&report)?))?;
    } else if args.output.talks() {
        output::print(&text(&outlook, runs, args, &options, profile)?)?;
    }
    if args.output.draws() {
        output::write_figures(&args.output, &document(&outlook, runs, args)?)?;
    }
    Ok(all_read)
}

fn text(
    outlook: &Outlook,
    runs: &[Run],
    args: &ForecastArgs,
    options: &ForecastOptions,
    profile: &Profile,
) -> Result<String, Error> {
    let start = outlook.state.time;
    let done = runs.iter().filter(|run| run.load.end() <= start).count();
    let mut text = format!(
        "{done} run{}, {} habit before; forecast from {}\n",
        if done == 1 { "" } else { "s" },
        format!("{:?}", args.athlete.habit).to_lowercase(),
        time::local_with_year(start),
    );
    if profile.ratings > 0 {
        text.push_str(&format!("For you, after {} ratings.\n", profile.ratings));
    }
    text.push_str(&format!("{}\n", table(outlook)));
    text.push_str(&format!(
        "Soreness 0 to 10, in brackets {} % intervals of what you will rate; weaker: strength lost. Clear: below {}.\n\n",
        100.0 * options.levels.first().copied().unwrap_or(0.8),
        options.clear_below,
    ));
    let fan = figure::fan(outlook, runs, Quantity::Soreness, args.clear_below, &time::zone());
    text.push_str(&terminal_fan(&fan, output::width(), 12, output::colour())?);
    let drivers: Vec<_> = outlook.drivers.iter().filter(|d| d.share >= 0.01).take(5).collect();
    if !drivers.is_empty() {
        text.push_str("\nWhere it comes from:\n");
    }
    for driver in drivers {
        let run = &runs[driver.run];
        text.push_str(&format!(
            "{:>5.0} %  {}, {} ({:.0} points)\n",
            100.0 * driver.share,
            time::local_date(run.load.start),
            run.name(),
            run.load.points_total,
        ));
        text.extend(notes(run).into_iter().map(|note| format!("         {note}\n")));
    }
    for sentence in advice(&outlook.forecast).sentences() {
        text.push_str(&format!("\n{sentence}\n"));
    }
    Ok(text)
}

fn table(outlook: &Outlook) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header([
        "",
        "before",
        "now",
        "weaker now",
        "sorest",
        "when",
        "clear",
        "likely clear",
    ]);
    for muscle in Muscle::ALL {
        let ahead = &outlook.forecast.muscles[muscle];
        let at_peak = ahead.soreness.point.iter().position(|&s| s == ahead.peak.soreness);
        let band =
            ahead.soreness.intervals.first().zip(at_peak).map(|(interval, k)| {
                format!(" ({:.1}–{:.1})", interval.lower[k], interval.upper[k])
            });
        let when = |time: Option<eccentric::Timestamp>| match time {
            Some(time) if time == outlook.state.time => "now".into(),
            Some(time) => time::local(time),
            None => "after 60 days".into(),
        };
        table.add_row([
            muscle.to_string(),
            format!("{:.1}", outlook.before[muscle].soreness),
            format!("{:.1}", ahead.soreness.point[0]),
            format!("{:.0} %", 100.0 * ahead.strength_loss.point[0]),
            format!("{:.1}{}", ahead.peak.soreness, band.unwrap_or_default()),
            time::local(ahead.peak.time),
            when(ahead.clear.at),
            when(ahead.clear.likely_at),
        ]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn document(outlook: &Outlook, runs: &[Run], args: &ForecastArgs) -> Result<Document, Error> {
    let zone = time::zone();
    let mut document = Document::new("Soreness forecast")
        .with(figure::fan(outlook, runs, Quantity::Soreness, args.clear_below, &zone))
        .with(figure::fan(outlook, runs, Quantity::StrengthLoss, args.clear_below, &zone));
    if let Some(drivers) = figure::drivers(outlook, runs, &zone) {
        document = document.with(drivers);
    }
    let last = runs.iter().rev().find(|run| run.load.end() <= outlook.state.time);
    if let Some(run) = last
        && let Some(profile) = figure::profile(run, &args.athlete.body.runner(), &zone)?
    {
        document = document.with(profile);
    }
    Ok(figure::with_footer(document, Some(advice(&outlook.forecast))))
}
