//! A race by hand, and what a course is refused for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use eccentric::damage::{Habit, LegState, MuscleState};
use eccentric::forecast::ForecastOptions;
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::person::prior;
use eccentric::plan::{Course, CoursePoint, Pace, PacePoint, Race, RaceOptions, WhatIf, race};
use eccentric::{Error, Timestamp, activity::Segment};

const START: Timestamp = Timestamp::from_unix_s(1_780_000_000);

/// A course from (length in m, grade) with a point every 10 m.
fn course(pieces: &[(f64, f64)]) -> Course {
    let mut points = vec![CoursePoint { distance_m: 0.0, elevation_m: 3000.0 }];
    for &(length_m, grade) in pieces {
        for _ in 0..(length_m / 10.0) as usize {
            let CoursePoint { distance_m, elevation_m } = points[points.len() - 1];
            points.push(CoursePoint {
                distance_m: distance_m + 10.0,
                elevation_m: elevation_m + 10.0 * grade,
            });
        }
    }
    Course::new(&points).unwrap()
}

fn run_of(course: &Course, pace: Pace, habit: Habit, p: &Parameters) -> Race {
    let options = RaceOptions { start: START, pace, after: ForecastOptions::default() };
    let legs = habit.legs(START, p).unwrap();
    race(course, &options, &Runner::default(), &legs, &prior(p), p).unwrap()
}

/// 10 km level, then 10 km down 9 %, at 15 W/kg and with legs that hardly weaken:
///
/// ```text
/// P(x) = 15 (1.065 - 0.13 x); level v = P / 3.6; at -9 % v = P / (3.6 0.88)
/// T = 10 km 3.6 / (15 0.13) 2 ln(1.065 / 1) + 0.88 sqrt(1 + 0.09^2) 10 km 3.6 / (15 0.13) 2 ln(1 / 0.935)
///   = 2325.1 s + 2194.2 s        (halves of the course: x from 0 to 1/2 and on to 1)
/// ```
#[test]
fn two_pieces_by_hand() {
    let p = Parameters { fatigue_gain: 0.0, damage_gain: 0.01, ..Parameters::default() };
    let course = course(&[(10_000.0, 0.0), (10_000.0, -0.09)]);
    let race = run_of(&course, Pace::Power(15.0), Habit::Trail, &p);
    let half = race.along.distance_km.iter().position(|&km| km >= 10.0).unwrap();
    let level_s = race.along.elapsed_s[half];
    assert!((level_s / 2325.1 - 1.0).abs() < 0.002, "{level_s}");
    let down_s = race.finish_s - level_s;
    assert!((down_s / 2194.2 - 1.0).abs() < 0.005, "{down_s}");
    // The load is that of the two pieces at their mean speeds, within the spread of the speed.
    let model = DoseModel::new(&p, &Runner::default()).unwrap();
    let down_m = 10_000.0 * (1.0_f64 + 0.0081).sqrt();
    let pieces = [
        Segment::steady(0.0, 10_000.0 / level_s, level_s),
        Segment::steady(-0.09, down_m / down_s, down_s),
    ];
    let by_hand = model.load(START, &pieces).unwrap();
    assert!((race.load.points_total / by_hand.points_total - 1.0).abs() < 0.005);
    let last = race.along.points.last().unwrap();
    assert!((last / race.load.points_total - 1.0).abs() < 1e-9);
}

/// The pace profile alone decides: 5 km at 2.5 m/s, 5 km at 4 m/s.
#[test]
fn a_pace_profile_is_run_as_it_is() {
    let p = Parameters::default();
    let course = course(&[(10_000.0, 0.0)]);
    let at = |distance_m, speed_m_s| PacePoint { distance_m, speed_m_s };
    let pace = Pace::Profile(vec![at(0.0, 2.5), at(5000.0, 4.0)]);
    let race = run_of(&course, pace, Habit::Road, &p);
    assert!((race.finish_s - (2000.0 + 1250.0)).abs() < 1e-6, "{}", race.finish_s);
    assert_eq!(race.power_w_kg, None);
    let of = |what| race.outcomes.iter().find(|o| o.what == what).unwrap().finish_s;
    assert_eq!(of(WhatIf::Unprepared), race.finish_s);
}

/// The state at the finish is that of the load, replayed as any recorded run.
#[test]
fn the_finish_is_that_of_the_load() {
    let p = Parameters::default();
    let course = course(&[(5000.0, 0.1), (5000.0, -0.1), (3000.0, 0.0), (4000.0, -0.15)]);
    let race = run_of(&course, Pace::FinishTime(8000.0), Habit::Road, &p);
    assert!((race.finish_s - 8000.0).abs() < 0.01);
    let legs = Habit::Road.legs(START, &p).unwrap().after(&race.load, &p).unwrap();
    let (a, b) = (race.legs.muscles.quadriceps, legs.muscles.quadriceps);
    assert!((a.strength_loss(&p) / b.strength_loss(&p) - 1.0).abs() < 0.01);
    let pending = |m: &MuscleState| m.protection_pending.iter().sum::<f64>();
    assert!((pending(&a) / pending(&b) - 1.0).abs() < 0.01);
    assert!((race.legs.load_relative_se() / legs.load_relative_se() - 1.0).abs() < 0.01);
    let loss = race.along.strength_loss.quadriceps.point.last().unwrap();
    assert_eq!(*loss, race.after.muscles.quadriceps.strength_loss.point[0]);
}

/// Weaker legs descend slower at the same power: (1 - L)^0.4 on a steady descent of 15 %.
#[test]
fn descents_slow_as_strength_goes() {
    let p = Parameters::default();
    let race = run_of(&course(&[(20_000.0, -0.15)]), Pace::Power(9.0), Habit::None, &p);
    let along = &race.along;
    for k in [20, 100, 190] {
        let loss = along.strength_loss.quadriceps.point[k];
        let slowed = (1.0 - loss).powf(0.4);
        assert!((along.descent_slowing[k] - (1.0 - slowed)).abs() < 1e-12);
        // Speed of the next stretch: level pace over 0.88 + 0.12 (2/3)^2 / ..., faded and slowed.
        let behind = (along.distance_km[k] + 0.05) / 20.0;
        let power = 9.0 * (1.065 - 0.13 * behind);
        let pace = 0.88 + 0.12 * (0.06_f64 / 0.09).powi(2);
        let fresh = power / 3.6 / pace;
        assert!((along.speed_m_s[k + 1] / (fresh * slowed) - 1.0).abs() < 1e-3, "{k}");
    }
    assert!(race.lead_legs_km.quadriceps.unwrap() < 10.0);
    let Some(back) = race.back.stairs.zip(race.back.downhill) else { panic!("never back") };
    assert!(back.1 >= race.legs.time.add_hours(72.0) && back.0 < back.1);
}

#[test]
fn a_flat_easy_race_is_over_at_once() {
    let p = Parameters::default();
    let race = run_of(&course(&[(1000.0, 0.0)]), Pace::FinishTime(600.0), Habit::Trail, &p);
    assert_eq!(race.lead_legs_km.quadriceps, None);
    assert_eq!(race.back.stairs, Some(race.legs.time));
}

#[test]
fn legs_that_are_weak_already_are_lead_from_the_start() {
    let p = Parameters::default();
    let mut legs = LegState::rested(START.add_hours(-2.0));
    legs.muscles.quadriceps.damage = 0.9;
    let options =
        RaceOptions { start: START, pace: Pace::Typical, after: ForecastOptions::default() };
    let flat = course(&[(5000.0, 0.0)]);
    let race = race(&flat, &options, &Runner::default(), &legs, &prior(&p), &p).unwrap();
    assert_eq!(race.lead_legs_km.quadriceps, Some(0.0));
    let late = RaceOptions { start: START.add_hours(-3.0), ..options };
    let refused = eccentric::plan::race(&flat, &late, &Runner::default(), &legs, &prior(&p), &p);
    assert_eq!(refused.unwrap_err(), Error::BackInTime { hours: 1.0 });
}

#[test]
fn a_finish_time_that_nobody_can_run_names_those_that_can_be() {
    let p = Parameters::default();
    let legs = Habit::Road.legs(START, &p).unwrap();
    for seconds in [60.0, 1.0e6] {
        let pace = Pace::FinishTime(seconds);
        let options = RaceOptions { start: START, pace, after: ForecastOptions::default() };
        let flat = course(&[(10_000.0, 0.0)]);
        let error = race(&flat, &options, &Runner::default(), &legs, &prior(&p), &p).unwrap_err();
        let Error::OutOfRange { quantity, value, min, max, unit, .. } = error else {
            panic!("{error}")
        };
        assert_eq!((quantity, value, unit), ("finish time", seconds, "s"));
        // 30 and 0.5 W/kg: 8.3 m/s running, 0.2 m/s walking.
        assert!((min / 1200.0 - 1.0).abs() < 0.01 && (max / 50_000.0 - 1.0).abs() < 0.01);
    }
}

#[test]
fn bad_paces_are_refused() {
    let at = |distance_m, speed_m_s| PacePoint { distance_m, speed_m_s };
    for (pace, said) in [
        (Pace::Power(f64::NAN), "metabolic power is NaN"),
        (Pace::Power(100.0), "allowed is 0.5 to 30 W/kg"),
        (Pace::FinishTime(-1.0), "finish time is -1, allowed is 1 to"),
        (Pace::Profile(vec![]), "at least 1"),
        (Pace::Profile(vec![at(0.0, 0.0)]), "speed of the pace profile at index 0 is 0"),
        (Pace::Profile(vec![at(0.0, 3.0), at(f64::NAN, 3.0)]), "index 1"),
        (Pace::Profile(vec![at(9.0, 3.0), at(8.0, 3.0)]), "backwards at sample 1"),
    ] {
        let error = pace.check().unwrap_err().to_string();
        assert!(error.contains(said), "{pace:?}: {error}");
    }
}

#[test]
fn bad_courses_are_refused() {
    let point = |distance_m, elevation_m| CoursePoint { distance_m, elevation_m };
    let noisy = |k: i32| point(50.0 * f64::from(k), 60.0 * f64::from(k % 2));
    let steep = |k: i32| point(10.0 * f64::from(k), 8.0 * f64::from((k % 100 - 50).abs()));
    for (points, said) in [
        (vec![], "0 usable samples"),
        (vec![point(0.0, 100.0)], "1 usable samples, at least 2"),
        (vec![point(0.0, 100.0), point(10_000.0, 90.0)], "two course points at index 1 is 10000"),
        (vec![point(0.0, 100.0), point(200.0, 90.0), point(100.0, 80.0)], "backwards at sample 2"),
        (vec![point(0.0, 0.0), point(300.0, 0.0)], "all 2 elevations are exactly zero"),
        (vec![point(0.0, 100.0), point(50.0, 90.0)], "length of the course is 50"),
        (vec![point(0.0, 100.0), point(200.0, 1090.0)], "rise between two course points"),
        (vec![point(0.0, f64::NAN), point(200.0, 90.0)], "elevation at index 0 is NaN"),
        (vec![point(0.0, 90.0), point(f64::INFINITY, 90.0)], "distance at index 1 is inf"),
        ((0..200).map(noisy).collect(), "noise of the elevations of the course is 3"),
        ((0..1000).map(steep).collect(), "share of the course steeper than 45 %"),
    ] {
        let error = Course::new(&points).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

/// A wrong elevation of 80 m at one point in a kilometre is smoothed or limited, and told.
#[test]
fn a_spike_is_limited_and_told() {
    let spike = |k: i32| CoursePoint {
        distance_m: 10.0 * f64::from(k),
        elevation_m: if k == 500 { 580.0 } else { 500.0 },
    };
    let course = Course::new(&(0..1000).map(spike).collect::<Vec<_>>()).unwrap();
    assert!(course.descent_m() < 40.0, "{}", course.descent_m());
    assert!(course.limited_m() < 100.0);
}
