//! The published calibration: it parses, the model has it, and the command gives it.
#![allow(clippy::unwrap_used, dead_code)]

mod common;

use common::{Folder, project};
use eccentric_evidence::{
    CalibrationFile, Everyday, EvidenceError, Fitted, Options, Predictor, Tables, calibrate, fit,
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
fn everyday_runs_come_out_as_people_know_them() {
    let p = CalibrationFile::published().unwrap().knowledge().fitted.parameters;
    let everyday = Everyday::published().unwrap();
    let misses = everyday.misses(&everyday.values(&p).unwrap());
    let counted = everyday.scenarios.iter().zip(&misses).filter(|(scenario, _)| !scenario.base);
    let outside: Vec<_> =
        counted.clone().filter(|(_, miss)| miss.abs() > 0.005).map(|(s, m)| (&s.id, m)).collect();
    assert!(outside.len() <= 3, "{outside:?}");
    assert!(outside.iter().all(|(_, miss)| miss.abs() <= 1.0), "{outside:?}");
    assert!(counted.count() >= 75);
}

#[test]
fn scenarios_leave_with_the_laboratory_they_rest_on() {
    let everyday = Everyday::published().unwrap();
    let counted = |everyday: &Everyday| everyday.scenarios.iter().filter(|s| !s.base).count();
    let rest_on = |lab: &str| {
        everyday.scenarios.iter().filter(|s| s.rests_on.as_deref() == Some(lab) && !s.base).count()
    };
    for lab in ["waseda_marathon", "maeo", "massachusetts_clarkson"] {
        assert!(rest_on(lab) > 0, "{lab}");
        let others = everyday.without(lab);
        assert_eq!(counted(&others), counted(&everyday) - rest_on(lab), "{lab}");
        assert!(others.values(&eccentric::params::Parameters::default()).is_ok());
    }
    assert_eq!(counted(&everyday.without("nobody")), counted(&everyday));
    let error = Everyday::parse("[{}]").unwrap_err().to_string();
    assert!(error.starts_with("everyday scenarios: missing field"), "{error}");
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
    let options = Options { fixed: vec![("dose_exponent", 2.0)], ..Options::default() };
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
