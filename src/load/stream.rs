//! Doses of long streams: the dose model as tables.

use alloc::vec::Vec;

use super::dose::{Dose, DoseModel};
use crate::activity::{Gait, Segment};
use crate::bounds;
use crate::error::{Error, Result};
use crate::units::PerMuscle;

/// Grid points per unit of grade.
const PER_GRADE: f64 = 1024.0;
/// Grid points per m/s.
const PER_SPEED: f64 = 256.0;
/// Columns of the grade table: damage and protection of four groups, acute, and one to align.
const COLUMNS: usize = 10;

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
    /// Factors of the grade, for walking and running.
    grade: [Vec<[f64; COLUMNS]>; 2],
    /// Factors of speed and step rate for damage and protection, for walking and running.
    speed: [Vec<[f64; 2]>; 2],
}

const GAITS: [Gait; 2] = [Gait::Walking, Gait::Running];

impl DoseStream {
    /// Tabulates a dose model.
    pub fn new(model: &DoseModel) -> Self {
        let steps = (bounds::GRADE.max * PER_GRADE) as i32;
        let grade = GAITS.map(|gait| {
            (-steps..=steps + 1)
                .map(|k| columns(model, (f64::from(k) / PER_GRADE).min(bounds::GRADE.max), gait))
                .collect()
        });
        let speed = GAITS.map(|gait| {
            (0..(bounds::SPEED.max * PER_SPEED) as u32 + 2)
                .map(|k| {
                    let speed_m_s = f64::from(k) / PER_SPEED;
                    let segment = Segment { gait, ..Segment::steady(0.0, speed_m_s, 1.0) };
                    model.motion_factors(&segment)
                })
                .collect()
        });
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
        let x = speed_m_s * PER_SPEED;
        let at = x as usize;
        let part = x - at as f64;
        let (low, high) = (&self.speed[gait][at], &self.speed[gait][at + 1]);
        let damage = low[0] + part * (high[0] - low[0]);
        let protection = low[1] + part * (high[1] - low[1]);
        let speed = [
            damage, damage, damage, damage, protection, protection, protection, protection,
            speed_m_s, 0.0,
        ];
        let y = (grade + bounds::GRADE.max) * PER_GRADE;
        let at = y as usize;
        let part = y - at as f64;
        let table = &self.grade[gait];
        let (low, high) = (&table[at], &table[at + 1]);
        for k in 0..COLUMNS {
            sum[k] += (low[k] + part * (high[k] - low[k])) * speed[k];
        }
    }
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
