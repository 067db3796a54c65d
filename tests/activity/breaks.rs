//! Pauses, gaps, stops, spikes and jumps are no running.

use super::*;

#[test]
fn a_pause_does_not_count() {
    let source = ElevationSource::Barometer;
    let whole = cleaned_load(slope(-0.08, 3.0, 1200), source);
    // The same run with the device paused for ten minutes in the middle; samples go on meanwhile.
    let mut samples = slope(-0.08, 3.0, 600);
    for t in 601..1200 {
        samples.push(sample(f64::from(t), 1800.0, 1356.0));
    }
    for t in 0..=600 {
        let d = 1800.0 + 3.0 * f64::from(t);
        samples.push(sample(1200.0 + f64::from(t), d, 1500.0 - 0.08 * d));
    }
    let mut paused = recording(samples.clone(), source);
    paused.pauses = vec![Pause { start_s: 600.0, end_s: 1200.0 }];
    let activity = clean(&paused).unwrap();
    assert!((moving_s(&activity) - 1200.0).abs() < 8.0, "{}", moving_s(&activity));
    assert!((activity.quality.gap_s - 600.0).abs() < 3.0, "{}", activity.quality.gap_s);
    assert!(activity.quality.flags.contains(&Flag::Gaps));
    let change = percent(load(&activity).points_total, whole.points_total);
    println!("pause of 10 min: {change:+.3} %");
    assert!(change.abs() < 1.0, "{change} %");
    // The second half starts where the clock says.
    let later = activity.segments.iter().find(|s| s.start_s > 700.0).unwrap();
    assert!((later.start_s - 1200.0).abs() < 8.0, "{}", later.start_s);

    // Without the pause entry it is standing still, with the same load.
    let stood = clean(&recording(samples, source)).unwrap();
    assert!((stood.quality.standing_s - 600.0).abs() < 12.0, "{}", stood.quality.standing_s);
    let change = percent(load(&stood).points_total, whole.points_total);
    println!("standing for 10 min: {change:+.3} %");
    assert!(change.abs() < 1.0, "{change} %");
}

#[test]
fn a_gap_does_not_count() {
    let source = ElevationSource::Barometer;
    let samples: Vec<Sample> = slope(-0.08, 3.0, 1200)
        .into_iter()
        .filter(|s| !(500.0..700.0).contains(&s.time_s))
        .collect();
    let activity = clean(&recording(samples, source)).unwrap();
    assert!((moving_s(&activity) - 1000.0).abs() < 5.0, "{}", moving_s(&activity));
    assert!((activity.quality.gap_s - 201.0).abs() < 2.0, "{}", activity.quality.gap_s);
    assert!(activity.quality.flags.contains(&Flag::Gaps));
    assert!((activity.distance_m - 3000.0).abs() < 20.0, "{}", activity.distance_m);
    assert!(activity.segments.iter().all(|s| (s.grade + 0.08).abs() < 1e-3));
}

#[test]
fn short_stops_keep_the_clock_and_the_profile() {
    // Twenty stops of 20 s at crossings.
    let mut samples = Vec::new();
    let (mut t, mut d) = (0.0, 0.0);
    for _ in 0..20 {
        for _ in 0..60 {
            samples.push(sample(t, d, 500.0 - 0.05 * d));
            t += 1.0;
            d += 3.0;
        }
        for _ in 0..20 {
            samples.push(sample(t, d, 500.0 - 0.05 * d));
            t += 1.0;
        }
    }
    let activity = clean(&recording(samples, ElevationSource::Barometer)).unwrap();
    let without = cleaned_load(slope(-0.05, 3.0, 1200), ElevationSource::Barometer).points_total;
    let change = percent(load(&activity).points_total, without);
    let slow = activity.segments.iter().filter(|s| s.speed_m_s < 2.9).count();
    println!(
        "20 stops of 20 s: moving {:.0} s of 1200 s, {slow} of {} segments too slow, load {change:+.2} %",
        moving_s(&activity),
        activity.segments.len()
    );
    assert!(change.abs() < 2.0, "stops change the load by {change:.2} %");
    assert!((moving_s(&activity) / 1200.0 - 1.0).abs() < 0.05, "{}", moving_s(&activity));
    assert!((activity.descent_m - 180.0).abs() < 2.0, "{}", activity.descent_m);
    assert!(activity.segments.iter().all(|s| (s.grade + 0.05).abs() < 2e-3));
}

#[test]
fn spikes_are_removed() {
    let source = ElevationSource::Barometer;
    let clean_run = with_noise(slope(-0.06, 3.0, 1800), 0.2, 3);
    let undisturbed = clean(&recording(clean_run.clone(), source)).unwrap();
    assert_eq!(undisturbed.quality.elevation_spikes, 0);
    let mut spiky = clean_run;
    for (k, height) in [(100, 60.0), (500, -45.0), (900, 300.0), (1333, -20.0)] {
        spiky[k].elevation_m = spiky[k].elevation_m.map(|e| e + height);
    }
    let activity = clean(&recording(spiky, source)).unwrap();
    assert_eq!(activity.quality.elevation_spikes, 4);
    assert!(activity.quality.flags.contains(&Flag::ElevationSpikes));
    let change = percent(load(&activity).points_total, load(&undisturbed).points_total);
    println!("four spikes: {change:+.3} %");
    assert!(change.abs() < 0.5, "{change} %");
}

#[test]
fn a_jump_of_the_position_is_no_running() {
    let source = ElevationSource::Barometer;
    let mut samples = slope(-0.05, 3.0, 1200);
    for s in samples.iter_mut().skip(600) {
        s.distance_m += 5000.0;
    }
    let activity = clean(&recording(samples, source)).unwrap();
    assert!(activity.quality.flags.contains(&Flag::SpeedSpikes));
    assert!((activity.distance_m - 3600.0).abs() < 25.0, "{}", activity.distance_m);
    assert!(activity.segments.iter().all(|s| s.speed_m_s < 3.1));
}

#[test]
fn a_step_of_the_altimeter_is_no_cliff() {
    let source = ElevationSource::Barometer;
    let plain = cleaned_load(slope(-0.05, 3.0, 1200), source).points_total;
    let mut samples = slope(-0.05, 3.0, 1200);
    for s in samples.iter_mut().skip(600) {
        s.elevation_m = s.elevation_m.map(|e| e - 80.0);
    }
    let activity = clean(&recording(samples, source)).unwrap();
    assert!(activity.quality.flags.contains(&Flag::ElevationSteps));
    let change = percent(load(&activity).points_total, plain);
    assert!(change.abs() < 2.0, "{change} %");
    assert!((activity.descent_m - 180.0).abs() < 2.0, "{}", activity.descent_m);
}

#[test]
fn standing_still_is_an_error_and_not_a_load() {
    let samples: Vec<Sample> = (0..600).map(|t| sample(f64::from(t), 0.0, 300.0)).collect();
    let found = clean(&recording(samples, ElevationSource::Barometer));
    assert_eq!(found.unwrap_err(), Error::NoDistance);
    // Drift of a stationary receiver: 5 cm a second.
    let drift: Vec<Sample> =
        (0..600).map(|t| sample(f64::from(t), 0.05 * f64::from(t), 300.0)).collect();
    assert_eq!(
        clean(&recording(drift, ElevationSource::Satellite)).unwrap_err(),
        Error::NoDistance
    );
}
