//! Times in words: RFC 3339 in UTC for machines, the days and hours of a time zone for people.

use eccentric::Timestamp;
pub use eccentric_files::{Zone, civil, instant};
use jiff::civil::{Date, DateTime, Time};
pub use jiff::tz::{Offset, TimeZone};

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

/// Day and time for people, e.g. "Tue 25 Nov 14:00".
pub fn local(time: Timestamp, zone: &dyn Zone) -> String {
    let civil = civil(time, zone);
    format!("{} {:02}:{:02}", day(civil), civil.hour(), civil.minute())
}

/// Day and time with the year, e.g. "Tue 25 Nov 2026 14:00".
pub fn local_with_year(time: Timestamp, zone: &dyn Zone) -> String {
    let civil = civil(time, zone);
    format!("{} {} {:02}:{:02}", day(civil), civil.year(), civil.hour(), civil.minute())
}

/// Date for people, e.g. "25 Nov 2026".
pub fn local_date(time: Timestamp, zone: &dyn Zone) -> String {
    let civil = civil(time, zone);
    format!("{} {} {}", civil.day(), month(civil), civil.year())
}

/// A day for people, e.g. "Wed 03 Jun".
pub fn local_day(time: Timestamp, zone: &dyn Zone) -> String {
    day(civil(time, zone))
}

// The calendar library's own way with patterns knows so much that a browser would load 15 KB more.
fn day(civil: DateTime) -> String {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let weekday = WEEKDAYS[civil.weekday().to_monday_zero_offset() as usize];
    format!("{weekday} {:02} {}", civil.day(), month(civil))
}

fn month(civil: DateTime) -> &'static str {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    MONTHS[civil.month() as usize - 1]
}

/// Hours and minutes, e.g. "32:05".
pub fn duration(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round();
    format!("{:.0}:{:02.0}", (minutes / 60.0).floor(), minutes % 60.0)
}

/// The day that a time lies on.
pub fn date_of(time: Timestamp, zone: &dyn Zone) -> Date {
    civil(time, zone).date()
}

/// An hour of a day; where the clock leaves it out, the next moment that it does not; where it comes twice, the
/// first.
///
/// ```
/// use eccentric_app::time::{TimeZone, at, rfc3339};
/// let berlin = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
/// let hour = |day: &str, hour| Some(rfc3339(at(day.parse().ok()?, hour, &berlin).ok()?));
/// assert_eq!(hour("2026-03-28", 17).as_deref(), Some("2026-03-28T16:00:00Z"));
/// assert_eq!(hour("2026-03-29", 17).as_deref(), Some("2026-03-29T15:00:00Z"));
/// assert_eq!(hour("2026-03-29", 2).as_deref(), Some("2026-03-29T01:00:00Z")); // shown as 3:00
/// assert_eq!(hour("2026-10-25", 2).as_deref(), Some("2026-10-25T00:00:00Z"));
/// assert_eq!(hour("2026-10-25", 24), None);
/// ```
///
/// # Errors
/// Words that say why the calendar has no such time.
pub fn at(date: Date, hour: i8, zone: &dyn Zone) -> Result<Timestamp, String> {
    let time = Time::new(hour, 0, 0, 0).ok();
    time.and_then(|time| eccentric_files::shown_at(date.to_datetime(time), zone))
        .ok_or_else(|| format!("{date} has no {hour}:00 that the calendar knows"))
}

/// The day after a day.
///
/// # Errors
/// Words, after the last day of the year 9999.
pub fn tomorrow(date: Date) -> Result<Date, String> {
    date.tomorrow().map_err(|_| format!("no day follows {date} in the calendar"))
}
