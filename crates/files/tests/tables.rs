//! CSV, Strava streams, gzip and unknown content made up here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::io::Write;

use common::*;
use eccentric::activity::{Pause, Sport};
use eccentric_files::{
    DropReason, Format, MAX_JSON_BYTES, ReadError, ReadOptions, Warning, read_columns, read_path,
};

fn csv(header: &str, line: impl Fn(u32) -> String) -> String {
    (0..60).map(line).fold(format!("{header}\n"), |table, line| table + &line + "\n")
}

fn canonical() -> String {
    csv("time_s,distance_m,elevation_m,cadence_steps_min", |i| format!("{i},{},900,84", i * 3))
}

#[test]
fn canonical_columns() {
    let run = one("run.csv", canonical().as_bytes());
    assert_eq!((run.format, run.recording.sport), (Format::Csv, Sport::OnFoot));
    assert_eq!(last_m(&run), 177.0);
    // The name says that these are steps, so they are not doubled.
    assert_eq!(run.recording.samples[9].cadence_steps_min, Some(84.0));
    assert_eq!(run.warnings, [Warning::NoStartTime]);
}

#[test]
fn columns_in_memory_are_the_table() {
    let of =
        |column: &dyn Fn(f64) -> f64| (0..60).map(|i| column(f64::from(i))).collect::<Vec<_>>();
    let (time, distance) = (of(&|i| i), of(&|i| 3.0 * i));
    let (elevation, cadence) = (of(&|_| 900.0), of(&|_| 84.0));
    let columns = [
        ("time_s", &time[..]),
        ("distance_m", &distance[..]),
        ("elevation_m", &elevation[..]),
        ("cadence_steps_min", &cadence[..]),
        ("note", &[][..]),
    ];
    let run = read_columns(&columns, &ReadOptions::default()).unwrap();
    assert_eq!(run, one("run.csv", canonical().as_bytes()));

    let refused = |columns: &[(&str, &[f64])]| {
        read_columns(columns, &ReadOptions::default()).unwrap_err().to_string()
    };
    assert_eq!(
        refused(&[("time", &time), ("distance", &distance[1..])]),
        "distance has 59 values, expected 60"
    );
    assert_eq!(
        refused(&[("time", &[0.0, f64::NAN]), ("speed", &[3.0, 3.0])]),
        "time in row 1 is NaN, allowed is a number of seconds"
    );
    assert_eq!(
        refused(&[("time", &[0.0, 1.0]), ("speed", &[3.0, f64::INFINITY])]),
        "speed in row 1 is inf, allowed is a number or NaN for none"
    );
    assert!(
        refused(&[("time", &[0.0, 2.0e9]), ("speed", &[3.0, 3.0])]).starts_with("row 1: times")
    );
    assert!(refused(&[("speed", &time)]).starts_with("columns are speed; needed are time_s"));
    assert!(refused(&[]).starts_with("columns are ; needed"));
}

#[test]
fn a_start_in_a_comment() {
    let run = one("run.csv", format!("# start: 2026-05-01T08:00:00Z\n{}", canonical()).as_bytes());
    assert_eq!(run.recording.start.unix_ms(), 1_777_622_400_000);
    assert_eq!(run.warnings, []);
}

#[test]
fn other_names_separators_and_times() {
    let table = csv("Time;Speed;Ele;Cadence;note", |i| {
        format!("2026-05-01T10:00:{i:02}+02:00;3;{};85;x", if i == 4 { "NaN" } else { "900" })
    });
    let run = one("run.csv", table.as_bytes());
    assert_eq!(run.recording.start.unix_ms(), 1_777_622_400_000);
    assert_eq!(last_m(&run), 177.0);
    assert_eq!(run.recording.samples[9].cadence_steps_min, Some(170.0));
    assert!(run.warnings.contains(&Warning::ElevationMissing { count: 1, of: 60 }));
    let unix =
        csv("timestamp\tdistance\taltitude", |i| format!("{}\t{}\t9", 1_700_000_000 + i, i * 3));
    assert_eq!(one("unix.csv", unix.as_bytes()).recording.start.unix_ms(), 1_700_000_000_000);
}

#[test]
fn samples_beyond_the_longest_recording_are_dropped() {
    // Every six days, which is no jump; the sixth lies beyond 3 000 000 s.
    let line = |i: u32| format!("{},{},900", i * 518_400, i * 100);
    let run = one("months.csv", csv("time_s,distance_m,elevation_m", line).as_bytes());
    assert_eq!(run.recording.samples.len(), 6);
    let reason = DropReason::OutOfRange;
    assert!(run.warnings.contains(&Warning::DroppedSamples { count: 54, reason }));
}

#[test]
fn lines_that_cannot_be_used() {
    for (table, line, says) in [
        ("time_s,distance_m\n0,0\n1,far\n", 3, "distance is \"far\", allowed is a number"),
        ("time_s,distance_m\n0,0\nnoon,1\n", 3, "time is \"noon\""),
        ("time_s,distance_m\n0,0\n,1\n", 3, "time is \"\""),
        ("time_s,elevation_m\n0,0\n", 1, "needed are time_s and one of"),
        ("time,distance\n0,0\n2026-05-01T08:00:00Z,9\n", 3, "mixed"),
    ] {
        let error = refused("bad.csv", table.as_bytes());
        assert!(matches!(error, ReadError::Csv { line: at, .. } if at == line), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

fn streams() -> String {
    let list = |value: &dyn Fn(u32) -> String| (0..60).map(value).collect::<Vec<_>>().join(",");
    format!(
        r#""time":{{"data":[{}]}},"distance":{{"data":[{}]}},"altitude":{{"data":[{}]}},"cadence":{{"data":[{}]}},"moving":{{"data":[{}]}}"#,
        list(&|i| i.to_string()),
        // Standing from 10 to 20 s.
        list(&|i| (if i < 10 { i } else { i.max(20) - 10 } * 3).to_string()),
        list(&|i| format!("{}.5", 900 - i)),
        list(&|_| "85".to_owned()),
        list(&|i| (!(11..=20).contains(&i)).to_string()),
    )
}

#[test]
fn both_shapes_of_strava_streams() {
    let keyed = format!("{{{}}}", streams());
    let array = format!("[{{{}}}]", streams().replace("}},\"", "}},{\""));
    let array = array.replace("\"time\":{", "\"type\":\"time\",");
    let mut array = array;
    for kind in ["distance", "altitude", "cadence", "moving"] {
        array = array.replace(&format!(",\"{kind}\":{{"), &format!(",{{\"type\":\"{kind}\","));
    }
    let array = array.replace("}}]", "}]");
    for json in [keyed, array] {
        let run = one("streams.json", json.as_bytes());
        assert_eq!(run.format, Format::StravaJson);
        assert_eq!(run.recording.pauses, [Pause { start_s: 10.0, end_s: 20.0 }]);
        assert_eq!(run.recording.samples[30].elevation_m, Some(870.5));
        assert_eq!(run.recording.samples[30].cadence_steps_min, Some(170.0));
        assert!(run.warnings.contains(&Warning::NoStartTime));
    }
}

#[test]
fn streams_with_their_activity() {
    let json = format!(
        r#"{{"sport_type":"TrailRun","start_date":"2026-05-01T08:00:00Z","streams":{{{}}}}}"#,
        streams()
    );
    let run = one("activity.json", json.as_bytes());
    assert_eq!(run.recording.sport, Sport::Running);
    assert_eq!(run.recording.start.unix_ms(), 1_777_622_400_000);
    let ride = json.replace("TrailRun", "Ride");
    assert!(matches!(refused("ride.json", ride.as_bytes()), ReadError::NoRun { .. }));
}

#[test]
fn slow_walking_that_strava_calls_standing_is_no_pause() {
    let steady = (0..60).map(|i| format!("{}", f64::from(i) * 0.6)).collect::<Vec<_>>().join(",");
    let other = streams().replace("\"distance\"", "\"other\"");
    let json = format!("{{\"distance\":[{steady}],{other}}}");
    assert_eq!(one("slow.json", json.as_bytes()).recording.pauses, []);
}

#[test]
fn json_that_cannot_be_used() {
    for (json, says) in [
        ("{\"time\":", "line 1"),
        ("[]", "no \"time\" stream"),
        ("{\"time\":[0,1],\"distance\":[0]}", "\"distance\" has 1 values, \"time\" has 2"),
    ] {
        let error = refused("bad.json", json.as_bytes());
        assert!(matches!(error, ReadError::Json { .. }), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
    let mut large = vec![b' '; MAX_JSON_BYTES + 1];
    large[0] = b'[';
    assert!(matches!(refused("large.json", &large), ReadError::TooLarge { .. }));
    let deep = "[".repeat(100_000);
    assert!(matches!(refused("deep.json", deep.as_bytes()), ReadError::Json { .. }));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn gzip_around_any_format() {
    let packed = gzip(canonical().as_bytes());
    assert_eq!(one("run.csv.gz", &packed), one("run.csv", canonical().as_bytes()));
    let cut = &packed[..packed.len() / 2];
    assert!(matches!(refused("cut.gz", cut), ReadError::Gzip { .. }));
}

#[test]
#[ignore = "unpacks half a gigabyte: run in release"]
fn a_decompression_bomb_is_refused() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..513 {
        encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 2 << 20);
    assert!(matches!(refused("bomb.gz", &bomb), ReadError::TooLarge { .. }));
}

#[test]
fn unknown_content_says_what_it_looks_like() {
    for (bytes, says) in [
        (&b""[..], "an empty file"),
        (b"<kml><Document/></kml>", "KML"),
        (b"<!-- a --><html></html>", "another kind of XML"),
        (b"PK\x03\x04rest", "a zip archive"),
        (b"\x7fELF\0\0", "binary data"),
        (b"hello, world", "text without a header line"),
    ] {
        let error = refused("some.file", bytes);
        assert!(matches!(error, ReadError::UnknownFormat { .. }), "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
    let missing = read_path(std::path::Path::new("no/such/file.fit")).unwrap_err();
    assert!(missing.to_string().starts_with("cannot be read"), "{missing}");
    assert!(matches!(missing, ReadError::Io { path, .. } if path.ends_with("no/such/file.fit")));
}

#[test]
fn every_warning_reads_as_a_sentence() {
    let run = one("cut.gpx", &gpx_run("", 20).as_bytes()[..1500]);
    for warning in &run.warnings {
        let text = warning.to_string();
        assert!(text.len() > 20 && !text.contains('{'), "{text}");
    }
}
