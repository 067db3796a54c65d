//! Which past runs contribute what share.

use crate::colour::{Paint, Theme, part};
use crate::document::{Document, Draw};
use crate::error::{ChartError, Problem, each, filled, finite, same_length};
use crate::layout::{Key, Row, SMALL, header, legend};
use crate::svg::{Anchor, Area, Canvas, Hover, Style, Type};
use crate::text::{fit, number, width};

/// Shares of past runs in an outcome, as horizontal bars.
///
/// One row gives a plain bar for each run; several rows (muscle groups) give stacked bars, one
/// for each row. Beyond eight runs the smallest are joined as "other".
///
/// ```
/// use eccentric_chart::{DriverRow, Drivers, Theme};
///
/// let drivers = Drivers {
///     title: "What makes Thursday sore".into(),
///     runs: vec!["Sun 23, 21 km".into(), "Tue 25, 8 km".into()],
///     rows: vec![DriverRow { label: "Quadriceps".into(), shares: vec![0.8, 0.2] }],
///     ..Drivers::default()
/// };
/// assert!(drivers.to_svg(Theme::Light)?.contains("80\u{A0}%"));
/// # Ok::<(), eccentric_chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drivers {
    /// Heading of the panel.
    pub title: String,
    /// A sentence below the heading.
    pub subtitle: String,
    /// The runs, oldest first.
    pub runs: Vec<String>,
    /// What the runs contribute to.
    pub rows: Vec<DriverRow>,
}

/// The shares of one outcome.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DriverRow {
    /// Name of the outcome, such as the muscle group.
    pub label: String,
    /// A share for each run: 0.25 is 25 %. Bars of 100 % are full; larger sums are scaled down.
    pub shares: Vec<f64>,
}

const MOST: usize = 8;

impl Drivers {
    /// The figure alone as SVG.
    ///
    /// # Errors
    ///
    /// [`ChartError`] if there is no run or row, lists differ in length, or a share is negative or
    /// not finite.
    pub fn to_svg(&self, theme: Theme) -> Result<String, ChartError> {
        Document::from(self.clone()).to_svg(theme)
    }

    /// At most [`MOST`] runs: the largest keep their order, the rest are summed.
    fn condensed(&self) -> Self {
        if self.runs.len() <= MOST {
            return self.clone();
        }
        let weight = |i: usize| self.rows.iter().map(|r| r.shares[i].min(1e9)).sum::<f64>();
        let mut order: Vec<usize> = (0..self.runs.len()).collect();
        order.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)));
        let (mut kept, rest) = (order[..MOST - 1].to_vec(), &order[MOST - 1..]);
        kept.sort_unstable();
        let mut runs = vec![format!("{} other runs", rest.len())];
        runs.extend(kept.iter().map(|i| self.runs[*i].clone()));
        let join = |r: &DriverRow| {
            let mut shares = vec![rest.iter().map(|i| r.shares[*i]).sum::<f64>().min(f64::MAX)];
            shares.extend(kept.iter().map(|i| r.shares[*i]));
            DriverRow { label: r.label.clone(), shares }
        };
        Self { runs, rows: self.rows.iter().map(join).collect(), ..self.clone() }
    }

    fn plain(&self, c: &mut Canvas, (x, y): (f64, f64), w: f64) -> f64 {
        const ROW: f64 = 28.0;
        let shares = &self.rows[0].shares;
        let names = self.runs.iter().map(|r| width(r, 12.0)).fold(0.0, f64::max).min(w * 0.4);
        let (left, room) = (x + names + 12.0, w - names - 12.0 - 52.0);
        let top = shares.iter().copied().fold(1e-12, f64::max).max(1e-12);
        let mut points = Vec::new();
        for (i, (run, share)) in self.runs.iter().zip(shares).enumerate() {
            let middle = y + ROW * (i as f64 + 0.5);
            let kind = Type::new(12.0, Paint::Ink).anchor(Anchor::End);
            c.text(left - 10.0, middle + 4.0, &fit(run, 12.0, names), kind);
            let bar = Area { x: left, y: middle - 9.0, w: room * (share / top), h: 18.0 };
            c.rect(bar, 2.0, Style::fill(Paint::Part(part(i, self.runs.len()).max(2))));
            c.text(
                bar.right() + 7.0,
                middle + 4.0,
                &percent(*share),
                Type::new(12.0, Paint::Ink).bold(),
            );
            let text = format!("{run}: {}", percent(*share));
            points.push(Hover { x: bar.right(), y: middle, text });
        }
        let bottom = y + ROW * self.runs.len() as f64;
        c.line((left, y), (left, bottom), Style::stroke(Paint::Axis, 1.0));
        c.hover(Area { x: left, y, w: room, h: bottom - y }, &points, true);
        bottom + 8.0
    }

    fn stacked(&self, c: &mut Canvas, (x, y): (f64, f64), w: f64) -> f64 {
        const ROW: f64 = 32.0;
        let n = self.runs.len();
        let keys: Vec<(Key, String)> = (self.runs.iter().enumerate())
            .map(|(i, r)| (Key::Block(Paint::Part(part(i, n))), r.clone()))
            .collect();
        let top = legend(c, (x, y), w, &keys) + 6.0;
        let names = self.rows.iter().map(|r| width(&r.label, 12.0)).fold(0.0, f64::max);
        let names = names.min(w * 0.35);
        let (left, room) = (x + names + 12.0, w - names - 14.0);
        let mut points = Vec::new();
        for (k, row) in self.rows.iter().enumerate() {
            let middle = top + ROW * (k as f64 + 0.5);
            let kind = Type::new(12.0, Paint::Ink).anchor(Anchor::End);
            c.text(left - 10.0, middle + 4.0, &fit(&row.label, 12.0, names), kind);
            let bar = Area { x: left, y: middle - 11.0, w: room, h: 22.0 };
            c.rect(bar, 2.0, Style::fill(Paint::Shade));
            points.extend(self.segments(c, bar, row));
        }
        let bottom = top + ROW * self.rows.len() as f64;
        c.hover(Area { x: left, y: top, w: room, h: bottom - top }, &points, true);
        bottom + 8.0
    }

    fn segments(&self, c: &mut Canvas, bar: Area, row: &DriverRow) -> Vec<Hover> {
        let sum = row.shares.iter().map(|s| s.min(1e300)).sum::<f64>().max(1.0);
        let mut x = bar.x;
        let mut points = Vec::new();
        for (i, (run, share)) in self.runs.iter().zip(&row.shares).enumerate() {
            let w = bar.w * (share.min(1e300) / sum);
            let shade = part(i, self.runs.len());
            if w > 0.2 {
                let cell = Area { x, w: (w - 1.0).max(0.3), ..bar };
                c.rect(cell, 0.0, Style::fill(Paint::Part(shade)));
            }
            let label = percent(*share);
            let middle = x + w / 2.0;
            if width(&label, SMALL) + 6.0 <= w {
                let kind = Type::new(SMALL, Paint::OnPart(shade)).anchor(Anchor::Middle);
                c.text(middle, bar.y + 15.0, &label, kind);
            }
            let text = format!("{} · {run}: {label}", row.label);
            points.push(Hover { x: middle, y: bar.y + bar.h / 2.0, text });
            x += w;
        }
        points
    }
}

fn percent(share: f64) -> String {
    let v = share.min(1e300) * 100.0;
    let decimals = usize::from(v > 0.0 && v < 0.95);
    format!("{}\u{A0}%", number(v, decimals))
}

impl Draw for Drivers {
    fn check(&self) -> Result<(), ChartError> {
        filled("drivers runs", &self.runs)?;
        filled("drivers rows", &self.rows)?;
        for row in &self.rows {
            let place = format!("drivers \"{}\" shares", row.label);
            same_length(&place, self.runs.len(), row.shares.len())?;
            finite(&place, row.shares.iter().copied())?;
            let shares = row.shares.iter().copied();
            each(&place, shares, |s| s >= 0.0, |index| Problem::Negative { index })?;
        }
        Ok(())
    }

    fn draw(&self, c: &mut Canvas, x: f64, y: f64, w: f64) -> f64 {
        let top = header(c, (x, y), w, &self.title, &self.subtitle);
        let short = self.condensed();
        let bottom = if short.rows.len() == 1 {
            short.plain(c, (x, top), w)
        } else {
            short.stacked(c, (x, top), w)
        };
        bottom - y
    }

    fn rows(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for row in &self.rows {
            for (run, share) in self.runs.iter().zip(&row.shares).take(100) {
                out.push(Row::new(&row.label, run, percent(*share), String::new()));
            }
        }
        out
    }

    fn heading(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let short = self.condensed();
        let one = |row: &DriverRow| {
            let parts: Vec<String> = (short.runs.iter().zip(&row.shares))
                .map(|(run, s)| format!("{run} {}", percent(*s)))
                .collect();
            format!("{}: {}", row.label, parts.join(", "))
        };
        let all: Vec<String> = short.rows.iter().map(one).collect();
        format!("Shares of past runs. {}.", all.join("; "))
    }
}
