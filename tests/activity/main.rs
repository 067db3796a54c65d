//! Stage 1 as a whole: what cleaning does to the load of a run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod breaks;
mod doors;
mod noise;
mod steep;

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
