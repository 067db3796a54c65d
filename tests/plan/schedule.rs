//! The weeks before a race: constraints, the rules, what a wish costs.

use eccentric::activity::Segment;
use eccentric::damage::{Habit, LegState};
use eccentric::forecast::{ForecastOptions, History};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::person::prior;
use eccentric::plan::{
    Day, Descent, DoneDescent, Plan, PlanOptions, Rule, Schedule, habit_week, plan, usual_week,
};
use eccentric::{Muscle, Timestamp};
use proptest::prelude::*;

use crate::generators::{START, config, habit};

fn model() -> DoseModel {
    DoseModel::new(&Parameters::default(), &Runner::default()).unwrap()
}

fn easy(minutes: f64) -> EccentricLoad {
    model().load(START, &[Segment::steady(0.0, 2.9, 60.0 * minutes)]).unwrap()
}

fn at_day(day: usize) -> Timestamp {
    START.add_hours(24.0 * day as f64)
}

/// Days with an easy run on every third one.
fn days(count: usize, usual: bool) -> Vec<Day> {
    let day = |k: usize| Day {
        start: at_day(k),
        free: true,
        usual: (usual && k.is_multiple_of(3) && k + 3 < count).then(|| easy(30.0)),
    };
    (0..count).map(day).collect()
}

fn race(days: usize, points: f64) -> EccentricLoad {
    Descent::default().load(at_day(days).add_hours(-10.0), points, &model()).unwrap()
}

fn planned(habit: Habit, points: f64, options: &PlanOptions) -> Plan {
    let history = History { habit, loads: Vec::new() };
    let profile = prior(&Parameters::default());
    let race = race(options.days.len(), points);
    plan(&history, &profile, &model(), &race, options).unwrap()
}

/// The legs through a schedule: the states from which each stretch without running begins, and its end.
fn stretches(
    habit: Habit,
    options: &PlanOptions,
    schedule: &Schedule,
) -> Vec<(LegState, Timestamp)> {
    let p = Parameters::default();
    let mut legs = habit.legs(options.days[0].start, &p).unwrap();
    let end = race(options.days.len(), 100.0).start;
    let mut out = Vec::new();
    for (k, day) in options.days.iter().enumerate() {
        let session = schedule.sessions.iter().find(|session| session.start == day.start);
        if let Some(session) = session {
            let load = session.descent.load(day.start, session.points, &model()).unwrap();
            legs = legs.after(&load, &p).unwrap();
        }
        // A session takes the place of a usual run with fewer points.
        let goes_on =
            |usual: &&EccentricLoad| session.is_none_or(|s| s.points < usual.points_total);
        if let Some(usual) = day.usual.as_ref().filter(goes_on) {
            let start = legs.time.max(day.start);
            legs = legs.after(&EccentricLoad { start, ..usual.clone() }, &p).unwrap();
        }
        let until = options.days.get(k + 1).map_or(end, |next| next.start);
        out.push((legs, until));
    }
    out
}

/// Lowest probability and highest median of soreness of a muscle group in a stretch, by the forecast.
fn soreness(legs: &LegState, until: Timestamp, muscle: Muscle, below: f64) -> (f64, f64) {
    let hours = until.hours_since(legs.time).max(0.5);
    let options =
        ForecastOptions { hours, step_h: 0.5, clear_below: below, ..ForecastOptions::default() };
    let ahead = legs.forecast(&options, &Parameters::default()).unwrap();
    let ahead = &ahead.muscles[muscle];
    let lowest = ahead.clear_probability.iter().copied().fold(1.0, f64::min);
    (lowest, ahead.soreness.point.iter().copied().fold(0.0, f64::max))
}

/// What must hold of every schedule of a plan.
fn check(habit: Habit, options: &PlanOptions, schedule: &Schedule) -> Result<(), TestCaseError> {
    let usual = Schedule { sessions: Vec::new(), ..schedule.clone() };
    let ways = (stretches(habit, options, schedule), stretches(habit, options, &usual));
    for ((legs, until), (alone, _)) in ways.0.iter().zip(&ways.1) {
        for muscle in Muscle::ALL {
            let (probability, median) = soreness(legs, *until, muscle, options.soreness_below);
            let (of_usual, usual_median) = soreness(alone, *until, muscle, options.soreness_below);
            // The plan looks every three hours, this test every half an hour.
            let kept = probability >= options.probability - 0.003;
            let added = of_usual < options.probability + 0.003 && median <= usual_median + 1.21;
            prop_assert!(
                kept || added,
                "{muscle} {until:?}: {probability} {median} {usual_median}"
            );
        }
    }
    if let ((Some((legs, end)), _), (Some((alone, _)), _)) =
        ((ways.0.last(), 0), (ways.1.last(), 0))
    {
        let at_start = |legs: &LegState, muscle| {
            let legs = legs.advanced_to(*end, &Parameters::default()).unwrap();
            soreness(&legs, *end, muscle, options.clear_below).0
        };
        for muscle in Muscle::ALL {
            let wanted = options.clear_probability.min(at_start(alone, muscle) - 0.01);
            prop_assert!(at_start(legs, muscle) >= wanted - 1e-3, "{muscle} at the start");
        }
    }
    let sessions = &schedule.sessions;
    for (k, session) in sessions.iter().enumerate() {
        let day = options.days.iter().find(|day| day.start == session.start);
        prop_assert!(day.is_some_and(|day| day.free), "a session on a blocked day");
        let hours = |start: Timestamp| session.start.hours_since(start);
        prop_assert!(sessions[..k].iter().all(|other| hours(other.start) > 71.0), "too close");
        let week: f64 =
            sessions[..=k].iter().filter(|s| hours(s.start) < 167.0).map(|s| s.points).sum();
        prop_assert!(options.week_points.is_none_or(|cap| week <= cap + 1e-6), "{week} in a week");
        let lately = |start: Timestamp| hours(start) > 0.0 && hours(start) <= 720.0;
        let before = sessions[..k].iter().map(|s| (s.start, s.workout.descent_m));
        let done = options.done.iter().map(|done| (done.start, done.descent_m));
        let largest =
            before.chain(done).filter(|run| lately(run.0)).map(|run| run.1).fold(0.0, f64::max);
        let most = (options.build_up * largest).max(200.0);
        prop_assert!(
            session.workout.descent_m <= most + 1e-6,
            "{} after {largest}",
            session.workout.descent_m
        );
    }
    Ok(())
}

fn options() -> impl Strategy<Value = (PlanOptions, bool)> {
    let blocked = prop::collection::vec(prop::bool::weighted(0.3), 40);
    let limits = (2.5..7.0, 0.5..0.95, prop::option::weighted(0.4, 20.0..150.0), 1.0..2.5);
    let done = prop::option::of((1.0..900.0_f64, 50.0..1500.0));
    (8..34_usize, blocked, limits, done, any::<bool>()).prop_map(
        |(count, blocked, (soreness_below, probability, week_points, build_up), done, usual)| {
            let mut days = days(count, usual);
            for (day, blocked) in days.iter_mut().zip(blocked) {
                day.free = !blocked;
            }
            let run = |(hours, descent_m): (f64, f64)| DoneDescent {
                start: START.add_hours(-hours),
                descent_m,
            };
            let done = done.map(run).into_iter().collect();
            let base = PlanOptions::on(days);
            (
                PlanOptions { soreness_below, probability, week_points, build_up, done, ..base },
                usual,
            )
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 10 } else { 60 }, ..config() })]

    /// No schedule breaks a constraint, and the plan is at least as good as every rule.
    #[test]
    fn a_plan_keeps_what_it_was_asked_for((options, _) in options(), habit in habit(), points in 100.0..600.0) {
        let plan = planned(habit, points, &options);
        check(habit, &options, &plan.best)?;
        for (rule, schedule) in &plan.alternatives {
            check(habit, &options, schedule)?;
            prop_assert!(plan.best.objective <= schedule.objective + 1e-12, "{}", rule.name());
        }
        let again = planned(habit, points, &options);
        prop_assert!(again == plan, "the same question has the same answer");
    }

    /// More soreness allowed is never worse, but for what the search may miss.
    #[test]
    fn more_soreness_is_never_worse(
        (options, _) in options(),
        habit in habit(),
        more in 0.1..3.0,
    ) {
        let looser = PlanOptions { soreness_below: options.soreness_below + more, ..options.clone() };
        let (here, there) = (planned(habit, 300.0, &options), planned(habit, 300.0, &looser));
        let worse = there.best.objective - here.best.objective;
        prop_assert!(worse <= 5.0e-4, "{worse}");
    }
}

#[test]
fn an_unprepared_runner_gains_and_arrives_clear() {
    let options = PlanOptions::on(days(35, false));
    let plan = planned(Habit::None, 400.0, &options);
    let (rule, nothing) = &plan.alternatives[0];
    assert_eq!((*rule, nothing.sessions.len()), (Rule::Nothing, 0));
    assert!(nothing.protection < 0.01 && plan.best.protection > 0.6);
    assert!(plan.best.strength_loss < 0.9 * nothing.strength_loss);
    assert!(plan.best.race_day.probability >= 0.9 && plan.best.on_the_way.probability >= 0.8);
    let [low, high] = plan.best.strength_loss_80;
    assert!(low < plan.best.strength_loss && plan.best.strength_loss < high);
    assert!(plan.best.sessions.iter().all(|s| s.start < at_day(33)));
    assert_eq!(plan.best.plan_as_good, 1.0);
    assert_eq!(plan.alternatives.len(), Rule::ALL.len());
}

#[test]
fn blocked_days_stay_empty() {
    let mut options = PlanOptions::on(days(30, true));
    options.days.iter_mut().for_each(|day| day.free = false);
    let plan = planned(Habit::None, 300.0, &options);
    assert!(plan.best.sessions.is_empty());
    assert!(plan.alternatives.iter().all(|(_, schedule)| schedule.sessions.is_empty()));
    options.days[20].free = true;
    let plan = planned(Habit::None, 300.0, &options);
    assert_eq!(plan.best.sessions.iter().map(|s| s.start).collect::<Vec<_>>(), [at_day(20)]);
}

/// Three easy runs a week on three weekdays come back as the usual week, dose by dose.
#[test]
fn the_usual_week_is_that_of_the_runs() {
    let midnight = at_day(28);
    let on = |day: usize, minutes: f64| EccentricLoad {
        start: at_day(day).add_hours(9.0),
        ..easy(minutes)
    };
    // Weekdays 1 and 3 every week, weekday 6 every other week.
    let mut runs = Vec::new();
    for week in 0..4 {
        runs.push(on(7 * week + 1, 30.0));
        runs.push(on(7 * week + 3, 60.0));
        if week % 2 == 0 {
            runs.push(on(7 * week + 6, 40.0));
        }
    }
    let week = usual_week(&runs, midnight);
    let points = |day: usize| week[day].as_ref().map_or(0.0, |run| run.points_total);
    let expected = [0.0, 30.0, 0.0, 60.0, 0.0, 0.0, 20.0].map(|minutes| easy(minutes).points_total);
    for (day, expected) in expected.into_iter().enumerate() {
        assert!((points(day) - expected).abs() < 1e-9, "{day}: {} {expected}", points(day));
    }
    let run = week[3].as_ref().unwrap();
    assert!((run.end().hours_since(run.start) - 1.0).abs() < 1e-6 && run.check().is_ok());
    assert!(usual_week(&[], midnight).iter().all(Option::is_none));
    assert!(usual_week(&runs[..1], at_day(2)).iter().all(Option::is_none), "two days are no week");
    let road = habit_week(Habit::Road, &model()).unwrap();
    let whole: f64 = road.iter().flatten().map(|run| run.points_total).sum();
    assert!((whole - model().load(START, &Habit::Road.week()).unwrap().points_total).abs() < 1e-6);
    assert!(habit_week(Habit::None, &model()).unwrap().iter().all(Option::is_none));
}

#[test]
fn what_is_impossible_is_refused() {
    let good = PlanOptions::on(days(20, true));
    let model = model();
    let profile = prior(&Parameters::default());
    let history = History { habit: Habit::Road, loads: Vec::new() };
    let refused = |options: &PlanOptions, race: &EccentricLoad| {
        plan(&history, &profile, &model, race, options).unwrap_err().to_string()
    };
    let race = race(20, 300.0);
    let long = Day { usual: Some(easy(25.0 * 60.0)), ..good.days[3].clone() };
    let mut gap = good.clone();
    gap.days.remove(5);
    let mut overlong = good.clone();
    overlong.days[3] = long;
    for (bad, named) in [
        (PlanOptions { days: Vec::new(), ..good.clone() }, "days before the race is 0"),
        (PlanOptions { days: days(201, false), ..good.clone() }, "days before the race is 201"),
        (gap, "time to the next day at index 4 is 48"),
        (overlong, "run 4 of the history starts before"),
        (PlanOptions { build_up: 0.5, ..good.clone() }, "build-up is 0.5"),
        (
            PlanOptions { week_points: Some(f64::NAN), ..good.clone() },
            "points of the session is NaN",
        ),
        (PlanOptions { probability: 0.0, ..good.clone() }, "probability is 0"),
        (PlanOptions { clear_below: -1.0, ..good.clone() }, "soreness is -1"),
        (
            PlanOptions { descent: Descent { grade: 0.0, speed_m_s: 3.0 }, ..good.clone() },
            "grade of the descent",
        ),
    ] {
        let error = refused(&bad, &race);
        assert!(error.contains(named), "{error}");
    }
    let early = EccentricLoad { start: at_day(10), ..race.clone() };
    assert!(refused(&good, &early).contains("time from the last day to the race"));
    let broken = EccentricLoad { points_total: f64::NAN, ..race };
    assert!(refused(&good, &broken).contains("load is NaN"));
}
