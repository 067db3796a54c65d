//! The repeated bout effect: the same descent twice, three weeks apart. The first one protects.
//!
//! `cargo run --release --example two_bouts -- bouts.svg`
#![allow(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::error::Error;

use eccentric::Timestamp;
use eccentric::activity::Segment;
use eccentric::damage::{Habit, LegState};
use eccentric::forecast::{ForecastOptions, MuscleForecast, Series, Spread, forecast};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric_chart::{Axis, Document, Lines, SeriesStyle, Theme};

const THREE_WEEKS_H: f64 = 21.0 * 24.0;

fn main() -> Result<(), Box<dyn Error>> {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner::default())?;
    // 30 min at -16 %, 3 m/s: the reference bout, 100 points, as in many laboratory studies.
    let bout = [Segment::steady(-0.16, 3.0, 1800.0)];
    let first = model.load(Timestamp::from_unix_s(0), &bout)?;
    let second = model.load(first.start.add_hours(THREE_WEEKS_H), &bout)?;

    // Someone without any habit of running, as the volunteers of those studies.
    let after_first = Habit::None.legs(first.start, &p)?.after(&first, &p)?;
    // `after` first advances the state to the start of the run: damage has healed by then, what is
    // left of the first bout is its protection.
    let after_second = after_first.after(&second, &p)?;
    let (first, second) = (quadriceps(&after_first, &p)?, quadriceps(&after_second, &p)?);

    let panel = |title: &str, y: Axis, scale: f64, of: fn(&MuscleForecast) -> &Series| Lines {
        title: title.into(),
        subtitle: "Median and 80 % interval of a person about whom nothing is known.".into(),
        x: Axis::new("Time after the bout (h)").with_range(0.0, 144.0),
        y,
        series: vec![
            line("first bout", of(&first), scale, SeriesStyle::Line),
            line("second bout, 3 weeks later", of(&second), scale, SeriesStyle::Dashed),
        ],
        ..Lines::default()
    };
    let y = Axis::new("Quadriceps soreness (0–10)").with_range(0.0, 10.0);
    let soreness = panel("The second bout hurts less", y, 1.0, |m| &m.soreness);
    let y = Axis::new("Quadriceps strength lost (%)").with_range(0.0, 40.0);
    let strength = panel("… and weakens less", y, 100.0, |m| &m.strength_loss);
    let svg = Document::new("Two bouts").with(soreness).with(strength).to_svg(Theme::Auto)?;
    let path = std::env::args().nth(1).unwrap_or("docs/figures/example-two_bouts.svg".into());
    std::fs::write(&path, svg)?;

    for (name, bout) in [("first", &first), ("second", &second)] {
        println!(
            "{name} bout: soreness peaks at {:.1} of 10, {:.0} % weaker at once, {:.0} % after 2 days",
            bout.peak.soreness,
            100.0 * bout.strength_loss.point[0],
            100.0 * bout.strength_loss.point[48],
        );
    }
    Ok(())
}

/// Six days of the quadriceps, by the hour.
fn quadriceps(legs: &LegState, p: &Parameters) -> eccentric::Result<MuscleForecast> {
    let options = ForecastOptions { hours: 144.0, ..ForecastOptions::default() };
    let spread = Spread::population(legs.load_relative_se(), p)?;
    Ok(forecast(legs, &spread, &options, p)?.muscles.quadriceps)
}

fn line(label: &str, of: &Series, scale: f64, style: SeriesStyle) -> eccentric_chart::Series {
    let interval = &of.intervals[0];
    let band = interval.lower.iter().zip(&interval.upper);
    eccentric_chart::Series {
        label: label.into(),
        style,
        points: (0..)
            .zip(&of.point)
            .map(|(hour, value)| (f64::from(hour), scale * value))
            .collect(),
        band: band.map(|(lower, upper)| (scale * lower, scale * upper)).collect(),
        ..eccentric_chart::Series::default()
    }
}
