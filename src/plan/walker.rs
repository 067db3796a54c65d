//! One person's quadriceps through a schedule and the race: only what the objective needs, and fast.

use alloc::vec::Vec;

use super::calendar::runs_of;
use super::schedule::PlanOptions;
use super::trial::Slot;
use crate::damage::{DamageModel, Decay, Fade, LegState, MuscleState};
use crate::load::{Dose, EccentricLoad};
use crate::params::Parameters;
use crate::soreness::soreness_of;
use crate::units::Muscle;

/// A person with everything about the calendar and the race that no session changes.
///
/// It does what [`LegState::after`] does, for one muscle group, with stretches of 20 minutes as steps and with
/// the decays between fixed times computed once; a test holds the two together.
pub(super) struct Walker {
    own: DamageModel,
    start: MuscleState,
    days: Vec<DayDecays>,
    race: Walk,
    /// What fades from the finish until each of the hours at which soreness is looked at.
    after: Vec<Fade>,
}

/// Hours after the finish until which the peak of soreness is looked for, and between two looks.
const PEAK_WITHIN_H: f64 = 72.0;
const LOOK_H: f64 = 4.0;

/// What a race has done to the quadriceps of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outcome {
    /// Highest soreness after it, 0 to 10.
    pub soreness_peak: f64,
    /// Loss of strength at the finish, a fraction.
    pub strength_loss: f64,
}

/// A day without a session.
struct DayDecays {
    /// Hours from its start to the next day's, or to the race's.
    hours: f64,
    /// What is usual on it.
    usual: Option<EccentricLoad>,
    walk: Walk,
}

/// An even dose over some hours of a day.
#[derive(Clone, Copy)]
struct Step {
    start_h: f64,
    hours: f64,
    dose: Dose,
}

/// Doses with the decay before each, the part of the exposure that is left after half of its step, and the
/// decay after the last.
struct Walk {
    doses: Vec<(Decay, f64, Dose)>,
    rest: Decay,
}

impl Walker {
    /// A walker that runs the race in so many stretches at most.
    pub fn new(
        legs: &LegState,
        own: Parameters,
        options: &PlanOptions,
        (race, most): (&EccentricLoad, usize),
    ) -> Self {
        let own = DamageModel::new(&own);
        let days = &options.days;
        let next = |k: usize| days.get(k + 1).map_or(race.start, |day| day.start);
        let day = |k: usize| {
            let hours = next(k).hours_since(days[k].start);
            let walk = Walk::of(days[k].usual.iter().flat_map(steps), hours, &own.p);
            DayDecays { hours, usual: days[k].usual.clone(), walk }
        };
        let race_h = race.end().hours_since(race.start);
        Self {
            race: Walk::of(stretches(race, most).into_iter(), race_h, &own.p),
            start: legs.muscles[Muscle::Quadriceps],
            days: (0..days.len()).map(day).collect(),
            after: Fade::over_each(&looks(), &own.p),
            own,
        }
    }

    /// What the race does to the quadriceps.
    pub fn outcome(&self, slots: &[Slot], sessions: &[EccentricLoad]) -> Outcome {
        self.outcome_from((0, &self.start), slots, sessions)
    }

    /// The same from a day on, with the state at its start.
    pub fn outcome_from(
        &self,
        (from, start): (usize, &MuscleState),
        slots: &[Slot],
        sessions: &[EccentricLoad],
    ) -> Outcome {
        let days = from..self.days.len();
        let legs = days.fold(*start, |legs, day| self.day(&legs, day, slots, sessions));
        let finish = self.through(&legs, &self.race);
        let drives = self.after.iter().map(|fade| finish.drive_after(fade));
        Outcome {
            soreness_peak: soreness_of(drives.fold(0.0, f64::max)),
            strength_loss: finish.strength_loss(&self.own.p),
        }
    }

    /// The states at the start of each day and of the race.
    pub fn days_of(&self, slots: &[Slot], sessions: &[EccentricLoad]) -> Vec<MuscleState> {
        let mut states = Vec::with_capacity(self.days.len() + 1);
        let mut legs = self.start;
        states.push(legs);
        for day in 0..self.days.len() {
            legs = self.day(&legs, day, slots, sessions);
            states.push(legs);
        }
        states
    }

    fn day(
        &self,
        legs: &MuscleState,
        day: usize,
        slots: &[Slot],
        sessions: &[EccentricLoad],
    ) -> MuscleState {
        let DayDecays { hours, usual, walk } = &self.days[day];
        let Some(slot) = slots.iter().find(|slot| slot.0 == day) else {
            return self.through(legs, walk);
        };
        let mut at_h = 0.0;
        let mut all = Vec::new();
        for run in runs_of(Some(&sessions[slot.1]), usual.as_ref()) {
            all.extend(steps(run).map(|step| Step { start_h: at_h + step.start_h, ..step }));
            at_h += run.duration_s / 3600.0;
        }
        self.through(legs, &Walk::of(all.into_iter(), *hours, &self.own.p))
    }

    fn through(&self, legs: &MuscleState, walk: &Walk) -> MuscleState {
        let after = walk.doses.iter().fold(*legs, |legs, (decay, left, dose)| {
            legs.advanced(decay).after_dose(Muscle::Quadriceps, dose, *left, &self.own)
        });
        after.advanced(&walk.rest)
    }
}

/// Hours after the finish at which soreness is looked at.
fn looks() -> Vec<f64> {
    (0..=(PEAK_WITHIN_H / LOOK_H) as u32).map(|k| LOOK_H * f64::from(k)).collect()
}

/// The stretches of a run, from hour zero on.
fn steps(run: &EccentricLoad) -> impl Iterator<Item = Step> + '_ {
    let hours = run.stretch_h();
    let step =
        move |(k, dose): (usize, &Dose)| Step { start_h: k as f64 * hours, hours, dose: *dose };
    run.stretches.iter().enumerate().map(step)
}

/// A race in so many stretches at most, neighbours taken together.
fn stretches(race: &EccentricLoad, most: usize) -> Vec<Step> {
    let steps: Vec<Step> = steps(race).collect();
    let together = steps.len().div_ceil(most.max(1)).max(1);
    let stretch = |steps: &[Step]| Step {
        start_h: steps[0].start_h,
        hours: steps.iter().map(|step| step.hours).sum(),
        dose: steps.iter().fold(Dose::default(), |sum, step| sum.plus(&step.dose, 1.0)),
    };
    steps.chunks(together).map(stretch).collect()
}

impl Walk {
    /// Through some doses from hour zero to an hour.
    fn of(steps: impl Iterator<Item = Step>, hours: f64, p: &Parameters) -> Self {
        let mut at_h = 0.0;
        let doses = steps
            .map(|step| {
                let half = Fade::over(0.5 * step.hours, p);
                let middle_h = step.start_h + 0.5 * step.hours;
                let decay = Decay::over(middle_h - at_h, p);
                at_h = middle_h;
                (decay, half.exposure(), step.dose)
            })
            .collect();
        Self { doses, rest: Decay::over((hours - at_h).max(0.0), p) }
    }
}
