//! GPX and TCX made up here: each warning and error of the formats.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use eccentric::activity::{ElevationSource, Pause, Sport};
use eccentric_files::{DropReason, Format, ReadError, Warning, read_bytes, read_course};

#[test]
fn a_plain_track() {
    let run = one("run.gpx", gpx_run("running", 20).as_bytes());
    assert_eq!((run.format, run.device.as_deref()), (Format::Gpx, Some("test")));
    assert_eq!(run.recording.sport, Sport::Running);
    assert_eq!(run.recording.start.unix_ms(), 1_777_622_400_000);
    assert!((last_m(&run) - 285.0).abs() < 0.01, "{}", last_m(&run));
    assert_eq!(run.warnings, [Warning::DistanceFromPositions, Warning::CadenceMissing]);
}

#[test]
fn extensions_of_garmin_and_movescount() {
    let garmin = |i: u32| {
        let inside = "<extensions><gpxtpx:TrackPointExtension><gpxtpx:cad>84</gpxtpx:cad></gpxtpx:TrackPointExtension></extensions>";
        trkpt(i * 5, f64::from(i) * 15.0, 900.0, inside)
    };
    let run = one("garmin.gpx", gpx("9", &(0..20).map(garmin).collect::<String>()).as_bytes());
    assert_eq!(run.recording.samples[5].cadence_steps_min, Some(168.0));
    let movescount = |i: u32| {
        let inside = format!(
            "<extensions><gpxdata:cadence>168</gpxdata:cadence><gpxdata:distance>{}</gpxdata:distance><gpxdata:speed>9</gpxdata:speed></extensions>",
            i * 14
        );
        trkpt(i * 5, f64::from(i) * 15.0, 900.0, &inside)
    };
    let file = gpx("", &(0..20).map(movescount).collect::<String>());
    let run = one("movescount.gpx", file.as_bytes());
    assert_eq!(run.recording.samples[5].cadence_steps_min, Some(168.0));
    assert_eq!(last_m(&run), 266.0, "the distance of the device counts");
    assert_eq!(run.warnings, []);
}

#[test]
fn a_speed_without_distance_is_integrated() {
    let point = |i: u32| trkpt(i * 5, f64::from(i) * 15.0, 900.0, "<speed>2</speed>");
    let file = gpx("running", &(0..11).map(point).collect::<String>());
    let run = one("speed.gpx", file.as_bytes());
    assert_eq!(last_m(&run), 100.0);
    assert!(run.warnings.contains(&Warning::DistanceFromSpeed));
}

#[test]
fn a_standing_runner_covers_no_ground() {
    // Two minutes of jitter within 1.5 m, then 100 m.
    let standing = |i: u32| trkpt(i, f64::from(i % 4) * 0.5, 900.0, "");
    let moving = |i: u32| trkpt(120 + i * 5, f64::from(i) * 10.0, 900.0, "");
    let points: String = (0..120).map(standing).chain((0..=10).map(moving)).collect();
    let run = one("standing.gpx", gpx("running", &points).as_bytes());
    assert!((last_m(&run) - 100.0).abs() < 2.0, "{}", last_m(&run));
    assert!(run.recording.samples[119].distance_m < 5.0);
}

#[test]
fn a_jump_of_the_position_is_left_out() {
    let point =
        |i: u32| trkpt(i, f64::from(i) * 3.0 + if i == 30 { 5000.0 } else { 0.0 }, 900.0, "");
    let file = gpx("running", &(0..60).map(point).collect::<String>());
    let run = one("jump.gpx", file.as_bytes());
    assert!((last_m(&run) - 171.0).abs() < 1.0, "{}", last_m(&run));
    assert!(
        has(&run, |w| matches!(w, Warning::DistanceJump { count: 2, .. })),
        "{:?}",
        run.warnings
    );
}

#[test]
fn a_gap_between_segments_is_a_pause() {
    let first: String = (0..10).map(|i| trkpt(i, f64::from(i) * 3.0, 900.0, "")).collect();
    let second: String = (60..70).map(|i| trkpt(i, f64::from(i) * 3.0, 900.0, "")).collect();
    let pause = [Pause { start_s: 9.0, end_s: 60.0 }];
    for points in [
        format!("{first}</trkseg><trkseg>{second}"),
        // Segments in the wrong order, and in two tracks.
        format!("{second}</trkseg><trkseg>{first}"),
        format!("{first}</trkseg></trk><trk><type>run</type><trkseg>{second}"),
    ] {
        let run = one("segments.gpx", gpx("run", &points).as_bytes());
        assert_eq!(run.recording.pauses, pause);
        assert_eq!(run.recording.samples.len(), 20);
    }
}

#[test]
fn tracks_of_different_days_are_different_runs() {
    let track = |hour: u32| {
        (0..10).map(move |i| trkpt(hour * 3600 + i, f64::from(i) * 3.0, 900.0, "")).collect()
    };
    let (first, second): (String, String) = (track(0), track(12));
    let points = format!("{first}</trkseg></trk><trk><type>run</type><trkseg>{second}");
    let runs = read_bytes("days.gpx", gpx("run", &points).as_bytes()).unwrap();
    assert_eq!(runs.iter().map(|run| run.part).collect::<Vec<_>>(), [Some(0), Some(1)]);
}

#[test]
fn not_on_foot() {
    for kind in ["cycling", "Biking", "1"] {
        let error = refused("ride.gpx", gpx_run(kind, 20).as_bytes());
        assert!(matches!(&error, ReadError::NoRun { found, .. } if found == &[kind]), "{error}");
    }
    // No type, but 8 m/s throughout.
    let point = |i: u32| trkpt(i, f64::from(i) * 8.0, 900.0, "");
    let fast = gpx("", &(0..60).map(point).collect::<String>());
    let error = refused("fast.gpx", fast.as_bytes());
    assert!(error.to_string().contains("moving at 8.0 m/s"), "{error}");
}

#[test]
fn a_few_points_without_time_are_dropped() {
    let file =
        gpx_run("running", 20).replacen("<time>", "<when>", 1).replacen("</time>", "</when>", 1);
    let run = one("untimed.gpx", file.as_bytes());
    assert_eq!(run.recording.samples.len(), 19);
    let reason = DropReason::NoTime;
    assert!(run.warnings.contains(&Warning::DroppedSamples { count: 1, reason }));
}

#[test]
fn xml_that_breaks_off() {
    let file = gpx_run("running", 20);
    let run = one("cut.gpx", &file.as_bytes()[..file.len() - 150]);
    assert!(has(&run, |w| matches!(w, Warning::Truncated { .. })));
    assert!(matches!(refused("head.gpx", &file.as_bytes()[..130]), ReadError::Xml { .. }));
    let twisted = file.replace("</time>", "</tim>");
    assert!(matches!(refused("twisted.gpx", twisted.as_bytes()), ReadError::Xml { .. }));
}

#[test]
fn no_times_no_elevation_no_ground_no_points() {
    let file = gpx_run("running", 20);
    let untimed = file.replace("<time>", "<when>").replace("</time>", "</when>");
    assert!(matches!(
        refused("untimed.gpx", untimed.as_bytes()),
        ReadError::NoTimes { points: 20, with_time: 0 }
    ));
    let flat = file.replace("<ele>", "<height>").replace("</ele>", "</height>");
    assert!(matches!(
        refused("flat.gpx", flat.as_bytes()),
        ReadError::Recording(eccentric::Error::NoElevation)
    ));
    let still: String = (0..20).map(|i| trkpt(i, 0.0, 900.0, "")).collect();
    assert!(matches!(
        refused("still.gpx", gpx("running", &still).as_bytes()),
        ReadError::NoGround { .. }
    ));
    assert!(matches!(
        refused("empty.gpx", gpx("running", "").as_bytes()),
        ReadError::Recording(eccentric::Error::TooFewSamples { found: 0, .. })
    ));
}

fn tcx_run(sport: &str) -> String {
    let inside = "<AltitudeMeters>500</AltitudeMeters><Extensions><ns3:TPX><ns3:RunCadence>85</ns3:RunCadence></ns3:TPX></Extensions>";
    let points = |seconds: std::ops::Range<u32>| -> String {
        seconds.map(|i| trackpoint(i, i * 3, inside)).collect()
    };
    let (first, second) = (points(0..30), points(60..90));
    tcx(sport, &format!("<Track>{first}</Track><Track>{second}</Track>"))
}

#[test]
fn a_plain_tcx() {
    let run = one("run.tcx", tcx_run("Running").as_bytes());
    assert_eq!((run.format, run.device.as_deref()), (Format::Tcx, Some("Forerunner 945")));
    assert_eq!(run.recording.elevation_source, ElevationSource::Barometer);
    assert_eq!(run.recording.pauses, [Pause { start_s: 29.0, end_s: 60.0 }]);
    assert_eq!(run.recording.samples[3].cadence_steps_min, Some(170.0));
    assert_eq!(last_m(&run), 267.0);
    let other = one("other.tcx", tcx_run("Other").as_bytes());
    assert!(has(&other, |w| matches!(w, Warning::SportGuessed { .. })));
    assert!(matches!(refused("ride.tcx", tcx_run("Biking").as_bytes()), ReadError::NoRun { .. }));
}

#[test]
fn a_distance_that_goes_back_is_held() {
    let inside = "<AltitudeMeters>500</AltitudeMeters>";
    let distance = |i: u32| if i == 10 { 25 } else { i * 3 };
    let points: String = (0..30).map(|i| trackpoint(i, distance(i), inside)).collect();
    let run = one("held.tcx", tcx("Running", &format!("<Track>{points}</Track>")).as_bytes());
    assert_eq!(run.recording.samples[10].distance_m, 27.0);
    assert_eq!(last_m(&run), 87.0);
    assert!(run.warnings.contains(&Warning::DistanceRepaired { count: 1 }));
}

#[test]
fn courses_and_their_errors() {
    let course = read_course("run.gpx", gpx_run("running", 20).as_bytes()).unwrap();
    assert_eq!((course.points.len(), course.points[0].elevation_m), (20, 900.0));
    assert!((course.points[19].distance_m - 285.0).abs() < 0.01);
    let flat = gpx_run("running", 20).replace("ele>", "height>");
    assert!(matches!(
        read_course("flat.gpx", flat.as_bytes()),
        Err(ReadError::CourseElevation { points: 20, with_elevation: 0 })
    ));
    assert!(matches!(
        read_course("point.gpx", gpx_run("running", 1).as_bytes()),
        Err(ReadError::CourseElevation { points: 1, with_elevation: 1 })
    ));
    let jump = gpx("", &(trkpt(0, 0.0, 1.0, "") + &trkpt(9, 6000.0, 1.0, "")));
    assert!(matches!(
        read_course("jump.gpx", jump.as_bytes()),
        Err(ReadError::CourseJump { index: 1, .. })
    ));
    assert!(matches!(
        read_course("run.tcx", tcx_run("Running").as_bytes()),
        Err(ReadError::UnknownFormat { .. })
    ));
}
