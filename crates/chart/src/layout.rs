//! What all panels share: header, legend, axes.

use crate::colour::Paint;
use crate::scale::{Scale, Tick};
use crate::svg::{Anchor, Area, Canvas, Style, Type};
use crate::text::{fit, width, wrap};

pub(crate) const SMALL: f64 = 11.0;
const TITLE: f64 = 16.0;
const SUBTITLE: f64 = 12.5;

/// A line of the table that accompanies the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub item: String,
    pub at: String,
    pub value: String,
    pub interval: String,
}

impl Row {
    pub fn new(item: &str, at: &str, value: String, interval: String) -> Self {
        Self { item: item.to_owned(), at: at.to_owned(), value, interval }
    }
}

/// Title and subtitle; returns the y below them.
pub(crate) fn header(c: &mut Canvas, (x, y): (f64, f64), w: f64, title: &str, sub: &str) -> f64 {
    let mut y = y;
    for line in wrap(title, TITLE * 1.04, w, 2) {
        y += TITLE * 1.25;
        c.text(x, y - 4.0, &line, Type::new(TITLE, Paint::Ink).bold());
    }
    for line in wrap(sub, SUBTITLE * 1.05, w, 4) {
        y += SUBTITLE * 1.4;
        c.text(x, y - 2.0, &line, Type::new(SUBTITLE, Paint::Muted));
    }
    y + 8.0
}

/// Small print; returns the y below it.
pub(crate) fn small_print(c: &mut Canvas, (x, y): (f64, f64), w: f64, text: &str) -> f64 {
    let mut y = y;
    for line in wrap(text, SMALL * 1.05, w, 8) {
        y += SMALL * 1.4;
        c.text(x, y, &line, Type::new(SMALL, Paint::Muted));
    }
    y
}

/// The sample shown beside a legend's label.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Key {
    Line(Paint, &'static str),
    /// A band under this many other bands.
    Band(Paint, usize),
    Block(Paint),
    Dot(Paint),
    Mark(Paint),
}

/// Opacity of one band layer; nested layers add up towards the middle.
pub(crate) const LAYER: f64 = 0.2;

/// A legend in rows, in reading order; returns the y below it.
pub(crate) fn legend(c: &mut Canvas, (x, y): (f64, f64), w: f64, items: &[(Key, String)]) -> f64 {
    const ROW: f64 = 18.0;
    if items.is_empty() {
        return y;
    }
    let (mut at, mut base) = (x, y + 12.0);
    for (key, label) in items {
        let label = fit(label, SMALL, w - 24.0);
        let needed = 24.0 + width(&label, SMALL);
        if at > x && at + needed > x + w {
            at = x;
            base += ROW;
        }
        sample(c, *key, at, base - 4.0);
        c.text(at + 24.0, base, &label, Type::new(SMALL, Paint::Muted));
        at += needed + 16.0;
    }
    base + 10.0
}

fn sample(c: &mut Canvas, key: Key, x: f64, y: f64) {
    let swatch = Area { x, y: y - 5.0, w: 18.0, h: 10.0 };
    match key {
        Key::Line(p, dash) => {
            c.line((x, y), (x + 18.0, y), Style::stroke(p, 2.0).dash(dash));
        }
        Key::Band(p, layers) => {
            for _ in 0..=layers {
                c.rect(swatch, 1.0, Style::fill(p).opacity(LAYER));
            }
        }
        Key::Block(p) => c.rect(Area { x: x + 4.0, w: 12.0, ..swatch }, 2.0, Style::fill(p)),
        Key::Dot(p) => c.circle(x + 10.0, y, 4.0, Style::fill(p)),
        Key::Mark(p) => triangle(c, x + 10.0, y + 4.5, p),
    }
}

/// A small triangle that points up to the given tip's foot: the mark of a run.
pub(crate) fn triangle(c: &mut Canvas, x: f64, foot: f64, paint: Paint) {
    use crate::text::px;
    let d = format!("M{} {}l4.5 8h-9z", px(x), px(foot - 8.0));
    c.path(&d, Style::fill(paint));
}

/// Grid lines, tick labels and the name of a vertical axis, left of the area.
pub(crate) fn y_axis(c: &mut Canvas, a: Area, scale: Scale, ticks: &[Tick], name: &str) {
    let widest = ticks.iter().map(|t| width(&t.label, SMALL)).fold(0.0, f64::max);
    for tick in ticks {
        let y = scale.at(tick.value);
        c.line((a.x, y), (a.right(), y), Style::stroke(Paint::Grid, 1.0));
        let kind = Type::new(SMALL, Paint::Muted).anchor(Anchor::End);
        c.text(a.x - 7.0, y + 4.0, &tick.label, kind);
    }
    if !name.is_empty() {
        let kind = Type::new(SMALL, Paint::Muted).anchor(Anchor::Middle).upward();
        let name = fit(name, SMALL, a.h + 40.0);
        c.text(a.x - widest - 16.0, a.y + a.h / 2.0, &name, kind);
    }
}

/// Axis line, ticks, labels and the name of a horizontal axis below the area.
pub(crate) fn x_axis(
    c: &mut Canvas,
    a: Area,
    scale: Scale,
    ticks: &[Tick],
    name: &str,
    grid: bool,
) {
    let y = a.bottom();
    for tick in ticks {
        let x = scale.at(tick.value);
        if grid {
            c.line((x, a.y), (x, y), Style::stroke(Paint::Grid, 1.0));
        }
        c.line((x, y), (x, y + 4.0), Style::stroke(Paint::Axis, 1.0));
        let kind = Type::new(SMALL, Paint::Muted).anchor(Anchor::Middle);
        c.text(x, y + 17.0, &tick.label, kind);
    }
    c.line((a.x, y), (a.right(), y), Style::stroke(Paint::Axis, 1.0));
    if !name.is_empty() {
        // A name wider than the plot ends with it and may begin further left.
        let wide = width(name, SMALL) > a.w + 16.0;
        let (at, anchor) =
            if wide { (a.right() + 8.0, Anchor::End) } else { (a.x + a.w / 2.0, Anchor::Middle) };
        let kind = Type::new(SMALL, Paint::Muted).anchor(anchor);
        c.text(at, y + 34.0, &fit(name, SMALL, a.right() + 4.0), kind);
    }
}

/// Space a vertical axis needs left of the area.
pub(crate) fn gutter(ticks: &[Tick], named: bool) -> f64 {
    let widest = ticks.iter().map(|t| width(&t.label, SMALL)).fold(0.0, f64::max);
    widest + if named { 27.0 } else { 10.0 }
}
