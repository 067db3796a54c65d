//! The cases of `docs/hand-cases.md`: parameters and expected numbers are read from the document.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use eccentric::activity::{Gait, Segment};
use eccentric::damage::{Habit, LegState, MuscleState, strength_loss_of, susceptibility};
use eccentric::forecast::{Forecast, ForecastOptions, Spread, forecast};
use eccentric::load::{
    Dose, DoseChunk, DoseModel, EccentricLoad, Runner, gravity_work_j_kg_m, metabolic_cost_j_kg_m,
    muscle_work, negative_power_w_kg, slope_work, stance_shares, step_rate_hz,
};
use eccentric::params::Parameters;
use eccentric::soreness::{drive_of, soreness_of};
use eccentric::{Muscle, PerMuscle, Timestamp};

const DOCUMENT: &str = include_str!("../docs/hand-cases.md");
const START: Timestamp = Timestamp::from_unix_s(1_700_000_000);

/// The round parameters of the document's table.
fn parameters() -> Parameters {
    let mut p = Parameters::default();
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
    assert_eq!(named, Parameters::TABLE.len(), "the document must name every constant");
    p.check().expect("the document's parameters lie in their ranges");
    p
}

/// Expected values of the document: name to value and tolerance.
fn expected() -> BTreeMap<&'static str, (f64, f64)> {
    let mut out = BTreeMap::new();
    for line in DOCUMENT.lines().filter_map(|l| l.strip_prefix("- expect: ")) {
        let (name, rest) = line.split_once(" = ").expect("name = value ± tol");
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
    let watts = |segment: Segment| 70.0 * negative_power_w_kg(&segment, p);
    let nine_degrees = -(9.0_f64.to_radians().tan());
    found.put("gravity_minus_10", gravity_work_j_kg_m(-0.10));
    found.put("negative_minus_10", run(-0.10).negative_j_kg_m);
    found.put("positive_minus_10", run(-0.10).positive_j_kg_m);
    found.put("gravity_w_9_degrees", 210.0 * gravity_work_j_kg_m(nine_degrees));
    found.put("negative_w_9_degrees", watts(running(nine_degrees, 3.0, 1.0)));
    found.put("negative_w_minus_20", watts(running(-0.2, 2.8, 1.0)));
    found.put("negative_w_minus_10", watts(running(-0.1, 3.0, 1.0)));
    found.put("negative_w_level", watts(running(0.0, 3.0, 1.0)));
    let steep = run(-0.16);
    found.put("closure_minus_16", steep.negative_j_kg_m - steep.positive_j_kg_m);
    found.put("negative_minus_16", steep.negative_j_kg_m);
    found.put("positive_minus_16", steep.positive_j_kg_m);
    found.put("negative_plus_10", run(0.10).negative_j_kg_m);
    found.put("positive_plus_10", run(0.10).positive_j_kg_m);
    found.put("negative_minus_45", run(-0.45).negative_j_kg_m);
    found.put("positive_minus_45", run(-0.45).positive_j_kg_m);
    let walk = Segment::steady(-0.1, 1.5, 1.0);
    found.put("walk_negative_minus_10", slope_work(-0.1, Gait::Walking, p).negative_j_kg_m);
    found.put("walk_w_minus_10", watts(walk));
    found.put("steps_run", step_rate_hz(&running(-0.1, 3.0, 1.0), p));
    found.put("steps_walk", step_rate_hz(&walk, p));
    let measured = Segment { step_rate_hz: Some(170.0 / 60.0), ..walk };
    found.put("steps_measured", step_rate_hz(&measured, p));
}

fn shares(found: &mut Found, p: &Parameters) {
    let level = stance_shares(0.0, Gait::Running, p);
    found.put("share_quadriceps_level", level.quadriceps);
    found.put("share_calves_level", level.calves);
    found.put("share_hip_level", level.hip_extensors);
    let ten = stance_shares(-0.10, Gait::Running, p);
    found.put("share_quadriceps_minus_10", ten.quadriceps);
    found.put("share_calves_minus_10", ten.calves);
    found.put("share_hip_minus_10", ten.hip_extensors);
    let thirty = stance_shares(-0.30, Gait::Running, p);
    found.put("share_quadriceps_minus_30", thirty.quadriceps);
    found.put("share_calves_minus_30", thirty.calves);
    found.put("share_hip_minus_30", thirty.hip_extensors);
    let walk = stance_shares(-0.10, Gait::Walking, p);
    found.put("walk_share_quadriceps_minus_10", walk.quadriceps);
    found.put("walk_share_calves_minus_10", walk.calves);
    found.put("walk_share_hip_minus_10", walk.hip_extensors);
    let kept = muscle_work(-0.10, Gait::Running, p).dissipated_j_kg_m;
    found.put("kept_quadriceps_minus_10", kept.quadriceps);
    found.put("kept_calves_minus_10", kept.calves);
    found.put("kept_hip_minus_10", kept.hip_extensors);
    found.put("kept_hamstrings_minus_10", kept.hamstrings);
    let up = muscle_work(0.10, Gait::Running, p).dissipated_j_kg_m;
    found.put("kept_quadriceps_plus_10", up.quadriceps);
    found.put("kept_calves_plus_10", up.calves);
}

fn doses(found: &mut Found, p: &Parameters) {
    let phi = |runner: Runner| runner.load_over_capacity(p);
    let packed = Runner { pack_kg: 7.0, ..Runner::default() };
    found.put("phi_reference", phi(Runner::default()));
    found.put("phi_pack", phi(packed));
    found.put("phi_fat", phi(Runner { body_fat: Some(0.32), ..Runner::default() }));
    found.put("phi_90_unknown", phi(Runner::of_mass(90.0)));

    let model = DoseModel::new(p, &Runner::default()).unwrap();
    let dose = |segment: &Segment| Dose::default().plus(&model.rate(segment), segment.duration_s);
    let at_speed = |speed| dose(&Segment { step_rate_hz: Some(2.5), ..running(-0.1, speed, 60.0) });
    let (slow, fast) = (at_speed(1.0), at_speed(2.0));
    found.put("gate_ratio_damage", fast.damage.quadriceps / slow.damage.quadriceps);
    found.put(
        "gate_ratio_protection",
        fast.protection.hip_extensors / slow.protection.hip_extensors,
    );

    let reference = running(-0.16, 3.0, 1800.0);
    let one = dose(&reference);
    let load = model.load(START, &[reference]).unwrap();
    found.put("reference_dose_quadriceps", one.damage.quadriceps);
    found.put("reference_dose_hamstrings", one.damage.hamstrings);
    found.put("reference_protection_calves", one.protection.calves);
    found.put("reference_acute", one.acute);
    found.put("reference_points", load.points_total);
    found.put("reference_work_j", load.negative_work_j);
    found.put("reference_flat_km", load.equivalent_flat_km);

    let half = dose(&running(-0.08, 3.0, 1800.0));
    found.put("half_steep_dose", half.damage.quadriceps);
    found.put("half_steep_protection", half.protection.quadriceps);
    let at_steps = |hz| dose(&Segment { step_rate_hz: Some(hz), ..reference });
    let (few, many) = (at_steps(1.5), at_steps(3.0));
    found.put("double_steps_damage", many.damage.calves / few.damage.calves);
    found.put("double_steps_protection", many.protection.calves / few.protection.calves);
    found.put("acute_minus_10", dose(&running(-0.10, 3.0, 1800.0)).acute);
    found.put("cost_minus_60", metabolic_cost_j_kg_m(-0.60, Gait::Running));
    found.put("cost_walk_minus_10", metabolic_cost_j_kg_m(-0.10, Gait::Walking));
    found.put("acute_level", dose(&running(0.0, 3.0, 1800.0)).acute);

    let with_pack = DoseModel::new(p, &packed).unwrap().load(START, &[reference]).unwrap();
    found.put("pack_damage", with_pack.dose().damage.quadriceps);
    found.put("pack_protection", with_pack.dose().protection.quadriceps);
    found.put("pack_acute", with_pack.dose().acute);
    found.put("pack_work_ratio", with_pack.negative_work_j / load.negative_work_j);
    load_points(found, &model);
}

fn load_points(found: &mut Found, model: &DoseModel) {
    let load = |segments: &[Segment]| model.load(START, segments).unwrap();
    let level = load(&[running(0.0, 3.0, 1800.0)]);
    found.put("level_points_quadriceps", level.points.quadriceps);
    found.put("level_points_calves", level.points.calves);
    found.put("level_points_hamstrings", level.points.hamstrings);
    found.put("level_points_total", level.points_total);
    found.put("easy_km_points", load(&[running(0.0, 2.8, 1000.0 / 2.8)]).points_total);
    let unsure = |seconds| Segment { grade_se: 0.01, ..running(-0.16, 3.0, seconds) };
    found.put("load_error", load(&[unsure(1800.0)]).points_se);
    found.put("load_error_two_stretches", load(&[unsure(900.0), unsure(900.0)]).points_se);
    found.put("load_error_short", load(&[unsure(60.0), unsure(60.0)]).points_se);
}

/// The same muscle in all groups.
fn legs_with(muscle: MuscleState) -> LegState {
    LegState { muscles: PerMuscle::from_fn(|_| muscle), ..LegState::rested(START) }
}

fn later(muscle: MuscleState, hours: f64, p: &Parameters) -> MuscleState {
    legs_with(muscle).advanced(hours, p).unwrap().muscles.quadriceps
}

/// A dose of 1 in everything at one moment.
fn moment(start: Timestamp) -> EccentricLoad {
    let dose = Dose {
        damage: PerMuscle::from_fn(|_| 1.0),
        protection: PerMuscle::from_fn(|_| 1.0),
        acute: 1.0,
    };
    EccentricLoad {
        start,
        negative_work_j: 0.0,
        points: PerMuscle::from_fn(|_| 100.0),
        points_total: 100.0,
        points_se: 0.0,
        equivalent_flat_km: 0.0,
        chunks: vec![DoseChunk { start_s: 0.0, duration_s: 0.0, dose }],
    }
}

fn fading(found: &mut Found, p: &Parameters) {
    let none = MuscleState::default();
    let tired = MuscleState { fatigue: 0.1, ..none };
    let half = std::f64::consts::LN_2;
    found.put("fatigue_one_tau", later(tired, 10.0, p).fatigue);
    found.put("fatigue_half", later(tired, 10.0 * half, p).fatigue);
    let hurt = MuscleState { damage: 0.2, ..none };
    found.put("damage_one_tau", later(hurt, 100.0, p).damage);
    found.put("damage_half", later(hurt, 100.0 * half, p).damage);
    let sore = MuscleState { soreness_chain: [1.0, 0.0, 0.0], ..none };
    found.put("chain_1", later(sore, 20.0, p).soreness_chain[2]);
    found.put("chain_2", later(sore, 40.0, p).soreness_chain[2]);
    found.put("chain_3", later(sore, 60.0, p).soreness_chain[2]);
    found.put("chain_first_1", later(sore, 20.0, p).soreness_chain[0]);
    found.put("chain_second_3", later(sore, 60.0, p).soreness_chain[1]);
    let primed = MuscleState { protection_pending: 1.0, ..none };
    found.put("pending_40", later(primed, 40.0, p).protection_pending);
    found.put("protection_40", later(primed, 40.0, p).protection);
    let ready = MuscleState { protection: 1.0, ..none };
    found.put("protection_800", later(ready, 800.0, p).protection);
    for (name, r) in [("s_0", 0.0), ("s_1", 1.0), ("s_3", 3.0), ("s_huge", 1.0e9)] {
        found.put(name, susceptibility(r, 0.2, p));
    }
    let slope = |hours: f64| {
        let m = later(sore, hours, p);
        m.chain_per_log_recovery[2] / m.soreness_chain[2]
    };
    found.put("slope_1", slope(20.0));
    found.put("slope_2", slope(40.0));
    found.put("slope_3", slope(60.0));
    let m = later(hurt, 200.0, p);
    found.put("slope_damage", m.damage_per_log_recovery / m.damage);
}

fn effects(found: &mut Found, p: &Parameters) {
    found.put("loss_fatigue", strength_loss_of(0.5, 0.0, p));
    found.put("loss_damage", strength_loss_of(0.0, 0.125, p));
    found.put("loss_both", strength_loss_of(0.1, 0.15, p));
    found.put("loss_most", strength_loss_of(1.0e9, 0.0, p));
    let none = MuscleState::default();
    let weak = legs_with(MuscleState { damage: 0.5, ..none }).after(&moment(START), p).unwrap();
    found.put("lead_damage_added", weak.muscles.quadriceps.damage - 0.5);
    let broken = MuscleState { damage: 1.0e6, fatigue: 1.0e6, ..none };
    let broken = legs_with(broken).after(&moment(START), p).unwrap();
    found.put("lead_bounded_soreness", broken.muscles.quadriceps.soreness_chain[0]);
    found.put("soreness_half", soreness_of(0.5));
    found.put("drive_back", drive_of(soreness_of(0.5)));

    let model = DoseModel::new(p, &Runner::default()).unwrap();
    let bout = model.load(START, &[running(-0.16, 3.0, 1800.0)]).unwrap();
    let after = LegState::rested(START).after(&bout, p).unwrap().muscles;
    found.put("bout_fatigue", after.hamstrings.fatigue);
    found.put("bout_damage", after.quadriceps.damage);
    found.put("bout_damage_calves", after.calves.damage);
    found.put("bout_damage_hip", after.hip_extensors.damage);
    found.put("bout_damage_hamstrings", after.hamstrings.damage);
    found.put("bout_at_once", after.quadriceps.soreness_at_once);
    found.put("bout_chain_1", after.quadriceps.soreness_chain[0]);
    found.put("bout_chain_2", after.quadriceps.soreness_chain[1]);
    found.put("bout_pending", after.calves.protection_pending);

    let first = LegState::rested(START).after(&moment(START), p).unwrap();
    let again = START.add_hours(504.0);
    let before = first.advanced_to(again, p).unwrap();
    let second = before.after(&moment(again), p).unwrap();
    found.put("second_protection", before.muscles.quadriceps.protection);
    found.put("second_damage", second.muscles.quadriceps.damage);
    let entered =
        second.muscles.quadriceps.soreness_chain[0] - before.muscles.quadriceps.soreness_chain[0];
    found.put("second_soreness", entered);
    let habit = Habit::Recreational.legs(START, p).unwrap();
    found.put("habit_recreational", habit.muscles.quadriceps.protection);

    let packed = Runner { pack_kg: 7.0, ..Runner::default() };
    let steep = DoseModel::new(p, &packed).unwrap().load(START, &[running(-0.2, 2.8, 1800.0)]);
    let steep = steep.unwrap();
    found.put("chain_dose", steep.dose().damage.quadriceps);
    let legs = LegState::rested(START).after(&steep, p).unwrap();
    let legs = legs.advanced_to(START.add_hours(48.0), p).unwrap();
    found.put("chain_soreness_48", legs.muscles.quadriceps.soreness());
    found.put("chain_loss_48", legs.muscles.quadriceps.strength_loss(p));

    let mut unsure = moment(START);
    unsure.points_se = 10.0;
    let mut later = moment(START.add_hours(100.0 * std::f64::consts::LN_2));
    later.points_se = 40.0;
    let legs = LegState::rested(START).after(&unsure, p).unwrap();
    let spread = Spread::population(legs.load_relative_se(), p).unwrap();
    found.put("load_log_sd", spread.load_log_sd);
    found.put("load_error_mean", legs.after(&later, p).unwrap().load_relative_se());
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
}

#[test]
fn the_document_and_the_crate_agree() {
    let p = parameters();
    let mut found = Found::default();
    mechanics(&mut found, &p);
    shares(&mut found, &p);
    doses(&mut found, &p);
    fading(&mut found, &p);
    effects(&mut found, &p);
    forecasts(&mut found, &p);
    let expected = expected();
    let mut wrong = Vec::new();
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
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_expects_something() {
    let cases: Vec<&str> = DOCUMENT.split("\n### ").skip(1).collect();
    assert!(cases.len() >= 28, "{} cases", cases.len());
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
