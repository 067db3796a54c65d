//! The figure of a plan: sessions, soreness and protection day by day, and the rules beside it.

use eccentric::Timestamp;
use eccentric::plan::{DayState, RED_FLAGS, Schedule};
use eccentric_chart::{Axis, Document, Lines, Rule as Line, Series, SeriesStyle};

use crate::athlete::in_words;
use crate::plan::Made;
use crate::time::{self, Zone};

/// Sessions, soreness, protection and the other schedules below each other.
pub fn document(made: &Made, zone: &dyn Zone) -> Document {
    let mut document = Document::new(format!("Plan for {}", made.name))
        .with(sessions(made, zone))
        .with(day_by_day(made, "Soreness on the way", "Sorest muscle group (0–10)", |day| {
            day.soreness
        }))
        .with(day_by_day(made, "Protection", "Soreness taken away (%)", |day| {
            100.0 * day.protection
        }))
        .with(alternatives(made));
    document.footer =
        format!("A plan of a model, no promise to prevent injury, not medical advice. {RED_FLAGS}");
    document
}

fn days_before(made: &Made, time: Timestamp) -> f64 {
    -made.race.start.hours_since(time) / 24.0
}

fn axis(made: &Made) -> Axis {
    let first = made.options.days.first().map_or(0.0, |day| days_before(made, day.start));
    Axis::new("Days to the race").with_range(first.floor(), 0.0)
}

fn sessions(made: &Made, zone: &dyn Zone) -> Lines {
    let points = made
        .plan
        .best
        .sessions
        .iter()
        .map(|session| (days_before(made, session.start), session.workout.descent_m))
        .collect::<Vec<_>>();
    let largest = points.iter().map(|point| point.1).fold(100.0, f64::max);
    let none = points.is_empty();
    // A figure without any session still has its axes.
    let points = if none { vec![(0.0, 0.0)] } else { points };
    Lines {
        title: "Descent sessions".into(),
        subtitle: format!(
            "{}, {:.0} points; {}",
            time::local_with_year(made.race.start, zone),
            made.race.points_total,
            in_words(&made.descent())
        ),
        x: axis(made),
        y: Axis::new("Descent (m)").with_range(0.0, 1.15 * largest),
        series: vec![Series {
            label: if none { "no session".into() } else { "planned".into() },
            style: SeriesStyle::Points,
            points,
            ..Series::default()
        }],
        ..Lines::default()
    }
}

fn day_by_day(made: &Made, title: &str, label: &str, of: fn(&DayState) -> f64) -> Lines {
    let series = |label: &str, schedule: &Schedule, style: SeriesStyle| Series {
        label: label.into(),
        style,
        points: schedule.days.iter().map(|day| (days_before(made, day.start), of(day))).collect(),
        ..Series::default()
    };
    let nothing = made
        .plan
        .alternatives
        .first()
        .map(|(rule, schedule)| series(rule.name(), schedule, SeriesStyle::Dashed));
    let plan = series("this plan", &made.plan.best, SeriesStyle::Line);
    let sore = title.starts_with("Soreness");
    let level = Line {
        value: made.options.soreness_below,
        label: format!("below it with {:.0} %", 100.0 * made.options.probability),
    };
    Lines {
        title: title.into(),
        subtitle: if sore {
            "highest median of the day; the expected person".into()
        } else {
            "of the quadriceps, by earlier descents; the expected person".into()
        },
        x: axis(made),
        y: Axis::new(label).with_range(0.0, if sore { 10.0 } else { 100.0 }),
        series: std::iter::once(plan).chain(nothing).collect(),
        rules: if sore { vec![level] } else { Vec::new() },
        ..Lines::default()
    }
}

fn alternatives(made: &Made) -> Lines {
    let rules = made.plan.alternatives.iter().map(|(rule, schedule)| (rule.name(), schedule));
    let all: Vec<_> = std::iter::once(("this plan", &made.plan.best)).chain(rules).collect();
    let entries = all.iter().enumerate();
    Lines {
        title: "Sore after the race".into(),
        subtitle: "quadriceps at their sorest, mean and 80 % of persons like you".into(),
        x: Axis::new("Soreness (0 to 10)"),
        y: Axis::of(all.iter().map(|(name, _)| *name)),
        series: vec![Series {
            style: SeriesStyle::Points,
            points: entries.map(|(k, (_, s))| (s.soreness_peak, k as f64)).collect(),
            errors: all.iter().map(|(_, s)| s.soreness_peak_80.into()).collect(),
            ..Series::default()
        }],
        ..Lines::default()
    }
}
