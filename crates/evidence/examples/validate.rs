//! Validates folders of evidence and writes `validation.md` with its figures.
//!
//! `cargo run --release -p eccentric-evidence --example validate -- docs evidence=Our tables ...`

use std::error::Error;
use std::path::PathBuf;

use eccentric_evidence::{Tables, validate, write_validation};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let docs = PathBuf::from(arguments.next().ok_or("where to?")?);
    let mut found = Vec::new();
    for argument in arguments {
        let (folder, label) = argument.split_once('=').unwrap_or((&argument, &argument));
        let tables = Tables::read(folder.as_ref())?;
        found.push(validate(label, &tables, true, &mut |_| {})?);
    }
    Ok(write_validation(&found, &docs)?)
}
