//! What can be wrong with a folder of evidence.

use std::fmt;
use std::path::PathBuf;

/// What was wrong, in which file, line and column, and what would be accepted.
#[derive(Debug)]
#[non_exhaustive]
pub enum EvidenceError {
    /// A file could not be read or written.
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not a table of comma-separated values.
    Csv {
        /// The file.
        file: String,
        /// What the reader said.
        source: csv::Error,
    },
    /// A column that the model can't do without is missing.
    MissingColumn {
        /// The file.
        file: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A cell holds something that can't be used.
    Cell {
        /// The file.
        file: &'static str,
        /// Line of the file, counted from 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// What was found.
        found: String,
        /// What would be accepted.
        allowed: String,
    },
    /// There is nothing to calibrate on or to score.
    NoRows,
    /// The model refused an input that the tables let through.
    Model {
        /// The arm, `study:arm`.
        arm: String,
        /// What the model said.
        source: eccentric::Error,
    },
    /// A list of everyday scenarios can't be used.
    Everyday {
        /// What is wrong with it.
        what: String,
    },
    /// A parameter file can't be used.
    ParameterFile {
        /// What is wrong with it.
        what: String,
    },
    /// A figure could not be drawn.
    Figure(eccentric_chart::ChartError),
}

impl fmt::Display for EvidenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { file, source } => write!(f, "{}: {source}", file.display()),
            Self::Csv { file, source } => write!(f, "{file}: {source}"),
            Self::MissingColumn { file, column } => {
                write!(f, "{file}: column \"{column}\" is missing")
            }
            Self::Cell { file, line, column, found, allowed } => {
                write!(
                    f,
                    "{file}, line {line}, column \"{column}\": found \"{found}\", allowed is {allowed}"
                )
            }
            Self::NoRows => {
                write!(f, "no observation in the folder can be compared with the model")
            }
            Self::Model { arm, source } => write!(f, "{arm}: {source}"),
            Self::Everyday { what } => write!(f, "everyday scenarios: {what}"),
            Self::ParameterFile { what } => write!(f, "parameter file: {what}"),
            Self::Figure(source) => write!(f, "figure: {source}"),
        }
    }
}

impl std::error::Error for EvidenceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Csv { source, .. } => Some(source),
            Self::Model { source, .. } => Some(source),
            Self::Figure(source) => Some(source),
            _ => None,
        }
    }
}

impl From<eccentric_chart::ChartError> for EvidenceError {
    fn from(source: eccentric_chart::ChartError) -> Self {
        Self::Figure(source)
    }
}
