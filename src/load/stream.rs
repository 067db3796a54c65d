//! Doses of long streams: the dose model as tables.

use alloc::vec::Vec;

use super::dose::{Dose, DoseModel, GradeFactors, MotionFactors};
use crate::activity::{Gait, Segment};
use crate::bounds;
use crate::error::{Error, Result};
use crate::units::{Muscle, PerMuscle};

/// Cells per unit of grade: the grades at which shares and metabolic cost have a kink, 0, -0.15, -0.60 and
/// 0.45 either way, lie between two cells.
const PER_GRADE: f64 = 100.0;
/// Cells per m/s.
const PER_SPEED: f64 = 256.0;
/// Cells of a gait in the grade table and in the speed table, with one that holds the upper end.
const GRADE_CELLS: usize = (2.0 * bounds::GRADE.max * PER_GRADE) as usize + 1;
const SPEED_CELLS: usize = (bounds::SPEED.max * PER_SPEED) as usize + 1;
/// Samples that are summed in single precision before the sum goes to double precision.
const BLOCK: usize = 64;

/// Damage and protection of four muscle groups.
type Rates<T> = [[T; 4]; 2];
/// The same with the damage of hard steps.
type Sums<T> = [[T; 4]; 3];

/// The parabola through both ends and the middle of a cell of the grade table.
#[derive(Debug, Clone, Copy)]
#[repr(align(16))]
struct Parabola {
    middle: Rates<f32>,
    rise: Rates<f32>,
    curve: Rates<f32>,
    /// Middle, rise and curve of the hardness of a step and of the acute dose.
    hardness: [f32; 3],
    acute: [f32; 3],
}

/// The straight line between both ends of a cell of the speed table: damage and protection of stance, the same
/// of swing, and the length of a step.
#[derive(Debug, Clone, Copy)]
struct Line {
    middle: [f32; 5],
    rise: [f32; 5],
}

/// The dose model as tables, for streams of grade and speed at a steady interval: an app that
/// scores a library of recordings, a simulation, a watch. Step rate is taken from the speed.
///
/// Grade is interpolated by parabolas on cells of 1/100, speed by lines on cells of 1/256 m/s, in
/// single precision. The dose of a stream is within 1e-4 of that of [`DoseModel::rate`], and of the
/// reference bout where it is next to nothing.
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
        let (blocks_i, rest_i) = grade.as_chunks();
        let (blocks_v, rest_v) = speed_m_s.as_chunks();
        let rest = (padded(rest_i), padded(rest_v));
        let blocks = blocks_i.iter().zip(blocks_v).chain([(&rest.0, &rest.1)]);
        let mut places = Places::default();
        let mut sum = Sums::default();
        let mut acute = 0.0;
        for (number, (i, v)) in blocks.enumerate() {
            if !in_bounds(i, v) {
                for (k, (&i, &v)) in i.iter().zip(v).enumerate() {
                    bounds::GRADE.check_at(i, BLOCK * number + k)?;
                    bounds::SPEED.check_at(v, BLOCK * number + k)?;
                }
            }
            places.find(i, v);
            let (of_block, acute_of_block) = self.sum(&places);
            sum = lanes(|group, k| sum[group][k] + f64::from(of_block[group][k]));
            acute += f64::from(acute_of_block);
        }
        let four = |[quadriceps, calves, hip_extensors, hamstrings]: [f64; 4]| {
            PerMuscle { quadriceps, calves, hip_extensors, hamstrings }.map(|x| x * interval_s)
        };
        let [damage, protection, hard] = sum.map(four);
        Ok(Dose { damage, hard, protection, acute: acute * interval_s })
    }

    /// Sum over a block of samples. Not inlined, because what is done to the sum afterwards makes the
    /// compiler use half of each vector.
    #[inline(never)]
    fn sum(&self, places: &Places) -> (Sums<f32>, f32) {
        let mut sum = Sums::default();
        let mut acute_sum = 0.0;
        for k in 0..BLOCK {
            let (Line { middle, rise }, x) = places.speed.look_up(k, &self.speed);
            let [damage, protection, swing_damage, swing_protection, step_m] =
                core::array::from_fn(|k| middle[k] + x * rise[k]);
            let factors = [
                [damage, damage, damage, swing_damage],
                [protection, protection, protection, swing_protection],
            ];
            let (cell, x) = places.grade.look_up(k, &self.grade);
            let hardness = (parabola(&cell.hardness, x) * step_m).min(1.0);
            for lane in 0..4 {
                let rate = |group: usize| {
                    let Parabola { middle, rise, curve, .. } = cell;
                    let at = rise[group][lane] + x * curve[group][lane];
                    (middle[group][lane] + x * at) * factors[group][lane]
                };
                let damage = rate(0);
                sum[0][lane] += damage;
                sum[1][lane] += rate(1);
                sum[2][lane] += hardness * damage;
            }
            acute_sum += parabola(&cell.acute, x) * places.speed_m_s[k];
        }
        (sum, acute_sum)
    }
}

fn parabola([middle, rise, curve]: &[f32; 3], x: f32) -> f32 {
    middle + x * (rise + x * curve)
}

/// The samples of a block, and where they lie in the tables.
struct Places {
    grade: Place,
    speed: Place,
    speed_m_s: [f32; BLOCK],
}

impl Default for Places {
    fn default() -> Self {
        let place = || Place { cell: [0; BLOCK], x: [0.0; BLOCK] };
        Self { grade: place(), speed: place(), speed_m_s: [0.0; BLOCK] }
    }
}

impl Places {
    #[inline(never)]
    fn find(&mut self, grade: &[f64; BLOCK], speed_m_s: &[f64; BLOCK]) {
        for k in 0..BLOCK {
            let (i, v) = (grade[k] as f32, speed_m_s[k] as f32);
            let running = Gait::of(speed_m_s[k], None) == Gait::Running;
            let first = |cells: usize| if running { cells as u32 } else { 0 };
            self.speed_m_s[k] = v;
            self.grade.put(
                k,
                (i + bounds::GRADE.max as f32) * PER_GRADE as f32,
                first(GRADE_CELLS),
            );
            self.speed.put(k, v * PER_SPEED as f32, first(SPEED_CELLS));
        }
    }
}

/// Cell of a table for each sample, and how far from the middle of the cell the sample lies.
struct Place {
    cell: [u32; BLOCK],
    x: [f32; BLOCK],
}

impl Place {
    /// `at` is in units of cells, not negative. One between two cells may go to either of them, where
    /// both curves meet.
    ///
    /// A sum with 1.5 x 2^23, whose last bit counts ones, is rounded to a whole number that its low
    /// bits spell out: several times faster than a conversion that minds every number there is.
    #[inline]
    fn put(&mut self, k: usize, at: f32, first: u32) {
        const WHOLE: f32 = 12_582_912.0;
        let from_middle = at - 0.5;
        let rounded = from_middle + WHOLE;
        self.cell[k] = first + (rounded.to_bits() & 0xffff);
        self.x[k] = from_middle - (rounded - WHOLE);
    }

    #[inline]
    fn look_up<'a, T>(&self, k: usize, table: &'a [T]) -> (&'a T, f32) {
        (&table[self.cell[k] as usize], self.x[k])
    }
}

/// Filled up with samples at rest, which add nothing.
fn padded(samples: &[f64]) -> [f64; BLOCK] {
    core::array::from_fn(|k| samples.get(k).copied().unwrap_or(0.0))
}

fn lanes<T, const GROUPS: usize>(f: impl Fn(usize, usize) -> T) -> [[T; 4]; GROUPS] {
    core::array::from_fn(|group| core::array::from_fn(|k| f(group, k)))
}

impl Parabola {
    fn of(model: &DoseModel, gait: Gait, cell: usize) -> Self {
        let at = |part: f64| {
            let grade = (cell as f64 + part) / PER_GRADE - bounds::GRADE.max;
            model.grade_factors(grade.min(bounds::GRADE.max), gait)
        };
        let (low, middle, high) = (at(0.0), at(0.5), at(1.0));
        let table = |of: fn(f64, f64, f64) -> f64| {
            lanes(|group, k| {
                let of_group = |factors: &GradeFactors| {
                    [factors.damage, factors.protection][group][Muscle::ALL[k]]
                };
                of(of_group(&low), of_group(&middle), of_group(&high)) as f32
            })
        };
        let middle_of: fn(f64, f64, f64) -> f64 = |_, middle, _| middle;
        let rise_of = |low, _, high| high - low;
        let curve_of = |low, middle, high| 2.0 * (low + high - 2.0 * middle);
        let one = |of: fn(&GradeFactors) -> f64| {
            [middle_of, rise_of, curve_of].map(|part| part(of(&low), of(&middle), of(&high)) as f32)
        };
        Self {
            middle: table(middle_of),
            rise: table(rise_of),
            curve: table(curve_of),
            hardness: one(|factors| factors.hardness),
            acute: one(|factors| factors.acute),
        }
    }
}

impl Line {
    fn of(model: &DoseModel, gait: Gait, cell: usize) -> Self {
        let at = |k: usize| {
            let steady = Segment::steady(0.0, k as f64 / PER_SPEED, 1.0);
            let MotionFactors { stance: [a, b], swing: [c, d], step_m } =
                model.motion_factors(&Segment { gait, ..steady });
            [a, b, c, d, step_m]
        };
        let (low, high) = (at(cell), at(cell + 1));
        Self {
            middle: core::array::from_fn(|k| (0.5 * (low[k] + high[k])) as f32),
            rise: core::array::from_fn(|k| (high[k] - low[k]) as f32),
        }
    }
}

/// Without a branch in the loop, unlike the search for the culprit.
#[allow(clippy::manual_range_contains, reason = "a range's `contains` branches")]
fn in_bounds(grade: &[f64; BLOCK], speed_m_s: &[f64; BLOCK]) -> bool {
    let is_in =
        |i: f64, v: f64| (i.abs() <= bounds::GRADE.max) & (v >= 0.0) & (v <= bounds::SPEED.max);
    grade.iter().zip(speed_m_s).fold(true, |all, (&i, &v)| all & is_in(i, v))
}
