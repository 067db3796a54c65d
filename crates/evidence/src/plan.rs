//! The arms of the studies as the model runs them.

use std::collections::BTreeMap;

use eccentric::Timestamp;
use eccentric::activity::Segment;
use eccentric::damage::{Habit, LegState, MuscleState};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;

use crate::error::EvidenceError;
use crate::tables::{BoutSegment, Study, Tables};

/// Body mass where none is printed, in kg.
pub const USUAL_MASS_KG: f64 = 70.0;
/// Beyond this length a bout is a race: its distance is what is known.
const RACE_MIN: f64 = 150.0;

/// One arm of one study.
#[derive(Debug, Clone)]
pub struct Plan {
    /// `study:arm`.
    pub key: String,
    /// Study.
    pub study: String,
    /// Laboratory.
    pub lab: String,
    /// Number of people, if known.
    pub n: Option<f64>,
    /// How well the dose is known: good, fair or poor.
    pub dose_quality: String,
    /// Usual weeks before the study.
    pub habit: Habit,
    /// Body; the pack belongs to the segments.
    pub runner: Runner,
    /// Bouts in order of their start.
    pub bouts: Vec<Bout>,
}

/// One bout of an arm.
#[derive(Debug, Clone)]
pub struct Bout {
    /// Number in the tables.
    pub number: u32,
    /// Hours from the start of bout 1.
    pub start_h: f64,
    /// Whether another speed means another duration rather than another distance.
    pub fixed_distance: bool,
    /// Its segments.
    pub segments: Vec<BoutSegment>,
}

/// How far the doses are shifted, in their own standard errors.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Shift {
    /// Of every speed.
    pub speed: f64,
    /// Of every grade.
    pub grade: f64,
}

/// What a bout did to the legs of an arm.
#[derive(Debug, Clone)]
pub struct BoutRun {
    /// Start in hours from the start of bout 1.
    pub start_h: f64,
    /// End in hours from the start of bout 1.
    pub end_h: f64,
    /// The legs at the end.
    pub after: LegState,
    /// Damaging dose of all muscle groups that went beyond their tolerance.
    pub excess_dose: f64,
}

/// What the tables call a training status, as the usual weeks that leave protection behind.
pub fn habit_of(status: &str) -> Habit {
    match status {
        "recreational" => Habit::Recreational,
        "trained_runner" => Habit::Road,
        "trail_runner" => Habit::Trail,
        _ => Habit::None,
    }
}

/// All arms that have bouts, by `study:arm`.
pub fn plans(tables: &Tables) -> Vec<Plan> {
    let mut arms: BTreeMap<(&str, &str), Vec<&BoutSegment>> = BTreeMap::new();
    for segment in &tables.bouts {
        arms.entry((&segment.study, &segment.arm)).or_default().push(segment);
    }
    arms.into_iter()
        .map(|((study, arm), segments)| {
            let row = tables.studies.iter().find(|s| s.study == study && s.arm == arm);
            plan(study, arm, row, &segments)
        })
        .collect()
}

fn plan(study: &str, arm: &str, row: Option<&Study>, segments: &[&BoutSegment]) -> Plan {
    let mut bouts: BTreeMap<u32, Vec<BoutSegment>> = BTreeMap::new();
    for &segment in segments {
        bouts.entry(segment.bout).or_default().push(segment.clone());
    }
    let mut bouts: Vec<Bout> = bouts
        .into_iter()
        .map(|(number, segments)| Bout {
            number,
            start_h: segments.first().map_or(0.0, |s| s.start_h),
            fixed_distance: segments.iter().any(|s| s.fixed_distance)
                || segments.iter().map(|s| s.duration_min).sum::<f64>() > RACE_MIN,
            segments,
        })
        .collect();
    bouts.sort_by(|a, b| a.start_h.total_cmp(&b.start_h));
    let body_fat = row.and_then(|r| r.body_fat_pct).map(|fat| fat / 100.0);
    let mass_kg = row.and_then(|r| r.body_mass_kg).unwrap_or(USUAL_MASS_KG);
    Plan {
        key: format!("{study}:{arm}"),
        study: study.to_owned(),
        lab: row.map_or(study, |r| &r.lab).to_owned(),
        n: row.and_then(|r| r.n),
        dose_quality: row.map_or("poor", |r| &r.dose_quality).to_owned(),
        habit: habit_of(row.map_or("", |r| &r.training_status)),
        runner: Runner { mass_kg, pack_kg: 0.0, body_fat, age_years: None },
        bouts,
    }
}

impl Bout {
    /// The bout as segments of the model, pack by pack, with the start of each group in hours.
    pub fn groups(&self, shift: Shift) -> Vec<(f64, f64, Vec<Segment>)> {
        let mut groups: Vec<(f64, f64, Vec<Segment>)> = Vec::new();
        let mut at_s = 0.0;
        for row in &self.segments {
            let segment = self.segment(row, shift);
            let same = groups.last().is_some_and(|g| g.0 == row.pack_kg);
            if !same {
                groups.push((row.pack_kg, self.start_h + at_s / 3600.0, Vec::new()));
            }
            if let Some((_, start_h, list)) = groups.last_mut() {
                let start_s = at_s - (*start_h - self.start_h) * 3600.0;
                list.push(Segment { start_s: start_s.max(0.0), ..segment });
            }
            at_s += segment.duration_s + 60.0 * row.rest_after_min;
        }
        groups
    }

    fn segment(&self, row: &BoutSegment, shift: Shift) -> Segment {
        let speed = (row.speed_m_s + shift.speed * row.speed_sd).clamp(0.4 * row.speed_m_s, 12.0);
        let slower = if self.fixed_distance && speed > 0.0 { row.speed_m_s / speed } else { 1.0 };
        Segment {
            gait: row.gait,
            grade: (row.grade + shift.grade * row.grade_sd).clamp(-1.0, 1.0),
            ..Segment::steady(row.grade, speed, 60.0 * row.duration_min * slower)
        }
    }

    /// Hours from start to end, rests included except the one after the last segment.
    pub fn length_h(&self) -> f64 {
        let last_rest = self.segments.last().map_or(0.0, |s| s.rest_after_min);
        let all: f64 = self.segments.iter().map(|s| s.duration_min + s.rest_after_min).sum();
        (all - last_rest) / 60.0
    }

    /// Metres descended.
    pub fn descent_m(&self) -> f64 {
        self.segments
            .iter()
            .map(|s| {
                let along = s.speed_m_s * 60.0 * s.duration_min;
                (-s.grade).max(0.0) * along / (1.0 + s.grade * s.grade).sqrt()
            })
            .sum()
    }

    /// Distance in km.
    pub fn distance_km(&self) -> f64 {
        self.segments.iter().map(|s| 0.06 * s.speed_m_s * s.duration_min).sum()
    }
}

/// Runs every bout of an arm through the public interface of the model.
///
/// # Errors
/// [`EvidenceError::Model`] if the model refuses a segment, the runner or the parameters.
pub fn simulate(plan: &Plan, p: &Parameters, shift: Shift) -> Result<Vec<BoutRun>, EvidenceError> {
    run_bouts(plan, p, shift)
        .map_err(|source| EvidenceError::Model { arm: plan.key.clone(), source })
}

fn run_bouts(plan: &Plan, p: &Parameters, shift: Shift) -> eccentric::Result<Vec<BoutRun>> {
    let zero = Timestamp::from_unix_s(0);
    let mut legs = plan.habit.legs(zero, p)?;
    let mut runs = Vec::with_capacity(plan.bouts.len());
    for bout in &plan.bouts {
        let mut excess_dose = 0.0;
        for (pack_kg, start_h, segments) in bout.groups(shift) {
            let model = DoseModel::new(p, &Runner { pack_kg, ..plan.runner })?;
            // A bout that begins before the one before it ended follows it at once.
            let start = zero.add_hours(start_h).max(legs.time);
            let load = model.load(start, &segments)?;
            legs = legs.advanced_to(start, p)?;
            let (after, part) = legs.after_with_part(&load, p)?;
            excess_dose += model.total(&part.muscles.map(|m| entered(m) / p.soreness_gain));
            legs = after;
        }
        let end_h = legs.time.hours_since(zero);
        runs.push(BoutRun { start_h: bout.start_h, end_h, after: legs, excess_dose });
    }
    Ok(runs)
}

/// What a run has put into the soreness chain of a muscle group.
fn entered(muscle: &MuscleState) -> f64 {
    muscle.soreness_chain.iter().sum()
}
