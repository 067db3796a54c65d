//! A small SVG writer: shapes and text in roles of colour, theme rules, hover data.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::colour::{Paint, Theme, hex};
use crate::text::{escape, px};

/// The fonts of every figure: whatever the reader's system uses.
pub(crate) const FONT: &str =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// How a shape is painted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    fill: Option<Paint>,
    stroke: Option<(Paint, f64)>,
    opacity: f64,
    dash: &'static str,
    clip: Option<usize>,
}

impl Style {
    pub fn fill(paint: Paint) -> Self {
        Self { fill: Some(paint), stroke: None, opacity: 1.0, dash: "", clip: None }
    }

    pub fn stroke(paint: Paint, width: f64) -> Self {
        Self { fill: None, stroke: Some((paint, width)), opacity: 1.0, dash: "", clip: None }
    }

    pub fn outlined(self, paint: Paint, width: f64) -> Self {
        Self { stroke: Some((paint, width)), ..self }
    }

    pub fn opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }

    pub fn dash(self, dash: &'static str) -> Self {
        Self { dash, ..self }
    }

    pub fn clip(self, id: usize) -> Self {
        Self { clip: Some(id), ..self }
    }
}

/// Which end of a text sits at its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    pub size: f64,
    pub paint: Paint,
    pub anchor: Anchor,
    pub bold: bool,
    pub halo: bool,
    pub upward: bool,
}

impl Type {
    pub fn new(size: f64, paint: Paint) -> Self {
        Self { size, paint, anchor: Anchor::Start, bold: false, halo: false, upward: false }
    }

    pub fn anchor(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub fn halo(self) -> Self {
        Self { halo: true, ..self }
    }

    pub fn upward(self) -> Self {
        Self { upward: true, ..self }
    }
}

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

impl Area {
    pub fn right(self) -> f64 {
        self.x + self.w
    }

    pub fn bottom(self) -> f64 {
        self.y + self.h
    }
}

/// A point with what the hover readout says about it.
#[derive(Debug, Clone)]
pub(crate) struct Hover {
    pub x: f64,
    pub y: f64,
    pub text: String,
}

/// Collects the elements of one drawing.
#[derive(Debug)]
pub(crate) struct Canvas {
    body: String,
    theme: Theme,
    used: BTreeSet<Paint>,
    prefix: String,
    clips: usize,
    interactive: bool,
}

impl Canvas {
    /// `prefix` keeps ids apart when several drawings share a page.
    pub fn new(theme: Theme, prefix: &str, interactive: bool) -> Self {
        let prefix = prefix.to_owned();
        let used = BTreeSet::from([Paint::Ground]);
        Self { body: String::new(), theme, used, prefix, clips: 0, interactive }
    }

    pub fn used(&self) -> &BTreeSet<Paint> {
        &self.used
    }

    fn colour(&mut self, paint: Paint) -> String {
        self.used.insert(paint);
        hex(if self.theme == Theme::Dark { paint.dark() } else { paint.light() })
    }

    /// Presentation attributes (which every viewer knows) and classes for the dark rules.
    fn paint(&mut self, style: Style) -> String {
        let mut out = String::new();
        let mut classes = Vec::new();
        let fill = style.fill.map_or_else(|| "none".to_owned(), |p| self.colour(p));
        _ = write!(out, " fill=\"{fill}\"");
        if let Some(p) = style.fill {
            classes.push(format!("ecf{}", p.code()));
        }
        if let Some((p, width)) = style.stroke {
            let stroke = self.colour(p);
            _ = write!(out, " stroke=\"{stroke}\" stroke-width=\"{}\"", px(width));
            classes.push(format!("ecs{}", p.code()));
        }
        if style.opacity < 1.0 {
            _ = write!(out, " opacity=\"{}\"", px(style.opacity));
        }
        if !style.dash.is_empty() {
            _ = write!(out, " stroke-dasharray=\"{}\"", style.dash);
        }
        if let Some(id) = style.clip {
            _ = write!(out, " clip-path=\"url(#{}c{id})\"", self.prefix);
        }
        if self.theme == Theme::Auto && !classes.is_empty() {
            _ = write!(out, " class=\"{}\"", classes.join(" "));
        }
        out
    }

    pub fn rect(&mut self, a: Area, radius: f64, style: Style) {
        let paint = self.paint(style);
        let round = if radius > 0.0 { format!(" rx=\"{}\"", px(radius)) } else { String::new() };
        let (x, y, w, h) = (px(a.x), px(a.y), px(a.w.max(0.0)), px(a.h.max(0.0)));
        _ = writeln!(
            self.body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{round}{paint}/>"
        );
    }

    pub fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), style: Style) {
        let paint = self.paint(style);
        let (x1, y1, x2, y2) = (px(x1), px(y1), px(x2), px(y2));
        _ = writeln!(self.body, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"{paint}/>");
    }

    pub fn circle(&mut self, x: f64, y: f64, r: f64, style: Style) {
        let paint = self.paint(style);
        let (x, y, r) = (px(x), px(y), px(r));
        _ = writeln!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{paint}/>");
    }

    pub fn path(&mut self, d: &str, style: Style) {
        let paint = self.paint(style);
        let join = if style.stroke.is_some() {
            " stroke-linejoin=\"round\" stroke-linecap=\"round\""
        } else {
            ""
        };
        _ = writeln!(self.body, "<path d=\"{d}\"{join}{paint}/>");
    }

    pub fn diamond(&mut self, x: f64, y: f64, r: f64, style: Style) {
        let d = format!("M{} {}l{r} {r}l-{r} {r}l-{r} -{r}z", px(x), px(y - r), r = px(r));
        self.path(&d, style);
    }

    pub fn text(&mut self, x: f64, y: f64, text: &str, t: Type) {
        let mut style = Style::fill(t.paint);
        if t.halo {
            style = style.outlined(Paint::Ground, 3.0);
        }
        let paint = self.paint(style);
        let (x, y) = (px(x), px(y));
        let mut extra = String::new();
        match t.anchor {
            Anchor::Start => {}
            Anchor::Middle => extra.push_str(" text-anchor=\"middle\""),
            Anchor::End => extra.push_str(" text-anchor=\"end\""),
        }
        if t.bold {
            extra.push_str(" font-weight=\"600\"");
        }
        if t.halo {
            extra.push_str(" paint-order=\"stroke\" stroke-linejoin=\"round\"");
        }
        if t.upward {
            _ = write!(extra, " transform=\"rotate(-90 {x} {y})\"");
        }
        _ = writeln!(
            self.body,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"{extra}{paint}>{}</text>",
            px(t.size),
            escape(text)
        );
    }

    /// Declares a clip rectangle and returns its number for [`Style::clip`].
    pub fn clip(&mut self, a: Area) -> usize {
        let id = self.clips;
        self.clips += 1;
        _ = writeln!(
            self.body,
            "<clipPath id=\"{}c{id}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>",
            self.prefix,
            px(a.x),
            px(a.y),
            px(a.w),
            px(a.h)
        );
        id
    }

    /// Data for the page's hover readout; nothing in a plain SVG. `free` compares both
    /// coordinates, otherwise only x.
    pub fn hover(&mut self, a: Area, points: &[Hover], free: bool) {
        if !self.interactive || points.is_empty() {
            return;
        }
        let lines: Vec<String> =
            points.iter().map(|p| format!("{:.1} {:.1} {}", p.x, p.y, escape(&p.text))).collect();
        let (x, y, w, h) = (px(a.x), px(a.y), px(a.w), px(a.h));
        _ = writeln!(
            self.body,
            "<rect class=\"ec-hit\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"none\" \
             pointer-events=\"all\" data-free=\"{}\" data-points=\"{}\"/>",
            u8::from(free),
            lines.join("&#10;")
        );
    }

    /// The finished element. A page names the drawing by `aria-label`, as a `<title>` would show
    /// as a tooltip over the readout; a file of its own carries the `<title>`.
    pub fn finish(self, width: f64, height: f64, title: &str, desc: &str) -> String {
        let (w, h, p) = (px(width), px(height), &self.prefix);
        let (title, desc) = (escape(title), escape(desc));
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
             font-family=\"{FONT}\""
        );
        if self.interactive {
            _ = writeln!(out, " aria-label=\"{title}. {desc}\">");
            out.push_str(&self.body);
            out.push_str("</svg>\n");
            return out;
        }
        _ = writeln!(
            out,
            " width=\"{w}\" height=\"{h}\" aria-labelledby=\"{p}t {p}d\">\n\
             <title id=\"{p}t\">{title}</title>\n<desc id=\"{p}d\">{desc}</desc>"
        );
        if self.theme == Theme::Auto {
            _ = writeln!(out, "<style>{}</style>", dark_rules(&self.used));
        }
        let dark = self.theme == Theme::Dark;
        let ground = hex(if dark { Paint::Ground.dark() } else { Paint::Ground.light() });
        let class = if self.theme == Theme::Auto { " class=\"ecfg\"" } else { "" };
        _ = writeln!(out, "<rect width=\"{w}\" height=\"{h}\" fill=\"{ground}\"{class}/>");
        out.push_str(&self.body);
        out.push_str("</svg>\n");
        out
    }
}

/// The style rules that turn a light drawing dark where the reader prefers it.
pub(crate) fn dark_rules(used: &BTreeSet<Paint>) -> String {
    let mut out = String::from("@media (prefers-color-scheme: dark){");
    for paint in used {
        let (code, colour) = (paint.code(), hex(paint.dark()));
        _ = write!(out, ".ecf{code}{{fill:{colour}}}.ecs{code}{{stroke:{colour}}}");
    }
    out.push('}');
    out
}

/// Path data through points; a long one uses relative steps to stay small.
pub(crate) fn polyline(points: impl IntoIterator<Item = (f64, f64)>) -> String {
    let mut out = String::new();
    for (i, (x, y)) in points.into_iter().enumerate() {
        _ = write!(out, "{}{} {}", if i == 0 { 'M' } else { 'L' }, px(x), px(y));
    }
    out
}

/// Path data of the region between an upper edge and a lower edge.
pub(crate) fn ribbon(upper: &[(f64, f64)], lower: &[(f64, f64)]) -> String {
    let around = upper.iter().copied().chain(lower.iter().rev().copied());
    let mut out = polyline(around);
    out.push('Z');
    out
}
