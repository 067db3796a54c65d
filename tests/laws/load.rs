//! Laws of stage 2.
//!
//! "Load" is the damage dose and the points. The law of steepness holds for the points, for the quadriceps
//! and for the hamstrings from the level down, gait, speed along the slope and time alike; for people who run
//! also for the hip extensors. The calves' share falls so fast that their points are 2 % less at -15 % than at
//! -13 %. The acute
//! dose is metabolic and has its minimum on a moderate descent, so it is not part of that law. The
//! law of speed holds within one gait, for equal times and for equal distances. Heavier means more
//! to carry or, without a pack, more body of unknown fat; a heavy body carries a given pack better.

use eccentric::activity::{Gait, Segment};
use eccentric::load::{
    Dose, DoseModel, DoseStream, Runner, gravity_work_j_kg_m, slope_work, stance_dissipation,
    stance_shares,
};
use eccentric::params::Parameters;
use eccentric::{Muscle, PerMuscle};
use proptest::prelude::*;

use super::generators::*;
use super::{at_most, close};

fn model_of(p: &Parameters, runner: &Runner) -> DoseModel {
    DoseModel::new(p, runner).unwrap()
}

fn default_model() -> DoseModel {
    model_of(&Parameters::default(), &Runner::default())
}

fn at(grade: f64, speed_m_s: f64, duration_s: f64, gait: Gait) -> Segment {
    Segment { gait, ..Segment::steady(grade, speed_m_s, duration_s) }
}

fn not_above(low: &PerMuscle<f64>, high: &PerMuscle<f64>) -> bool {
    Muscle::ALL.iter().all(|&m| at_most(low[m], high[m]))
}

fn all_close(a: &Dose, b: &Dose, relative: f64) -> bool {
    Muscle::ALL.iter().all(|&m| {
        close(a.damage[m], b.damage[m], relative)
            && close(a.hard[m], b.hard[m], relative)
            && close(a.protection[m], b.protection[m], relative)
    }) && close(a.acute, b.acute, relative)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn steeper_is_never_less(i in downhill(), j in downhill(), v in speed(), gait in gait()) {
        let model = default_model();
        let (flat, steep) = (i.max(j), i.min(j));
        let low = model.load(START, &[at(flat, v, 600.0, gait)]).unwrap();
        let high = model.load(START, &[at(steep, v, 600.0, gait)]).unwrap();
        prop_assert!(at_most(low.points_total, high.points_total));
        prop_assert!(at_most(low.negative_work_j, high.negative_work_j));
        prop_assert!(at_most(low.points.quadriceps, high.points.quadriceps));
        prop_assert!(at_most(low.points.hamstrings, high.points.hamstrings));
        if gait == Gait::Running {
            prop_assert!(at_most(low.points.hip_extensors, high.points.hip_extensors));
            // Within 3 %, see above.
            prop_assert!(low.points.calves <= 1.03 * high.points.calves, "{:?} {:?}", low.points, high.points);
        }
    }

    #[test]
    fn level_is_less_than_the_same_distance_downhill(i in -1.0..-1e-3_f64, v in 0.5..5.0_f64, gait in gait()) {
        let model = default_model();
        let seconds = 1000.0 / v;
        let level = model.load(START, &[at(0.0, v, seconds, gait)]).unwrap();
        let down = model.load(START, &[at(i, v, seconds, gait)]).unwrap();
        prop_assert!(level.points_total < down.points_total);
        prop_assert!(level.negative_work_j < down.negative_work_j);
        prop_assert!(level.equivalent_flat_km < down.equivalent_flat_km);
    }

    #[test]
    fn faster_is_never_less(i in grade(), v in speed(), w in speed(), gait in gait(), p in parameters(), runner in runner()) {
        let model = model_of(&p, &runner);
        let (slow, fast) = (v.min(w), v.max(w));
        let (a, b) = (model.rate(&at(i, slow, 1.0, gait)), model.rate(&at(i, fast, 1.0, gait)));
        prop_assert!(not_above(&a.damage, &b.damage), "{a:?} {b:?}");
        prop_assert!(not_above(&a.protection, &b.protection));
        prop_assert!(at_most(a.acute, b.acute));
        // The same distance: longer steps, harder braking, less time.
        if slow > 1e-3 {
            let same_distance = Dose::default().plus(&b, slow / fast);
            prop_assert!(not_above(&a.damage, &same_distance.damage));
            prop_assert!(close(a.acute, same_distance.acute, 1e-12));
        }
    }

    #[test]
    fn heavier_is_never_less(s in segment(), runner in runner(), more in 0.0..50.0_f64, p in parameters()) {
        let load = |r: &Runner| model_of(&p, r).load(START, &[s]).unwrap();
        let base = load(&runner);
        let pack = Runner { pack_kg: (runner.pack_kg + more).min(100.0), ..runner };
        let packed = load(&pack);
        prop_assert!(not_above(&base.points, &packed.points));
        prop_assert!(at_most(base.dose().acute, packed.dose().acute));
        prop_assert!(at_most(base.negative_work_j, packed.negative_work_j));
        if more > 1.0 && runner.pack_kg < 99.0 && base.points_total > 1e-9 {
            prop_assert!(base.points_total < packed.points_total);
            prop_assert!(base.negative_work_j < packed.negative_work_j);
        }
        let light = Runner { pack_kg: 0.0, body_fat: None, ..runner };
        let heavy = Runner { mass_kg: (runner.mass_kg + more).min(250.0), ..light };
        prop_assert!(not_above(&load(&light).points, &load(&heavy).points));
        prop_assert!(at_most(load(&light).negative_work_j, load(&heavy).negative_work_j));
        let lean = Runner { body_fat: Some(0.02 + more / 200.0), ..runner };
        let fat = Runner { body_fat: Some(0.10 + more / 100.0), ..runner };
        prop_assert!(not_above(&load(&lean).points, &load(&fat).points));
    }

    #[test]
    fn longer_is_never_less(s in segment(), more in seconds(), rest in segments()) {
        let model = default_model();
        let longer = Segment { duration_s: s.duration_s + more, ..s };
        let (a, b) = (model.load(START, &[s]).unwrap(), model.load(START, &[longer]).unwrap());
        prop_assert!(not_above(&a.points, &b.points));
        prop_assert!(at_most(a.points_total, b.points_total));
        prop_assert!(at_most(a.negative_work_j, b.negative_work_j));
        let mut all = vec![s];
        all.extend(rest);
        let with_rest = model.load(START, &all).unwrap();
        prop_assert!(not_above(&a.points, &with_rest.points));
        prop_assert!(a.end() <= with_rest.end());
    }

    #[test]
    fn cutting_keeps_the_load(all in prop::collection::vec(segment(), 1..12), at in any::<prop::sample::Index>(), part in 0.0..=1.0_f64, p in parameters()) {
        let model = model_of(&p, &Runner::default());
        let whole = model.load(START, &all).unwrap();
        let k = at.index(all.len());
        // Between two segments.
        let (a, b) = (model.load(START, &all[..k]).unwrap(), model.load(START, &all[k..]).unwrap());
        prop_assert!(all_close(&whole.dose(), &a.dose().plus(&b.dose(), 1.0), 1e-12));
        prop_assert!(close(whole.points_total, a.points_total + b.points_total, 1e-12));
        prop_assert!(close(whole.negative_work_j, a.negative_work_j + b.negative_work_j, 1e-12));
        prop_assert!(close(whole.equivalent_flat_km, a.equivalent_flat_km + b.equivalent_flat_km, 1e-12));
        // Inside a segment.
        let s = all[k];
        let first = Segment { duration_s: part * s.duration_s, ..s };
        let second = Segment { duration_s: s.duration_s - first.duration_s, ..s };
        let mut cut = all.clone();
        cut.splice(k..=k, [first, second]);
        let cut = model.load(START, &cut).unwrap();
        prop_assert!(all_close(&whole.dose(), &cut.dose(), 1e-12));
    }

    #[test]
    fn points_are_the_dose_in_hundreds(all in segments(), runner in runner(), p in parameters()) {
        let model = model_of(&p, &runner);
        let load = model.load(START, &all).unwrap();
        let dose = load.dose();
        for m in Muscle::ALL {
            prop_assert!(close(load.points[m], 100.0 * dose.damage[m], 1e-12));
        }
        prop_assert!(close(load.points_total, model.total(&load.points), 1e-12));
        // All groups in one unit: the total is the sum over that of the reference bout.
        let bout = Segment::steady(-0.16, 3.0, 1800.0);
        let one = model_of(&p, &Runner::default()).load(START, &[bout]).unwrap().points;
        let sum = |points: &PerMuscle<f64>| points.iter().map(|(_, x)| x).sum::<f64>();
        prop_assert!(close(load.points_total, 100.0 * sum(&load.points) / sum(&one), 1e-12));
        for m in Muscle::ALL {
            prop_assert!(dose.hard[m] >= 0.0 && at_most(dose.hard[m], dose.damage[m]));
        }
    }

    #[test]
    fn stretches_are_equal_and_few(all in segments()) {
        let load = default_model().load(START, &all).unwrap();
        let count = load.stretches.len();
        prop_assert!(all.is_empty() == (count == 0) && count <= 39);
        prop_assert!(count == 39 || load.duration_s <= 1200.0 * (count as f64 + 1e-9));
        prop_assert!(load.check().is_ok());
    }

    #[test]
    fn the_reference_bout_is_one(p in parameters()) {
        let load = model_of(&p, &Runner::default()).load(START, &[Segment::steady(-0.16, 3.0, 1800.0)]).unwrap();
        let dose = load.dose();
        prop_assert!(close(load.points.quadriceps, 100.0, 1e-12));
        prop_assert!(close(load.points_total, 100.0, 1e-12));
        prop_assert!(close(dose.hard.quadriceps, 1.0, 1e-12) && close(dose.protection.quadriceps, 1.0, 1e-12));
        prop_assert!(close(dose.acute, 1.0, 1e-12));
    }

    #[test]
    fn steeper_and_faster_steps_are_harder(i in downhill(), j in downhill(), v in 0.5..5.0_f64, w in 0.5..5.0_f64, gait in gait(), p in parameters()) {
        let model = model_of(&p, &Runner::default());
        let part = |grade, v| {
            let dose = model.rate(&at(grade, v, 1.0, gait));
            dose.hard.quadriceps / dose.damage.quadriceps
        };
        prop_assert!(at_most(part(i, v.min(w)), part(i, v.max(w))));
        if gait == Gait::Running {
            prop_assert!(at_most(part(i.max(j), v), part(i.min(j), v)));
        }
    }

    #[test]
    fn energy_closes(i in grade(), gait in gait(), p in parameters()) {
        let work = slope_work(i, gait, &p);
        prop_assert!(work.negative_j_kg_m >= 0.0 && work.positive_j_kg_m >= 0.0);
        let gravity = gravity_work_j_kg_m(i);
        prop_assert!((work.negative_j_kg_m - work.positive_j_kg_m - gravity).abs() < 1e-12);
        // Turning the slope around swaps the two.
        let back = slope_work(-i, gait, &p);
        prop_assert!(close(work.negative_j_kg_m, back.positive_j_kg_m, 1e-12));
        let kept = stance_dissipation(i, gait, &p);
        for (m, share) in stance_shares(i, gait, &p).iter() {
            let all = share * work.negative_j_kg_m;
            prop_assert!(kept[m] >= 0.0 && at_most(kept[m], all), "{m:?}: {} of {all}", kept[m]);
        }
    }

    #[test]
    fn the_error_of_a_load_grows_with_that_of_the_grade(i in -0.3..-0.01_f64, v in 1.0..4.0_f64, n in 1..9_usize) {
        let model = default_model();
        let error = |se: f64, n: usize| {
            let s = Segment { grade_se: se, ..at(i, v, 600.0, Gait::Running) };
            let all = model.load(START, &vec![s; n]).unwrap().points_se;
            // What lies beyond the measurements comes on top.
            let none = model.load(START, &vec![Segment { grade_se: 0.0, ..s }; n]).unwrap().points_se;
            (all * all - none * none).max(0.0).sqrt()
        };
        prop_assert_eq!(error(0.0, n), 0.0);
        prop_assert!(error(0.01, n) > 0.0 && error(0.02, n) > error(0.01, n));
        // Stretches of 500 m and more are independent.
        if 600.0 * v >= 500.0 {
            prop_assert!(close(error(0.01, n), (n as f64).sqrt() * error(0.01, 1), 1e-9));
        }
    }

    #[test]
    fn what_is_far_from_the_measurements_is_less_sure(i in -0.6..0.0_f64, more in 0.0..0.4_f64, v in 2.1..4.0_f64, hours in 0.5..20.0_f64, times in 1.0..3.0_f64, age in 20.0..80.0_f64) {
        let error = |i, v, hours: f64, age_years| {
            let model = model_of(&Parameters::default(), &Runner { age_years, ..Runner::default() });
            model.load(START, &[at(i, v, 3600.0 * hours, Gait::Running)]).unwrap().relative_se()
        };
        let here = error(i, v, hours, None);
        prop_assert!(at_most(here, error(i - more, v, hours, None)));
        prop_assert!(at_most(here, error(i, v * times, hours, None)));
        prop_assert!(at_most(here, error(i, v, hours * times, None)));
        prop_assert!(at_most(here, error(i, v, hours, Some(age))));
        prop_assert_eq!(error(i / 4.0, 3.0, hours.min(7.0), Some(age.min(45.0))), 0.0);
    }

    #[test]
    fn a_stream_is_its_segments(samples in prop::collection::vec((-0.35..0.15, 0.8..4.5), 1..120), interval in 0.5..10.0_f64) {
        let model = default_model();
        let (grade, speed): (Vec<f64>, Vec<f64>) = samples.iter().copied().unzip();
        let segments: Vec<Segment> = samples.iter().map(|&(i, v)| Segment::steady(i, v, interval)).collect();
        let stream = DoseStream::new(&model).dose(&grade, &speed, interval).unwrap();
        let exact = segments.iter().fold(Dose::default(), |sum, s| sum.plus(&model.rate(s), s.duration_s));
        // 1e-4 of the dose, and of the reference bout's rate where there is next to none.
        let slack = 1e-4 / 1800.0 * interval * samples.len() as f64;
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-4 * b + slack;
        for m in Muscle::ALL {
            prop_assert!(near(stream.damage[m], exact.damage[m]), "{m:?} {stream:?} {exact:?}");
            prop_assert!(near(stream.protection[m], exact.protection[m]), "{m:?} {stream:?} {exact:?}");
            prop_assert!(near(stream.hard[m], exact.hard[m]), "{m:?} {stream:?} {exact:?}");
        }
        prop_assert!(near(stream.acute, exact.acute), "{stream:?} {exact:?}");
    }
}

#[test]
fn a_heavy_body_of_unknown_fat_is_worse_than_a_light_one_per_kilometre() {
    let p = Parameters::default();
    let phi = |kg| Runner::of_mass(kg).load_over_capacity(&p);
    assert!(phi(50.0) < phi(70.0) && phi(70.0) < phi(110.0));
    assert!((phi(70.0) - 1.0).abs() < 1e-12);
}
