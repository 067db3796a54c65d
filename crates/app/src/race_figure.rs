//! The figure of `eccentric race`: the course, strength along it, soreness after it.

use eccentric::Muscle;
use eccentric::plan::{Along, Outcome, WhatIf, advice};
use eccentric_chart::{Axis, Document, Lines, Profile, ProfilePoint, Rule, Series, SeriesStyle};

use crate::figure::{self, Quantity};
use crate::race::Planned;
use crate::time::{self, Zone};

/// Places that a figure shows.
const SHOWN: usize = 400;

/// Course, strength along it and the days after it below each other.
pub fn document(planned: &Planned, clear_below: f64, zone: &dyn Zone) -> Document {
    let soreness = figure::fan_of(
        &planned.race.after,
        planned.race.legs.time,
        Quantity::Soreness,
        clear_below,
        zone,
    );
    let document = Document::new(format!("Race: {}", planned.name()))
        .with(profile(planned))
        .with(strength(planned))
        .with(soreness);
    figure::with_footer(document, Some(advice(&planned.race.after)))
}

/// The course, coloured by load.
pub fn profile(planned: &Planned) -> Profile {
    let Along { distance_km, elevation_m, points, .. } = &planned.race.along;
    let load_per_km = |k: usize| {
        let (from, to) = if k == 0 { (0, 1) } else { (k - 1, k) };
        (points[to] - points[from]) / (distance_km[to] - distance_km[from])
    };
    let point = |k: usize| ProfilePoint {
        distance_km: distance_km[k],
        elevation_m: elevation_m[k],
        load_per_km: load_per_km(k),
    };
    Profile {
        title: planned.name(),
        subtitle: format!(
            "{:.0} m up, {:.0} m down in {}",
            planned.course.ascent_m(),
            planned.course.descent_m(),
            time::duration(planned.race.finish_s)
        ),
        points: (0..distance_km.len()).map(point).collect(),
        total_points: Some(planned.race.load.points_total),
    }
}

/// Strength on the way: the quadriceps with their interval, the others as lines.
fn strength(planned: &Planned) -> Lines {
    let along = planned.race.along.thinned(SHOWN);
    let series = Muscle::ALL.iter().enumerate().map(|(colour, &muscle)| {
        let loss = &along.strength_loss[muscle];
        let km = along.distance_km.iter().copied();
        let mut line = Series {
            label: muscle.to_string(),
            style: SeriesStyle::Line,
            points: km.zip(loss.point.iter().map(|l| 100.0 * l)).collect(),
            colour: Some(colour),
            ..Series::default()
        };
        if muscle == Muscle::Quadriceps
            && let Some(interval) = loss.intervals.first()
        {
            line.label = format!("{muscle}, {:.0} % interval", 100.0 * interval.level);
            let ends = interval.lower.iter().zip(&interval.upper);
            line.band = ends.map(|(low, high)| (100.0 * low, 100.0 * high)).collect();
        }
        line
    });
    let found = |outcome: &&Outcome| outcome.what == WhatIf::Unprepared;
    let other = planned.race.outcomes.iter().find(found);
    let losses = other.map_or(&[][..], |outcome| &outcome.strength_loss_along);
    let unprepared = Series {
        label: "Quadriceps, unprepared".into(),
        style: SeriesStyle::Dashed,
        points: planned
            .race
            .along
            .distance_km
            .iter()
            .zip(losses)
            .map(|(km, l)| (*km, 100.0 * l))
            .collect(),
        colour: Some(0),
        ..Series::default()
    };
    Lines {
        title: "Loss of strength on the way".into(),
        subtitle: planned.lead_legs(),
        x: Axis::new("Distance (km)").with_range(0.0, planned.course.length_m() / 1000.0),
        y: Axis::new("Strength lost (%)"),
        series: series.chain([unprepared]).collect(),
        rules: vec![Rule { value: 25.0, label: "lead legs".into() }],
        ..Lines::default()
    }
}
