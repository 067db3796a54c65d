//! What the runs make the legs answer with, as a function of the person: replayed, and between replays
//! to second order.

use alloc::vec::Vec;

use super::answer::{Answer, Said};
use super::matrix::{DRIFT, HABIT, PROTECTION, RECOVERY, SORENESS, SUSCEPTIBILITY, Vector};
use super::profile::{HOURS_PER_YEAR, Person};
use crate::damage::{DamageModel, Habit};
use crate::error::Result;
use crate::load::EccentricLoad;
use crate::params::Parameters;
use crate::units::Timestamp;

/// Numbers of a person that only a replay shows the effect of.
pub(super) const REPLAYED: [usize; 4] = [SUSCEPTIBILITY, RECOVERY, PROTECTION, HABIT];
const N: usize = REPLAYED.len();
/// Step of the differences that give the slopes; the response is smooth but for where the sorest
/// muscle group changes.
const SMALL: f64 = 1.0e-4;

/// Logarithm of what the legs answer with, as a function of the person.
///
/// ```text
/// log u = log u_0 + per x + x' bend x / 2 + soreness - years drift        x: the replayed numbers from where they were replayed
/// ```
///
/// The last two terms are for soreness only: its gain multiplies the drive and nothing else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stimulus {
    log: f64,
    per: [f64; N],
    bend: [[f64; N]; N],
    /// Whether the gain of soreness acts, and the time before the reference time.
    sore: f64,
    years: f64,
}

impl Stimulus {
    /// One that changes with recovery and protection as a state carries it.
    pub fn of_state(
        answer: &Answer,
        legs: &crate::damage::LegState,
        person: &Vector,
        own: &Parameters,
    ) -> Self {
        let [recovery, protection] = answer.slopes(legs, own);
        let weak = f64::from(u8::from(matches!(answer.said, Said::Weak { .. })));
        let sore = 1.0 - weak;
        // The state already has this person's soreness gain in it.
        let log = answer.log_response(legs, own) - sore * person[SORENESS];
        let per = [weak, recovery, protection, 0.0];
        Self { log, per, bend: [[0.0; N]; N], sore, years: 0.0 }
    }

    /// For tests of what uses it.
    #[cfg(test)]
    pub fn bent(log: f64, per: [f64; N], bend: f64, sore: bool, years: f64) -> Self {
        let bend = core::array::from_fn(|_| [bend; N]);
        Self { log, per, bend, sore: f64::from(u8::from(sore)), years }
    }

    /// Logarithm of the response; `x` are the replayed numbers of the person from where they were
    /// replayed.
    pub fn log(&self, x: &[f64; N], person: &Vector) -> f64 {
        let sore = self.sore * (person[SORENESS] - self.years * person[DRIFT]);
        let slope = |i: usize| self.per[i] + 0.5 * dot(&self.bend[i], x);
        self.log + sore + (0..N).map(|i| slope(i) * x[i]).sum::<f64>()
    }

    /// Its change with each number of the person.
    pub fn slopes(&self, x: &[f64; N]) -> Vector {
        let mut slopes = Vector::zeros();
        slopes[SORENESS] = self.sore;
        slopes[DRIFT] = -self.sore * self.years;
        for (i, number) in REPLAYED.into_iter().enumerate() {
            slopes[number] = self.per[i] + dot(&self.bend[i], x);
        }
        slopes
    }
}

fn dot(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The replayed numbers of a person from those of another.
pub(super) fn replayed(person: &Vector, from: &Vector) -> [f64; N] {
    REPLAYED.map(|number| person[number] - from[number])
}

/// The runs and answers of one person.
pub(super) struct Record<'a> {
    pub habit: Habit,
    pub loads: &'a [EccentricLoad],
    pub p: &'a Parameters,
    /// In order of time.
    pub answers: Vec<Answer>,
}

impl Record<'_> {
    /// Time of the last answer.
    pub fn latest(&self) -> Option<Timestamp> {
        self.answers.last().map(|answer| answer.time)
    }

    /// The stimuli to first order around a person.
    pub fn linear(&self, at: &Vector) -> Result<Vec<Stimulus>> {
        let mut stimuli = self.constant(at)?;
        for (i, &number) in REPLAYED.iter().enumerate() {
            let mut there = *at;
            there[number] += SMALL;
            for (stimulus, log) in stimuli.iter_mut().zip(self.logs(&there)?) {
                stimulus.per[i] = (log - stimulus.log) / SMALL;
            }
        }
        Ok(stimuli)
    }

    /// The stimuli around another person, with the slopes that they had.
    pub fn moved(&self, stimuli: &[Stimulus], at: &Vector) -> Result<Vec<Stimulus>> {
        let logs = self.logs(at)?;
        Ok(stimuli.iter().zip(logs).map(|(stimulus, log)| Stimulus { log, ..*stimulus }).collect())
    }

    /// The stimuli to second order, through what is replayed these steps away from a person.
    pub fn quadratic(&self, at: &Vector, steps: &[f64; N]) -> Result<Vec<Stimulus>> {
        let mut stimuli = self.constant(at)?;
        let replay = |moves: &[(usize, f64)]| {
            let mut there = *at;
            for &(i, sign) in moves {
                there[REPLAYED[i]] += sign * steps[i];
            }
            self.logs(&there)
        };
        for (i, &step) in steps.iter().enumerate() {
            let (up, down) = (replay(&[(i, 1.0)])?, replay(&[(i, -1.0)])?);
            for (k, stimulus) in stimuli.iter_mut().enumerate() {
                stimulus.per[i] = (up[k] - down[k]) / (2.0 * step);
                stimulus.bend[i][i] = (up[k] + down[k] - 2.0 * stimulus.log) / (step * step);
            }
        }
        for i in 0..N {
            for j in 0..i {
                let both = replay(&[(i, 1.0), (j, 1.0)])?;
                for (stimulus, both) in stimuli.iter_mut().zip(both) {
                    let of = |i: usize| {
                        steps[i] * (stimulus.per[i] + 0.5 * stimulus.bend[i][i] * steps[i])
                    };
                    let bend = (both - stimulus.log - of(i) - of(j)) / (steps[i] * steps[j]);
                    stimulus.bend[i][j] = bend;
                    stimulus.bend[j][i] = bend;
                }
            }
        }
        Ok(stimuli)
    }

    fn constant(&self, at: &Vector) -> Result<Vec<Stimulus>> {
        let logs = self.logs(at)?;
        let stimulus = |(log, answer): (f64, &Answer)| {
            let sore = f64::from(u8::from(matches!(answer.said, Said::Sore { .. })));
            let hours = self.latest().map_or(0.0, |latest| latest.hours_since(answer.time));
            let years = hours / HOURS_PER_YEAR;
            Stimulus { log, per: [0.0; N], bend: [[0.0; N]; N], sore, years }
        };
        Ok(logs.into_iter().zip(&self.answers).map(stimulus).collect())
    }

    /// Replays the runs for a person, soreness gain left out, and reads the legs at each answer.
    fn logs(&self, at: &Vector) -> Result<Vec<f64>> {
        let person = Person { soreness: 0.0, ..Person::from_numbers((*at).into()) };
        let own = person.parameters(self.p);
        let model = DamageModel::new(&own);
        let mut logs = Vec::with_capacity(self.answers.len());
        let mut waiting = self.answers.iter().peekable();
        let Some(first) = self.answers.first() else { return Ok(logs) };
        // The habit's protection fades from the first run on, as in a forecast; until then legs are rested.
        let start = self.loads.first().map_or(first.time, |load| load.start);
        let mut legs = person.legs(self.habit, start, self.p)?;
        for load in self.loads {
            // An answer during a run still belongs to the time before it.
            while let Some(answer) = waiting.next_if(|answer| answer.time < load.end()) {
                let time = answer.time.max(start);
                logs.push(answer.log_response(&legs.moved_to(time, &own)?, &own));
            }
            if waiting.peek().is_none() {
                return Ok(logs);
            }
            legs = legs.having_run(load, &model)?;
        }
        for answer in waiting {
            logs.push(answer.log_response(&legs.moved_to(answer.time, &own)?, &own));
        }
        Ok(logs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Segment;
    use crate::load::{DoseModel, Runner};
    use crate::person::Observation;
    use crate::soreness::{Rating, Scale};

    fn record<'a>(loads: &'a [EccentricLoad], p: &'a Parameters) -> Record<'a> {
        let answers = [20.0, 60.0, 200.0].map(|hours| {
            let time = Timestamp::from_unix_s(0).add_hours(hours);
            let rating = Rating { time, value: 2.0, scale: Scale::NRS_0_10, muscle: None };
            Answer::of(&Observation::from(rating), 0.0, p)
        });
        Record { habit: Habit::Road, loads, p, answers: answers.to_vec() }
    }

    fn loads(p: &Parameters) -> Result<Vec<EccentricLoad>> {
        let model = DoseModel::new(p, &Runner::default())?;
        [0.0, 100.0]
            .map(|hours| {
                let start = Timestamp::from_unix_s(0).add_hours(hours);
                model.load(start, &[Segment::steady(-0.14, 2.9, 2400.0)])
            })
            .into_iter()
            .collect()
    }

    /// Within the steps, the second order stands in for a replay.
    #[test]
    fn replays_are_followed() -> Result<()> {
        let p = Parameters::default();
        let loads = loads(&p)?;
        let record = record(&loads, &p);
        let at = Vector::from([0.1, 0.0, -0.1, 0.2, 0.0, 0.0, 0.3, 0.0]);
        let stimuli = record.quadratic(&at, &[0.3, 0.15, 0.3, 0.5])?;
        let mut there = at;
        for (number, by) in REPLAYED.into_iter().zip([0.2, -0.1, 0.25, -0.3]) {
            there[number] += by;
        }
        let x = replayed(&there, &at);
        for (stimulus, log) in stimuli.iter().zip(record.logs(&there)?) {
            let (followed, before) = (stimulus.log(&x, &there), stimulus.log);
            assert!(
                (followed - log).abs() < 0.3 * (before - log).abs().max(0.05),
                "{before} {followed} {log}"
            );
        }
        Ok(())
    }

    /// An answer long before the first run says what rested legs say, and changes no later one.
    #[test]
    fn an_early_answer_changes_no_other() -> Result<()> {
        let p = Parameters::default();
        let loads = loads(&p)?;
        let mut record = record(&loads, &p);
        let without = record.logs(&Vector::zeros())?;
        let time = loads[0].start.add_hours(-1000.0);
        record.answers.insert(0, Answer { time, ..record.answers[0] });
        let with = record.logs(&Vector::zeros())?;
        assert_eq!(with[1..], without);
        assert!(with[0] < -13.0, "{}", with[0]);
        Ok(())
    }

    /// The slopes are those that the state carries.
    #[test]
    fn slopes_are_those_of_the_state() -> Result<()> {
        let p = Parameters::default();
        let loads = loads(&p)?;
        let record = record(&loads, &p);
        let at = Vector::zeros();
        let mut legs = Person::default().legs(Habit::Road, loads[0].start, &p)?;
        legs = legs.after(&loads[0], &p)?;
        for (answer, stimulus) in record.answers.iter().zip(record.linear(&at)?).take(2) {
            let [recovery, protection] = answer.slopes(&legs.advanced_to(answer.time, &p)?, &p);
            let slopes = stimulus.slopes(&[0.0; N]);
            assert!((slopes[RECOVERY] - recovery).abs() < 1e-3, "{} {recovery}", slopes[RECOVERY]);
            assert!(
                (slopes[PROTECTION] - protection).abs() < 1e-3,
                "{} {protection}",
                slopes[PROTECTION]
            );
            // As good as all protection is still that of the habit, and the tolerance goes with its root.
            assert!((slopes[HABIT] - 0.5 * slopes[PROTECTION]).abs() < 1e-2);
            assert_eq!(slopes[SORENESS], 1.0);
        }
        Ok(())
    }
}
