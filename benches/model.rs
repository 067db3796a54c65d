//! Speed of each stage of the model. `docs/performance.md` has the targets and what was measured.

#![allow(missing_docs, clippy::expect_used, clippy::print_stdout)]

use std::f64::consts::TAU;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use eccentric::activity::{ElevationSource, Recording, Sample, Segment, clean};
use eccentric::damage::{Habit, LegState};
use eccentric::forecast::{ForecastOptions, History, Spread, forecast};
use eccentric::load::{DoseModel, DoseStream, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::person::{Observation, prior};
use eccentric::plan::{
    Course, CoursePoint, Day, Pace, PlanOptions, RaceOptions, TodayOptions, plan, race, today,
    usual_week,
};
use eccentric::soreness::{Rating, Scale};
use eccentric::{Saved, Timestamp};

const SAMPLES: usize = 1_000_000;
const TEN_YEARS_DAYS: i64 = 3650;

/// Grades and speeds of a hilly run, one a second, that wander over the whole of both tables.
fn stream(samples: usize) -> (Vec<f64>, Vec<f64>) {
    let wave = |k: usize, period_s: f64| (TAU * k as f64 / period_s).sin();
    let grade = |k| 0.15 * wave(k, 1261.0) + 0.06 * wave(k, 173.0) + 0.02 * wave(k, 31.7);
    let speed = |k| 2.6 - 0.7 * wave(k, 1261.0) + 0.4 * wave(k, 59.3);
    ((0..samples).map(grade).collect(), (0..samples).map(speed).collect())
}

/// Three hours in the hills at 1 Hz with a barometer's noise.
fn recording() -> Recording {
    let (grade, speed) = stream(3 * 3600);
    let (mut distance_m, mut elevation_m) = (0.0, 1500.0);
    let samples = grade.iter().zip(&speed).enumerate().map(|(k, (i, v))| {
        distance_m += v;
        elevation_m += v * i;
        let noise_m = 0.3 * (12.9898 * k as f64).sin() * (78.233 * k as f64).cos();
        Sample {
            time_s: k as f64,
            distance_m,
            elevation_m: Some(elevation_m + noise_m),
            cadence_steps_min: Some(150.0 + 10.0 * v),
        }
    });
    Recording {
        samples: samples.collect(),
        elevation_source: ElevationSource::Barometer,
        ..Recording::default()
    }
}

/// About an hour every day, never twice the same, in pieces of ten seconds that make six stretches.
fn daily_runs(model: &DoseModel) -> Vec<EccentricLoad> {
    let run = |day: i64| {
        let turn = (1.7 * day as f64).sin();
        let start = Timestamp::from_unix_s(86_400 * day + (5000.0 * turn) as i64 + 36_000);
        let stretches = (360.0 + 40.0 * turn) as usize;
        let (grade, speed) = stream(10 * stretches);
        let stretch = |k: usize| Segment {
            start_s: 10.0 * k as f64,
            ..Segment::steady((0.6 + 0.3 * turn) * grade[10 * k], speed[10 * k], 10.0)
        };
        let segments: Vec<Segment> = (0..stretches).map(stretch).collect();
        model.load(start, &segments).expect("a run within bounds")
    };
    (0..TEN_YEARS_DAYS).map(run).collect()
}

fn fortnight() -> ForecastOptions {
    ForecastOptions { hours: 14.0 * 24.0, ..ForecastOptions::default() }
}

fn load(c: &mut Criterion) {
    let model = DoseModel::new(&Parameters::default(), &Runner::default()).expect("defaults");
    let tables = DoseStream::new(&model);
    let (grade, speed) = stream(SAMPLES);
    let dose = || tables.dose(black_box(&grade), black_box(&speed), 1.0).expect("in bounds");
    let allocated = allocation_counter::measure(|| _ = dose());
    println!("allocations in the dose of {SAMPLES} samples: {}", allocated.count_total);

    let mut group = c.benchmark_group("load");
    group.throughput(Throughput::Elements(SAMPLES as u64));
    group.bench_function("dose of a stream", |b| b.iter(dose));
    let hour = 3600;
    group.throughput(Throughput::Elements(hour as u64));
    group.bench_function("dose of an hour's stream", |b| {
        b.iter(|| tables.dose(black_box(&grade[..hour]), black_box(&speed[..hour]), 1.0));
    });
    let recording = recording();
    let activity = clean(&recording).expect("a good recording");
    group.throughput(Throughput::Elements(activity.segments.len() as u64));
    group.bench_function("load of a cleaned activity", |b| {
        b.iter(|| model.load_of(black_box(&activity)));
    });
    group.throughput(Throughput::Elements(recording.samples.len() as u64));
    group.bench_function("clean", |b| b.iter(|| clean(black_box(&recording))));
    group.finish();
}

fn state(c: &mut Criterion) {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner::default()).expect("defaults");
    let history = History { habit: Habit::Road, loads: daily_runs(&model) };
    let last = &history.loads[history.loads.len() - 1];
    let stretches: usize = history.loads.iter().map(|load| load.stretches.len()).sum();
    println!("ten years: {} runs of {stretches} stretches", history.loads.len());
    let legs = history.state_at(last.end(), &p).expect("a good history");
    print_size(&legs);
    let mut stepwise = Habit::Road.legs(history.loads[0].start, &p).expect("defaults");
    for load in &history.loads {
        stepwise = stepwise.after(load, &p).expect("runs in order");
    }
    println!("replayed and run by run differ by {:e}", largest_difference(&legs, &stepwise));

    let mut group = c.benchmark_group("state");
    group.bench_function("advance", |b| b.iter(|| legs.advanced(black_box(7.3), &p)));
    let rested = LegState::rested(last.start);
    group.bench_function("after a run of an hour", |b| {
        b.iter(|| rested.after(black_box(last), &p));
    });
    group.bench_function("ten years replayed", |b| {
        b.iter(|| black_box(&history).state_at(last.end(), &p));
    });
    group.finish();

    let mut group = c.benchmark_group("forecast");
    let options = fortnight();
    let spread = Spread::population(legs.load_relative_se(), &p).expect("defaults");
    group.bench_function("14 days from a state", |b| {
        b.iter(|| forecast(black_box(&legs), &spread, &options, &p));
    });
    group.bench_function("14 days from ten years", |b| {
        b.iter(|| black_box(&history).outlook(last.end(), &options, &p));
    });
    group.finish();
}

/// A year of 150 runs with a rating every morning: learned at once, and one rating more.
fn person(c: &mut Criterion) {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner::default()).expect("defaults");
    let loads: Vec<EccentricLoad> =
        daily_runs(&model).into_iter().take(365).step_by(2).take(150).collect();
    let start = loads[0].start;
    let history = History { habit: Habit::Road, loads };
    let ratings: Vec<Observation> = (1..=365)
        .map(|day| {
            let time = start.add_hours(24.0 * f64::from(day));
            let legs = history.state_at(time, &p).expect("a good history");
            let sorest =
                legs.muscles.map(|m| m.soreness()).iter().fold(0.0_f64, |a, b| a.max(*b.1));
            let noise = 0.3 * f64::from(day * 7919 % 7 - 3);
            let value = (1.3 * sorest + noise).round().clamp(0.0, 10.0);
            Rating { time, value, scale: Scale::NRS_0_10, muscle: None }.into()
        })
        .collect();
    let profile = history.fit(&ratings, &p).expect("good ratings");
    let legs = history.state_of(&profile.person, ratings[364].time(), &p).expect("a good history");

    let mut group = c.benchmark_group("person");
    group.bench_function("fit of a year", |b| {
        b.iter(|| black_box(&history).fit(&ratings, &p));
    });
    group.bench_function("update", |b| b.iter(|| profile.updated(&legs, &ratings[364], &p)));
    group.finish();
}

/// Relative difference of the quantities that a forecast starts from.
fn largest_difference(a: &LegState, b: &LegState) -> f64 {
    let values = |legs: &LegState| {
        legs.muscles.map(|m| {
            [m.fatigue, m.damage, m.soreness_drive(), m.protection, m.damage_per_log_recovery]
        })
    };
    let (a, b) = (values(a), values(b));
    let pairs = a.iter().zip(b.iter()).flat_map(|((_, a), (_, b))| a.iter().zip(b));
    pairs.map(|(a, b)| (a / b - 1.0).abs()).fold(0.0, f64::max)
}

fn print_size(legs: &LegState) {
    let binary = postcard::to_allocvec(&Saved(*legs)).expect("plain data").len();
    let json = serde_json::to_string(&Saved(*legs)).expect("plain data").len();
    let memory = size_of::<LegState>();
    println!("state of one athlete: {memory} bytes in memory, {binary} in binary, {json} as JSON");
}

/// 336 km with 24 km of climb, a point every 9 m: as long as the Tor des Géants.
fn mountains() -> Vec<CoursePoint> {
    let wave = |m: f64, period_m: f64| (TAU * m / period_m).sin();
    let point = |k: usize| {
        let m = 9.0 * k as f64;
        let elevation_m = 1800.0 + 550.0 * wave(m, 15_700.0) + 20.0 * wave(m, 811.0);
        CoursePoint { distance_m: m, elevation_m: elevation_m + 1.5 * (12.9898 * m).sin() }
    };
    (0..37_399).map(point).collect()
}

fn course(c: &mut Criterion) {
    let p = Parameters::default();
    let start = Timestamp::from_unix_s(1_780_000_000);
    let points = mountains();
    let course = Course::new(&points).expect("a good course");
    println!("course: {course:?}, {} sections", course.sections().len());
    let legs = Habit::Trail.legs(start, &p).expect("defaults");
    let (runner, profile) = (Runner { pack_kg: 4.0, ..Runner::default() }, prior(&p));
    let pace = Pace::FinishTime(122.0 * 3600.0);
    let options = RaceOptions { start, pace, after: ForecastOptions::default() };
    let mut group = c.benchmark_group("race");
    group.sample_size(20);
    group.bench_function("course of 330 km smoothed", |b| b.iter(|| Course::new(&points)));
    group.bench_function("race of 330 km", |b| {
        b.iter(|| race(black_box(&course), &options, &runner, &legs, &profile, &p));
    });
    group.finish();
}

/// Twelve weeks before a race of ten hours for a runner with two months of level running.
fn planning(c: &mut Criterion) {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner::default()).expect("defaults");
    let at_day = |day: u32| Timestamp::from_unix_s(86_400 * i64::from(day) + 61_200);
    let level = |start| model.load(start, &[Segment::steady(0.0, 2.9, 2700.0)]).expect("in bounds");
    let runs = |days: std::ops::Range<u32>| days.filter(|day| day % 7 % 3 == 1).map(at_day);
    let history = History { habit: Habit::Road, loads: runs(0..60).map(level).collect() };
    let usual = usual_week(&history.loads, at_day(60).add_hours(-17.0));
    let day = |k: u32| Day {
        start: at_day(60 + k),
        free: k % 7 != 3,
        usual: usual[k as usize % 7].clone(),
    };
    let options = PlanOptions::on((0..84).map(day).collect());
    let race = [Segment::steady(0.10, 1.4, 3600.0), Segment::steady(-0.12, 2.4, 2400.0)].repeat(6);
    let race = model.load(at_day(144).add_hours(-10.0), &race).expect("in bounds");
    let profile = prior(&p);
    let planned =
        || plan(&history, &profile, &model, &race, black_box(&options)).expect("in bounds");
    println!("12 weeks: {} sessions", planned().best.sessions.len());
    let legs = history.state_at(at_day(60), &p).expect("a good history");
    let today_options = TodayOptions::from(legs.time);

    let mut group = c.benchmark_group("plan");
    group.sample_size(10);
    group.bench_function("12 weeks", |b| b.iter(planned));
    group.bench_function("today", |b| {
        b.iter(|| today(black_box(&legs), &profile, &model, &today_options));
    });
    group.finish();
}

criterion_group!(benches, load, state, person, course, planning);
criterion_main!(benches);
