//! Gait told without cadence, against the cadence of the real files of `../shared/activities`.
//!
//! `cargo test -p eccentric-files --test real_gait -- --nocapture` prints the table. Without the folder the
//! test says so and passes.
#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::print_stdout)]

use std::path::PathBuf;

use eccentric::activity::{Gait, Recording, clean};
use eccentric::params::fixed::RUNNING_CADENCE_STEPS_MIN;
use eccentric_files::read_path;

/// Seconds told right, and all.
#[derive(Clone, Copy, Default)]
struct Told {
    right_s: f64,
    all_s: f64,
}

impl Told {
    fn add(&mut self, other: Self) {
        self.right_s += other.right_s;
        self.all_s += other.all_s;
    }

    fn share(self) -> f64 {
        self.right_s / self.all_s
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.all_s == 0.0 {
            return f.pad("-");
        }
        f.pad(&format!("{:.0} % of {:.0}", 100.0 * self.share(), self.all_s / 60.0))
    }
}

/// What a rule tells of everything, of runs slower than 2.5 m/s, walks faster than 1.4 m/s and descents.
type Scores = [Told; 4];

/// Scores of the speed of the segment alone and of the rule of cleaning; `None` without cadence.
fn scores(recording: &Recording) -> Option<[Scores; 2]> {
    let without = recording.samples.iter().map(|s| {
        let mut sample = *s;
        sample.cadence_steps_min = None;
        sample
    });
    let without = Recording { samples: without.collect(), ..recording.clone() };
    let (known, told) = (clean(recording).ok()?, clean(&without).ok()?);
    let mut scores = [Scores::default(); 2];
    for (known, told) in known.segments.iter().zip(&told.segments) {
        let Some(steps_hz) = known.step_rate_hz else { continue };
        let runs = 60.0 * steps_hz >= RUNNING_CADENCE_STEPS_MIN;
        let counts = [
            true,
            runs && known.speed_m_s < 2.5,
            !runs && known.speed_m_s > 1.4,
            known.grade < -0.05,
        ];
        for (score, gait) in scores.iter_mut().zip([Gait::of(told.speed_m_s, None), told.gait]) {
            let right = (gait == Gait::Running) == runs;
            for (told, _) in score.iter_mut().zip(counts).filter(|(_, counts)| *counts) {
                let right_s = if right { known.duration_s } else { 0.0 };
                told.add(Told { right_s, all_s: known.duration_s });
            }
        }
    }
    (scores[0][0].all_s > 0.0).then_some(scores)
}

#[test]
fn gait_without_cadence() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/activities");
    if !folder.is_dir() {
        eprintln!("NOTE: {} is missing, gait was NOT scored", folder.display());
        return;
    }
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    // One run is there in two formats.
    paths.retain(|path| !path.ends_with("trail_sloatsburg.tcx"));
    let mut sums = [Scores::default(); 2];
    let print = |name: &str, [before, now]: [Scores; 2]| {
        println!("{name}");
        for (what, k) in [("all", 0), ("slow runs", 1), ("fast walks", 2), ("descents", 3)] {
            println!("    {what:12} min: 2 m/s {:>12}, half a minute {:>12}", before[k], now[k]);
        }
    };
    for path in paths {
        let Ok(runs) = read_path(&path) else { continue };
        for run in runs {
            let Some(scores) = scores(&run.recording) else { continue };
            print(&path.file_name().unwrap().to_string_lossy(), scores);
            for (sums, scores) in sums.iter_mut().zip(scores) {
                sums.iter_mut().zip(scores).for_each(|(sum, score)| sum.add(score));
            }
        }
    }
    print("all files", sums);
    let [before, now] = sums.map(|scores| scores.map(Told::share));
    assert!(now[0] > 0.93 && now[0] > before[0] + 0.03, "{before:?} {now:?}");
    assert!(now[1] > 0.8 && now[2] > 0.88 && now[3] > 0.93, "{now:?}");
}
