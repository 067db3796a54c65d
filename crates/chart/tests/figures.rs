//! What the figures contain, and what they refuse.

#![allow(clippy::unwrap_used)]

mod common;

use common::{START, drivers, fan, lines, profile, texts};
use eccentric_chart::*;

const THEMES: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Auto];

fn everything() -> Document {
    Document::new("All").with(profile(500)).with(fan()).with(drivers("a")).with(lines("b"))
}

#[test]
fn every_theme_and_the_page_are_well_formed_and_complete() {
    let document = everything();
    for theme in THEMES {
        let svg = document.to_svg(theme).unwrap();
        let shown = texts(&svg, "text");
        for label in [
            "Quadriceps",
            "Calves",
            "Hip extensors",
            "Hamstrings",
            "Elevation (m)",
            "Distance (km)",
            "Load (points per km)",
            "80\u{A0}% interval",
            "now",
            "21 km",
            "stairs don't hurt below 1",
            "Mon 24",
            "Local day, November to December 2025 (UTC+1)",
        ] {
            assert!(shown.iter().any(|t| t == label), "{label} in {theme:?}");
        }
        assert!(shown.iter().any(|t| t.starts_with("peak 6.0, Tue 25 01:00")));
        assert_eq!(texts(&svg, "title"), ["All"]);
        assert!(texts(&svg, "desc")[0].contains("clear"));
        assert_eq!(svg, document.to_svg(theme).unwrap());
    }
    let page = document.to_html().unwrap();
    assert_eq!(texts(&page, "h1"), ["All"]);
    assert_eq!(texts(&page, "svg").len(), 8);
    assert_eq!(texts(&page, "table").len(), 1);
    assert!(texts(&page, "td").iter().any(|t| t == "Quadriceps, peak"));
    assert!(!page.contains("https://") && !page.contains("src="));
}

#[test]
fn ids_are_unique_on_a_page() {
    let page = everything().with(fan()).to_html().unwrap();
    let mut ids: Vec<&str> =
        page.split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
    let n = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert!(n > 10 && ids.len() == n);
}

#[test]
fn auto_shows_light_where_rules_are_ignored() {
    let [light, dark, auto] = THEMES.map(|t| everything().to_svg(t).unwrap());
    let plain: String = auto
        .split(" class=\"")
        .enumerate()
        .map(|(i, s)| if i == 0 { s } else { s.split_once('"').map_or("", |p| p.1) })
        .collect();
    let style = plain.find("<style>").unwrap()..plain.find("</style>").unwrap() + 9;
    let plain = [&plain[..style.start], &plain[style.end..]].concat();
    assert_eq!(plain, light);
    assert!(auto.contains("prefers-color-scheme: dark") && !dark.contains("<style>"));
    assert!(dark.contains("#14171b") && !light.contains("#14171b"));
}

#[test]
fn any_label_stays_text() {
    let nasty = "<script>alert('x')</script> & \"q\" \u{0}\u{1b}[31m\u{FFFE}\u{202E}\n]]>";
    let mut fan = fan();
    fan.title = nasty.into();
    fan.value_label = nasty.into();
    fan.muscles[0].label = nasty.into();
    fan.runs[0].label = nasty.into();
    fan.threshold = Some(Threshold { value: 1.0, label: nasty.into() });
    let document = Document {
        title: nasty.into(),
        description: nasty.into(),
        footer: nasty.into(),
        ..Document::default()
    };
    let document = document.with(fan.clone()).with(drivers(nasty)).with(lines(nasty));
    for theme in THEMES {
        let svg = document.to_svg(theme).unwrap();
        assert!(texts(&svg, "script").is_empty());
        assert!(texts(&svg, "title")[0].starts_with("<script>alert('x')</script> & \"q\""));
    }
    let page = document.to_html().unwrap();
    assert_eq!(texts(&page, "script").len(), 1);
    let plain = terminal_fan(&fan, 80, 50, false).unwrap();
    assert!(!plain.contains('\u{1b}') && !plain.contains('\u{0}'));
}

#[test]
fn thousands_of_points_stay_small_and_keep_their_peak() {
    let mut long = profile(200_000);
    long.points[123_456].elevation_m = 3333.0;
    let svg = long.to_svg(Theme::Auto).unwrap();
    assert!(svg.len() < 150_000, "{}", svg.len());
    let top = svg.split('L').filter_map(|p| p.split(' ').nth(1)?.parse::<f64>().ok());
    assert!(top.fold(f64::INFINITY, f64::min) < 130.0);
    let mut fan = fan();
    fan.times = (0..50_000).map(|i| START + i * 60).collect();
    for m in &mut fan.muscles {
        m.bands.clear();
        m.values = (0..50_000).map(|i| (f64::from(i) / 4000.0).sin() + 1.0).collect();
    }
    assert!(fan.to_svg(Theme::Auto).unwrap().len() < 150_000);
}

#[test]
fn bands_are_stacked_from_wide_to_narrow() {
    let svg = fan().to_svg(Theme::Light).unwrap();
    let ribbons: Vec<&str> =
        svg.lines().filter(|l| l.starts_with("<path") && l.contains("opacity")).collect();
    assert_eq!(ribbons.len(), 12);
    let top = |path: &str| {
        let d = path.split('"').nth(1).unwrap();
        let ys = d.split(['M', 'L', 'Z']).filter_map(|p| p.split(' ').nth(1)?.parse::<f64>().ok());
        ys.fold(f64::INFINITY, f64::min)
    };
    for muscle in ribbons.chunks(3) {
        assert!(top(muscle[0]) < top(muscle[1]) && top(muscle[1]) < top(muscle[2]));
    }
}

#[test]
fn one_row_is_plain_and_many_runs_are_joined() {
    let runs: Vec<String> = (0..30).map(|i| format!("run {i}")).collect();
    let shares: Vec<f64> = (0..30).map(|i| f64::from(i) / 435.0).collect();
    let rows = vec![DriverRow { label: "Calves".into(), shares }];
    let many = Drivers { title: "Drivers".into(), runs, rows, ..Drivers::default() };
    let shown = texts(&many.to_svg(Theme::Light).unwrap(), "text");
    assert!(shown.contains(&"23 other runs".to_owned()) && shown.contains(&"run 29".to_owned()));
    assert!(!shown.contains(&"run 3".to_owned()));
}

#[test]
fn defects_are_named() {
    let fails = |f: &dyn Fn(&mut Fan), problem: Problem, place: &str| {
        let mut broken = fan();
        f(&mut broken);
        let error = broken.to_svg(Theme::Light).unwrap_err();
        assert_eq!((error.problem(), error.place()), (problem, place));
        assert_eq!(terminal_fan(&broken, 80, 30, false).unwrap_err(), error);
    };
    fails(&|f| f.times.clear(), Problem::Empty, "fan times");
    fails(&|f| f.muscles.clear(), Problem::Empty, "fan muscles");
    fails(
        &|f| f.muscles[1].values[7] = f64::NAN,
        Problem::NotFinite { index: 7 },
        "fan \"Calves\" values",
    );
    fails(
        &|f| f.muscles[0].bands[0].lower[3] = 99.0,
        Problem::Crossed { index: 3 },
        "fan \"Quadriceps\" 80 % band",
    );
    fails(&|f| f.times[4] = 0, Problem::NotIncreasing { index: 4 }, "fan times");
    fails(&|f| f.now = Some(i64::MAX), Problem::OutOfRange { index: 0 }, "fan now");
    let mut backwards = profile(9);
    backwards.points[5].distance_km = 0.0;
    let error = terminal_profile(&backwards, 80, 20, false).unwrap_err();
    assert_eq!(error.to_string(), "profile distance_km: entry 5 runs backwards");
    let mut log = lines("l");
    log.series[0].points[2].1 = 0.0;
    assert_eq!(log.to_svg(Theme::Dark).unwrap_err().problem(), Problem::NotPositive { index: 2 });
    let mut negative = drivers("d");
    negative.rows[1].shares[0] = -0.1;
    assert_eq!(negative.to_svg(Theme::Dark).unwrap_err().problem(), Problem::Negative { index: 0 });
    assert_eq!(Document::default().to_html().unwrap_err().problem(), Problem::Empty);
}

#[test]
fn the_terminal_keeps_its_width() {
    for width in [40, 60, 79, 80, 100, 133, 200] {
        for height in [5, 12, 24, 50] {
            for colour in [false, true] {
                let figures = [
                    terminal_fan(&fan(), width, height, colour).unwrap(),
                    terminal_profile(&profile(900), width, height, colour).unwrap(),
                ];
                for (figure, floor) in figures.iter().zip([7, 9]) {
                    assert!(
                        figure.lines().count() <= height.max(floor),
                        "{width}×{height}\n{figure}"
                    );
                    assert_eq!(figure.contains('\u{1b}'), colour);
                    for line in figure.lines() {
                        let plain = strip(line);
                        assert!(plain.chars().count() <= width, "{width}: {plain}");
                    }
                }
                assert!(
                    figures[0].contains("Quadriceps")
                        && (figures[0].contains("Sun 23") || figures[0].contains("Mon 24"))
                );
                assert!(figures[1].contains("km"));
            }
        }
    }
}

fn strip(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, p| out + p.split_once('m').map_or("", |s| s.1))
}
