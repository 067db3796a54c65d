//! What became of a plan: planned is kept apart from done.

use alloc::vec::Vec;

use super::schedule::{DoneDescent, Session};
use crate::bounds;
use crate::error::{Error, Result};
use crate::units::Timestamp;

/// A plan as it is stored.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Planned {
    /// When it was made.
    pub made: Timestamp,
    /// Start of the race.
    pub race: Timestamp,
    /// The sessions in order of time.
    pub sessions: Vec<Session>,
}

impl Planned {
    /// Checks every session and their order.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] with the position of a bad session, [`Error::HistoryOrder`] for one that is
    /// not after the one before it.
    pub fn check(&self) -> Result<()> {
        for (index, session) in self.sessions.iter().enumerate() {
            session.descent.check()?;
            bounds::SESSION_POINTS.check_at(session.points, index)?;
            bounds::SAMPLE_DISTANCE.check_at(session.workout.descent_m, index)?;
            bounds::SAMPLE_DISTANCE.check_at(session.workout.distance_m, index)?;
            bounds::SEGMENT_DURATION.check_at(session.workout.duration_s, index)?;
        }
        match self.sessions.windows(2).position(|pair| pair[1].start <= pair[0].start) {
            Some(index) => Err(Error::HistoryOrder { index: index + 1 }),
            None => Ok(()),
        }
    }
}

/// Whether a planned session was run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Kept {
    /// Its day has not passed.
    Ahead,
    /// Less than half of it.
    Missed,
    /// Less than four fifths of it.
    Less,
    /// As it was planned.
    Done,
    /// More than five quarters of it.
    More,
}

/// A planned session and what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Reviewed {
    /// What was planned.
    pub session: Session,
    /// Metres of descent that were run within twelve hours of it.
    pub done_m: f64,
    /// Whether that is what was planned.
    pub kept: Kept,
}

/// Hours around the start of a session within which a run counts as it.
const AROUND_H: f64 = 12.0;

/// What became of planned sessions by a time.
///
/// ```
/// use eccentric::{load::{DoseModel, Runner}, params::Parameters, Timestamp};
/// use eccentric::plan::{Descent, DoneDescent, Kept, Session, review};
/// let model = DoseModel::new(&Parameters::default(), &Runner::default())?;
/// let descent = Descent::default();
/// let points = 400.0 * descent.points_per_m(&model);
/// let start = Timestamp::from_unix_s(1_780_000_000);
/// let session = Session { start, points, descent, workout: descent.workout(points, &model)? };
/// let kept = |descent_m: f64, hours: f64| {
///     let done = DoneDescent { start: start.add_hours(-3.0), descent_m };
///     review(&[session], &[done], start.add_hours(hours))[0].kept
/// };
/// assert_eq!([kept(0.0, 1.0), kept(0.0, 13.0)], [Kept::Ahead, Kept::Missed]);
/// assert_eq!([kept(300.0, 13.0), kept(400.0, 13.0), kept(600.0, 13.0)], [Kept::Less, Kept::Done, Kept::More]);
/// # Ok::<(), eccentric::Error>(())
/// ```
pub fn review(planned: &[Session], done: &[DoneDescent], now: Timestamp) -> Vec<Reviewed> {
    let near = |session: &Session, done: &DoneDescent| {
        done.start.hours_since(session.start).abs() <= AROUND_H
    };
    let reviewed = |session: &Session| {
        let runs = done.iter().filter(|done| done.start <= now && near(session, done));
        // A sum of nothing would be minus zero.
        let done_m = runs.fold(0.0, |sum, done| sum + done.descent_m);
        let passed = now.hours_since(session.start) > AROUND_H;
        let kept = match done_m / session.workout.descent_m {
            share if share < 0.5 && !passed => Kept::Ahead,
            share if share < 0.5 => Kept::Missed,
            share if share < 0.8 => Kept::Less,
            share if share <= 1.25 => Kept::Done,
            _ => Kept::More,
        };
        Reviewed { session: *session, done_m, kept }
    };
    planned.iter().map(reviewed).collect()
}
