//! A plan as a calendar (iCalendar, RFC 5545).

use eccentric::Timestamp;
use eccentric::plan::Session;
use icalendar::{Calendar, Component, Event, Property};

use crate::athlete::in_words;
use crate::plan::Made;
use crate::time::instant;

/// The sessions and the race. The same plan gives the same identifiers, so that a calendar that reads it
/// again replaces what it has.
pub fn calendar(made: &Made, at: Timestamp) -> String {
    let finish_s = 3600.0 * made.race.end().hours_since(made.race.start);
    events(&made.plan.best.sessions, (&made.name, made.race.start, finish_s), at)
}

fn events(sessions: &[Session], race: (&str, Timestamp, f64), made: Timestamp) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in
        [("VERSION", "2.0"), ("PRODID", "-//eccentric//plan//EN"), ("CALSCALE", "GREGORIAN")]
    {
        calendar.append_property(Property::new(name, value));
    }
    for session in sessions {
        let workout = &session.workout;
        let summary = format!("Descents: {:.0} m", workout.descent_m);
        let description = format!(
            "{:.0} m of descent on {}: {:.1} km, {:.0} min downhill, {:.0} points. At least two easy days after it.",
            workout.descent_m,
            in_words(&session.descent),
            workout.distance_m / 1000.0,
            workout.duration_s / 60.0,
            session.points,
        );
        calendar.push(event((session.start, workout.duration_s), &summary, &description, made));
    }
    let (name, start, finish_s) = race;
    calendar.push(event((start, finish_s), &format!("Race: {name}"), "", made));
    calendar.done().to_string()
}

fn event(
    (start, duration_s): (Timestamp, f64),
    summary: &str,
    description: &str,
    made: Timestamp,
) -> Event {
    let mut event = Event::new();
    event
        .uid(&format!("{}@eccentric", utc(start)))
        .add_property("DTSTAMP", utc(made))
        .add_property("DTSTART", utc(start))
        .add_property("DTEND", utc(start.add_seconds((duration_s / 60.0).round().max(1.0) * 60.0)))
        .summary(summary);
    if !description.is_empty() {
        event.description(description);
    }
    event.done()
}

/// A time in the form of the calendar, e.g. 20260610T150000Z.
fn utc(time: Timestamp) -> String {
    instant(time).strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use eccentric::load::{DoseModel, Runner};
    use eccentric::params::Parameters;
    use eccentric::plan::Descent;

    use super::*;

    #[test]
    fn a_calendar_is_one_of_rfc_5545() {
        let model = DoseModel::new(&Parameters::default(), &Runner::default()).unwrap();
        let descent = Descent { grade: -0.16, speed_m_s: 3.0 };
        let workout = descent.workout(50.0, &model).unwrap();
        let start = Timestamp::from_unix_s(1_780_000_000);
        let session = Session { start, points: 50.0, descent, workout };
        let race = ("Up, down; and\nround", start.add_hours(240.0), 36_000.0);
        let text = events(&[session], race, start);
        assert_eq!(text, events(&[session], race, start));
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        let unfolded = text.replace("\r\n ", "");
        for line in [
            "VERSION:2.0",
            "DTSTART:20260528T202640Z",
            // 15 min of descent; the calendar counts whole minutes.
            "DTEND:20260528T204140Z",
            "UID:20260528T202640Z@eccentric",
            "SUMMARY:Descents: 427 m",
            "SUMMARY:Race: Up\\, down\\; and\\nround",
        ] {
            assert_eq!(
                unfolded.matches(&format!("\r\n{line}\r\n")).count(),
                1,
                "{line} in\n{unfolded}"
            );
        }
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 2);
    }
}
