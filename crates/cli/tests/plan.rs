//! `eccentric plan` as a user meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// A run as CSV: half an hour of it level, then so many metres of descent at -16 %.
fn write_run(folder: &Path, day: &str, descent_m: f64) {
    let mut table = format!("# start: {day}T09:00:00Z\ntime_s,distance_m,elevation_m\n");
    let level_m = 5000.0;
    let end_m = level_m + descent_m / 0.16;
    let mut distance_m = 0.0;
    while distance_m <= end_m {
        let elevation = 1000.0 - 0.16 * (distance_m - level_m).max(0.0);
        table.push_str(&format!("{:.1},{distance_m},{elevation}\n", distance_m / 2.9));
        distance_m += 29.0;
    }
    fs::write(folder.join(format!("{day}.csv")), table).unwrap();
}

/// A folder with a course up and down 800 m, and an athlete's with five weeks of level running.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let athlete = folder.path().join("athlete");
    fs::create_dir(&athlete).unwrap();
    let day: jiff::civil::Date = "2026-04-28".parse().unwrap();
    for week in 0..5 {
        for weekday in [0, 2, 5] {
            let days = jiff::Span::new().days(7 * week + weekday);
            write_run(&athlete, &day.checked_add(days).unwrap().to_string(), 0.0);
        }
    }
    let mut course = String::from("<gpx><trk><name>Up and down</name><trkseg>\n");
    for k in 0..=400_i32 {
        let latitude = 46.0 + 0.0004 * f64::from(k);
        let elevation = 900.0 + 4.0 * f64::from(200 - (200 - k).abs());
        course.push_str(&format!(
            "<trkpt lat=\"{latitude}\" lon=\"8\"><ele>{elevation}</ele></trkpt>\n"
        ));
    }
    course.push_str("</trkseg></trk></gpx>\n");
    fs::write(folder.path().join("course.gpx"), course).unwrap();
    folder
}

fn plan(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("eccentric").unwrap();
    command.env("ECCENTRIC_CACHE", folder.join("cache")).env("TZ", "UTC").env("NO_COLOR", "1");
    command.current_dir(folder).args(["plan", "course.gpx", "athlete"]).args(arguments).assert()
}

const RACE: [&str; 4] = ["--race", "2026-07-04", "--from", "2026-06-03"];

fn words(folder: &Path, arguments: &[&str]) -> String {
    let output = plan(folder, &[&RACE[..], arguments].concat()).success();
    String::from_utf8(output.get_output().stdout.clone()).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&words(folder, &[&["--json"], arguments].concat())).unwrap()
}

fn dates(report: &Value) -> Vec<String> {
    let sessions = report["sessions"].as_array().unwrap();
    sessions.iter().map(|session| session["date"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_plan_prints_the_fields_that_were_promised() {
    let folder = folder();
    let report = json(folder.path(), &["--block", "sun", "--block", "2026-06-10..2026-06-12"]);
    assert_eq!(report["schema"], "eccentric.plan");
    assert_eq!(report["version"], 1);
    assert_eq!(report["race"]["name"], "Up and down");
    assert_eq!(report["race"]["start"], "2026-07-04T07:00:00Z");
    let sessions = report["sessions"].as_array().unwrap();
    assert!(!sessions.is_empty());
    for session in sessions {
        for field in ["points", "descent_m"] {
            assert!(session[field].as_f64().unwrap() > 0.0, "{field}");
        }
        for field in ["speed_m_s", "distance_m", "duration_s"] {
            assert!(session["example"][field].as_f64().unwrap() > 0.0, "{field}");
        }
        assert!(session["example"]["grade"].as_f64().unwrap() < 0.0);
    }
    for date in dates(&report) {
        let date: jiff::civil::Date = date.parse().unwrap();
        assert!(date.weekday() != jiff::civil::Weekday::Sunday, "{date}");
        assert!(!(10..=12).contains(&date.day()) || date.month() != 6, "{date}");
    }
    let race_day = &report["race_day"];
    let between = |value: &Value| value.as_f64().is_some_and(|value| (0.0..=1.0).contains(&value));
    assert!(between(&race_day["protection"]) && between(&race_day["strength_loss_at_finish"]));
    assert!(race_day["p_cleared"].as_f64().unwrap() >= 0.9);
    assert!(race_day["soreness"].as_f64().unwrap() < 1.0);
    assert!(report["on_the_way"]["probability"].as_f64().unwrap() >= 0.8);
    let alternatives = report["alternatives"].as_array().unwrap();
    assert_eq!(alternatives.len(), 6);
    assert!(
        race_day["soreness_peak"].as_f64() < alternatives[0]["race_day"]["soreness_peak"].as_f64()
    );
    for alternative in alternatives {
        assert!(
            alternative["name"].is_string() && alternative["race_day"]["p_cleared"].is_number()
        );
        assert!(report["objective"].as_f64() <= alternative["objective"].as_f64());
    }
    assert_eq!(report["days"].as_array().unwrap().len(), 31);
    assert_eq!(report["since_last_plan"], Value::Null);
    assert_eq!(report["red_flags"], eccentric::plan::RED_FLAGS);
}

#[test]
fn text_calendar_and_figures() {
    let folder = folder();
    let text =
        words(folder.path(), &["--ics", "plan.ics", "--svg", "plan.svg", "--html", "plan.html"]);
    for word in [
        "Up and down",
        "days before",
        "short and steep, which buys more than",
        "of 10 after the race",
        "weekly, short and steep",
        "Clear at the start",
        "one, three weeks out",
        "no promise to prevent injury",
        eccentric::plan::RED_FLAGS,
        "plan.json",
    ] {
        assert!(text.contains(word), "{word} is missing in\n{text}");
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let calendar = read("plan.ics");
    let sessions = dates(&json(folder.path(), &["--no-save"])).len();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), sessions + 1);
    assert!(calendar.contains("SUMMARY:Race: Up and down\r\n"));
    assert!(calendar.contains("DTSTART:20260704T070000Z\r\n"));
    assert!(
        read("plan.svg").contains("Descent sessions") && read("plan.html").contains("Protection")
    );
}

/// Missed, done harder than meant, and what the new plan does about it. Planned stays apart from done.
#[test]
fn a_plan_is_made_anew_from_what_was_done() {
    let folder = folder();
    let first = json(folder.path(), &[]);
    let kept = fs::read_to_string(folder.path().join("athlete/plan.json")).unwrap();
    assert!(kept.contains("\"schema\": \"eccentric.planned\""));
    let again = json(folder.path(), &[]);
    assert_eq!(again["sessions"], first["sessions"], "a plan is no run");
    assert_eq!(again["since_last_plan"]["changed"], Value::Array(Vec::new()));
    assert!(words(folder.path(), &[]).contains("what is ahead stays as it was"));

    let sessions = dates(&first);
    assert!(sessions.len() >= 3, "{sessions:?}");
    // The first one is missed, the second one three times as hard.
    let harder = 3.0 * first["sessions"][1]["descent_m"].as_f64().unwrap();
    write_run(&folder.path().join("athlete"), &sessions[1], harder);
    let day: jiff::civil::Date = sessions[1].parse().unwrap();
    let next = day.tomorrow().unwrap().to_string();
    let at = ["--race", "2026-07-04", "--from", &next];
    let output = plan(folder.path(), &[&at[..], &["--json"]].concat()).success();
    let report: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let past = report["since_last_plan"]["past"].as_array().unwrap();
    assert_eq!(past[0]["kept"], "missed");
    assert_eq!(past[1]["kept"], "more");
    assert!((past[1]["done_m"].as_f64().unwrap() / harder - 1.0).abs() < 0.2);
    assert!(dates(&report).iter().all(|date| *date > sessions[1]));
    // A plan for another race is not compared.
    let other = plan(folder.path(), &["--race", "2026-07-11", "--from", &next, "--json"]).success();
    let other: Value = serde_json::from_slice(&other.get_output().stdout).unwrap();
    assert_eq!(other["since_last_plan"], Value::Null);
}

#[test]
fn limits_are_kept() {
    let folder = folder();
    let run = |arguments: &[&str]| json(folder.path(), &[arguments, &["--no-save"]].concat());
    let sum = |report: &Value| -> f64 {
        let sessions = report["sessions"].as_array().unwrap();
        sessions.iter().map(|session| session["descent_m"].as_f64().unwrap()).sum()
    };
    assert!(!folder.path().join("athlete/plan.json").exists());
    let capped = run(&["--week-descent", "150"]);
    assert!(
        capped["sessions"]
            .as_array()
            .unwrap()
            .iter()
            .all(|s| s["descent_m"].as_f64().unwrap() <= 150.1)
    );
    let blocked = run(&["--block", "2026-06-01..2026-07-31"]);
    assert_eq!((sum(&blocked), blocked["sessions"].as_array().unwrap().len()), (0.0, 0));
    let text = words(folder.path(), &["--block", "2026-06-01..2026-07-31", "--no-save"]);
    assert!(text.contains("every day is blocked"), "{text}");
    let steep = run(&["--slope", "-20", "--speed", "2.5"]);
    assert_eq!(steep["asked"]["descent_from"], "given");
    assert_eq!(steep["asked"]["descent"]["grade"], -0.2);
    assert!(!folder.path().join("athlete/plan.json").exists());
}

#[test]
fn what_cannot_be_planned_is_named() {
    let folder = folder();
    for (arguments, code, said) in [
        (vec![], 2, "--race"),
        (vec!["--race", "someday"], 2, "is no time"),
        (vec!["--race", "2026-06-03", "--from", "2026-06-03"], 1, "leaves no day for a plan"),
        (vec!["--race", "2026-01-03", "--from", "2026-06-03"], 1, "leaves no day for a plan"),
        (
            vec!["--race", "2027-06-03", "--from", "2026-06-03"],
            1,
            "days before the race is 365, allowed is 1 to 200",
        ),
        (vec!["--race", "2026-07-04", "--block", "someday"], 2, "is no day"),
        (vec!["--race", "2026-07-04", "--block", "2026-06-12..2026-06-10"], 2, "is before"),
        (
            vec!["--race", "2026-07-04", "--build-up", "0.5"],
            2,
            "build-up is 0.5, allowed is 1 to 10",
        ),
        (vec!["--race", "2026-07-04", "--week-points", "-5"], 2, "points of the session is -5"),
        (
            vec!["--race", "2026-07-04", "--week-points", "5", "--week-descent", "5"],
            2,
            "cannot be used with",
        ),
        (vec!["--race", "2026-07-04", "--hour", "24"], 2, "24 is not in 0..=23"),
        (vec!["--race", "2026-07-04", "--from", "2026-06-03", "--time", "0:01"], 1, "allowed"),
        (
            vec!["--race", "2026-07-04", "--from", "2026-06-03", "--ics", "course.gpx/p.ics"],
            1,
            "cannot be written",
        ),
    ] {
        let output = plan(folder.path(), &arguments).code(code);
        let complaint = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert!(complaint.contains(said), "{arguments:?} gave {complaint}");
    }
    fs::write(
        folder.path().join("athlete/plan.json"),
        "{\"schema\":\"eccentric.planned\",\"version\":9,\"data\":{}}",
    )
    .unwrap();
    let output = plan(folder.path(), &RACE).code(1);
    let complaint = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(
        complaint.contains("plan.json: eccentric.planned version 9 is not known"),
        "{complaint}"
    );
    assert!(
        fs::read_to_string(folder.path().join("athlete/plan.json"))
            .unwrap()
            .contains("\"version\":9")
    );
    let first = r#"{"schema":"eccentric.planned","version":1,"data":{}}"#;
    fs::write(folder.path().join("athlete/plan.json"), first).unwrap();
    let output = plan(folder.path(), &RACE).code(1);
    let complaint = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(complaint.contains("eccentric.planned version 1 is of release 0.1"), "{complaint}");
    assert_eq!(fs::read_to_string(folder.path().join("athlete/plan.json")).unwrap(), first);
    fs::write(folder.path().join("course.gpx"), "<gpx><trk><trkseg></trkseg></trk></gpx>").unwrap();
    let output = plan(folder.path(), &RACE).code(1);
    let complaint = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(complaint.contains("course.gpx"), "{complaint}");
}
