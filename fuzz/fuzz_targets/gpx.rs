//! Any bytes, from a corpus of gpx files: no panic, no hang, and what comes out passes its own check.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(runs) = eccentric_files::read_bytes("fuzz.gpx", bytes) {
        for run in runs {
            assert_eq!(run.recording.check(), Ok(()));
            assert!(run.recording.pauses.iter().all(|pause| pause.end_s > pause.start_s));
        }
    }
    _ = eccentric_files::read_course("fuzz.gpx", bytes);
});
