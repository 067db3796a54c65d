//! Today's limit.

use eccentric::Muscle;
use eccentric::activity::{Gait, Segment};
use eccentric::damage::{Habit, LegState};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::person::prior;
use eccentric::plan::{Descent, Today, TodayOptions, today};
use proptest::prelude::*;

use crate::generators::{self, START, config};

const REFERENCE: Descent = Descent { grade: -0.16, speed_m_s: 3.0 };

fn model() -> DoseModel {
    DoseModel::new(&Parameters::default(), &Runner::default()).unwrap()
}

fn limit(legs: &LegState, options: &TodayOptions) -> Today {
    today(legs, &prior(&Parameters::default()), &model(), options).unwrap()
}

/// Probability that the quadriceps are below 3 of 10 some hours after a descent, on paper: unused legs, six
/// steps of x / 6 of hard steps each, `h` hours apart. A step adds `k_S s x / 6` to the chain and `k_I s x / 6` at once, with
/// the part that goes beyond the tolerance K0 of everyday walking; a is the time since it in stages of the chain.
fn on_paper(x: f64, hours: f64, h: f64, p: &Parameters) -> f64 {
    let model = DoseModel::new(p, &Runner::default()).unwrap();
    let walking = Segment { gait: Gait::Walking, ..Segment::steady(0.0, 1.3, 0.0) };
    let k0 = model.rate(&walking).damage.quadriceps * 1000.0 * p.everyday_walking_km / 1.3;
    let (left, part) = ((-h / p.fatigue_recovery_h).exp(), x / 6.0);
    let (mut exposure, mut drive, mut slope) = (0.0, 0.0, 0.0);
    for step in 0..6 {
        let after = exposure * left + part * left.sqrt();
        let end = |x: f64| (x * x + k0 * k0).sqrt();
        let beyond = (exposure + after) / (end(exposure) + end(after));
        let s = p.soreness_below_tolerance + (1.0 - p.soreness_below_tolerance) * beyond;
        let since_h = hours - (f64::from(step) + 0.5) * h;
        let a = since_h / p.soreness_stage_h;
        drive += s * part * p.soreness_gain * (-a).exp() * 0.5 * a * a;
        drive += s * part * p.soreness_at_once_gain * (-since_h / p.fatigue_recovery_h).exp();
        slope += s * part * p.soreness_gain * (-a).exp() * (0.5 * a * a * a - a * a);
        exposure = after;
    }
    let variance = p.person_soreness_log_sd.powi(2)
        + p.evidence_log_sd.powi(2)
        + (p.person_recovery_log_sd * slope / drive).powi(2);
    let z = ((3.0_f64 / 7.0) / drive).ln() / variance.sqrt();
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

#[test]
fn the_limit_of_fresh_legs_is_that_on_paper() {
    // Next to nothing of the protection that the descent itself begins to build.
    let p = Parameters { tolerance_gain: 0.3, ..Parameters::default() };
    let options =
        TodayOptions { descent: REFERENCE, soreness_below: 3.0, ..TodayOptions::from(START) };
    let model = DoseModel::new(&p, &Runner::default()).unwrap();
    let today = today(&LegState::rested(START), &prior(&p), &model, &options).unwrap();
    let x = today.points / 100.0;
    let hours = today.workout.duration_s / 3600.0;
    assert!(hours < 0.5 && (today.workout.duration_s - 1800.0 * x).abs() < 1.0);
    // The legs are looked at every hour after the descent.
    let times = (0..168).map(|hour| f64::from(hour) + hours);
    let lowest = times.map(|t| on_paper(x, t, hours / 6.0, &p)).fold(1.0, f64::min);
    assert!((lowest - 0.8).abs() < 2e-4, "{lowest} at {x}");
    assert!((today.tightest.probability - lowest).abs() < 2e-4);
    assert_eq!(today.tightest.muscle, Muscle::Quadriceps);
    assert!(today.before.quadriceps.soreness == 0.0 && today.next.is_none() && !today.open);
}

/// What is sore today is the less sore the later: the day that is named has a limit, the day before none.
#[test]
fn the_next_day_is_the_first_one() {
    let p = Parameters::default();
    let race = REFERENCE.load(START, 300.0, &model()).unwrap();
    let legs = LegState::rested(START).after(&race, &p).unwrap();
    let at = |day: i32| {
        let start = legs.time.add_hours(24.0 * f64::from(day));
        limit(&legs, &TodayOptions { descent: REFERENCE, ..TodayOptions::from(start) })
    };
    let today = at(0);
    assert_eq!(today.points, 0.0);
    let next = today.next.unwrap();
    let days = (next.hours_since(legs.time) / 24.0).round() as i32;
    assert!(days >= 3, "{days}");
    assert!(at(days).worthwhile() && !at(days - 1).worthwhile());
}

#[test]
fn strong_legs_and_mild_wishes_leave_the_day_open() {
    let p = Parameters::default();
    let legs = Habit::Trail.legs(START, &p).unwrap();
    let options = TodayOptions { soreness_below: 10.0, ..TodayOptions::from(START) };
    let today = limit(&legs, &options);
    assert!(today.open && (today.workout.duration_s - 6.0 * 3600.0).abs() < 1e-6);
}

#[test]
fn what_is_impossible_is_refused() {
    let p = Parameters::default();
    let (legs, profile, model) = (LegState::rested(START), prior(&p), model());
    let good = TodayOptions::from(START);
    for (bad, named) in [
        (TodayOptions { soreness_below: 11.0, ..good }, "soreness is 11"),
        (TodayOptions { soreness_below: f64::NAN, ..good }, "soreness is NaN"),
        (TodayOptions { probability: 1.0, ..good }, "probability is 1"),
        (TodayOptions { until: START, ..good }, "watched is 0"),
        (TodayOptions { until: START.add_hours(24.0 * 61.0), ..good }, "watched is 1464"),
        (TodayOptions { start: START.add_hours(-1.0), ..good }, "cannot go back"),
        (
            TodayOptions { descent: Descent { grade: 0.1, ..REFERENCE }, ..good },
            "grade of the descent",
        ),
        (
            TodayOptions { descent: Descent { speed_m_s: 0.0, ..REFERENCE }, ..good },
            "speed on the descent",
        ),
    ] {
        let error = today(&legs, &profile, &model, &bad).unwrap_err().to_string();
        assert!(error.contains(named), "{error}");
    }
    let mut broken = legs;
    broken.muscles.calves.damage = f64::NAN;
    assert!(today(&broken, &profile, &model, &good).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..config() })]

    /// More probability, a lower level, a later date: never a larger dose. The dose keeps its promise.
    #[test]
    fn a_stricter_wish_never_gives_a_larger_dose(
        legs in generators::legs(),
        (level, lower) in (0.5..9.0, 0.1..1.0),
        (probability, more) in (0.1..0.9, 0.0..1.0),
        (days, longer) in (1.0..10.0, 0.0..5.0),
    ) {
        let options = TodayOptions {
            soreness_below: level,
            probability,
            until: START.add_hours(24.0 * days),
            ..TodayOptions::from(START)
        };
        let here = limit(&legs, &options);
        prop_assert!(here.points == 0.0 || here.tightest.probability >= probability);
        prop_assert!(here.worthwhile() || here.next.is_none_or(|next| next > START));
        for stricter in [
            TodayOptions { soreness_below: level * lower, ..options },
            TodayOptions { probability: probability + more * (0.99 - probability), ..options },
            TodayOptions { until: START.add_hours(24.0 * (days + longer)), ..options },
        ] {
            let there = limit(&legs, &stricter);
            prop_assert!(there.points <= here.points, "{} {}", there.points, here.points);
        }
    }

    /// A shift of the clock changes nothing.
    #[test]
    fn the_clock_does_not_matter(legs in generators::legs(), days in 0.0..2000.0_f64) {
        let shift = 24.0 * days.round();
        let later = LegState { time: START.add_hours(shift), ..legs };
        let (a, b) =
            (limit(&legs, &TodayOptions::from(START)), limit(&later, &TodayOptions::from(later.time)));
        prop_assert_eq!(a.points, b.points);
        prop_assert_eq!(a.tightest.probability, b.tightest.probability);
    }
}
