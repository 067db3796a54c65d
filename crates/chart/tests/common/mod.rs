//! Figures for the tests.

// Each test file uses its share of these.
#![allow(dead_code, missing_docs, clippy::expect_used)]

use eccentric_chart::*;

pub const START: i64 = 1_763_884_800;

pub fn profile(n: u32) -> Profile {
    let point = |i: u32| {
        let km = f64::from(i) * 21.0 / f64::from(n.max(2) - 1);
        ProfilePoint {
            distance_km: km,
            elevation_m: 900.0 + 500.0 * (km / 3.0).sin() + 9.0 * (f64::from(i) * 1.7).sin(),
            load_per_km: 8.0 + 7.0 * (km * 9.0).cos() + (f64::from(i) * 0.9).sin(),
        }
    };
    Profile { title: "Course".into(), points: (0..n).map(point).collect(), ..Profile::default() }
}

pub fn fan() -> Fan {
    let times: Vec<i64> = (0..192).map(|h| START + h * 3600).collect();
    let muscle = |label: &str, peak: f64| {
        let values: Vec<f64> =
            (0..192).map(|h| peak * (-((f64::from(h) - 40.0) / 30.0).powi(2)).exp()).collect();
        let band = |level: f64, w: f64| Band {
            level,
            lower: values.iter().map(|v| v * (1.0 - w)).collect(),
            upper: values.iter().map(|v| v * (1.0 + w)).collect(),
        };
        let bands = vec![band(80.0, 0.3), band(95.0, 0.5), band(50.0, 0.15)];
        let clear_at = Some(START + 90 * 3600);
        FanSeries { label: label.into(), values, bands, peak: None, clear_at }.with_peak(&times)
    };
    Fan {
        title: "Soreness".into(),
        value_label: "Soreness (0–10)".into(),
        range: Some((0.0, 10.0)),
        utc_offset_s: 3600,
        muscles: vec![
            muscle("Quadriceps", 6.0),
            muscle("Calves", 3.0),
            muscle("Hip extensors", 2.0),
            muscle("Hamstrings", 1.0),
        ],
        threshold: Some(Threshold { value: 1.0, label: "stairs don't hurt below 1".into() }),
        runs: vec![RunMark { time: START + 3600, label: "21 km".into() }],
        now: Some(START + 20 * 3600),
        times,
        ..Fan::default()
    }
}

pub fn drivers(label: &str) -> Drivers {
    let row = |label: &str| DriverRow { label: label.into(), shares: vec![0.1, 0.2, 0.7] };
    Drivers {
        title: label.into(),
        subtitle: String::new(),
        runs: vec![label.into(), "Wed".into(), "Sun".into()],
        rows: vec![row(label), row("Calves")],
    }
}

pub fn lines(label: &str) -> Lines {
    let series = |style, shift: f64| {
        let points: Vec<(f64, f64)> =
            (1..30).map(|i| (f64::from(i), shift + f64::from(i).sqrt())).collect();
        let around: Vec<(f64, f64)> = points.iter().map(|p| (p.1 * 0.8, p.1 * 1.2)).collect();
        Series {
            label: label.into(),
            style,
            band: around.clone(),
            errors: around,
            points,
            colour: None,
        }
    };
    Lines {
        title: label.into(),
        subtitle: label.into(),
        x: Axis::log(label),
        y: Axis::log(label),
        series: vec![series(SeriesStyle::Line, 1.0), series(SeriesStyle::Points, 2.0)],
        diagonal: Some(label.into()),
        rules: vec![Rule { value: 2.0, label: label.into() }],
    }
}

/// Parses a document and returns the texts of its elements of one name.
pub fn texts(xml: &str, name: &str) -> Vec<String> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(xml, options).expect("well-formed XML");
    let found = document.descendants().filter(|n| n.tag_name().name() == name);
    found.map(|n| n.text().unwrap_or_default().to_owned()).collect()
}
