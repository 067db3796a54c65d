//! A 100 km mountain race: strength along the course, and how long it takes to come back.
//!
//! `cargo run --release --example long_race -- race.svg`
#![allow(clippy::print_stdout, reason = "an example talks to whoever runs it")]

use std::error::Error;

use eccentric::activity::Segment;
use eccentric::damage::Habit;
use eccentric::forecast::{ForecastOptions, Spread, forecast};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::{Muscle, PerMuscle, Timestamp};
use eccentric_chart::*;

const LABELS: [&str; 4] = ["Quadriceps", "Calves", "Hip extensors", "Hamstrings"];
/// Stages of the course: km, metres up or down, speed in m/s on fresh legs.
#[rustfmt::skip]
const COURSE: [(f64, f64, f64); 16] = [
    (5.0, 60.0, 2.9), (8.0, 1150.0, 1.45), (7.0, -980.0, 2.7), (6.0, 50.0, 2.7),
    (7.5, 820.0, 1.6), (3.0, -90.0, 2.8), (3.5, 420.0, 1.5), (8.5, -1290.0, 2.6),
    (5.5, -60.0, 2.7), (9.0, 1240.0, 1.4), (6.5, -830.0, 2.6), (6.0, 640.0, 1.5),
    (7.5, -910.0, 2.6), (5.0, 480.0, 1.6), (7.5, -660.0, 2.7), (4.5, -40.0, 2.7),
];

fn main() -> Result<(), Box<dyn Error>> {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner { pack_kg: 3.0, ..Runner::of_mass(68.0) })?;
    let start = Timestamp::from_unix_s(1_788_584_400); // Sat 5 September 2026, 05:00 UTC
    let mut legs = Habit::Trail.legs(start, &p)?;
    // The race in pieces of 250 m. Each is a load of its own, so that the legs can be read on the
    // way; weakened legs are strained more by the next piece.
    let (mut km, mut elevation_m, mut load_per_km, mut points_total) = (0.0_f64, 720.0, 0.0, 0.0);
    let mut points = Vec::new();
    let mut strength: PerMuscle<Vec<(f64, f64)>> = PerMuscle::default();
    for (length_km, rise_m, fresh_speed_m_s) in COURSE {
        for _ in 0..(4.0 * length_km) as u32 {
            let grade = rise_m / (1000.0 * length_km) * (1.0 + 0.4 * (3.0 * km).sin());
            let speed_m_s = fresh_speed_m_s * (1.0 - 0.0025 * km);
            let piece = Segment::steady(grade, speed_m_s, 250.0 / speed_m_s);
            let load = model.load(legs.time, &[piece])?;
            load_per_km = 4.0 * load.points_total;
            points.push(ProfilePoint { distance_km: km, elevation_m, load_per_km });
            legs = legs.after(&load, &p)?;
            km += 0.25;
            elevation_m += piece.rise_m();
            points_total += load.points_total;
            for (muscle, now) in legs.felt(&p).iter() {
                strength[muscle].push((km, 100.0 * now.strength_loss));
            }
        }
    }
    points.push(ProfilePoint { distance_km: km, elevation_m, load_per_km });
    let hours = legs.time.hours_since(start);
    let profile = Profile {
        title: "The course and where it loads the legs".into(),
        subtitle: format!("{hours:.1} h with a pack of 3 kg"),
        points,
        total_points: Some(points_total),
    };
    let styles = [SeriesStyle::Line, SeriesStyle::Dashed].repeat(2);
    let along = strength.iter().zip(LABELS).zip(styles).map(|(((_, points), label), style)| {
        Series { label: label.into(), style, points: points.clone(), ..Series::default() }
    });
    let along = Lines {
        title: "Strength lost along the way (median)".into(),
        x: Axis::new("Distance (km)").with_range(0.0, 100.0),
        y: Axis::new("Strength lost (%)").with_range(0.0, 50.0),
        series: along.collect(),
        ..Lines::default()
    };

    let options = ForecastOptions { hours: 240.0, step_h: 2.0, ..ForecastOptions::default() };
    let spread = Spread::population(legs.load_relative_se(), &p)?;
    let ahead = forecast(&legs, &spread, &options, &p)?;
    let percent = |values: &[f64]| values.iter().map(|v| 100.0 * v).collect::<Vec<_>>();
    let series = |(muscle, label): (Muscle, &str)| {
        let loss = &ahead.muscles[muscle].strength_loss;
        let (lower, upper) = (percent(&loss.intervals[0].lower), percent(&loss.intervals[0].upper));
        let (values, bands) = (percent(&loss.point), vec![Band { level: 80.0, lower, upper }]);
        FanSeries { label: label.into(), values, bands, ..FanSeries::default() }
    };
    let after = Fan {
        title: "Strength lost in the days after".into(),
        value_label: "Strength lost (%)".into(),
        range: Some((0.0, 50.0)),
        times: ahead.times.iter().map(|time| time.unix_ms() / 1000).collect(),
        muscles: Muscle::ALL.into_iter().zip(LABELS).map(series).collect(),
        ..Fan::default()
    };
    let document = Document::new("A long race").with(profile).with(along).with(after);
    let path = std::env::args().nth(1).unwrap_or("docs/figures/example-long_race.svg".into());
    std::fs::write(&path, document.to_svg(Theme::Auto)?)?;

    println!("{km:.0} km in {hours:.1} h, {points_total:.0} points");
    let quads = percent(&ahead.muscles.quadriceps.strength_loss.point);
    println!("quadriceps {:.0} % weaker at the finish, {:.0} % after a week", quads[0], quads[84]);
    Ok(())
}
