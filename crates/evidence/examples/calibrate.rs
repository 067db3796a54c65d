//! Writes `parameters.json` into a folder of evidence and the constants as Rust beside it.
//!
//! `cargo run --release -p eccentric-evidence --example calibrate -- evidence calibrated.rs`

use std::error::Error;
use std::path::PathBuf;

use eccentric_evidence::{CalibrationFile, Tables, calibrate};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().unwrap_or_else(|| "evidence".into());
    let source = arguments.next().unwrap_or_else(|| folder.join("calibrated.rs"));
    let found = calibrate(&Tables::read(&folder)?, &mut |_| {})?;
    let file = CalibrationFile::of(&found);
    std::fs::write(folder.join("parameters.json"), file.to_json()?)?;
    std::fs::write(source, file.to_rust())?;
    Ok(())
}
