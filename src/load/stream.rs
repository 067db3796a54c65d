//! Doses of long streams: the dose model as tables.

use alloc::vec::Vec;

use super::dose::{Dose, DoseModel};
use crate::activity::{Gait, Segment};
use crate::bounds;
use crate::error::{Error, Result};
use crate::units::PerMuscle;

/// Cells per unit of grade.
const PER_GRADE: f64 = 1024.0;
/// Cells per m/s.
const PER_SPEED: f64 = 256.0;
/// Columns of the grade table: damage and protection of four groups, acute, and one to align.
const COLUMNS: usize = 10;
/// Cells of a gait in the grade table and in the speed table, with one that holds the upper end.
const GRADE_CELLS: usize = (2.0 * bounds::GRADE.max * PER_GRADE) as usize + 1;
const SPEED_CELLS: usize = (bounds::SPEED.max * PER_SPEED) as usize + 1;

/// A straight line within one cell of a table, for each column.
#[derive(Debug, Clone, Copy)]
struct Line<const N: usize> {
    /// Value in the middle of the cell.
    middle: [f64; N],
    /// Rise across the cell.
    rise: [f64; N],
}

impl<const N: usize> Line<N> {
    fn between(low: [f64; N], high: [f64; N]) -> Self {
        Self {
            middle: core::array::from_fn(|k| 0.5 * (low[k] + high[k])),
            rise: core::array::from_fn(|k| high[k] - low[k]),
        }
    }
}

/// The dose model as tables, for streams of grade and speed at a steady interval: an app that
/// scores a library of recordings, a simulation, a watch. Step rate is taken from the speed.
///
/// Grade and speed are interpolated linearly on grids of 1/1024 and 1/256 m/s. Against
/// [`DoseModel::rate`] the dose of a stream is within 1e-4 of it.
///
/// ```
/// use eccentric::{load::{DoseModel, DoseStream, Runner}, params::Parameters};
/// let model = DoseModel::new(&Parameters::default(), &Runner::default())?;
/// let stream = DoseStream::new(&model);
/// let dose = stream.dose(&[-0.16; 1800], &[3.0; 1800], 1.0)?;
/// assert!((dose.damage.quadriceps - 1.0).abs() < 1e-4);
/// # Ok::<(), eccentric::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct DoseStream {
    /// Factors of the grade, first those of walking, then those of running.
    grade: Vec<Line<COLUMNS>>,
    /// Factors of speed and step rate for damage and protection, in the same order.
    speed: Vec<Line<2>>,
}

const GAITS: [Gait; 2] = [Gait::Walking, Gait::Running];

impl DoseStream {
    /// Tabulates a dose model.
    pub fn new(model: &DoseModel) -> Self {
        let steepest = bounds::GRADE.max;
        let grade = |k: usize, gait| {
            columns(model, (k as f64 / PER_GRADE - steepest).min(steepest), gait)
        };
        let speed = |k: usize, gait| {
            let steady = Segment::steady(0.0, k as f64 / PER_SPEED, 1.0);
            model.motion_factors(&Segment { gait, ..steady })
        };
        Self { grade: table(GRADE_CELLS, grade), speed: table(SPEED_CELLS, speed) }
    }

    /// Dose of a stream with one sample every `interval_s` seconds.
    ///
    /// # Errors
    /// [`Error::LengthMismatch`], [`Error::OutOfRange`] with the position of a bad sample.
    pub fn dose(&self, grade: &[f64], speed_m_s: &[f64], interval_s: f64) -> Result<Dose> {
        bounds::SEGMENT_DURATION.check(interval_s)?;
        if grade.len() != speed_m_s.len() {
            return Err(Error::LengthMismatch {
                quantity: "speed",
                expected: grade.len(),
                found: speed_m_s.len(),
            });
        }
        let mut sum = [0.0; COLUMNS];
        for (index, (&i, &v)) in grade.iter().zip(speed_m_s).enumerate() {
            if !(i.abs() <= bounds::GRADE.max && v >= 0.0 && v <= bounds::SPEED.max) {
                bounds::GRADE.check_at(i, index)?;
                bounds::SPEED.check_at(v, index)?;
            }
            self.add(&mut sum, i, v);
        }
        let at = |k: usize| sum[k] * interval_s;
        let four = |k: usize| PerMuscle {
            quadriceps: at(k),
            calves: at(k + 1),
            hip_extensors: at(k + 2),
            hamstrings: at(k + 3),
        };
        Ok(Dose { damage: four(0), protection: four(4), acute: at(8) })
    }

    #[inline]
    fn add(&self, sum: &mut [f64; COLUMNS], grade: f64, speed_m_s: f64) {
        let gait = usize::from(Gait::of(speed_m_s, None) == Gait::Running);
        let (cell, part) = cell(speed_m_s * PER_SPEED);
        let line = &self.speed[gait * SPEED_CELLS + cell];
        let [d, p] = core::array::from_fn(|k| line.middle[k] + part * line.rise[k]);
        let factors = [d, d, d, d, p, p, p, p, speed_m_s, 0.0];
        let (cell, part) = self::cell((grade + bounds::GRADE.max) * PER_GRADE);
        let line = &self.grade[gait * GRADE_CELLS + cell];
        for k in 0..COLUMNS {
            sum[k] += (line.middle[k] + part * line.rise[k]) * factors[k];
        }
    }
}

/// The lines between neighbouring values, for each gait.
fn table<const N: usize>(cells: usize, at: impl Fn(usize, Gait) -> [f64; N]) -> Vec<Line<N>> {
    let line = |(gait, k)| Line::between(at(k, gait), at(k + 1, gait));
    GAITS.into_iter().flat_map(|gait| (0..cells).map(move |k| (gait, k))).map(line).collect()
}

/// The cell that holds `x`, which is in units of cells and not negative, and how far `x` lies from
/// its middle. An `x` between two cells is in either of them, where both lines meet.
///
/// A sum with 1.5 x 2^52, whose last bit counts ones, is rounded to a whole number that its low bits
/// spell out: several times faster than a conversion that has to mind every number there is.
#[inline]
fn cell(x: f64) -> (usize, f64) {
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    let from_middle = x - 0.5;
    let rounded = from_middle + WHOLE;
    (rounded.to_bits() as u32 as usize, from_middle - (rounded - WHOLE))
}

fn columns(model: &DoseModel, grade: f64, gait: Gait) -> [f64; COLUMNS] {
    let factors = model.grade_factors(grade, gait);
    let (d, p) = (&factors.damage, &factors.protection);
    [
        d.quadriceps,
        d.calves,
        d.hip_extensors,
        d.hamstrings,
        p.quadriceps,
        p.calves,
        p.hip_extensors,
        p.hamstrings,
        factors.acute,
        0.0,
    ]
}
