//! Laws of stages 4 and 6: intervals, histories, drivers.

use eccentric::damage::LegState;
use eccentric::forecast::{ForecastOptions, History, Outlook, Series, Spread, forecast};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::{Muscle, Timestamp};
use proptest::prelude::*;

use super::generators::*;
use super::state::same;
use super::{close, finite};

/// Times are kept to the millisecond: what a run and its part have faded by agrees that well.
const TIMES: f64 = 1e-6;

fn options() -> impl Strategy<Value = ForecastOptions> {
    let levels = prop::collection::vec(prop_oneof![Just(0.01), Just(0.999), 0.01..=0.999], 0..4);
    (1.0..100.0, 3.0..20.0, levels, 0.0..=10.0, 0.01..=0.999).prop_map(
        |(hours, step_h, levels, clear_below, clear_probability)| ForecastOptions {
            hours,
            step_h,
            levels,
            clear_below,
            clear_probability,
        },
    )
}

fn nested(series: &Series, most: f64) -> bool {
    let mut order: Vec<_> = series.intervals.iter().collect();
    order.sort_by(|a, b| a.level.total_cmp(&b.level));
    let slack = 1e-12;
    (0..series.point.len()).all(|k| {
        let point = series.point[k];
        let inside = order.iter().all(|i| {
            i.lower[k] <= point + slack
                && point <= i.upper[k] + slack
                && i.lower[k] >= 0.0
                && i.upper[k] <= most
        });
        let ordered = order.windows(2).all(|w| {
            w[1].lower[k] <= w[0].lower[k] + slack && w[0].upper[k] <= w[1].upper[k] + slack
        });
        inside && ordered
    })
}

fn history(
    runs: &[(f64, Vec<eccentric::activity::Segment>)],
    habit: eccentric::damage::Habit,
    start: Timestamp,
    p: &Parameters,
) -> History {
    let model = DoseModel::new(p, &Runner::default()).unwrap();
    History { habit, loads: loads(&model, runs, start) }
}

fn end(history: &History) -> Timestamp {
    history.loads.last().map_or(START, EccentricLoad::end)
}

/// Numbers of an outlook without its times.
fn timeless(outlook: &Outlook, from: Timestamp) -> String {
    let mut outlook = outlook.clone();
    outlook.state.time = Timestamp::default();
    let back = |t: Timestamp| Timestamp::from_unix_ms(t.unix_ms() - from.unix_ms());
    for t in &mut outlook.forecast.times {
        *t = back(*t);
    }
    for m in Muscle::ALL {
        let m = &mut outlook.forecast.muscles[m];
        m.peak.time = back(m.peak.time);
        m.clear.at = m.clear.at.map(back);
        m.clear.likely_at = m.clear.likely_at.map(back);
        for day in &mut m.days {
            day.start = back(day.start);
        }
    }
    format!("{outlook:?}")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn intervals_nest_and_hold_the_point(legs in legs(), options in options(), error in 0.0..=10.0_f64, p in parameters()) {
        let spread = Spread::population(error, &p).unwrap();
        let ahead = forecast(&legs, &spread, &options, &p).unwrap();
        prop_assert!(finite(&ahead));
        for m in Muscle::ALL {
            let m = &ahead.muscles[m];
            prop_assert!(nested(&m.soreness, 10.0), "{:?}", m.soreness);
            prop_assert!(nested(&m.strength_loss, 1.0), "{:?}", m.strength_loss);
            prop_assert!(m.clear_probability.iter().all(|q| (0.0..=1.0).contains(q)));
            prop_assert_eq!(m.soreness.point.len(), ahead.times.len());
            prop_assert_eq!(m.clear_probability.len(), ahead.times.len());
            prop_assert_eq!(m.soreness.intervals.len(), options.levels.len());
        }
    }

    #[test]
    fn a_forecast_is_the_state_advanced(legs in legs(), options in options(), p in parameters()) {
        let ahead = forecast(&legs, &Spread::population(0.1, &p).unwrap(), &options, &p).unwrap();
        for (k, &time) in ahead.times.iter().enumerate() {
            let then = legs.advanced(k as f64 * options.step_h, &p).unwrap();
            prop_assert_eq!(then.time, time);
            for m in Muscle::ALL {
                let f = &ahead.muscles[m];
                prop_assert!(close(f.soreness.point[k], then.muscles[m].soreness(), 1e-12));
                prop_assert!(close(f.strength_loss.point[k], then.muscles[m].strength_loss(&p), 1e-12));
                // The peak is that of the full hours.
                prop_assert!(f.soreness.point[k] <= f.peak.soreness + 0.02);
                // The median is below the threshold exactly where the probability is above one half.
                if (f.soreness.point[k] - options.clear_below).abs() > 1e-9 {
                    prop_assert_eq!(f.soreness.point[k] < options.clear_below, f.clear_probability[k] > 0.5);
                }
                if let Some(at) = f.clear.at {
                    prop_assert!(time < at || f.clear_probability[k] >= 0.5);
                }
                if let Some(at) = f.clear.likely_at {
                    prop_assert!(time < at || f.clear_probability[k] >= options.clear_probability);
                }
            }
        }
        let last = ahead.times.len() - 1;
        for m in Muscle::ALL {
            let f = &ahead.muscles[m];
            // It may also be clear later than the forecast covers.
            prop_assert!(f.clear.at.is_some() || f.clear_probability[last] < 0.5);
            prop_assert_eq!(f.clear.at.is_some(), f.clear.probability.is_some());
            let highest = f.days.iter().fold(0.0_f64, |h, d| h.max(d.soreness));
            prop_assert_eq!(highest, f.soreness.point.iter().fold(0.0_f64, |h, &s| h.max(s)));
        }
    }

    #[test]
    fn more_spread_is_wider(legs in legs(), p in parameters(), error in 0.1..3.0_f64) {
        let options = ForecastOptions { hours: 96.0, step_h: 12.0, ..ForecastOptions::default() };
        let of = |e: f64| forecast(&legs, &Spread::population(e, &p).unwrap(), &options, &p).unwrap();
        let (sure, unsure) = (of(0.0), of(error));
        for m in Muscle::ALL {
            let (a, b) = (&sure.muscles[m], &unsure.muscles[m]);
            prop_assert_eq!(&a.soreness.point, &b.soreness.point);
            for k in 0..sure.times.len() {
                let (x, y) = (&a.soreness.intervals[0], &b.soreness.intervals[0]);
                prop_assert!(y.upper[k] >= x.upper[k] - 1e-12 && y.lower[k] <= x.lower[k] + 1e-12);
                let (x, y) = (&a.strength_loss.intervals[0], &b.strength_loss.intervals[0]);
                prop_assert!(y.upper[k] >= x.upper[k] - 1e-12 && y.lower[k] <= x.lower[k] + 1e-12);
            }
        }
    }

    #[test]
    fn a_shift_of_the_clock_changes_nothing(runs in runs(), habit in habit(), wait in hours(), shift in -1_000_000_000_000_i64..1_000_000_000_000, p in parameters()) {
        let options = ForecastOptions { hours: 60.0, step_h: 7.5, ..ForecastOptions::default() };
        let here = history(&runs, habit, START, &p);
        let mut there = here.clone();
        let moved = |t: Timestamp| Timestamp::from_unix_ms(t.unix_ms() + shift);
        for load in &mut there.loads {
            load.start = moved(load.start);
        }
        let from = end(&here).add_hours(wait);
        if let (Ok(a), Ok(b)) = (here.outlook(from, &options, &p), there.outlook(moved(from), &options, &p)) {
            prop_assert_eq!(timeless(&a, from), timeless(&b, moved(from)));
        }
    }

    #[test]
    fn a_history_is_its_runs_one_by_one(runs in runs(), habit in habit(), wait in 0.0..500.0_f64, p in parameters()) {
        let history = history(&runs, habit, START, &p);
        let from = end(&history).add_hours(wait);
        let whole = history.state_at(from, &p).unwrap();
        let start = history.loads.first().map_or(from, |l| l.start);
        let mut legs = habit.legs(start, &p).unwrap();
        for load in &history.loads {
            legs = legs.after(load, &p).unwrap();
        }
        let last = legs.time;
        legs = legs.advanced_to(from, &p).unwrap();
        prop_assert!(same(&whole, &legs, 1e-9), "{whole:?} {legs:?}");
        // Asked half-way, and then advanced.
        let half = last.add_hours(0.5 * wait).min(from);
        let halfway = history.state_at(half, &p).unwrap().advanced_to(from, &p).unwrap();
        prop_assert!(same(&whole, &halfway, 1e-6));
        // Runs that have not ended yet are not there.
        if let Some(first) = history.loads.first() {
            let early = history.state_at(Timestamp::from_unix_ms(first.start.unix_ms() - 1), &p).unwrap();
            prop_assert!(early.muscles.iter().all(|(_, m)| m.damage == 0.0 && m.soreness_drive() == 0.0));
        }
    }

    #[test]
    fn shares_add_up(runs in runs(), habit in habit(), wait in 0.0..480.0_f64, p in parameters()) {
        let history = history(&runs, habit, START, &p);
        let from = end(&history).add_hours(wait);
        let options = ForecastOptions { hours: 60.0, step_h: 6.0, ..ForecastOptions::default() };
        let outlook = match history.outlook(from, &options, &p) {
            Ok(outlook) => outlook,
            // Only an error of the load can stop it here; see doors.rs.
            Err(_) => return Ok(()),
        };
        prop_assert!(finite(&outlook));
        let sum: f64 = outlook.drivers.iter().map(|d| d.share).sum();
        prop_assert!(sum <= 1.0 + TIMES, "{sum}");
        prop_assert!(outlook.drivers.iter().all(|d| d.share >= 0.0));
        prop_assert!(outlook.drivers.windows(2).all(|w| w[0].share >= w[1].share));
        let recent = history.loads.iter().all(|l| from.hours_since(l.end()) <= 504.0);
        let sore = outlook.forecast.muscles.iter().any(|(_, m)| m.soreness.point.iter().any(|&s| s > 1e-200));
        if recent && sore {
            prop_assert!((sum - 1.0).abs() < TIMES, "{sum}");
            prop_assert_eq!(outlook.drivers.len(), history.loads.len());
        }
        for m in Muscle::ALL {
            for day in 0..outlook.forecast.muscles[m].days.len() {
                let sum: f64 = outlook.drivers.iter().map(|d| d.share_by_day[m][day]).sum();
                prop_assert!(sum <= 1.0 + TIMES, "{m:?} day {day}: {sum}");
            }
        }
    }

    #[test]
    fn any_legal_history_has_an_outlook(runs in runs(), habit in habit(), wait in hours(), runner in runner()) {
        let p = Parameters::default();
        let model = DoseModel::new(&p, &runner).unwrap();
        let history = History { habit, loads: loads(&model, &runs, START) };
        let from = end(&history).add_hours(wait);
        let options = ForecastOptions { hours: 60.0, step_h: 12.0, ..ForecastOptions::default() };
        let outlook = history.outlook(from, &options, &p);
        prop_assert!(outlook.is_ok(), "{:?}", outlook.err());
        prop_assert!(finite(&outlook.unwrap()));
    }
}

#[test]
fn habits_only_protect() {
    let p = Parameters::default();
    use eccentric::damage::Habit;
    let legs = |h: Habit| h.legs(START, &p).unwrap();
    assert_eq!(legs(Habit::None), LegState::rested(START));
    for habit in [Habit::Recreational, Habit::Road, Habit::Trail] {
        for (_, m) in legs(habit).muscles.iter() {
            assert!(
                m.protection > 0.0 && m.damage == 0.0 && m.soreness() == 0.0 && m.fatigue == 0.0
            );
        }
    }
    let quadriceps = |h| legs(h).muscles.quadriceps.protection;
    assert!(quadriceps(Habit::Trail) > quadriceps(Habit::Road));
    assert!(quadriceps(Habit::Trail) > quadriceps(Habit::Recreational));
}

#[test]
fn a_threshold_reached_exactly_is_clear() {
    let p = Parameters::default();
    let mut legs = LegState::rested(START);
    legs.muscles.calves.soreness_at_once = eccentric::soreness::drive_of(1.0);
    let spread = Spread::population(0.0, &p).unwrap();
    let ahead = forecast(&legs, &spread, &ForecastOptions::default(), &p).unwrap();
    assert_eq!(ahead.muscles.calves.clear_probability[0], 0.5);
    assert_eq!(ahead.muscles.calves.clear.at, Some(START));
}

#[test]
fn a_run_counts_when_it_has_ended() {
    let p = Parameters::default();
    let runs = [(0.0, vec![eccentric::activity::Segment::steady(-0.2, 3.0, 3600.0)])];
    let history = history(&runs, eccentric::damage::Habit::Trail, START, &p);
    let within = history.state_at(START.add_hours(0.75), &p).unwrap();
    assert!(within.muscles.iter().all(|(_, m)| m.damage == 0.0));
    let ended = history.state_at(START.add_hours(1.0), &p).unwrap();
    assert!(ended.muscles.iter().all(|(_, m)| m.damage > 0.0));
    let options = ForecastOptions::default();
    let ahead = history.outlook(START.add_hours(0.75), &options, &p).unwrap();
    assert!(ahead.drivers.is_empty());
    assert_eq!(ahead.forecast.muscles.quadriceps.peak.soreness, 0.0);
}
