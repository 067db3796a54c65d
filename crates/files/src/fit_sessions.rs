//! Cuts the records of a FIT file into the legs of its sessions.

use rustyfit::profile::mesgdef::Session;
use rustyfit::profile::typedef::{Sport as FitSport, SubSport};
use rustyfit::proto::Message;

use eccentric::activity::Sport;

use crate::fit_values::{FIRST_CLOCK_TIME_S, number, unix_s};
use crate::raw::{RawActivity, RawPoint, Stated};

/// One session message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leg {
    start_s: Option<f64>,
    sport: FitSport,
    sub_sport: SubSport,
}

impl Leg {
    pub fn from_session(session: &Message) -> Self {
        let small = |field| number(session, field).map_or(u8::MAX, |value| value as u8);
        Self {
            start_s: unix_s(session, Session::START_TIME),
            sport: FitSport(small(Session::SPORT)),
            sub_sport: SubSport(small(Session::SUB_SPORT)),
        }
    }

    fn is_indoor(self) -> bool {
        matches!(
            self.sub_sport,
            SubSport::TREADMILL | SubSport::INDOOR_RUNNING | SubSport::INDOOR_WALKING
        )
    }

    /// `strict`: the device records several sports, so a leg without a named one needs evidence.
    fn stated(self, strict: bool) -> Stated {
        match self.sport {
            FitSport::RUNNING => Stated::OnFoot(Sport::Running),
            FitSport::WALKING | FitSport::HIKING | FitSport::MOUNTAINEERING => {
                Stated::OnFoot(Sport::Walking)
            }
            FitSport::FITNESS_EQUIPMENT | FitSport::TRAINING if self.is_indoor() => {
                Stated::OnFoot(Sport::OnFoot)
            }
            FitSport::GENERIC => Stated::Open { name: "generic".to_owned(), strict },
            FitSport(u8::MAX) => Stated::Open { name: "not stated".to_owned(), strict },
            other => Stated::Other(other.to_string()),
        }
    }
}

/// Sport of the activity type of a record.
pub(crate) fn sport_of_activity(activity: u8) -> Option<u8> {
    match activity {
        1 | 2 | 4 | 5 => Some(activity),
        6 => Some(FitSport::WALKING.0),
        _ => None,
    }
}

/// One activity a session, cut at the starts of the sessions: ends are often off by a second.
pub(crate) fn cut(
    points: Vec<RawPoint>,
    mut legs: Vec<Leg>,
    sport: Option<u8>,
) -> Vec<RawActivity> {
    if legs.is_empty() {
        let sport = FitSport(sport.unwrap_or(u8::MAX));
        legs.push(Leg { start_s: None, sport, sub_sport: SubSport(u8::MAX) });
    }
    legs.sort_by(|a, b| a.start_s.unwrap_or(0.0).total_cmp(&b.start_s.unwrap_or(0.0)));
    let strict = legs.len() > 1;
    let mut activities: Vec<_> = legs
        .iter()
        .map(|leg| {
            let mut activity = RawActivity::new(leg.stated(strict));
            activity.indoor = leg.is_indoor();
            activity
        })
        .collect();
    for point in points {
        let started = |leg: &&Leg| leg.start_s.is_some_and(|start| Some(start) <= point.time_s);
        // Records before the first session belong to it.
        let leg = legs.iter().take_while(started).count().saturating_sub(1);
        activities[leg].points.push(point);
    }
    for activity in &mut activities {
        let first = activity.points.iter().find_map(|point| point.time_s);
        activity.has_clock = first.is_none_or(|time| time >= FIRST_CLOCK_TIME_S);
    }
    activities
}
