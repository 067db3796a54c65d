//! Every row of the tables that the model can be compared with, and what it predicts for it.

use eccentric::params::Parameters;
use eccentric::soreness::{drive_of, soreness_of};

use crate::error::EvidenceError;
use crate::noise::{sampling_sd, usual_error};
use crate::plan::{BoutRun, Plan, Shift, plans, simulate};
use crate::quantity::{Course, Quantity, Target, USUAL_CK_U_PER_L, When};
use crate::tables::{Observation, Tables};

/// One row that can be compared.
#[derive(Debug, Clone)]
pub struct Row {
    /// The row itself.
    pub observation: Observation,
    /// Laboratory.
    pub lab: String,
    /// Number of people.
    pub n: Option<f64>,
    /// How well the dose is known.
    pub dose_quality: String,
    /// Position of the arm among the plans.
    pub plan: usize,
    /// Position of the bout in the arm.
    pub bout: usize,
    /// What is predicted.
    pub quantity: Quantity,
    /// For which muscle.
    pub target: Target,
    /// When.
    pub when: When,
    /// Arm and bout that a ratio refers to.
    pub reference: Option<(usize, usize)>,
}

/// A row that can't be compared, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// Line in `observations.csv`.
    pub line: u64,
    /// Study.
    pub study: String,
    /// Measure.
    pub measure: String,
    /// Why.
    pub reason: &'static str,
}

/// The parameters of the model, and the one constant that only the tables need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fitted {
    /// Parameters of the model.
    pub parameters: Parameters,
    /// Rise of creatine kinase per dose beyond the tolerance, as a fold of the level at rest.
    pub ck_gain: f64,
}

impl Fitted {
    /// Parameters with the usual rise of creatine kinase.
    pub fn new(parameters: Parameters) -> Self {
        Self { parameters, ck_gain: crate::priors::CK_GAIN }
    }
}

/// Arms and rows, ready to be predicted with any parameters.
#[derive(Debug, Clone)]
pub struct Predictor {
    /// The arms.
    pub plans: Vec<Plan>,
    /// The rows that can be compared.
    pub rows: Vec<Row>,
    /// The rows that can't.
    pub left_out: Vec<LeftOut>,
}

/// All arms, run with one set of parameters.
#[derive(Debug, Clone)]
pub struct Simulated {
    runs: Vec<Vec<BoutRun>>,
    fitted: Fitted,
}

impl Simulated {
    /// The course of one arm.
    pub fn course(&self, plan: usize) -> Course<'_> {
        let p = &self.fitted.parameters;
        Course { runs: &self.runs[plan], p, ck_gain: self.fitted.ck_gain }
    }
}

impl Predictor {
    /// Sorts the rows of the tables into those that can be compared and those that can't.
    pub fn new(tables: &Tables) -> Self {
        let mut plans = plans(tables);
        // An arm that the model refuses (a rest of years, say) is reported and not fatal.
        for plan in &mut plans {
            if simulate(plan, &Parameters::default(), Shift::default()).is_err() {
                plan.bouts.clear();
            }
        }
        let mut rows = Vec::new();
        let mut left_out = Vec::new();
        for observation in &tables.observations {
            match row(observation, &plans) {
                Ok(row) => rows.push(row),
                Err(reason) => left_out.push(LeftOut {
                    line: observation.line,
                    study: observation.study.clone(),
                    measure: observation.measure.clone(),
                    reason,
                }),
            }
        }
        Self { plans, rows, left_out }
    }

    /// A part of the rows with the arms that they need.
    #[must_use]
    pub fn with_rows(&self, keep: impl Fn(&Row) -> bool) -> Self {
        let mut rows: Vec<Row> = self.rows.iter().filter(|r| keep(r)).cloned().collect();
        let mut places = vec![None; self.plans.len()];
        let mut plans = Vec::new();
        let mut place = |plan: usize| {
            *places[plan].get_or_insert_with(|| {
                plans.push(self.plans[plan].clone());
                plans.len() - 1
            })
        };
        for row in &mut rows {
            row.plan = place(row.plan);
            row.reference = row.reference.map(|(plan, bout)| (place(plan), bout));
        }
        Self { plans, rows, left_out: Vec::new() }
    }

    /// Runs all arms.
    ///
    /// # Errors
    /// [`EvidenceError::Model`] if the model refuses an arm.
    pub fn simulate(&self, fitted: &Fitted, shift: Shift) -> Result<Simulated, EvidenceError> {
        let runs = self.plans.iter().map(|plan| simulate(plan, &fitted.parameters, shift));
        Ok(Simulated { runs: runs.collect::<Result<_, _>>()?, fitted: *fitted })
    }

    /// What the model predicts for each row, in the units of the row.
    ///
    /// # Errors
    /// [`EvidenceError::Model`] if the model refuses an arm.
    pub fn predict(&self, fitted: &Fitted, shift: Shift) -> Result<Vec<f64>, EvidenceError> {
        let simulated = self.simulate(fitted, shift)?;
        Ok(self.rows.iter().map(|row| value(row, &simulated).unwrap_or(0.0)).collect())
    }

    /// Standard error of a group's mean after a bout: from the largest printed spread, else usual.
    pub(crate) fn error_of(&self, quantity: Quantity, plan: usize, bout: usize) -> f64 {
        let same = |r: &&Row| r.plan == plan && r.bout == bout && r.quantity == quantity;
        let printed = self.rows.iter().filter(same).filter(|r| r.observation.sd.is_some());
        let largest = printed.map(sampling_sd).reduce(f64::max);
        largest.unwrap_or_else(|| usual_error(quantity, self.plans[plan].n))
    }

    /// Position of an arm and bout by `study:arm:bout`.
    pub fn find(&self, key: &str) -> Option<(usize, usize)> {
        find(key, &self.plans)
    }
}

fn find(key: &str, plans: &[Plan]) -> Option<(usize, usize)> {
    let (arm, bout) = key.rsplit_once(':')?;
    let number: u32 = bout.trim().parse().ok()?;
    let plan = plans.iter().position(|p| p.key == arm)?;
    let bout = plans[plan].bouts.iter().position(|b| b.number == number)?;
    Some((plan, bout))
}

fn row(observation: &Observation, plans: &[Plan]) -> Result<Row, &'static str> {
    let quantity = Quantity::of(&observation.measure).ok_or("the model has no such measure")?;
    let key = format!("{}:{}:{}", observation.study, observation.arm, observation.bout);
    let (plan, bout) = find(&key, plans).ok_or("no such bout in bouts.csv, or one out of range")?;
    let reference = if quantity.is_ratio() {
        let named = find(&observation.reference, plans);
        let first = observation.reference.is_empty().then_some((plan, 0));
        Some(named.or(first).ok_or("the bout of reference is not in bouts.csv")?)
    } else {
        None
    };
    Ok(Row {
        observation: observation.clone(),
        lab: plans[plan].lab.clone(),
        n: observation.n.or(plans[plan].n),
        dose_quality: plans[plan].dose_quality.clone(),
        plan,
        bout,
        quantity,
        target: Target::of(&observation.muscle),
        when: When::of(observation),
        reference,
    })
}

/// What the model says about one row.
pub(crate) fn value(row: &Row, simulated: &Simulated) -> Option<f64> {
    let course = simulated.course(row.plan);
    let rest = row.observation.baseline;
    let ck_rest = rest.unwrap_or(USUAL_CK_U_PER_L);
    match row.quantity {
        Quantity::StrengthLoss => course.strength(row.bout, row.target, row.when),
        Quantity::Soreness => course.soreness(row.bout, row.target, row.when, rest.unwrap_or(0.0)),
        Quantity::SorenessPeakHour => course.soreness_peak_h(row.bout, row.target),
        Quantity::CkLevel => Some(ck_rest * (1.0 + course.ck_rise(row.bout, row.when)?)),
        Quantity::CkRisePercent => Some(100.0 * course.ck_rise(row.bout, row.when)?),
        Quantity::CkRise => Some(ck_rest * course.ck_rise(row.bout, row.when)?),
        Quantity::StrengthRatio | Quantity::SorenessRatio | Quantity::CkRatio => {
            let (plan, bout) = row.reference?;
            let first = simulated.course(plan);
            // A ratio that was derived from rises is one of rises, a printed one is one of levels.
            let level = if row.observation.redundant { 0.0 } else { 1.0 };
            let of = |course: &Course<'_>, bout| match row.quantity {
                Quantity::StrengthRatio => course.strength(bout, row.target, row.when),
                Quantity::SorenessRatio => course.soreness(bout, row.target, row.when, 0.0),
                _ => course.ck_rise(bout, row.when).map(|rise| level + rise),
            };
            Some(of(&course, row.bout)? / of(&first, bout)?.max(1e-3))
        }
    }
}

/// A prediction for a lab that responds `exp(effect)` times as strongly as the average one.
pub(crate) fn with_lab_effect(quantity: Quantity, value: f64, effect: f64) -> f64 {
    match quantity {
        Quantity::StrengthLoss => value * effect.exp(),
        Quantity::Soreness => soreness_of(drive_of(value.clamp(0.0, 9.9)) * effect.exp()),
        _ => value,
    }
}
