//! The cases of `docs/hand-cases.md`: constants and expected numbers are read from the document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use eccentric::activity::{Gait, Segment};
use eccentric::damage::{Habit, LegState, MuscleState, part_beyond_tolerance, strength_loss_of};
use eccentric::forecast::{Forecast, ForecastOptions, Spread, forecast};
use eccentric::load::{
    Dose, DoseModel, EccentricLoad, Runner, negative_power_w_kg, slope_work, stance_dissipation,
    stance_shares, step_rate_hz, swing_work_j_kg,
};
use eccentric::params::Parameters;
use eccentric::soreness::drive_of;
use eccentric::{Muscle, PerMuscle, Timestamp};

const DOCUMENT: &str = include_str!("../docs/hand-cases.md");
const START: Timestamp = Timestamp::from_unix_s(1_700_000_000);

/// The round constants of the document's table, the others at a part of the way from the smallest to the
/// largest value that they may have.
fn parameters(others_at: f64) -> Parameters {
    let mut p = Parameters::default();
    for constant in Parameters::TABLE {
        let value = constant.min + others_at * (constant.max - constant.min);
        *p.get_mut(constant.name).unwrap() = value;
    }
    let mut named = 0;
    for line in DOCUMENT.lines() {
        let Some((name, value)) = line.strip_prefix("| `").and_then(|l| l.split_once("` | "))
        else {
            continue;
        };
        let slot = p.get_mut(name).unwrap_or_else(|| panic!("no constant is called {name}"));
        *slot = value.trim_end_matches(" |").parse().expect("a number");
        named += 1;
    }
    assert!(named > 30, "the document names {named} constants");
    p.check().expect("the document's constants lie in their ranges");
    p
}

/// Expected values of the document: name to value and tolerance.
fn expected() -> BTreeMap<&'static str, (f64, f64)> {
    let mut out = BTreeMap::new();
    let lines = DOCUMENT.lines().filter_map(|l| l.strip_prefix("- expect: "));
    for item in lines.flat_map(|line| line.split("; ")) {
        let (name, rest) = item.split_once(" = ").expect("name = value ± tol");
        let (value, tol) = rest.split_once(" ± ").expect("name = value ± tol");
        let old = out.insert(name, (value.parse().unwrap(), tol.parse().unwrap()));
        assert!(old.is_none(), "{name} is expected twice");
    }
    out
}

/// What the crate computes.
#[derive(Default)]
struct Found(BTreeMap<&'static str, f64>);

impl Found {
    fn put(&mut self, name: &'static str, value: f64) {
        assert!(self.0.insert(name, value).is_none(), "{name} is computed twice");
    }
}

fn running(grade: f64, speed_m_s: f64, seconds: f64) -> Segment {
    Segment { gait: Gait::Running, ..Segment::steady(grade, speed_m_s, seconds) }
}

fn mechanics(found: &mut Found, p: &Parameters) {
    let run = |i: f64| slope_work(i, Gait::Running, p);
    found.put("negative_minus_10", run(-0.10).negative_j_kg_m);
    found.put("positive_minus_10", run(-0.10).positive_j_kg_m);
    found.put("watts_minus_10", 70.0 * negative_power_w_kg(&running(-0.1, 3.0, 1.0), p));
    found.put("negative_level", run(0.0).negative_j_kg_m);
    found.put("negative_plus_10", run(0.10).negative_j_kg_m);
    found.put("walk_negative_minus_10", slope_work(-0.1, Gait::Walking, p).negative_j_kg_m);
    found.put("steps_run", step_rate_hz(&running(-0.1, 3.0, 1.0), p));
    let walk = Segment { gait: Gait::Walking, ..Segment::steady(0.0, 2.25, 1.0) };
    found.put("steps_walk", step_rate_hz(&walk, p));
}

fn shares(found: &mut Found, p: &Parameters) {
    let ten = stance_shares(-0.10, Gait::Running, p);
    found.put("share_quadriceps_minus_10", ten.quadriceps);
    found.put("share_calves_minus_10", ten.calves);
    found.put("share_hip_minus_10", ten.hip_extensors);
    found.put("share_calves_minus_30", stance_shares(-0.30, Gait::Running, p).calves);
    let walk = stance_shares(-0.40, Gait::Walking, p);
    found.put("walk_share_quadriceps_minus_40", walk.quadriceps);
    found.put("walk_share_hip_minus_40", walk.hip_extensors);
    let kept = stance_dissipation(-0.10, Gait::Running, p);
    found.put("kept_quadriceps_minus_10", kept.quadriceps);
    found.put("kept_calves_minus_10", kept.calves);
    found.put("kept_hip_minus_10", kept.hip_extensors);
    found.put("swing_3", swing_work_j_kg(3.0, p));
    found.put("swing_6", swing_work_j_kg(6.0, p));
}

fn load_by(runner: Runner, segments: &[Segment], p: &Parameters) -> EccentricLoad {
    DoseModel::new(p, &runner).unwrap().load(START, segments).unwrap()
}

fn load(segments: &[Segment], p: &Parameters) -> EccentricLoad {
    load_by(Runner::default(), segments, p)
}

fn doses(found: &mut Found, p: &Parameters) {
    let phi = |runner: Runner| runner.load_over_capacity(p);
    let packed = Runner { pack_kg: 7.0, ..Runner::default() };
    found.put("phi_pack", phi(packed));
    found.put("phi_fat", phi(Runner { body_fat: Some(0.32), ..Runner::default() }));
    found.put("phi_90_unknown", phi(Runner::of_mass(90.0)));

    let reference = running(-0.16, 3.0, 1800.0);
    let bout = load(&[reference], p);
    let one = bout.dose();
    found.put("reference_quadriceps", one.damage.quadriceps);
    found.put("reference_calves", one.damage.calves);
    found.put("reference_hip", one.damage.hip_extensors);
    found.put("reference_hamstrings", one.damage.hamstrings);
    found.put("reference_total", bout.points_total);
    found.put("reference_hard", one.hard.quadriceps);
    found.put("reference_protection", one.protection.quadriceps);
    found.put("reference_work_j", bout.negative_work_j);
    found.put("reference_flat_km", bout.equivalent_flat_km);

    let soft = load(&[running(-0.1, 3.0, 1800.0)], p);
    found.put("damage_minus_10", soft.dose().damage.quadriceps);
    found.put("hard_minus_10", soft.dose().hard.quadriceps);
    found.put("protection_minus_10", soft.dose().protection.quadriceps);
    found.put("points_minus_10", soft.points_total);
    found.put("acute_minus_10", soft.dose().acute);
    let at_steps = |hz| load(&[Segment { step_rate_hz: Some(hz), ..reference }], p).dose().damage;
    found.put("double_steps", at_steps(3.0).calves / at_steps(1.5).calves);
    let pack = load_by(packed, &[reference], p).dose();
    found.put("pack_damage", pack.damage.quadriceps);
    found.put("pack_protection", pack.protection.quadriceps);
    found.put("pack_acute", pack.acute);

    let unsure = |seconds| Segment { grade_se: 0.01, ..running(-0.16, 3.0, seconds) };
    found.put("load_error", load(&[unsure(1800.0)], p).points_se);
    found.put("load_error_halves", load(&[unsure(900.0), unsure(900.0)], p).points_se);
    let old = Runner { age_years: Some(70.0), ..Runner::default() };
    found.put("load_error_age", load_by(old, &[reference], p).relative_se());
}

/// The same muscle in all groups.
fn legs_with(muscle: MuscleState) -> LegState {
    LegState { muscles: PerMuscle::from_fn(|_| muscle), ..LegState::rested(START) }
}

fn later(muscle: MuscleState, hours: f64, p: &Parameters) -> MuscleState {
    legs_with(muscle).advanced(hours, p).unwrap().muscles.quadriceps
}

/// A dose of 1 in one stretch, half of the damage by hard steps.
fn dose_of_one(start: Timestamp, duration_s: f64, protects: f64) -> EccentricLoad {
    let all = |value: f64| PerMuscle::from_fn(|_| value);
    let (damage, hard, protection) = (all(1.0), all(0.5), all(protects));
    EccentricLoad {
        start,
        duration_s,
        negative_work_j: 0.0,
        points: all(100.0),
        points_total: 100.0,
        points_se: 0.0,
        equivalent_flat_km: 0.0,
        stretches: vec![Dose { damage, hard, protection, acute: 1.0 }],
    }
}

fn bouts(found: &mut Found, p: &Parameters) {
    let walk = Segment { gait: Gait::Walking, ..Segment::steady(0.0, 1.3, 5000.0 / 1.3) };
    let walk: Dose = load(&[walk], p).dose();
    found.put("everyday_tolerance", walk.damage.quadriceps);
    found.put("beyond_first", part_beyond_tolerance(0.0, 0.75, 1.0));
    found.put("beyond_next", part_beyond_tolerance(0.75, 2.4, 1.0));
    found.put("beyond_both", part_beyond_tolerance(0.0, 2.4, 1.0));

    let none = MuscleState::default();
    let run = |muscle: MuscleState, load: &EccentricLoad| {
        legs_with(muscle).after(load, p).unwrap().muscles.quadriceps
    };
    let bout = run(none, &dose_of_one(START, 0.0, 1.0));
    found.put("bout_fatigue", bout.fatigue);
    found.put("bout_damage", bout.damage);
    found.put("bout_exposure", bout.exposure);
    found.put("bout_pending", bout.protection_pending[0]);
    found.put("bout_at_once", bout.soreness_at_once);
    found.put("bout_chain_1", bout.soreness_chain[0]);
    found.put("bout_chain_2", bout.soreness_chain[1]);
    let ready = MuscleState { protection: 0.16, ..none };
    let trained = run(ready, &dose_of_one(START, 0.0, 1.0));
    found.put("trained_damage", trained.damage);
    found.put("trained_at_once", trained.soreness_at_once);
    found.put("trained_chain_1", trained.soreness_chain[0]);
    found.put("slope_tolerance", trained.chain_per_log_protection[0]);
    let tired = MuscleState { exposure: 1.0, ..ready };
    let late = run(tired, &dose_of_one(START.add_hours(10.0), 0.0, 1.0));
    found.put("late_damage_added", late.damage);

    let again = START.add_hours(504.0);
    let before = legs_with(bout).advanced_to(again, p).unwrap();
    let second = before.after(&dose_of_one(again, 0.0, 1.0), p).unwrap().muscles.quadriceps;
    found.put("second_damage", second.damage);
    let left = before.muscles.quadriceps.soreness_chain[0];
    found.put("second_soreness", second.soreness_chain[0] - left);
    let stretch = run(none, &dose_of_one(START, 1200.0, 0.0));
    found.put("stretch_damage", stretch.damage);
    found.put("stretch_exposure", stretch.exposure);

    let two_days = later(bout, 48.0, p);
    found.put("soreness_48", two_days.soreness());
    found.put("drive_back", drive_of(two_days.soreness()));
    found.put("loss_48", two_days.strength_loss(p));
    found.put("loss_most", strength_loss_of(1.0e9, 0.0, p));
    let habit = Habit::Recreational.legs(START, p).unwrap();
    found.put("habit_recreational", habit.muscles.quadriceps.protection);
}

fn fading(found: &mut Found, p: &Parameters) {
    let none = MuscleState::default();
    let primed = MuscleState { protection_pending: [1.0, 0.0], ..none };
    let day = later(primed, 20.0, p);
    found.put("pending_1_20", day.protection_pending[0]);
    found.put("pending_2_20", day.protection_pending[1]);
    found.put("protection_20", day.protection);
    found.put("protection_504", later(primed, 504.0, p).protection);
    let ready = MuscleState { protection: 1.0, ..none };
    found.put("protection_faded", later(ready, 800.0, p).protection);
    found.put("fatigue_10", later(MuscleState { fatigue: 0.1, ..none }, 10.0, p).fatigue);
    let hurt = MuscleState { damage: 0.2, ..none };
    found.put("damage_half", later(hurt, 100.0 * std::f64::consts::LN_2, p).damage);
    let chain = |soreness_chain, hours| {
        later(MuscleState { soreness_chain, ..none }, hours, p).soreness_chain[2]
    };
    let (hard, easy) = ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]);
    found.put("hard_20", chain(hard, 20.0));
    found.put("hard_40", chain(hard, 40.0));
    found.put("hard_60", chain(hard, 60.0));
    found.put("easy_20", chain(easy, 20.0));
    found.put("easy_40", chain(easy, 40.0));
    let slope = |hours: f64| {
        let m = later(MuscleState { soreness_chain: hard, ..none }, hours, p);
        m.chain_per_log_recovery[2] / m.soreness_chain[2]
    };
    found.put("slope_1", slope(20.0));
    found.put("slope_3", slope(60.0));
}

fn ahead(muscle: MuscleState, options: &ForecastOptions, noise: f64, p: &Parameters) -> Forecast {
    let mut spread = Spread::population(0.0, p).unwrap();
    spread.rating_noise = noise;
    forecast(&legs_with(muscle), &spread, options, p).unwrap()
}

fn forecasts(found: &mut Found, p: &Parameters) {
    let none = MuscleState::default();
    let now = ForecastOptions { hours: 1.0, ..ForecastOptions::default() };
    let felt = MuscleState { soreness_at_once: 0.5, ..none };
    let interval = |f: &Forecast| {
        let i = &f.muscles.calves.soreness.intervals[0];
        (i.lower[0], i.upper[0])
    };
    let (lower, upper) = interval(&ahead(felt, &now, 1.0, p));
    found.put("rating_lower", lower);
    found.put("rating_upper", upper);
    let tired = ahead(MuscleState { fatigue: 0.1, ..none }, &now, 1.0, p);
    let loss = &tired.muscles.hamstrings.strength_loss.intervals[0];
    found.put("loss_lower", loss.lower[0]);
    found.put("loss_upper", loss.upper[0]);
    let chain = MuscleState { soreness_chain: [1.0, 0.0, 0.0], ..none };
    let slow = interval(&ahead(later(chain, 20.0, p), &now, 0.0, p));
    found.put("felt_upper_recovery", slow.1);
    let little = ahead(MuscleState { soreness_at_once: 0.1, ..none }, &now, 1.0, p);
    found.put("clear_probability", little.muscles.quadriceps.clear_probability[0]);

    let week = ForecastOptions::default();
    let hours = |t: Option<Timestamp>| t.unwrap().hours_since(START);
    let clear = ahead(felt, &week, 1.0, p).muscles.quadriceps.clear;
    found.put("clear_at_once_h", hours(clear.at));
    found.put("clear_at_once_likely_h", hours(clear.likely_at));
    let chain = ahead(MuscleState { soreness_chain: [2.0, 0.0, 0.0], ..none }, &week, 1.0, p);
    let chain = chain.muscles.quadriceps;
    found.put("clear_chain_h", hours(chain.clear.at));
    found.put("peak_h", chain.peak.time.hours_since(START));
    found.put("peak_soreness", chain.peak.soreness);
    found.put("load_log_sd", Spread::population(0.1, p).unwrap().load_log_sd);
}

#[test]
fn the_document_and_the_crate_agree() {
    let expected = expected();
    let mut wrong = Vec::new();
    // Constants that the document does not name have no effect, whatever they are fitted to.
    for others_at in [0.25, 0.75] {
        let p = parameters(others_at);
        let mut found = Found::default();
        for stage in [mechanics, shares, doses, bouts, fading, forecasts] {
            stage(&mut found, &p);
        }
        for (name, (value, tol)) in &expected {
            match found.0.get(name) {
                Some(got) if (got - value).abs() <= *tol => {}
                Some(got) => wrong.push(format!("{name}: crate {got}, document {value} ± {tol}")),
                None => wrong.push(format!("{name}: in the document, not in the test")),
            }
        }
        for name in found.0.keys().filter(|name| !expected.contains_key(*name)) {
            wrong.push(format!("{name}: in the test, not in the document"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_expects_something() {
    let cases: Vec<&str> = DOCUMENT.split("\n### ").skip(1).collect();
    assert!(cases.len() >= 20, "{} cases", cases.len());
    for (k, case) in cases.iter().enumerate() {
        let title = case.lines().next().unwrap();
        assert!(title.starts_with(&format!("{}. ", k + 1)), "cases are numbered: {title}");
        let last = case.trim_end().lines().last().unwrap();
        assert!(
            last.starts_with("- expect: "),
            "the last line of a case is an expectation: {title}"
        );
        assert_eq!(case.matches("```").count(), 2, "the arithmetic of {title}");
    }
}

#[test]
fn muscles_are_the_documented_four() {
    let names: Vec<&str> = Muscle::ALL.iter().map(|m| m.name()).collect();
    assert_eq!(names, ["quadriceps", "calves", "hip_extensors", "hamstrings"]);
}
