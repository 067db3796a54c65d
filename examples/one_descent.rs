//! One descent: what 7 km down a mountain do to legs that know level roads, and for how long.
//!
//! `cargo run --release --example one_descent -- descent.svg`
#![allow(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::error::Error;

use eccentric::activity::Segment;
use eccentric::damage::Habit;
use eccentric::forecast::{ForecastOptions, MuscleForecast, Spread, forecast};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::{Muscle, Timestamp};
use eccentric_chart::{Band, Document, Fan, FanSeries, PeakMark, Theme, Threshold};
use eccentric_chart::{Profile, ProfilePoint};

fn main() -> Result<(), Box<dyn Error>> {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner { pack_kg: 2.0, ..Runner::of_mass(70.0) })?;
    let start = Timestamp::from_unix_s(1_780_729_800); // Sat 6 June 2026, 07:10 UTC

    // A descent without a recording: stretches of 50 m, steepest in the middle. Runs that were
    // recorded come from `activity::clean` instead; both are segments from here on.
    let segments: Vec<Segment> = (0..140)
        .map(|k| {
            let km = 0.05 * f64::from(k);
            let grade =
                -0.06 - 0.16 * (-((km - 3.2) / 1.4).powi(2)).exp() + 0.03 * (5.0 * km).sin();
            let speed_m_s = 3.3 + 3.0 * grade;
            Segment::steady(grade, speed_m_s, 50.0 / speed_m_s)
        })
        .collect();
    let load = model.load(start, &segments)?;

    // The habit is what protects legs before their first record: level roads protect a little.
    let legs = Habit::Recreational.legs(start, &p)?.after(&load, &p)?;
    // Nothing is known about this person, so the intervals carry the spread of the population.
    let spread = Spread::population(legs.load_relative_se(), &p)?;
    let options = ForecastOptions { levels: vec![0.5, 0.8], ..ForecastOptions::default() };
    let ahead = forecast(&legs, &spread, &options, &p)?;

    let (mut km, mut elevation_m, mut points) = (0.0, 1450.0, Vec::new());
    for segment in &segments {
        let length_km = segment.distance_m() / 1000.0;
        let load_per_km = model.load(start, &[*segment])?.points_total / length_km;
        points.push(ProfilePoint { distance_km: km, elevation_m, load_per_km });
        km += length_km;
        elevation_m += segment.rise_m();
    }
    let profile = Profile {
        title: "The descent".into(),
        subtitle: format!("{:.0} m down with a pack of 2 kg", 1450.0 - elevation_m),
        points,
        total_points: Some(load.points_total),
    };
    let labels = ["Quadriceps", "Calves", "Hip extensors", "Hamstrings"];
    let fan = Fan {
        title: "Soreness in the week after".into(),
        subtitle: "0 none, 10 the worst imaginable; intervals are those of one rating.".into(),
        value_label: "Soreness (0–10)".into(),
        range: Some((0.0, 10.0)),
        times: ahead.times.iter().map(|time| unix_s(*time)).collect(),
        muscles: labels
            .iter()
            .zip(Muscle::ALL)
            .map(|(l, m)| series(l, &ahead.muscles[m]))
            .collect(),
        threshold: Some(Threshold { value: options.clear_below, label: "clear below 1".into() }),
        ..Fan::default()
    };
    let svg = Document::new("One descent").with(profile).with(fan).to_svg(Theme::Auto)?;
    let path = std::env::args().nth(1).unwrap_or("docs/figures/example-one_descent.svg".into());
    std::fs::write(&path, svg)?;

    let quads = &ahead.muscles.quadriceps;
    println!(
        "load {:.0} points, as {:.0} km easy on the level",
        load.points_total, load.equivalent_flat_km
    );
    println!("quadriceps {:.0} % weaker at once", 100.0 * quads.strength_loss.point[0]);
    println!(
        "soreness peaks at {:.1} of 10 after {:.0} h",
        quads.peak.soreness,
        quads.peak.time.hours_since(load.end())
    );
    Ok(())
}

fn series(label: &str, ahead: &MuscleForecast) -> FanSeries {
    let bands = ahead.soreness.intervals.iter().map(|interval| Band {
        level: 100.0 * interval.level,
        lower: interval.lower.clone(),
        upper: interval.upper.clone(),
    });
    FanSeries {
        label: label.into(),
        values: ahead.soreness.point.clone(),
        bands: bands.collect(),
        peak: Some(PeakMark { time: unix_s(ahead.peak.time), value: ahead.peak.soreness }),
        clear_at: ahead.clear.at.map(unix_s),
    }
}

fn unix_s(time: Timestamp) -> i64 {
    time.unix_ms() / 1000
}
