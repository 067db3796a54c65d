//! A training week the way an app lives it: one small state per athlete, a run now and then, and
//! between runs the forecast from that state.
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
use eccentric_chart::{Band, Document, DriverRow, Drivers, Fan, FanSeries, RunMark, Theme};

const MONDAY: Timestamp = Timestamp::from_unix_s(1_780_272_000); // 1 June 2026, 00:00 UTC
const DAYS: f64 = 11.0;
const MUSCLES: PerMuscle<&str> = PerMuscle {
    quadriceps: "Quadriceps",
    calves: "Calves",
    hip_extensors: "Hip extensors",
    hamstrings: "Hamstrings",
};

fn main() -> Result<(), Box<dyn Error>> {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner::of_mass(62.0))?;
    let week = week(&model)?;
    let loads: Vec<EccentricLoad> = week.iter().map(|(_, load)| load.clone()).collect();

    let mut legs = Habit::Road.legs(MONDAY, &p)?;
    let mut times: Vec<i64> = Vec::new();
    let mut drawn = PerMuscle::from_fn(|_| (Vec::new(), Band { level: 80.0, ..Band::default() }));
    for (k, load) in loads.iter().enumerate() {
        // All that has to be stored between two runs is `legs`.
        legs = legs.after(load, &p)?;
        // Until the next run starts, this run's forecast holds.
        let until = loads.get(k + 1).map_or(MONDAY.add_hours(24.0 * DAYS), |next| next.start);
        let hours = until.hours_since(legs.time);
        let options = ForecastOptions { hours, ..ForecastOptions::default() };
        let spread = Spread::population(legs.load_relative_se(), &p)?;
        let ahead = forecast(&legs, &spread, &options, &p)?;
        times.extend(ahead.times.iter().map(|time| time.unix_ms() / 1000));
        for muscle in Muscle::ALL {
            let (values, band) = &mut drawn[muscle];
            let soreness = &ahead.muscles[muscle].soreness;
            values.extend(&soreness.point);
            band.lower.extend(&soreness.intervals[0].lower);
            band.upper.extend(&soreness.intervals[0].upper);
        }
    }

    // The same from the whole history, which also tells what each run contributes.
    let history = History { habit: Habit::Road, loads };
    let outlook = history.outlook(legs.time, &ForecastOptions::default(), &p)?;
    let mut drivers = outlook.drivers;
    drivers.retain(|driver| driver.share >= 0.01);
    drivers.sort_by_key(|driver| driver.run);
    let shares = |m| drivers.iter().map(|driver| driver.share_by_day[m][0]).collect();
    let rows = Muscle::ALL.map(|m| DriverRow { label: MUSCLES[m].into(), shares: shares(m) });

    let muscle = |m: Muscle| {
        let (values, band) = drawn[m].clone();
        FanSeries { label: MUSCLES[m].into(), values, bands: vec![band], ..FanSeries::default() }
            .with_peak(&times)
    };
    let mark = |(name, load): &(&str, EccentricLoad)| RunMark {
        time: load.start.unix_ms() / 1000,
        label: (*name).into(),
    };
    let fan = Fan {
        title: "A week of training and the days after".into(),
        subtitle: "Shaded: what has happened by the end of Saturday's long run.".into(),
        value_label: "Soreness (0–10)".into(),
        range: Some((0.0, 8.0)),
        muscles: Muscle::ALL.map(muscle).into(),
        runs: week.iter().map(mark).collect(),
        now: Some(legs.time.unix_ms() / 1000),
        times: times.clone(),
        ..Fan::default()
    };
    let from = Drivers {
        title: "Where the soreness of the next 24 h comes from".into(),
        subtitle: "Share of each run; what is missing to 100 % is older or small.".into(),
        runs: drivers.iter().map(|driver| week[driver.run].0.into()).collect(),
        rows: rows.into(),
    };
    let svg = Document::new("A training week").with(fan).with(from).to_svg(Theme::Auto)?;
    let path = std::env::args().nth(1).unwrap_or("docs/figures/example-training_week.svg".into());
    std::fs::write(&path, svg)?;

    let points: f64 = week.iter().map(|(_, load)| load.points_total).sum();
    println!("{} runs, {points:.0} points", week.len());
    for (muscle, ahead) in outlook.forecast.muscles.iter() {
        println!("{}: soreness up to {:.1} of 10", MUSCLES[muscle], ahead.peak.soreness);
    }
    Ok(())
}

/// Four runs: name, day and hour of the week, stretches of grade, speed in m/s and minutes.
fn week(model: &DoseModel) -> eccentric::Result<Vec<(&'static str, EccentricLoad)>> {
    let hill = [(0.12, 2.1, 4.0), (-0.12, 3.8, 2.2)];
    let plan: [(&str, f64, Vec<(f64, f64, f64)>); 4] = [
        ("easy", 18.0, vec![(0.0, 2.9, 40.0)]),
        ("hills", 24.0 + 18.0, hill.repeat(8)),
        ("tempo", 72.0 + 18.0, vec![(0.0, 2.9, 15.0), (0.0, 4.2, 25.0)]),
        ("long", 120.0 + 8.0, [(0.07, 2.3, 20.0), (-0.09, 3.1, 15.0), (0.0, 2.8, 8.0)].repeat(3)),
    ];
    let steady = |&(grade, speed, min): &(f64, f64, f64)| Segment::steady(grade, speed, 60.0 * min);
    let load = |(name, hour, parts): &(&'static str, f64, Vec<_>)| {
        let segments: Vec<Segment> = parts.iter().map(steady).collect();
        Ok((*name, model.load(MONDAY.add_hours(*hour), &segments)?))
    };
    plan.iter().map(load).collect()
}
