//! Whatever finite data and labels: valid XML, no panic.

#![allow(clippy::unwrap_used)]

mod common;

use common::texts;
use eccentric_chart::*;
use proptest::prelude::*;

fn finite() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>().prop_filter("finite", |v| v.is_finite()), -1e3..1e3f64, Just(0.0)]
}

fn check(document: &Document) {
    for theme in [Theme::Light, Theme::Dark, Theme::Auto] {
        let svg = document.to_svg(theme).unwrap();
        texts(&svg, "text");
        assert!(!svg.contains("NaN") && !svg.contains("\"inf"), "{svg}");
    }
    texts(&document.to_html().unwrap(), "td");
}

fn sorted(mut v: Vec<f64>) -> Vec<f64> {
    v.sort_by(f64::total_cmp);
    v
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn profiles(
        title in any::<String>(),
        at in prop::collection::vec(finite(), 1..60),
        up in finite(),
        load in finite(),
        width in 0usize..300,
    ) {
        let points = sorted(at).into_iter().enumerate().map(|(i, distance_km)| ProfilePoint {
            distance_km,
            elevation_m: if i % 3 == 0 { up } else { up / 3.0 },
            load_per_km: if i % 2 == 0 { load.abs() } else { 1.0 },
        });
        let profile = Profile { title, points: points.collect(), ..Profile::default() };
        terminal_profile(&profile, width, width / 3, true).unwrap();
        check(&Document::from(profile));
    }

    #[test]
    fn fans(
        labels in prop::array::uniform4(any::<String>()),
        start in -60_000_000_000i64..250_000_000_000,
        step in prop_oneof![0i64..100_000, 0i64..200_000_000],
        values in prop::collection::vec(finite(), 1..40),
        offset in -86_400i32..86_400,
        size in (0usize..250, 0usize..60),
    ) {
        let times: Vec<i64> = (0..values.len() as i64).map(|i| (start + i * step).min(253_000_000_000)).collect();
        let now = Some(times[0] / 2 + times[times.len() - 1] / 2);
        let band = Band {
            level: 80.0,
            lower: values.iter().map(|v| v.min(0.0)).collect(),
            upper: values.iter().map(|v| v.max(0.0)).collect(),
        };
        let muscle = FanSeries { label: labels[0].clone(), values, bands: vec![band], ..FanSeries::default() };
        let muscle = FanSeries { clear_at: now, ..muscle }.with_peak(&times);
        let fan = Fan {
            title: labels[1].clone(),
            value_label: labels[2].clone(),
            threshold: Some(Threshold { value: 1.0, label: labels[3].clone() }),
            runs: times.iter().map(|t| RunMark { time: *t, label: labels[0].clone() }).collect(),
            utc_offset_s: offset,
            muscles: vec![muscle.clone(), muscle],
            now,
            times,
            ..Fan::default()
        };
        terminal_fan(&fan, size.0, size.1, false).unwrap();
        check(&Document::from(fan));
    }

    #[test]
    fn shares(label in any::<String>(), shares in prop::collection::vec(finite(), 1..20), rows in 1usize..4) {
        let shares: Vec<f64> = shares.into_iter().map(f64::abs).collect();
        let runs = vec![label.clone(); shares.len()];
        let rows = vec![DriverRow { label: label.clone(), shares }; rows];
        check(&Document::from(Drivers { title: label, runs, rows, ..Drivers::default() }));
    }

    #[test]
    fn series(
        label in any::<String>(),
        points in prop::collection::vec((finite(), finite()), 1..40),
        style in 0usize..5,
        kind in 0u8..6,
    ) {
        let log = kind == 1;
        let style = [SeriesStyle::Line, SeriesStyle::Dashed, SeriesStyle::Points,
            SeriesStyle::LinePoints, SeriesStyle::Bars][style];
        let value = |v: f64| if log { v.abs().max(f64::MIN_POSITIVE) } else { v };
        let points: Vec<(f64, f64)> = points.iter().map(|p| (value(p.0), value(p.1))).collect();
        let lying = kind == 2;
        let pick = |p: &(f64, f64)| if lying { p.0 } else { p.1 };
        let around: Vec<(f64, f64)> = points.iter().map(|p| (value(pick(p).min(1.0)), value(pick(p).max(1.0)))).collect();
        let axis = || Axis { label: label.clone(), log, ..Axis::default() };
        let lines = Lines {
            title: label.clone(),
            x: if kind == 3 { Axis::of([label.clone(), "b".into()]) } else { axis() },
            y: if lying { Axis::of([label.clone(), "b".into()]) } else { axis() },
            series: vec![Series { label: label.clone(), style, points, band: around.clone(), errors: around, colour: None }],
            diagonal: (kind >= 4).then(|| label.clone()),
            rules: vec![Rule { value: 1.0, label: label.clone() }],
            ..Lines::default()
        };
        check(&Document::from(lines));
    }
}
