//! Runs a runner through a course, stretch by stretch: the legs slow the descents, the descents load
//! the legs.

use alloc::vec::Vec;

use super::course::Course;
use super::pace::{self, GradePace, PacePoint};
use crate::activity::{Gait, Section, Segment};
use crate::damage::{DamageModel, LegState};
use crate::error::Result;
use crate::forecast::Series;
use crate::load::{Dose, DoseModel, GradeFactors, step_rate_hz};
use crate::math::sqrt;
use crate::params::fixed::LEAD_LEGS_LOSS;
use crate::units::PerMuscle;

/// Sections in a stretch, within which the legs are taken as unchanged: 100 m.
const SECTIONS_PER_STRETCH: usize = 5;

/// How a race goes, place by place; all of the same length, from the start to the finish.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Along {
    /// Distance from the start in km, horizontal.
    pub distance_km: Vec<f64>,
    /// Elevation in m.
    pub elevation_m: Vec<f64>,
    /// Time since the start in s.
    pub elapsed_s: Vec<f64>,
    /// Mean speed along the slope since the place before in m/s; at the start that to the next place.
    pub speed_m_s: Vec<f64>,
    /// Mean points so far.
    pub points: Vec<f64>,
    /// Loss of strength of each muscle group as a fraction of the rested strength.
    pub strength_loss: PerMuscle<Series>,
    /// By how much the loss of strength slows a descent of 9 % or steeper here, a fraction.
    pub descent_slowing: Vec<f64>,
}

impl Along {
    /// From where on a loss of strength, given at the places, is one of lead legs (25 %), in km.
    pub(super) fn lead_legs_km(&self, loss: &[f64]) -> Option<f64> {
        let lead = loss.iter().position(|&loss| loss >= LEAD_LEGS_LOSS)?;
        self.distance_km.get(lead).copied()
    }

    /// At most `places` of the places, evenly spread, with start and finish.
    #[must_use]
    pub fn thinned(&self, places: usize) -> Self {
        let last = self.distance_km.len().saturating_sub(1);
        let steps = places.max(2) - 1;
        if last <= steps {
            return self.clone();
        }
        let kept = |k: usize| (k * last + steps / 2) / steps;
        let of = |values: &[f64]| (0..=steps).map(|k| values[kept(k)]).collect();
        let mut series = self.strength_loss.clone();
        for muscle in crate::units::Muscle::ALL {
            let thin = &mut series[muscle];
            thin.point = of(&thin.point);
            for interval in &mut thin.intervals {
                interval.lower = of(&interval.lower);
                interval.upper = of(&interval.upper);
            }
        }
        Self {
            distance_km: of(&self.distance_km),
            elevation_m: of(&self.elevation_m),
            elapsed_s: of(&self.elapsed_s),
            speed_m_s: of(&self.speed_m_s),
            points: of(&self.points),
            strength_loss: series,
            descent_slowing: of(&self.descent_slowing),
        }
    }
}

/// What decides the speed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Drive<'a> {
    /// Metabolic power in W per kg of body mass.
    Power(f64),
    Profile(&'a [PacePoint]),
}

/// A section of a course with all that does not change from one run through it to the next.
#[derive(Debug, Clone, Copy)]
struct Place {
    section: Section,
    /// Length along the slope in m.
    slope_m: f64,
    /// Distance from the start to its middle in m, and as a share of the course.
    middle_m: f64,
    behind: f64,
    pace: GradePace,
    walking: GradeFactors,
    running: GradeFactors,
}

/// A course for the doses of one runner.
#[derive(Debug, Clone)]
pub(super) struct Terrain {
    places: Vec<Place>,
}

impl Terrain {
    pub fn of(course: &Course, model: &DoseModel) -> Self {
        let length_m = course.length_m();
        let place = |section: &Section| {
            let grade = section.grade;
            let middle_m = section.distance_m + 0.5 * section.length_m;
            Place {
                section: *section,
                slope_m: section.length_m * sqrt(1.0 + grade * grade),
                middle_m,
                behind: middle_m / length_m,
                pace: GradePace::of(grade),
                walking: model.grade_factors(grade, Gait::Walking),
                running: model.grade_factors(grade, Gait::Running),
            }
        };
        Self { places: course.sections().iter().map(place).collect() }
    }
}

/// One runner about to run a course.
#[derive(Debug, Clone, Copy)]
pub(super) struct Runthrough<'a> {
    pub terrain: &'a Terrain,
    pub model: &'a DoseModel,
    /// The damage stage of the person.
    pub own: &'a DamageModel,
    /// The legs at the start.
    pub legs: LegState,
    /// Error of the load as a fraction of it.
    pub relative_se: f64,
    /// Factor on the speed of descents.
    pub descent_speed: f64,
    /// Factor on the step rate.
    pub cadence: f64,
}

/// The end of a stretch.
pub(super) struct Stretch<'a> {
    /// Distance from the start in km, and elevation in m.
    pub distance_km: f64,
    pub elevation_m: f64,
    pub segments: &'a [Segment],
    pub legs: &'a LegState,
    pub dose: &'a Dose,
    pub elapsed_s: f64,
}

impl Runthrough<'_> {
    /// Runs the course; returns the time that it takes, in s, and the legs at the finish.
    pub fn run(
        &self,
        drive: Drive<'_>,
        mut seen: impl FnMut(&Stretch<'_>),
    ) -> Result<(f64, LegState)> {
        let start = self.legs.time;
        let mut legs = self.legs;
        let mut elapsed_s = 0.0;
        let mut segments = Vec::with_capacity(SECTIONS_PER_STRETCH);
        for stretch in self.terrain.places.chunks(SECTIONS_PER_STRETCH) {
            let strength = 1.0 - legs.muscles.quadriceps.strength_loss(&self.own.p);
            let mut dose = Dose::default();
            segments.clear();
            for place in stretch {
                let segment = self.segment(place, elapsed_s, self.speed(place, drive, strength));
                let factors = match segment.gait {
                    Gait::Walking => &place.walking,
                    Gait::Running => &place.running,
                };
                dose = dose.plus(&self.model.rate_on(factors, &segment), segment.duration_s);
                elapsed_s += segment.duration_s;
                segments.push(segment);
            }
            let end = start.add_seconds(elapsed_s);
            legs = legs.having_done(&dose, self.relative_se, end, self.own)?;
            let Some(Place { section, .. }) = stretch.last() else { continue };
            seen(&Stretch {
                distance_km: (section.distance_m + section.length_m) / 1000.0,
                elevation_m: section.elevation_m + section.grade * section.length_m,
                segments: &segments,
                legs: &legs,
                dose: &dose,
                elapsed_s,
            });
        }
        Ok((elapsed_s, legs))
    }

    /// Time that the course takes, in s.
    pub fn finish_s(&self, power_w_kg: f64) -> Result<f64> {
        Ok(self.run(Drive::Power(power_w_kg), |_| ())?.0)
    }

    /// Time that the course would take if strength stayed as it is at the start, in s.
    pub fn fresh_finish_s(&self, power_w_kg: f64) -> f64 {
        let strength = 1.0 - self.legs.muscles.quadriceps.strength_loss(&self.own.p);
        let drive = Drive::Power(power_w_kg);
        let seconds = |place: &Place| place.slope_m / self.speed(place, drive, strength);
        self.terrain.places.iter().map(seconds).sum()
    }

    fn speed(&self, place: &Place, drive: Drive<'_>, strength: f64) -> f64 {
        let speed_m_s = match drive {
            Drive::Power(power) => {
                let runner = self.model.runner();
                let moved = power * runner.mass_kg / runner.total_mass_kg();
                place.pace.speed_m_s(pace::faded(moved, place.behind), strength)
            }
            Drive::Profile(points) => {
                let next = points.partition_point(|point| point.distance_m <= place.middle_m);
                points.get(next.saturating_sub(1)).map_or(0.0, |point| point.speed_m_s)
            }
        };
        if place.section.grade < 0.0 { speed_m_s * self.descent_speed } else { speed_m_s }
    }

    fn segment(&self, place: &Place, start_s: f64, speed_m_s: f64) -> Segment {
        let segment = Segment {
            start_s,
            duration_s: place.slope_m / speed_m_s,
            speed_m_s,
            grade: place.section.grade,
            grade_se: place.section.grade_se,
            gait: Gait::of(speed_m_s, None),
            step_rate_hz: None,
        };
        if self.cadence == 1.0 {
            return segment;
        }
        let usual = step_rate_hz(&segment, self.model.parameters());
        Segment { step_rate_hz: Some(self.cadence * usual), ..segment }
    }
}
