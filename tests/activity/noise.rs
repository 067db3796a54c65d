//! Noise and sampling change the load of a run hardly at all.

use super::*;

#[test]
fn noise_on_flat_ground_is_no_load() {
    for source in [ElevationSource::Barometer, ElevationSource::Unknown] {
        let still = cleaned_load(slope(0.0, 3.0, 3600), source).points_total;
        let mut worst: f64 = 0.0;
        for seed in 1..=8 {
            let noisy = cleaned_load(with_noise(slope(0.0, 3.0, 3600), 0.3, seed), source);
            worst = worst.max(percent(noisy.points_total, still).abs());
        }
        println!("0.3 m of noise on the flat, {source:?}: at most {worst:.2} %");
        assert!(worst <= 2.0, "{source:?}: noise changes the load by {worst:.2} %");
    }
}

#[test]
fn noise_on_a_slope_keeps_the_load() {
    for grade in [-0.10, 0.10] {
        let source = ElevationSource::Barometer;
        let still = cleaned_load(slope(grade, 3.0, 1800), source).points_total;
        for seed in 1..=4 {
            let noisy = cleaned_load(with_noise(slope(grade, 3.0, 1800), 0.3, seed), source);
            let change = percent(noisy.points_total, still);
            println!("0.3 m of noise at {:.0} %: {change:.2} %", 100.0 * grade);
            assert!(change.abs() <= 2.0, "{grade}: noise changes the load by {change:.2} %");
        }
    }
}

#[test]
fn the_recording_interval_does_not_matter() {
    let hills = Hills::new();
    let source = ElevationSource::Barometer;
    let truth = hills.truth().points_total;
    for noise in [0.0, 0.3] {
        let of = |intervals: &[f64], seed: u64| {
            let samples = with_noise(hills.recorded(intervals), noise, seed);
            cleaned_load(samples, source).points_total
        };
        let every_second = of(&[1.0], 11);
        let every_five = of(&[5.0], 12);
        let irregular = of(&smart(), 13);
        println!(
            "hilly run, noise {noise} m: truth {truth:.1}; 1 s {:+.2} % of the truth, 5 s {:+.2} % and \
             smart {:+.2} % of 1 s",
            percent(every_second, truth),
            percent(every_five, every_second),
            percent(irregular, every_second)
        );
        for other in [every_five, irregular] {
            let change = percent(other, every_second);
            assert!(change.abs() <= 2.0, "noise {noise}: {change:.2} % against 1 Hz");
        }
        // Smoothing takes a little off the steepest turns, never more than the error of the model.
        let change = percent(every_second, truth);
        assert!(change.abs() <= 5.0, "noise {noise}: {change:.2} % against the truth");
    }
}

#[test]
fn a_hundred_metres_down_is_what_it_is() {
    let source = ElevationSource::Barometer;
    let activity = clean(&recording(slope(-0.10, 2.5, 40), source)).unwrap();
    assert!((activity.distance_m - 100.0).abs() < 1e-9, "{}", activity.distance_m);
    // Readings are averaged onto nodes of 5 m, which moves the end of the profile a little.
    assert!((activity.descent_m - 10.0).abs() < 0.03, "{}", activity.descent_m);
    assert_eq!(activity.ascent_m, 0.0);
    assert!((moving_s(&activity) - 40.0).abs() < 1e-9);
    assert_eq!(activity.segments.len(), activity.elevation_m.len());
    for s in &activity.segments {
        assert!((s.grade + 0.10).abs() < 1e-3, "{}", s.grade);
        assert!((s.speed_m_s - 2.5 * 1.01_f64.sqrt()).abs() < 1e-3);
        assert_eq!(s.gait, Gait::Running);
    }
    let by_hand = Segment::steady(-0.10, 2.5 * 1.01_f64.sqrt(), 40.0);
    let by_hand = model().load(Timestamp::default(), &[by_hand]).unwrap();
    let change = percent(load(&activity).points_total, by_hand.points_total);
    assert!(change.abs() < 0.5, "{change} %");
}
