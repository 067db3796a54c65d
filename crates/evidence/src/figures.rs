//! The figures of `docs/validation.md`.

use eccentric::Muscle;
use eccentric_chart::{Axis, Document, Lines, Rule, Series, SeriesStyle, Theme};

use crate::ablations::Ablation;
use crate::error::EvidenceError;
use crate::everyday::repeated_reference;
use crate::interval::Knowledge;
use crate::noise::sampling_sd;
use crate::plan::{Shift, simulate};
use crate::predictor::{Predictor, Row};
use crate::quantity::{Course, Quantity, Target, When};
use crate::score::{ScoredRow, counts};
use crate::validate::Validation;

/// Names and contents of the figures.
///
/// # Errors
/// [`EvidenceError::Figure`] if a figure can't be drawn, [`EvidenceError::Model`] from the model.
pub fn figures(
    main: &Validation,
    ablated: &Validation,
) -> Result<Vec<(&'static str, String)>, EvidenceError> {
    let predicted = Document::new("Predicted against observed, each lab left out")
        .with(scatter(main, "strength_loss_pct", "Loss of strength (%)", (-10.0, 50.0)))
        .with(scatter(main, "soreness_0_10", "Soreness (0–10)", (0.0, 10.0)));
    let mut courses = Document::new("Time courses, each lab predicted without its own data");
    for wanted in COURSES {
        if let Some(panel) = course(main, wanted)? {
            courses = courses.with(panel);
        }
    }
    let mut found = vec![
        ("validation-predicted.svg", predicted.to_svg(Theme::Auto)?),
        ("validation-courses.svg", courses.to_svg(Theme::Auto)?),
        ("validation-second-bout.svg", second_bout(main)?.to_svg(Theme::Auto)?),
    ];
    if !ablated.ablations.is_empty() {
        let document = Document::new("What other forms of the model cost")
            .with(cost(ablated, "Loss of strength", |a| a.errors.strength, ablated.errors.strength))
            .with(cost(ablated, "Soreness", |a| a.errors.soreness, ablated.errors.soreness));
        found.push(("validation-ablations.svg", document.to_svg(Theme::Auto)?));
    }
    Ok(found)
}

fn points(label: &str, points: Vec<(f64, f64)>) -> Series {
    Series { label: label.into(), style: SeriesStyle::Points, points, ..Series::default() }
}

fn scatter(v: &Validation, measure: &str, title: &str, ends: (f64, f64)) -> Lines {
    let of = |inside: bool| -> Vec<(f64, f64)> {
        let rows = v.report.rows.iter().filter(|r| r.measure == measure);
        let rows = rows.filter(|r| counts(&r.measure, r.redundant));
        let is_inside = |r: &&ScoredRow| (r.lower80..=r.upper80).contains(&r.observed) == inside;
        rows.filter(is_inside).map(|r| (r.predicted, r.observed)).collect()
    };
    let score = v.report.measures.get(measure);
    let subtitle = score.map_or_else(String::new, |m| {
        format!("{} rows, root mean square error {:.2}; each lab left out of its fit.", m.n, m.rmse)
    });
    let mut series = vec![points("inside the 80 % interval", of(true))];
    let out = of(false);
    if !out.is_empty() {
        series.push(points("outside", out));
    }
    Lines {
        title: title.into(),
        subtitle,
        x: Axis::new("predicted").with_range(ends.0, ends.1),
        y: Axis::new("observed"),
        series,
        diagonal: Some("perfect prediction".into()),
        ..Lines::default()
    }
}

/// Arm, quantity, muscles and title of a panel.
type Wanted = (&'static str, Quantity, &'static [Muscle], &'static str);

const COURSES: &[Wanted] = &[
    (
        "takayama2017:main",
        Quantity::Soreness,
        &[Muscle::Quadriceps, Muscle::Calves],
        "Soreness after a marathon (Takayama 2017)",
    ),
    (
        "lima2020:main",
        Quantity::StrengthLoss,
        &[Muscle::Quadriceps],
        "Strength after 30 min at -15 % (Lima 2020)",
    ),
    (
        "ahmadi2007:main",
        Quantity::StrengthLoss,
        &[Muscle::Quadriceps],
        "Strength after 40 min of walking at -25 % (Ahmadi 2007)",
    ),
    (
        "giandolini2016:main",
        Quantity::StrengthLoss,
        &[Muscle::Quadriceps, Muscle::Calves],
        "Strength after a 1264 m trail descent (Giandolini 2016)",
    ),
];

fn course(v: &Validation, wanted: &Wanted) -> Result<Option<Lines>, EvidenceError> {
    let &(arm, quantity, muscles, title) = wanted;
    let Some((plan, bout)) = v.predictor.find(&format!("{arm}:1")) else { return Ok(None) };
    let arm = &v.predictor.plans[plan];
    let Some(known) = v.told.without.get(&arm.lab) else { return Ok(None) };
    let p = &known.fitted.parameters;
    let runs = simulate(arm, p, Shift::default())?;
    let course = Course { runs: &runs, p, ck_gain: known.fitted.ck_gain };
    let mut series = Vec::new();
    let mut end_h: f64 = 0.0;
    for (colour, &muscle) in muscles.iter().enumerate() {
        let rows = rows_of(&v.predictor, plan, quantity, muscle);
        let rest = rows.iter().find_map(|r| r.observation.baseline).unwrap_or(0.0);
        let last = rows.iter().filter_map(|r| r.observation.time_h).fold(96.0, f64::max);
        end_h = end_h.max(last);
        let target = Target::One(muscle);
        let at = |h: f64| match quantity {
            Quantity::Soreness => course.soreness(bout, target, When::At(h), rest),
            _ => course.strength(bout, target, When::At(h)),
        };
        let name = muscle.name().replace('_', " ");
        let hours = (0..=last as usize).step_by(2).map(|h| h as f64);
        let line = hours.filter_map(|h| at(h).map(|y| (h, y))).collect();
        series.push(Series {
            label: format!("{name}, predicted"),
            points: line,
            colour: Some(colour),
            ..Series::default()
        });
        let measured =
            rows.iter().filter_map(|r| Some((r.observation.time_h?, r.observation.mean)));
        let error = |r: &&Row| {
            let half = 1.28 * sampling_sd(r);
            (r.observation.mean - half, r.observation.mean + half)
        };
        series.push(Series {
            errors: rows.iter().map(error).collect(),
            colour: Some(colour),
            ..points(&format!("{name}, measured"), measured.collect())
        });
    }
    let soreness = quantity == Quantity::Soreness;
    Ok(Some(Lines {
        title: title.into(),
        subtitle: "Constants fitted without this lab; bars are 80 % of the sampling error.".into(),
        x: Axis::new("hours after the run").with_range(0.0, end_h),
        y: if soreness {
            Axis::new("soreness (0–10)").with_range(0.0, 8.0)
        } else {
            Axis::new("loss of strength (%)").with_range(0.0, 32.0)
        },
        series,
        ..Lines::default()
    }))
}

fn rows_of(predictor: &Predictor, plan: usize, quantity: Quantity, muscle: Muscle) -> Vec<&Row> {
    let mine = |r: &&Row| {
        r.plan == plan
            && r.quantity == quantity
            && r.target == Target::One(muscle)
            && r.observation.time_h.is_some()
    };
    predictor.rows.iter().filter(mine).collect()
}

/// The second reference bout against the first, over the weeks between.
fn second_bout(v: &Validation) -> Result<Lines, EvidenceError> {
    let known = Knowledge::from(&v.whole);
    let p = &known.fitted.parameters;
    let mut curves = [const { Vec::new() }; 3];
    for half_week in 2..=28 {
        let weeks = 0.5 * f64::from(half_week);
        let runs = simulate(&repeated_reference(weeks), p, Shift::default())?;
        let course = Course { runs: &runs, p, ck_gain: 1.0 };
        let quadriceps = Target::One(Muscle::Quadriceps);
        let sore = |bout| course.soreness(bout, quadriceps, When::Peak(0.0, 120.0), 0.0);
        let loss = |bout| course.strength(bout, quadriceps, When::At(24.0));
        let rise = |bout| course.ck_rise(bout, When::Peak(0.0, 120.0));
        let ratio = |a: Option<f64>, b: Option<f64>| Some(b? / a?.max(1e-9));
        let ratios = [ratio(sore(0), sore(1)), ratio(loss(0), loss(1)), ratio(rise(0), rise(1))];
        for (curve, ratio) in curves.iter_mut().zip(ratios) {
            curve.extend(ratio.map(|r| (weeks, r)));
        }
    }
    let names = ["soreness at its peak", "loss of strength at 24 h", "rise of creatine kinase"];
    let mut series: Vec<Series> = names
        .iter()
        .zip(curves)
        .enumerate()
        .map(|(colour, (name, points))| Series {
            label: format!("{name}, model"),
            points,
            colour: Some(colour),
            ..Series::default()
        })
        .collect();
    for (colour, response) in [Quantity::SorenessRatio, Quantity::StrengthRatio, Quantity::CkRatio]
        .into_iter()
        .enumerate()
    {
        let measured: Vec<(f64, f64)> = v
            .predictor
            .rows
            .iter()
            .filter(|r| r.quantity == response)
            .filter_map(|r| Some((gap_weeks(&v.predictor, r)?, r.observation.mean)))
            .collect();
        if !measured.is_empty() {
            let label = format!("{}, measured (any dose)", names[colour]);
            series.push(Series { colour: Some(colour), ..points(&label, measured) });
        }
    }
    Ok(Lines {
        title: "The second bout against the first".into(),
        subtitle: "The reference bout twice, unaccustomed runner; points are printed ratios of other doses.".into(),
        x: Axis::new("weeks between the bouts").with_range(0.0, 14.0),
        y: Axis::new("second bout / first bout").with_range(0.0, 1.1),
        series,
        rules: vec![Rule { value: 1.0, label: "no protection".into() }],
        ..Lines::default()
    })
}

/// Weeks between a bout and the one it refers to, in the same arm.
fn gap_weeks(predictor: &Predictor, row: &Row) -> Option<f64> {
    let (plan, bout) = row.reference?;
    let arm = &predictor.plans[row.plan];
    (plan == row.plan && row.bout > bout)
        .then(|| (arm.bouts[row.bout].start_h - arm.bouts[bout].start_h) / 168.0)
}

fn cost(v: &Validation, title: &str, of: impl Fn(&Ablation) -> f64, full: f64) -> Lines {
    let bars = v.ablations.iter().enumerate();
    let bars: Vec<(f64, f64)> = bars.map(|(k, a)| (of(a) - full, k as f64)).collect();
    let low = bars.iter().map(|b| b.0).fold(0.0, f64::min);
    let high = bars.iter().map(|b| b.0).fold(0.0, f64::max);
    // Room for the values beside the bars.
    let room = 0.15 * (high - low).max(0.01);
    Lines {
        title: title.into(),
        subtitle: format!(
            "Change of the error out of sample; the form that was kept has {full:.2}."
        ),
        x: Axis::new("change of the root mean square error (right: worse)")
            .with_range(low - room, high + room),
        y: Axis::of(v.ablations.iter().map(|a| a.name.clone())),
        series: vec![Series { style: SeriesStyle::Bars, points: bars, ..Series::default() }],
        ..Lines::default()
    }
}
