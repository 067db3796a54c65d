//! Everyday scenarios: runs and hikes of which runners, hikers and coaches know the outcome, as ranges.
//!
//! They are a tier of their own. They enter the fit with a tolerance each, are published apart from what was
//! measured, and leave the fit together with the laboratory whose table they repeat.

use std::collections::BTreeMap;

use eccentric::activity::Gait;
use eccentric::damage::Habit;
use eccentric::load::Runner;
use eccentric::params::Parameters;
use eccentric::{Muscle, PerMuscle};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::EvidenceError;
use crate::plan::{Bout, Plan, Shift, USUAL_MASS_KG, simulate};
use crate::quantity::{Course, Target, When};
use crate::tables::BoutSegment;

/// Weight of a scenario against a row of the tables.
const WEIGHT: f64 = 1.5;
/// Part of a range by which it is narrowed at either end in the fit, so that values lie inside and not on the
/// edge; an end at zero stays.
const MARGIN: f64 = 0.15;
/// Hours that a peak is looked for after the end of the last run.
const WATCHED_H: f64 = 168.0;
/// Miss in standard deviations from which on a scenario pulls no harder.
const MOST_MISS: f64 = 20.0;
/// Smallest divisor of a ratio.
const SMALLEST: f64 = 1.0e-6;

/// What a scenario is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Highest soreness after the last run, 0 to 10.
    PeakSoreness,
    /// Hours from the end of the last run to it.
    PeakH,
    /// Soreness at an hour.
    SorenessAt,
    /// Loss of strength at an hour, in percent.
    StrengthLossPctAt,
}

/// One muscle group, or the one with the largest value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    /// The one with the largest value.
    Worst,
    /// One muscle group.
    #[serde(untagged)]
    One(Muscle),
}

/// A steady part of a run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Leg {
    /// Walking or running.
    gait: Step,
    grade: f64,
    speed_m_s: f64,
    minutes: f64,
    #[serde(default)]
    rest_min: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    Run,
    Walk,
}

/// One run of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Hours from the start of the first run.
    at_h: f64,
    legs: Vec<Leg>,
}

/// One scenario with the range that its value must lie in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Name.
    pub id: String,
    /// What it is, in words.
    pub about: String,
    /// What the legs are used to before the first run.
    pub habit: Habit,
    /// Body mass in kg.
    #[serde(default = "usual_mass_kg")]
    pub mass_kg: f64,
    /// Mass carried in kg.
    #[serde(default)]
    pub pack_kg: f64,
    /// The runs; what is asked is asked after the last.
    pub runs: Vec<Run>,
    /// Muscle group.
    pub muscle: Where,
    /// What is asked.
    pub quantity: Asked,
    /// Hours after the end of the last run.
    #[serde(default)]
    pub h: Option<f64>,
    /// Scenario by whose value this one is divided.
    #[serde(default)]
    pub over: Option<String>,
    /// Muscle group of the divisor.
    #[serde(default)]
    pub over_muscle: Option<Where>,
    /// Lower end of the range.
    pub low: f64,
    /// Upper end of the range.
    pub high: f64,
    /// Tolerance beyond either end, as a standard deviation.
    pub sd: f64,
    /// How well the range is known: A to C from studies, E common experience.
    pub tier: String,
    /// Where the range comes from.
    pub source: String,
    /// Scenarios that rest on one table or one judgement.
    #[serde(default)]
    pub group: Option<String>,
    /// Laboratory whose numbers the range repeats.
    #[serde(default)]
    pub rests_on: Option<String>,
    /// Whether it only serves to divide by.
    #[serde(default)]
    pub base: bool,
}

fn usual_mass_kg() -> f64 {
    USUAL_MASS_KG
}

/// A value of one scenario: which arm, and what of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question {
    pub plan: usize,
    muscle: Where,
    pub asked: Asked,
    pub hour: f64,
}

/// All scenarios, ready to be run with any constants.
#[derive(Debug, Clone)]
pub struct Everyday {
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    plans: Vec<Plan>,
    questions: Vec<(Question, Option<Question>)>,
}

impl Everyday {
    /// The scenarios of this release.
    ///
    /// # Errors
    /// [`EvidenceError::Everyday`] if they do not parse, which a test rules out.
    pub fn published() -> Result<Self, EvidenceError> {
        Self::parse(include_str!("../tables/everyday.json"))
    }

    /// Reads a list of scenarios as JSON.
    ///
    /// # Errors
    /// [`EvidenceError::Everyday`] that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, EvidenceError> {
        let wrong = |what: String| EvidenceError::Everyday { what };
        let scenarios: Vec<Scenario> =
            serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        Self::of(scenarios).map_err(|id| wrong(format!("there is no scenario \"{id}\"")))
    }

    /// Fails with the name of a divisor that is not there.
    fn of(scenarios: Vec<Scenario>) -> Result<Self, String> {
        let mut plans: Vec<Plan> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut questions = Vec::with_capacity(scenarios.len());
        let mut place = |scenario: &Scenario| {
            let key = (scenario.habit, scenario.mass_kg, scenario.pack_kg, &scenario.runs);
            *places.entry(format!("{key:?}")).or_insert_with(|| {
                plans.push(plan(scenario));
                plans.len() - 1
            })
        };
        for scenario in &scenarios {
            let question = Question {
                plan: place(scenario),
                muscle: scenario.muscle,
                asked: scenario.quantity,
                hour: scenario.h.unwrap_or(0.0),
            };
            let divisor = match &scenario.over {
                None => None,
                Some(id) => {
                    let other = scenarios.iter().find(|s| s.id == *id).ok_or_else(|| id.clone())?;
                    let muscle = scenario.over_muscle.unwrap_or(scenario.muscle);
                    let hour = other.h.or(scenario.h).unwrap_or(0.0);
                    Some(Question { plan: place(other), muscle, hour, ..question })
                }
            };
            questions.push((question, divisor));
        }
        Ok(Self { scenarios, plans, questions })
    }

    /// The scenarios that do not rest on a laboratory, with those that they are divided by.
    #[must_use]
    pub fn without(&self, lab: &str) -> Self {
        let rests = |s: &Scenario| s.rests_on.as_deref() == Some(lab);
        let divides = |s: &Scenario| {
            let mut others = self.scenarios.iter().filter(|other| !rests(other));
            others.any(|other| other.over.as_deref() == Some(&s.id))
        };
        let keep = |s: &&Scenario| !rests(s) || divides(s);
        let kept = self
            .scenarios
            .iter()
            .filter(keep)
            .cloned()
            .map(|s| Scenario { base: s.base || rests(&s), ..s });
        Self::of(kept.collect()).unwrap_or_else(|_| self.clone())
    }

    /// What the model gives for each scenario.
    ///
    /// # Errors
    /// [`EvidenceError::Model`] if the model refuses the parameters.
    pub fn values(&self, p: &Parameters) -> Result<Vec<f64>, EvidenceError> {
        let runs: Vec<_> = self
            .plans
            .par_iter()
            .map(|plan| simulate(plan, p, Shift::default()))
            .collect::<Result<_, _>>()?;
        let value = |question: &Question| {
            let course = Course { runs: &runs[question.plan], p, ck_gain: 1.0 };
            question.value(&course)
        };
        let ratio = |(over, under): &(Question, Option<Question>)| {
            value(over) / under.as_ref().map_or(1.0, |under| value(under).max(SMALLEST))
        };
        Ok(self.questions.iter().map(ratio).collect())
    }

    /// The arms of the scenarios.
    pub(crate) fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The scenarios with what is asked and what that is divided by.
    pub(crate) fn with_questions(
        &self,
    ) -> impl Iterator<Item = (&Scenario, &(Question, Option<Question>))> {
        self.scenarios.iter().zip(&self.questions)
    }

    /// Distance of values from their ranges, in the scenarios' own tolerances; negative below.
    pub fn misses(&self, values: &[f64]) -> Vec<f64> {
        self.scenarios.iter().zip(values).map(|(s, &value)| s.miss(value, 0.0)).collect()
    }

    /// Scenarios inside their range, and further out than one tolerance.
    pub fn counts(&self, values: &[f64]) -> (usize, usize) {
        let misses = self.misses(values);
        let counted = self.scenarios.iter().zip(&misses).filter(|(s, _)| !s.base);
        let with = |is: fn(f64) -> bool| counted.clone().filter(|(_, miss)| is(miss.abs())).count();
        (with(|miss| miss < 0.005), with(|miss| miss > 1.0))
    }

    /// Residuals of the fit.
    pub(crate) fn residuals(&self, values: &[f64]) -> Vec<f64> {
        let pull = |(s, &value): (&Scenario, &f64)| {
            if s.base { 0.0 } else { WEIGHT * s.miss(value, MARGIN).clamp(-MOST_MISS, MOST_MISS) }
        };
        self.scenarios.iter().zip(values).map(pull).collect()
    }
}

impl Scenario {
    pub(crate) fn miss(&self, value: f64, margin: f64) -> f64 {
        let narrower = margin * (self.high - self.low);
        let low = if self.low > 0.0 { self.low + narrower } else { self.low };
        ((value - self.high + narrower).max(0.0) - (low - value).max(0.0)) / self.sd
    }
}

impl Question {
    /// Whether it is about the legs as a whole: the group that is worst off, or the quadriceps, of which people
    /// think when they think of sore legs.
    pub(crate) fn of_the_legs(&self) -> bool {
        matches!(self.muscle, Where::Worst | Where::One(Muscle::Quadriceps))
    }

    fn value(&self, course: &Course<'_>) -> f64 {
        match self.muscle {
            Where::One(muscle) => self.of(muscle, course),
            Where::Worst => {
                let all = PerMuscle::from_fn(|muscle| self.of(muscle, course));
                all.iter().map(|(_, &value)| value).fold(f64::MIN, f64::max)
            }
        }
    }

    fn of(&self, muscle: Muscle, course: &Course<'_>) -> f64 {
        let last = course.runs.len().saturating_sub(1);
        let target = Target::One(muscle);
        let value = match self.asked {
            Asked::PeakSoreness => course.soreness(last, target, When::Peak(0.0, WATCHED_H), 0.0),
            Asked::PeakH => course.soreness_peak_h(last, target),
            Asked::SorenessAt => course.soreness(last, target, When::At(self.hour), 0.0),
            Asked::StrengthLossPctAt => course.strength(last, target, When::At(self.hour)),
        };
        value.unwrap_or(0.0)
    }
}

fn plan(scenario: &Scenario) -> Plan {
    let segment = |leg: &Leg| BoutSegment {
        line: 0,
        study: String::new(),
        arm: String::new(),
        bout: 0,
        start_h: 0.0,
        gait: match leg.gait {
            Step::Run => Gait::Running,
            Step::Walk => Gait::Walking,
        },
        grade: leg.grade,
        grade_sd: 0.0,
        speed_m_s: leg.speed_m_s,
        speed_sd: 0.0,
        fixed_distance: false,
        duration_min: leg.minutes,
        pack_kg: scenario.pack_kg,
        rest_after_min: leg.rest_min,
    };
    let bout = |(k, run): (usize, &Run)| Bout {
        number: k as u32 + 1,
        start_h: run.at_h,
        fixed_distance: false,
        segments: run.legs.iter().map(segment).collect(),
    };
    Plan {
        key: scenario.id.clone(),
        study: scenario.id.clone(),
        lab: String::new(),
        n: None,
        dose_quality: "good".to_owned(),
        habit: scenario.habit,
        runner: Runner::of_mass(scenario.mass_kg),
        bouts: scenario.runs.iter().enumerate().map(bout).collect(),
    }
}

/// The reference bout twice, some weeks apart, by legs that are used to nothing.
pub(crate) fn repeated_reference(weeks: f64) -> Plan {
    let leg = Leg { gait: Step::Run, grade: -0.16, speed_m_s: 3.0, minutes: 30.0, rest_min: 0.0 };
    let run = |at_h| Run { at_h, legs: vec![leg] };
    plan(&Scenario {
        id: "second bout".to_owned(),
        about: String::new(),
        habit: Habit::None,
        mass_kg: USUAL_MASS_KG,
        pack_kg: 0.0,
        runs: vec![run(0.0), run(168.0 * weeks)],
        muscle: Where::One(Muscle::Quadriceps),
        quantity: Asked::PeakSoreness,
        h: None,
        over: None,
        over_muscle: None,
        low: 0.0,
        high: 10.0,
        sd: 1.0,
        tier: "E".to_owned(),
        source: String::new(),
        group: None,
        rests_on: None,
        base: true,
    })
}
