//! The eccentric load of one run: what later stages and apps keep of it.

use alloc::vec::Vec;

use super::dose::{Dose, DoseModel};
use super::mechanics::negative_power_w_kg;
use crate::activity::{Activity, Segment};
use crate::bounds;
use crate::error::Result;
use crate::math::sqrt;
use crate::params::fixed::{EASY_SPEED_M_S, GRADE_ERROR_RANGE_M};
use crate::units::{PerMuscle, Timestamp};

/// Longest chunk of a load in s: within it, the legs are taken as unchanged.
const CHUNK_S: f64 = 1800.0;
/// Points of the reference bout.
pub(crate) const REFERENCE_POINTS: f64 = 100.0;

/// Dose of one stretch of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct DoseChunk {
    /// Start in s from the start of the run.
    pub start_s: f64,
    /// Length in s, short stops included.
    pub duration_s: f64,
    /// What it does to the legs.
    pub dose: Dose,
}

/// The eccentric load of one run and one runner.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct EccentricLoad {
    /// When the run began.
    pub start: Timestamp,
    /// Negative mechanical work in J, pack included.
    pub negative_work_j: f64,
    /// Points of each muscle group: 100 is the reference bout.
    pub points: PerMuscle<f64>,
    /// Mean points, weighted by the negative work of each group in the reference bout.
    pub points_total: f64,
    /// Standard error of the mean points from the error of the grades.
    pub points_se: f64,
    /// Distance of easy level running with the same mean points, in km.
    pub equivalent_flat_km: f64,
    /// The run in stretches of at most half an hour, for the state of the legs.
    pub chunks: Vec<DoseChunk>,
}

impl EccentricLoad {
    /// When the last stretch of the run ends.
    pub fn end(&self) -> Timestamp {
        self.chunks.last().map_or(self.start, |c| self.start.add_seconds(c.start_s + c.duration_s))
    }

    /// Checks that the load can be one: stored loads pass the same door as computed ones.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] with the position of a bad chunk.
    pub fn check(&self) -> Result<()> {
        for value in [self.negative_work_j, self.points_total, self.points_se] {
            bounds::LOAD.check(value)?;
        }
        for (_, &points) in self.points.iter() {
            bounds::LOAD.check(points)?;
        }
        bounds::LOAD.check(self.equivalent_flat_km)?;
        bounds::RELATIVE_ERROR.check(self.relative_se())?;
        for (index, chunk) in self.chunks.iter().enumerate() {
            bounds::SEGMENT_START.check_at(chunk.start_s, index)?;
            bounds::SEGMENT_DURATION.check_at(chunk.duration_s, index)?;
            bounds::DOSE.check_at(chunk.dose.acute, index)?;
            for doses in [&chunk.dose.damage, &chunk.dose.protection] {
                for (_, &dose) in doses.iter() {
                    bounds::DOSE.check_at(dose, index)?;
                }
            }
        }
        Ok(())
    }

    /// Sum of all chunks.
    pub fn dose(&self) -> Dose {
        self.chunks.iter().fold(Dose::default(), |sum, chunk| sum.plus(&chunk.dose, 1.0))
    }

    /// Error of the load as a fraction of it; zero for a load of zero.
    pub fn relative_se(&self) -> f64 {
        if self.points_total > 0.0 { self.points_se / self.points_total } else { 0.0 }
    }
}

impl DoseModel {
    /// Load of a cleaned activity.
    ///
    /// # Errors
    /// As [`DoseModel::load`].
    pub fn load_of(&self, activity: &Activity) -> Result<EccentricLoad> {
        self.load(activity.start, &activity.segments)
    }

    /// Load of a run given as segments in order of their start. Segments that all start at zero, as
    /// [`Segment::steady`] makes them, follow each other without a break.
    ///
    /// # Errors
    /// [`crate::Error::OutOfRange`] with the position of a bad segment.
    ///
    /// ```
    /// use eccentric::{activity::Segment, load::{DoseModel, Runner}};
    /// use eccentric::{params::Parameters, Timestamp};
    /// let model = DoseModel::new(&Parameters::default(), &Runner::default())?;
    /// let run = model.load(Timestamp::from_unix_s(0), &[Segment::steady(-0.16, 3.0, 1800.0)])?;
    /// assert!((run.points_total - 100.0).abs() < 1e-9);
    /// assert!((run.points.calves - 100.0).abs() < 1e-9);
    /// # Ok::<(), eccentric::Error>(())
    /// ```
    pub fn load(&self, start: Timestamp, segments: &[Segment]) -> Result<EccentricLoad> {
        let mut chunks: Vec<DoseChunk> = Vec::new();
        let mut work_j_kg = 0.0;
        let mut error = GradeError::default();
        for (index, segment) in segments.iter().enumerate() {
            segment.check_at(index)?;
            let rate = self.rate(segment);
            let dose = Dose::default().plus(&rate, segment.duration_s);
            add_to_chunks(&mut chunks, segment, &dose);
            work_j_kg += negative_power_w_kg(segment, self.parameters()) * segment.duration_s;
            error.add(segment, self.points_per_grade(segment));
        }
        let dose = chunks.iter().fold(Dose::default(), |sum, c| sum.plus(&c.dose, 1.0));
        let points = dose.damage.map(|d| REFERENCE_POINTS * d);
        let points_total = self.total(&points);
        Ok(EccentricLoad {
            start,
            negative_work_j: work_j_kg * self.runner().total_mass_kg(),
            points,
            points_total,
            points_se: error.total(),
            equivalent_flat_km: points_total
                / self.points_per_km(&Segment::steady(0.0, EASY_SPEED_M_S, 0.0)),
            chunks,
        })
    }

    /// Mean points of the segment, per unit of grade error.
    fn points_per_grade(&self, segment: &Segment) -> f64 {
        if segment.grade_se == 0.0 {
            return 0.0;
        }
        let step = segment.grade_se.clamp(1.0e-4, 0.02);
        let at = |grade: f64| self.total(&self.rate(&Segment { grade, ..*segment }).damage);
        let slope = (at(segment.grade + step) - at(segment.grade - step)) / (2.0 * step);
        REFERENCE_POINTS * slope * segment.duration_s
    }

    /// Mean points of 1 km in a segment; zero where nothing moves.
    ///
    /// ```
    /// use eccentric::{activity::Segment, load::{DoseModel, Runner}, params::Parameters};
    /// let model = DoseModel::new(&Parameters::default(), &Runner::default())?;
    /// let reference_bout = Segment::steady(-0.16, 3.0, 1800.0);
    /// assert!((model.points_per_km(&reference_bout) - 100.0 / 5.4).abs() < 1e-9);
    /// # Ok::<(), eccentric::Error>(())
    /// ```
    pub fn points_per_km(&self, segment: &Segment) -> f64 {
        if segment.speed_m_s <= 0.0 {
            return 0.0;
        }
        let points_per_s = REFERENCE_POINTS * self.total(&self.rate(segment).damage);
        1000.0 * points_per_s / segment.speed_m_s
    }
}

fn add_to_chunks(chunks: &mut Vec<DoseChunk>, segment: &Segment, dose: &Dose) {
    let follows = chunks.last().map_or(0.0, |c| c.start_s + c.duration_s);
    let start_s = segment.start_s.max(follows);
    let end_s = start_s + segment.duration_s;
    if let Some(chunk) = chunks.last_mut()
        && end_s - chunk.start_s <= CHUNK_S
    {
        chunk.duration_s = end_s - chunk.start_s;
        chunk.dose = chunk.dose.plus(dose, 1.0);
        return;
    }
    // A segment longer than a chunk is cut into equal parts.
    let parts = libm::ceil(segment.duration_s / CHUNK_S).max(1.0);
    let part_s = segment.duration_s / parts;
    for k in 0..parts as u32 {
        chunks.push(DoseChunk {
            start_s: start_s + f64::from(k) * part_s,
            duration_s: part_s,
            dose: Dose::default().plus(dose, 1.0 / parts),
        });
    }
}

/// Error of the points: grade errors add up within a stretch and average out between stretches.
#[derive(Default)]
struct GradeError {
    variance: f64,
    stretch: f64,
    stretch_m: f64,
}

impl GradeError {
    fn add(&mut self, segment: &Segment, points_per_grade: f64) {
        self.stretch += points_per_grade * segment.grade_se;
        self.stretch_m += segment.distance_m();
        if self.stretch_m >= GRADE_ERROR_RANGE_M {
            self.variance += self.stretch * self.stretch;
            self.stretch = 0.0;
            self.stretch_m = 0.0;
        }
    }

    fn total(&self) -> f64 {
        sqrt(self.variance + self.stretch * self.stretch)
    }
}
