//! Drawing of the fan chart.

use crate::colour::{Paint, series};
use crate::document::Draw;
use crate::error::ChartError;
use crate::fan::{Fan, FanSeries, RunMark};
use crate::layout::{Key, LAYER, Row, SMALL, gutter, header, legend, triangle, y_axis};
use crate::scale::{Clock, Domain, Scale};
use crate::svg::{Anchor, Area, Canvas, Hover, Style, Type, polyline, ribbon};
use crate::text::{fit, number, width};
use crate::thin::every;

const DASH: &str = "4 3";
const STRIP_ROW: f64 = 13.0;

/// A label above the plots, in a row of its own if labels would touch.
struct Flag {
    x: f64,
    text: String,
    anchor: Anchor,
    row: usize,
    now: bool,
}

impl Fan {
    fn keys(&self) -> Vec<(Key, String)> {
        let mut out = vec![(Key::Line(Paint::Muted, ""), self.centre_label.clone())];
        let levels = self.levels();
        for (layers, level) in levels.iter().enumerate().rev() {
            let label = format!("{}\u{A0}% interval", number(*level, decimals(*level)));
            out.push((Key::Band(Paint::Muted, layers), label));
        }
        if let Some(t) = &self.threshold {
            out.push((Key::Line(Paint::Muted, DASH), t.label.clone()));
        }
        let span = self.span();
        if self.runs.iter().any(|r| (0.0..=1.0).contains(&span.fraction(r.time as f64))) {
            out.push((Key::Mark(Paint::Muted), "run".to_owned()));
        }
        out
    }

    /// Whether the runs stand too close for a line and a label each.
    fn crowded(&self, x: Scale) -> bool {
        let inside = |r: &&RunMark| (0.0..=1.0).contains(&x.domain.fraction(r.time as f64));
        self.runs.iter().filter(inside).count() as f64 * 16.0 > x.to - x.from
    }

    /// Labels of runs and of now within the span, laid out left to right in up to two rows.
    fn flags(&self, x: Scale) -> Vec<Flag> {
        let inside = |t: i64| (0.0..=1.0).contains(&x.domain.fraction(t as f64));
        let mut marks: Vec<(i64, &str, bool)> =
            self.runs.iter().map(|r| (r.time, r.label.as_str(), false)).collect();
        if self.crowded(x) {
            marks.clear();
        }
        marks.extend(self.now.map(|t| (t, "now", true)));
        marks.retain(|m| inside(m.0));
        marks.sort_by_key(|m| m.0);
        let mut ends = [f64::NEG_INFINITY; 2];
        let mut out = Vec::new();
        for (time, label, now) in marks {
            let at = x.at(time as f64);
            let text = fit(label, SMALL, 90.0);
            let w = width(&text, SMALL);
            let fits_right = at + w <= x.to;
            let left = if fits_right { at - 1.0 } else { at - w + 1.0 };
            let Some(row) = ends.iter().position(|end| *end + 4.0 <= left) else { continue };
            ends[row] = left + w;
            let anchor = if fits_right { Anchor::Start } else { Anchor::End };
            let x = if fits_right { at - 1.0 } else { at + 1.0 };
            out.push(Flag { x, text, anchor, row, now });
        }
        out
    }

    fn plot(&self, c: &mut Canvas, a: Area, name: &str, m: &FanSeries, paint: Paint) {
        let x = Scale::new(self.span(), a.x, a.right());
        let heights = self.heights();
        let y = Scale::new(heights, a.bottom(), a.y);
        let clip = c.clip(Area { y: a.y - 1.0, h: a.h + 2.0, ..a });
        if let Some(now) = self.now {
            let w = (x.at(now as f64) - a.x).clamp(0.0, a.w);
            c.rect(Area { w, ..a }, 0.0, Style::fill(Paint::Shade));
        }
        y_axis(c, a, y, &heights.ticks(5), name);
        self.days(c, a, x);
        let kept = self.kept(m, a.w);
        let at = |v: &[f64], i: usize| (x.at(self.times[i] as f64), y.at(v[i]));
        for b in m.stacked() {
            let upper: Vec<_> = kept.iter().map(|&i| at(&b.upper, i)).collect();
            let lower: Vec<_> = kept.iter().map(|&i| at(&b.lower, i)).collect();
            c.path(&ribbon(&upper, &lower), Style::fill(paint).opacity(LAYER).clip(clip));
        }
        if let Some(t) = &self.threshold {
            let h = y.at(t.value);
            c.line(
                (a.x, h),
                (a.right(), h),
                Style::stroke(Paint::Muted, 1.2).dash(DASH).clip(clip),
            );
        }
        let line = polyline(kept.iter().map(|&i| at(&m.values, i)));
        c.path(&line, Style::stroke(paint, 2.2).clip(clip));
        self.marks(c, a, (x, y), m, paint);
        let points: Vec<Hover> = every(self.times.len(), (a.w / 3.0) as usize)
            .into_iter()
            .map(|i| Hover { x: at(&m.values, i).0, y: at(&m.values, i).1, text: self.say(m, i) })
            .collect();
        c.hover(a, &points, false);
    }

    fn kept(&self, m: &FanSeries, w: f64) -> Vec<usize> {
        let mut kept = every(self.times.len(), (w / 2.5) as usize);
        let highest = (0..m.values.len()).max_by(|a, b| m.values[*a].total_cmp(&m.values[*b]));
        kept.extend(highest);
        kept.sort_unstable();
        kept.dedup();
        kept
    }

    fn say(&self, m: &FanSeries, i: usize) -> String {
        let when = self.clock().moment(self.times[i]);
        let intervals = self.intervals(m, i);
        let tail = if intervals.is_empty() { String::new() } else { format!(" ({intervals})") };
        format!("{} · {when} · {}{tail}", m.label, self.show(m.values[i]))
    }

    /// Runs, now, peak and clear time.
    fn marks(&self, c: &mut Canvas, a: Area, (x, y): (Scale, Scale), m: &FanSeries, paint: Paint) {
        let inside = |t: i64| (0.0..=1.0).contains(&x.domain.fraction(t as f64));
        let crowded = self.crowded(x);
        for run in self.runs.iter().filter(|r| inside(r.time)) {
            let at = x.at(run.time as f64);
            if !crowded {
                let style = Style::stroke(Paint::Muted, 1.0).dash("1 3");
                c.line((at, a.y), (at, a.bottom()), style);
            }
            triangle(c, at, a.bottom() - 0.5, Paint::Muted);
        }
        if let Some(now) = self.now.filter(|t| inside(*t)) {
            let at = x.at(now as f64);
            c.line((at, a.y - 2.0), (at, a.bottom()), Style::stroke(Paint::Ink, 1.2));
        }
        if let Some(time) = m.clear_at.filter(|t| inside(*t)) {
            let level = self.threshold.as_ref().map_or(y.domain.lo, |t| t.value);
            let style = Style::fill(Paint::Ground).outlined(paint, 1.8);
            c.diamond(x.at(time as f64), y.at(level), 4.8, style);
        }
        if let Some(peak) = m.peak.filter(|p| inside(p.time)) {
            let style = Style::fill(paint).outlined(Paint::Ground, 1.5);
            c.circle(x.at(peak.time as f64), y.at(peak.value).clamp(a.y, a.bottom()), 4.5, style);
        }
    }

    /// Midnights as grid lines, days as labels in their middle.
    fn days(&self, c: &mut Canvas, a: Area, x: Scale) {
        let clock = self.clock();
        let (first, last) = (clock.day(x.domain.lo as i64), clock.day(x.domain.hi as i64));
        let days = last - first + 1;
        let per_day = a.w / (days.max(1) as f64);
        let room = 44.0;
        let every = (room / per_day).ceil().max(1.0) as i64;
        let dense = per_day < 5.0;
        for day in (first..=last).step_by(if dense { every as usize } else { 1 }) {
            let labelled = dense || (day - first) % every == every / 2;
            let ends = (clock.midnight(day) as f64, clock.midnight(day + 1) as f64);
            let (left, right) = (x.at(ends.0).max(a.x), x.at(ends.1).min(a.right()));
            if ends.0 > x.domain.lo {
                c.line((left, a.y), (left, a.bottom()), Style::stroke(Paint::Grid, 1.0));
                c.line(
                    (left, a.bottom()),
                    (left, a.bottom() + 4.0),
                    Style::stroke(Paint::Axis, 1.0),
                );
            }
            let label = if days < 28 { Clock::weekday(day) } else { Clock::date(day) };
            let at = (left + right) / 2.0;
            let half = width(&label, SMALL) / 2.0;
            let roomy = every > 1 || right - left >= 2.0 * half;
            if labelled && roomy && at - half >= a.x - 12.0 && at + half <= a.right() + 12.0 {
                let kind = Type::new(SMALL, Paint::Muted).anchor(Anchor::Middle);
                c.text(at, a.bottom() + 16.0, &label, kind);
            }
        }
        let y = a.bottom();
        c.line((a.x, y), (a.right(), y), Style::stroke(Paint::Axis, 1.0));
    }

    /// Name, peak and clear time above the plot; the symbols double as their legend.
    fn caption(&self, c: &mut Canvas, (x, y): (f64, f64), w: f64, m: &FanSeries, paint: Paint) {
        c.text(x, y + 13.0, &fit(&m.label, 13.5, w), Type::new(13.0, paint).bold());
        let base = y + 30.0;
        let kind = Type::new(SMALL, Paint::Ink);
        let mut at = x;
        if let Some(peak) = m.peak {
            c.circle(at + 4.5, base - 4.0, 4.5, Style::fill(paint));
            let text = fit(&self.peak_text(peak), SMALL, w - 14.0);
            c.text(at + 13.0, base, &text, kind);
            at += 13.0 + width(&text, SMALL) + 14.0;
        }
        if let Some(time) = m.clear_at {
            let text = self.clear_text(time);
            if at + 14.0 + width(&text, SMALL) <= x + w {
                let style = Style::fill(Paint::Ground).outlined(paint, 1.8);
                c.diamond(at + 5.0, base - 4.0, 4.8, style);
                c.text(at + 14.0, base, &text, kind);
            }
        }
    }

    fn strip(c: &mut Canvas, flags: &[Flag], bottom: f64) {
        for f in flags {
            let mut kind = Type::new(SMALL - 0.5, Paint::Muted).anchor(f.anchor);
            if f.now {
                kind = Type { paint: Paint::Ink, ..kind }.bold();
            }
            c.text(f.x, bottom - 5.0 - f.row as f64 * STRIP_ROW, &f.text, kind);
        }
    }

    fn panel(
        &self,
        c: &mut Canvas,
        (x, y): (f64, f64),
        w: f64,
        h: f64,
        i: usize,
        name: &str,
    ) -> f64 {
        let m = &self.muscles[i];
        let paint = series(i);
        let left = gutter(&self.heights().ticks(5), true);
        let has_facts = self.muscles.iter().any(|m| m.peak.is_some() || m.clear_at.is_some());
        self.caption(c, (x + left, y), w - left, m, paint);
        let plot_x = Scale::new(self.span(), x + left, x + w - 8.0);
        let flags = self.flags(plot_x);
        let rows = flags.iter().map(|f| f.row + 1).max().unwrap_or(0);
        let top = y + if has_facts { 38.0 } else { 22.0 } + rows as f64 * STRIP_ROW + 4.0;
        Self::strip(c, &flags, top);
        let a = Area { x: x + left, y: top, w: w - left - 8.0, h };
        self.plot(c, a, name, m, paint);
        a.bottom() + 22.0
    }
}

fn decimals(level: f64) -> usize {
    usize::from((level - level.round()).abs() > 1e-9)
}

impl Draw for Fan {
    fn check(&self) -> Result<(), ChartError> {
        self.verify()
    }

    fn draw(&self, c: &mut Canvas, x: f64, y: f64, w: f64) -> f64 {
        const GAP: f64 = 18.0;
        let mut top = header(c, (x, y), w, &self.title, &self.subtitle);
        top = legend(c, (x, top), w, &self.keys()) + 8.0;
        let columns = if w >= 560.0 && self.muscles.len() > 1 { 2 } else { 1 };
        let h = if columns == 1 && w >= 560.0 { 220.0 } else { 132.0 };
        let cell = (w - GAP * (columns as f64 - 1.0)) / columns as f64;
        let mut bottom = top;
        for i in 0..self.muscles.len() {
            let column = i % columns;
            let name = if column == 0 { self.value_label.as_str() } else { "" };
            let at = x + column as f64 * (cell + GAP);
            bottom = self.panel(c, (at, top), cell, h, i, name);
            if column + 1 == columns {
                top = bottom + 14.0;
            }
        }
        let clock = self.clock();
        let Domain { lo, hi, .. } = self.span();
        let text = format!("Local day, {} ({})", clock.months(lo as i64, hi as i64), clock.zone());
        let kind = Type::new(SMALL, Paint::Muted).anchor(Anchor::Middle);
        c.text(x + w / 2.0, bottom + 14.0, &text, kind);
        bottom + 20.0 - y
    }

    fn rows(&self) -> Vec<Row> {
        let clock = self.clock();
        let mut out = Vec::new();
        for m in &self.muscles {
            if let Some(p) = m.peak {
                let item = format!("{}, peak", m.label);
                out.push(Row::new(&item, &clock.moment(p.time), self.show(p.value), String::new()));
            }
            if let Some(t) = m.clear_at {
                let item = format!("{}, clear", m.label);
                out.push(Row::new(&item, &clock.moment(t), String::new(), String::new()));
            }
            for i in every(self.times.len(), 21) {
                let (at, interval) = (clock.moment(self.times[i]), self.intervals(m, i));
                out.push(Row::new(&m.label, &at, self.show(m.values[i]), interval));
            }
        }
        out
    }

    fn heading(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        let one = |m: &FanSeries| {
            let mut parts = vec![m.label.clone()];
            parts.extend(m.peak.map(|p| self.peak_text(p)));
            parts.extend(m.clear_at.map(|t| self.clear_text(t)));
            parts.join(", ")
        };
        let all: Vec<String> = self.muscles.iter().map(one).collect();
        format!("{} over time. {}.", self.value_label, all.join("; "))
    }
}
