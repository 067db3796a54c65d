//! One person's quadriceps through a schedule and the race: only what the objective needs, and fast.

use alloc::vec::Vec;

use super::schedule::PlanOptions;
use super::trial::Slot;
use crate::damage::{Decay, LegState, MuscleState};
use crate::load::{Dose, EccentricLoad};
use crate::params::Parameters;
use crate::units::Muscle;

/// A person with everything about the calendar and the race that no session changes.
///
/// It does what [`LegState::after`] does, for one muscle group and with the decays between fixed times
/// computed once; a test holds the two together.
pub(super) struct Walker {
    own: Parameters,
    start: MuscleState,
    days: Vec<DayDecays>,
    race: Vec<(Decay, Dose)>,
    finish: Decay,
}

/// A day without a session.
struct DayDecays {
    /// Hours from its start to the next day's, or to the race's.
    hours: f64,
    /// What is usual on it: middle in hours and dose of each chunk.
    usual: Vec<(f64, Dose)>,
    chunks: Vec<(Decay, Dose)>,
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
        let days = &options.days;
        let next = |k: usize| days.get(k + 1).map_or(race.start, |day| day.start);
        let day = |k: usize| {
            let hours = next(k).hours_since(days[k].start);
            let usual: Vec<_> = days[k].usual.iter().flat_map(middles).collect();
            let (chunks, rest) = decays(usual.iter().copied(), hours, &own);
            DayDecays { hours, usual, chunks, rest }
        };
        let race_h = race.end().hours_since(race.start);
        let (race, finish) = decays(stretches(race, most).into_iter(), race_h, &own);
        let start = legs.muscles[Muscle::Quadriceps];
        Self { start, days: (0..days.len()).map(day).collect(), race, finish, own }
    }

    /// Loss of strength of the quadriceps at the finish of the race.
    pub fn loss(&self, slots: &[Slot], sessions: &[EccentricLoad]) -> f64 {
        self.loss_at_finish((0, &self.start), slots, sessions)
    }

    /// The same from a day on, with the state at its start.
    pub fn loss_at_finish(
        &self,
        (from, start): (usize, &MuscleState),
        slots: &[Slot],
        sessions: &[EccentricLoad],
    ) -> f64 {
        let days = from..self.days.len();
        let legs = days.fold(*start, |legs, day| self.day(&legs, day, slots, sessions));
        self.through(&legs, &self.race).advanced(&self.finish).strength_loss(&self.own)
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
        let DayDecays { hours, usual, chunks, rest } = &self.days[day];
        let Some(slot) = slots.iter().find(|slot| slot.0 == day) else {
            return self.through(legs, chunks).advanced(rest);
        };
        let session = &sessions[slot.1];
        let after_h = session.end().hours_since(session.start);
        let later = usual.iter().map(|(middle_h, dose)| (after_h + middle_h, *dose));
        let (chunks, rest) = decays(middles(session).chain(later), *hours, &self.own);
        self.through(legs, &chunks).advanced(&rest)
    }

    fn through(&self, legs: &MuscleState, chunks: &[(Decay, Dose)]) -> MuscleState {
        chunks.iter().fold(*legs, |legs, (decay, dose)| {
            legs.advanced(decay).after_dose(Muscle::Quadriceps, dose, &self.own)
        })
    }
}

/// Middle in hours from the start, and dose, of each chunk of a run.
fn middles(run: &EccentricLoad) -> impl Iterator<Item = (f64, Dose)> {
    let middle_h = |start_s: f64, duration_s: f64| (start_s + 0.5 * duration_s) / 3600.0;
    run.chunks.iter().map(move |chunk| (middle_h(chunk.start_s, chunk.duration_s), chunk.dose))
}

/// A race in so many stretches at most, neighbours taken together.
fn stretches(race: &EccentricLoad, most: usize) -> Vec<(f64, Dose)> {
    let chunks: Vec<_> = middles(race).collect();
    let together = chunks.len().div_ceil(most.max(1)).max(1);
    let stretch = |chunks: &[(f64, Dose)]| {
        let middle_h = chunks.iter().map(|chunk| chunk.0).sum::<f64>() / chunks.len() as f64;
        let dose = chunks.iter().fold(Dose::default(), |sum, chunk| sum.plus(&chunk.1, 1.0));
        (middle_h, dose)
    };
    chunks.chunks(together).map(stretch).collect()
}

/// Doses with the decay from the one before (the first from hour zero), and the decay from the last one
/// until some hours.
fn decays(
    doses: impl Iterator<Item = (f64, Dose)>,
    hours: f64,
    own: &Parameters,
) -> (Vec<(Decay, Dose)>, Decay) {
    let mut at_h = 0.0;
    let chunks = doses
        .map(|(middle_h, dose)| {
            let decay = Decay::over(middle_h - at_h, own);
            at_h = middle_h;
            (decay, dose)
        })
        .collect();
    (chunks, Decay::over((hours - at_h).max(0.0), own))
}
