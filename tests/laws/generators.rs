//! Inputs inside the bounds that aim at trouble: zero grade, zero speed, one segment, equal times,
//! huge gaps, constants at the ends of their ranges.

use eccentric::activity::{Gait, Segment};
use eccentric::damage::{Habit, LegState, MuscleState};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::{PerMuscle, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

pub const START: Timestamp = Timestamp::from_unix_s(1_700_000_000);

/// The same cases on every machine and every day.
pub fn config() -> Config {
    Config { failure_persistence: None, rng_seed: RngSeed::Fixed(0x0ecc_e47c), ..Config::default() }
}

pub fn grade() -> impl Strategy<Value = f64> {
    prop_oneof![
        2 => Just(0.0),
        1 => Just(-0.0),
        1 => prop::sample::select(vec![-1.0, 1.0, -0.15, -0.16, 1e-12, -1e-12, 0.45, -0.45]),
        6 => -0.45..0.30,
        2 => -1.0..=1.0,
    ]
}

/// Level or downhill.
pub fn downhill() -> impl Strategy<Value = f64> {
    prop_oneof![1 => Just(0.0), 1 => Just(-0.15), 6 => -0.45..0.0, 2 => -1.0..0.0]
}

pub fn speed() -> impl Strategy<Value = f64> {
    prop_oneof![
        1 => prop::sample::select(vec![0.0, 2.0, 2.0 + 1e-9, 12.0, 1e-300, 1e-9]),
        6 => 0.3..5.0,
        1 => 0.0..=12.0,
    ]
}

pub fn gait() -> impl Strategy<Value = Gait> {
    prop::sample::select(vec![Gait::Running, Gait::Walking])
}

pub fn seconds() -> impl Strategy<Value = f64> {
    prop_oneof![
        1 => prop::sample::select(vec![0.0, 1800.0, 1800.001, 3600.0, 1e-3]),
        6 => 1.0..4000.0,
        1 => 0.0..20_000.0,
    ]
}

pub fn segment() -> impl Strategy<Value = Segment> {
    let start_s = prop_oneof![3 => Just(0.0), 1 => 0.0..30_000.0];
    let grade_se = prop_oneof![2 => Just(0.0), 3 => 0.0..0.03, 1 => 0.0..=1.0];
    let step_rate =
        prop::option::weighted(0.3, prop_oneof![4 => 1.2..4.0, 1 => Just(0.2), 1 => Just(6.0)]);
    (start_s, seconds(), speed(), grade(), grade_se, gait(), step_rate).prop_map(
        |(start_s, duration_s, speed_m_s, grade, grade_se, gait, step_rate_hz)| Segment {
            start_s,
            duration_s,
            speed_m_s,
            grade,
            grade_se,
            gait,
            step_rate_hz,
        },
    )
}

pub fn segments() -> impl Strategy<Value = Vec<Segment>> {
    prop_oneof![1 => prop::collection::vec(segment().boxed(), 0..2), 3 => prop::collection::vec(segment().boxed(), 1..8)].boxed()
}

/// A run in hills as it happens: minutes up, down and on the level at the speeds that go with them, with a
/// stop now and then. Placed in time, of 10 minutes to some hours.
pub fn hilly_run() -> impl Strategy<Value = Vec<Segment>> {
    let piece = (
        60.0..1500.0_f64,
        -0.25..0.15_f64,
        0.8..1.2_f64,
        prop::option::weighted(0.1, 10.0..900.0_f64),
    );
    prop::collection::vec(piece, 2..24).prop_map(|pieces| {
        let mut start_s = 0.0;
        let mut run = Vec::new();
        for (duration_s, grade, quick, stop_s) in pieces {
            let speed_m_s = quick * (3.0 - 8.0 * grade.max(0.0) - 3.0 * (-grade - 0.1).max(0.0));
            run.push(Segment { start_s, ..Segment::steady(grade, speed_m_s, duration_s) });
            start_s += duration_s + stop_s.unwrap_or(0.0);
        }
        run
    })
}

/// What is left of a run before a moment, and what comes from then on, as its own run.
pub fn cut(run: &[Segment], at_s: f64) -> (Vec<Segment>, Vec<Segment>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for s in run {
        let first_s = (at_s - s.start_s).clamp(0.0, s.duration_s);
        if first_s > 0.0 {
            before.push(Segment { duration_s: first_s, ..*s });
        }
        if first_s < s.duration_s {
            let start_s = (s.start_s - at_s).max(0.0);
            after.push(Segment { start_s, duration_s: s.duration_s - first_s, ..*s });
        }
    }
    (before, after)
}

pub fn runner() -> impl Strategy<Value = Runner> {
    let mass = prop_oneof![1 => Just(25.0), 1 => Just(250.0), 6 => 40.0..120.0];
    let pack = prop_oneof![3 => Just(0.0), 2 => 0.0..25.0, 1 => Just(100.0)];
    let fat = prop::option::of(prop_oneof![1 => Just(0.02), 1 => Just(0.65), 4 => 0.05..0.4]);
    let age = prop::option::weighted(0.3, prop_oneof![Just(10.0), Just(110.0), 15.0..80.0]);
    (mass, pack, fat, age).prop_map(|(mass_kg, pack_kg, body_fat, age_years)| Runner {
        mass_kg,
        pack_kg,
        body_fat,
        age_years,
    })
}

/// Where in its range a constant lies: the default (`None`) or a fraction.
fn place() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![3 => Just(None), 1 => Just(Some(0.0)), 1 => Just(Some(1.0)), 3 => (0.0..=1.0).prop_map(Some)]
}

/// Any parameters inside their ranges.
pub fn any_parameters() -> impl Strategy<Value = Parameters> {
    prop::collection::vec(place(), Parameters::TABLE.len()).prop_map(|places| {
        let mut p = Parameters::default();
        for (constant, place) in Parameters::TABLE.iter().zip(places) {
            if let Some(at) = place {
                let value = constant.min + at * (constant.max - constant.min);
                *p.get_mut(constant.name).unwrap() = value.clamp(constant.min, constant.max);
            }
        }
        p
    })
}

/// Parameters inside their ranges whose shares stay positive on every grade.
pub fn parameters() -> impl Strategy<Value = Parameters> {
    any_parameters().prop_map(|mut p| {
        let negative = p.check().is_err();
        if negative {
            for constant in Parameters::TABLE.iter().filter(|c| c.name.contains("share")) {
                *p.get_mut(constant.name).unwrap() = constant.value;
            }
        }
        p
    })
}

pub fn habit() -> impl Strategy<Value = Habit> {
    prop::sample::select(vec![Habit::None, Habit::Recreational, Habit::Road, Habit::Trail])
}

fn amount(most: f64) -> impl Strategy<Value = f64> {
    prop_oneof![2 => Just(0.0), 1 => Just(1e-15), 6 => 0.0..most]
}

pub fn muscle_state() -> impl Strategy<Value = MuscleState> {
    (
        amount(1.0),
        amount(1.0),
        amount(20.0),
        amount(2.0),
        prop::array::uniform3(amount(5.0)),
        prop::array::uniform2(amount(100.0)),
        amount(100.0),
    )
        .prop_map(
            |(
                fatigue,
                damage,
                exposure,
                soreness_at_once,
                soreness_chain,
                protection_pending,
                protection,
            )| {
                MuscleState {
                    fatigue,
                    damage,
                    exposure,
                    soreness_at_once,
                    soreness_chain,
                    protection_pending,
                    protection,
                    ..MuscleState::default()
                }
            },
        )
}

/// A state with any content; the slopes are those that grow in a few hours.
pub fn legs() -> impl Strategy<Value = LegState> {
    // On the heap: the trees of all these numbers are large.
    let muscles = prop::array::uniform4(muscle_state().boxed()).boxed();
    (muscles, amount(3.0), 0.0..1.0_f64, 0.0..100.0_f64).prop_map(
        |(m, recent_dose, error, hours)| {
            let legs = LegState {
                time: START,
                muscles: PerMuscle {
                    quadriceps: m[0],
                    calves: m[1],
                    hip_extensors: m[2],
                    hamstrings: m[3],
                },
                recent_dose,
                recent_error: recent_dose * error,
            };
            let later = legs.advanced(hours, &Parameters::default()).unwrap();
            LegState { time: START, ..later }
        },
    )
}

/// Hours between two moments: none, moments, days, ages.
pub fn hours() -> impl Strategy<Value = f64> {
    prop_oneof![
        1 => Just(0.0),
        1 => 0.0..0.01,
        5 => 0.0..200.0,
        2 => 0.0..3000.0,
        1 => 1.0e5..1.0e6,
    ]
}

/// Gaps and runs of a history; a run starts a gap after the one before has ended.
pub fn runs() -> impl Strategy<Value = Vec<(f64, Vec<Segment>)>> {
    prop::collection::vec((hours(), segments()), 0..5)
}

pub fn loads(
    model: &DoseModel,
    runs: &[(f64, Vec<Segment>)],
    start: Timestamp,
) -> Vec<EccentricLoad> {
    let mut time = start;
    runs.iter()
        .map(|(gap, segments)| {
            let load = model.load(time.add_hours(*gap), segments).unwrap();
            time = load.end();
            load
        })
        .collect()
}
