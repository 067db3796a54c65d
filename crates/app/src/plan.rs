//! The weeks before a race: the plan with all that is said about it.

use eccentric::forecast::{ForecastOptions, History};
use eccentric::load::EccentricLoad;
use eccentric::params::fixed::BUILD_UP;
use eccentric::plan::{
    Day, Descent, DoneDescent, Kept, Pace, Plan, PlanOptions, Planned, Reviewed, Session,
    TodayOptions, habit_week, plan, review, usual_week,
};
use eccentric::{Result as ModelResult, Timestamp, bounds};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::athlete::{AskedDescent, Athlete};
use crate::race::{self, CourseFile};
use crate::time::{self, Zone, date_of, local_day};

/// Soreness after a race that is hardly any.
const JUST_SORE: f64 = 1.0;
/// Part of the soreness after a race from which on its saving is said to be worth the descents.
const WORTH_IT: f64 = 0.2;

/// What can't be planned, in words.
pub type Error = Box<dyn std::error::Error>;

/// What is asked of a plan.
pub struct Asked<'a> {
    /// Start of the race.
    pub race: Timestamp,
    /// First day of the plan.
    pub from: Timestamp,
    /// How fast the race is run.
    pub pace: Pace,
    /// Hour of the day at which sessions start.
    pub hour: i8,
    /// Days without a session.
    pub blocked: &'a dyn Fn(Date) -> bool,
    /// Days before the race without the usual running.
    pub rest_days: u16,
    /// The descent to train on.
    pub descent: AskedDescent,
    /// Soreness below which every muscle group shall stay on the way.
    pub soreness_below: f64,
    /// Probability with which it shall.
    pub probability: f64,
    /// Soreness below which the legs shall be at the start.
    pub clear_below: f64,
    /// Probability with which they shall be.
    pub clear_probability: f64,
    /// Most points of descent sessions in any seven days.
    pub week_points: Option<f64>,
    /// Most metres of descent of descent sessions in any seven days.
    pub week_descent_m: Option<f64>,
    /// Largest next session relative to the largest of the 30 days before.
    pub build_up: f64,
    /// The plan before this one, for the same race.
    pub before: Option<&'a Planned>,
}

impl Asked<'_> {
    /// A plan as the command makes it when nothing else is said: sessions at five in the afternoon, three
    /// days of rest, limits as [`PlanOptions::on`].
    pub fn of(race: Timestamp, from: Timestamp) -> Self {
        let usual = PlanOptions::on(Vec::new());
        let TodayOptions { soreness_below, probability, .. } = TodayOptions::from(from);
        Self {
            race,
            from,
            pace: Pace::Typical,
            hour: 17,
            blocked: &|_| false,
            rest_days: 3,
            descent: AskedDescent::default(),
            soreness_below,
            probability,
            clear_below: usual.clear_below,
            clear_probability: usual.clear_probability,
            week_points: None,
            week_descent_m: None,
            build_up: BUILD_UP,
            before: None,
        }
    }
}

/// A plan with all that is said about it.
#[derive(Debug)]
pub struct Made {
    /// The plan.
    pub plan: Plan,
    /// What it keeps.
    pub options: PlanOptions,
    /// Load of the race.
    pub race: EccentricLoad,
    /// Name of the race.
    pub name: String,
    /// Where the descent comes from.
    pub source: &'static str,
    /// What became of the plan before.
    pub changes: Option<Changes>,
}

impl Made {
    /// The plan of an athlete for a race on a course.
    ///
    /// # Errors
    /// Words for a race that leaves no day; as [`plan`] and [`race::Planned::of`].
    pub fn of(
        course: CourseFile,
        athlete: &Athlete,
        asked: &Asked<'_>,
        zone: &dyn Zone,
    ) -> Result<Self, Error> {
        let (options, source) = options(athlete, asked, zone)?;
        let name = course.file.name.clone().unwrap_or_else(|| "the race".into());
        let legs_at = asked.from.min(asked.race);
        let after = ForecastOptions::default();
        let race = race::load(&course.course, athlete, (asked.race, legs_at), &asked.pace, after)?;
        let past = past(athlete, asked.from);
        let plan = plan(&past, &athlete.profile, &athlete.model, &race, &options)?;
        let before = asked.before.filter(|before| before.race == asked.race);
        let changes = before.map(|before| {
            Changes::since(before, &options.done, &plan.best.sessions, asked.from, zone)
        });
        Ok(Self { plan, options, race, name, source, changes })
    }

    /// The descent that the sessions are run on.
    pub fn descent(&self) -> Descent {
        self.plan.best.sessions.first().map_or(self.options.descent, |session| session.descent)
    }

    /// Where that descent comes from: `steep` if the short and steep one buys more, else [`Made::source`].
    pub fn descent_from(&self) -> &'static str {
        if self.descent() == self.options.descent { self.source } else { "steep" }
    }

    /// What the descents buy, in one sentence.
    pub fn worth(&self) -> String {
        let alone =
            self.plan.alternatives.first().map_or(0.0, |(_, nothing)| nothing.soreness_peak);
        let with = self.plan.best.soreness_peak;
        let less = 1.0 - with / alone.max(f64::MIN_POSITIVE);
        let both =
            format!("{with:.1} of 10 after the race, {alone:.1} with your usual running alone");
        if alone < JUST_SORE {
            format!("Your usual running is enough: your quadriceps will be hardly sore ({both}).")
        } else if less >= WORTH_IT {
            format!("Your quadriceps will be sore {both}: {:.0} % less.", 100.0 * less)
        } else if self.plan.best.sessions.is_empty() {
            format!(
                "No descent lowers the soreness after the race ({both}): what your legs lack can't be built \
                 within your limits in the days that are left."
            )
        } else {
            format!(
                "Descents buy little ({both}): your usual running has built most of what can be built within \
                 your limits in the days that are left."
            )
        }
    }

    /// What is kept of it.
    pub fn kept(&self, made: Timestamp) -> Planned {
        Planned { made, race: self.race.start, sessions: self.plan.best.sessions.clone() }
    }
}

/// The runs that have ended by a time.
fn past(athlete: &Athlete, time: Timestamp) -> History {
    let mut history = athlete.history.clone();
    history.loads.retain(|load| load.end() <= time);
    history
}

fn options(
    athlete: &Athlete,
    asked: &Asked<'_>,
    zone: &dyn Zone,
) -> Result<(PlanOptions, &'static str), Error> {
    let (descent, source) = athlete.descent(&asked.descent, asked.from)?;
    let done = athlete
        .runs
        .iter()
        .filter(|run| run.load.end() <= asked.from)
        .map(|run| DoneDescent { start: run.load.start, descent_m: run.descents.descent_m });
    let week_descent = asked.week_descent_m.map(|m| m * descent.points_per_m(&athlete.model));
    let options = PlanOptions {
        descent,
        steep: asked.descent.grade.is_none().then_some(Descent::STEEP),
        soreness_below: asked.soreness_below,
        probability: asked.probability,
        clear_below: asked.clear_below,
        clear_probability: asked.clear_probability,
        week_points: asked.week_points.or(week_descent),
        build_up: asked.build_up,
        done: done.collect(),
        ..PlanOptions::on(calendar(athlete, asked, zone)?)
    };
    Ok((options, source))
}

/// The days before race day: from today on, or tomorrow if the hour of the session has passed.
fn calendar(athlete: &Athlete, asked: &Asked<'_>, zone: &dyn Zone) -> Result<Vec<Day>, Error> {
    let (race, mut date) = (date_of(asked.race, zone), date_of(asked.from, zone));
    if time::at(date, asked.hour, zone)? < asked.from {
        date = time::tomorrow(date)?;
    }
    if date >= race {
        return Err(format!(
            "the race is on {race}, which leaves no day for a plan from {} on",
            time::local_with_year(asked.from, zone)
        )
        .into());
    }
    let days_left = |date: Date| date.duration_until(race).as_hours() / 24;
    bounds::PLAN_DAYS.check(days_left(date) as f64)?;
    let usual = usual(athlete, time::at(date, 0, zone)?)?;
    let mut calendar = Vec::new();
    while date < race {
        let resting = days_left(date) <= i64::from(asked.rest_days);
        calendar.push(Day {
            start: time::at(date, asked.hour, zone)?,
            free: !(asked.blocked)(date),
            usual: if resting { None } else { usual[calendar.len() % 7].clone() },
        });
        date = time::tomorrow(date)?;
    }
    Ok(calendar)
}

/// The usual week from a midnight on: the runs of the last weeks, else what the habit says.
fn usual(athlete: &Athlete, midnight: Timestamp) -> ModelResult<[Option<EccentricLoad>; 7]> {
    let ended = athlete.runs.iter().filter(|run| run.load.end() <= midnight);
    let runs: Vec<_> = ended.map(|run| run.load.clone()).collect();
    let usual = usual_week(&runs, midnight);
    let known = athlete.runs.iter().any(|run| midnight.hours_since(run.load.start) >= 84.0);
    if known { Ok(usual) } else { habit_week(athlete.history.habit, &athlete.model) }
}

/// What became of the plan before this one, and what the new one does differently.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Changes {
    /// When it was made.
    pub made: Timestamp,
    /// Sessions whose day has passed, or that have been run.
    pub past: Vec<Reviewed>,
    /// In words, session by session.
    pub changed: Vec<String>,
}

impl Changes {
    /// Compares an earlier plan with what was done by the start of a new one, and with the new one.
    pub fn since(
        before: &Planned,
        done: &[DoneDescent],
        sessions: &[Session],
        now: Timestamp,
        zone: &dyn Zone,
    ) -> Self {
        let reviewed = review(&before.sessions, done, now);
        let (ahead, past): (Vec<_>, Vec<_>) =
            reviewed.into_iter().partition(|reviewed| reviewed.kept == Kept::Ahead);
        let day = |session: &Session| date_of(session.start, zone);
        let date = |session: &Session| local_day(session.start, zone);
        let mut changed = Vec::new();
        for Reviewed { session: old, .. } in &ahead {
            match sessions.iter().find(|new| day(new) == day(old)) {
                None => changed.push(format!("{}: no longer {}", date(old), metres(old))),
                Some(new) if metres(new) != metres(old) => {
                    changed.push(format!(
                        "{}: {} instead of {}",
                        date(old),
                        metres(new),
                        metres(old)
                    ));
                }
                Some(_) => {}
            }
        }
        for new in sessions {
            if !ahead.iter().any(|reviewed| day(&reviewed.session) == day(new)) {
                changed.push(format!("{}: {} added", date(new), metres(new)));
            }
        }
        Self { made: before.made, past, changed }
    }
}

/// Size of a session: "640 m".
pub fn metres(session: &Session) -> String {
    format!("{:.0} m", session.workout.descent_m)
}
