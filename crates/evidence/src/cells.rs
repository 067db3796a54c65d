//! One table of comma-separated values, read by column name.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::EvidenceError;

/// A file with its header.
pub(crate) struct Sheet {
    file: &'static str,
    columns: BTreeMap<String, usize>,
    records: Vec<csv::StringRecord>,
    bytes: Vec<u8>,
}

/// One line of it.
pub(crate) struct Line<'a> {
    sheet: &'a Sheet,
    record: &'a csv::StringRecord,
}

impl Sheet {
    pub(crate) fn read(folder: &Path, file: &'static str) -> Result<Self, EvidenceError> {
        let path = folder.join(file);
        let bytes =
            std::fs::read(&path).map_err(|source| EvidenceError::Io { file: path, source })?;
        Self::parse(file, bytes)
    }

    pub(crate) fn parse(file: &'static str, bytes: Vec<u8>) -> Result<Self, EvidenceError> {
        let wrong = |source| EvidenceError::Csv { file: file.into(), source };
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text);
        let header = reader.headers().map_err(wrong)?;
        let columns = header.iter().enumerate().map(|(i, name)| (name.to_lowercase(), i)).collect();
        let records = reader.records().collect::<Result<Vec<_>, _>>().map_err(wrong)?;
        Ok(Self { file, columns, records, bytes })
    }

    pub(crate) fn need(&self, columns: &[&'static str]) -> Result<(), EvidenceError> {
        for &column in columns {
            if !self.columns.contains_key(column) {
                return Err(EvidenceError::MissingColumn { file: self.file, column });
            }
        }
        Ok(())
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.records
            .iter()
            .filter(|r| r.iter().any(|cell| !cell.is_empty()))
            .map(|record| Line { sheet: self, record })
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl Line<'_> {
    /// Number of the line in its file.
    pub(crate) fn number(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// Text of a cell; empty if the column or the cell is not there.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.sheet.columns.get(column).and_then(|&i| self.record.get(i)).unwrap_or("")
    }

    pub(crate) fn owned(&self, column: &str) -> String {
        self.text(column).to_owned()
    }

    pub(crate) fn wrong(&self, column: &'static str, allowed: &str) -> EvidenceError {
        EvidenceError::Cell {
            file: self.sheet.file,
            line: self.number(),
            column,
            found: self.owned(column),
            allowed: allowed.into(),
        }
    }

    /// Text of a cell that may not be empty.
    pub(crate) fn name(&self, column: &'static str) -> Result<String, EvidenceError> {
        let text = self.text(column);
        if text.is_empty() { Err(self.wrong(column, "a name")) } else { Ok(text.to_owned()) }
    }

    /// Number of a cell; none if it is empty.
    pub(crate) fn number_in(
        &self,
        column: &'static str,
        low: f64,
        high: f64,
    ) -> Result<Option<f64>, EvidenceError> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<f64>() {
            Ok(value) if value >= low && value <= high => Ok(Some(value)),
            _ => Err(self.wrong(column, &format!("a number from {low} to {high}, or nothing"))),
        }
    }

    /// Number of a cell that may not be empty.
    pub(crate) fn value_in(
        &self,
        column: &'static str,
        low: f64,
        high: f64,
    ) -> Result<f64, EvidenceError> {
        let value = self.number_in(column, low, high)?;
        value.ok_or_else(|| self.wrong(column, &format!("a number from {low} to {high}")))
    }
}
