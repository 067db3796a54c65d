//! Days without a session, as people name them.

use jiff::civil::{Date, Weekday};

/// Days that were named: one weekday, or all dates from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// Every such day of a week.
    Every(Weekday),
    /// From a date to another, which is one of them.
    Range(Date, Date),
}

impl Days {
    /// Whether a date is one of them.
    pub fn hold(self, date: Date) -> bool {
        match self {
            Self::Every(weekday) => date.weekday() == weekday,
            Self::Range(first, last) => first <= date && date <= last,
        }
    }
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Reads a date, dates from..to, or a weekday by at least three letters.
///
/// ```
/// let week = eccentric_app::days::parse("2026-06-10..2026-06-16")?;
/// assert!(week.hold(jiff::civil::date(2026, 6, 12)));
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
/// Words that say what may be written.
pub fn parse(text: &str) -> Result<Days, String> {
    let lower = text.to_lowercase();
    let named = |(name, _): &&(&str, Weekday)| lower.len() >= 3 && name.starts_with(&lower);
    if let Some((_, weekday)) = WEEKDAYS.iter().find(named) {
        return Ok(Days::Every(*weekday));
    }
    let date = |text: &str| {
        text.parse::<Date>().map_err(|_| {
            format!("\"{text}\" is no day; write 2026-05-01, 2026-05-01..2026-05-07 or wed")
        })
    };
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last) = (date(first)?, date(last)?);
    if last < first {
        return Err(format!("{last} is before {first}"));
    }
    Ok(Days::Range(first, last))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn days_are_read() {
        let date = |day: i8| Date::constant(2026, 6, day);
        let wednesdays = parse("Wed").unwrap();
        assert!(wednesdays.hold(date(10)) && !wednesdays.hold(date(11)));
        let week = parse("2026-06-10..2026-06-12").unwrap();
        assert!(week.hold(date(10)) && week.hold(date(12)) && !week.hold(date(13)));
        assert!(parse("2026-06-10").unwrap().hold(date(10)));
        for wrong in ["", "we", "someday", "2026-06-31", "2026-06-12..2026-06-10", ".."] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
