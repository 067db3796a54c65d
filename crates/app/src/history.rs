//! From the runs of some files to a history: one run at a time, each at its own time.

use eccentric::Timestamp;
use eccentric::damage::Habit;
use eccentric::forecast::History;

use crate::runs::{Failure, Run, Runs};

/// Two runs may overlap by this much, in s: clocks differ, and a watch is stopped late.
const TOLERATED_OVERLAP_S: f64 = 60.0;

/// Runs of one athlete in order of time, one at a time.
#[derive(Debug, Clone, Default)]
pub struct Joined {
    /// The runs that count.
    pub runs: Vec<Run>,
    /// The runs that have no place among them.
    pub left_out: Vec<Failure>,
}

impl Joined {
    /// From runs in any order: those without a start have no place among several, and of two that
    /// overlap the longer one stays.
    pub fn of(runs: Vec<Run>) -> Self {
        let mut found = Runs { runs, failures: Vec::new() };
        refuse_undated(&mut found);
        in_order(&mut found.runs);
        let (runs, overlapping) = without_overlaps(found.runs);
        let mut left_out = found.failures;
        left_out.extend(overlapping);
        Self { runs, left_out }
    }

    /// The history of the model.
    pub fn history(&self, habit: Habit) -> History {
        History { habit, loads: self.runs.iter().map(|run| run.load.clone()).collect() }
    }

    /// When the latest run ended.
    pub fn end(&self) -> Option<Timestamp> {
        self.runs.last().map(|run| run.load.end())
    }
}

/// Puts runs in order of time; those of the same time in order of their files.
pub fn in_order(runs: &mut [Run]) {
    runs.sort_by(|a, b| (a.load.start, &a.file, a.part).cmp(&(b.load.start, &b.file, b.part)));
}

/// A run without a start has no place among several: it counts as not read.
pub fn refuse_undated(found: &mut Runs) {
    if found.runs.len() < 2 {
        return;
    }
    let (dated, undated) = std::mem::take(&mut found.runs).into_iter().partition(|run| run.dated);
    found.runs = dated;
    found.failures.extend(undated.into_iter().map(|run| {
        Failure {
            file: run.file,
            reason: "does not say when it began, so it has no place in a history; a CSV file can: \
                 # start: 2026-05-01T08:00:00Z"
                .into(),
        }
    }));
}

/// Runs that don't overlap, and what was left out: the same run recorded twice must not count
/// twice. Of two runs the longer one stays; a small overlap is moved apart.
pub fn without_overlaps(found: Vec<Run>) -> (Vec<Run>, Vec<Failure>) {
    let mut runs: Vec<Run> = Vec::with_capacity(found.len());
    let mut left_out = Vec::new();
    for mut run in found {
        // The longer run may reach back over several short ones.
        while let Some(last) = runs.last() {
            let overlap_s = 3600.0 * last.load.end().hours_since(run.load.start);
            if overlap_s <= 0.0 {
                break;
            }
            let shorter_s = run.duration_s.min(last.duration_s);
            if overlap_s <= TOLERATED_OVERLAP_S && overlap_s < 0.1 * shorter_s {
                run.load.start = last.load.end();
                break;
            }
            if run.duration_s <= last.duration_s {
                break;
            }
            if let Some(shorter) = runs.pop() {
                left_out.push(overlaps(&shorter, &run));
            }
        }
        match runs.last() {
            Some(last) if run.load.start < last.load.end() => left_out.push(overlaps(&run, last)),
            _ => runs.push(run),
        }
    }
    (runs, left_out)
}

fn overlaps(shorter: &Run, longer: &Run) -> Failure {
    Failure {
        file: shorter.file.clone(),
        reason: format!("overlaps with {}, which is longer, and is left out", longer.name()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::PathBuf;

    use eccentric::activity::{Quality, Segment};
    use eccentric::load::{DoseModel, Runner};
    use eccentric::params::Parameters;
    use eccentric::plan::Descents;

    use super::*;

    fn run(name: &str, start_s: i64, duration_s: f64) -> Run {
        let model = DoseModel::new(&Parameters::default(), &Runner::default()).unwrap();
        let segments = [Segment::steady(-0.1, 3.0, duration_s)];
        Run {
            file: PathBuf::from(name),
            part: None,
            dated: true,
            duration_s,
            moving_s: duration_s,
            distance_m: 3.0 * duration_s,
            ascent_m: 0.0,
            descent_m: 0.3 * duration_s,
            descents: Descents::of(&segments),
            quality: Quality::default(),
            warnings: Vec::new(),
            load: model.load(Timestamp::from_unix_s(start_s), &segments).unwrap(),
            activity: None,
        }
    }

    fn names(runs: &[Run]) -> Vec<String> {
        runs.iter().map(Run::name).collect()
    }

    #[test]
    fn the_longer_of_two_overlapping_runs_stays() {
        let found = vec![run("stub", 0, 60.0), run("real", 10, 3000.0), run("copy", 60, 2000.0)];
        let (runs, left_out) = without_overlaps(found);
        assert_eq!(names(&runs), ["real"]);
        assert_eq!(left_out.len(), 2);
    }

    #[test]
    fn runs_are_joined_in_any_order() {
        let undated = Run { dated: false, ..run("undated", 0, 100.0) };
        let runs = vec![run("b", 9000, 100.0), undated, run("a", 0, 1000.0), run("c", 500, 60.0)];
        let joined = Joined::of(runs);
        assert_eq!(names(&joined.runs), ["a", "b"]);
        assert_eq!(joined.left_out.len(), 2);
        assert_eq!(joined.end(), Some(Timestamp::from_unix_s(9100)));
        assert_eq!(joined.history(Habit::Road).check(), Ok(()));
    }

    #[test]
    fn a_second_of_overlap_is_moved_apart() {
        let (runs, left_out) = without_overlaps(vec![run("a", 0, 1000.0), run("b", 999, 1000.0)]);
        assert_eq!(names(&runs), ["a", "b"]);
        assert!(left_out.is_empty() && runs[1].load.start == runs[0].load.end());
    }

    #[test]
    fn a_run_without_a_start_has_no_place_among_several() {
        let undated = Run { dated: false, ..run("undated", 0, 100.0) };
        let mut alone = Runs { runs: vec![undated.clone()], failures: Vec::new() };
        refuse_undated(&mut alone);
        assert_eq!(alone.runs.len(), 1);
        let mut several = Runs { runs: vec![undated, run("b", 9000, 100.0)], failures: Vec::new() };
        refuse_undated(&mut several);
        assert_eq!((names(&several.runs).len(), several.failures.len()), (1, 1));
    }
}
