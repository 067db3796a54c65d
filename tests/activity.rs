//! Stage 1 as a whole: what cleaning does to the load of a run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use eccentric::activity::{
    Activity, ElevationSource, Flag, Gait, Pause, Recording, Sample, Segment, clean,
};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::{Error, Timestamp};

/// SplitMix64: enough randomness for noise, the same on every platform.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Standard normal number (Box-Muller).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

fn model() -> DoseModel {
    DoseModel::new(&Parameters::default(), &Runner::default()).unwrap()
}

fn sample(time_s: f64, distance_m: f64, elevation_m: f64) -> Sample {
    Sample { time_s, distance_m, elevation_m: Some(elevation_m), cadence_steps_min: None }
}

fn recording(samples: Vec<Sample>, source: ElevationSource) -> Recording {
    Recording { samples, elevation_source: source, ..Recording::default() }
}

fn load(activity: &Activity) -> EccentricLoad {
    model().load_of(activity).unwrap()
}

fn cleaned_load(samples: Vec<Sample>, source: ElevationSource) -> EccentricLoad {
    load(&clean(&recording(samples, source)).unwrap())
}

fn moving_s(activity: &Activity) -> f64 {
    activity.segments.iter().map(|s| s.duration_s).sum()
}

/// Relative change in percent.
fn percent(found: f64, expected: f64) -> f64 {
    100.0 * (found / expected - 1.0)
}

/// An even slope at an even speed, 1 Hz.
fn slope(grade: f64, speed_m_s: f64, seconds: u32) -> Vec<Sample> {
    (0..=seconds)
        .map(|t| {
            let distance = speed_m_s * f64::from(t);
            sample(f64::from(t), distance, 1500.0 + grade * distance)
        })
        .collect()
}

fn with_noise(mut samples: Vec<Sample>, sd_m: f64, seed: u64) -> Vec<Sample> {
    let mut random = Random(seed);
    for s in &mut samples {
        s.elevation_m = s.elevation_m.map(|e| e + sd_m * random.normal());
    }
    samples
}

/// A hilly run of about 12 km in an hour: hills of 900 m and 370 m, grades to +-18 %; speed
/// follows the grade. Position is integrated in steps of 0.1 s.
struct Hills {
    distance_m: Vec<f64>,
}

impl Hills {
    const STEP_S: f64 = 0.1;
    const SECONDS: f64 = 3600.0;

    fn new() -> Self {
        let mut distance_m = vec![0.0];
        let mut at = 0.0;
        for _ in 0..(Self::SECONDS / Self::STEP_S) as usize {
            at += Self::STEP_S * (3.2 - 6.0 * Self::grade(at)).clamp(1.2, 4.0);
            distance_m.push(at);
        }
        Self { distance_m }
    }

    fn elevation(x: f64) -> f64 {
        800.0 - 0.03 * x + 17.0 * (x / 143.2).sin() + 2.0 * (x / 58.9).cos()
    }

    fn grade(x: f64) -> f64 {
        -0.03 + 17.0 / 143.2 * (x / 143.2).cos() - 2.0 / 58.9 * (x / 58.9).sin()
    }

    fn at(&self, time_s: f64) -> Sample {
        let k = (time_s / Self::STEP_S).round() as usize;
        let x = self.distance_m[k.min(self.distance_m.len() - 1)];
        sample(time_s, x, Self::elevation(x))
    }

    /// Recorded at these intervals in s, taken in turn.
    fn recorded(&self, intervals: &[f64]) -> Vec<Sample> {
        let mut samples = Vec::new();
        let mut t = 0.0;
        let mut k = 0;
        while t <= Self::SECONDS {
            samples.push(self.at(t));
            t += intervals[k % intervals.len()];
            k += 1;
        }
        samples
    }

    /// Load of the true grades, in segments of a second.
    fn truth(&self) -> EccentricLoad {
        let segments: Vec<Segment> = (0..Self::SECONDS as usize)
            .map(|s| {
                let (a, b) = (self.distance_m[10 * s], self.distance_m[10 * s + 10]);
                let grade = (Self::elevation(b) - Self::elevation(a)) / (b - a);
                Segment::steady(grade, (b - a) * (1.0 + grade * grade).sqrt(), 1.0)
            })
            .collect();
        model().load(Timestamp::default(), &segments).unwrap()
    }
}

fn smart() -> Vec<f64> {
    let mut random = Random(7);
    (0..997).map(|_| 2.0 + (8.0 * random.uniform()).floor()).collect()
}

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
