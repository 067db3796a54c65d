//! A training week the way an app lives it: one small state per athlete, a run now and then, and
//! between two runs the forecast from that state.
//!
//! `cargo run --release --example training_week -- week.svg`
#![allow(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::error::Error;

use eccentric::activity::Segment;
use eccentric::damage::Habit;
use eccentric::forecast::{ForecastOptions, History, Spread, forecast};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::{Muscle, PerMuscle, Timestamp};
use eccentric_chart::*;

const MONDAY: Timestamp = Timestamp::from_unix_s(1_780_272_000); // 1 June 2026, 00:00 UTC
const NAMES: [&str; 4] = ["easy", "hills", "tempo", "long"];
const LABELS: [&str; 4] = ["Quadriceps", "Calves", "Hip extensors", "Hamstrings"];

fn main() -> Result<(), Box<dyn Error>> {
    let p = Parameters::default();
    let loads = week(&DoseModel::new(&p, &Runner::of_mass(62.0))?)?;
    let now = MONDAY.add_hours(5.0 * 24.0 + 20.0); // Saturday evening
    // All that has to be stored from run to run is `legs`.
    let mut legs = Habit::Road.legs(MONDAY, &p)?;
    let mut times: Vec<i64> = Vec::new();
    let mut fans = PerMuscle::from_fn(|_| (Vec::new(), Band { level: 80.0, ..Band::default() }));
    for k in 0..=loads.len() {
        // Until the next run starts, the forecast from here holds.
        let hours =
            loads.get(k).map_or(MONDAY.add_hours(264.0), |next| next.start).hours_since(legs.time);
        let options = ForecastOptions { hours, ..ForecastOptions::default() };
        let spread = Spread::population(legs.load_relative_se(), &p)?;
        let ahead = forecast(&legs, &spread, &options, &p)?;
        times.extend(ahead.times.iter().map(|time| time.unix_ms() / 1000));
        for (muscle, ahead) in ahead.muscles.iter() {
            let (values, band) = &mut fans[muscle];
            values.extend(&ahead.soreness.point);
            band.lower.extend(&ahead.soreness.intervals[0].lower);
            band.upper.extend(&ahead.soreness.intervals[0].upper);
        }
        legs = loads.get(k).map_or(Ok(legs), |load| legs.after(load, &p))?;
    }
    let series = |(muscle, label): (Muscle, &str)| {
        let (values, band) = fans[muscle].clone();
        FanSeries { label: label.into(), values, bands: vec![band], ..FanSeries::default() }
            .with_peak(&times)
    };
    let starts = loads.iter().map(|load| load.start.unix_ms() / 1000);
    let marks = starts.zip(NAMES).map(|(time, name)| RunMark { time, label: name.into() });
    let fan = Fan {
        title: "A week of training and the days after".into(),
        subtitle: "Shaded: until Saturday evening. 0 is no soreness, 10 the worst.".into(),
        value_label: "Soreness (0–10)".into(),
        range: Some((0.0, 10.0)),
        muscles: Muscle::ALL.into_iter().zip(LABELS).map(series).collect(),
        runs: marks.collect(),
        now: Some(now.unix_ms() / 1000),
        times: times.clone(),
        ..Fan::default()
    };

    // The same from the whole history, which also tells what each run contributes.
    let outlook = History { habit: Habit::Road, loads }.outlook(now, &Default::default(), &p)?;
    let mut drivers = outlook.drivers;
    drivers.sort_by_key(|driver| driver.run);
    let row = |(muscle, label): (Muscle, &str)| DriverRow {
        label: label.into(),
        shares: drivers.iter().map(|driver| driver.share_by_day[muscle][0]).collect(),
    };
    let drivers = Drivers {
        title: "Where the soreness of the next 24 h comes from".into(),
        subtitle: "Share of each run of the week.".into(),
        runs: drivers.iter().map(|driver| NAMES[driver.run].into()).collect(),
        rows: Muscle::ALL.into_iter().zip(LABELS).map(row).collect(),
    };
    let svg = Document::new("A training week").with(fan).with(drivers).to_svg(Theme::Auto)?;
    let path = std::env::args().nth(1).unwrap_or("docs/figures/example-training_week.svg".into());
    std::fs::write(&path, svg)?;
    let peak = outlook.forecast.muscles.map(|ahead| ahead.peak.soreness);
    println!("sorest to come, of 10: quadriceps {:.1}, calves {:.1}", peak.quadriceps, peak.calves);
    Ok(())
}

/// Four runs at an hour of the week, as stretches of grade, speed in m/s and minutes.
fn week(model: &DoseModel) -> eccentric::Result<Vec<EccentricLoad>> {
    let run = |hour: f64, part: &[(f64, f64, f64)], times: usize| {
        let steady = |&(grade, speed, min): &_| Segment::steady(grade, speed, 60.0 * min);
        let segments: Vec<Segment> = part.iter().map(steady).collect();
        model.load(MONDAY.add_hours(hour), &segments.repeat(times))
    };
    Ok(vec![
        run(18.0, &[(0.0, 2.9, 40.0)], 1)?,
        run(42.0, &[(0.12, 2.1, 4.0), (-0.12, 3.8, 2.2)], 8)?,
        run(90.0, &[(0.0, 2.9, 15.0), (0.0, 4.2, 25.0)], 1)?,
        run(128.0, &[(0.07, 2.3, 20.0), (-0.09, 3.1, 15.0), (0.0, 2.8, 8.0)], 3)?,
    ])
}
