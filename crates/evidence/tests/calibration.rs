//! The published calibration: it parses, the model has it, and the command gives it.
#![allow(clippy::unwrap_used, dead_code)]

mod common;

use common::{Folder, project};
use eccentric_evidence::{
    CalibrationFile, EXPECTATIONS, EvidenceError, Fitted, Options, Predictor, Scenarios, Tables,
    calibrate, fit,
};

#[test]
fn the_published_file_parses_and_is_made_from_these_tables() {
    let file = CalibrationFile::published().unwrap();
    assert_eq!(file.provenance.tables, Tables::read(&project()).unwrap().hash);
    assert!(file.provenance.converged);
    assert_eq!(CalibrationFile::parse(&file.to_json().unwrap()).unwrap(), file);
    let text = file.to_json().unwrap();
    let newer = text.replacen("\"version\": 1", "\"version\": 2", 1);
    assert!(CalibrationFile::parse(&newer).unwrap_err().to_string().contains("version 2"));
}

#[test]
fn the_defaults_of_the_model_are_the_published_file() {
    let file = CalibrationFile::published().unwrap();
    assert_eq!(file.disagreements(), vec![], "take over the source that calibrate writes");
    assert!(file.to_rust().contains("pub(super) const DAMAGE_GAIN: f64 = "));
}

#[test]
fn what_the_issue_asks_of_the_model_holds() {
    let p = CalibrationFile::published().unwrap().knowledge().fitted.parameters;
    let values = Scenarios::new().values(&p).unwrap();
    assert_eq!(values.len(), EXPECTATIONS.len());
    let of = |name: &str| values[EXPECTATIONS.iter().position(|e| e.name == name).unwrap()];
    for (name, low, high) in [
        ("reference_strength_loss_pct", 14.0, 28.0),
        ("reference_soreness", 3.0, 7.5),
        ("reference_peak_h", 28.0, 56.0),
        ("second_bout_1_week", 0.1, 0.5),
        ("second_bout_6_weeks", 0.1, 0.65),
        ("second_bout_9_weeks", 0.55, 1.0),
        ("second_bout_12_weeks", 0.7, 1.0),
        ("after_primer", 0.35, 0.65),
        ("after_level_walking", 0.95, 1.05),
        ("after_uphill", 0.95, 1.05),
        ("gradual_worst_soreness", 0.0, 3.0),
        ("slow_walk_soreness", 0.0, 1.5),
        ("slow_walk_strength_loss_pct", 0.0, 8.0),
        ("easy_walking_per_km", 0.15, 0.75),
        ("fast_descent_per_km", 2.0, 5.0),
        ("mountain_race_strength_loss_pct", 28.0, 42.0),
        ("multi_day_race_against_it", 0.0, 1.0),
    ] {
        assert!(of(name) >= low && of(name) <= high, "{name}: {}", of(name));
    }
}

#[test]
fn a_folder_without_rows_cant_be_calibrated_on() {
    let folder = Folder::with("observations.csv", "study,arm,bout,measure,mean\n");
    let error = calibrate(&folder.tables(), &mut |_| {}).unwrap_err();
    assert!(matches!(error, EvidenceError::NoRows));
}

#[test]
fn a_fit_follows_its_rows_and_leaves_what_is_fixed() {
    // Constants that the priors did not expect, and rows made with them.
    let tables = Folder::new().tables();
    let mut predictor = Predictor::new(&tables);
    let mut truth =
        Fitted::new(CalibrationFile::published().unwrap().knowledge().fitted.parameters);
    truth.parameters.damage_gain *= 1.5;
    let made = predictor.predict(&truth, eccentric_evidence::Shift::default()).unwrap();
    for (row, value) in predictor.rows.iter_mut().zip(made) {
        row.observation.mean = value;
        row.observation.sd = Some(0.5);
    }
    let options = Options { fixed: vec![("dose_exponent", 2.0)], warm: None };
    let found = fit(&predictor, &options).unwrap();
    assert_eq!(found.fitted.parameters.dose_exponent, 2.0);
    assert!(found.priors.iter().all(|p| p.name != "dose_exponent"));
    assert!(found.convergence[0].cost.is_finite());
    for k in 0..found.priors.len() {
        let sd = found.covariance[(k, k)].sqrt();
        assert!(sd > 0.0 && sd < 1.5 * found.priors[k].log_sd, "{}", found.priors[k].name);
    }
}

/// Half a minute: runs if `ECCENTRIC_HEAVY` is set, as in CI.
#[test]
fn the_command_gives_the_published_file() {
    if std::env::var_os("ECCENTRIC_HEAVY").is_none() {
        return;
    }
    let tables = Tables::read(&project()).unwrap();
    let once = CalibrationFile::of(&calibrate(&tables, &mut |_| {}).unwrap());
    let published = CalibrationFile::published().unwrap();
    assert_eq!(published.differences(&once, 1e-3), Vec::<String>::new());
    let twice = CalibrationFile::of(&calibrate(&tables, &mut |_| {}).unwrap());
    assert_eq!(once, twice, "the same bits");
}
