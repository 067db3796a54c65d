//! Predictions and scores of a folder whose answers are known.
#![allow(clippy::unwrap_used, dead_code)]

mod common;

use common::{BOUTS, Folder, OBSERVATIONS, ORDERINGS};
use eccentric::Timestamp;
use eccentric::activity::Segment;
use eccentric::damage::LegState;
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric_evidence::{CalibrationFile, Fitted, Predictor, ScoreReport, Shift, Side, score};

fn report(folder: &Folder) -> ScoreReport {
    score(&folder.tables(), &CalibrationFile::published().unwrap().knowledge()).unwrap()
}

/// The first row by hand: legs after the reference bout.
fn by_hand() -> f64 {
    let p = Parameters::default();
    let start = Timestamp::from_unix_s(0);
    let load = DoseModel::new(&p, &Runner::of_mass(70.0))
        .unwrap()
        .load(start, &[Segment::steady(-0.16, 3.0, 1800.0)])
        .unwrap();
    let legs = LegState::rested(start).after(&load, &p).unwrap();
    100.0 * legs.muscles.quadriceps.strength_loss(&p)
}

#[test]
fn arms_run_through_the_public_interface() {
    let predictor = Predictor::new(&Folder::new().tables());
    let fitted = Fitted::new(Parameters::default());
    let values = predictor.predict(&fitted, Shift::default()).unwrap();
    assert!((values[0] - by_hand()).abs() < 1e-9, "{} {}", values[0], by_hand());
    // A mean over a window lies below the loss at once, a second bout hurts less.
    assert!(values[1] < values[0] && values[1] > 0.3 * values[0]);
    assert!(values[3] > 0.1 && values[3] < 0.7);
    // Faster is worse, and at a fixed duration also longer.
    let faster = predictor.predict(&fitted, Shift { speed: 1.0, grade: 0.0 }).unwrap();
    assert!(faster[0] > values[0]);
}

#[test]
fn a_peak_is_the_largest_and_a_window_the_mean() {
    let rows = "study,arm,bout,measure,muscle,time_h,time_kind,time_lo_h,time_hi_h,mean\n\
        twice,main,1,soreness_0_10,quadriceps,,peak,0,96,5\n\
        twice,main,1,soreness_0_10,quadriceps,,range,0,96,5\n\
        twice,main,1,soreness_peak_h,quadriceps,,peak,,,40\n\
        twice,main,1,soreness_0_10,legs,,peak,0,96,5\n";
    let predictor = Predictor::new(&Folder::with("observations.csv", rows).tables());
    let fitted = Fitted::new(Parameters::default());
    let values = predictor.predict(&fitted, Shift::default()).unwrap();
    assert!(values[0] > 1.2 * values[1], "{values:?}");
    assert!(values[2] > 24.0 && values[2] < 60.0, "{values:?}");
    assert!(values[3] >= values[0] - 1e-12, "{values:?}");
}

#[test]
fn soreness_starts_from_the_printed_rest() {
    let rows = "study,arm,bout,measure,muscle,time_h,mean,baseline\n\
        twice,main,1,soreness_0_10,quadriceps,400,1,1\n";
    let predictor = Predictor::new(&Folder::with("observations.csv", rows).tables());
    let fitted = Fitted::new(Parameters::default());
    let values = predictor.predict(&fitted, Shift::default()).unwrap();
    assert!((values[0] - 1.0).abs() < 0.01, "{values:?}");
}

#[test]
fn a_report_has_the_shape_that_was_agreed() {
    let json: serde_json::Value =
        serde_json::from_str(&report(&Folder::new()).to_json().unwrap()).unwrap();
    assert_eq!(json["schema"], "eccentric.score");
    assert_eq!(json["version"], 1);
    let strength = &json["measures"]["strength_loss_pct"];
    assert_eq!(strength["n"], 3);
    for key in ["rmse", "mae", "bias"] {
        assert!(strength[key].is_f64(), "{key}");
    }
    assert!(strength["coverage"]["0.8"].is_f64());
    assert_eq!(json["orderings"]["n"], 3);
    assert_eq!(json["orderings"]["agree"], 2);
    assert_eq!(json["orderings"]["failed"], serde_json::json!(["d"]));
    let row = &json["rows"][0];
    let keys = [
        "study",
        "arm",
        "bout",
        "measure",
        "muscle",
        "time_h",
        "observed",
        "predicted",
        "lower80",
        "upper80",
    ];
    for key in keys {
        assert!(!row[key].is_null(), "{key}");
    }
    assert!(row["lower80"].as_f64() < row["predicted"].as_f64());
    assert!(row["predicted"].as_f64() < row["upper80"].as_f64());
    assert!(json["baselines"]["mean_at_hour"]["strength_loss_pct"]["rmse"].is_f64());
    assert_eq!(json["not_modelled"].as_array().unwrap().len(), 2);
}

#[test]
fn a_censored_value_is_only_wrong_above() {
    let score = report(&Folder::new());
    let level = score.rows.iter().find(|r| r.study == "level").unwrap();
    assert!(level.upper_bound && level.predicted < level.observed);
    let free = Folder::with("observations.csv", &OBSERVATIONS.replace(",upper,", ",,"));
    let (a, b) =
        (&score.measures["strength_loss_pct"], &report(&free).measures["strength_loss_pct"]);
    assert!(a.rmse < b.rmse, "{} {}", a.rmse, b.rmse);
}

#[test]
fn a_folder_with_nothing_to_say_is_no_error() {
    let folder = Folder::with("observations.csv", "study,arm,bout,measure,mean\n");
    folder.write("orderings.csv", "id,measure,a,relation,b\n");
    let score = report(&folder);
    assert!(score.measures.is_empty() && score.rows.is_empty() && score.orderings.n == 0);
    // A rest of years: the arm is left out, the others are scored.
    let years = Folder::with("bouts.csv", &BOUTS.replace("15,0,5", "15,0,90000"));
    assert!(report(&years).rows.iter().all(|r| r.study == "level"));
    // A bout of no length, a walk of no speed.
    let still = Folder::with("bouts.csv", &BOUTS.replace(",3,0.3,30,", ",0,0,0,"));
    assert!(report(&still).rows.iter().all(|r| r.predicted.is_finite() && r.upper80.is_finite()));
}

#[test]
fn keys_of_comparisons_are_read() {
    let key = |text: &str| match Side::parse(text) {
        Side::Key { key, muscle, hour } => Some((key, muscle, hour)),
        _ => None,
    };
    assert_eq!(key("a:b:1"), Some(("a:b:1".into(), None, None)));
    assert_eq!(key("a:b:2/calves@24"), Some(("a:b:2".into(), Some("calves".into()), Some(24.0))));
    assert_eq!(key(" a:b:12@0.5 "), Some(("a:b:12".into(), None, Some(0.5))));
    assert_eq!(Side::parse("rest (pre-exercise level)"), Side::Rest);
    for words in
        ["same race @36-48", "a run of 30 min: hard", "a:b", "a:b:c", "a::1", "", "x:y:1 again"]
    {
        assert_eq!(Side::parse(words), Side::Words, "{words}");
    }
    let unknown = ORDERINGS.replace("twice:main:2,,\nb", "nobody:main:1,,\nb");
    let score = report(&Folder::with("orderings.csv", &unknown));
    assert_eq!(score.orderings.skipped["a"], "a bout that is not in bouts.csv");
    assert_eq!(score.orderings.skipped["c"], "a scenario in words");
}
