//! Times for machines: RFC 3339 in UTC.

use eccentric::Timestamp;

/// An instant as the calendar library has it. Years beyond 9999 have no name; a forecast may reach one.
pub fn instant(time: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(time.unix_ms()).unwrap_or(jiff::Timestamp::MAX)
}

/// RFC 3339 in UTC.
pub fn rfc3339(time: Timestamp) -> String {
    instant(time).to_string()
}

/// An instant in RFC 3339, with its offset.
///
/// ```
/// let time = eccentric_app::time::parse("2026-05-01T08:00:00+02:00");
/// assert_eq!(time.map(|time| time.unix_s()), Some(1_777_615_200));
/// assert_eq!(eccentric_app::time::parse("2026-05-01"), None);
/// ```
pub fn parse(text: &str) -> Option<Timestamp> {
    let instant = text.parse::<jiff::Timestamp>().ok()?;
    Some(Timestamp::from_unix_ms(instant.as_millisecond()))
}
