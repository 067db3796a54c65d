//! Times in and out: RFC 3339 for machines, local time for people.

use eccentric::Timestamp;
use eccentric_app::time as words;
pub use eccentric_app::time::{duration, rfc3339};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Reads RFC 3339, a local date or time, or "now".
pub fn parse(text: &str) -> Result<Timestamp, String> {
    if text.eq_ignore_ascii_case("now") {
        return Ok(Timestamp::from_unix_ms(jiff::Timestamp::now().as_millisecond()));
    }
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Ok(Timestamp::from_unix_ms(time.as_millisecond()));
    }
    text.parse::<DateTime>()
        .and_then(|local| local.to_zoned_datetime(TimeZone::system()))
        .map(|zoned| Timestamp::from_unix_ms(zoned.timestamp().as_millisecond()))
        .map_err(|_| {
            format!("\"{text}\" is no time; write 2026-05-01T18:00 or 2026-05-01T16:00:00Z or now")
        })
}

/// Reads hours and minutes, and seconds if they are given, as seconds.
pub fn parse_duration_s(text: &str) -> Result<f64, String> {
    let wrong =
        || format!("\"{text}\" is no duration; write hours and minutes, as 32:00 or 4:29:30");
    let parts: Vec<u32> =
        text.split(':').map(str::parse).collect::<Result<_, _>>().map_err(|_| wrong())?;
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes] => (hours, minutes, 0),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return Err(wrong()),
    };
    if minutes > 59 || seconds > 59 {
        return Err(wrong());
    }
    let total = 3600.0 * f64::from(hours) + 60.0 * f64::from(minutes) + f64::from(seconds);
    if total > 0.0 { Ok(total) } else { Err(wrong()) }
}

/// The zone of this machine.
pub fn zone() -> TimeZone {
    TimeZone::system()
}

/// Day and time for people, e.g. "Tue 25 Nov 14:00".
pub fn local(time: Timestamp) -> String {
    words::local(time, &zone())
}

/// Day and time with the year, e.g. "Tue 25 Nov 2026 14:00".
pub fn local_with_year(time: Timestamp) -> String {
    words::local_with_year(time, &zone())
}

/// Date for people, e.g. "25 Nov 2026".
pub fn local_date(time: Timestamp) -> String {
    words::local_date(time, &zone())
}
