use eccentric::plan::*;
use eccentric::{Timestamp, damage::*, forecast::*, load::*, params::*, person::prior};
fn main() {
    let p = Parameters::default();
    let t0 = Timestamp::from_unix_s(1_780_000_000);
    for (f, h) in [
        ("course_utmb_170.gpx", 32.0),
        ("course_tor330.gpx", 122.4),
        ("course_eiger_e250.gpx", 75.0),
        ("course_lake_sonoma.gpx", 6.5),
        ("marathon_nyc_recorded.gpx", 4.5),
    ] {
        let b = std::fs::read(format!("/work/shared/activities/{f}")).unwrap();
        let a = std::time::Instant::now();
        let c = eccentric_files::read_course(f, &b).unwrap();
        let tr = a.elapsed();
        let a = std::time::Instant::now();
        let course = Course::new(&c.points).unwrap();
        let tc = a.elapsed();
        println!(
            "{f}: {:.1} km +{:.0} -{:.0} window {:.0} limited {:.0} sections {}",
            course.length_m() / 1000.,
            course.ascent_m(),
            course.descent_m(),
            course.smoothing_window_m(),
            course.limited_m(),
            course.sections().len()
        );
        for pace in [Pace::FinishTime(h * 3600.0), Pace::Typical] {
            for habit in [Habit::Trail] {
                let legs = habit.legs(t0, &p).unwrap();
                let o = RaceOptions {
                    start: t0,
                    pace: pace.clone(),
                    after: ForecastOptions::default(),
                };
                let a = std::time::Instant::now();
                let r = race(
                    &course,
                    &o,
                    &Runner { mass_kg: 70.0, pack_kg: 4.0, body_fat: None },
                    &legs,
                    &prior(&p),
                    &p,
                )
                .unwrap();
                let q = &r.along.strength_loss.quadriceps;
                let n = q.point.len() - 1;
                println!(
                    "  read {tr:?} course {tc:?} race {:?}: T {:.3} h P {:.2} quads {:.3} [{:.3} {:.3}] calves {:.3} ham {:.3} points {:.0} se {:.3} lead {:?} slow {:.3}",
                    a.elapsed(),
                    r.finish_s / 3600.,
                    r.power_w_kg.unwrap(),
                    q.point[n],
                    q.intervals[0].lower[n],
                    q.intervals[0].upper[n],
                    r.along.strength_loss.calves.point[n],
                    r.along.strength_loss.hamstrings.point[n],
                    r.load.points_total,
                    r.load.relative_se(),
                    r.lead_legs_km.quadriceps,
                    r.along.descent_slowing[n]
                );
                println!(
                    "     half {:.3} | after load: {:.4}",
                    q.point[n / 2],
                    legs.after(&r.load, &p).unwrap().muscles.quadriceps.strength_loss(&p)
                );
                println!(
                    "     stairs {:?}h downhill {:?}h",
                    r.back.stairs.map(|t| t.hours_since(r.legs.time)),
                    r.back.downhill.map(|t| t.hours_since(r.legs.time))
                );
                for o in &r.outcomes {
                    println!(
                        "     {:?} T {:.2} L {:.3} S {:.2} pts {:.0}",
                        o.what,
                        o.finish_s / 3600.,
                        o.strength_loss,
                        o.soreness_peak,
                        o.points
                    );
                }
            }
        }
    }
}
