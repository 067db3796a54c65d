//! Times in words: RFC 3339 in UTC for machines, the days and hours of a time zone for people.

use eccentric::Timestamp;
use jiff::civil::{Date, DateTime};
pub use jiff::tz::TimeZone;

/// An instant as the calendar library has it. Years beyond 9999 have no name; a forecast may reach one.
pub fn instant(time: Timestamp) -> jiff::Timestamp {
    let beyond = if time.unix_ms() < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    jiff::Timestamp::from_millisecond(time.unix_ms()).unwrap_or(beyond)
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

/// Day and time for people, e.g. "Tue 25 Nov 14:00".
pub fn local(time: Timestamp, zone: &TimeZone) -> String {
    let civil = civil(time, zone);
    format!("{} {:02}:{:02}", day(civil), civil.hour(), civil.minute())
}

/// Day and time with the year, e.g. "Tue 25 Nov 2026 14:00".
pub fn local_with_year(time: Timestamp, zone: &TimeZone) -> String {
    let civil = civil(time, zone);
    format!("{} {} {:02}:{:02}", day(civil), civil.year(), civil.hour(), civil.minute())
}

/// Date for people, e.g. "25 Nov 2026".
pub fn local_date(time: Timestamp, zone: &TimeZone) -> String {
    let civil = civil(time, zone);
    format!("{} {} {}", civil.day(), month(civil), civil.year())
}

/// A day for people, e.g. "Wed 03 Jun".
pub fn local_day(time: Timestamp, zone: &TimeZone) -> String {
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

fn civil(time: Timestamp, zone: &TimeZone) -> DateTime {
    zone.to_datetime(instant(time))
}

/// Seconds east of UTC at a time.
pub fn utc_offset_s(time: Timestamp, zone: &TimeZone) -> i32 {
    zone.to_offset(instant(time)).seconds()
}

/// Hours and minutes, e.g. "32:05".
pub fn duration(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round();
    format!("{:.0}:{:02.0}", (minutes / 60.0).floor(), minutes % 60.0)
}

/// The day that a time lies on.
pub fn date_of(time: Timestamp, zone: &TimeZone) -> Date {
    civil(time, zone).date()
}

/// An hour of a day; where the clock leaves it out, the next moment that it does not.
///
/// # Errors
/// Words that say why the calendar has no such time.
pub fn at(date: Date, hour: i8, zone: &TimeZone) -> Result<Timestamp, String> {
    let zoned = date.at(hour, 0, 0, 0).to_zoned_datetime(zone.clone());
    let zoned = zoned.map_err(|_| format!("{date} has no {hour}:00 that the calendar knows"))?;
    Ok(Timestamp::from_unix_ms(zoned.timestamp().as_millisecond()))
}

/// The day after a day.
///
/// # Errors
/// Words, after the last day of the year 9999.
pub fn tomorrow(date: Date) -> Result<Date, String> {
    date.tomorrow().map_err(|_| format!("no day follows {date} in the calendar"))
}
