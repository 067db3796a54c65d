//! Tries a schedule: does it keep the rules, and what does it leave of the legs at the finish.

use alloc::vec;
use alloc::vec::Vec;

use super::calendar::{Day, runs_of};
use super::descent::Descent;
use super::guard::{Guard, Tightest};
use super::schedule::PlanOptions;
use super::walker::{Outcome, Walker};
use crate::damage::{DamageModel, LegState, MuscleState};
use crate::error::Result;
use crate::forecast::History;
use crate::load::{DoseModel, EccentricLoad};
use crate::params::Parameters;
use crate::params::fixed::{
    BUILD_UP_DAYS, EASY_DAYS_AFTER, FIRST_DESCENT_M, LONGEST_SESSION_H, NOTICED_SORENESS,
    POINTS_WORTH,
};
use crate::person::Profile;
use crate::units::{Muscle, PerMuscle, Timestamp};

/// Sizes of sessions in metres of descent: the preferred numbers of ISO 3, R20, rounded for people.
pub(super) const SIZES_M: [f64; 37] = [
    50.0, 60.0, 70.0, 80.0, 90.0, 100.0, 110.0, 125.0, 140.0, 160.0, 180.0, 200.0, 225.0, 250.0,
    280.0, 320.0, 360.0, 400.0, 450.0, 500.0, 560.0, 630.0, 700.0, 800.0, 900.0, 1000.0, 1100.0,
    1250.0, 1400.0, 1600.0, 1800.0, 2000.0, 2250.0, 2500.0, 2800.0, 3200.0, 3600.0,
];

/// A session of a schedule: index of the day and of the size.
pub(super) type Slot = (usize, usize);

/// Hours between two looks at the soreness of a schedule.
const STEP_H: f64 = 3.0;
/// What a plan may take from the probability of clear legs that the usual running alone denies.
const CLEAR_SLACK: f64 = 0.01;
/// Persons that sort the moves.
const SKETCHED: usize = 2;
/// Pairs of persons over which the search averages.
const SEARCH_PAIRS: usize = 8;
/// Stretches, at most, in which these persons run the race.
const SEARCH_STRETCHES: usize = 12;

/// The legs at the start of the day after, and where each muscle group came closest to the level until then.
type AfterDay = (LegState, PerMuscle<Tightest>);

/// Everything that stays the same from one schedule to the next.
pub(super) struct Trial<'a> {
    pub options: &'a PlanOptions,
    pub race: &'a EccentricLoad,
    /// A session of each size, starting at time zero, and its points.
    sessions: Vec<EccentricLoad>,
    own: DamageModel,
    legs: LegState,
    way: Guard<'a>,
    clear: Guard<'a>,
    walkers: Vec<Walker>,
    /// What the usual running alone does on each day and on race day.
    usual: Vec<PerMuscle<Tightest>>,
    usual_race_day: PerMuscle<Tightest>,
}

/// What a schedule does on the way, by the expected person: the muscle groups and days that the usual
/// running alone keeps below the level, and those that it does not.
pub(super) struct Way {
    pub tightest: Tightest,
    pub race_day: Tightest,
    pub usual: Option<Tightest>,
    pub usual_race_day: Option<Tightest>,
    pub days: Vec<DayState>,
    /// The legs at the start of the race.
    pub legs: LegState,
}

/// One day of a schedule, by the expected person.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct DayState {
    /// Start of the day's session.
    pub start: Timestamp,
    /// Highest median soreness of any muscle group until the next day's start, 0 to 10.
    pub soreness: f64,
    /// Part of the soreness of the quadriceps after the reference bout that protection takes away at the next
    /// day's start.
    pub protection: f64,
}

impl<'a> Trial<'a> {
    pub fn new(
        history: &History,
        profile: &'a Profile,
        own: &'a Parameters,
        model: &DoseModel,
        race: &'a EccentricLoad,
        options: &'a PlanOptions,
    ) -> Result<Self> {
        let p = model.parameters();
        let start = options.days.first().map_or(race.start, |day| day.start);
        let span = race.start.hours_since(start);
        let guard = |below, probability| {
            Guard::new(below, probability, (STEP_H, span + STEP_H), profile, own)
        };
        let sessions = sizes(&options.descent, model)?;
        let mut trial = Self {
            options,
            race,
            sessions,
            own: DamageModel::new(own),
            legs: history.state_of(&profile.person, start, p)?,
            way: guard(options.soreness_below, options.probability)?,
            clear: guard(options.clear_below, options.clear_probability)?,
            walkers: Vec::new(),
            usual: Vec::new(),
            usual_race_day: PerMuscle::from_fn(|muscle| Tightest::none(race.start, muscle)),
        };
        trial.walkers = trial.walkers(history, profile, p, (SEARCH_PAIRS, SEARCH_STRETCHES))?;
        let (usual, race_day) = trial.days(&[])?;
        trial.usual = usual.into_iter().map(|day| day.1).collect();
        trial.usual_race_day = race_day;
        Ok(trial)
    }

    /// The persons that stand for the profile, each with its own legs from the whole history.
    pub fn walkers(
        &self,
        history: &History,
        profile: &Profile,
        p: &Parameters,
        (pairs, stretches): (usize, usize),
    ) -> Result<Vec<Walker>> {
        let start = self.legs.time;
        let one = |person: &crate::person::Person| {
            let legs = history.state_of(person, start, p)?;
            Ok(Walker::new(&legs, person.parameters(p), self.options, (self.race, stretches)))
        };
        profile.persons(pairs).iter().map(one).collect()
    }

    pub fn points(&self, size: usize) -> f64 {
        self.sessions[size].points_total
    }

    /// Number of sizes that can be run in one session.
    pub fn sizes(&self) -> usize {
        self.sessions.len()
    }

    /// What holds for every schedule that begins as this one does.
    pub fn prefix(&self, slots: &[Slot]) -> Result<Prefix> {
        let mut legs = vec![self.legs];
        for day in 0..self.options.days.len() {
            legs.push(self.day(&legs[day], slots, day)?.0);
        }
        let walk = |walker: &Walker| walker.days_of(slots, &self.sessions);
        Ok(Prefix {
            slots: slots.to_vec(),
            legs,
            quadriceps: self.walkers.iter().map(walk).collect(),
        })
    }

    /// Mean of the highest soreness of the quadriceps after the race, and what the points are held to be worth.
    pub fn objective(&self, slots: &[Slot], prefix: &Prefix) -> f64 {
        self.mean(&self.walkers, slots, prefix)
    }

    /// The same from the first few persons only.
    pub fn sketch(&self, slots: &[Slot], prefix: &Prefix) -> f64 {
        self.mean(&self.walkers[..SKETCHED.min(self.walkers.len())], slots, prefix)
    }

    fn mean(&self, walkers: &[Walker], slots: &[Slot], prefix: &Prefix) -> f64 {
        let points: f64 = slots.iter().map(|&(_, size)| self.points(size)).sum();
        let from = prefix.shared(slots);
        let peak = |(walker, days): (&Walker, &Vec<MuscleState>)| {
            walker.outcome_from((from, &days[from]), slots, &self.sessions).soreness_peak
        };
        let peaks: f64 = walkers.iter().zip(&prefix.quadriceps).map(peak).sum();
        peaks / walkers.len() as f64 + 0.01 * POINTS_WORTH * points
    }

    /// What the race does to the quadriceps of each of some persons.
    pub fn outcomes(&self, walkers: &[Walker], slots: &[Slot]) -> Vec<Outcome> {
        walkers.iter().map(|walker| walker.outcome(slots, &self.sessions)).collect()
    }

    /// Whether a schedule keeps every rule.
    pub fn keeps_rules(&self, slots: &[Slot], prefix: &Prefix) -> Result<bool> {
        Ok(self.keeps_calendar(slots) && self.keeps_soreness(slots, prefix)?)
    }

    /// Free days, easy days in between, the cap of any seven days, and the build-up.
    pub fn keeps_calendar(&self, slots: &[Slot]) -> bool {
        let days = &self.options.days;
        let gap = 1 + EASY_DAYS_AFTER as usize;
        let apart = slots.windows(2).all(|pair| pair[1].0 >= pair[0].0 + gap);
        let last = slots.last().is_none_or(|&(day, _)| day + gap <= days.len());
        apart
            && last
            && slots.iter().enumerate().all(|(k, &(day, size))| {
                days[day].free
                    && size <= self.largest_size(&slots[..k], day)
                    && self.keeps_week(&slots[..=k])
            })
    }

    /// Whether the seven days that end with the last session keep the cap.
    fn keeps_week(&self, slots: &[Slot]) -> bool {
        let last = slots.last().map_or(0, |slot| slot.0);
        let week = slots.iter().filter(|slot| slot.0 + 7 > last);
        let points: f64 = week.map(|slot| self.points(slot.1)).sum();
        self.options.week_points.is_none_or(|most| points <= most + 1.0e-9)
    }

    /// The largest size that the build-up allows on a day after some sessions.
    pub fn largest_size(&self, before: &[Slot], day: usize) -> usize {
        let start = self.options.days[day].start;
        let lately = |time: Timestamp| {
            let hours = start.hours_since(time);
            hours > 0.0 && hours <= 24.0 * BUILD_UP_DAYS
        };
        let done =
            self.options.done.iter().filter(|done| lately(done.start)).map(|done| done.descent_m);
        let planned = before
            .iter()
            .filter(|slot| lately(self.options.days[slot.0].start))
            .map(|slot| SIZES_M[slot.1]);
        let largest = done.chain(planned).fold(0.0, f64::max);
        let most = FIRST_DESCENT_M.max(self.options.build_up * largest) + 1.0e-9;
        SIZES_M[..self.sizes()].iter().rposition(|&size| size <= most).unwrap_or(0)
    }

    /// On no day, and not on race day, sorer than asked for; where the usual running alone is sorer
    /// already, hardly sorer than that.
    fn keeps_soreness(&self, slots: &[Slot], prefix: &Prefix) -> Result<bool> {
        let from = prefix.shared(slots);
        let mut legs = prefix.legs[from];
        for day in from..self.options.days.len() {
            let (next, closest) = self.day(&legs, slots, day)?;
            let kept = closest.iter().all(|(muscle, here)| {
                let usual = &self.usual[day][muscle];
                let hardly = here.soreness <= usual.soreness + NOTICED_SORENESS;
                self.way.holds(here) || (hardly && !self.way.holds(usual))
            });
            if !kept {
                return Ok(false);
            }
            legs = next;
        }
        let race_day = self.clear.closest(&legs, self.race.start)?;
        Ok(race_day.iter().all(|(muscle, here)| {
            let usual = self.usual_race_day[muscle].probability;
            self.clear.holds(here) || here.probability >= usual - CLEAR_SLACK
        }))
    }

    /// The legs at the start of the next day, and where each muscle group comes closest to the level until
    /// then.
    fn day(&self, legs: &LegState, slots: &[Slot], day: usize) -> Result<AfterDay> {
        let Day { start, usual, .. } = &self.options.days[day];
        let until = self.options.days.get(day + 1).map_or(self.race.start, |next| next.start);
        let mut legs = legs.moved_to(*start, &self.own.p)?;
        let session = slots.iter().find(|slot| slot.0 == day).map(|slot| &self.sessions[slot.1]);
        for run in runs_of(session, usual.as_ref()) {
            legs =
                legs.having_run(&EccentricLoad { start: legs.time, ..run.clone() }, &self.own)?;
        }
        let closest = self.way.closest(&legs, until)?;
        Ok((legs.moved_to(until.max(legs.time), &self.own.p)?, closest))
    }

    /// Each day: the legs at the next one's start, and where each muscle group comes closest to the level;
    /// and where it does on race day.
    fn days(&self, slots: &[Slot]) -> Result<(Vec<AfterDay>, PerMuscle<Tightest>)> {
        let mut days: Vec<AfterDay> = Vec::with_capacity(self.options.days.len());
        for day in 0..self.options.days.len() {
            let legs = days.last().map_or(self.legs, |before| before.0);
            days.push(self.day(&legs, slots, day)?);
        }
        let legs = days.last().map_or(self.legs, |before| before.0);
        Ok((days, self.clear.closest(&legs, self.race.start)?))
    }

    fn state(&self, (legs, closest): &AfterDay, day: &Day) -> DayState {
        DayState {
            start: day.start,
            soreness: closest.iter().map(|(_, here)| here.soreness).fold(0.0, f64::max),
            protection: self.protection(legs),
        }
    }

    /// Part of the soreness of the quadriceps after the reference bout that protection takes away.
    pub fn protection(&self, legs: &LegState) -> f64 {
        legs.muscles.quadriceps.protection_from_reference(Muscle::Quadriceps, &self.own)
    }

    /// What a schedule does on the way.
    pub fn way(&self, slots: &[Slot]) -> Result<Way> {
        let (days, race_day) = self.days(slots)?;
        let (mut kept, mut beyond) = (None, None);
        for ((_, day), usual) in days.iter().zip(&self.usual) {
            sort_out(day, usual, &self.way, &mut kept, &mut beyond);
        }
        let (mut clear, mut usual_race_day) = (None, None);
        sort_out(&race_day, &self.usual_race_day, &self.clear, &mut clear, &mut usual_race_day);
        let (tightest, on_race_day) = (kept.or(beyond), clear.or(usual_race_day));
        let none = Tightest::none(self.race.start, Muscle::Quadriceps);
        Ok(Way {
            tightest: tightest.unwrap_or(none),
            race_day: on_race_day.unwrap_or(none),
            usual: beyond,
            usual_race_day,
            legs: days.last().map_or(self.legs, |day| day.0),
            days: days
                .iter()
                .zip(&self.options.days)
                .map(|(after, day)| self.state(after, day))
                .collect(),
        })
    }
}

/// The tightest muscle group among those that the usual running alone keeps below the level, and among
/// the others.
fn sort_out(
    here: &PerMuscle<Tightest>,
    usual: &PerMuscle<Tightest>,
    guard: &Guard<'_>,
    kept: &mut Option<Tightest>,
    beyond: &mut Option<Tightest>,
) {
    for (muscle, here) in here.iter() {
        let worst = if guard.holds(&usual[muscle]) { &mut *kept } else { &mut *beyond };
        if worst.is_none_or(|worst| here.tighter_than(&worst)) {
            *worst = Some(*here);
        }
    }
}

/// The states of a schedule at the start of each day and of the race.
pub(super) struct Prefix {
    slots: Vec<Slot>,
    legs: Vec<LegState>,
    /// Of each person.
    quadriceps: Vec<Vec<MuscleState>>,
}

impl Prefix {
    /// First day on which another schedule may differ.
    fn shared(&self, slots: &[Slot]) -> usize {
        let same = self.slots.iter().zip(slots).take_while(|(a, b)| a == b).count();
        let next = |slots: &[Slot]| slots.get(same).map_or(usize::MAX, |slot| slot.0);
        next(&self.slots).min(next(slots)).min(self.legs.len() - 1)
    }
}

/// A session of each size, the longest below six hours.
fn sizes(descent: &Descent, model: &DoseModel) -> Result<Vec<EccentricLoad>> {
    let per_m = descent.points_per_m(model);
    let longest = descent.points_per_h(model) * LONGEST_SESSION_H;
    SIZES_M
        .iter()
        .map(|metres| metres * per_m)
        .take_while(|&points| points <= longest)
        .map(|points| descent.load(Timestamp::from_unix_s(0), points, model))
        .collect()
}
