//! Ratings of soreness and what else people note of their legs: `ratings.csv`, and the wellness data of
//! intervals.icu as CSV or JSON.

use csv::StringRecord;
use eccentric::person::Observation;
use eccentric::soreness::Scale;
use jiff::tz::Offset;
use serde_json::Value;

use crate::csv::{broken, table as csv_table};
use crate::rating_row::{JUMP, Row, STAIRS, STRENGTH, Said, TIME, VALUE, named};
use crate::raw::excerpt;
use crate::zone::Zone;
use crate::{MAX_JSON_BYTES, MAX_POINTS, ReadError, Result};

/// What a file of ratings may leave open.
#[derive(Debug, Clone)]
pub struct RatingOptions<'a> {
    /// Scale of ratings, over any that the file names.
    pub scale: Option<Scale>,
    /// Where times without an offset are local. A date alone stands for noon of that day there.
    pub time_zone: &'a dyn Zone,
}

impl Default for RatingOptions<'_> {
    /// The scale of the file, UTC.
    fn default() -> Self {
        Self { scale: None, time_zone: &Offset::UTC }
    }
}

/// What a file of ratings holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ratings {
    /// What a person is learned from, in the order of the file.
    pub observations: Vec<Observation>,
    /// Lines that name another cause, such as the gym or an illness: nothing is learned from them.
    pub other_cause: usize,
}

/// Columns that only the wellness data of intervals.icu has.
const WELLNESS: [&str; 6] = ["restinghr", "ctl", "atl", "ramprate", "sleepsecs", "readiness"];

/// Reads ratings and what else people note of their legs.
///
/// A table has a header line with `time` (RFC 3339, or local) or `date`, and any of
/// - `soreness` (or `rating`, `value`, `feel`), and if wanted `scale`. A comment line `# scale: nrs` gives
///   the scale of the whole file; [`Scale::named`] lists the names;
/// - `strength_loss_percent` and `jump_loss_percent`: measured against rested legs;
/// - `could_not_walk_downstairs`: yes or nothing;
/// - `muscle` ([`eccentric::Muscle::name`]; empty or `legs` for the legs as a whole; the quadriceps for strength);
/// - `other_cause`: what else made the legs sore; nothing is learned from such a line.
///
/// A `feel` is one of the legs, on a scale that the file names. That of a Garmin workout is none (it is about
/// the workout, and normal lies in the middle), and exports of Strava have neither.
///
/// A list of JSON objects is read the same way. Wellness data of intervals.icu, told from its other
/// columns, is on its scale of 1 to 4. Lines without an answer are passed over.
///
/// # Errors
/// [`ReadError::Csv`] or [`ReadError::Json`] that names the line or the entry: a time, answer, muscle or
/// scale that cannot be one, and ratings without a scale.
///
/// ```
/// use eccentric_files::{RatingOptions, read_ratings};
/// let table = "# scale: nrs\ndate,soreness,muscle,jump_loss_percent\n2026-05-02,6,quadriceps,\n2026-05-03,4,,8\n";
/// let ratings = read_ratings(table.as_bytes(), &RatingOptions::default())?;
/// assert_eq!(ratings.observations.len(), 3);
/// assert_eq!(ratings.observations[0].time().unix_s(), 1_777_723_200); // noon
/// assert!(read_ratings(b"date,soreness\n2026-05-02,6\n", &RatingOptions::default()).is_err());
/// # Ok::<(), eccentric_files::ReadError>(())
/// ```
pub fn read_ratings(bytes: &[u8], options: &RatingOptions<'_>) -> Result<Ratings> {
    let bytes = crate::input::unpacked(bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['[', '{']) {
        json(text, options)
    } else {
        table(text, options)
    }
}

fn table(text: &str, options: &RatingOptions<'_>) -> Result<Ratings> {
    let (mut reader, _) = csv_table(text);
    let names: Vec<String> =
        reader.headers().map_err(broken)?.iter().map(|n| n.trim().to_ascii_lowercase()).collect();
    let at = |reason| ReadError::Csv { line: 1, reason };
    let column = |known: &[&str]| known.iter().find_map(|k| names.iter().position(|n| n == k));
    let answers = [VALUE, STRENGTH, JUMP, STAIRS];
    if column(TIME).is_none() || answers.iter().all(|known| column(known).is_none()) {
        let names = names.join(", ");
        return Err(at(format!(
            "columns are {}; needed are time or date, and soreness (or rating or value), {}, {} or {}",
            excerpt(&names),
            STRENGTH[0],
            JUMP[0],
            STAIRS[0]
        )));
    }
    let whole = whole_scale(text, &names, options).map_err(at)?;
    let mut ratings = Ratings::default();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        if ratings.observations.len() >= MAX_POINTS {
            return Err(ReadError::TooLarge { what: "too many ratings", max: MAX_POINTS });
        }
        let row = Row::of(|known| {
            column(known).and_then(|k| record.get(k)).unwrap_or("").trim().to_owned()
        });
        let line = record.position().map_or(0, csv::Position::line);
        row.add_to(&mut ratings, whole, options)
            .map_err(|reason| ReadError::Csv { line, reason })?;
    }
    Ok(ratings)
}

fn json(text: &str, options: &RatingOptions<'_>) -> Result<Ratings> {
    if text.len() > MAX_JSON_BYTES {
        return Err(ReadError::TooLarge {
            what: "the file has too many bytes",
            max: MAX_JSON_BYTES,
        });
    }
    let value: Value = serde_json::from_str(text).map_err(|error| ReadError::Json {
        line: error.line(),
        column: error.column(),
        reason: error.to_string(),
    })?;
    let entries = match value {
        Value::Array(entries) => entries,
        entry => vec![entry],
    };
    let mut ratings = Ratings::default();
    for (index, entry) in entries.iter().enumerate() {
        let wrong = |reason: String| ReadError::Json {
            line: 0,
            column: 0,
            reason: format!("entry {index}: {reason}"),
        };
        let Value::Object(entry) = entry else {
            return Err(wrong("it is no object with date and soreness".to_owned()));
        };
        let names: Vec<String> = entry.keys().map(|name| name.to_ascii_lowercase()).collect();
        let row = Row::of(|known| {
            let field = known.iter().find_map(|name| match entry.get(*name) {
                Some(Value::String(text)) => Some(text.clone()),
                Some(Value::Number(number)) => Some(number.to_string()),
                Some(Value::Bool(true)) => Some("yes".to_owned()),
                _ => None,
            });
            field.unwrap_or_default()
        });
        let whole = whole_scale("", &names, options).map_err(wrong)?;
        row.add_to(&mut ratings, whole, options).map_err(wrong)?;
    }
    Ok(ratings)
}

/// The scale of a whole file, from the options, a comment or the kind of file.
fn whole_scale(text: &str, names: &[String], options: &RatingOptions<'_>) -> Said<Option<Scale>> {
    if options.scale.is_some() {
        return Ok(options.scale);
    }
    let comments = text.lines().filter_map(|line| line.strip_prefix('#'));
    if let Some(name) = comments.filter_map(|line| line.trim().strip_prefix("scale:")).next() {
        return named(name.trim()).map(Some);
    }
    let wellness = names.iter().any(|name| WELLNESS.contains(&name.as_str()));
    Ok(wellness.then_some(Scale::INTERVALS_ICU))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use eccentric::soreness::Rating;
    use eccentric::{Muscle, Timestamp};

    use super::*;

    fn read(text: &str) -> Result<Ratings> {
        read_ratings(text.as_bytes(), &RatingOptions::default())
    }

    fn ratings(text: &str) -> Vec<Rating> {
        let rating = |observation| match observation {
            Observation::Rating(rating) => rating,
            other => panic!("{other:?}"),
        };
        read(text).unwrap().observations.into_iter().map(rating).collect()
    }

    #[test]
    fn reads_wellness_of_intervals_icu() {
        let table = "date,restingHR,soreness,fatigue\n2026-05-02,48,3,2\n2026-05-03,50,,2\n";
        let json = r#"[{"id":"2026-05-02","restingHR":48,"soreness":3},{"id":"2026-05-03","restingHR":50,"soreness":null}]"#;
        for text in [table, json] {
            let ratings = ratings(text);
            assert_eq!(ratings.len(), 1);
            assert_eq!((ratings[0].value, ratings[0].scale), (3.0, Scale::INTERVALS_ICU));
            assert_eq!(ratings[0].time, Timestamp::from_unix_s(1_777_723_200));
        }
    }

    #[test]
    fn times_and_scales_of_lines() {
        let ratings = ratings(
            "time;rating;scale;muscle\n2026-05-02T08:00:00+02:00;2;1-5-better;Hip extensors\n2026-05-02 08:00;70;vas;legs\n",
        );
        assert_eq!(ratings[0].time.hours_since(ratings[1].time), -2.0);
        assert_eq!((ratings[0].scale, ratings[1].scale), (Scale::BETTER_1_5, Scale::VAS_0_100));
        assert_eq!(ratings[0].muscle, Some(Muscle::HipExtensors));
    }

    #[test]
    fn notes_beside_ratings() {
        let table = "# scale: nrs\ndate,soreness,strength_loss_percent,jump_loss_percent,could_not_walk_downstairs,other_cause\n\
            2026-05-02,6,20,,yes,\n2026-05-03,7,,,,gym\n2026-05-04,,,6,no,no\n2026-05-05,,,,,flu\n";
        let found = read(table).unwrap();
        assert_eq!(found.other_cause, 1);
        let [rating, strength, stairs, jump] = found.observations[..] else { panic!("{found:?}") };
        assert!(matches!(rating, Observation::Rating(rating) if rating.value == 6.0));
        assert!(matches!(strength, Observation::Strength(test) if test.loss == 0.2));
        assert!(matches!(stairs, Observation::Stairs { .. }));
        assert!(matches!(jump, Observation::Strength(test) if (test.loss - 0.2).abs() < 1e-9));
        let json = r#"[{"date":"2026-05-02","could_not_walk_downstairs":true}]"#;
        assert_eq!(read(json).unwrap().observations.len(), 1);
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, says) in [
            ("date,soreness\n2026-05-02,3\n", "line 2: the scale is unknown"),
            ("# scale: 1-5\ndate,soreness\n2026-05-02,3\n", "with its direction"),
            (
                "# scale: nrs\ndate,soreness\n2026-05-02,13\n",
                "line 3: rating is 13, allowed is 0 to 10",
            ),
            ("# scale: nrs\ndate,soreness\n2026-15-02,3\n", "time is \"2026-15-02\""),
            ("# scale: nrs\ndate,soreness\n2026-05-02,much\n", "soreness is \"much\""),
            ("# scale: nrs\ndate,soreness,muscle\n2026-05-02,3,ear\n", "muscle is \"ear\""),
            (
                "date,strength_loss_percent\n2026-05-02,150\n",
                "measured loss of strength is 1.5, allowed is -0.5 to 1",
            ),
            ("date,jump_loss_percent\n2026-05-02,100\n", "result of a strength test is 0"),
            ("date,fatigue\n2026-05-02,3\n", "needed are time or date"),
            ("[3]", "entry 0: it is no object"),
            ("[{\"date\":\"2026-05-02\",\"soreness\":3}]", "entry 0: the scale is unknown"),
            ("[{", "JSON"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
