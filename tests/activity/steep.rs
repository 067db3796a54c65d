//! Stairs and scrambles are believed where they are walked, and noise never becomes any.

use super::*;
use eccentric::params::fixed::{MAX_GRADE, STEEPEST_WALKED_GRADE};

/// 200 m of level ground, a slope over some horizontal metres, 200 m of level ground; 1 Hz.
fn with_level_ends(grade: f64, slope_m: f64, speed_m_s: f64) -> Vec<Sample> {
    let horizontal_m_s = speed_m_s / (1.0 + grade * grade).sqrt();
    let mut distance_m = 0.0;
    let mut samples = Vec::new();
    while distance_m <= 400.0 + slope_m {
        let down_m = (distance_m - 200.0).clamp(0.0, slope_m);
        samples.push(sample(samples.len() as f64, distance_m, 1500.0 + grade * down_m));
        let on_slope = (200.0..200.0 + slope_m).contains(&distance_m);
        distance_m += if on_slope { horizontal_m_s } else { speed_m_s.max(1.2) };
    }
    samples
}

/// Noise that wanders over minutes, as that of satellite positions does.
fn with_wander(mut samples: Vec<Sample>, sd_m: f64, over_s: f64, seed: u64) -> Vec<Sample> {
    let mut random = Random(seed);
    let keep = (-1.0 / over_s).exp();
    let mut off_m = sd_m * random.normal();
    for s in &mut samples {
        s.elevation_m = s.elevation_m.map(|e| e + off_m);
        off_m = keep * off_m + sd_m * (1.0 - keep * keep).sqrt() * random.normal();
    }
    samples
}

fn cleaned(samples: Vec<Sample>, source: ElevationSource) -> Activity {
    let activity = clean(&recording(samples, source)).unwrap();
    let limited = activity.quality.grade_limited_m > 0.0;
    assert_eq!(activity.quality.flags.contains(&Flag::GradeLimited), limited);
    activity
}

fn steepest(activity: &Activity) -> f64 {
    activity.segments.iter().map(|s| s.grade.abs()).fold(0.0, f64::max)
}

#[test]
fn stairs_and_scrambles_are_as_steep_as_they_are() {
    for (grade, speed) in [(-0.6, 0.6), (-0.9, 0.4), (0.6, 0.5), (-0.5, 1.03)] {
        for seed in 1..=4 {
            let stairs = with_noise(slope(grade, speed / 1.0_f64.hypot(grade), 233), 0.3, seed);
            let stairs = cleaned(stairs, ElevationSource::Barometer);
            assert_eq!(stairs.quality.grade_limited_m, 0.0);
            for s in &stairs.segments {
                assert!(percent(s.grade, grade).abs() < 4.0, "{grade}: {}", s.grade);
                assert!(percent(s.speed_m_s, speed).abs() < 4.0, "{speed}: {}", s.speed_m_s);
                assert_eq!(s.gait, Gait::Walking);
            }
        }
    }
}

#[test]
fn stairs_between_level_ground_keep_their_height_and_their_middle() {
    for seed in 1..=4 {
        let samples = with_noise(with_level_ends(-0.6, 100.0, 0.6), 0.3, seed);
        let activity = cleaned(samples, ElevationSource::Barometer);
        let middle: Vec<f64> = activity.segments[11..14].iter().map(|s| s.grade).collect();
        assert!(middle.iter().all(|g| percent(*g, -0.6).abs() < 6.0), "{middle:?}");
        let rise: f64 = activity.segments.iter().map(Segment::rise_m).sum();
        println!("100 m of stairs: {middle:?}, {rise:.1} m");
        assert!((rise + 60.0).abs() < 1.0, "{rise}");
        assert!(!activity.quality.flags.contains(&Flag::ElevationMismatch));
    }
}

#[test]
fn from_satellite_positions_or_as_noisy_it_is_limited() {
    let stairs = || slope(-0.6, 0.52, 600);
    let satellite = cleaned(with_wander(stairs(), 2.5, 60.0, 3), ElevationSource::Satellite);
    let noisy = cleaned(with_noise(stairs(), 2.5, 3), ElevationSource::Unknown);
    for activity in [satellite, noisy] {
        assert_eq!(steepest(&activity), MAX_GRADE);
        assert!(percent(activity.quality.grade_limited_m, activity.distance_m).abs() < 1e-6);
        assert!(activity.quality.flags.contains(&Flag::ElevationMismatch));
    }
    for source in [ElevationSource::Map, ElevationSource::Unknown, ElevationSource::Set] {
        let quiet = cleaned(with_noise(stairs(), 0.3, 3), source);
        assert!(percent(steepest(&quiet), 0.6) > -4.0, "{source:?}");
    }
}

#[test]
fn noise_on_level_walking_never_becomes_steep() {
    use ElevationSource::{Barometer, Map, Satellite, Unknown};
    for seed in 1..=4 {
        for speed in [0.3, 0.6, 1.2] {
            let level = || slope(0.0, speed, 3600);
            let barometer = with_noise(level(), 0.3, seed);
            assert!(steepest(&cleaned(barometer, Barometer)) < 0.2);
            for source in [Satellite, Unknown, Map] {
                let wandering = with_wander(level(), 2.5, 60.0, seed);
                let found = steepest(&cleaned(wandering, source));
                assert!(found < MAX_GRADE, "{source:?} at {speed} m/s: {found}");
            }
        }
    }
}

#[test]
fn running_is_limited_and_so_is_what_is_not_high() {
    let run = cleaned(slope(-0.6, 2.5, 120), ElevationSource::Barometer);
    assert_eq!(steepest(&run), MAX_GRADE);
    let quick = |mut samples: Vec<Sample>| {
        samples.iter_mut().for_each(|s| s.cadence_steps_min = Some(165.0));
        samples
    };
    let short_steps = cleaned(quick(slope(-0.6, 0.8, 200)), ElevationSource::Barometer);
    assert_eq!(steepest(&short_steps), MAX_GRADE);
    // A flight of steps of 11.6 m: even where the grade was set, that is too little; twice that is not.
    let flight = cleaned(with_level_ends(-0.58, 20.0, 0.6), ElevationSource::Set);
    assert_eq!(steepest(&flight), MAX_GRADE);
    assert!((flight.quality.grade_limited_m - 20.0).abs() < 1.0);
    let two = cleaned(with_level_ends(-0.58, 40.0, 0.6), ElevationSource::Set);
    assert!(steepest(&two) > 0.55 && two.quality.grade_limited_m == 0.0);
    let step = |x: f64| if x < 200.0 { 1500.0 } else { 1497.0 };
    let samples: Vec<Sample> =
        (0..400).map(|t| sample(f64::from(t), f64::from(t), step(f64::from(t)))).collect();
    for source in [ElevationSource::Barometer, ElevationSource::Set, ElevationSource::Map] {
        assert!(steepest(&cleaned(samples.clone(), source)) < MAX_GRADE);
    }
}

#[test]
fn what_nobody_walks_is_limited_and_told() {
    let ladder = cleaned(slope(-1.3, 0.3, 600), ElevationSource::Barometer);
    assert_eq!(steepest(&ladder), STEEPEST_WALKED_GRADE);
    assert!(percent(ladder.quality.grade_limited_m, ladder.distance_m).abs() < 1e-6);
}

#[test]
fn the_load_of_a_metre_of_height_has_no_cliff() {
    let per_metre = |grade: f64| {
        let walk = slope(grade, 0.6 / 1.0_f64.hypot(grade), 2400);
        let walk = cleaned(walk, ElevationSource::Barometer);
        let load = load(&walk);
        (load.points_total / walk.descent_m, load.relative_se())
    };
    let mut before = per_metre(-0.40);
    for step in 1..=60 {
        let grade = -0.40 - 0.01 * f64::from(step);
        let now = per_metre(grade);
        if step % 5 == 0 {
            println!("{grade:.2}: {:.4} points a metre, error {:.2}", now.0, now.1);
        }
        assert!(percent(now.0, before.0).abs() < 2.5, "{grade:.2}: {before:?} {now:?}");
        assert!(now.1 > before.1, "{grade:.2}: {before:?} {now:?}");
        before = now;
    }
    // Nobody measured much there: a factor of two at -60 %.
    assert!(per_metre(-0.60).1 > 0.7);
}

#[test]
fn gait_without_cadence_is_that_of_half_a_minute() {
    let gaits = |grade: f64, speed: f64| {
        let speed = speed / 1.0_f64.hypot(grade);
        let activity = cleaned(slope(grade, speed, 900), ElevationSource::Barometer);
        let first = activity.segments[0].gait;
        assert!(activity.segments.iter().all(|s| s.gait == first));
        first
    };
    for (grade, change) in [(0.0, 1.9), (-0.2, 1.7), (0.2, 1.7), (-0.44, 1.46)] {
        assert_eq!(gaits(grade, change + 0.05), Gait::Running, "{grade}");
        assert_eq!(gaits(grade, change - 0.05), Gait::Walking, "{grade}");
    }
    // 1.2 m/s, and in the middle 20 m at 2.4 m/s because a position jumped.
    let jumps =
        |t: f64| if t > 400.0 { 1.2 * t + 10.0_f64.min(1.2 * (t - 400.0)) } else { 1.2 * t };
    let samples = (0..800).map(|t| sample(f64::from(t), jumps(f64::from(t)), 1500.0)).collect();
    let activity = cleaned(samples, ElevationSource::Barometer);
    assert!(activity.segments.iter().any(|s| s.speed_m_s > 2.0));
    assert!(activity.segments.iter().all(|s| s.gait == Gait::Walking));
}
