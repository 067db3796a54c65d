use eccentric::plan::*;
use eccentric::{Timestamp, damage::*, forecast::*, load::*, params::*, person::prior};
fn main() {
    let p = Parameters::default();
    let t0 = Timestamp::from_unix_s(1_780_000_000);
    let tri = |km: f64, up: f64, g: f64| {
        // hills of 600 m at grade g, level in between
        let n = (up / 600.0).max(0.0);
        let mut pts = vec![];
        let mut d = 0.0;
        let climb = up / n.max(1.0);
        let l = if n > 0.0 { climb / g } else { 0.0 };
        let flat = (km * 1000.0 - 2.0 * l * n) / n.max(1.0);
        let mut push =
            |d: f64, e: f64| pts.push(CoursePoint { distance_m: d, elevation_m: 500.0 + e });
        let k = n.round().max(1.0) as i32;
        push(0.0, 0.0);
        for _ in 0..k {
            if l > 0.0 {
                let m = (l / 20.0) as i32;
                for j in 1..=m {
                    push(d + 20.0 * j as f64, g * 20.0 * j as f64);
                }
                for j in 1..=m {
                    push(d + 20.0 * (m + j) as f64, g * 20.0 * (m - j) as f64);
                }
                d += 40.0 * m as f64;
            }
            let m = (flat / 20.0) as i32;
            for j in 1..=m {
                push(d + 20.0 * j as f64, 0.0);
            }
            d += 20.0 * m as f64;
        }
        Course::new(&pts).unwrap()
    };
    let file = |f: &str| {
        let b = std::fs::read(format!("/work/shared/activities/{f}")).unwrap();
        Course::new(&eccentric_files::read_course(f, &b).unwrap().points).unwrap()
    };
    for (name, c, h) in [
        ("marathon", tri(42.195, 0.0, 0.1), 4.53),
        ("OCC 15%", tri(56.3, 3500.0, 0.15), 10.34),
        ("OCC 20%", tri(56.3, 3500.0, 0.2), 10.34),
        ("106 15%", tri(105.6, 5870.0, 0.15), 18.3),
        ("106 20%", tri(105.6, 5870.0, 0.20), 18.3),
        ("tor", file("course_tor330.gpx"), 122.43),
        ("utmb", file("course_utmb_170.gpx"), 40.0),
        ("utmb", file("course_utmb_170.gpx"), 35.0),
        ("utmb", file("course_utmb_170.gpx"), 30.0),
        ("utmb", file("course_utmb_170.gpx"), 37.0),
    ] {
        let run = |pace| {
            let legs = Habit::Trail.legs(t0, &p).unwrap();
            let o = RaceOptions { start: t0, pace, after: ForecastOptions::default() };
            race(&c, &o, &Runner::default(), &legs, &prior(&p), &p).unwrap()
        };
        let r = run(Pace::FinishTime(h * 3600.0));
        let t = run(Pace::Typical);
        println!(
            "{name} {:.1} km {:.0} up: T {h} P {:.3}; typical {:.2} h; quads {:.3} calves {:.3} level start {:.2} end {:.2}",
            c.length_m() / 1e3,
            c.ascent_m(),
            r.power_w_kg.unwrap(),
            t.finish_s / 3600.0,
            r.along.strength_loss.quadriceps.point.last().unwrap(),
            r.along.strength_loss.calves.point.last().unwrap(),
            r.along.speed_m_s[1],
            r.along.speed_m_s.last().unwrap()
        );
    }
}
