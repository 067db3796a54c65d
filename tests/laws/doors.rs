//! Bad input is refused at the door, good input never becomes bad output.

use eccentric::activity::Segment;
use eccentric::bounds::{self, Bound};
use eccentric::damage::{Habit, LegState};
use eccentric::forecast::{ForecastOptions, History, Spread, forecast};
use eccentric::load::{DoseModel, DoseStream, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::{Error, Muscle, Timestamp};
use proptest::prelude::*;

use super::finite;
use super::generators::*;

const NO_NUMBERS: [f64; 3] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];

/// Values that a bound must refuse.
fn beyond(bound: &Bound) -> Vec<f64> {
    let mut out = NO_NUMBERS.to_vec();
    out.extend([bound.min - 1e-9 - 1e-9 * bound.min.abs(), bound.max + 1e-9 * bound.max.max(1.0)]);
    out
}

fn model() -> DoseModel {
    DoseModel::new(&Parameters::default(), &Runner::default()).unwrap()
}

fn run() -> EccentricLoad {
    model().load(START, &[Segment::steady(-0.12, 3.0, 1200.0)]).unwrap()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn finite_in_finite_out(all in segments(), runner in runner(), legs in legs(), wait in hours(), p in parameters()) {
        let model = DoseModel::new(&p, &runner).unwrap();
        for segment in &all {
            prop_assert!(finite(&model.rate(segment)), "{segment:?}");
        }
        let load = model.load(START, &all).unwrap();
        prop_assert!(finite(&load), "{load:?}");
        prop_assert!(load.check().is_ok(), "{:?}", load.check());
        prop_assert!(load.relative_se() >= 0.0 && load.relative_se().is_finite());
        let end = legs.after(&load, &p).unwrap().advanced(wait, &p).unwrap();
        prop_assert!(finite(&end), "{end:?}");
        prop_assert!(finite(&end.felt(&p)) && end.load_relative_se().is_finite());
        for habit in [Habit::None, Habit::Recreational, Habit::Road, Habit::Trail] {
            prop_assert!(finite(&habit.legs(START, &p).unwrap()));
        }
        let grades: Vec<f64> = all.iter().map(|s| s.grade).collect();
        let speeds: Vec<f64> = all.iter().map(|s| s.speed_m_s).collect();
        prop_assert!(finite(&DoseStream::new(&model).dose(&grades, &speeds, 1.0).unwrap()));
    }

    #[test]
    fn any_parameters_inside_their_ranges_give_finite_doses(p in any_parameters(), s in segment()) {
        // Refusing such a set is as good as computing with it.
        if let Ok(model) = DoseModel::new(&p, &Runner::default()) {
            let rate = model.rate(&s);
            prop_assert!(finite(&rate), "share of the calves {} {:?}", p.run_share_calves + p.run_share_calves_slope * p.share_max_grade, rate);
            prop_assert!(rate.damage.iter().all(|(_, d)| *d >= 0.0));
        }
    }

    #[test]
    fn any_numbers_never_panic(x in prop::collection::vec(any::<f64>(), 12), ms in any::<i64>(), hours in any::<f64>()) {
        let p = Parameters::default();
        let s = Segment { start_s: x[0], duration_s: x[1], speed_m_s: x[2], grade: x[3], grade_se: x[4], step_rate_hz: Some(x[5]), ..Segment::steady(0.0, 3.0, 1.0) };
        let time = Timestamp::from_unix_ms(ms);
        let _ = model().load(time, &[s]);
        let _ = model().rate(&s);
        let _ = DoseModel::new(&p, &Runner { mass_kg: x[6], pack_kg: x[7], body_fat: Some(x[8]), age_years: Some(x[9]) });
        let mut load = run();
        load.start = time;
        load.points_se = x[9];
        load.duration_s = x[10];
        load.stretches[0].damage.quadriceps = x[11];
        let _ = EccentricLoad::from_bytes(&load.to_bytes());
        let legs = LegState::rested(time);
        let _ = legs.advanced(hours, &p);
        let _ = LegState::rested(START).advanced_to(time, &p);
        let _ = legs.after(&load, &p);
        let history = History { habit: Habit::Road, loads: vec![run(), load] };
        let options = ForecastOptions { hours: 10.0, step_h: 5.0, ..ForecastOptions::default() };
        let _ = history.outlook(time, &options, &p);
        let _ = history.outlook(START.add_hours(hours), &options, &p);
        let _ = DoseStream::new(&model()).dose(&x[..6], &x[6..], hours);
        let spread = Spread { strength_log_sd: x[0], soreness_log_sd: x[1], recovery_log_sd: x[2], evidence_log_sd: x[3], load_log_sd: x[4], rating_noise: x[5] };
        let _ = forecast(&legs, &spread, &options, &p);
    }
}

#[test]
fn every_bound_passes_its_ends_and_refuses_the_rest() {
    for bound in bounds::ALL {
        assert!(bound.check(bound.min).is_ok() && bound.check(bound.max).is_ok(), "{bound:?}");
        for value in beyond(bound) {
            let refused = bound.check_at(value, 3);
            assert!(
                matches!(refused, Err(Error::OutOfRange { index: Some(3), .. })),
                "{bound:?} {value}"
            );
        }
    }
}

#[test]
fn impossible_runners_are_refused() {
    let p = Parameters::default();
    let refused = |r: Runner| matches!(DoseModel::new(&p, &r), Err(Error::OutOfRange { .. }));
    for value in beyond(&bounds::BODY_MASS) {
        assert!(refused(Runner::of_mass(value)), "{value}");
    }
    for value in beyond(&bounds::PACK_MASS) {
        assert!(refused(Runner { pack_kg: value, ..Runner::default() }), "{value}");
    }
    for value in beyond(&bounds::BODY_FAT) {
        assert!(refused(Runner { body_fat: Some(value), ..Runner::default() }), "{value}");
    }
    for value in beyond(&bounds::AGE) {
        assert!(refused(Runner { age_years: Some(value), ..Runner::default() }), "{value}");
    }
}

#[test]
fn impossible_segments_are_refused_with_their_position() {
    let good = Segment::steady(-0.1, 3.0, 60.0);
    type Change = fn(&mut Segment, f64);
    let doors: [(&Bound, Change); 6] = [
        (&bounds::SEGMENT_START, |s, x| s.start_s = x),
        (&bounds::SEGMENT_DURATION, |s, x| s.duration_s = x),
        (&bounds::SPEED, |s, x| s.speed_m_s = x),
        (&bounds::GRADE, |s, x| s.grade = x),
        (&bounds::GRADE_SE, |s, x| s.grade_se = x),
        (&bounds::STEP_RATE, |s, x| s.step_rate_hz = Some(x)),
    ];
    for (bound, change) in doors {
        for value in beyond(bound) {
            let mut bad = good;
            change(&mut bad, value);
            match model().load(START, &[good, good, bad, good]) {
                Err(Error::OutOfRange { quantity, index: Some(2), .. }) => {
                    assert_eq!(quantity, bound.quantity)
                }
                other => panic!("{} = {value}: {other:?}", bound.quantity),
            }
        }
        for value in [bound.min, bound.max] {
            let mut fine = good;
            change(&mut fine, value);
            assert!(finite(&model().load(START, &[fine]).unwrap()), "{} = {value}", bound.quantity);
        }
    }
}

#[test]
fn impossible_streams_are_refused_with_their_position() {
    let stream = DoseStream::new(&model());
    for value in beyond(&bounds::GRADE) {
        let found = stream.dose(&[0.0, value], &[1.0, 1.0], 1.0);
        assert!(
            matches!(found, Err(Error::OutOfRange { quantity: "grade", index: Some(1), .. })),
            "{value}"
        );
    }
    for value in beyond(&bounds::SPEED) {
        let found = stream.dose(&[0.0, 0.0], &[1.0, value], 1.0);
        assert!(
            matches!(found, Err(Error::OutOfRange { quantity: "speed", index: Some(1), .. })),
            "{value}"
        );
    }
    assert!(matches!(stream.dose(&[0.0], &[], 1.0), Err(Error::LengthMismatch { .. })));
    assert!(stream.dose(&[0.0], &[1.0], f64::NAN).is_err());
    assert!(finite(&stream.dose(&[-1.0, 1.0, 0.0], &[12.0, 0.0, 12.0], 1.0).unwrap()));
}

#[test]
fn impossible_parameters_are_refused() {
    for constant in Parameters::TABLE {
        let bound = Bound {
            quantity: constant.name,
            min: constant.min,
            max: constant.max,
            unit: constant.unit,
        };
        assert!(
            bound.check(constant.value).is_ok(),
            "the default of {} is out of its range",
            constant.name
        );
        for value in beyond(&bound) {
            let mut p = Parameters::default();
            *p.get_mut(constant.name).unwrap() = value;
            let named = |e: &Error| matches!(e, Error::OutOfRange { quantity, .. } if *quantity == constant.name);
            assert!(p.check().is_err_and(|e| named(&e)), "{}", constant.name);
            assert!(DoseModel::new(&p, &Runner::default()).is_err_and(|e| named(&e)));
            assert!(Habit::Road.legs(START, &p).is_err_and(|e| named(&e)));
            assert!(History::default().state_at(START, &p).is_err_and(|e| named(&e)));
        }
    }
    let names: Vec<&str> = Parameters::TABLE.iter().map(|c| c.name).collect();
    assert!(names.iter().all(|n| Parameters::default().get(n).is_some()));
    assert_eq!(Parameters::default().get("no_such_constant"), None);
}

#[test]
fn impossible_options_are_refused() {
    let legs = LegState::rested(START);
    let p = Parameters::default();
    let spread = Spread::population(0.0, &p).unwrap();
    type Change = fn(&mut ForecastOptions, f64);
    let doors: [(&Bound, Change); 5] = [
        (&bounds::FORECAST_HOURS, |o, x| o.hours = x),
        (&bounds::FORECAST_STEP, |o, x| o.step_h = x),
        (&bounds::LEVEL, |o, x| o.levels = vec![0.5, x]),
        (&bounds::SORENESS, |o, x| o.clear_below = x),
        (&bounds::LEVEL, |o, x| o.clear_probability = x),
    ];
    for (bound, change) in doors {
        for value in beyond(bound) {
            let mut bad = ForecastOptions::default();
            change(&mut bad, value);
            assert!(forecast(&legs, &spread, &bad, &p).is_err(), "{} = {value}", bound.quantity);
            assert!(History::default().outlook(START, &bad, &p).is_err());
        }
    }
    for value in beyond(&bounds::RELATIVE_ERROR) {
        assert!(Spread::population(value, &p).is_err());
    }
}

#[test]
fn time_only_goes_forward() {
    let p = Parameters::default();
    let legs = LegState::rested(START);
    for hours in [-1e-9, -1.0, f64::NAN, f64::INFINITY, 1.1e7] {
        assert!(legs.advanced(hours, &p).is_err(), "{hours}");
    }
    let earlier = Timestamp::from_unix_ms(START.unix_ms() - 1);
    assert!(matches!(legs.advanced_to(earlier, &p), Err(Error::BackInTime { .. })));
    assert!(legs.advanced_to(Timestamp::from_unix_ms(i64::MAX), &p).is_err());
    let late = LegState::rested(START.add_hours(1.0));
    assert!(matches!(late.after(&run(), &p), Err(Error::BackInTime { .. })));
    let twice = History { habit: Habit::None, loads: vec![run(), run()] };
    assert_eq!(twice.state_at(START.add_hours(5.0), &p), Err(Error::HistoryOrder { index: 1 }));
    assert_eq!(twice.check(), Err(Error::HistoryOrder { index: 1 }));
}

/// The errors of a stored value that is no number, not caught at the door.
fn slips(what: &str, taken: bool, out: &mut Vec<String>) {
    if taken {
        out.push(what.to_owned());
    }
}

#[test]
fn stored_values_pass_the_same_door() {
    let p = Parameters::default();
    let options = ForecastOptions::default();
    let spread = Spread::population(0.0, &p).unwrap();
    let mut out = Vec::new();
    for bad in [f64::NAN, f64::INFINITY, -1.0] {
        let mut legs = LegState::rested(START);
        legs.muscles.calves.damage = bad;
        slips(&format!("advanced: damage {bad}"), legs.advanced(1.0, &p).is_ok(), &mut out);
        slips(&format!("after: damage {bad}"), legs.after(&run(), &p).is_ok(), &mut out);
        slips(
            &format!("forecast: damage {bad}"),
            forecast(&legs, &spread, &options, &p).is_ok(),
            &mut out,
        );
        let mut load = run();
        load.stretches[0].damage.calves = bad;
        let fresh = LegState::rested(START);
        slips(&format!("after: dose {bad}"), fresh.after(&load, &p).is_ok(), &mut out);
        let mut load = run();
        load.stretches[5].protection.hamstrings = bad;
        slips(&format!("after: protection {bad}"), fresh.after(&load, &p).is_ok(), &mut out);
        let stored = EccentricLoad::from_bytes(&load.to_bytes());
        slips(
            &format!("bytes: protection {bad}"),
            stored.is_ok_and(|load| !finite(&load)),
            &mut out,
        );
        let mut load = run();
        load.duration_s = bad;
        slips(&format!("after: a run of {bad} s"), fresh.after(&load, &p).is_ok(), &mut out);
        let unsure = Spread { soreness_log_sd: bad, ..spread };
        slips(
            &format!("forecast: spread {bad}"),
            forecast(&fresh, &unsure, &options, &p).is_ok(),
            &mut out,
        );
    }
    assert!(out.is_empty(), "accepted:\n  {}", out.join("\n  "));
}

#[test]
fn a_forecast_without_any_spread_is_finite() {
    // The drive is exactly at the threshold and nothing spreads it.
    let p = Parameters::default();
    let zero = Spread {
        strength_log_sd: 0.0,
        soreness_log_sd: 0.0,
        recovery_log_sd: 0.0,
        evidence_log_sd: 0.0,
        load_log_sd: 0.0,
        rating_noise: 0.0,
    };
    let mut legs = LegState::rested(START);
    for m in Muscle::ALL {
        legs.muscles[m].soreness_at_once = eccentric::soreness::drive_of(1.0);
    }
    let ahead = forecast(&legs, &zero, &ForecastOptions::default(), &p);
    assert!(ahead.map_or(true, |f| finite(&f)), "a spread of zero gives no number");
}
