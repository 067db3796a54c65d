//! A run is kept as few numbers. Wherever it is cut, however it was sampled and stored, the legs come out
//! the same.

use eccentric::activity::Segment;
use eccentric::damage::LegState;
use eccentric::forecast::History;
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::{Error, Muscle};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::close;
use super::generators::*;

/// What anybody sees of the legs: fatigue, damage, exposure, soreness drive of each group now, after one
/// day and after two.
fn outputs(legs: &LegState, p: &Parameters) -> Vec<f64> {
    let later = [0.0, 24.0, 48.0].map(|hours| legs.advanced(hours, p).unwrap());
    let of = |legs: &LegState, m| {
        let m = &legs.muscles[m];
        [m.fatigue, m.damage, m.exposure, m.soreness_drive()]
    };
    later.iter().flat_map(|legs| Muscle::ALL.into_iter().flat_map(|m| of(legs, m))).collect()
}

/// The largest difference of two states relative to the first, or to next to nothing: a drive of 0.01 is a
/// soreness of 0.1 of 10.
fn change(a: &LegState, b: &LegState, p: &Parameters) -> f64 {
    let (a, b) = (outputs(a, p), outputs(b, p));
    a.iter().zip(&b).fold(0.0, |most, (a, b)| most.max((b - a).abs() / a.max(0.01)))
}

fn model() -> DoseModel {
    DoseModel::new(&Parameters::default(), &Runner::default()).unwrap()
}

fn after(legs: &LegState, loads: &[EccentricLoad], p: &Parameters) -> LegState {
    loads.iter().fold(*legs, |legs, load| legs.after(load, p).unwrap())
}

fn stored(load: &EccentricLoad) -> EccentricLoad {
    EccentricLoad::from_bytes(&load.to_bytes()).unwrap()
}

/// Both files of a run that was cut at a part of it.
fn two_files(run: &[Segment], whole: &EccentricLoad, at: f64) -> [EccentricLoad; 2] {
    let at_s = (at * whole.duration_s * 1000.0).round() / 1000.0;
    let (before, later) = cut(run, at_s);
    let second = model().load(START.add_seconds(at_s), &later).unwrap();
    [model().load(START, &before).unwrap(), second]
}

/// What a cut anywhere changes in the legs, over many runs of the hills: 0.5 % at most in 98 of 100 runs. The
/// rest are runs whose hard and easy minutes share a stretch while the legs go from nothing to beyond what
/// they tolerate; none of them changes by more than 1.5 %, which is below 0.05 of 10 of soreness.
#[test]
fn a_run_cut_anywhere_leaves_the_same_legs() {
    let p = Parameters::default();
    let case = (hilly_run(), 0.0..=1.0_f64, habit());
    let mut runner = TestRunner::new(config());
    let mut changes: Vec<f64> = (0..2000)
        .map(|_| {
            let (run, at, habit) = case.new_tree(&mut runner).unwrap().current();
            let whole = model().load(START, &run).unwrap();
            let files = two_files(&run, &whole, at);
            let legs = habit.legs(START, &p).unwrap();
            let once = legs.after(&whole, &p).unwrap();
            let twice = after(&legs, &files, &p);
            assert!((once.time.unix_ms() - twice.time.unix_ms()).abs() <= 2);
            change(&once, &twice, &p)
        })
        .collect();
    changes.sort_by(f64::total_cmp);
    let [middle, most, worst] = [1000, 1960, 1999].map(|k| changes[k]);
    println!("a cut changes {middle:.4}, in 2 of 100 runs more than {most:.4}, at most {worst:.4}");
    assert!(most <= 0.005 && worst <= 0.015, "{most} {worst}");
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_run_cut_anywhere_keeps_its_points(run in hilly_run(), at in 0.0..=1.0_f64, runner in runner(), p in parameters()) {
        let model = DoseModel::new(&p, &runner).unwrap();
        let whole = model.load(START, &run).unwrap();
        let (before, later) = cut(&run, at * whole.duration_s);
        let [a, b] = [before, later].map(|run| model.load(START, &run).unwrap());
        prop_assert!(close(whole.points_total, a.points_total + b.points_total, 1e-9));
        for m in Muscle::ALL {
            prop_assert!(close(whole.points[m], a.points[m] + b.points[m], 1e-9));
        }
        prop_assert!(close(whole.negative_work_j, a.negative_work_j + b.negative_work_j, 1e-9));
        prop_assert!(close(whole.equivalent_flat_km, a.equivalent_flat_km + b.equivalent_flat_km, 1e-9));
    }

    #[test]
    fn stored_runs_leave_the_same_legs(run in hilly_run(), at in 0.0..=1.0_f64, habit in habit()) {
        let p = Parameters::default();
        let whole = model().load(START, &run).unwrap();
        let legs = habit.legs(START, &p).unwrap();
        let change = change(&legs.after(&whole, &p).unwrap(), &legs.after(&stored(&whole), &p).unwrap(), &p);
        prop_assert!(change < 0.005, "{change}");
        prop_assert!(close(whole.points_total, stored(&whole).points_total, 1e-6));
        prop_assert_eq!(stored(&whole).to_bytes(), whole.to_bytes());
        // Two files without a pause are still in order when they have been stored.
        let files = two_files(&run, &whole, at);
        let ordered = |loads: &[EccentricLoad]| History { habit, loads: loads.to_vec() }.check();
        if ordered(&files).is_ok() {
            prop_assert_eq!(ordered(&[stored(&files[0]), stored(&files[1])]), Ok(()));
        }
    }

    #[test]
    fn any_load_can_be_stored(all in segments(), runner in runner(), p in parameters()) {
        let load = DoseModel::new(&p, &runner).unwrap().load(START, &all).unwrap();
        let bytes = load.to_bytes();
        prop_assert!(bytes.len() <= 1024, "{}", bytes.len());
        prop_assert!(load.duration_s > 7200.0 || bytes.len() <= 200, "{}", bytes.len());
        let back = EccentricLoad::from_bytes(&bytes).unwrap();
        prop_assert_eq!(back.to_bytes(), bytes);
        prop_assert!(back.duration_s <= load.duration_s && close(back.duration_s, load.duration_s, 2e-7));
    }

    #[test]
    fn a_flipped_bit_is_refused(run in hilly_run(), bit in any::<prop::sample::Index>()) {
        let mut bytes = model().load(START, &run).unwrap().to_bytes();
        let bit = bit.index(8 * bytes.len());
        bytes[bit / 8] ^= 1 << (bit % 8);
        let refused = EccentricLoad::from_bytes(&bytes);
        prop_assert!(matches!(refused, Err(Error::Bytes { what: "load", .. })), "{refused:?}");
        bytes.truncate(bit / 8);
        prop_assert!(EccentricLoad::from_bytes(&bytes).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..config() })]

    #[test]
    fn short_segments_are_the_same_run(run in hilly_run(), habit in habit()) {
        let p = Parameters::default();
        let legs = habit.legs(START, &p).unwrap();
        let once = legs.after(&model().load(START, &run).unwrap(), &p).unwrap();
        for seconds in [1.0, 5.0, 60.0] {
            let load = model().load(START, &sampled(&run, seconds)).unwrap();
            let again = legs.after(&load, &p).unwrap();
            prop_assert!(change(&once, &again, &p) < 1e-9, "{seconds} s");
        }
    }

    #[test]
    fn the_interval_of_long_hills_does_not_matter(minutes in 30..360_u32, hill_min in 20.0..60.0_f64, steepness in 0.02..0.2_f64, habit in habit()) {
        let p = Parameters::default();
        let legs = habit.legs(START, &p).unwrap();
        let of = |interval_s: f64| {
            let segment = |k: u32| {
                let start_s = f64::from(k) * interval_s;
                let grade = steepness * ((start_s + 0.5 * interval_s) / (9.55 * hill_min)).sin();
                Segment { start_s, ..Segment::steady(grade, 2.6 - 2.5 * grade, interval_s) }
            };
            let run: Vec<Segment> = (0..60 * minutes / interval_s as u32).map(segment).collect();
            legs.after(&model().load(START, &run).unwrap(), &p).unwrap().advanced_to(START.add_hours(7.0), &p).unwrap()
        };
        let every_second = of(1.0);
        for seconds in [5.0, 60.0] {
            let change = change(&every_second, &of(seconds), &p);
            prop_assert!(change < 0.005, "{seconds} s: {change}");
        }
    }
}

/// The run in segments of some seconds.
fn sampled(run: &[Segment], seconds: f64) -> Vec<Segment> {
    let pieces = |s: &Segment| {
        let s = *s;
        let count = (s.duration_s / seconds).ceil();
        let duration_s = s.duration_s / count;
        (0..count as u32).map(move |k| Segment {
            start_s: s.start_s + f64::from(k) * duration_s,
            duration_s,
            ..s
        })
    };
    run.iter().flat_map(pieces).collect()
}

#[test]
fn the_longest_run_is_a_kilobyte() {
    for (hours, most) in [(0.1, 200), (2.0, 200), (30.0, 1024), (270.0, 1024)] {
        let run = Segment::steady(-0.1, 2.0, 3600.0 * hours);
        let bytes = model().load(START, &[run]).unwrap().to_bytes();
        println!("{hours} h: {} bytes", bytes.len());
        assert!(bytes.len() <= most, "{hours} h: {} bytes", bytes.len());
    }
}
