//! Plain values that cross as they are: structures and numbered words.

use eccentric::activity::{Gait as ModelGait, Segment as ModelSegment};
use eccentric::damage::Habit as ModelHabit;
use eccentric::load::{DoseModel, Runner as ModelRunner};
use eccentric::params::Parameters;
use eccentric::{Muscle as ModelMuscle, PerMuscle, Timestamp};
use eccentric_app::RunOptions as AppRunOptions;

use crate::door::{Refused, Result, Status};

/// A time that is not known, or never comes.
pub const NO_TIME: i64 = i64::MIN;

/// A time that may be none.
pub fn maybe_time(ms: i64) -> Option<Timestamp> {
    (ms != NO_TIME).then(|| Timestamp::from_unix_ms(ms))
}

/// A time that must be one.
pub fn time(ms: i64, name: &str) -> Result<Timestamp> {
    maybe_time(ms).ok_or_else(|| {
        let message = format!("{name} is ECCENTRIC_NO_TIME, needed are milliseconds since 1970");
        Refused::new(Status::Input, message)
    })
}

/// A time for C.
pub fn ms(time: Option<Timestamp>) -> i64 {
    time.map_or(NO_TIME, Timestamp::unix_ms)
}

/// A number that is NaN if there is none.
pub fn maybe(number: f64) -> Option<f64> {
    (!number.is_nan()).then_some(number)
}

/// What a number of the header stands for; `words` are all that it may be.
pub fn word<T: Copy>(name: &str, number: i32, words: &[(i32, &str, T)]) -> Result<T> {
    let known = words.iter().find(|(known, ..)| *known == number);
    known.map(|(.., value)| *value).ok_or_else(|| {
        let allowed: Vec<String> =
            words.iter().map(|(number, word, _)| format!("{number} ({word})")).collect();
        let message = format!("{name} is {number}, allowed is {}", allowed.join(", "));
        Refused::new(Status::Input, message)
    })
}

/// What the legs were used to before the first run.
#[repr(C)]
pub enum Habit {
    /// No running.
    None = 0,
    /// A little running on level ground.
    Recreational = 1,
    /// Running on roads; what to take if nothing is known.
    Road = 2,
    /// Running in hills.
    Trail = 3,
}

/// A habit by its number.
pub fn habit(number: i32) -> Result<ModelHabit> {
    let words = [
        (Habit::None as i32, "none", ModelHabit::None),
        (Habit::Recreational as i32, "recreational", ModelHabit::Recreational),
        (Habit::Road as i32, "road", ModelHabit::Road),
        (Habit::Trail as i32, "trail", ModelHabit::Trail),
    ];
    word("habit", number, &words)
}

/// A muscle group; the first four number the places of arrays of four.
#[repr(C)]
pub enum Muscle {
    /// The legs as a whole, which feel like their sorest group; only for ratings.
    Legs = -1,
    /// Knee extensors.
    Quadriceps = 0,
    /// Plantar flexors.
    Calves = 1,
    /// Gluteal muscles.
    HipExtensors = 2,
    /// Knee flexors.
    Hamstrings = 3,
}

const MUSCLES: [(i32, &str, ModelMuscle); 4] = [
    (Muscle::Quadriceps as i32, "quadriceps", ModelMuscle::Quadriceps),
    (Muscle::Calves as i32, "calves", ModelMuscle::Calves),
    (Muscle::HipExtensors as i32, "hip extensors", ModelMuscle::HipExtensors),
    (Muscle::Hamstrings as i32, "hamstrings", ModelMuscle::Hamstrings),
];

/// A muscle group by its number.
pub fn muscle(number: i32) -> Result<ModelMuscle> {
    word("muscle", number, &MUSCLES)
}

/// A muscle group or the legs as a whole.
pub fn muscle_or_legs(name: &str, number: i32) -> Result<Option<ModelMuscle>> {
    let mut words = vec![(Muscle::Legs as i32, "legs", None)];
    words.extend(MUSCLES.map(|(number, name, muscle)| (number, name, Some(muscle))));
    word(name, number, &words)
}

/// The number of a muscle group.
pub fn number_of(muscle: ModelMuscle) -> i32 {
    let each = MUSCLES.iter().find(|(.., known)| *known == muscle);
    each.map_or(Muscle::Legs as i32, |(number, ..)| *number)
}

/// One number for each muscle group, in their order.
pub fn four(values: &PerMuscle<f64>) -> [f64; 4] {
    ModelMuscle::ALL.map(|muscle| values[muscle])
}

/// Who carries the load.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Runner {
    /// Body mass in kg, 25 to 250.
    pub mass_kg: f64,
    /// Mass carried in kg, 0 to 100.
    pub pack_kg: f64,
    /// Fat as a fraction of body mass, 0.02 to 0.65; NaN if unknown.
    pub body_fat: f64,
    /// Age in years, 10 to 110; NaN if unknown. It widens the intervals of people who were rarely measured.
    pub age_years: f64,
}

impl Runner {
    /// The runner of the model, who is checked there.
    pub fn read(self) -> ModelRunner {
        let Self { mass_kg, pack_kg, body_fat, age_years } = self;
        ModelRunner { mass_kg, pack_kg, body_fat: maybe(body_fat), age_years: maybe(age_years) }
    }

    /// The doses of this runner under the constants of the model.
    pub fn model(self) -> Result<DoseModel> {
        Ok(DoseModel::new(&Parameters::default(), &self.read())?)
    }
}

/// What is known of a run besides what was recorded.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RunOptions {
    /// When a run began that doesn't say so itself, in ms since 1970 UTC; ECCENTRIC_NO_TIME if unknown. A run
    /// without a start has no place among several.
    pub start_ms: i64,
    /// Grade of a run without any elevation, as set on a treadmill: rise over distance, negative downhill;
    /// NaN if unknown.
    pub grade: f64,
}

impl RunOptions {
    /// Without a pointer, nothing is known.
    pub fn read(options: Option<Self>) -> Result<AppRunOptions> {
        let Some(Self { start_ms, grade }) = options else { return Ok(AppRunOptions::default()) };
        let grade = maybe(grade);
        if let Some(grade) = grade {
            eccentric::bounds::GRADE.check(grade)?;
        }
        Ok(AppRunOptions { grade, start: maybe_time(start_ms) })
    }
}

/// How a step is made.
#[repr(C)]
pub enum Gait {
    /// Told from speed and step rate.
    Unknown = -1,
    /// A walking step.
    Walking = 0,
    /// A running step.
    Running = 1,
}

/// A stretch of a run with one grade and one speed.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Segment {
    /// From the start of the run to that of the segment in s, pauses included.
    pub start_s: f64,
    /// Moving time in s.
    pub duration_s: f64,
    /// Speed along the slope in m/s, 0 to 12.
    pub speed_m_s: f64,
    /// Rise over horizontal distance, negative downhill, -1 to 1.
    pub grade: f64,
    /// Standard error of the grade; 0 if it was set.
    pub grade_se: f64,
    /// Steps per second, both legs; NaN if unknown.
    pub step_rate_hz: f64,
    /// One of eccentric_gait.
    pub gait: i32,
}

impl Segment {
    /// The segment of the model; its numbers are checked there.
    pub fn read(&self, index: usize) -> Result<ModelSegment> {
        let step_rate_hz = maybe(self.step_rate_hz);
        let told = ModelGait::of(self.speed_m_s, step_rate_hz.map(|rate| 60.0 * rate));
        let words = [
            (Gait::Unknown as i32, "unknown", told),
            (Gait::Walking as i32, "walking", ModelGait::Walking),
            (Gait::Running as i32, "running", ModelGait::Running),
        ];
        let gait = word(&format!("gait at index {index}"), self.gait, &words)?;
        Ok(ModelSegment {
            start_s: self.start_s,
            duration_s: self.duration_s,
            speed_m_s: self.speed_m_s,
            grade: self.grade,
            grade_se: self.grade_se,
            gait,
            step_rate_hz,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn numbers_of_words_are_those_of_the_header() {
        for (k, each) in ModelMuscle::ALL.into_iter().enumerate() {
            assert_eq!(muscle(k as i32).unwrap(), each);
            assert_eq!(number_of(each), k as i32);
        }
        assert!(muscle(-1).is_err() && muscle(4).is_err() && muscle(i32::MIN).is_err());
        assert_eq!(muscle_or_legs("muscle", Muscle::Legs as i32).unwrap(), None);
        assert_eq!(habit(Habit::Road as i32).unwrap(), ModelHabit::Road);
        assert_eq!(habit(Habit::Trail as i32).unwrap(), ModelHabit::Trail);
        assert!(habit(4).is_err() && habit(-1).is_err());
    }
}
