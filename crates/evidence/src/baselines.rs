//! What one would say without a model: naive rules and the published rules of three apps.
//!
//! Every rule is a dose times a curve over the hours, with one scale per measure fitted to the same
//! training rows as the model; the means need no scale. Nothing is known here of muscles' shares.

use eccentric::load::metabolic_cost_j_kg_m;

use crate::plan::Plan;
use crate::predictor::{Predictor, Row};
use crate::quantity::{Quantity, When};

/// A rule to be better than.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Baseline {
    /// Mean of the training rows of this measure and muscle at the nearest hour.
    MeanAtHour,
    /// Metres descended, fading exponentially.
    MetresDescended,
    /// Distance, fading exponentially.
    FlatDistance,
    /// Banister's impulse response on a session load from metabolic power.
    Banister,
    /// App: grade table, six-point curve, protection for fourteen days.
    AppGradeTable,
    /// App: 55 units per 1000 m of descent and 70 kg, familiarity over 28 days.
    AppUnits,
    /// App: novelty against the last 28 days, seven-point curve.
    AppNovelty,
}

impl Baseline {
    /// All rules.
    pub const ALL: [Self; 7] = [
        Self::MeanAtHour,
        Self::MetresDescended,
        Self::FlatDistance,
        Self::Banister,
        Self::AppGradeTable,
        Self::AppUnits,
        Self::AppNovelty,
    ];
    /// The simple ones, against which the targets are set.
    pub const SIMPLE: [Self; 3] = [Self::MeanAtHour, Self::MetresDescended, Self::FlatDistance];

    /// Name in the report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MeanAtHour => "mean_at_hour",
            Self::MetresDescended => "metres_descended",
            Self::FlatDistance => "flat_distance",
            Self::Banister => "banister",
            Self::AppGradeTable => "app_grade_table",
            Self::AppUnits => "app_units_per_descent",
            Self::AppNovelty => "app_novelty",
        }
    }

    /// What the rule says about a row after seeing the training rows; none if it says nothing.
    pub fn predict(self, predictor: &Predictor, train: &[&Row], row: &Row) -> Option<f64> {
        let same: Vec<&Row> =
            train.iter().copied().filter(|r| r.quantity == row.quantity).collect();
        if same.is_empty() {
            return None;
        }
        if self == Self::MeanAtHour || row.quantity == Quantity::SorenessPeakHour {
            return mean_at_hour(&same, row);
        }
        if row.quantity.is_ratio() {
            let (plan, bout) = row.reference?;
            let first = self.dose(&predictor.plans[plan], bout);
            let second = self.dose(&predictor.plans[row.plan], row.bout);
            return (first > 0.0).then(|| second / first);
        }
        let shapes: &[f64] =
            if self.fades() { &[12.0, 24.0, 48.0, 72.0, 96.0, 144.0] } else { &[0.0] };
        let fits = shapes.iter().map(|&tau_h| {
            let x =
                |r: &Row| self.dose(&predictor.plans[r.plan], r.bout) * self.curve(r.when, tau_h);
            let (scale, error) = scale(&same, &x);
            (error, scale * x(row))
        });
        fits.min_by(|a, b| a.0.total_cmp(&b.0)).map(|best| best.1)
    }

    fn fades(self) -> bool {
        matches!(self, Self::MetresDescended | Self::FlatDistance | Self::AppUnits)
    }

    /// The dose of a bout, with what the rule makes of the bouts before.
    fn dose(self, plan: &Plan, bout: usize) -> f64 {
        let b = &plan.bouts[bout];
        let before = || plan.bouts[..bout].iter().map(|e| (b.start_h - e.start_h, e));
        match self {
            Self::MeanAtHour => 1.0,
            Self::MetresDescended => b.descent_m(),
            Self::FlatDistance => b.distance_km(),
            Self::Banister => {
                let seconds = |s: &crate::tables::BoutSegment| 60.0 * s.duration_min;
                let load = |s: &crate::tables::BoutSegment| {
                    let power = metabolic_cost_j_kg_m(s.grade, s.gait) * s.speed_m_s;
                    (power / 14.0).powi(2) * seconds(s) / 36.0
                };
                b.segments.iter().map(load).sum()
            }
            Self::AppGradeTable => {
                let day = |gap_h: f64| 1.0 - (gap_h / 24.0 - 7.0).abs() / 7.0;
                let protection = before().map(|(gap, _)| day(gap).max(0.0)).fold(0.0, f64::max);
                let minutes = b.segments.iter().map(|s| s.duration_min * of_grade(s.grade));
                minutes.sum::<f64>() * (1.0 - 0.5 * protection)
            }
            Self::AppUnits => {
                let units =
                    |e: &crate::plan::Bout| 0.055 * e.descent_m() * plan.runner.mass_kg / 70.0;
                let recent = before().filter(|(gap, _)| *gap <= 672.0);
                let familiar: f64 = recent.map(|(_, e)| units(e)).sum();
                units(b) / (1.0 + familiar / 100.0)
            }
            Self::AppNovelty => {
                let load = |e: &crate::plan::Bout| e.descent_m() + 20.0 * e.distance_km();
                let recent = before().filter(|(gap, _)| *gap <= 672.0);
                let chronic: f64 = recent.map(|(_, e)| load(e)).sum();
                load(b) * load(b) / (load(b) + chronic).max(1.0)
            }
        }
    }

    fn curve(self, when: When, tau_h: f64) -> f64 {
        let at = |hour: f64| match self {
            Self::MeanAtHour => 1.0,
            Self::MetresDescended | Self::FlatDistance | Self::AppUnits => (-hour / tau_h).exp(),
            // Two parts fatigue against one part fitness, with Banister's usual time constants.
            Self::Banister => (2.0 * (-hour / 168.0).exp() - (-hour / 1008.0).exp()).max(0.0),
            Self::AppGradeTable => between(
                &[(12.0, 0.6), (24.0, 0.9), (48.0, 1.0), (72.0, 0.7), (96.0, 0.35), (120.0, 0.1)],
                hour,
            ),
            Self::AppNovelty => between(
                &[
                    (0.0, 0.2),
                    (24.0, 0.8),
                    (48.0, 1.0),
                    (72.0, 0.7),
                    (96.0, 0.4),
                    (120.0, 0.2),
                    (192.0, 0.0),
                ],
                hour,
            ),
        };
        match when {
            When::At(hour) => at(hour),
            When::Peak(low, high) | When::Mean(low, high) => {
                let steps = (0..=12).map(|k| at(low + (high - low) * f64::from(k) / 12.0));
                if matches!(when, When::Peak(..)) {
                    steps.fold(0.0, f64::max)
                } else {
                    steps.sum::<f64>() / 13.0
                }
            }
        }
    }
}

fn of_grade(grade: f64) -> f64 {
    let steep = -grade;
    between(
        &[(-0.5, 0.1), (0.0, 0.2), (0.05, 0.5), (0.10, 1.0), (0.15, 1.5), (0.20, 2.0), (1.0, 2.0)],
        steep,
    )
}

/// A curve through points, zero outside of them.
fn between(points: &[(f64, f64)], x: f64) -> f64 {
    let pair = points.windows(2).find(|w| x >= w[0].0 && x <= w[1].0);
    pair.map_or(0.0, |w| w[0].1 + (w[1].1 - w[0].1) * (x - w[0].0) / (w[1].0 - w[0].0))
}

fn mean_at_hour(same: &[&Row], row: &Row) -> Option<f64> {
    let muscle: Vec<&Row> = same.iter().copied().filter(|r| r.target == row.target).collect();
    let pool = if muscle.is_empty() { same } else { &muscle };
    let gap = |r: &Row| (r.when.middle_h() - row.when.middle_h()).abs();
    let nearest = pool.iter().map(|r| gap(r)).reduce(f64::min)?;
    let near: Vec<f64> =
        pool.iter().filter(|r| gap(r) <= nearest + 1e-9).map(|r| r.observation.mean).collect();
    Some(near.iter().sum::<f64>() / near.len() as f64)
}

/// The scale with the least squares, and the sum of squares that it leaves.
fn scale(rows: &[&Row], x: &dyn Fn(&Row) -> f64) -> (f64, f64) {
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for row in rows {
        let (x, y) = (x(row), row.observation.mean);
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    if xx <= 0.0 {
        return (0.0, yy);
    }
    (xy / xx, yy - xy * xy / xx)
}

/// A row that games the metric: the mean of all rows of this measure, muscle and hour, the row itself
/// among them. It knows nothing of what was run and can't say anything about a new run.
pub(crate) fn exploit(predictor: &Predictor, row: &Row) -> f64 {
    let same: Vec<&Row> = predictor.rows.iter().filter(|r| r.quantity == row.quantity).collect();
    mean_at_hour(&same, row).unwrap_or(0.0)
}
