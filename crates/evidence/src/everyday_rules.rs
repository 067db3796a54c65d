//! The everyday scenarios by the simple rules and the published rules of apps: those scenarios that a rule with
//! one number a run can answer.

use crate::baselines::Baseline;
use crate::everyday::{Asked, Everyday, Question};
use crate::predictor::{Predictor, Row};
use crate::quantity::{Quantity, Target, When};
use crate::tables::{Observation, TimeKind};

/// How a rule does on the scenarios that it can answer, beside the model on the same ones.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct RuleScore {
    /// Name of the rule.
    pub rule: &'static str,
    /// Scenarios that it answers.
    pub answered: usize,
    /// Of those, inside the range by the rule and by the model.
    pub inside: [usize; 2],
    /// Of those, further out than one tolerance by the rule and by the model.
    pub far: [usize; 2],
}

/// Scores of all rules, each with its scale fitted to the rows of the tables. A rule with one number a run can
/// say how sore or weak the legs are, not which muscle group is; so it is asked about the quadriceps and about
/// the group that is worst off, about soreness and strength at an hour and soreness at its peak, but not about
/// the hour of the peak.
pub fn rule_scores(predictor: &Predictor, everyday: &Everyday, values: &[f64]) -> Vec<RuleScore> {
    let mut all = predictor.clone();
    let first = all.plans.len();
    all.plans.extend(everyday.plans().iter().cloned());
    let train: Vec<&Row> = predictor.rows.iter().filter(|row| !row.observation.redundant).collect();
    let model = everyday.misses(values);
    let rules = Baseline::ALL.into_iter().filter(|rule| *rule != Baseline::MeanAtHour);
    rules.map(|rule| score(rule, &all, &train, everyday, (first, &model))).collect()
}

fn score(
    rule: Baseline,
    all: &Predictor,
    train: &[&Row],
    everyday: &Everyday,
    (first, model): (usize, &[f64]),
) -> RuleScore {
    let mut found = RuleScore { rule: rule.name(), answered: 0, inside: [0; 2], far: [0; 2] };
    let answer = |question: &Question| {
        let row = row(question, first, all)?;
        rule.predict(all, train, &row)
    };
    for (k, (scenario, (over, under))) in everyday.with_questions().enumerate() {
        let value = match under {
            None => answer(over),
            Some(under) => answer(over).zip(answer(under)).map(|(a, b)| a / b.max(1.0e-6)),
        };
        let Some(value) = value.filter(|_| !scenario.base) else { continue };
        found.answered += 1;
        for (side, miss) in [scenario.miss(value, 0.0), model[k]].into_iter().enumerate() {
            found.inside[side] += usize::from(miss.abs() < 0.005);
            found.far[side] += usize::from(miss.abs() > 1.0);
        }
    }
    found
}

/// A question as a row of the tables; none if a rule with one number can't answer it.
fn row(question: &Question, first: usize, all: &Predictor) -> Option<Row> {
    let (quantity, when) = match question.asked {
        Asked::PeakSoreness => (Quantity::Soreness, When::Peak(0.0, 120.0)),
        Asked::SorenessAt => (Quantity::Soreness, When::At(question.hour)),
        Asked::StrengthLossPctAt => (Quantity::StrengthLoss, When::At(question.hour)),
        Asked::PeakH => return None,
    };
    if !question.of_the_legs() {
        return None;
    }
    let plan = first + question.plan;
    let bout = all.plans[plan].bouts.len().checked_sub(1)?;
    Some(Row {
        observation: Observation {
            line: 0,
            study: String::new(),
            arm: String::new(),
            bout: 0,
            measure: String::new(),
            muscle: String::new(),
            time_h: None,
            time_kind: TimeKind::At,
            window_h: (None, None),
            mean: 0.0,
            baseline: None,
            sd: None,
            n: None,
            upper_bound: false,
            reference: String::new(),
            redundant: false,
            tier: 'C',
        },
        lab: String::new(),
        n: None,
        dose_quality: String::new(),
        plan,
        bout,
        quantity,
        target: Target::Legs,
        when,
        reference: None,
    })
}
