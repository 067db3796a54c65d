//! Any bytes as a file of ratings, learned from beside two runs: no panic, no hang, no number that is none.
#![no_main]

use std::sync::OnceLock;

use eccentric::Timestamp;
use eccentric::activity::Segment;
use eccentric::damage::Habit;
use eccentric::forecast::History;
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric_files::{RatingOptions, read_ratings};
use libfuzzer_sys::fuzz_target;

/// Two descents in May 2026.
fn history(p: &Parameters) -> &'static History {
    static HISTORY: OnceLock<History> = OnceLock::new();
    HISTORY.get_or_init(|| {
        let model = DoseModel::new(p, &Runner::default()).expect("defaults");
        let loads = [1_777_700_000, 1_778_000_000].map(|start| {
            let segments = [Segment::steady(-0.15, 3.0, 1800.0)];
            model.load(Timestamp::from_unix_s(start), &segments).expect("a good run")
        });
        History { habit: Habit::Road, loads: loads.to_vec() }
    })
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(ratings) = read_ratings(bytes, &RatingOptions::default()) else { return };
    let p = Parameters::default();
    // A rating a thousand years from the runs is an error.
    let Ok(profile) = history(&p).fit(&ratings.observations, &p) else { return };
    profile.check().expect("a profile passes its own check");
    for word in profile.words(&p) {
        assert!(!word.contains("NaN"), "{word}");
    }
});
