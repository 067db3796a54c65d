//! Pace profiles: a table of speeds along a course.

use csv::{ReaderBuilder, StringRecord};
use eccentric::plan::PacePoint;

use crate::raw::excerpt;
use crate::{MAX_POINTS, ReadError, Result};

/// Reads a pace profile: a table with `distance_km` and `speed_m_s`, or `pace` as minutes and seconds per
/// kilometre (`6:30`). The pace of a line holds from its distance to the next one.
///
/// ```
/// let table = "distance_km,pace\n0,5:00\n10,6:40\n";
/// let pace = eccentric_files::read_pace_profile(table.as_bytes())?;
/// assert_eq!((pace[1].distance_m, pace[1].speed_m_s), (10_000.0, 2.5));
/// # Ok::<(), eccentric_files::ReadError>(())
/// ```
///
/// # Errors
/// [`ReadError::Csv`] that names the line: a column that is missing, what is no number or no pace.
/// Whether the numbers can be run is for [`eccentric::plan::Pace::check`].
pub fn read_pace_profile(bytes: &[u8]) -> Result<Vec<PacePoint>> {
    let bytes = crate::input::unpacked(bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty());
    let separators = [';', '\t', ','];
    let separator = separators.into_iter().find(|c| header.is_some_and(|line| line.contains(*c)));
    let mut reader = ReaderBuilder::new()
        .delimiter(separator.unwrap_or(',') as u8)
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(text.as_bytes());
    let broken = |error: csv::Error| {
        let line = error.position().map_or(0, csv::Position::line);
        ReadError::Csv { line, reason: error.to_string() }
    };
    let headers = reader.headers().map_err(broken)?;
    let names: Vec<String> = headers.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    let column = |name: &str| names.iter().position(|known| known == name);
    let (speed, pace) = (column("speed_m_s"), column("pace"));
    let (Some(distance), Some(how_fast)) = (column("distance_km"), speed.or(pace)) else {
        let names = names.join(", ");
        let reason = format!(
            "columns are {}; needed are distance_km, and speed_m_s or pace (minutes and seconds per kilometre)",
            excerpt(&names)
        );
        return Err(ReadError::Csv { line: 1, reason });
    };
    let mut points = Vec::new();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        if points.len() >= MAX_POINTS {
            return Err(ReadError::TooLarge { what: "too many lines", max: MAX_POINTS });
        }
        let line = record.position().map_or(0, csv::Position::line);
        // Between semicolons a comma is a decimal point.
        let field = |column: usize| {
            let text = record.get(column).unwrap_or("").trim();
            if separator == Some(';') { text.replace(',', ".") } else { text.to_owned() }
        };
        let wrong = |what: &str, text: &str, allowed: &str| ReadError::Csv {
            line,
            reason: format!("{what} is \"{}\", allowed is {allowed}", excerpt(text)),
        };
        let (km, fast) = (field(distance), field(how_fast));
        let km = number(&km).ok_or_else(|| wrong("distance_km", &km, "a number"))?;
        let speed_m_s = if speed.is_some() {
            number(&fast).ok_or_else(|| wrong("speed_m_s", &fast, "a number"))?
        } else {
            let seconds = seconds_per_km(&fast);
            1000.0 / seconds.ok_or_else(|| wrong("pace", &fast, "minutes and seconds, as 6:30"))?
        };
        points.push(PacePoint { distance_m: 1000.0 * km, speed_m_s });
    }
    Ok(points)
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

fn seconds_per_km(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.split_once(':')?;
    let (minutes, seconds) = (minutes.parse::<u32>().ok()?, number(seconds)?);
    let total = 60.0 * f64::from(minutes) + seconds;
    ((0.0..60.0).contains(&seconds) && total > 0.0).then_some(total)
}
