//! What holds of every race on every course.

use eccentric::Muscle;
use eccentric::damage::{Habit, LegState};
use eccentric::forecast::ForecastOptions;
use eccentric::load::Runner;
use eccentric::params::Parameters;
use eccentric::person::prior;
use eccentric::plan::{
    Course, CoursePoint, Outcome, Pace, PacePoint, Race, RaceOptions, WhatIf, race,
};
use proptest::prelude::*;

use super::generators::{START, config};
use super::{at_most, close, finite};

/// Hills of some kilometres with noise on them.
fn points() -> impl Strategy<Value = Vec<CoursePoint>> {
    let hill = (100.0..3000.0, -0.40..0.40);
    let noise = prop_oneof![1 => Just(0.0), 1 => 0.0..4.0];
    (prop::collection::vec(hill, 1..8), noise, 7.0..60.0).prop_map(|(hills, noise, step_m)| {
        let mut points = vec![CoursePoint { distance_m: 0.0, elevation_m: 2000.0 }];
        let mut smooth_m = 2000.0;
        for (length_m, grade) in hills {
            for _ in 0..=(length_m / step_m) as usize {
                let k = points.len() as f64;
                smooth_m += step_m * grade;
                points.push(CoursePoint {
                    distance_m: step_m * k,
                    elevation_m: smooth_m + noise * (12.9898 * k * k).sin(),
                });
            }
        }
        points
    })
}

fn course() -> impl Strategy<Value = Course> {
    points().prop_filter_map("a course", |points| Course::new(&points).ok())
}

fn habit() -> impl Strategy<Value = Habit> {
    prop::sample::select(vec![Habit::None, Habit::Recreational, Habit::Road, Habit::Trail])
}

fn run_of(course: &Course, pace: Pace, habit: Habit, runner: &Runner) -> Race {
    let p = Parameters::default();
    let after = ForecastOptions { hours: 96.0, step_h: 6.0, ..ForecastOptions::default() };
    let options = RaceOptions { start: START, pace, after };
    let legs = habit.legs(START, &p).unwrap();
    race(course, &options, runner, &legs, &prior(&p), &p).unwrap()
}

fn found(race: &Race, what: impl Fn(&WhatIf) -> bool) -> &Outcome {
    race.outcomes.iter().find(|outcome| what(&outcome.what)).unwrap()
}

/// A pace profile of one speed.
fn steady(speed_m_s: f64) -> Pace {
    Pace::Profile(vec![PacePoint { distance_m: 0.0, speed_m_s }])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..config() })]

    #[test]
    fn everything_adds_up(course in course(), power in 2.0..18.0, habit in habit()) {
        let race = run_of(&course, Pace::Power(power), habit, &Runner::of_mass(62.0));
        prop_assert!(finite(&race.load) && finite(&race.along) && finite(&race.legs));
        let along = &race.along;
        let rises = |values: &[f64]| values.windows(2).all(|pair| pair[0] <= pair[1]);
        prop_assert!(rises(&along.distance_km) && rises(&along.elapsed_s) && rises(&along.points));
        prop_assert!(close(*along.distance_km.last().unwrap(), course.length_m() / 1000.0, 1e-9));
        prop_assert!(close(*along.points.last().unwrap(), race.load.points_total, 1e-9));
        prop_assert_eq!(*along.elapsed_s.last().unwrap(), race.finish_s);
        for muscle in Muscle::ALL {
            let loss = &along.strength_loss[muscle];
            prop_assert_eq!(loss.point.len(), along.distance_km.len());
            let band = &loss.intervals[0];
            for (k, &point) in loss.point.iter().enumerate() {
                prop_assert!(at_most(band.lower[k], point) && at_most(point, band.upper[k]));
                prop_assert!((0.0..1.0).contains(&band.lower[k]) && band.upper[k] < 1.0);
            }
        }
        let as_planned = found(&race, |what| *what == WhatIf::AsPlanned);
        prop_assert_eq!(as_planned.finish_s, race.finish_s);
        prop_assert_eq!(as_planned.lead_legs_km, race.lead_legs_km.quadriceps);
        prop_assert_eq!(&as_planned.strength_loss_along, &along.strength_loss.quadriceps.point);
    }

    #[test]
    fn the_finish_time_is_met(course in course(), power in 1.0..25.0, habit in habit()) {
        let runner = Runner { pack_kg: 5.0, ..Runner::default() };
        let wanted_s = run_of(&course, Pace::Power(power), habit, &runner).finish_s;
        let race = run_of(&course, Pace::FinishTime(wanted_s), habit, &runner);
        prop_assert!((race.finish_s - wanted_s).abs() < 1.0, "{} for {wanted_s}", race.finish_s);
    }

    /// At the same gait: a descent that is walked costs more than one that is run a little faster.
    #[test]
    fn more_time_is_less_load(course in course(), walked in 0.8..1.6, run in 2.1..3.5) {
        for speed in [walked, run] {
            let at = |speed| run_of(&course, steady(speed), Habit::Road, &Runner::default());
            let (slow, fast) = (at(speed), at(1.2 * speed));
            prop_assert!(slow.finish_s > fast.finish_s);
            prop_assert!(slow.load.points_total < fast.load.points_total);
        }
    }

    #[test]
    fn more_descent_is_more_loss(grade in -0.30..-0.05, extra in 0.01..0.1, speed in 2.1..4.0) {
        let down = |grade: f64| {
            let point = |k: i32| {
                let distance_m = 25.0 * f64::from(k);
                CoursePoint { distance_m, elevation_m: 3000.0 + grade * distance_m }
            };
            let course = Course::new(&(0..=200).map(point).collect::<Vec<_>>()).unwrap();
            run_of(&course, steady(speed), Habit::Road, &Runner::default())
        };
        let (less, more) = (down(grade), down(grade - extra));
        let loss = |race: &Race| *race.along.strength_loss.quadriceps.point.last().unwrap();
        prop_assert!(loss(&more) > loss(&less));
        prop_assert!(more.load.points_total > less.load.points_total);
    }

    #[test]
    fn changes_do_what_they_are_for(course in course(), power in 5.0..18.0) {
        let runner = Runner { pack_kg: 4.0, ..Runner::default() };
        let race = run_of(&course, Pace::Power(power), Habit::Recreational, &runner);
        let planned = found(&race, |what| *what == WhatIf::AsPlanned);
        let unprepared = found(&race, |what| *what == WhatIf::Unprepared);
        let prepared = found(&race, |what| *what == WhatIf::Prepared);
        prop_assert!(at_most(prepared.finish_s, unprepared.finish_s));
        let slower = found(&race, |what| *what == WhatIf::SlowerDescents);
        // Where nothing of it is walked because of that.
        let walked = race.along.speed_m_s.iter().any(|&speed| speed < 2.3);
        prop_assert!(walked || at_most(slower.points, planned.points));
        prop_assert!(at_most(planned.finish_s, slower.finish_s));
        let quicker = found(&race, |what| *what == WhatIf::HigherCadence);
        // Quicker steps spare the groups of stance; the leg swings as before, and more often.
        let swing = race.load.points.hamstrings;
        let stance = race.load.points.iter().map(|(_, points)| points).sum::<f64>() - swing;
        prop_assert!(quicker.points < planned.points || swing > 0.4 * stance);
        let lighter = found(&race, |what| matches!(what, WhatIf::LighterPack { kg } if *kg == 3.0));
        prop_assert!(lighter.finish_s < planned.finish_s);
    }

    #[test]
    fn preparation_protects(course in course(), speed in 1.0..5.0) {
        let race = run_of(&course, steady(speed), Habit::Recreational, &Runner::default());
        let planned = found(&race, |what| *what == WhatIf::AsPlanned);
        let unprepared = found(&race, |what| *what == WhatIf::Unprepared);
        let prepared = found(&race, |what| *what == WhatIf::Prepared);
        for (less, more) in [(prepared, planned), (planned, unprepared)] {
            prop_assert!(at_most(less.soreness_peak, more.soreness_peak));
            prop_assert!(at_most(less.strength_loss, more.strength_loss));
        }
    }

    #[test]
    fn a_course_turned_round_twice_is_itself(course in course()) {
        let (back, again) = (course.reversed(), course.reversed().reversed());
        prop_assert_eq!(back.ascent_m(), course.descent_m());
        prop_assert!(close(back.length_m(), course.length_m(), 1e-12));
        for (a, b) in again.sections().iter().zip(course.sections()) {
            prop_assert!((a.distance_m - b.distance_m).abs() < 1e-6 && a.grade == b.grade);
            prop_assert!((a.elevation_m - b.elevation_m).abs() < 1e-6);
        }
        prop_assert!(run_of(&back, Pace::Typical, Habit::Road, &Runner::default()).finish_s > 0.0);
    }

    #[test]
    fn the_clock_does_not_matter(course in course(), hours in -1.0e5..1.0e5) {
        let p = Parameters::default();
        let legs = Habit::Road.legs(START, &p).unwrap();
        let run = |start| {
            let legs = LegState { time: start, ..legs };
            let options =
                RaceOptions { start, pace: Pace::Power(9.0), after: ForecastOptions::default() };
            race(&course, &options, &Runner::default(), &legs, &prior(&p), &p).unwrap()
        };
        let (now, then) = (run(START), run(START.add_hours(hours)));
        prop_assert_eq!(now.along, then.along);
    }

    #[test]
    fn thinning_keeps_both_ends(course in course(), places in 0_usize..300) {
        let race = run_of(&course, Pace::Power(9.0), Habit::Road, &Runner::default());
        let thin = race.along.thinned(places);
        prop_assert!(thin.distance_km.len() <= places.max(2));
        prop_assert_eq!(thin.distance_km[0], 0.0);
        prop_assert_eq!(thin.distance_km.last(), race.along.distance_km.last());
        prop_assert_eq!(thin.strength_loss.calves.point.last(), race.along.strength_loss.calves.point.last());
        prop_assert_eq!(thin.points.len(), thin.strength_loss.calves.intervals[0].upper.len());
    }
}
