//! Local time: what a clock shows at an instant, and when it shows a given time.

use eccentric::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// How far the clocks of a place are ahead of UTC. That is all that local time needs, so that a browser can
/// say it too, which has the world's clock changes built in.
pub trait Zone: std::fmt::Debug {
    /// Seconds east of UTC at an instant.
    fn utc_offset_s(&self, time: Timestamp) -> i32;
}

impl Zone for TimeZone {
    fn utc_offset_s(&self, time: Timestamp) -> i32 {
        self.to_offset(instant(time)).seconds()
    }
}

/// Clocks that are never changed.
impl Zone for Offset {
    fn utc_offset_s(&self, _: Timestamp) -> i32 {
        self.seconds()
    }
}

/// An instant as the calendar library has it. Years beyond 9999 have no name; a forecast may reach one.
pub fn instant(time: Timestamp) -> jiff::Timestamp {
    let beyond = if time.unix_ms() < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    jiff::Timestamp::from_millisecond(time.unix_ms()).unwrap_or(beyond)
}

/// What the clocks show at an instant.
///
/// ```
/// use eccentric_files::{Timestamp, civil};
/// let two_hours_east = jiff::tz::offset(2);
/// assert_eq!(civil(Timestamp::from_unix_s(0), &two_hours_east).to_string(), "1970-01-01T02:00:00");
/// ```
pub fn civil(time: Timestamp, zone: &dyn Zone) -> DateTime {
    let seconds = zone.utc_offset_s(time);
    Offset::from_seconds(seconds).unwrap_or(Offset::UTC).to_datetime(instant(time))
}

/// When the clocks show a time: the first time where they show it twice; where they leave it out, as if they
/// had not been put forward yet, so that an hour that is left out is the next. `None` where
/// the calendar ends, with the year 9999.
///
/// ```
/// use eccentric_files::{shown_at, civil};
/// let berlin = jiff::tz::TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3")?;
/// let time = |text: &str| Some(shown_at(text.parse().ok()?, &berlin)?.unix_s());
/// assert_eq!(time("2026-03-29T02:00:00"), time("2026-03-29T03:00:00"));
/// assert_eq!(time("2026-10-25T02:30:00"), Some(1_792_888_200)); // 00:30 UTC, still summer
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn shown_at(local: DateTime, zone: &dyn Zone) -> Option<Timestamp> {
    // No clock is a day ahead of UTC, and none is changed twice within two days.
    const DAY_S: i64 = 86_400;
    let as_utc = Offset::UTC.to_timestamp(local).ok()?.as_millisecond();
    let near = |days: i64| zone.utc_offset_s(Timestamp::from_unix_ms(as_utc + 1000 * days * DAY_S));
    let (before, after) = (near(-1), near(1));
    let with = |offset_s: i32| Timestamp::from_unix_ms(as_utc - 1000 * i64::from(offset_s));
    let shows = |offset_s: i32| zone.utc_offset_s(with(offset_s)) == offset_s;
    let time = if shows(before) || !shows(after) { with(before) } else { with(after) };
    jiff::Timestamp::from_millisecond(time.unix_ms()).is_ok().then_some(time)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Every quarter of an hour of the days around a change, as the calendar library has it.
    #[test]
    fn clock_changes_are_those_of_the_calendar_library() {
        // Berlin; Lord Howe, half an hour; Santiago, at midnight; west of Greenwich; no change.
        let zones = [
            "CET-1CEST,M3.5.0,M10.5.0/3",
            "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
            "<-04>4<-03>,M9.1.6/24,M4.1.6/24",
            "EST5EDT,M3.2.0,M11.1.0",
            "<+0545>-5:45",
        ];
        let (mut left_out, mut twice) = (0, 0);
        for zone in zones.map(|posix| TimeZone::posix(posix).unwrap()) {
            let first = date(2026, 1, 1).at(0, 0, 0, 0);
            for quarter in 0..4 * 24 * 365_i64 {
                let local = first.checked_add(jiff::Span::new().minutes(15 * quarter)).unwrap();
                let expected = local.to_zoned_datetime(zone.clone()).unwrap();
                let time = shown_at(local, &zone).unwrap();
                assert_eq!(
                    time.unix_ms(),
                    expected.timestamp().as_millisecond(),
                    "{local} {zone:?}"
                );
                left_out += usize::from(civil(time, &zone) != local);
                let again = |minutes: i64| {
                    civil(Timestamp::from_unix_ms(time.unix_ms() + 60_000 * minutes), &zone)
                };
                twice += usize::from(again(60) == local || again(30) == local);
            }
        }
        assert_eq!((left_out, twice), (3 * 4 + 2, 3 * 4 + 2));
    }

    #[test]
    fn a_day_that_a_country_left_out() {
        // Samoa went west of the date line at the end of 2011-12-29.
        #[derive(Debug)]
        struct Samoa;
        impl Zone for Samoa {
            fn utc_offset_s(&self, time: Timestamp) -> i32 {
                if time.unix_s() < 1_325_239_200 { -36_000 } else { 50_400 }
            }
        }
        let noon = |day| shown_at(date(2011, 12, day).at(12, 0, 0, 0), &Samoa).unwrap();
        assert_eq!(noon(30), noon(31));
        assert_eq!(noon(31).hours_since(noon(29)), 24.0);
    }

    #[test]
    fn the_calendar_ends() {
        let last = date(9999, 12, 31).at(23, 0, 0, 0);
        assert_eq!(shown_at(last, &Offset::UTC), None);
        assert!(shown_at(date(9999, 12, 29).at(23, 0, 0, 0), &Offset::UTC).is_some());
        assert_eq!(civil(Timestamp::from_unix_ms(i64::MAX), &Offset::UTC).year(), 9999);
    }
}
