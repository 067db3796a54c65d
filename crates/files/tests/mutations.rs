//! Damaged files of every format: no panic, and what comes out passes its own check.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use eccentric_files::{read_bytes, read_course};
use proptest::prelude::*;

fn files() -> Vec<Vec<u8>> {
    let point = |i: u32| trackpoint(i, i * 3, "<AltitudeMeters>500</AltitudeMeters>");
    let track: String = (0..12).map(point).collect();
    let table: String = (0..12).map(|i| format!("{i},{},{}\n", i * 3, 900 - i)).collect();
    vec![
        Fit::default().file_id(1, 3113).records(0..20).timer(5, 4).timer(9, 0).session(0, 1, 0).bytes(),
        gpx_run("running", 12).into_bytes(),
        tcx("Other", &format!("<Track>{track}</Track>")).into_bytes(),
        format!("time_s,distance_m,elevation_m\n{table}").into_bytes(),
        br#"[{"type":"time","data":[0,1,2,3]},{"type":"distance","data":[0,3,6,9]},{"type":"altitude","data":[9,8,7,6.5]},{"type":"moving","data":[true,false,false,true]}]"#.to_vec(),
    ]
}

/// What happens to a file: bytes overwritten, a span removed, a span doubled.
#[derive(Debug, Clone)]
enum Damage {
    Overwrite(prop::sample::Index, u8),
    Remove(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        3 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Overwrite(at, byte)),
        1 => (any::<prop::sample::Index>(), 1..80_usize).prop_map(|(at, size)| Damage::Remove(at, size)),
        1 => (any::<prop::sample::Index>(), 1..80_usize).prop_map(|(at, size)| Damage::Repeat(at, size)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        let span = |at: &prop::sample::Index, size: usize| {
            let from = at.index(bytes.len());
            from..(from + size).min(bytes.len())
        };
        match damage {
            Damage::Overwrite(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Damage::Remove(at, size) => _ = bytes.drain(span(at, *size)),
            Damage::Repeat(at, size) => {
                let span = span(at, *size);
                let copy = bytes[span.clone()].to_vec();
                bytes.splice(span.start..span.start, copy);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_never_panics(which in 0..5_usize, damages in prop::collection::vec(damage(), 1..6)) {
        let bytes = damaged(files().swap_remove(which), &damages);
        for run in read_bytes("damaged", &bytes).unwrap_or_default() {
            prop_assert_eq!(run.recording.check(), Ok(()));
        }
        _ = read_course("damaged", &bytes);
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        _ = read_bytes("any", &bytes);
    }
}
