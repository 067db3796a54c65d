//! Printed comparisons: `a > b` or `a ~ b`.

use crate::predictor::{Predictor, Simulated};
use crate::quantity::{Quantity, Target, When};
use crate::tables::Comparison;

/// Hours over which a loss of strength is compared if none are printed.
const USUAL_STRENGTH_H: (f64, f64) = (0.0, 96.0);
/// Hours over which soreness is compared if none are printed: its peak.
const USUAL_SORENESS_H: (f64, f64) = (0.0, 120.0);

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Side {
    /// `study:arm:bout`, perhaps with a muscle group and hours of its own.
    Key {
        /// `study:arm:bout`.
        key: String,
        /// Muscle group after the slash.
        muscle: Option<String>,
        /// Hours after the at sign.
        hour: Option<f64>,
    },
    /// The level before exercise.
    Rest,
    /// A scenario in words.
    Words,
}

impl Side {
    /// Reads `study:arm:bout[/muscle][@hours]`, `rest ...` or words.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if text.to_lowercase().starts_with("rest") {
            return Self::Rest;
        }
        let (text, hour) = match text.rsplit_once('@') {
            Some((left, right)) => match right.trim().parse::<f64>() {
                Ok(hour) if hour.is_finite() => (left, Some(hour)),
                _ => return Self::Words,
            },
            None => (text, None),
        };
        let (key, muscle) = match text.split_once('/') {
            Some((key, muscle)) => (key, Some(muscle.trim().to_owned())),
            None => (text, None),
        };
        let parts: Vec<&str> = key.split(':').collect();
        let plain = |s: &&str| !s.is_empty() && !s.contains(char::is_whitespace);
        let bout = parts.get(2).is_some_and(|b| b.parse::<u32>().is_ok());
        if parts.len() == 3 && bout && parts.iter().all(plain) {
            Self::Key { key: key.to_owned(), muscle, hour }
        } else {
            Self::Words
        }
    }
}

/// How a comparison came out.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The model says the same.
    Agrees,
    /// It does not; the two values and the tolerance.
    Fails(f64, f64, f64),
    /// It can't be compared.
    Skipped(&'static str),
}

/// Hours of the column: nothing, one hour or a window.
fn hours(text: &str) -> Option<(f64, f64)> {
    let text = text.trim();
    if let Ok(hour) = text.parse::<f64>() {
        return Some((hour, hour));
    }
    let (low, high) = text.split_once('-')?;
    Some((low.trim().parse().ok()?, high.trim().parse().ok()?))
}

/// When a comparison is made: at its hour, the peak of soreness, the mean loss of strength.
fn when(quantity: Quantity, own: Option<f64>, column: &str) -> When {
    if let Some(hour) = own {
        return When::At(hour);
    }
    match (quantity, hours(column)) {
        (_, Some((low, high))) if low == high => When::At(low),
        (Quantity::StrengthLoss, window) => {
            let (low, high) = window.unwrap_or(USUAL_STRENGTH_H);
            When::Mean(low, high)
        }
        (_, window) => {
            let (low, high) = window.unwrap_or(USUAL_SORENESS_H);
            When::Peak(low, high)
        }
    }
}

/// Compares one ordering.
///
/// `>` agrees if the left value is the larger one, and against rest if it is more than a tenth of
/// the tolerance. `~` agrees if the values differ by no more than the tolerance: 1.96 standard
/// errors of the difference, that is, what a study of this size would not have called significant.
/// Spread and size are those printed for the two bouts, else the usual ones.
pub fn compare(row: &Comparison, predictor: &Predictor, simulated: &Simulated) -> Verdict {
    let Some(quantity) = Quantity::of(&row.measure) else {
        return Verdict::Skipped("the model has no such measure");
    };
    let (a, b) = (Side::parse(&row.a), Side::parse(&row.b));
    if a == Side::Words || b == Side::Words {
        return Verdict::Skipped("a scenario in words");
    }
    let rest = a == Side::Rest || b == Side::Rest;
    let mut variance = 0.0;
    let mut value = |side: &Side| -> Option<f64> {
        let Side::Key { key, muscle, hour } = side else { return Some(0.0) };
        let (plan, bout) = predictor.find(key)?;
        variance += predictor.error_of(quantity, plan, bout).powi(2);
        let target = Target::of(muscle.as_deref().unwrap_or(&row.muscle));
        let course = simulated.course(plan);
        let when = when(quantity, *hour, &row.time_h);
        match quantity {
            Quantity::StrengthLoss => course.strength(bout, target, when),
            Quantity::Soreness => course.soreness(bout, target, when, 0.0),
            Quantity::SorenessPeakHour => course.soreness_peak_h(bout, target),
            _ => course.ck_rise(bout, when).map(f64::ln_1p),
        }
    };
    let (Some(left), Some(right)) = (value(&a), value(&b)) else {
        return Verdict::Skipped("a bout that is not in bouts.csv");
    };
    let tolerance = 1.96 * variance.sqrt();
    let agrees = match row.relation {
        '>' if rest => left - right > 0.1 * tolerance,
        '>' => left > right + 1.0e-6,
        _ => (left - right).abs() <= tolerance,
    };
    if agrees { Verdict::Agrees } else { Verdict::Fails(left, right, tolerance) }
}
