//! Drawing of general figures.

use std::fmt::Write as _;

use crate::colour::{Paint, series};
use crate::document::Draw;
use crate::error::ChartError;
use crate::layout::{Key, Row, SMALL, gutter, header, legend, x_axis, y_axis};
use crate::lines::{Axis, Lines, Series, SeriesStyle};
use crate::scale::{Domain, Scale, Tick};
use crate::svg::{Anchor, Area, Canvas, Hover, Style, Type, polyline, ribbon};
use crate::text::{decimals_for, fit, number, px, width};
use crate::thin::{every, outline};

const DASH: &str = "5 4";

/// The plot with its scales.
#[derive(Clone, Copy)]
struct Plot {
    a: Area,
    x: Scale,
    y: Scale,
    clip: usize,
    lying: bool,
}

impl Plot {
    fn at(&self, p: (f64, f64)) -> (f64, f64) {
        (self.x.at(p.0), self.y.at(p.1))
    }

    /// Pixel at a value of the value axis and a pixel across it.
    fn cross(&self, value: f64, across: f64) -> (f64, f64) {
        if self.lying { (self.x.at(value), across) } else { (across, self.y.at(value)) }
    }

    fn across(&self, p: (f64, f64)) -> f64 {
        if self.lying { self.y.at(p.1) } else { self.x.at(p.0) }
    }

    fn value(&self, p: (f64, f64)) -> f64 {
        if self.lying { p.0 } else { p.1 }
    }
}

fn axis_ticks(axis: &Axis, domain: Domain, want: usize) -> Vec<Tick> {
    if axis.categories.is_empty() {
        return domain.ticks(want);
    }
    let one = |(i, label): (usize, &String)| Tick { value: i as f64, label: label.clone() };
    axis.categories.iter().enumerate().map(one).collect()
}

impl Lines {
    fn paint(&self, i: usize) -> Paint {
        series(self.series[i].colour.unwrap_or(i))
    }

    fn keys(&self) -> Vec<(Key, String)> {
        let mut out = Vec::new();
        let shown = self.series.iter().filter(|s| !s.label.is_empty()).count();
        for (i, s) in self.series.iter().enumerate() {
            if s.label.is_empty() || (shown == 1 && self.has_bars()) {
                continue;
            }
            let paint = self.paint(i);
            let key = match s.style {
                SeriesStyle::Line | SeriesStyle::LinePoints => Key::Line(paint, ""),
                SeriesStyle::Dashed => Key::Line(paint, DASH),
                SeriesStyle::Points => Key::Dot(paint),
                SeriesStyle::Bars => Key::Block(paint),
            };
            out.push((key, s.label.clone()));
        }
        let rules = self.rules.iter().map(|r| &r.label).chain(self.diagonal.as_ref());
        let named = rules.filter(|l| !l.is_empty());
        out.extend(named.map(|l| (Key::Line(Paint::Muted, "4 3"), l.clone())));
        out
    }

    fn plot(&self, c: &mut Canvas, (x, y): (f64, f64), w: f64) -> Plot {
        let (dx, dy) = self.domains();
        let lying = self.lying();
        let square = self.diagonal.is_some();
        let mut y_ticks = axis_ticks(&self.y, dy, 5);
        for t in &mut y_ticks {
            t.label = fit(&t.label, SMALL, w * 0.42);
        }
        let left = gutter(&y_ticks, !self.y.label.is_empty());
        // Beyond the longest lying bar stands its value.
        let beyond = if lying && self.has_bars() { VALUE } else { 0.0 };
        let room = w - left - 14.0 - beyond;
        let h = if lying {
            let bars = self.series.iter().filter(|s| s.style == SeriesStyle::Bars).count();
            self.y.categories.len() as f64 * (18.0 + 12.0 * bars.max(1) as f64).min(60.0)
        } else if square {
            room.min(380.0)
        } else {
            (w * 0.42).clamp(190.0, 300.0)
        };
        let pw = if square && !lying { h } else { room };
        let a = Area { x: x + left, y: y + 6.0, w: pw, h: h.min(4000.0) };
        let xs = Scale::new(dx, a.x, a.right());
        let ys =
            if lying { Scale::new(dy, a.y, a.bottom()) } else { Scale::new(dy, a.bottom(), a.y) };
        if lying {
            Self::names(c, a, ys, &y_ticks);
        } else {
            y_axis(c, a, ys, &y_ticks, &self.y.label);
        }
        let mut x_ticks = axis_ticks(&self.x, dx, (a.w / 52.0).clamp(3.0, 10.0) as usize);
        let slot = a.w / x_ticks.len().max(1) as f64;
        for t in &mut x_ticks {
            t.label = fit(&t.label, SMALL, (slot - 6.0).max(14.0));
        }
        x_axis(c, a, xs, &x_ticks, &self.x.label, lying || square);
        let clip = c.clip(Area { x: a.x - 6.0, y: a.y - 6.0, w: a.w + 12.0, h: a.h + 6.5 });
        Plot { a, x: xs, y: ys, clip, lying }
    }

    /// Category names left of a lying plot, without grid lines.
    fn names(c: &mut Canvas, a: Area, y: Scale, ticks: &[Tick]) {
        for t in ticks {
            let kind = Type::new(SMALL, Paint::Ink).anchor(Anchor::End);
            c.text(a.x - 9.0, y.at(t.value) + 4.0, &t.label, kind);
        }
    }

    fn guides(&self, c: &mut Canvas, p: &Plot) {
        let style = Style::stroke(Paint::Muted, 1.2).dash("4 3").clip(p.clip);
        for rule in &self.rules {
            let (from, to) = if p.lying {
                (p.cross(rule.value, p.a.y), p.cross(rule.value, p.a.bottom()))
            } else {
                (p.cross(rule.value, p.a.x), p.cross(rule.value, p.a.right()))
            };
            c.line(from, to, style);
        }
        if self.diagonal.is_some() {
            let d = p.x.domain;
            c.line(p.at((d.lo, d.lo)), p.at((d.hi, d.hi)), style);
        }
        let zero = if p.lying { p.x } else { p.y };
        if self.has_bars() && !zero.domain.log && (zero.domain.lo..0.0).contains(&zero.domain.lo) {
            let (a, b) = if p.lying { (p.a.y, p.a.bottom()) } else { (p.a.x, p.a.right()) };
            c.line(p.cross(0.0, a), p.cross(0.0, b), Style::stroke(Paint::Axis, 1.0));
        }
    }

    fn bars(&self, c: &mut Canvas, p: &Plot, i: usize) {
        let s = &self.series[i];
        let bars = self.series.iter().filter(|s| s.style == SeriesStyle::Bars).count().max(1);
        let before = self.series[..i].iter().filter(|s| s.style == SeriesStyle::Bars).count();
        let unit =
            if p.lying { (p.y.at(1.0) - p.y.at(0.0)).abs() } else { p.x.at(1.0) - p.x.at(0.0) };
        let thick = (unit.abs() * 0.68 / bars as f64).clamp(1.5, 34.0);
        let shift = (before as f64 - (bars as f64 - 1.0) / 2.0) * thick;
        let scale = if p.lying { p.x } else { p.y };
        let zero = if scale.domain.log { scale.domain.lo } else { 0.0 };
        let edge = scale.at(zero).clamp(scale.from.min(scale.to), scale.from.max(scale.to));
        let values: Vec<f64> = s.points.iter().map(|q| p.value(*q)).collect();
        let decimals = common_decimals(&values);
        for (k, point) in s.points.iter().enumerate().take(400) {
            let across = p.across(*point) + shift;
            let v = p.value(*point);
            let end = scale.at(v);
            let (low, size) = (end.min(edge), (end - edge).abs());
            let bar = if p.lying {
                Area { x: low, y: across - thick / 2.0, w: size, h: thick - 1.0 }
            } else {
                Area { x: across - thick / 2.0, y: low, w: thick - 1.0, h: size }
            };
            c.rect(bar, 1.5, Style::fill(self.paint(i)).opacity(0.88).clip(p.clip));
            let tip = s.errors.get(k).map_or(v, |e| if v < 0.0 { e.0 } else { e.1 });
            self.whisker(c, p, s.errors.get(k).copied(), across - 0.5, Paint::Ink);
            Self::bar_value(c, p, (v, tip), &number(v, decimals), across, thick);
        }
    }

    /// A bar's value beyond its tip.
    fn bar_value(
        c: &mut Canvas,
        p: &Plot,
        (v, tip): (f64, f64),
        label: &str,
        across: f64,
        thick: f64,
    ) {
        let kind = Type::new(SMALL - 0.5, Paint::Ink).halo();
        let (x, y) = p.cross(tip, across);
        if p.lying && thick >= 9.0 {
            let outside = x + 6.0 + width(label, SMALL) > p.a.right() + VALUE + 8.0;
            let left = v < 0.0 || outside;
            let kind = kind.anchor(if left { Anchor::End } else { Anchor::Start });
            c.text(if left { x - 6.0 } else { x + 6.0 }, y + 3.5, label, kind);
        } else if !p.lying && width(label, SMALL) <= thick + 8.0 {
            let y = if v < 0.0 { y + 13.0 } else { y - 5.0 };
            c.text(x, y, label, kind.anchor(Anchor::Middle));
        }
    }

    fn whisker(&self, c: &mut Canvas, p: &Plot, e: Option<(f64, f64)>, across: f64, paint: Paint) {
        let Some((lo, hi)) = e else { return };
        let style = Style::stroke(paint, 1.3).clip(p.clip);
        let ((x1, y1), (x2, y2)) = (p.cross(lo, across), p.cross(hi, across));
        c.line((x1, y1), (x2, y2), style);
        for (x, y) in [(x1, y1), (x2, y2)] {
            let (dx, dy) = if p.lying { (0.0, 3.0) } else { (3.0, 0.0) };
            c.line((x - dx, y - dy), (x + dx, y + dy), style);
        }
    }

    fn curve(&self, c: &mut Canvas, p: &Plot, i: usize) {
        let s = &self.series[i];
        let paint = self.paint(i);
        let kept = Self::kept(s, p);
        if !s.band.is_empty() {
            let edge = |f: fn(&(f64, f64)) -> f64| -> Vec<(f64, f64)> {
                kept.iter().map(|&k| p.cross(f(&s.band[k]), p.across(s.points[k]))).collect()
            };
            let d = ribbon(&edge(|b| b.1), &edge(|b| b.0));
            c.path(&d, Style::fill(paint).opacity(LAYER_OF_ONE).clip(p.clip));
        }
        let dash = if s.style == SeriesStyle::Dashed { DASH } else { "" };
        if matches!(s.style, SeriesStyle::Line | SeriesStyle::Dashed | SeriesStyle::LinePoints) {
            let d = polyline(kept.iter().map(|&k| p.at(s.points[k])));
            c.path(&d, Style::stroke(paint, 2.2).dash(dash).clip(p.clip));
        }
        for k in every(s.errors.len(), 400) {
            self.whisker(c, p, s.errors.get(k).copied(), p.across(s.points[k]), paint);
        }
        if matches!(s.style, SeriesStyle::Points | SeriesStyle::LinePoints) {
            Self::dots(c, p, s, paint);
        }
    }

    fn kept(s: &Series, p: &Plot) -> Vec<usize> {
        let xs: Vec<f64> = s.points.iter().map(|q| q.0).collect();
        let ys: Vec<f64> = s.points.iter().map(|q| q.1).collect();
        if xs.windows(2).all(|w| w[0] <= w[1]) {
            outline(&xs, &ys, (p.a.w / 3.0) as usize)
        } else {
            every(xs.len(), 2000)
        }
    }

    /// Few points get a rim; many become one path of round strokes.
    fn dots(c: &mut Canvas, p: &Plot, s: &Series, paint: Paint) {
        if s.points.len() <= 250 {
            let style = Style::fill(paint).outlined(Paint::Ground, 1.2).clip(p.clip);
            for q in &s.points {
                let (x, y) = p.at(*q);
                c.circle(x, y, 4.2, style);
            }
            return;
        }
        let mut d = String::new();
        for k in every(s.points.len(), 4000) {
            let (x, y) = p.at(s.points[k]);
            _ = write!(d, "M{} {}h.01", px(x), px(y));
        }
        c.path(&d, Style::stroke(paint, 4.0).opacity(0.55).clip(p.clip));
    }

    fn name_of(axis: &Axis, v: f64) -> String {
        match axis.categories.get(v.round().max(0.0) as usize) {
            Some(name) => name.clone(),
            None => number(v, decimals_for(v)),
        }
    }

    fn readout(&self, p: &Plot) -> Vec<Hover> {
        let mut out = Vec::new();
        for s in &self.series {
            for k in every(s.points.len(), 120) {
                let (x, y) = p.at(s.points[k]);
                let (a, b) = (self.where_of(s, k), self.value_of(s, k));
                let label =
                    if s.label.is_empty() { String::new() } else { format!("{} · ", s.label) };
                out.push(Hover { x, y, text: format!("{label}{a} · {b}") });
            }
        }
        out
    }

    fn where_of(&self, s: &Series, k: usize) -> String {
        let (x, y) = s.points[k];
        if self.lying() { Self::name_of(&self.y, y) } else { Self::name_of(&self.x, x) }
    }

    fn value_of(&self, s: &Series, k: usize) -> String {
        let (x, y) = s.points[k];
        if self.lying() { Self::name_of(&self.x, x) } else { Self::name_of(&self.y, y) }
    }
}

/// The fewest decimals, two at most, that show all values as they are.
fn common_decimals(values: &[f64]) -> usize {
    let exact = |d: i32| {
        let all = |v: &f64| (v * 10f64.powi(d) - (v * 10f64.powi(d)).round()).abs() < 1e-6;
        values.iter().all(all)
    };
    (0..2).find(|d| exact(*d)).unwrap_or(2) as usize
}

/// Room for a number right of a lying bar.
const VALUE: f64 = 26.0;

/// Opacity of a single band.
const LAYER_OF_ONE: f64 = 0.22;

impl Draw for Lines {
    fn check(&self) -> Result<(), ChartError> {
        self.verify()
    }

    fn draw(&self, c: &mut Canvas, x: f64, y: f64, w: f64) -> f64 {
        let mut top = header(c, (x, y), w, &self.title, &self.subtitle);
        top = legend(c, (x, top), w, &self.keys()) + 2.0;
        let p = self.plot(c, (x, top), w);
        self.guides(c, &p);
        for (i, s) in self.series.iter().enumerate() {
            match s.style {
                SeriesStyle::Bars => self.bars(c, &p, i),
                _ => self.curve(c, &p, i),
            }
        }
        c.hover(p.a, &self.readout(&p), true);
        p.a.bottom() + if self.x.label.is_empty() { 24.0 } else { 42.0 } - y
    }

    fn rows(&self) -> Vec<Row> {
        let mut out = Vec::new();
        for s in &self.series {
            let item = if s.label.is_empty() { "series" } else { &s.label };
            for k in every(s.points.len(), 40) {
                let show = |b: &(f64, f64)| {
                    let decimals = decimals_for(b.1);
                    format!("{} to {}", number(b.0, decimals), number(b.1, decimals))
                };
                let interval = s.errors.get(k).or(s.band.get(k)).map(show).unwrap_or_default();
                out.push(Row::new(item, &self.where_of(s, k), self.value_of(s, k), interval));
            }
        }
        out
    }

    fn heading(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let labels: Vec<&str> =
            self.series.iter().map(|s| s.label.as_str()).filter(|l| !l.is_empty()).collect();
        let (x, y) = (&self.x.label, &self.y.label);
        match (x.is_empty(), y.is_empty()) {
            (false, false) => format!("{y} against {x}: {}.", labels.join(", ")),
            _ => format!("{x}{y}: {}.", labels.join(", ")),
        }
    }
}
