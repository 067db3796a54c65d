//! What is refused, bridged or told apart.

use super::*;

#[test]
fn impossible_recordings_are_rejected() {
    let good = slope(-0.05, 3.0, 60);
    let barometer = ElevationSource::Barometer;
    let broken = |change: &dyn Fn(&mut Vec<Sample>)| {
        let mut samples = good.clone();
        change(&mut samples);
        clean(&recording(samples, barometer)).unwrap_err()
    };
    assert!(matches!(broken(&|s| s.reverse()), Error::TimeNotIncreasing { index: 1, .. }));
    let same = broken(&|s| s[7].time_s = s[6].time_s);
    assert!(matches!(same, Error::TimeNotIncreasing { index: 7, .. }));
    assert!(matches!(
        broken(&|s| s[9].distance_m = 1.0),
        Error::DistanceDecreasing { index: 9, .. }
    ));
    assert!(matches!(broken(&|s| s[60].time_s = 1.0e6), Error::TimeJump { index: 60, .. }));
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1.0e9] {
        assert!(matches!(broken(&|s| s[3].time_s = bad), Error::OutOfRange { index: Some(3), .. }));
        let distance = broken(&|s| s[4].distance_m = bad);
        assert!(matches!(distance, Error::OutOfRange { index: Some(4), .. }));
        let elevation = broken(&|s| s[5].elevation_m = Some(bad));
        assert!(matches!(elevation, Error::OutOfRange { index: Some(5), .. }));
        let cadence = broken(&|s| s[6].cadence_steps_min = Some(bad));
        assert!(matches!(cadence, Error::OutOfRange { index: Some(6), .. }));
    }
    assert_eq!(broken(&|s| s.truncate(1)), Error::TooFewSamples { found: 1, needed: 2 });
    assert_eq!(broken(&|s| s.clear()), Error::TooFewSamples { found: 0, needed: 2 });
    assert_eq!(broken(&|s| s.iter_mut().for_each(|s| s.elevation_m = None)), Error::NoElevation);
    let zero = broken(&|s| s.iter_mut().for_each(|s| s.elevation_m = Some(0.0)));
    assert_eq!(zero, Error::ZeroElevation { samples: 61 });
}

#[test]
fn pauses_that_make_no_sense_are_rejected() {
    for (start_s, end_s) in
        [(f64::NAN, 20.0), (10.0, f64::NAN), (30.0, 10.0), (-5.0, f64::INFINITY)]
    {
        let mut bad = recording(slope(-0.05, 3.0, 60), ElevationSource::Barometer);
        bad.pauses = vec![Pause { start_s, end_s }];
        assert!(clean(&bad).is_err(), "pause {start_s} to {end_s} was accepted");
    }
    let mut unordered = recording(slope(-0.05, 3.0, 600), ElevationSource::Barometer);
    unordered.pauses =
        vec![Pause { start_s: 400.0, end_s: 410.0 }, Pause { start_s: 100.0, end_s: 110.0 }];
    assert!(clean(&unordered).is_err(), "pauses out of order were accepted");
}

#[test]
fn a_treadmill_on_the_level_may_be_zero() {
    let samples: Vec<Sample> =
        (0..=600).map(|t| sample(f64::from(t), 3.0 * f64::from(t), 0.0)).collect();
    let activity = clean(&recording(samples, ElevationSource::Set)).unwrap();
    assert!(activity.segments.iter().all(|s| s.grade == 0.0));
    assert!(activity.quality.flags.contains(&Flag::GradeSet));
}

#[test]
fn holes_in_the_elevation_are_bridged() {
    let source = ElevationSource::Barometer;
    let plain = cleaned_load(slope(-0.07, 3.0, 1200), source).points_total;
    let mut samples = slope(-0.07, 3.0, 1200);
    for (k, s) in samples.iter_mut().enumerate() {
        if k % 50 < 20 {
            s.elevation_m = None;
        }
    }
    let activity = clean(&recording(samples, source)).unwrap();
    assert!(activity.quality.flags.contains(&Flag::ElevationHoles));
    let change = percent(load(&activity).points_total, plain);
    assert!(change.abs() < 0.5, "{change} %");
}

#[test]
fn measured_cadence_tells_running_from_walking() {
    let mut samples = slope(-0.1, 1.8, 600);
    for s in &mut samples {
        s.cadence_steps_min = Some(if s.time_s < 300.0 { 165.0 } else { 110.0 });
    }
    let activity = clean(&recording(samples, ElevationSource::Barometer)).unwrap();
    let first = activity.segments.first().unwrap();
    let last = activity.segments.last().unwrap();
    assert_eq!((first.gait, last.gait), (Gait::Running, Gait::Walking));
    assert!((first.step_rate_hz.unwrap() - 2.75).abs() < 1e-9);
    assert!((last.step_rate_hz.unwrap() - 110.0 / 60.0).abs() < 1e-9);
}

#[test]
fn the_clock_of_a_recording_does_not_matter() {
    let samples = with_noise(slope(-0.05, 3.0, 600), 0.3, 5);
    let mut early = recording(samples, ElevationSource::Barometer);
    let mut late = early.clone();
    early.start = Timestamp::from_unix_s(0);
    late.start = Timestamp::from_unix_s(2_000_000_000);
    let (early, late) = (clean(&early).unwrap(), clean(&late).unwrap());
    assert_eq!(early.segments, late.segments);
    assert_eq!(load(&early).points, load(&late).points);
}

#[test]
fn segments_cover_the_run() {
    let hills = Hills::new();
    let samples = hills.recorded(&[1.0]);
    let length = samples.last().unwrap().distance_m;
    let activity = clean(&recording(samples, ElevationSource::Barometer)).unwrap();
    assert!(
        (length - activity.distance_m).abs() < 1e-6 * length,
        "{length} {}",
        activity.distance_m
    );
    assert!((moving_s(&activity) - 3600.0).abs() < 5.0);
    assert!(
        activity.segments.windows(2).all(|w| w[1].start_s >= w[0].start_s + w[0].duration_s - 1e-6)
    );
    let ends = Hills::elevation(length) - Hills::elevation(0.0);
    let sum = activity.ascent_m - activity.descent_m;
    assert!((sum - ends).abs() < 1.5, "{sum} against {ends}");
}

#[test]
fn two_samples_are_enough_to_answer() {
    let two = vec![sample(0.0, 0.0, 100.0), sample(30.0, 90.0, 91.0)];
    let activity = clean(&recording(two, ElevationSource::Barometer)).unwrap();
    assert!((activity.distance_m - 90.0).abs() < 5.0);
    assert!(activity.segments.iter().all(|s| (s.grade + 0.1).abs() < 0.01));
    let short = vec![sample(0.0, 0.0, 100.0), sample(1.0, 3.0, 99.9)];
    assert_eq!(
        clean(&recording(short, ElevationSource::Barometer)).unwrap_err(),
        Error::NoDistance
    );
}

#[test]
fn grades_are_those_of_the_hills() {
    let hills = Hills::new();
    for (noise, most) in [(0.0, 0.002), (0.3, 0.012)] {
        let samples = with_noise(hills.recorded(&[1.0]), noise, 21);
        let activity = clean(&recording(samples, ElevationSource::Barometer)).unwrap();
        let (mut at, mut squares, mut scaled) = (0.0, 0.0, 0.0);
        for s in &activity.segments {
            let length = s.distance_m() / (1.0 + s.grade * s.grade).sqrt();
            let truth = (Hills::elevation(at + length) - Hills::elevation(at)) / length;
            squares += (s.grade - truth).powi(2);
            scaled += ((s.grade - truth) / s.grade_se).powi(2);
            at += length;
        }
        let n = activity.segments.len() as f64;
        let (rms, z) = ((squares / n).sqrt(), (scaled / n).sqrt());
        println!(
            "grade of 20 m, noise {noise} m: rms error {rms:.5}, {z:.2} of its standard error"
        );
        assert!(rms < most, "noise {noise}: rms {rms}");
        assert!(z < 1.5, "noise {noise}: errors are {z} of their standard error");
    }
}
