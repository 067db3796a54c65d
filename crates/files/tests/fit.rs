//! FIT files made up here: each warning and error of the format.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use eccentric::activity::{ElevationSource, Pause, Sport};
use eccentric_files::{DropReason, Format, ReadError, Warning, read_bytes};

const RUNNING: u8 = 1;
const CYCLING: u8 = 2;
const GARMIN: u16 = 1;

fn run() -> Fit {
    Fit::default().file_id(GARMIN, 3113).records(0..60)
}

#[test]
fn a_plain_run() {
    let run = one("run.fit", &run().session(0, RUNNING, 0).bytes());
    assert_eq!(run.format, Format::Fit);
    assert_eq!(run.device.as_deref(), Some("garmin fr945"));
    assert_eq!(run.recording.sport, Sport::Running);
    assert_eq!(run.recording.elevation_source, ElevationSource::Barometer);
    assert_eq!(run.recording.start.unix_ms(), (1_000_000_000 + 631_065_600) * 1000);
    let sample = run.recording.samples[10];
    assert_eq!((sample.time_s, sample.distance_m), (10.0, 30.0));
    assert_eq!((sample.elevation_m, sample.cadence_steps_min), (Some(999.0), Some(170.0)));
    assert_eq!(run.warnings, [Warning::CadenceDoubled { median: 85.0 }]);
}

#[test]
fn a_cadence_that_counts_both_legs_is_kept() {
    let record = |fit: Fit, s: u32| {
        let time = fit_u32(253, T0 + s);
        fit.message(20, &[time, fit_u32(5, s * 300), fit_u32(78, 7500), fit_u8(4, 172)])
    };
    let file = (0..60).fold(Fit::default(), record).session(0, RUNNING, 0);
    let run = one("steps.fit", &file.bytes());
    assert_eq!(run.recording.samples[30].cadence_steps_min, Some(172.0));
    assert!(!has(&run, |w| matches!(w, Warning::CadenceDoubled { .. })));
}

#[test]
fn old_altitude_is_read_and_raw_zero_is_none() {
    let record = |fit: Fit, s: u32| {
        let raw = if s == 3 { 0 } else { 7500 - s as u16 };
        fit.message(20, &[fit_u32(253, T0 + s), fit_u32(5, s * 300), fit_u16(2, raw)])
    };
    let run = one("old.fit", &(0..9).fold(Fit::default(), record).session(0, 1, 0).bytes());
    assert_eq!(run.recording.samples[5].elevation_m, Some(999.0));
    assert_eq!(run.recording.samples[3].elevation_m, None);
    assert!(run.warnings.contains(&Warning::ElevationMissing { count: 1, of: 9 }));
    assert!(run.warnings.contains(&Warning::CadenceMissing));
}

#[test]
fn timer_events_are_pauses() {
    let file = run().timer(0, 0).timer(10, 4).timer(25, 0).timer(59, 4).session(0, RUNNING, 0);
    let run = one("pause.fit", &file.bytes());
    assert_eq!(run.recording.pauses, [Pause { start_s: 10.0, end_s: 25.0 }]);
}

#[test]
fn a_wrong_checksum_is_a_warning() {
    let mut bytes = run().session(0, RUNNING, 0).bytes();
    let end = bytes.len();
    bytes[end - 1] ^= 0xff;
    assert!(has(&one("crc.fit", &bytes), |w| matches!(w, Warning::BadChecksum { .. })));
}

#[test]
fn a_file_that_breaks_off_keeps_its_records() {
    let bytes = run().bytes();
    let cut = &bytes[..bytes.len() - 200];
    let run = one("cut.fit", cut);
    assert!(run.recording.samples.len() > 40);
    // The break is said to be at the field that is incomplete.
    let near_end = cut.len() - 4..=cut.len();
    assert!(has(&run, |w| matches!(w, Warning::Truncated { at_byte, .. }
        if near_end.contains(at_byte))));
    assert!(has(&run, |w| matches!(w, Warning::SportGuessed { .. })));
    match refused("head.fit", &bytes[..40]) {
        ReadError::Fit { at_byte, .. } => assert!((32..=40).contains(&at_byte)),
        other => panic!("{other}"),
    }
}

#[test]
fn a_chain_of_files_is_one_run_each() {
    let mut bytes = run().session(0, RUNNING, 0).bytes();
    bytes.extend(run().session(0, RUNNING, 0).bytes());
    let runs = read_bytes("chain.fit", &bytes).unwrap();
    assert_eq!(runs.iter().map(|run| run.part).collect::<Vec<_>>(), [Some(0), Some(1)]);
}

#[test]
fn legs_are_cut_by_session() {
    let file = Fit::default().records(0..180);
    let file = file.session(0, CYCLING, 0).session(60, RUNNING, 0).session(120, 3, 0);
    let run = one("legs.fit", &file.bytes());
    assert_eq!((run.part, run.recording.samples.len()), (Some(1), 60));
    // Distance starts anew on each leg.
    assert_eq!((run.recording.samples[0].distance_m, last_m(&run)), (0.0, 177.0));
    let found = vec!["cycling".to_owned(), "transition".to_owned()];
    assert!(run.warnings.contains(&Warning::OtherSports { found }));
}

#[test]
fn a_leg_that_fails_does_not_take_the_others_along() {
    let file = Fit::default().records(0..61).session(0, RUNNING, 0).session(60, RUNNING, 0);
    let run = one("short.fit", &file.bytes());
    assert!(has(&run, |w| matches!(w, Warning::LegSkipped { part: 1, .. })), "{:?}", run.warnings);
}

#[test]
fn no_leg_on_foot_is_an_error_that_names_the_sports() {
    let error = refused("ride.fit", &run().session(0, CYCLING, 0).bytes());
    assert!(matches!(&error, ReadError::NoRun { truncated: None, .. }));
    assert!(error.to_string().contains("it holds: cycling;"), "{error}");
}

#[test]
fn a_generic_leg_needs_steps_where_several_sports_were_recorded() {
    let generic = Fit::default().records(0..60).session(0, 0, 0).session(60, CYCLING, 0);
    let run = one("generic.fit", &generic.records(60..90).bytes());
    assert!(has(
        &run,
        |w| matches!(w, Warning::SportGuessed { stated, .. } if stated == "generic")
    ));
    let record = |fit: Fit, s: u32| {
        fit.message(20, &[fit_u32(253, T0 + s), fit_u32(5, s * 200), fit_u32(78, 7500 + s)])
    };
    let kayak = (0..60).fold(Fit::default(), record).session(0, 0, 0).session(50, 41, 0);
    assert!(matches!(refused("kayak.fit", &kayak.bytes()), ReadError::NoRun { .. }));
}

#[test]
fn a_treadmill_is_level() {
    let record = |fit: Fit, s: u32| {
        fit.message(20, &[fit_u32(253, T0 + s), fit_u32(5, s * 300), fit_u8(4, 85)])
    };
    let nowhere = (0..60).fold(Fit::default(), record).session(0, RUNNING, 0);
    let treadmill = Fit::default().records(0..60).session(0, RUNNING, 1);
    for file in [nowhere, treadmill] {
        let run = one("treadmill.fit", &file.bytes());
        assert_eq!(run.recording.elevation_source, ElevationSource::Set);
        assert!(run.recording.samples.iter().all(|s| s.elevation_m == Some(0.0)));
        assert!(run.warnings.contains(&Warning::TreadmillNoElevation));
    }
}

#[test]
fn a_foot_pod_fills_what_the_device_lacks() {
    let text = |number: u8, text: &[u8]| (number, 0x07, text.to_vec());
    let description =
        [fit_u8(0, 0), fit_u8(1, 7), fit_u8(2, 0x88), text(3, b"Speed\0"), text(8, b"m/s\0")];
    let record = |fit: Fit, s: u32| {
        let fields = [fit_u32(253, T0 + s), fit_u32(78, 7500 - s)];
        fit.with_developer(20, &fields, &[(7, 2.5_f32.to_le_bytes().to_vec())])
    };
    let developer = Fit::default().message(207, &[fit_u8(3, 0)]).message(206, &description);
    let run = one("pod.fit", &(0..61).fold(developer, record).session(0, RUNNING, 0).bytes());
    assert_eq!(last_m(&run), 150.0);
    assert!(run.warnings.contains(&Warning::DeveloperField { quantity: "speed" }));
    assert!(run.warnings.contains(&Warning::DistanceFromSpeed));
}

#[test]
fn times_that_repeat_or_go_back() {
    let repeated = Fit::default().records(0..60).record(59).session(0, RUNNING, 0);
    let run = one("repeated.fit", &repeated.bytes());
    let duplicate = DropReason::Duplicate;
    assert!(run.warnings.contains(&Warning::DroppedSamples { count: 1, reason: duplicate }));
    let back = Fit::default().records(0..30).record(10).records(30..60).session(0, RUNNING, 0);
    let run = one("back.fit", &back.bytes());
    assert_eq!(run.recording.samples.len(), 60);
    let backwards = DropReason::TimeBackwards;
    assert!(run.warnings.contains(&Warning::DroppedSamples { count: 1, reason: backwards }));
    let twice = Fit::default().records(0..30).records(0..30).session(0, RUNNING, 0);
    assert!(matches!(
        refused("twice.fit", &twice.bytes()),
        ReadError::Recording(eccentric::Error::TimeNotIncreasing { index: 30, .. })
    ));
}

#[test]
fn a_clock_that_jumps_by_years_keeps_the_larger_side() {
    let late = |fit: Fit, s: u32| {
        fit.message(20, &[fit_u32(253, 500_000_000 + s), fit_u32(5, s * 300), fit_u32(78, 7500)])
    };
    let file = (0..5).fold(Fit::default(), late).records(0..60).session(0, RUNNING, 0);
    let run = one("jump.fit", &file.bytes());
    assert_eq!(run.recording.samples.len(), 60);
    assert!(has(&run, |w| matches!(w, Warning::TimeJump { kept: 60, .. })));
    let reason = DropReason::AfterTimeJump;
    assert!(run.warnings.contains(&Warning::DroppedSamples { count: 5, reason }));
}

#[test]
fn a_clock_that_counts_from_switching_on_has_no_start() {
    let record = |fit: Fit, s: u32| {
        fit.message(20, &[fit_u32(253, 1000 + s), fit_u32(5, s * 300), fit_u32(78, 7500 - s)])
    };
    let run = one("uptime.fit", &(0..60).fold(Fit::default(), record).bytes());
    assert_eq!(run.recording.start.unix_ms(), 0);
    assert!(run.warnings.contains(&Warning::NoStartTime));
}

#[test]
fn too_many_field_descriptions_are_refused() {
    let describe = |fit: Fit, _| fit.message(206, &[fit_u8(0, 0), fit_u8(1, 0), fit_u8(2, 0x88)]);
    let file = (0..5000).fold(Fit::default(), describe);
    assert!(matches!(refused("slow.fit", &file.bytes()), ReadError::TooLarge { .. }));
}
