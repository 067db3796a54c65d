//! The four tables as typed rows.

use std::path::Path;

use eccentric::activity::Gait;
use serde::Serialize;

use crate::cells::{Line, Sheet};
use crate::error::EvidenceError;

/// One study and arm.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// Study.
    pub study: String,
    /// Arm of the study.
    pub arm: String,
    /// Citation.
    pub citation: String,
    /// DOI, if known.
    pub doi: String,
    /// Number of people.
    pub n: Option<f64>,
    /// What they were used to.
    pub training_status: String,
    /// Body mass in kg.
    pub body_mass_kg: Option<f64>,
    /// Body fat in percent.
    pub body_fat_pct: Option<f64>,
    /// Laboratory: studies of one are not independent.
    pub lab: String,
    /// How well the dose is known: good, fair or poor.
    pub dose_quality: String,
}

/// One segment of a bout.
#[derive(Debug, Clone, PartialEq)]
pub struct BoutSegment {
    /// Line in the file.
    pub line: u64,
    /// Study.
    pub study: String,
    /// Arm.
    pub arm: String,
    /// Number of the bout.
    pub bout: u32,
    /// Hours from the start of bout 1 to the start of this bout.
    pub start_h: f64,
    /// Walking or running.
    pub gait: Gait,
    /// Grade, negative downhill.
    pub grade: f64,
    /// Its standard error.
    pub grade_sd: f64,
    /// Speed along the slope in m/s.
    pub speed_m_s: f64,
    /// Its standard error.
    pub speed_sd: f64,
    /// Whether the distance is what was given, so that another speed means another duration.
    pub fixed_distance: bool,
    /// Duration in minutes.
    pub duration_min: f64,
    /// Mass carried in kg.
    pub pack_kg: f64,
    /// Rest after the segment in minutes.
    pub rest_after_min: f64,
}

/// When an outcome was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeKind {
    /// At one hour.
    At,
    /// The largest value of a window.
    Peak,
    /// Somewhere in a window.
    Range,
}

/// One measured outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Line in the file.
    pub line: u64,
    /// Study.
    pub study: String,
    /// Arm.
    pub arm: String,
    /// Number of the bout.
    pub bout: u32,
    /// What was measured.
    pub measure: String,
    /// Muscle group, or `legs`.
    pub muscle: String,
    /// Hours after the end of the bout.
    pub time_h: Option<f64>,
    /// How the hour is meant.
    pub time_kind: TimeKind,
    /// The window.
    pub window_h: (Option<f64>, Option<f64>),
    /// Mean of the group.
    pub mean: f64,
    /// Level before the bout, if printed.
    pub baseline: Option<f64>,
    /// Standard deviation between people.
    pub sd: Option<f64>,
    /// Number of people.
    pub n: Option<f64>,
    /// Whether the true value lies below the printed one.
    pub upper_bound: bool,
    /// `study:arm:bout` that a ratio refers to.
    pub reference: String,
    /// Whether it was derived from other rows.
    pub redundant: bool,
    /// A, B or C.
    pub tier: char,
}

/// One printed comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Name.
    pub id: String,
    /// What was compared.
    pub measure: String,
    /// Muscle group.
    pub muscle: String,
    /// Left side: a key or words.
    pub a: String,
    /// `>` or `~`.
    pub relation: char,
    /// Right side: a key or words.
    pub b: String,
    /// Hours: empty, one, or `from-to`.
    pub time_h: String,
    /// Remark.
    pub note: String,
}

const STUDIES: &str = "studies.csv";
const BOUTS: &str = "bouts.csv";
const OBSERVATIONS: &str = "observations.csv";
const ORDERINGS: &str = "orderings.csv";

/// A folder of evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Tables {
    /// `studies.csv`.
    pub studies: Vec<Study>,
    /// `bouts.csv`.
    pub bouts: Vec<BoutSegment>,
    /// `observations.csv`.
    pub observations: Vec<Observation>,
    /// `orderings.csv`.
    pub orderings: Vec<Comparison>,
    /// FNV-1a hash of the four files.
    pub hash: String,
}

impl Tables {
    /// Reads `studies.csv`, `bouts.csv`, `observations.csv` and `orderings.csv` of a folder.
    ///
    /// Columns are found by name; further columns are ignored and only those without which nothing
    /// can be computed are required.
    ///
    /// # Errors
    /// [`EvidenceError`] with file, line and column of the first cell that can't be used.
    pub fn read(folder: &Path) -> Result<Self, EvidenceError> {
        Self::of([
            Sheet::read(folder, STUDIES)?,
            Sheet::read(folder, BOUTS)?,
            Sheet::read(folder, OBSERVATIONS)?,
            Sheet::read(folder, ORDERINGS)?,
        ])
    }

    /// The tables that the constants of this release were fitted to.
    ///
    /// # Errors
    /// [`EvidenceError`] if they do not parse, which a test rules out.
    pub fn published() -> Result<Self, EvidenceError> {
        let sheet = |file, text: &str| Sheet::parse(file, text.as_bytes().to_vec());
        Self::of([
            sheet(STUDIES, include_str!("../tables/studies.csv"))?,
            sheet(BOUTS, include_str!("../tables/bouts.csv"))?,
            sheet(OBSERVATIONS, include_str!("../tables/observations.csv"))?,
            sheet(ORDERINGS, include_str!("../tables/orderings.csv"))?,
        ])
    }

    fn of(sheets: [Sheet; 4]) -> Result<Self, EvidenceError> {
        let hash = hash_of(sheets.each_ref().map(Sheet::bytes));
        let [studies, bouts, observations, orderings] = sheets;
        studies.need(&["study", "arm"])?;
        bouts.need(&["study", "arm", "bout", "grade", "speed_mps", "duration_min"])?;
        observations.need(&["study", "arm", "bout", "measure", "mean"])?;
        orderings.need(&["id", "measure", "a", "relation", "b"])?;
        Ok(Self {
            studies: studies.lines().map(|l| study(&l)).collect::<Result<_, _>>()?,
            bouts: bouts.lines().map(|l| segment(&l)).collect::<Result<_, _>>()?,
            observations: observations
                .lines()
                .map(|l| observation(&l))
                .collect::<Result<_, _>>()?,
            orderings: orderings.lines().map(|l| comparison(&l)).collect::<Result<_, _>>()?,
            hash,
        })
    }
}

/// FNV-1a over the files, ends of line normalised.
fn hash_of(files: [&[u8]; 4]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for bytes in files {
        for &byte in bytes.iter().filter(|&&b| b != b'\r').chain(std::iter::once(&0)) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("fnv1a-{hash:016x}")
}

fn study(line: &Line<'_>) -> Result<Study, EvidenceError> {
    let study = line.name("study")?;
    let lab = line.text("lab");
    Ok(Study {
        lab: if lab.is_empty() { study.clone() } else { lab.to_owned() },
        study,
        arm: line.name("arm")?,
        citation: line.owned("citation"),
        doi: line.owned("doi"),
        n: line.number_in("n", 1.0, 1e6)?,
        training_status: line.owned("training_status"),
        body_mass_kg: line.number_in("body_mass_kg", 25.0, 250.0)?,
        body_fat_pct: line.number_in("body_fat_pct", 2.0, 65.0)?,
        dose_quality: line.owned("dose_quality"),
    })
}

fn bout_number(line: &Line<'_>) -> Result<u32, EvidenceError> {
    line.text("bout").parse().map_err(|_| line.wrong("bout", "a whole number from 0"))
}

fn segment(line: &Line<'_>) -> Result<BoutSegment, EvidenceError> {
    let speed_m_s = line.value_in("speed_mps", 0.0, 12.0)?;
    let gait = match line.text("gait").to_lowercase().as_str() {
        "walk" | "walking" => Gait::Walking,
        "run" | "running" => Gait::Running,
        "" => Gait::of(speed_m_s, None),
        _ => return Err(line.wrong("gait", "run, walk or nothing")),
    };
    let words = [line.text("speed_basis"), line.text("assumption")].join(" ").to_lowercase();
    let optional = |column, low, high| -> Result<f64, EvidenceError> {
        Ok(line.number_in(column, low, high)?.unwrap_or(0.0))
    };
    Ok(BoutSegment {
        line: line.number(),
        study: line.name("study")?,
        arm: line.name("arm")?,
        bout: bout_number(line)?,
        start_h: optional("start_h", 0.0, 1e6)?,
        gait,
        grade: line.value_in("grade", -1.0, 1.0)?,
        grade_sd: optional("grade_sd", 0.0, 1.0)?,
        speed_m_s,
        speed_sd: optional("speed_sd", 0.0, 12.0)?,
        fixed_distance: words.contains("distance") || words.contains("km fixed"),
        duration_min: line.value_in("duration_min", 0.0, 16_000.0)?,
        pack_kg: optional("pack_kg", 0.0, 100.0)?,
        rest_after_min: optional("rest_after_min", 0.0, 1e5)?,
    })
}

fn observation(line: &Line<'_>) -> Result<Observation, EvidenceError> {
    let hour = |column| line.number_in(column, -1000.0, 1e5);
    let time_kind = match line.text("time_kind") {
        "at" | "" => TimeKind::At,
        "peak" => TimeKind::Peak,
        "range" => TimeKind::Range,
        _ => return Err(line.wrong("time_kind", "at, peak, range or nothing")),
    };
    let upper_bound = match line.text("bound") {
        "" => false,
        "upper" => true,
        _ => return Err(line.wrong("bound", "upper or nothing")),
    };
    Ok(Observation {
        line: line.number(),
        study: line.name("study")?,
        arm: line.name("arm")?,
        bout: bout_number(line)?,
        measure: line.name("measure")?,
        muscle: line.owned("muscle"),
        time_h: hour("time_h")?,
        time_kind,
        window_h: (hour("time_lo_h")?, hour("time_hi_h")?),
        mean: line.value_in("mean", -1e9, 1e9)?,
        baseline: line.number_in("baseline", -1e9, 1e9)?,
        sd: line.number_in("sd", 0.0, 1e9)?,
        n: line.number_in("n", 1.0, 1e6)?,
        upper_bound,
        reference: line.owned("ref"),
        redundant: line.text("redundant") == "1",
        tier: line.text("tier").chars().next().unwrap_or('C'),
    })
}

fn comparison(line: &Line<'_>) -> Result<Comparison, EvidenceError> {
    let relation = match line.text("relation") {
        ">" => '>',
        "~" => '~',
        _ => return Err(line.wrong("relation", "> or ~")),
    };
    Ok(Comparison {
        id: line.name("id")?,
        measure: line.name("measure")?,
        muscle: line.owned("muscle"),
        a: line.name("a")?,
        relation,
        b: line.name("b")?,
        time_h: line.owned("time_h"),
        note: line.owned("note"),
    })
}
