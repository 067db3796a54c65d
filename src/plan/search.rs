//! Looks for the best schedule: from every published rule downhill, in small moves.

use alloc::vec::Vec;

use super::rules::Rule;
use super::trial::{Prefix, Slot, Trial};
use crate::error::Result;

/// A schedule and its objective.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub slots: Vec<Slot>,
    pub objective: f64,
}

/// Gain of the objective below which a move is none.
const LEAST_GAIN: f64 = 2.0e-4;
/// Soreness in the eyes of the few persons that sort the moves, from which on a move is left out.
const HOPELESS: f64 = 6.0e-3;
/// Rules, the best ones, from which the search starts.
const STARTS: usize = 3;
/// Most moves from one start; far fewer are ever made.
const MOST_MOVES: usize = 200;
/// Steps below the largest size that the build-up allows at which a session is added.
const SMALLER: [usize; 6] = [0, 3, 6, 9, 13, 18];
/// Moves that are looked at by all persons first.
const PROMISING: usize = 24;
/// Days around a rule's own day on which its session may be instead.
const AROUND: [isize; 7] = [0, -1, 1, -2, 2, -3, 3];

/// A schedule that follows a rule as far as the runner's own limits let it: on the nearest free day, the
/// best sizes that keep soreness low enough.
pub(super) fn follow(rule: Rule, trial: &Trial<'_>) -> Result<Found> {
    let days = trial.options.days.len();
    let mut slots: Vec<Slot> = Vec::new();
    let prefix = trial.prefix(&[])?;
    for before in rule.days_before(days) {
        for around in AROUND {
            let Some(day) = (days - before).checked_add_signed(around) else { continue };
            if let Some(size) = largest(&slots, day, trial, &prefix)? {
                slots.push((day, size));
                break;
            }
        }
    }
    let objective = trial.objective(&slots, &prefix);
    let moves = Moves { small: resized, large: |_, _| Vec::new() };
    improve(Found { slots, objective }, trial, &moves)
}

/// The largest size that may be added on a day after all others.
fn largest(
    slots: &[Slot],
    day: usize,
    trial: &Trial<'_>,
    prefix: &Prefix,
) -> Result<Option<usize>> {
    if day >= trial.options.days.len() {
        return Ok(None);
    }
    let keeps = |size: usize| {
        let mut slots = slots.to_vec();
        slots.push((day, size));
        trial.keeps_rules(&slots, prefix)
    };
    let (mut found, mut low, mut high) = (None, 0, trial.largest_size(slots, day) + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if keeps(middle)? {
            (found, low) = (Some(middle), middle + 1);
        } else {
            high = middle;
        }
    }
    Ok(found)
}

/// A session on every day that allows one, as large as it may be: where the build-up binds, small moves don't
/// find the first small sessions that later large ones need.
fn ladder(trial: &Trial<'_>) -> Result<Found> {
    let mut slots: Vec<Slot> = Vec::new();
    let prefix = trial.prefix(&[])?;
    for day in 0..trial.options.days.len() {
        if let Some(size) = largest(&slots, day, trial, &prefix)? {
            slots.push((day, size));
        }
    }
    Ok(Found { objective: trial.objective(&slots, &prefix), slots })
}

/// The best schedule: the best of the rules and of the ladder, and what small moves make of them.
pub(super) fn best(rules: &[Found], trial: &Trial<'_>) -> Result<Found> {
    let mut starts = rules.to_vec();
    starts.push(ladder(trial)?);
    sort(&mut starts);
    starts.dedup_by(|a, b| a.slots == b.slots);
    let mut best = follow(Rule::Nothing, trial)?;
    for start in starts.into_iter().take(STARTS) {
        let found = improve(start, trial, &Moves { small: moved, large: split })?;
        if found.objective < best.objective {
            best = found;
        }
    }
    Ok(best)
}

/// Small moves: those that are looked at fully, and those of which only the most promising are, where the
/// others find no gain.
struct Moves {
    small: fn(&[Slot], &Trial<'_>) -> Vec<Vec<Slot>>,
    large: fn(&[Slot], &Trial<'_>) -> Vec<Vec<Slot>>,
}

/// Takes the best move that keeps every rule until there is none.
///
/// A few persons sort the moves first; only if none of the most promising ones is a gain, all that they
/// don't hold to be worse are looked at.
fn improve(start: Found, trial: &Trial<'_>, moves: &Moves) -> Result<Found> {
    let mut here = start;
    for _ in 0..MOST_MOVES {
        let prefix = trial.prefix(&here.slots)?;
        let hopeless = trial.sketch(&here.slots, &prefix) + HOPELESS;
        let sorted = |moves: Vec<Vec<Slot>>| {
            let kept = moves.into_iter().filter(|slots| trial.keeps_calendar(slots));
            let sketch =
                |slots: Vec<Slot>| Found { objective: trial.sketch(&slots, &prefix), slots };
            let hopeful = |found: &Found| found.objective < hopeless;
            let mut candidates: Vec<Found> = kept.map(sketch).filter(hopeful).collect();
            sort(&mut candidates);
            candidates
        };
        let gain = |candidates: &[Found]| gain(candidates, here.objective, trial, &prefix);
        let small = sorted((moves.small)(&here.slots, trial));
        let (promising, others) = small.split_at(small.len().min(PROMISING));
        let mut next = gain(promising)?;
        if next.is_none() {
            next = gain(others)?;
        }
        if next.is_none() {
            let large = sorted((moves.large)(&here.slots, trial));
            next = gain(&large[..large.len().min(PROMISING)])?;
        }
        match next {
            Some(found) => here = found,
            None => break,
        }
    }
    Ok(here)
}

/// The best of some schedules, if it is a gain.
fn gain(
    candidates: &[Found],
    than: f64,
    trial: &Trial<'_>,
    prefix: &Prefix,
) -> Result<Option<Found>> {
    let mut better: Vec<Found> = candidates
        .iter()
        .map(|Found { slots, .. }| Found {
            objective: trial.objective(slots, prefix),
            slots: slots.clone(),
        })
        .filter(|found| found.objective < than - LEAST_GAIN)
        .collect();
    sort(&mut better);
    for found in better {
        if trial.keeps_rules(&found.slots, prefix)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The best first; of equal ones always the same.
fn sort(found: &mut [Found]) {
    found.sort_by(|a, b| a.objective.total_cmp(&b.objective).then(a.slots.cmp(&b.slots)));
}

/// Every session a little larger or smaller, alone or all together.
fn resized(slots: &[Slot], trial: &Trial<'_>) -> Vec<Vec<Slot>> {
    let size = |size: usize, by: isize| size.checked_add_signed(by).filter(|&s| s < trial.sizes());
    let mut out = Vec::new();
    for k in 0..slots.len() {
        for by in [-4, -2, -1, 1, 2, 4] {
            if let Some(size) = size(slots[k].1, by) {
                let mut slots = slots.to_vec();
                slots[k].1 = size;
                out.push(slots);
            }
        }
    }
    for by in [-2, -1, 1, 2] {
        let all = slots.iter().map(|slot| size(slot.1, by).map(|size| (slot.0, size)));
        out.extend(all.collect::<Option<Vec<Slot>>>());
    }
    out
}

/// Sessions resized, moved by some days, left out, or added on any day.
fn moved(slots: &[Slot], trial: &Trial<'_>) -> Vec<Vec<Slot>> {
    let mut out = resized(slots, trial);
    let days = trial.options.days.len();
    for k in 0..slots.len() {
        let mut without = slots.to_vec();
        let (day, size) = without.remove(k);
        for by in [-7, -3, -2, -1, 1, 2, 3, 7] {
            let Some(day) = day.checked_add_signed(by).filter(|&day| day < days) else { continue };
            for by in [-4, -2, -1, 0, 1, 2, 4] {
                if let Some(size) = size.checked_add_signed(by).filter(|&s| s < trial.sizes()) {
                    out.push(with(&without, (day, size)));
                }
            }
        }
        out.push(without);
    }
    out.extend(shifted(slots, days));
    for day in 0..days {
        let before = slots.partition_point(|slot| slot.0 < day);
        let largest = trial.largest_size(&slots[..before], day);
        for smaller in SMALLER {
            out.extend(largest.checked_sub(smaller).map(|size| with(slots, (day, size))));
        }
    }
    out
}

/// Two sessions in the place of one, a few days around it.
fn split(slots: &[Slot], trial: &Trial<'_>) -> Vec<Vec<Slot>> {
    let days = trial.options.days.len();
    let mut out = Vec::new();
    for k in 0..slots.len() {
        let mut without = slots.to_vec();
        let (day, _) = without.remove(k);
        for first in day.saturating_sub(4)..=day + 1 {
            for second in (first + 3..first + 7).take_while(|&second| second < days) {
                for (a, b) in SMALLER.iter().flat_map(|a| SMALLER.iter().map(move |b| (a, b))) {
                    let before = without.partition_point(|slot| slot.0 < first);
                    let Some(size) = trial.largest_size(&without[..before], first).checked_sub(*a)
                    else {
                        continue;
                    };
                    let one = with(&without, (first, size));
                    let before = one.partition_point(|slot| slot.0 < second);
                    let size = trial.largest_size(&one[..before], second).checked_sub(*b);
                    out.extend(size.map(|size| with(&one, (second, size))));
                }
            }
        }
    }
    out
}

/// The sessions up to one, or from one on, moved together.
fn shifted(slots: &[Slot], days: usize) -> Vec<Vec<Slot>> {
    let mut out = Vec::new();
    for k in 1..=slots.len() {
        for by in [-3, -2, -1, 1, 2, 3] {
            for moves in [0..k, slots.len() - k..slots.len()] {
                let day = |at: usize, day: usize| {
                    if moves.contains(&at) { day.checked_add_signed(by) } else { Some(day) }
                };
                let all = slots.iter().enumerate();
                let slots = all.map(|(at, slot)| Some((day(at, slot.0)?, slot.1)));
                let slots: Option<Vec<Slot>> = slots.collect();
                out.extend(slots.filter(|slots| slots.iter().all(|slot| slot.0 < days)));
            }
        }
    }
    out
}

fn with(slots: &[Slot], slot: Slot) -> Vec<Slot> {
    let at = slots.partition_point(|other| other.0 < slot.0);
    let mut slots = slots.to_vec();
    slots.insert(at, slot);
    slots
}
