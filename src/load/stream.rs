//! Doses of long streams: the dose model as tables.

use alloc::vec::Vec;

use super::dose::{Dose, DoseModel};
use crate::activity::{Gait, Segment};
use crate::bounds;
use crate::error::{Error, Result};
use crate::units::PerMuscle;

/// Cells per unit of grade: the grades at which shares and metabolic cost have a kink, 0, -0.15 and
/// 0.45 either way, lie between two cells.
const PER_GRADE: f64 = 200.0;
/// Cells per m/s.
const PER_SPEED: f64 = 256.0;
/// Cells of a gait in the grade table and in the speed table, with one that holds the upper end.
const GRADE_CELLS: usize = (2.0 * bounds::GRADE.max * PER_GRADE) as usize + 1;
const SPEED_CELLS: usize = (bounds::SPEED.max * PER_SPEED) as usize + 1;
/// Samples that are summed in single precision before the sum goes to double precision.
const BLOCK: usize = 64;

/// Damage of four groups, protection of four groups, acute and three to align.
type Rates<T> = [[T; 4]; 3];

/// The parabola through both ends and the middle of a cell of the grade table.
#[derive(Debug, Clone, Copy)]
struct Parabola {
    middle: Rates<f32>,
    rise: Rates<f32>,
    curve: Rates<f32>,
}

/// The straight line between both ends of a cell of the speed table, for damage and protection.
#[derive(Debug, Clone, Copy)]
struct Line {
    middle: [f32; 2],
    rise: [f32; 2],
}

/// The dose model as tables, for streams of grade and speed at a steady interval: an app that
/// scores a library of recordings, a simulation, a watch. Step rate is taken from the speed.
///
/// Grade is interpolated by parabolas on cells of 1/200, speed by lines on cells of 1/256 m/s, in
/// single precision. Against [`DoseModel::rate`] the dose of a stream is within 1e-4 of it.
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
    grade: Vec<Parabola>,
    /// Factors of speed and step rate, in the same order.
    speed: Vec<Line>,
}

const GAITS: [Gait; 2] = [Gait::Walking, Gait::Running];

impl DoseStream {
    /// Tabulates a dose model.
    pub fn new(model: &DoseModel) -> Self {
        let table = |gait| (0..GRADE_CELLS).map(move |cell| Parabola::of(model, gait, cell));
        let grade = GAITS.into_iter().flat_map(table).collect();
        let table = |gait| (0..SPEED_CELLS).map(move |cell| Line::of(model, gait, cell));
        let speed = GAITS.into_iter().flat_map(table).collect();
        Self { grade, speed }
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
        let mut sum = [[0.0; 4]; 3];
        for (block, (i, v)) in grade.chunks(BLOCK).zip(speed_m_s.chunks(BLOCK)).enumerate() {
            if !in_bounds(i, v) {
                for (k, (&i, &v)) in i.iter().zip(v).enumerate() {
                    bounds::GRADE.check_at(i, BLOCK * block + k)?;
                    bounds::SPEED.check_at(v, BLOCK * block + k)?;
                }
            }
            let of_block = self.sum(i, v);
            sum = rates(|group, k| sum[group][k] + f64::from(of_block[group][k]));
        }
        let four = |[quadriceps, calves, hip_extensors, hamstrings]: [f64; 4]| {
            PerMuscle { quadriceps, calves, hip_extensors, hamstrings }.map(|x| x * interval_s)
        };
        let [damage, protection, [acute, ..]] = sum;
        Ok(Dose { damage: four(damage), protection: four(protection), acute: acute * interval_s })
    }

    /// Sum over a block of samples that are in bounds.
    #[inline]
    fn sum(&self, grade: &[f64], speed_m_s: &[f64]) -> Rates<f32> {
        let mut sum = [[0.0; 4]; 3];
        for (&i, &v) in grade.iter().zip(speed_m_s) {
            let gait = usize::from(Gait::of(v, None) == Gait::Running);
            let v = v as f32;
            let (at, x) = cell(v * PER_SPEED as f32);
            let Line { middle, rise } = &self.speed[gait * SPEED_CELLS + at];
            let factors = [middle[0] + x * rise[0], middle[1] + x * rise[1], v];
            let (at, x) = cell((i + bounds::GRADE.max) as f32 * PER_GRADE as f32);
            let Parabola { middle, rise, curve } = &self.grade[gait * GRADE_CELLS + at];
            for group in 0..3 {
                for k in 0..4 {
                    let rate =
                        middle[group][k] + x * (rise[group][k] + x * curve[group][k]);
                    sum[group][k] += rate * factors[group];
                }
            }
        }
        sum
    }
}

fn rates<T>(f: impl Fn(usize, usize) -> T) -> Rates<T> {
    core::array::from_fn(|group| core::array::from_fn(|k| f(group, k)))
}

impl Parabola {
    fn of(model: &DoseModel, gait: Gait, cell: usize) -> Self {
        let at = |part: f64| {
            let grade = (cell as f64 + part) / PER_GRADE - bounds::GRADE.max;
            let factors = model.grade_factors(grade.min(bounds::GRADE.max), gait);
            let four = |m: &PerMuscle<f64>| [m.quadriceps, m.calves, m.hip_extensors, m.hamstrings];
            let acute = [factors.acute, 0.0, 0.0, 0.0];
            [four(&factors.damage), four(&factors.protection), acute]
        };
        let (low, middle, high) = (at(0.0), at(0.5), at(1.0));
        Self {
            middle: rates(|g, k| middle[g][k] as f32),
            rise: rates(|g, k| (high[g][k] - low[g][k]) as f32),
            curve: rates(|g, k| (2.0 * (low[g][k] + high[g][k] - 2.0 * middle[g][k])) as f32),
        }
    }
}

impl Line {
    fn of(model: &DoseModel, gait: Gait, cell: usize) -> Self {
        let at = |k: usize| {
            let steady = Segment::steady(0.0, k as f64 / PER_SPEED, 1.0);
            model.motion_factors(&Segment { gait, ..steady })
        };
        let (low, high) = (at(cell), at(cell + 1));
        Self {
            middle: core::array::from_fn(|k| (0.5 * (low[k] + high[k])) as f32),
            rise: core::array::from_fn(|k| (high[k] - low[k]) as f32),
        }
    }
}

/// Without a branch in the loop, unlike the search for the culprit.
fn in_bounds(grade: &[f64], speed_m_s: &[f64]) -> bool {
    let is_in =
        |i: f64, v: f64| (i.abs() <= bounds::GRADE.max) & (v >= 0.0) & (v <= bounds::SPEED.max);
    grade.iter().zip(speed_m_s).fold(true, |all, (&i, &v)| all & is_in(i, v))
}

/// The cell that holds `x`, which is in units of cells and not negative, and how far `x` lies from
/// its middle. An `x` between two cells is in either of them, where both curves meet.
///
/// A sum with 1.5 x 2^23, whose last bit counts ones, is rounded to a whole number that its low bits
/// spell out: several times faster than a conversion that has to mind every number there is.
#[inline]
fn cell(x: f32) -> (usize, f32) {
    const WHOLE: f32 = 12_582_912.0;
    let from_middle = x - 0.5;
    let rounded = from_middle + WHOLE;
    ((rounded.to_bits() & 0xffff) as usize, from_middle - (rounded - WHOLE))
}
