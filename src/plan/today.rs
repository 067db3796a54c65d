//! How much downhill is possible today.

use super::descent::{Descent, Workout};
use super::guard::{Guard, Tightest};
use crate::bounds;
use crate::damage::{DamageModel, LegState};
use crate::error::Result;
use crate::forecast::Felt;
use crate::load::DoseModel;
use crate::params::fixed::{LONGEST_SESSION_H, WORTHWHILE_POINTS};
use crate::person::Profile;
use crate::units::{PerMuscle, Timestamp};

/// What is asked of today.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct TodayOptions {
    /// When the session starts.
    pub start: Timestamp,
    /// Until when soreness shall stay low; an hour to 60 days after the start.
    pub until: Timestamp,
    /// Soreness below which it shall stay, 0 to 10.
    pub soreness_below: f64,
    /// Probability with which each muscle group shall stay below it, at every hour.
    pub probability: f64,
    /// The descent to run on.
    pub descent: Descent,
}

impl TodayOptions {
    /// A week below a soreness of 4 with 80 % on a middling descent, from a session on. Adults call pain up
    /// to 4 of 10 mild (10.1016/j.jpain.2005.07.012).
    pub fn from(start: Timestamp) -> Self {
        Self {
            start,
            until: start.add_hours(168.0),
            soreness_below: 4.0,
            probability: 0.8,
            descent: Descent::default(),
        }
    }

    fn check(&self) -> Result<()> {
        bounds::WATCH_HOURS.check(self.until.hours_since(self.start))?;
        bounds::SORENESS.check(self.soreness_below)?;
        bounds::PROBABILITY.check(self.probability)?;
        self.descent.check()
    }
}

/// Today's limit.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Today {
    /// The legs before the session.
    pub before: PerMuscle<Felt>,
    /// The largest dose that keeps soreness low enough, in points; zero where even rest does not.
    pub points: f64,
    /// What the dose is on the descent.
    pub workout: Workout,
    /// Whether even the longest descent that was looked at (6 h) keeps soreness low enough.
    pub open: bool,
    /// Where soreness comes closest to the level after this dose.
    pub tightest: Tightest,
    /// If there is nothing worth running downhill for today: the first of the next 14 days, at the same
    /// hour and for as many days, on which there is.
    pub next: Option<Timestamp>,
}

impl Today {
    /// Whether there is anything worth running downhill for: 5 points or more.
    pub fn worthwhile(&self) -> bool {
        self.points >= WORTHWHILE_POINTS
    }
}

/// Days over which the next worthwhile session is looked for.
const NEXT_DAYS: u32 = 14;
/// Halvings of the range of doses: six hours to a tenth of a second.
const HALVINGS: u32 = 18;

/// The largest dose downhill today that keeps the soreness of every muscle group below a level with a
/// probability, at every hour from the end of the session on.
///
/// The legs are those of the profile's person at or before the start; the model is that of the runner
/// under the population's constants. The dose is found by halving the range from zero to six hours of
/// descent, so a higher probability or a lower level never gives a larger dose; the dose that is
/// returned has passed the check itself.
///
/// ```
/// use eccentric::{damage::Habit, load::{DoseModel, Runner}, params::Parameters, Timestamp};
/// use eccentric::{person, plan::{TodayOptions, today}};
/// let p = Parameters::default();
/// let model = DoseModel::new(&p, &Runner::default())?;
/// let start = Timestamp::from_unix_s(1_780_000_000);
/// let profile = person::prior(&p);
/// let limit = |habit: Habit| {
///     today(&habit.legs(start, &p)?, &profile, &model, &TodayOptions::from(start))
/// };
/// let (untrained, trail) = (limit(Habit::None)?, limit(Habit::Trail)?);
/// assert!(untrained.points > 5.0 && untrained.tightest.probability >= 0.8);
/// assert!(trail.points > 3.0 * untrained.points);
/// # Ok::<(), eccentric::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::BackInTime`] if the session starts before the time of the legs,
/// [`crate::Error::OutOfRange`] for impossible legs, profile or options.
pub fn today(
    legs: &LegState,
    profile: &Profile,
    model: &DoseModel,
    options: &TodayOptions,
) -> Result<Today> {
    options.check()?;
    profile.check()?;
    let own = profile.person.parameters(model.parameters());
    let before = legs.advanced_to(options.start, &own)?;
    let hours = options.until.hours_since(options.start);
    let guard =
        Guard::new(options.soreness_below, options.probability, (1.0, hours), profile, &own)?;
    let damage = DamageModel::new(&own);
    let limit = limit(&before, &guard, model, options, &damage)?;
    let mut today = Today {
        before: before.felt(&own),
        points: limit.points,
        workout: options.descent.workout(limit.points, model)?,
        open: limit.open,
        tightest: limit.tightest,
        next: None,
    };
    for day in 1..=NEXT_DAYS {
        if today.worthwhile() || today.next.is_some() {
            break;
        }
        let start = options.start.add_hours(24.0 * f64::from(day));
        let later = TodayOptions { start, until: start.add_hours(hours), ..*options };
        let before = legs.moved_to(start, &own)?;
        if self::limit(&before, &guard, model, &later, &damage)?.points >= WORTHWHILE_POINTS {
            today.next = Some(start);
        }
    }
    Ok(today)
}

struct Limit {
    points: f64,
    open: bool,
    tightest: Tightest,
}

fn limit(
    before: &LegState,
    guard: &Guard<'_>,
    model: &DoseModel,
    options: &TodayOptions,
    damage: &DamageModel,
) -> Result<Limit> {
    let after = |points: f64| {
        let session = options.descent.load(options.start, points, model)?;
        guard.tightest(&before.having_run(&session, damage)?, options.until)
    };
    let (mut low, mut high) = (0.0, LONGEST_SESSION_H * options.descent.points_per_h(model));
    let mut tightest = after(low)?;
    let most = after(high)?;
    let open = guard.holds(&most);
    if open {
        return Ok(Limit { points: high, open, tightest: most });
    }
    if guard.holds(&tightest) {
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            let here = after(middle)?;
            if guard.holds(&here) {
                (low, tightest) = (middle, here);
            } else {
                high = middle;
            }
        }
    }
    Ok(Limit { points: low, open, tightest })
}
