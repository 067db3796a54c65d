//! The command as a user meets it: what it prints, what it writes, how it fails.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write as _;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn sample() -> String {
    root().join("samples/mountain_run.gpx").display().to_string()
}

/// The command with a cache and a time zone of its own.
fn eccentric(cache: &Path) -> Command {
    let mut command = Command::cargo_bin("eccentric").unwrap();
    command.env("ECCENTRIC_CACHE", cache).env("TZ", "UTC").env("NO_COLOR", "1");
    command
}

fn json(command: &mut Command) -> Value {
    let output = command.assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

#[test]
fn load_prints_the_fields_that_were_promised() {
    let cache = tempfile::tempdir().unwrap();
    let report = json(eccentric(cache.path()).args(["load", &sample(), "--mass", "70", "--json"]));
    assert_eq!(report["schema"], "eccentric.load");
    assert_eq!(report["version"], 1);
    let activity = &report["activities"][0];
    for field in [
        "duration_s",
        "distance_m",
        "ascent_m",
        "descent_m",
        "negative_work_j",
        "points_se",
        "equivalent_flat_km",
    ] {
        assert!(activity[field].as_f64().unwrap() > 0.0, "{field}");
    }
    for muscle in ["total", "quadriceps", "calves", "hip_extensors", "hamstrings"] {
        assert!(activity["points"][muscle].as_f64().unwrap() > 0.0, "{muscle}");
    }
    assert_eq!(activity["start"], "2026-06-06T07:10:00Z");
    assert!(activity["quality"]["elevation_source"].is_string());
    assert!(activity["quality"]["flags"].is_array());
}

#[test]
fn forecast_prints_the_fields_that_were_promised() {
    let cache = tempfile::tempdir().unwrap();
    let report = json(eccentric(cache.path()).args([
        "forecast",
        &sample(),
        "--mass",
        "70",
        "--habit",
        "none",
        "--days",
        "3",
        "--level",
        "0.5",
        "--level",
        "0.95",
        "--json",
    ]));
    assert_eq!(report["schema"], "eccentric.forecast");
    for muscle in ["quadriceps", "calves", "hip_extensors", "hamstrings"] {
        let ahead = &report["muscles"][muscle];
        let times = ahead["times"].as_array().unwrap();
        assert_eq!(times.len(), 73);
        for quantity in ["soreness", "strength_loss"] {
            assert_eq!(ahead[quantity]["point"].as_array().unwrap().len(), times.len());
            assert_eq!(ahead[quantity]["intervals"][1]["level"], 0.95);
            assert_eq!(ahead[quantity]["intervals"][1]["upper"].as_array().unwrap().len(), 73);
        }
        assert!(ahead["peak"]["soreness"].as_f64().unwrap() > 0.0);
        assert_eq!(ahead["before"]["soreness"], 0.0);
    }
    // It passes later than the three days that were asked for.
    let clear_at = report["muscles"]["quadriceps"]["clear_at"].as_str().unwrap();
    assert!(clear_at > report["muscles"]["quadriceps"]["times"][72].as_str().unwrap());
    assert_eq!(report["runs"][0]["quality"]["warnings"].as_array().unwrap().len(), 2);
    let driver = &report["drivers"][0];
    assert_eq!(driver["file"], sample());
    assert!((driver["share"].as_f64().unwrap() - 1.0).abs() < 1e-9);
}

#[test]
fn a_folder_is_a_history_and_the_cache_changes_nothing() {
    let cache = tempfile::tempdir().unwrap();
    let folder = root().join("samples");
    let run = || {
        json(eccentric(cache.path()).arg("forecast").arg(&folder).args(["--mass", "62", "--json"]))
    };
    let (first, cached) = (run(), run());
    assert!(first == cached, "a cached load differs from a fresh one");
    assert!(std::fs::read_dir(cache.path()).unwrap().count() >= 7);
    assert!(first["drivers"].as_array().unwrap().len() >= 2);
    let other =
        json(eccentric(cache.path()).arg("forecast").arg(&folder).args(["--mass", "95", "--json"]));
    assert!(first != other, "a heavier runner is another load");
    for entry in std::fs::read_dir(cache.path()).unwrap() {
        std::fs::write(entry.unwrap().path(), b"damaged").unwrap();
    }
    assert!(first == run(), "a damaged cache is computed anew");
}

#[test]
fn figures_are_written_and_self_contained() {
    let cache = tempfile::tempdir().unwrap();
    let (svg, html) = (cache.path().join("f.svg"), cache.path().join("deep/f.html"));
    eccentric(cache.path())
        .args(["forecast", &sample(), "--quiet", "--svg"])
        .arg(&svg)
        .arg("--html")
        .arg(&html)
        .assert()
        .success()
        .stdout("");
    let (svg, html) =
        (std::fs::read_to_string(svg).unwrap(), std::fs::read_to_string(html).unwrap());
    assert!(svg.contains("Quadriceps") && svg.contains("Soreness (0–10)"));
    assert!(html.contains("Which runs the soreness comes from"));
    assert!(!html.contains("<link") && !html.contains("src=\"http"));
}

#[test]
fn text_names_units_and_gives_the_answer() {
    let cache = tempfile::tempdir().unwrap();
    let output = eccentric(cache.path()).args(["forecast", &sample()]).assert().success();
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    for word in ["Quadriceps", "sorest", "clear", "Soreness 0 to 10", "80 %", "Where it comes from"]
    {
        assert!(text.contains(word), "{word} is missing in\n{text}");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_printed() {
    let cache = tempfile::tempdir().unwrap();
    let broken = cache.path().join("broken.gpx");
    std::fs::write(&broken, "<gpx><trk>").unwrap();
    let output = eccentric(cache.path())
        .args(["load", &sample(), "no/such/file.fit", "--json"])
        .arg(&broken)
        .assert()
        .code(1);
    let report: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(report["activities"].as_array().unwrap().len(), 1);
    let complaint = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(complaint.contains("no/such/file.fit") && complaint.contains("broken.gpx"));
}

#[test]
fn wrong_use_is_exit_code_2_and_says_what_is_allowed() {
    let cache = tempfile::tempdir().unwrap();
    for (arguments, said) in [
        (vec!["load"], "required"),
        (vec!["load", "x", "--mass", "7"], "allowed is 25 to 250 kg"),
        (vec!["load", "x", "--mass", "NaN"], "allowed is 25 to 250 kg"),
        (vec!["load", "x", "--mass", "heavy"], "is not a number"),
        (vec!["load", "x", "--body-fat", "90"], "body fat"),
        (vec!["load", "x", "--pack", "-3"], "pack"),
        (vec!["load", "x", "--age", "9"], "age is 9, allowed is 10 to 110 years"),
        (vec!["forecast", "x", "--days", "0"], "allowed is"),
        (vec!["forecast", "x", "--days", "1e9"], "allowed is"),
        (vec!["forecast", "x", "--level", "80"], "allowed is 0.01 to 0.999"),
        (vec!["forecast", "x", "--at", "tomorrow"], "is no time"),
        (vec!["forecast", "x", "--habit", "swim"], "possible values"),
        (vec!["today", "x", "--soreness", "11"], "soreness is 11, allowed is 0 to 10"),
        (vec!["today", "x", "--probability", "80"], "probability is 80, allowed is 0.01 to 0.999"),
        (vec!["today", "x", "--slope", "12"], "grade of the descent is 12, allowed is -60 to -1 %"),
        (vec!["today", "x", "--speed", "-1"], "speed on the descent"),
        (vec!["today", "x", "--until", "soon"], "is no time"),
        (vec!["fly"], "unrecognized subcommand"),
    ] {
        let output = eccentric(cache.path()).args(&arguments).assert().code(2);
        let complaint = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert!(complaint.contains(said), "{arguments:?} gave {complaint}");
    }
}

#[test]
fn a_treadmill_run_takes_the_grade_it_is_given() {
    let file = root().join("../shared/activities/treadmill_noalt_fr945.fit");
    if !file.exists() {
        _ = writeln!(std::io::stderr(), "SKIPPED: a treadmill run, no ../shared/activities");
        return;
    }
    let cache = tempfile::tempdir().unwrap();
    let points = |grade: &str| {
        let report =
            json(eccentric(cache.path()).arg("load").arg(&file).args(["--grade", grade, "--json"]));
        report["activities"][0]["points"]["quadriceps"].as_f64().unwrap()
    };
    assert!(points("-10") > 2.0 * points("0"));
}

#[test]
fn the_committed_constants_are_those_of_the_code() {
    let cache = tempfile::tempdir().unwrap();
    let output = eccentric(cache.path()).arg("constants").assert().success();
    let committed = std::fs::read(root().join("docs/constants.md")).unwrap();
    assert!(
        output.get_output().stdout == committed,
        "run: cargo run -p eccentric-cli -- constants > docs/constants.md"
    );
}

/// A descent of half an hour, ratings of the days after it, and what comes of them.
#[test]
fn a_folder_learns_its_athlete() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = String::from("# start: 2026-05-01T08:00:00Z\ntime_s,distance_m,elevation_m\n");
    for k in 0..=180 {
        let distance = 30.0 * f64::from(k);
        table.push_str(&format!("{},{distance},{}\n", 10 * k, 1500.0 - 0.16 * distance));
    }
    std::fs::write(folder.path().join("descent.csv"), table).unwrap();
    let ratings = "# scale: nrs\ntime,soreness\n2026-05-02T08:00:00Z,1\n2026-05-03T08:00:00Z,2\n2026-05-04T08:00:00Z,1\n";
    std::fs::write(folder.path().join("ratings.csv"), ratings).unwrap();
    let run = |args: &[&str]| {
        let mut command = eccentric(folder.path());
        let output = command.args(args).arg(folder.path()).arg("--no-cache").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let peak = |text: &str| {
        let report: Value = serde_json::from_str(text).unwrap();
        report["muscles"]["quadriceps"]["peak"]["soreness"].as_f64().unwrap()
    };
    let before = peak(&run(&["forecast", "--habit", "none", "--json"]));
    let words = run(&["fit", "--habit", "none"]);
    assert!(words.contains("Learned from 3 ratings."), "{words}");
    assert!(words.contains("less sore than most"), "{words}");
    let profile = std::fs::read_to_string(folder.path().join("profile.json")).unwrap();
    assert!(profile.contains("eccentric.profile"));
    let after = peak(&run(&["forecast", "--habit", "none", "--json"]));
    assert!(after < 0.7 * before, "{before} {after}");
    let without = peak(&run(&["forecast", "--habit", "none", "--json", "--no-profile"]));
    assert_eq!(without, before);
    let json = run(&["fit", "--habit", "none", "--json"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["schema"], "eccentric.fit");
    assert_eq!(report["ratings"], 3);
}

/// What release 0.1 learned cannot be read and is not thrown away.
#[test]
fn a_profile_of_the_first_version_is_refused_and_kept() {
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::copy(sample(), folder.path().join("run.gpx")).unwrap();
    let ratings = "# scale: nrs\ntime,soreness\n2026-06-07T08:00:00Z,5\n";
    std::fs::write(folder.path().join("ratings.csv"), ratings).unwrap();
    let profile = folder.path().join("profile.json");
    let first = r#"{"schema":"eccentric.profile","version":1,"data":{"ratings":3}}"#;
    std::fs::write(&profile, first).unwrap();
    let elsewhere = folder.path().join("other/profile.json");
    std::fs::create_dir(elsewhere.parent().unwrap()).unwrap();
    std::fs::copy(&profile, &elsewhere).unwrap();
    let run = folder.path().join("run.gpx");
    let (athlete, run) = (folder.path().to_str().unwrap(), run.to_str().unwrap());
    let other = elsewhere.to_str().unwrap();
    let refused = "profile.json: eccentric.profile version 1 is of release 0.1";
    for arguments in [
        vec!["fit", athlete],
        vec!["forecast", athlete],
        vec!["today", athlete],
        vec!["race", run, athlete],
        vec!["forecast", run, "--profile", other],
        vec!["fit", athlete, "--profile", other],
    ] {
        let output = eccentric(cache.path()).args(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(complaint.contains(refused), "{arguments:?} gave {complaint}");
        for file in [&profile, &elsewhere] {
            assert_eq!(std::fs::read_to_string(file).unwrap(), first, "{arguments:?}");
        }
    }
    // A newer one is not thrown away either; without it, and beside it, the command goes on.
    let newer = first.replace("1,", "9,");
    std::fs::write(&elsewhere, &newer).unwrap();
    let output = eccentric(cache.path()).args(["fit", athlete, "--profile", other]).output();
    assert!(String::from_utf8(output.unwrap().stderr).unwrap().contains("version 9 is not known"));
    assert_eq!(std::fs::read_to_string(&elsewhere).unwrap(), newer);
    eccentric(cache.path()).args(["forecast", athlete, "--no-profile"]).assert().success();
    let beside = cache.path().join("new.json");
    let fit = ["fit", athlete, "--profile", beside.to_str().unwrap()];
    eccentric(cache.path()).args(fit).assert().success();
    eccentric(cache.path()).args(fit).assert().success();
    assert!(std::fs::read_to_string(beside).unwrap().contains("\"version\": 2"));
}

/// Age widens what is not known and moves no expected value.
#[test]
fn age_widens_intervals() {
    let cache = tempfile::tempdir().unwrap();
    let load = |arguments: &[&str]| {
        let mut command = eccentric(cache.path());
        json(command.args(["load", &sample(), "--json"]).args(arguments))["activities"][0].clone()
    };
    let (unknown, young, old) = (load(&[]), load(&["--age", "30"]), load(&["--age", "80"]));
    assert_eq!(unknown, young);
    assert_eq!(unknown["points"], old["points"]);
    assert!(old["points_se"].as_f64().unwrap() > unknown["points_se"].as_f64().unwrap());
}

/// Wherever a forecast is severe, text, JSON and both figures say when to see a doctor.
#[test]
fn a_severe_forecast_says_when_to_see_a_doctor() {
    let cache = tempfile::tempdir().unwrap();
    let red_flags = eccentric::plan::RED_FLAGS;
    let run = |arguments: &[&str]| {
        let mut command = eccentric(cache.path());
        let output = command.args(["forecast", &sample()]).args(arguments).assert().success();
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    };
    let severe: Value = serde_json::from_str(&run(&["--habit", "none", "--json"])).unwrap();
    assert_eq!(severe["advice"]["severe"], true);
    assert_eq!(severe["advice"]["red_flags"], red_flags);
    assert_eq!(severe["advice"]["recovery"], eccentric::plan::EASY_DAYS);
    assert!(run(&["--habit", "none"]).contains(red_flags));
    let (svg, html) = (cache.path().join("f.svg"), cache.path().join("f.html"));
    let (svg, html) = (svg.to_str().unwrap(), html.to_str().unwrap());
    run(&["--habit", "none", "--quiet", "--svg", svg, "--html", html]);
    for figure in [svg, html] {
        // Long lines are broken: compare the words alone.
        let mut words = String::new();
        let mut in_tag = false;
        for c in std::fs::read_to_string(figure).unwrap().chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                c if !in_tag => words.push(c),
                _ => {}
            }
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [red_flags, eccentric::plan::EASY_DAYS] {
            assert!(words.contains(part), "{part} is missing in {words}");
        }
    }
    // A month later nothing is left of it, and nobody is alarmed.
    let later: Value =
        serde_json::from_str(&run(&["--habit", "none", "--json", "--at", "2026-08-06"])).unwrap();
    assert_eq!(later["advice"]["severe"], false);
    assert_eq!(later["advice"]["red_flags"], Value::Null);
    assert_eq!(later["advice"]["recovery"], Value::Null);
}

#[test]
fn today_is_a_limit_or_a_day_of_rest() {
    let cache = tempfile::tempdir().unwrap();
    let folder = root().join("samples");
    let run = |arguments: &[&str]| {
        let mut command = eccentric(cache.path());
        let output = command.arg("today").arg(&folder).args(arguments).assert().success();
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    };
    let json = |arguments: &[&str]| -> Value { serde_json::from_str(&run(arguments)).unwrap() };
    // The evening of the mountain run.
    let sore = ["--at", "2026-06-06T17:00:00Z", "--soreness", "3"];
    let words = run(&sore);
    let report = json(&[&sore[..], &["--json"]].concat());
    assert_eq!(report["schema"], "eccentric.today");
    assert_eq!(report["limit"]["points"], 0.0);
    // Days later, at the same hour.
    let next: jiff::Timestamp = report["next"].as_str().unwrap().parse().unwrap();
    let after: jiff::Timestamp = "2026-06-06T17:00:00Z".parse().unwrap();
    assert!((48..=240).contains(&next.duration_since(after).as_hours()), "{next}");
    let next = next.strftime("%a %d %b 17:00");
    let until = format!("Nothing downhill today, easy and flat until {next}.");
    assert!(words.contains(&until), "{until}: {words}");
    assert!(words.contains("two or three easy days"), "{words}");
    assert!(report["before"]["quadriceps"]["soreness"].as_f64().unwrap() > 2.0);
    // Two weeks later.
    let fresh = ["--at", "2026-06-20T17:00:00Z"];
    let words = run(&fresh);
    assert!(words.contains("At most") && words.contains("your usual descent"), "{words}");
    let points = |arguments: &[&str]| {
        let report = json(&[&fresh[..], arguments, &["--json"]].concat());
        assert!(
            report["tightest"]["probability"].as_f64().unwrap()
                >= report["probability"].as_f64().unwrap()
        );
        report["limit"]["points"].as_f64().unwrap()
    };
    let usual = points(&[]);
    assert!(usual > 50.0 && points(&["--probability", "0.9"]) < usual);
    assert!(points(&["--soreness", "2"]) < usual && points(&["--habit", "none"]) <= usual);
    // A date means all of its day.
    let until = json(&[&fresh[..], &["--until", "2026-06-22", "--json"]].concat());
    assert_eq!(until["until"], "2026-06-23T00:00:00Z");
    // Before any run, on a middling descent; and a wish that no time can fulfil.
    let first = json(&["--at", "2026-01-01", "--json"]);
    assert_eq!(first["limit"]["descent_from"], "default");
    let refused = eccentric(cache.path())
        .arg("today")
        .arg(&folder)
        .args([&fresh[..], &["--until", "2026-06-19"]].concat())
        .assert()
        .code(1);
    let complaint = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(complaint.contains("time over which soreness is watched is -17"), "{complaint}");
}
