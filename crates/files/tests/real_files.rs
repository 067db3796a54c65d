//! The 32 real files of `../shared/activities` (described in its SOURCES.md): what comes out of each.
//!
//! The files are people's tracks and stay outside the repository; without the folder the tests say
//! so in one line and pass.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write;
use std::path::PathBuf;
use std::sync::Once;

use eccentric::activity::{ElevationSource, Recording, Sport};
use eccentric_files::{DropReason, ReadActivity, ReadError, Warning, read_course, read_path};

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/activities");
    if !folder.is_dir() {
        // Written directly, because what a passing test prints is not shown.
        static SAID: Once = Once::new();
        SAID.call_once(|| {
            _ = writeln!(std::io::stderr(), "SKIPPED: real files, no ../shared/activities");
        });
        return None;
    }
    Some(folder)
}

/// Descent with a hysteresis of 5 m: a turn counts once it has moved 5 m from the last level.
fn descent_m(recording: &Recording) -> f64 {
    let mut elevations = recording.samples.iter().filter_map(|sample| sample.elevation_m);
    let mut level = elevations.next().unwrap();
    let mut descent = 0.0;
    for elevation in elevations {
        if (elevation - level).abs() >= 5.0 {
            descent += (level - elevation).max(0.0);
            level = elevation;
        }
    }
    descent
}

fn median_cadence(recording: &Recording) -> Option<f64> {
    let cadences = recording.samples.iter().filter_map(|sample| sample.cadence_steps_min);
    let mut cadences: Vec<f64> = cadences.filter(|cadence| *cadence > 0.0).collect();
    cadences.sort_by(f64::total_cmp);
    cadences.get(cadences.len() / 2).copied()
}

fn has(run: &ReadActivity, what: impl Fn(&Warning) -> bool) -> bool {
    run.warnings.iter().any(what)
}

struct Expected {
    file: &'static str,
    samples: usize,
    km: f64,
    descent_m: f64,
    has_cadence: bool,
    source: ElevationSource,
    pauses: usize,
}

#[rustfmt::skip]
const RUNS: &[Expected] = {
    use ElevationSource::{Barometer, Map, Satellite, Set, Unknown};
    const fn run(
        file: &'static str, samples: usize, km: f64, descent_m: f64, has_cadence: bool,
        source: ElevationSource, pauses: usize,
    ) -> Expected {
        Expected { file, samples, km, descent_m, has_cadence, source, pauses }
    }
    &[
        run("trail_loup-blanc_fenix6S.fit", 7509, 36.97, 2527.0, true, Barometer, 23),
        run("trail_portland_fr935_stryd.fit", 6180, 16.08, 529.0, true, Barometer, 13),
        run("trail_sloatsburg_fr945_stryd.fit", 4988, 14.0, 329.0, true, Barometer, 0),
        run("trail_sloatsburg.tcx", 4988, 14.0, 329.0, true, Barometer, 0),
        run("trail_pyselsky_coros.fit", 9698, 21.52, 450.0, true, Barometer, 0),
        run("road_trosku_coros_power.fit", 2921, 10.74, 125.0, true, Barometer, 0),
        run("road_kaiteriteri_fr945.fit", 4736, 12.24, 187.0, true, Barometer, 0),
        run("treadmill_noalt_fr945.fit", 3101, 10.63, 0.0, true, Set, 3),
        run("hill_strava_20160911.tcx", 1495, 6.11, 394.0, true, Unknown, 0),
        run("run_stryd_devfields.fit", 3424, 6.75, 25.0, true, Unknown, 0),
        run("run_fenix6x_hilly.fit", 4276, 9.4, 315.0, true, Barometer, 3),
        run("run_fenix6x_84km_large.fit", 42709, 84.21, 123.0, true, Barometer, 1),
        run("corrupt_strava_android.fit", 235, 0.93, 11.0, false, Unknown, 0),
        run("corrupt_bad_filecrc.fit", 14, 0.01, 0.0, false, Unknown, 0),
        run("corrupt_unexpected_eof.fit", 14, 0.01, 0.0, false, Unknown, 0),
        run("trail_ambit_uphill_run_suunto9.fit", 20408, 49.9, 1099.0, true, Unknown, 0),
        run("mountain_emparis_41k.gpx", 2665, 40.84, 4059.0, false, Unknown, 0),
        run("movescount_trail.gpx", 1592, 12.26, 534.0, true, Unknown, 0),
        run("course_utmb_170.gpx", 10997, 169.88, 10300.0, false, Map, 0),
        run("climb_shasta.gpx", 960, 19.03, 2283.0, false, Map, 0),
        run("marathon_nyc_recorded.gpx", 2313, 43.34, 475.0, false, Unknown, 0),
        run("run_strava_marathon.gpx", 3263, 42.1, 425.0, true, Unknown, 0),
        run("run_forerunner55_error.fit", 1429, 21.62, 205.0, true, Satellite, 0),
        run("run_trackeR.gpx.gz", 5104, 14.79, 256.0, true, Unknown, 0),
    ]
};

#[test]
fn files_with_one_run() {
    let Some(folder) = folder() else { return };
    for expected in RUNS {
        let file = expected.file;
        let runs = read_path(&folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        let [run] = runs.as_slice() else { panic!("{file}: {} runs", runs.len()) };
        let recording = &run.recording;
        assert_eq!(run.part, None, "{file}");
        assert_eq!(recording.samples.len(), expected.samples, "{file}");
        let km = recording.samples.last().unwrap().distance_m / 1000.0;
        // 4 %: emparis is a speed that was integrated, SOURCES.md has the positions.
        assert!((km / expected.km - 1.0).abs() < 0.04 || km < 0.02, "{file}: {km} km");
        let descent = descent_m(recording);
        let tolerance = (0.02 * expected.descent_m).max(1.0);
        assert!((descent - expected.descent_m).abs() <= tolerance, "{file}: {descent} m down");
        assert_eq!(recording.elevation_source, expected.source, "{file}");
        assert_eq!(recording.pauses.len(), expected.pauses, "{file}");
        let cadence = median_cadence(recording);
        assert_eq!(cadence.is_some(), expected.has_cadence, "{file}");
        assert!(cadence.is_none_or(|c| (140.0..=190.0).contains(&c)), "{file}: {cadence:?}");
        assert!(recording.start.unix_ms() > 1_200_000_000_000, "{file}");
    }
}

#[test]
fn files_that_are_refused() {
    let Some(folder) = folder() else { return };
    let error = |file: &str| match read_path(&folder.join(file)) {
        Ok(_) => panic!("{file} must be refused"),
        Err(error) => error,
    };
    for (file, points, times) in [
        ("course_tor330.gpx", 37399, 0),
        ("course_lake_sonoma.gpx", 2337, 0),
        ("notime_cerknicko.gpx", 296, 5),
    ] {
        match error(file) {
            ReadError::NoTimes { points: p, with_time: t } => {
                assert_eq!((p, t), (points, times), "{file}");
            }
            other => panic!("{file}: {other}"),
        }
    }
    // The times of this course are made up, three seconds a point: nobody ran it.
    assert!(matches!(error("course_eiger_e250.gpx"), ReadError::NoRun { .. }));
    assert!(matches!(
        error("noalt_cerknicko.gpx"),
        ReadError::Recording(eccentric::Error::NoElevation)
    ));
    assert!(matches!(
        error("zeroalt_cerknicko.gpx"),
        ReadError::Recording(eccentric::Error::ZeroElevation { samples: 296 })
    ));
    let ride = error("corrupt_truncated_ride.fit");
    assert!(matches!(&ride, ReadError::NoRun { found, .. } if found == &["cycling"]));
    assert!(ride.to_string().contains("breaks off at byte 403456"), "{ride}");
}

#[test]
fn the_legs_on_foot_of_a_multisport_file() {
    let Some(folder) = folder() else { return };
    let runs = read_path(&folder.join("multisport_fenix2_trailleg.fit")).unwrap();
    let [walk, trail] = runs.as_slice() else { panic!("{} legs", runs.len()) };
    assert_eq!((walk.part, trail.part), (Some(2), Some(4)));
    assert_eq!(trail.recording.samples.len(), 6694);
    assert_eq!(trail.recording.sport, Sport::Running);
    // The device counts 802 m down on this leg.
    let descent = descent_m(&trail.recording);
    assert!((700.0..=850.0).contains(&descent), "{descent}");
    assert!(has(walk, |w| matches!(w, Warning::OtherSports { found }
        if found.iter().any(|sport| sport == "cycling"))));
}

#[test]
fn damage_is_said() {
    let Some(folder) = folder() else { return };
    let run = |file: &str| read_path(&folder.join(file)).unwrap().swap_remove(0);
    let strava = run("corrupt_strava_android.fit");
    assert!(has(&strava, |w| matches!(w, Warning::Truncated { records_read: 473, .. })));
    assert!(has(&strava, |w| matches!(w, Warning::TimeJump { jump_s, kept: 472 }
        if *jump_s > 2.0e9)));
    assert!(has(&strava, |w| matches!(
        w,
        Warning::DroppedSamples { count: 237, reason: DropReason::Duplicate }
    )));
    let checksum = run("corrupt_bad_filecrc.fit");
    assert!(has(&checksum, |w| matches!(w, Warning::BadChecksum { .. })));
    let eof = run("corrupt_unexpected_eof.fit");
    assert!(has(&eof, |w| matches!(w, Warning::Truncated { at_byte: 768, .. })));
    let jump = run("run_forerunner55_error.fit");
    assert!(has(&jump, |w| matches!(w, Warning::DistanceJump { .. })));
    let treadmill = run("treadmill_noalt_fr945.fit");
    assert!(treadmill.warnings.contains(&Warning::TreadmillNoElevation));
}

#[test]
fn only_damaged_files_have_a_bad_checksum() {
    let Some(folder) = folder() else { return };
    for expected in RUNS.iter().filter(|e| e.file.ends_with(".fit")) {
        if expected.file.starts_with("corrupt") {
            continue;
        }
        let run = read_path(&folder.join(expected.file)).unwrap().swap_remove(0);
        let damaged =
            |w: &Warning| matches!(w, Warning::BadChecksum { .. } | Warning::Truncated { .. });
        assert!(!has(&run, damaged), "{}", expected.file);
    }
}

#[test]
fn fit_and_tcx_of_the_same_run_agree() {
    let Some(folder) = folder() else { return };
    let run = |file: &str| read_path(&folder.join(file)).unwrap().swap_remove(0).recording;
    let fit = run("trail_sloatsburg_fr945_stryd.fit");
    let tcx = run("trail_sloatsburg.tcx");
    assert_eq!(fit.start, tcx.start);
    assert_eq!(fit.samples.len(), tcx.samples.len());
    for (a, b) in fit.samples.iter().zip(&tcx.samples) {
        assert_eq!(a.time_s, b.time_s);
        // FIT counts centimetres; TCX writes them as a 32-bit float.
        assert!((a.distance_m - b.distance_m).abs() < 0.01, "{a:?} {b:?}");
        assert!((a.elevation_m.unwrap() - b.elevation_m.unwrap()).abs() < 0.01, "{a:?} {b:?}");
    }
}

#[test]
fn courses() {
    let Some(folder) = folder() else { return };
    for (file, points, km) in [
        ("course_utmb_170.gpx", 11053, 169.88),
        ("course_tor330.gpx", 37399, 336.46),
        ("course_eiger_e250.gpx", 17302, 265.76),
        ("course_lake_sonoma.gpx", 2337, 51.48),
    ] {
        let course = read_course(file, &std::fs::read(folder.join(file)).unwrap());
        let course = course.unwrap_or_else(|e| panic!("{file}: {e}"));
        assert_eq!(course.points.len(), points, "{file}");
        let found = course.points.last().unwrap().distance_m / 1000.0;
        assert!((found / km - 1.0).abs() < 0.001, "{file}: {found} km");
    }
    // The logs of two places in one file.
    let two_places = std::fs::read(folder.join("notime_cerknicko.gpx")).unwrap();
    assert!(matches!(
        read_course("notime", &two_places),
        Err(ReadError::CourseJump { index: 271, .. })
    ));
    let noalt = std::fs::read(folder.join("noalt_cerknicko.gpx")).unwrap();
    assert!(matches!(read_course("noalt", &noalt), Err(ReadError::CourseJump { .. })));
}
