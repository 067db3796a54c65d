//! CSV: a header line that names the columns, commas, semicolons or tabs between them.

use csv::{ReaderBuilder, StringRecord};

use crate::raw::{RawActivity, RawPoint, Stated, excerpt};
use crate::{MAX_POINTS, ReadError, Result, time};

/// Columns that are understood, canonical name first.
const TIME: &[&str] = &["time_s", "time", "timestamp", "seconds"];
const DISTANCE: &[&str] = &["distance_m", "distance"];
const ELEVATION: &[&str] = &["elevation_m", "elevation", "altitude_m", "altitude", "ele"];
const CADENCE_STEPS: &[&str] = &["cadence_steps_min"];
const CADENCE: &[&str] = &["cadence"];
const SPEED: &[&str] = &["speed_m_s", "speed"];

/// Whether the first line that is no comment names a time column.
pub(crate) fn looks_like_table(text: &str) -> bool {
    header_line(text).is_some_and(|(line, separator)| {
        line.split(separator).any(|name| TIME.contains(&normalised(name).as_str()))
    })
}

/// The header line and the separator of its columns.
fn header_line(text: &str) -> Option<(&str, char)> {
    let line = text.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty())?;
    let separator = [';', '\t', ','].into_iter().find(|c| line.contains(*c))?;
    Some((line, separator))
}

fn normalised(name: &str) -> String {
    name.trim().trim_matches('"').to_ascii_lowercase().replace([' ', '-'], "_")
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
    let mut columns = Columns::new(headers)?;
    // Between semicolons a comma is a decimal point.
    columns.decimal_comma = separator == ';';
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
    activity.cadence_is_steps = columns.cadence_is_steps;
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

/// Index of each column that is there.
struct Columns {
    time: usize,
    distance: Option<usize>,
    elevation: Option<usize>,
    cadence: Option<usize>,
    cadence_is_steps: bool,
    speed: Option<usize>,
    decimal_comma: bool,
}

impl Columns {
    fn new(headers: &StringRecord) -> Result<Self> {
        let names: Vec<String> = headers.iter().map(normalised).collect();
        let column = |known: &[&str]| {
            known.iter().find_map(|name| names.iter().position(|header| header == name))
        };
        let steps = column(CADENCE_STEPS);
        let columns = Self {
            time: column(TIME).unwrap_or_default(),
            distance: column(DISTANCE),
            elevation: column(ELEVATION),
            cadence: steps.or_else(|| column(CADENCE)),
            cadence_is_steps: steps.is_some(),
            speed: column(SPEED),
            decimal_comma: false,
        };
        if column(TIME).is_none() || (columns.distance.is_none() && columns.speed.is_none()) {
            let reason = format!(
                "columns are {}; needed are time_s and one of distance_m and speed_m_s (also understood: time, timestamp, distance, elevation_m, altitude, ele, cadence_steps_min, cadence, speed)",
                excerpt(&names.join(", "))
            );
            return Err(ReadError::Csv { line: 1, reason });
        }
        Ok(columns)
    }

    fn parse(&self, text: &str) -> Option<f64> {
        let value = if self.decimal_comma { text.replace(',', ".").parse() } else { text.parse() };
        value.ok().filter(|value: &f64| value.is_finite())
    }

    /// The point of a line, and whether its time is a time of day.
    fn point(&self, record: &StringRecord, line: u64) -> Result<(RawPoint, bool)> {
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
        let time_text = field(Some(self.time)).unwrap_or_default();
        let seconds = self.parse(time_text);
        let time_s = seconds
            .or_else(|| time::unix_s(time_text))
            .ok_or_else(|| wrong("time", time_text, "seconds or an RFC 3339 time"))?;
        // Seconds since 1970 are a time of day too; no recording lasts 30 years.
        let is_clock = seconds.is_none_or(|seconds| seconds > 1.0e9);
        let point = RawPoint {
            time_s: Some(time_s),
            distance_m: number("distance", self.distance)?,
            speed_m_s: number("speed", self.speed)?,
            elevation_m: number("elevation", self.elevation)?,
            cadence: number("cadence", self.cadence)?,
            ..RawPoint::default()
        };
        Ok((point, is_clock))
    }
}
