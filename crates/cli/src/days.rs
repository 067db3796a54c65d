//! Times that are given as days of the local calendar.

use eccentric::Timestamp;
use eccentric_app::time as words;
use jiff::civil::Date;

use crate::time;

/// A time; a date alone means its end.
pub fn parse_end(text: &str) -> Result<Timestamp, String> {
    match bare_date(text) {
        Some(date) => at(date.tomorrow().map_err(|error| error.to_string())?, 0),
        None => time::parse(text),
    }
}

/// A time; a date alone means seven in the morning.
pub fn parse_morning(text: &str) -> Result<Timestamp, String> {
    bare_date(text).map_or_else(|| time::parse(text), |date| at(date, 7))
}

fn bare_date(text: &str) -> Option<Date> {
    text.parse().ok().filter(|_| !text.contains(['T', 't', ' ', ':']))
}

/// An hour of a day here.
pub fn at(date: Date, hour: i8) -> Result<Timestamp, String> {
    words::at(date, hour, &time::zone())
}
