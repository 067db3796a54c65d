//! What everybody knows of running downhill, with the constants as they are fitted.

use eccentric::Timestamp;
use eccentric::activity::Segment;
use eccentric::damage::{Habit, LegState};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use proptest::prelude::*;

use super::generators::{START, config};

const RUNNERS: [Habit; 3] = [Habit::Recreational, Habit::Road, Habit::Trail];

fn run(start: Timestamp, segments: &[Segment]) -> EccentricLoad {
    let model = DoseModel::new(&Parameters::default(), &Runner::default()).unwrap();
    model.load(start, segments).unwrap()
}

fn used_to(habit: Habit) -> LegState {
    habit.legs(START, &Parameters::default()).unwrap()
}

fn rest(legs: &LegState, days: f64) -> LegState {
    legs.advanced(24.0 * days, &Parameters::default()).unwrap()
}

/// The legs after a run that starts now.
fn after(legs: &LegState, segments: &[Segment]) -> LegState {
    legs.after(&run(legs.time, segments), &Parameters::default()).unwrap()
}

/// The highest soreness of any muscle group in the week to come.
fn sorest(legs: &LegState) -> f64 {
    let hour = |h: u32| rest(legs, f64::from(h) / 24.0);
    let of = |legs: LegState| legs.muscles.iter().fold(0.0, |s: f64, (_, m)| s.max(m.soreness()));
    (0..168).map(hour).map(of).fold(0.0, f64::max)
}

/// Loss of strength of the quadriceps a day later: fatigue has mostly gone.
fn weakness(legs: &LegState) -> f64 {
    rest(legs, 1.0).muscles.quadriceps.strength_loss(&Parameters::default())
}

/// A quarter of the usual week.
fn usual(habit: Habit) -> Vec<Segment> {
    let quarter = |s: Segment| Segment { duration_s: 0.25 * s.duration_s, ..s };
    habit.week().into_iter().map(quarter).collect()
}

fn descent(minutes: f64) -> [Segment; 1] {
    [Segment::steady(-0.16, 3.0, 60.0 * minutes)]
}

fn runners() -> impl Strategy<Value = Habit> {
    prop::sample::select(RUNNERS.to_vec())
}

#[test]
fn a_usual_run_does_next_to_nothing_and_hurts_more_after_three_months_off() {
    for habit in RUNNERS {
        let legs = used_to(habit);
        let usual = usual(habit);
        let now = sorest(&after(&legs, &usual));
        let off = sorest(&after(&rest(&legs, 90.0), &usual));
        println!("{habit:?}: a usual run {now:.2}, after three months off {off:.2}");
        assert!(now < 1.0, "{habit:?}: {now}");
        assert!(off > 1.5 * now, "{habit:?}: {off} after {now}");
        let weak = weakness(&after(&legs, &usual)) / weakness(&after(&rest(&legs, 90.0), &usual));
        assert!(weak < 1.0, "{weak}");
    }
    let walk = sorest(&after(&used_to(Habit::None), &[Segment::steady(0.0, 1.3, 1800.0)]));
    assert!(walk < 0.5, "{walk}");
}

#[test]
fn a_second_hard_day_is_hardly_worse() {
    for habit in [Habit::None, Habit::Recreational, Habit::Road, Habit::Trail] {
        let bout = descent(30.0);
        let one = after(&used_to(habit), &bout);
        let again = after(&rest(&one, 1.0), &bout);
        let (once, twice) = (sorest(&one), sorest(&again));
        // What the second day adds, as if it were alone.
        let next = one.time.add_hours(24.0);
        let (_, part) = one.after_with_part(&run(next, &bout), &Parameters::default()).unwrap();
        println!("{habit:?}: {once:.2}, with a second day {twice:.2}, of it {:.2}", sorest(&part));
        assert!(twice > once && twice < once + 1.2, "{habit:?}: {once} and {twice}");
        assert!(sorest(&part) < 1.1 * once, "{habit:?}");
    }
}

#[test]
fn a_race_beyond_all_training_hurts_in_spite_of_it() {
    let mut race = Vec::new();
    for _ in 0..10 {
        race.push(Segment::steady(0.08, 1.8, 1500.0));
        race.push(Segment::steady(-0.12, 2.8, 1100.0));
    }
    let mut before = 10.0;
    for habit in [Habit::None, Habit::Recreational, Habit::Road, Habit::Trail] {
        let legs = after(&used_to(habit), &race);
        let sore = sorest(&legs);
        println!("{habit:?}: race {sore:.2}, loss after a day {:.2}", weakness(&legs));
        assert!(sore > 4.0 && weakness(&legs) > 0.15, "{habit:?}: {sore}");
        assert!(sore < before, "more training, more soreness: {sore} after {before}");
        before = sore;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..config() })]

    #[test]
    fn a_small_primer_protects(minutes in 2.0..10.0_f64, days in 4.0..28.0_f64, bout in 15.0..60.0_f64, habit in prop::sample::select(vec![Habit::None, Habit::Recreational])) {
        let legs = used_to(habit);
        let plain = after(&rest(&legs, days), &descent(bout));
        let primed = after(&rest(&after(&legs, &descent(minutes)), days), &descent(bout));
        prop_assert!(sorest(&primed) < sorest(&plain), "{} {}", sorest(&primed), sorest(&plain));
        prop_assert!(weakness(&primed) < weakness(&plain));
    }

    #[test]
    fn months_without_running_undo_it(days in 1.0..200.0_f64, more in 1.0..100.0_f64, bout in 5.0..60.0_f64, habit in runners()) {
        let at = |days| after(&rest(&used_to(habit), days), &descent(bout));
        let (early, late) = (at(days), at(days + more));
        prop_assert!(sorest(&early) < sorest(&late) && weakness(&early) < weakness(&late));
    }

    #[test]
    fn the_last_hour_of_a_run_costs_more_than_the_first(hours in 2..8_u32, grade in -0.15..-0.02_f64, habit in runners()) {
        let p = Parameters::default();
        let mut legs = used_to(habit);
        let mut costs = Vec::new();
        for _ in 0..hours {
            let (whole, part) = legs.after_with_part(&run(legs.time, &[Segment::steady(grade, 2.6, 3600.0)]), &p).unwrap();
            costs.push(part.muscles.quadriceps.damage);
            legs = whole;
        }
        prop_assert!(costs[0] < costs[hours as usize - 1], "{costs:?}");
    }
}
