//! The Rust half of `tools/compare/compare.py`: does one piece of work for each line it is asked and
//! answers with the nanoseconds and the result as JSON. The script asks in turn with its own work.
//!
//! ```text
//! compare serve STREAM FIT      STREAM: little-endian f64, all grades and then all speeds
//! ```

#![allow(missing_docs, clippy::print_stdout)]

use std::error::Error;
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Instant;

use eccentric::load::{DoseModel, DoseStream, Runner};
use eccentric::params::Parameters;
use serde_json::{Value, json};

mod work;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, serve, stream, fit] = &arguments[..] else {
        println!("run by tools/compare/compare.py");
        return Ok(());
    };
    if serve != "serve" {
        return Err("usage: compare serve STREAM FIT".into());
    }
    let p = Parameters::default();
    let tables = DoseStream::new(&DoseModel::new(&p, &Runner::default())?);
    let stream: Vec<f64> = std::fs::read(stream)?
        .as_chunks()
        .0
        .iter()
        .map(|&bytes| f64::from_le_bytes(bytes))
        .collect();
    let (grade, speed_m_s) = stream.split_at(stream.len() / 2);
    for line in std::io::stdin().lock().lines() {
        let answer = match line?.as_str() {
            "parameters" => serde_json::to_value(p)?,
            "stream" => {
                let (ns, dose) = timed(|| tables.dose(grade, speed_m_s, 1.0))?;
                json!({"ns": ns, "dose": dose})
            }
            "fit" => fit_answer(Path::new(fit))?,
            other => return Err(format!("unknown work {other}").into()),
        };
        println!("{answer}");
        std::io::stdout().flush()?;
    }
    Ok(())
}

fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<(u64, T), E> {
    let start = Instant::now();
    let done = work()?;
    Ok((u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX), done))
}

fn fit_answer(path: &Path) -> Result<Value, Box<dyn Error>> {
    let (read_ns, runs) = timed(|| eccentric_files::read_path(path))?;
    let (rest_ns, (history, outlook)) = timed(|| work::forecast_of(&runs))?;
    let (ns, _) = timed(|| work::forecast_of(&eccentric_files::read_path(path)?))?;
    let quadriceps = &outlook.forecast.muscles.quadriceps;
    Ok(json!({
        "ns": ns,
        "read_ns": read_ns,
        "rest_ns": rest_ns,
        "points": history.loads.iter().map(|load| load.points_total).sum::<f64>(),
        "soreness": quadriceps.soreness,
        "strength_loss": quadriceps.strength_loss,
    }))
}
