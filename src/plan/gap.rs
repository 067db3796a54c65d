//! The search against every schedule there is, on cases small enough to look at all of them; and the fast
//! walk of the objective against the replay of a history.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::println;

use super::*;
use crate::activity::Segment;
use crate::damage::Habit;
use crate::forecast::History;
use crate::load::{DoseModel, EccentricLoad, Runner};
use crate::params::Parameters;
use crate::person::{Profile, prior};
use crate::plan::search::{best, follow};
use crate::plan::trial::{SIZES_M, Slot, Trial};
use crate::units::Timestamp;

const START: Timestamp = Timestamp::from_unix_s(1_780_000_000);

struct Case {
    name: &'static str,
    habit: Habit,
    days: usize,
    usual: bool,
    soreness_below: f64,
    build_up: f64,
    week_points: Option<f64>,
    blocked: &'static [usize],
}

const CASES: [Case; 6] = [
    Case {
        name: "unused to running",
        habit: Habit::None,
        days: 10,
        usual: false,
        soreness_below: 4.0,
        build_up: 1.3,
        week_points: None,
        blocked: &[],
    },
    Case {
        name: "the same, soreness below 2",
        habit: Habit::None,
        days: 10,
        usual: false,
        soreness_below: 2.0,
        build_up: 1.3,
        week_points: None,
        blocked: &[],
    },
    Case {
        name: "roads, usual running",
        habit: Habit::Road,
        days: 11,
        usual: true,
        soreness_below: 4.0,
        build_up: 1.3,
        week_points: None,
        blocked: &[2, 6],
    },
    Case {
        name: "roads, 40 points a week",
        habit: Habit::Road,
        days: 11,
        usual: false,
        soreness_below: 4.0,
        build_up: 1.5,
        week_points: Some(40.0),
        blocked: &[],
    },
    Case {
        name: "trails, usual running",
        habit: Habit::Trail,
        days: 11,
        usual: true,
        soreness_below: 4.0,
        build_up: 1.3,
        week_points: None,
        blocked: &[0],
    },
    Case {
        name: "recreational, steep build-up",
        habit: Habit::Recreational,
        days: 10,
        usual: false,
        soreness_below: 5.0,
        build_up: 2.0,
        week_points: None,
        blocked: &[4],
    },
];

fn model() -> DoseModel {
    DoseModel::new(&Parameters::default(), &Runner::default()).unwrap()
}

fn setting(case: &Case) -> (History, Profile, EccentricLoad, PlanOptions) {
    let model = model();
    let easy = model.load(START, &[Segment::steady(0.0, 2.9, 2400.0)]).unwrap();
    let day = |k: usize| Day {
        start: START.add_hours(24.0 * k as f64),
        free: !case.blocked.contains(&k),
        usual: (case.usual && k % 3 == 1).then(|| easy.clone()),
    };
    let options = PlanOptions {
        soreness_below: case.soreness_below,
        week_points: case.week_points,
        build_up: case.build_up,
        clear_probability: 0.5,
        ..PlanOptions::on((0..case.days).map(day).collect())
    };
    let race = START.add_hours(24.0 * case.days as f64 - 10.0);
    let race = Descent::default().load(race, 250.0, &model).unwrap();
    let history = History { habit: case.habit, loads: Vec::new() };
    (history, prior(&Parameters::default()), race, options)
}

/// Calls a function with every schedule that keeps the calendar.
fn every(trial: &Trial<'_>, slots: &mut Vec<Slot>, see: &mut impl FnMut(&[Slot])) {
    see(slots);
    let first = slots.last().map_or(0, |slot| slot.0 + 1);
    for day in first..trial.options.days.len() {
        for size in 0..trial.sizes() {
            slots.push((day, size));
            if trial.keeps_calendar(slots) {
                every(trial, slots, see);
            }
            slots.pop();
        }
    }
}

/// The table of `docs/model.md`: objective of the search and of the best of all schedules.
#[test]
fn the_search_finds_the_best_schedule_of_small_cases() {
    // Without optimisation only the smaller half.
    let most_days = if cfg!(debug_assertions) { 10 } else { usize::MAX };
    for case in CASES.iter().filter(|case| case.days <= most_days) {
        let (history, profile, race, options) = setting(case);
        let (model, own) = (model(), Parameters::default());
        let trial = Trial::new(&history, &profile, &own, &model, &race, &options).unwrap();
        let rules: Vec<_> =
            Rule::ALL.into_iter().map(|rule| follow(rule, &trial).unwrap()).collect();
        let found = best(&rules, &trial).unwrap();
        let prefix = trial.prefix(&[]).unwrap();
        let (mut optimum, mut schedules) = (f64::INFINITY, 0_u32);
        every(&trial, &mut Vec::new(), &mut |slots| {
            schedules += 1;
            let objective = trial.objective(slots, &prefix);
            if objective < optimum && trial.keeps_rules(slots, &prefix).unwrap() {
                optimum = objective;
            }
        });
        let gap = found.objective - optimum;
        let nothing = trial.objective(&[], &prefix);
        println!(
            "| {} | {schedules} | {:.3} | {:.3} | {:.3} | {:.4} |",
            case.name, nothing, optimum, found.objective, gap
        );
        assert!(schedules > 100, "{}: {schedules}", case.name);
        // Two schedules within 0.02 of 10 are as good as each other.
        assert!((-1e-12..0.02).contains(&gap), "{}: {gap}", case.name);
        assert!(gap <= 0.02 * (nothing - optimum) + 1e-12, "{}: {gap}", case.name);
    }
}

/// The walk of one muscle group is the replay of the history with usual runs, sessions and race.
#[test]
fn the_objective_is_that_of_the_replayed_history() {
    let case = &CASES[2];
    let (history, mut profile, race, options) = setting(case);
    for row in &mut profile.covariance {
        row.fill(0.0);
    }
    profile.person.recovery = 0.2;
    let (model, p) = (model(), Parameters::default());
    let own = profile.person.parameters(&p);
    let trial = Trial::new(&history, &profile, &own, &model, &race, &options).unwrap();
    let slots = [(1, 13), (4, 8), (8, 10)];
    // The history begins where the legs do.
    let mut loads = Vec::from([model.load(START, &[]).unwrap()]);
    for (k, day) in options.days.iter().enumerate() {
        let mut start = day.start;
        if let Some(slot) = slots.iter().find(|slot| slot.0 == k) {
            let points = SIZES_M[slot.1] * options.descent.points_per_m(&model);
            loads.push(options.descent.load(start, points, &model).unwrap());
            start = loads.last().unwrap().end();
        }
        let session =
            slots.iter().any(|slot| slot.0 == k).then(|| loads.last().unwrap().points_total);
        let usual =
            day.usual.clone().filter(|usual| session.is_none_or(|s| s < usual.points_total));
        loads.extend(usual.map(|usual| EccentricLoad { start, ..usual }));
    }
    loads.push(race.clone());
    let replayed = History { habit: case.habit, loads };
    let legs = replayed.state_of(&profile.person, race.end(), &p).unwrap();
    let sore = (0..=18).map(|k| legs.advanced(4.0 * f64::from(k), &own).unwrap());
    let expected = sore.map(|legs| legs.muscles.quadriceps.soreness()).fold(0.0, f64::max);
    let prefix = trial.prefix(&slots[..1]).unwrap();
    let points: f64 = slots.iter().map(|slot| trial.points(slot.1)).sum();
    let peak = trial.objective(&slots, &prefix) - 0.03 * points / 100.0;
    // The walk takes a stretch of a run, and several of the race, as one step.
    assert!((peak / expected - 1.0).abs() < 0.01, "{peak} {expected}");
    assert!(expected > 1.0, "{expected}");
}
