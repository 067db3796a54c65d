//! What is accepted as a folder of evidence, and what is said about the rest.
#![allow(clippy::unwrap_used, dead_code)]

mod common;

use common::{BOUTS, Folder, OBSERVATIONS, ORDERINGS, STUDIES};
use eccentric_evidence::{Tables, TimeKind};

#[test]
fn a_cell_that_cant_be_used_is_named() {
    let bouts = BOUTS.replace("walk,0,0,1.4", "walk,0,0,fast");
    let error = Folder::with("bouts.csv", &bouts).error();
    assert_eq!(
        error,
        "bouts.csv, line 5, column \"speed_mps\": found \"fast\", allowed is a number from 0 to 12, or nothing"
    );
}

#[test]
fn what_must_be_there_may_not_be_empty() {
    let bouts = BOUTS.replace("walk,0,0,1.4", "walk,0,0,");
    let error = Folder::with("bouts.csv", &bouts).error();
    assert!(error.ends_with("found \"\", allowed is a number from 0 to 12"), "{error}");
    let observations = OBSERVATIONS.replace("strength_loss_pct,quadriceps,0,at,,,22", ",,,,,,22");
    let error = Folder::with("observations.csv", &observations).error();
    assert!(error.contains("column \"measure\": found \"\", allowed is a name"), "{error}");
}

#[test]
fn numbers_that_are_none_stop_at_the_door() {
    for bad in ["NaN", "inf", "-0.5", "1e400"] {
        let bouts = BOUTS
            .replace("level,main,1,0,1,walk,0,0,1.4", &format!("level,main,1,0,1,walk,0,0,{bad}"));
        assert!(Folder::with("bouts.csv", &bouts).error().contains("speed_mps"), "{bad}");
    }
    for (from, to, column) in [
        ("run,-0.16,0,3,0.3,30", "run,-1.6,0,3,0.3,30", "grade"),
        ("run,-0.16,0,3,0.3,30", "fly,-0.16,0,3,0.3,30", "gait"),
        ("twice,main,1,0,1", "twice,main,one,0,1", "bout"),
    ] {
        let error = Folder::with("bouts.csv", &BOUTS.replace(from, to)).error();
        assert!(error.contains(&format!("column \"{column}\"")), "{error}");
    }
}

#[test]
fn words_that_mean_nothing_are_named() {
    let observations = OBSERVATIONS.replace(",at,,,30", ",later,,,30");
    let error = Folder::with("observations.csv", &observations).error();
    assert!(error.contains("allowed is at, peak, range or nothing"), "{error}");
    let observations = OBSERVATIONS.replace(",upper,", ",lower,");
    let error = Folder::with("observations.csv", &observations).error();
    assert!(error.contains("allowed is upper or nothing"), "{error}");
    let orderings = ORDERINGS.replace(",~,", ",<,");
    let error = Folder::with("orderings.csv", &orderings).error();
    assert!(error.contains("allowed is > or ~"), "{error}");
}

#[test]
fn missing_files_and_columns_are_named() {
    let folder = Folder::with("studies.csv", &STUDIES.replace("study,arm", "paper,arm"));
    assert_eq!(folder.error(), "studies.csv: column \"study\" is missing");
    let nowhere = std::path::Path::new("/nowhere/at/all");
    assert!(
        Tables::read(nowhere).unwrap_err().to_string().starts_with("/nowhere/at/all/studies.csv")
    );
}

#[test]
fn columns_may_be_missing_moved_or_added() {
    let observations =
        "colour,mean,measure,bout,arm,study,time_h\nblue,22,strength_loss_pct,1,main,twice,0\n";
    let tables = Folder::with("observations.csv", observations).tables();
    let row = &tables.observations[0];
    assert_eq!(
        (row.mean, row.time_kind, row.n, row.upper_bound),
        (22.0, TimeKind::At, None, false)
    );
    let bouts = "study,arm,bout,grade,speed_mps,duration_min\ntwice,main,1,-0.16,3,30\n\n";
    let tables = Folder::with("bouts.csv", bouts).tables();
    assert_eq!((tables.bouts.len(), tables.bouts[0].start_h), (1, 0.0));
    // An unknown lab is a lab of its own.
    let tables = Folder::with("studies.csv", "study,arm\ntwice,main\n").tables();
    assert_eq!(tables.studies[0].lab, "twice");
}

#[test]
fn the_hash_sees_cells_and_not_line_ends() {
    let hash = Folder::new().tables().hash;
    let windows = Folder::with("bouts.csv", &BOUTS.replace('\n', "\r\n")).tables();
    assert_eq!(windows.hash, hash);
    let other = Folder::with("bouts.csv", &BOUTS.replace("-0.16", "-0.17")).tables();
    assert_ne!(other.hash, hash);
}
