//! One descent: what 7 km down a mountain do to legs that know level roads, and for how long.
//!
//! `cargo run --release --example one_descent -- descent.svg`
#![allow(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::error::Error;

use eccentric::activity::Segment;
use eccentric::damage::Habit;
use eccentric::forecast::{ForecastOptions, Spread, forecast};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::{Muscle, Timestamp};
use eccentric_chart::{Band, Document, Fan, FanSeries, Profile, ProfilePoint, Theme, Threshold};

const LABELS: [&str; 4] = ["Quadriceps", "Calves", "Hip extensors", "Hamstrings"];

fn main() -> Result<(), Box<dyn Error>> {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner { pack_kg: 2.0, ..Runner::of_mass(70.0) })?;
    let start = Timestamp::from_unix_s(1_780_729_800); // Sat 6 June 2026, 07:10 UTC

    // A descent without a recording: stretches of 50 m, steepest in the middle. A recorded run
    // comes from `activity::clean` instead; both are segments from here on.
    let stretch = |k: u8| {
        let km = 0.05 * f64::from(k);
        let grade = -0.06 - 0.16 * (-((km - 3.2) / 1.4).powi(2)).exp() + 0.03 * (5.0 * km).sin();
        let speed_m_s = 3.3 + 3.0 * grade;
        Segment::steady(grade, speed_m_s, 50.0 / speed_m_s)
    };
    let segments: Vec<Segment> = (0..140).map(stretch).collect();
    let load = model.load(start, &segments)?;

    // The habit is what protects legs before their first record: level roads protect a little.
    let legs = Habit::Recreational.legs(start, &p)?.after(&load, &p)?;
    // Nothing is known about this person, so the intervals carry the spread of the population.
    let spread = Spread::population(legs.load_relative_se(), &p)?;
    let options = ForecastOptions { levels: vec![0.5, 0.8], ..ForecastOptions::default() };
    let ahead = forecast(&legs, &spread, &options, &p)?;

    let (mut distance_km, mut elevation_m, mut load_per_km) = (0.0, 1450.0, 0.0);
    let mut points = Vec::new();
    for segment in &segments {
        let length_km = segment.distance_m() / 1000.0;
        load_per_km = model.load(start, &[*segment])?.points_total / length_km;
        points.push(ProfilePoint { distance_km, elevation_m, load_per_km });
        distance_km += length_km;
        elevation_m += segment.rise_m();
    }
    points.push(ProfilePoint { distance_km, elevation_m, load_per_km });
    let profile = Profile {
        title: "The descent".into(),
        subtitle: format!("{:.0} m down with a pack of 2 kg", points[0].elevation_m - elevation_m),
        points,
        total_points: Some(load.points_total),
    };

    let times: Vec<i64> = ahead.times.iter().map(|time| time.unix_ms() / 1000).collect();
    let series = |(muscle, label): (Muscle, &str)| {
        let ahead = &ahead.muscles[muscle];
        let bands = ahead.soreness.intervals.iter().map(|interval| Band {
            level: 100.0 * interval.level,
            lower: interval.lower.clone(),
            upper: interval.upper.clone(),
        });
        FanSeries {
            label: label.into(),
            values: ahead.soreness.point.clone(),
            bands: bands.collect(),
            clear_at: ahead.clear.at.map(|time| time.unix_ms() / 1000),
            ..FanSeries::default()
        }
        .with_peak(&times)
    };
    let fan = Fan {
        title: "Soreness in the week after".into(),
        subtitle: "0 none, 10 the worst imaginable; intervals are those of one rating.".into(),
        value_label: "Soreness (0–10)".into(),
        range: Some((0.0, 10.0)),
        muscles: Muscle::ALL.into_iter().zip(LABELS).map(series).collect(),
        threshold: Some(Threshold { value: options.clear_below, label: "clear".into() }),
        times: times.clone(),
        ..Fan::default()
    };
    let svg = Document::new("One descent").with(profile).with(fan).to_svg(Theme::Auto)?;
    let path = std::env::args().nth(1).unwrap_or("docs/figures/example-one_descent.svg".into());
    std::fs::write(&path, svg)?;

    let quads = &ahead.muscles.quadriceps;
    let (loss, peak) = (100.0 * quads.strength_loss.point[0], quads.peak);
    println!("load {:.0} points over {distance_km:.1} km", load.points_total);
    println!("as much as {:.0} km of easy level running", load.equivalent_flat_km);
    println!("quadriceps {loss:.0} % weaker at once, soreness up to {:.1} of 10", peak.soreness);
    println!("sorest {:.0} h after the run", peak.time.hours_since(load.end()));
    Ok(())
}
