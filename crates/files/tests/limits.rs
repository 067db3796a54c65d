//! Files made to be slow or large: refused or read in time that grows with their size only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::{Duration, Instant};

use common::*;
use eccentric_files::{MAX_ACTIVITIES, ReadError, read_bytes};

/// A megabyte takes well under a second even in a debug build; anything quadratic takes minutes.
fn in_time(name: &str, bytes: &[u8]) -> Result<usize, ReadError> {
    let begun = Instant::now();
    let result = read_bytes(name, bytes).map(|runs| runs.len());
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(20), "{name}: {} bytes took {took:?}", bytes.len());
    result
}

#[test]
fn tracks_of_one_point() {
    let untimed = r#"</trkseg></trk><trk><trkseg><trkpt lat="1" lon="1"/>"#.repeat(40_000);
    let result = in_time("untimed.gpx", gpx("", &untimed).as_bytes());
    assert!(matches!(result, Err(ReadError::NoTimes { .. })), "{result:?}");
    let days: String = (0..3000_u32)
        .map(|day| {
            let (year, month) = (2000 + day / 12, day % 12 + 1);
            format!(r#"</trkseg></trk><trk><trkseg><trkpt lat="1" lon="1"><time>{year}-{month:02}-01T08:00:00Z</time></trkpt>"#)
        })
        .collect();
    let result = in_time("days.gpx", gpx("", &days).as_bytes());
    assert!(matches!(result, Err(ReadError::TooLarge { max: MAX_ACTIVITIES, .. })), "{result:?}");
}

#[test]
fn activities_without_end() {
    let many = "</Activity><Activity>".repeat(40_000);
    let result = in_time("many.tcx", tcx("Running", "").replace("<Lap>", &many).as_bytes());
    assert!(matches!(result, Err(ReadError::TooLarge { .. })), "{result:?}");
    let chain = Fit::default().records(0..3).session(0, 1, 0).bytes().repeat(5000);
    let result = in_time("chain.fit", &chain);
    assert!(matches!(result, Err(ReadError::TooLarge { .. })), "{result:?}");
    // Empty files in a chain hold nothing and cost nothing.
    assert!(in_time("empty.fit", &Fit::default().bytes().repeat(50_000)).is_err());
}

#[test]
fn pauses_without_end() {
    let file =
        (0..30_000).fold(Fit::default(), |fit, s| fit.timer(s, if s % 2 == 0 { 4 } else { 0 }));
    let result = in_time("pauses.fit", &file.records(0..5).bytes());
    assert!(matches!(result, Err(ReadError::TooLarge { .. })), "{result:?}");
}

#[test]
fn a_thousand_sessions() {
    let file = (0..1000).fold(Fit::default().records(0..2000), |fit, s| fit.session(s * 2, 1, 0));
    assert!(in_time("sessions.fit", &file.bytes()).is_ok());
}

#[test]
fn times_that_zigzag() {
    let zigzag = |unit: u32| -> String {
        (0..50_000_u32)
            .map(|i| format!("{},{i},5\n", if i % 2 == 0 { i } else { i * unit }))
            .collect()
    };
    for unit in [2, 1000] {
        let table = format!("time_s,distance_m,ele\n{}", zigzag(unit));
        let result = in_time("zigzag.csv", table.as_bytes());
        assert!(matches!(result, Err(ReadError::Recording(_)) | Ok(1)), "{result:?}");
    }
}

#[test]
fn nesting_attributes_and_names_without_end() {
    let deep = gpx("", &"<a>".repeat(300_000));
    assert!(in_time("deep.gpx", deep.as_bytes()).is_err());
    let attributes: String = (0..60_000).map(|i| format!(" a{i}='1'")).collect();
    let wide = gpx("", &format!("<trkpt{attributes} lat='1' lon='1'></trkpt>"));
    assert!(in_time("wide.gpx", wide.as_bytes()).is_err());
    let error = refused("name.gpx", gpx_run(&"cycling".repeat(100_000), 9).as_bytes());
    assert!(error.to_string().len() < 500);
    let columns = format!("time_s{}\n0\n", ",x".repeat(300_000));
    let error = in_time("columns.csv", columns.as_bytes()).unwrap_err();
    assert!(error.to_string().len() < 500);
}
