//! Writes every kind of figure, from made-up data, into a directory, and prints the terminal's.
//!
//! `cargo run -p eccentric-chart --example gallery -- target/gallery`

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

use eccentric_chart::*;

const HOUR: i64 = 3600;
const RACE: i64 = 1_763_884_800; // Sun 23 Nov 2025, 08:00 UTC

fn profile() -> Profile {
    let mut points = Vec::new();
    let mut before = 780.0;
    for i in 0..=4200 {
        let km = f64::from(i) * 0.005;
        let climb = 780.0 + 1150.0 * (-((km - 8.6) / 3.4).powi(2)).exp();
        let second = 430.0 * (-((km - 15.6) / 1.5).powi(2)).exp();
        let rough = 14.0 * (km * 7.3).sin() + 6.0 * (km * 23.0).cos();
        let elevation_m = climb + second + rough;
        let grade = (elevation_m - before) / 5.0;
        before = elevation_m;
        let load_per_km = 4.0 + 85.0 * (-grade).clamp(0.0, 0.6).powf(1.4);
        points.push(ProfilePoint { distance_km: km, elevation_m, load_per_km });
    }
    Profile {
        title: "Where the load came from".into(),
        subtitle: "Rotwand loop, Sun 23 November".into(),
        points,
        total_points: None,
    }
}

fn course(h: f64, peak: f64, at: f64) -> f64 {
    let t = (h / at).max(0.0);
    peak * (t * (1.0 - t).exp()).powf(2.1)
}

fn muscle(label: &str, peak: f64, at: f64, times: &[i64]) -> FanSeries {
    let values: Vec<f64> = times
        .iter()
        .map(|t| course((t - RACE - 2 * HOUR) as f64 / HOUR as f64, peak, at))
        .collect();
    let band = |level: f64, width: f64| Band {
        level,
        lower: values.iter().map(|v| v * (1.0 - width)).collect(),
        upper: values.iter().map(|v| (v * (1.0 + 1.25 * width)).min(10.0)).collect(),
    };
    let bands = vec![band(50.0, 0.17), band(80.0, 0.34), band(95.0, 0.55)];
    let top = values.iter().copied().fold(0.0, f64::max);
    let clear = (values.iter().rposition(|v| *v >= 1.0)).map(|i| times[i]).filter(|_| top > 1.0);
    FanSeries { label: label.into(), values, bands, peak: None, clear_at: clear }.with_peak(times)
}

fn fan() -> Fan {
    let times: Vec<i64> = (0..=8 * 24 * 2).map(|i| RACE - 20 * HOUR + i * HOUR / 2).collect();
    Fan {
        title: "Soreness forecast".into(),
        subtitle: "How sore each muscle group will be on stairs and when sitting down, after \
                   Sunday's 21 km with 1,560 m of descent."
            .into(),
        value_label: "Soreness (0–10)".into(),
        range: Some((0.0, 10.0)),
        utc_offset_s: 3600,
        muscles: vec![
            muscle("Quadriceps", 5.6, 42.0, &times),
            muscle("Calves", 3.1, 36.0, &times),
            muscle("Hip extensors", 2.2, 38.0, &times),
            muscle("Hamstrings", 0.9, 40.0, &times),
        ],
        threshold: Some(Threshold { value: 1.0, label: "stairs don’t hurt below 1".into() }),
        runs: vec![
            RunMark { time: RACE, label: "21 km".into() },
            RunMark { time: RACE + 79 * HOUR, label: "8 km easy".into() },
        ],
        now: Some(RACE + 27 * HOUR),
        times,
        ..Fan::default()
    }
}

fn drivers() -> [Drivers; 2] {
    let row =
        |label: &str, shares: [f64; 4]| DriverRow { label: label.into(), shares: shares.into() };
    let runs: Vec<String> =
        ["Sun 9, 14 km", "Sun 16, 17 km", "Wed 19, 8 km", "Sun 23, 21 km"].map(String::from).into();
    let stacked = Drivers {
        title: "Which runs make Tuesday sore".into(),
        subtitle: "Share of the expected soreness at its peak.".into(),
        runs: runs.clone(),
        rows: vec![
            row("Quadriceps", [0.02, 0.07, 0.05, 0.86]),
            row("Calves", [0.03, 0.11, 0.17, 0.69]),
            row("Hip extensors", [0.02, 0.10, 0.08, 0.80]),
            row("Hamstrings", [0.04, 0.14, 0.21, 0.61]),
        ],
    };
    let plain = Drivers {
        title: "Quadriceps only".into(),
        subtitle: String::new(),
        runs,
        rows: vec![row("Quadriceps", [0.02, 0.07, 0.05, 0.86])],
    };
    [stacked, plain]
}

fn bouts() -> Lines {
    let hours = || (0..=120).map(f64::from);
    let bout = |label: &str, peak: f64, at: f64, style| {
        let points: Vec<(f64, f64)> = hours().map(|h| (h, course(h, peak, at))).collect();
        let band = points.iter().map(|p| (p.1 * 0.7, p.1 * 1.35)).collect();
        Series { label: label.into(), style, points, band, ..Series::default() }
    };
    let seen = [(0.5, 0.6), (24.0, 4.1), (48.0, 4.9), (72.0, 2.9), (96.0, 1.1)];
    let study = Series {
        label: "study, mean ± SD (n = 12)".into(),
        style: SeriesStyle::Points,
        points: seen.into(),
        errors: seen.map(|p: (f64, f64)| (p.1 - 0.5 - p.1 * 0.15, p.1 + 0.5 + p.1 * 0.15)).into(),
        colour: Some(0),
        ..Series::default()
    };
    Lines {
        title: "The second bout hurts less".into(),
        subtitle: "Model (lines, 80 % bands) over the study’s means.".into(),
        x: Axis::new("Hours after downhill running").with_range(0.0, 120.0),
        y: Axis::new("Soreness (0–10)"),
        series: vec![
            bout("first bout", 5.1, 41.0, SeriesStyle::Line),
            bout("second bout, 3 weeks later", 2.0, 30.0, SeriesStyle::Dashed),
            study,
        ],
        rules: vec![Rule { value: 1.0, label: "stairs don’t hurt below 1".into() }],
        ..Lines::default()
    }
}

fn scatter() -> Lines {
    let wave = |i: f64, k: f64| (i * k).sin() + 0.6 * (i * k * 2.7).cos();
    let points = |n: u32, k: f64| {
        let one = |i: u32| {
            let x = 0.4 + 8.2 * (f64::from(i) * 0.618).fract();
            (x, (x + 0.7 * wave(f64::from(i), k)).clamp(0.0, 10.0))
        };
        (0..n).map(one).collect::<Vec<_>>()
    };
    let series = |label: &str, n, k| Series {
        label: label.into(),
        style: SeriesStyle::Points,
        points: points(n, k),
        ..Series::default()
    };
    Lines {
        title: "Predicted against observed".into(),
        x: Axis::new("Predicted soreness (0–10)").with_range(0.0, 10.0),
        y: Axis::new("Observed soreness (0–10)"),
        series: vec![series("training studies", 46, 1.1), series("held out", 22, 1.9)],
        diagonal: Some("perfect prediction".into()),
        ..Lines::default()
    }
}

fn ablations() -> Lines {
    let names = [
        "full model",
        "no repeated-bout effect",
        "no fibre-length term",
        "no stiffness term",
        "load by distance only",
    ];
    let values = [0.71, 1.04, 0.83, 0.76, 1.32];
    Lines {
        title: "What each part of the model is worth".into(),
        subtitle: "Leave-one-study-out error; bars with 95 % bootstrap intervals.".into(),
        x: Axis::new("Mean absolute error (soreness points)"),
        y: Axis::of(names),
        series: vec![Series {
            style: SeriesStyle::Bars,
            points: values.iter().enumerate().map(|(i, v)| (*v, i as f64)).collect(),
            errors: values.iter().map(|v| (v - 0.09, v + 0.12)).collect(),
            ..Series::default()
        }],
        rules: vec![Rule { value: 0.71, label: "full model".into() }],
        ..Lines::default()
    }
}

fn decay() -> Lines {
    let points: Vec<(f64, f64)> =
        (0..60).map(|i| 0.5 * 1.12f64.powi(i)).map(|d| (d, 900.0 / (1.0 + d * d / 9.0))).collect();
    Lines {
        title: "Creatine kinase on log axes".into(),
        x: Axis::log("Days after the run"),
        y: Axis::log("Creatine kinase (U/L)"),
        series: vec![Series {
            label: "model".into(),
            style: SeriesStyle::LinePoints,
            band: points.iter().map(|p| (p.1 * 0.5, p.1 * 2.0)).collect(),
            points,
            ..Series::default()
        }],
        ..Lines::default()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let dir = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/gallery".into()));
    std::fs::create_dir_all(&dir)?;
    let [stacked, plain] = drivers();
    let report = Document {
        title: "After the Rotwand loop".into(),
        description: "Expect the quadriceps to be sorest on Tuesday morning. Stairs stop hurting \
                      by Friday."
            .into(),
        footer: "eccentric 0.1 · made-up data".into(),
        ..Document::default()
    };
    let report = report.with(profile()).with(fan()).with(stacked).with(plain);
    let docs = Document::new("Figures of the documentation");
    let docs = docs.with(bouts()).with(scatter()).with(ablations()).with(decay());
    for (name, document) in [("report", &report), ("docs", &docs)] {
        std::fs::write(dir.join(format!("{name}.html")), document.to_html()?)?;
        for (theme, tag) in [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Auto, "auto")]
        {
            std::fs::write(dir.join(format!("{name}-{tag}.svg")), document.to_svg(theme)?)?;
        }
    }
    let mut out = std::io::stdout().lock();
    for (width, height, colour) in
        [(120, 40, true), (80, 48, false), (40, 48, false), (80, 12, true)]
    {
        writeln!(out, "{}", "=".repeat(width))?;
        write!(out, "{}", terminal_profile(&profile(), width, height.min(16), colour)?)?;
        write!(out, "{}", terminal_fan(&fan(), width, height, colour)?)?;
    }
    Ok(())
}
