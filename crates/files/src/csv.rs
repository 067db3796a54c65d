//! CSV: a header line that names the columns, commas, semicolons or tabs between them.

use csv::{ReaderBuilder, StringRecord};

use crate::columns::{Layout, is_clock, names_time, normalised};
use crate::raw::{RawActivity, RawPoint, Stated, excerpt};
use crate::{MAX_POINTS, ReadError, Result, time};

/// Whether the first line that is no comment names a time column.
pub(crate) fn looks_like_table(text: &str) -> bool {
    header_line(text).is_some_and(|(line, separator)| line.split(separator).any(names_time))
}

/// The header line and the separator of its columns.
fn header_line(text: &str) -> Option<(&str, char)> {
    let line = text.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty())?;
    let separator = [';', '\t', ','].into_iter().find(|c| line.contains(*c))?;
    Some((line, separator))
}

/// Reads a table as one activity.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<RawActivity>> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let separator = header_line(text).map_or(',', |(_, separator)| separator);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator as u8)
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| broken(&error))?;
    let names: Vec<String> = headers.iter().map(normalised).collect();
    let layout = Layout::of(&names).map_err(|reason| ReadError::Csv { line: 1, reason })?;
    // Between semicolons a comma is a decimal point.
    let columns = Columns { layout, decimal_comma: separator == ';' };
    let mut points = Vec::new();
    let mut has_clock = None;
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| broken(&error))? {
        if points.len() >= MAX_POINTS {
            return Err(ReadError::TooLarge { what: "too many lines", max: MAX_POINTS });
        }
        let line = record.position().map_or(0, csv::Position::line);
        let (point, is_clock) = columns.point(&record, line)?;
        if *has_clock.get_or_insert(is_clock) != is_clock {
            let reason =
                "times of day and seconds since the start are mixed; allowed is one of them";
            return Err(ReadError::Csv { line, reason: reason.to_owned() });
        }
        points.push(point);
    }
    let name = "not stated".to_owned();
    let mut activity = RawActivity::new(Stated::Open { name, strict: false });
    activity.cadence_is_steps = columns.layout.cadence_is_steps;
    activity.has_clock = has_clock.unwrap_or(false);
    // A start in a comment is that of second 0, whatever the first sample says.
    if let (false, Some(start_s)) = (activity.has_clock, start_comment(text)) {
        activity.has_clock = true;
        for point in &mut points {
            point.time_s = point.time_s.map(|time| time + start_s);
        }
    }
    activity.points = points;
    Ok(vec![activity])
}

/// Time of a comment line `# start: 2026-05-01T08:00:00Z`.
fn start_comment(text: &str) -> Option<f64> {
    let comments = text.lines().filter_map(|line| line.strip_prefix('#'));
    comments.filter_map(|line| line.trim().strip_prefix("start:")).find_map(time::unix_s)
}

fn broken(error: &csv::Error) -> ReadError {
    let line = error.position().map_or(0, csv::Position::line);
    ReadError::Csv { line, reason: error.to_string() }
}

/// The columns, and how their numbers are written.
struct Columns {
    layout: Layout,
    decimal_comma: bool,
}

impl Columns {
    fn parse(&self, text: &str) -> Option<f64> {
        let value = if self.decimal_comma { text.replace(',', ".").parse() } else { text.parse() };
        value.ok().filter(|value: &f64| value.is_finite())
    }

    /// The point of a line, and whether its time is a time of day.
    fn point(&self, record: &StringRecord, line: u64) -> Result<(RawPoint, bool)> {
        let layout = &self.layout;
        let field = |column: Option<usize>| {
            column
                .and_then(|index| record.get(index))
                .map(str::trim)
                .filter(|text| !text.is_empty())
        };
        let wrong = |what: &str, text: &str, allowed: &str| ReadError::Csv {
            line,
            reason: format!("{what} is \"{}\", allowed is {allowed}", excerpt(text)),
        };
        let number = |what: &str, column| -> Result<Option<f64>> {
            let Some(text) = field(column) else { return Ok(None) };
            let value = self.parse(text);
            let missing = ["nan", "na", "null", "none", "-"];
            if value.is_none() && missing.contains(&text.to_ascii_lowercase().as_str()) {
                return Ok(None);
            }
            value.map(Some).ok_or_else(|| wrong(what, text, "a number or nothing"))
        };
        let time_text = field(Some(layout.time)).unwrap_or_default();
        let seconds = self.parse(time_text);
        let time_s = seconds
            .or_else(|| time::unix_s(time_text))
            .ok_or_else(|| wrong("time", time_text, "seconds or an RFC 3339 time"))?;
        let is_clock = seconds.is_none_or(is_clock);
        let point = RawPoint {
            time_s: Some(time_s),
            distance_m: number("distance", layout.distance)?,
            speed_m_s: number("speed", layout.speed)?,
            elevation_m: number("elevation", layout.elevation)?,
            cadence: number("cadence", layout.cadence)?,
            ..RawPoint::default()
        };
        Ok((point, is_clock))
    }
}
