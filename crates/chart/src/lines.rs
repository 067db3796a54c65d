//! General figures: lines, points, bars, with bands and error bars, on linear or log axes.

use crate::colour::Theme;
use crate::document::Document;
use crate::error::{ChartError, Problem, each, filled, finite, ordered, same_length};
use crate::scale::Domain;

/// Labelled series on two axes.
///
/// If `y` has categories the figure lies down: values run along x, an entry's `y` is the index of
/// its category (first on top), bars are horizontal and error bars belong to x. Otherwise bars
/// stand and error bars belong to y.
///
/// ```
/// use eccentric_chart::{Axis, Lines, Series, SeriesStyle, Theme};
///
/// let bout = |label: &str, scale: f64| Series {
///     label: label.into(),
///     style: SeriesStyle::Line,
///     points: (0..=96).map(|h| (f64::from(h), scale * f64::from(h) * (-f64::from(h) / 36.0).exp())).collect(),
///     ..Series::default()
/// };
/// let lines = Lines {
///     title: "The second bout hurts less".into(),
///     x: Axis::new("Hours after the run"),
///     y: Axis::new("Soreness (0–10)"),
///     series: vec![bout("first bout", 0.3), bout("second bout", 0.12)],
///     ..Lines::default()
/// };
/// assert!(lines.to_svg(Theme::Light)?.contains("second bout"));
/// # Ok::<(), eccentric_chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    /// Heading of the panel.
    pub title: String,
    /// A sentence below the heading.
    pub subtitle: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The series, in drawing order.
    pub series: Vec<Series>,
    /// Draws the diagonal y = x with this label on a square plot with equal axes: those of `x`
    /// if it has a range, else what holds both.
    pub diagonal: Option<String>,
    /// Dashed lines at values that matter, across the value axis.
    pub rules: Vec<Rule>,
}

/// An axis: name with unit, scale, ends.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// Name and unit.
    pub label: String,
    /// Whether it is logarithmic.
    pub log: bool,
    /// Its ends; round numbers around the data if absent.
    pub range: Option<(f64, f64)>,
    /// Names at 0, 1, 2 … instead of numbers.
    pub categories: Vec<String>,
}

/// A labelled series.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Name in the legend; an empty one is left out.
    pub label: String,
    /// How it is drawn.
    pub style: SeriesStyle,
    /// The entries (x, y).
    pub points: Vec<(f64, f64)>,
    /// Lower and upper bound of a band at each entry; empty for none.
    pub band: Vec<(f64, f64)>,
    /// Lower and upper end of an error bar at each entry; empty for none.
    pub errors: Vec<(f64, f64)>,
    /// Index into the palette; the position among the series if absent.
    pub colour: Option<usize>,
}

/// How a [`Series`] is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SeriesStyle {
    /// A line.
    #[default]
    Line,
    /// A dashed line.
    Dashed,
    /// Points.
    Points,
    /// A line with points.
    LinePoints,
    /// Bars from zero, with their value.
    Bars,
}

/// A value worth a line, with its label.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rule {
    /// The value.
    pub value: f64,
    /// What it means.
    pub label: String,
}

impl Axis {
    /// A linear axis with this name.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// A logarithmic axis with this name.
    #[must_use]
    pub fn log(label: impl Into<String>) -> Self {
        Self { label: label.into(), log: true, ..Self::default() }
    }

    /// An axis of named categories.
    #[must_use]
    pub fn of<S: Into<String>>(categories: impl IntoIterator<Item = S>) -> Self {
        Self { categories: categories.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// With these ends.
    #[must_use]
    pub fn with_range(mut self, low: f64, high: f64) -> Self {
        self.range = Some((low, high));
        self
    }

    fn named(&self) -> bool {
        !self.categories.is_empty()
    }
}

impl Lines {
    /// The figure alone as SVG.
    ///
    /// # Errors
    ///
    /// [`ChartError`] if there is no series or an empty one, lists differ in length, a number is
    /// not finite, or an entry on a logarithmic axis is not positive.
    pub fn to_svg(&self, theme: Theme) -> Result<String, ChartError> {
        Document::from(self.clone()).to_svg(theme)
    }

    /// Whether values run along x.
    pub(crate) fn lying(&self) -> bool {
        self.y.named()
    }

    pub(crate) fn has_bars(&self) -> bool {
        self.series.iter().any(|s| s.style == SeriesStyle::Bars)
    }

    /// Domains of x and y.
    pub(crate) fn domains(&self) -> (Domain, Domain) {
        let spread = || {
            let bounds = self.series.iter().flat_map(|s| s.band.iter().chain(&s.errors));
            let zero = if self.has_bars() { Some(0.0) } else { None };
            bounds.flat_map(|b| [b.0, b.1]).chain(self.rules.iter().map(|r| r.value)).chain(zero)
        };
        let xs = || self.series.iter().flat_map(|s| &s.points).map(|p| p.0);
        let ys = || self.series.iter().flat_map(|s| &s.points).map(|p| p.1);
        let lying = self.lying();
        let along = |wanted: bool| spread().filter(move |_| wanted);
        let x: Vec<f64> = xs().chain(along(lying)).collect();
        let y: Vec<f64> = ys().chain(along(!lying)).collect();
        if self.diagonal.is_some() && !self.x.named() && !lying {
            let both = fit_axis(&self.y, x.into_iter().chain(y).collect());
            let both = self.x.range.map_or(both, |r| Domain::new(r.0, r.1, both.log));
            return (both, both);
        }
        (fit_axis(&self.x, x), fit_axis(&self.y, y))
    }

    pub(crate) fn verify(&self) -> Result<(), ChartError> {
        filled("lines series", &self.series)?;
        for (name, axis) in [("x", &self.x), ("y", &self.y)] {
            let ends: Vec<f64> = axis.range.iter().flat_map(|r| [r.0, r.1]).collect();
            check_axis(&format!("lines {name} range"), axis, &ends)?;
        }
        let lying = self.lying();
        let value_axis = if lying { &self.x } else { &self.y };
        let rules: Vec<f64> = self.rules.iter().map(|r| r.value).collect();
        check_axis("lines rules", value_axis, &rules)?;
        for s in &self.series {
            let place = |what: &str| format!("lines \"{}\" {what}", s.label);
            filled(&place("points"), &s.points)?;
            let column = |f: fn(&(f64, f64)) -> f64| s.points.iter().map(f).collect::<Vec<_>>();
            check_axis(&place("x"), &self.x, &column(|p| p.0))?;
            check_axis(&place("y"), &self.y, &column(|p| p.1))?;
            for (what, bounds) in [("band", &s.band), ("errors", &s.errors)] {
                if bounds.is_empty() {
                    continue;
                }
                let place = place(what);
                same_length(&place, s.points.len(), bounds.len())?;
                let flat: Vec<f64> = bounds.iter().map(|b| b.0).collect();
                check_axis(&place, value_axis, &flat)?;
                finite(&place, bounds.iter().map(|b| b.1))?;
                ordered(&place, bounds.iter().copied())?;
            }
        }
        Ok(())
    }
}

fn check_axis(place: &str, axis: &Axis, values: &[f64]) -> Result<(), ChartError> {
    finite(place, values.iter().copied())?;
    if axis.log {
        let rule = |v: f64| v > 0.0;
        each(place, values.iter().copied(), rule, |index| Problem::NotPositive { index })?;
    }
    Ok(())
}

fn fit_axis(axis: &Axis, values: Vec<f64>) -> Domain {
    if axis.named() {
        return Domain::new(-0.5, axis.categories.len() as f64 - 0.5, false);
    }
    match axis.range {
        Some((lo, hi)) => Domain::new(lo, hi, axis.log),
        None => {
            Domain::covering(values.into_iter().filter(|v| !axis.log || *v > 0.0), axis.log).nice(6)
        }
    }
}
