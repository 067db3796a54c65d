//! The weeks before a race: which descents bring the most protection to its start.

use alloc::vec::Vec;

use super::calendar::Day;
use super::descent::{Descent, Workout};
use super::guard::Tightest;
use super::rules::Rule;
use super::search::{self, Found, follow};
use super::trial::{DayState, Slot, Trial};
use super::walker::Outcome;
use crate::bounds;
use crate::error::{Error, Result};
use crate::forecast::History;
use crate::load::{DoseModel, EccentricLoad};
use crate::params::fixed::BUILD_UP;
use crate::person::Profile;
use crate::units::Timestamp;

/// A descent that has been run.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct DoneDescent {
    /// Start of the run.
    pub start: Timestamp,
    /// Metres of descent steeper than 5 %.
    pub descent_m: f64,
}

/// What a plan has to keep.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct PlanOptions {
    /// Every day before race day, in order, 20 to 28 hours apart, at most 200.
    pub days: Vec<Day>,
    /// The descent that is trained on.
    pub descent: Descent,
    /// A short and steep descent that may be trained on instead, if there is one; the plan takes the better.
    pub steep: Option<Descent>,
    /// Soreness below which every muscle group shall stay on the way, 0 to 10.
    pub soreness_below: f64,
    /// Probability with which it shall.
    pub probability: f64,
    /// Soreness below which the legs are clear at the start of the race.
    pub clear_below: f64,
    /// Probability with which they shall be.
    pub clear_probability: f64,
    /// Most points of descent sessions in any seven days, if there is such a cap.
    pub week_points: Option<f64>,
    /// Metres of descent of a session relative to the largest one of the 30 days before, at most.
    pub build_up: f64,
    /// Descents of the past, for the build-up.
    pub done: Vec<DoneDescent>,
}

impl PlanOptions {
    /// A middling descent or a short and steep one on any of these days: soreness below 4 (mild, see
    /// [`TodayOptions::from`](super::TodayOptions::from)) with 80 % on the way, below 1 with 90 %
    /// at the start, no weekly cap, sessions up to 1.3 times the largest before.
    pub fn on(days: Vec<Day>) -> Self {
        Self {
            days,
            descent: Descent::default(),
            steep: Some(Descent::STEEP),
            soreness_below: 4.0,
            probability: 0.8,
            clear_below: 1.0,
            clear_probability: 0.9,
            week_points: None,
            build_up: BUILD_UP,
            done: Vec::new(),
        }
    }

    fn check(&self, race: Timestamp) -> Result<()> {
        self.descent.check()?;
        if let Some(steep) = &self.steep {
            steep.check()?;
        }
        bounds::SORENESS.check(self.soreness_below)?;
        bounds::PROBABILITY.check(self.probability)?;
        bounds::SORENESS.check(self.clear_below)?;
        bounds::PROBABILITY.check(self.clear_probability)?;
        if let Some(points) = self.week_points {
            bounds::SESSION_POINTS.check(points)?;
        }
        bounds::BUILD_UP.check(self.build_up)?;
        for (index, done) in self.done.iter().enumerate() {
            bounds::LOAD.check_at(done.descent_m, index)?;
        }
        bounds::PLAN_DAYS.check(self.days.len() as f64)?;
        for (index, day) in self.days.iter().enumerate() {
            let next = self.days.get(index + 1).map(|day| day.start);
            let hours = next.unwrap_or(race).hours_since(day.start);
            let bound = if next.is_some() { bounds::DAY_HOURS } else { bounds::LAST_DAY_HOURS };
            bound.check_at(hours, index)?;
            if let Some(usual) = &day.usual {
                usual.check()?;
                if usual.end().hours_since(usual.start) > hours {
                    return Err(Error::HistoryOrder { index: index + 1 });
                }
            }
        }
        Ok(())
    }
}

/// A planned session.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Session {
    /// When it starts.
    pub start: Timestamp,
    /// Its dose.
    pub points: f64,
    /// The descent it is run on.
    pub descent: Descent,
    /// What the dose is on this descent.
    pub workout: Workout,
}

/// A schedule and what it leads to.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Schedule {
    /// The sessions in order of time.
    pub sessions: Vec<Session>,
    /// What the plan minimises: the mean of the highest soreness of the quadriceps after the race over 16
    /// persons that stand for what is known of the runner and run the race in 12 stretches, and 0.03 for every
    /// 100 points of training.
    pub objective: f64,
    /// Highest soreness of the quadriceps after the race, 0 to 10, mean over 64 such persons.
    pub soreness_peak: f64,
    /// The same, the persons at 10 and 90 %.
    pub soreness_peak_80: [f64; 2],
    /// Loss of strength of the quadriceps at the finish, mean over 64 such persons.
    pub strength_loss: f64,
    /// The same, the persons at 10 and 90 %.
    pub strength_loss_80: [f64; 2],
    /// Share of the 64 persons who are no sorer after the race with the plan than with this schedule, to 0.02
    /// of 10.
    pub plan_as_good: f64,
    /// Part of the soreness of the quadriceps after the reference bout that protection takes away at the start
    /// of the race.
    pub protection: f64,
    /// Where soreness comes closest to the level on the way, among the muscle groups and days that the usual
    /// running alone keeps below it.
    pub on_the_way: Tightest,
    /// The muscle group least likely to be clear at the start of the race, among those that the usual
    /// running alone lets be clear.
    pub race_day: Tightest,
    /// Every day.
    pub days: Vec<DayState>,
    /// Where soreness comes closest among the muscle groups and days that the usual running alone makes sorer.
    pub beyond_on_the_way: Option<Tightest>,
    /// The same among the muscle groups that the usual running alone does not let be clear.
    pub beyond_race_day: Option<Tightest>,
}

/// A plan, and the published rules as alternatives.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Plan {
    /// The best schedule that was found.
    pub best: Schedule,
    /// Every published rule, followed as far as the options let it.
    pub alternatives: Vec<(Rule, Schedule)>,
}

/// Pairs of persons over which a schedule is judged.
const JUDGED_PAIRS: usize = 32;
/// Soreness up to which two schedules are as good as each other.
const AS_GOOD: f64 = 0.02;

/// Plans the descents before a race.
///
/// The schedule minimises the expected soreness of the quadriceps at its highest after the race, over a set of
/// persons that stands for what is known of the runner, plus a small price of the points. It keeps, on
/// the model of [`crate::forecast`]: soreness of every muscle group below a level with a probability on
/// every day, clear legs at the start, free days only, two easy days after every session, the cap of a week
/// and the build-up. Where the usual running alone makes a muscle group sorer than asked, the plan adds no
/// more than what is just noticed. The search walks downhill in
/// small moves from every published rule made feasible, so it is never worse than any of them.
///
/// ```
/// use eccentric::{forecast::History, load::{DoseModel, Runner}, params::Parameters, person};
/// use eccentric::plan::{Day, Descent, PlanOptions, plan};
/// use eccentric::{damage::Habit, Timestamp};
/// let p = Parameters::default();
/// let model = DoseModel::new(&p, &Runner::default())?;
/// let start = Timestamp::from_unix_s(1_780_000_000);
/// let days = (0..28).map(|k| {
///     Day { start: start.add_hours(24.0 * f64::from(k)), free: k != 14, usual: None }
/// });
/// let race = Descent::default().load(start.add_hours(24.0 * 28.0), 300.0, &model)?;
/// let history = History { habit: Habit::Recreational, loads: vec![] };
/// let options = PlanOptions::on(days.collect());
/// let plan = plan(&history, &person::prior(&p), &model, &race, &options)?;
/// let (_, nothing) = &plan.alternatives[0];
/// assert!(plan.best.soreness_peak < 0.8 * nothing.soreness_peak);
/// assert!(plan.best.race_day.probability >= 0.9 && plan.best.on_the_way.probability >= 0.8);
/// # Ok::<(), eccentric::Error>(())
/// ```
///
/// # Errors
/// [`Error::OutOfRange`] for impossible options, profile or race, [`Error::HistoryOrder`] for runs
/// that overlap, [`Error::BackInTime`] if the history reaches beyond the first day.
pub fn plan(
    history: &History,
    profile: &Profile,
    model: &DoseModel,
    race: &EccentricLoad,
    options: &PlanOptions,
) -> Result<Plan> {
    options.check(race.start)?;
    profile.check()?;
    let profile = &profile.at(race.start);
    race.check()?;
    let own = profile.person.parameters(model.parameters());
    let steep = options.steep.map(|descent| PlanOptions { descent, ..options.clone() });
    let mut best: Option<(usize, Found)> = None;
    let mut trials = Vec::new();
    for (k, options) in core::iter::once(options).chain(&steep).enumerate() {
        let trial = Trial::new(history, profile, &own, model, race, options)?;
        let rules = Rule::ALL.into_iter().filter(|rule| rule.is_steep() == (k == 1));
        let mut found = Vec::new();
        for rule in rules {
            found.push(follow(rule, &trial)?);
        }
        let here = search::best(&found, &trial)?;
        if best.as_ref().is_none_or(|(_, best)| here.objective < best.objective) {
            best = Some((k, here));
        }
        trials.push((trial, found));
    }
    judged(&trials, best, history, profile, model)
}

/// The best schedule and the rules, judged by the same persons.
fn judged(
    trials: &[(Trial<'_>, Vec<Found>)],
    best: Option<(usize, Found)>,
    history: &History,
    profile: &Profile,
    model: &DoseModel,
) -> Result<Plan> {
    let p = model.parameters();
    let nothing = || Found { slots: Vec::new(), objective: f64::INFINITY };
    let (of_best, best) = best.unwrap_or_else(|| (0, nothing()));
    // The persons and their race are the same on every descent.
    let judges = trials[0].0.walkers(history, profile, p, (JUDGED_PAIRS, usize::MAX))?;
    let outcomes = trials[of_best].0.outcomes(&judges, &best.slots);
    let judge = |found: &Found, trial: &Trial<'_>| {
        let others = trial.outcomes(&judges, &found.slots);
        schedule(found, (&outcomes, &others), trial, model)
    };
    let mut alternatives = Vec::new();
    for (k, (trial, found)) in trials.iter().enumerate() {
        let rules = Rule::ALL.into_iter().filter(|rule| rule.is_steep() == (k == 1));
        for (rule, found) in rules.zip(found) {
            alternatives.push((rule, judge(found, trial)?));
        }
    }
    Ok(Plan { best: judge(&best, &trials[of_best].0)?, alternatives })
}

/// Mean of a value over some persons, and the persons at 10 and 90 %.
fn middle(outcomes: &[Outcome], of: impl Fn(&Outcome) -> f64) -> (f64, [f64; 2]) {
    let mut values: Vec<f64> = outcomes.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let at = |share: f64| values[(share * (n - 1.0) + 0.5) as usize];
    (values.iter().sum::<f64>() / n, [at(0.1), at(0.9)])
}

fn schedule(
    found: &Found,
    (best, outcomes): (&[Outcome], &[Outcome]),
    trial: &Trial<'_>,
    model: &DoseModel,
) -> Result<Schedule> {
    let way = trial.way(&found.slots)?;
    let as_good = best.iter().zip(outcomes);
    let as_good =
        as_good.filter(|(best, other)| best.soreness_peak <= other.soreness_peak + AS_GOOD);
    let plan_as_good = as_good.count() as f64 / outcomes.len() as f64;
    let (soreness_peak, soreness_peak_80) = middle(outcomes, |outcome| outcome.soreness_peak);
    let (strength_loss, strength_loss_80) = middle(outcomes, |outcome| outcome.strength_loss);
    let session = |&(day, size): &Slot| {
        let (descent, points) = (trial.options.descent, trial.points(size));
        let workout = descent.workout(points, model)?;
        Ok(Session { start: trial.options.days[day].start, points, descent, workout })
    };
    Ok(Schedule {
        sessions: found.slots.iter().map(session).collect::<Result<_>>()?,
        objective: found.objective,
        soreness_peak,
        soreness_peak_80,
        strength_loss,
        strength_loss_80,
        plan_as_good,
        protection: trial.protection(&way.legs),
        on_the_way: way.tightest,
        race_day: way.race_day,
        days: way.days,
        beyond_on_the_way: way.usual,
        beyond_race_day: way.usual_race_day,
    })
}
