//! The elevation profile, coloured by load.

use crate::colour::{Paint, RAMP_STEPS, Theme, ramp};
use crate::document::{Document, Draw};
use crate::error::{ChartError, Problem, each, filled, finite, increasing};
use crate::layout::{Row, SMALL, gutter, header, x_axis, y_axis};
use crate::scale::{Domain, Scale};
use crate::svg::{Anchor, Area, Canvas, Hover, Style, Type, polyline, ribbon};
use crate::text::number;
use crate::thin::{every, outline};

/// An elevation profile over distance; the area below it shows the load of each stretch.
///
/// Any number of points: the outline is thinned to what the width can show, the load is averaged
/// over the stretches that share a pixel or two.
///
/// ```
/// use eccentric_chart::{Profile, ProfilePoint, Theme};
///
/// let points = (0..=40)
///     .map(|i| f64::from(i) / 4.0)
///     .map(|km| ProfilePoint {
///         distance_km: km,
///         elevation_m: 1800.0 - 90.0 * km,
///         load_per_km: 12.0,
///     })
///     .collect();
/// let profile = Profile { title: "Down to the lake".into(), points, ..Profile::default() };
/// assert_eq!(profile.total(), 120.0);
/// assert!(profile.to_svg(Theme::Light)?.contains("points per km"));
/// # Ok::<(), eccentric_chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    /// Heading of the panel.
    pub title: String,
    /// A sentence below the heading; the total load and the distance follow it.
    pub subtitle: String,
    /// The course, by increasing distance.
    pub points: Vec<ProfilePoint>,
    /// Total load in points; the integral over the course if absent.
    pub total_points: Option<f64>,
}

/// One place on the course.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ProfilePoint {
    /// Distance from the start in kilometres.
    pub distance_km: f64,
    /// Elevation in metres.
    pub elevation_m: f64,
    /// Load here, in points per kilometre; not negative.
    pub load_per_km: f64,
}

/// Pixels over which loads are averaged.
const BIN: f64 = 4.0;
/// Width of the colour scale.
const KEY: f64 = 168.0;

/// A stretch of the course that is drawn in one colour.
struct Stretch {
    from: usize,
    to: usize,
    paint: Paint,
}

impl Profile {
    /// Total load in points: as given, or the integral over the course.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.total_points.unwrap_or_else(|| self.points.windows(2).map(piece).sum())
    }

    /// The figure alone as SVG.
    ///
    /// # Errors
    ///
    /// [`ChartError`] if there are no points, a number is not finite, a load is negative, or the
    /// distance runs backwards.
    pub fn to_svg(&self, theme: Theme) -> Result<String, ChartError> {
        Document::from(self.clone()).to_svg(theme)
    }

    fn column(&self, f: impl Fn(&ProfilePoint) -> f64) -> Vec<f64> {
        self.points.iter().map(f).collect()
    }

    /// Mean loads over up to `n` pieces of equal length along the course.
    pub(crate) fn loads(&self, n: usize) -> Vec<f64> {
        let x = self.column(|p| p.distance_km);
        let domain = Domain::covering(x.iter().copied(), false);
        let (mut sum, mut length) = (vec![0.0; n.max(1)], vec![0.0; n.max(1)]);
        for pair in self.points.windows(2) {
            let middle = pair[0].distance_km / 2.0 + pair[1].distance_km / 2.0;
            let cell = ((domain.fraction(middle) * n as f64) as usize).min(n.max(1) - 1);
            sum[cell] += piece(pair);
            length[cell] += pair[1].distance_km - pair[0].distance_km;
        }
        let mut before = self.points.first().map_or(0.0, |p| p.load_per_km);
        for (s, l) in sum.iter_mut().zip(&length) {
            before = if *l > 0.0 { *s / l } else { before };
            *s = before;
        }
        sum
    }

    /// Where the load scale ends, and whether some loads lie beyond.
    pub(crate) fn load_scale(loads: &[f64]) -> (Domain, bool) {
        let mut sorted: Vec<f64> = loads.iter().copied().filter(|v| v.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let max = sorted.last().copied().unwrap_or(0.0);
        let high = sorted.get(sorted.len() * 98 / 100).copied().unwrap_or(max);
        let capped = high > 0.0 && max > 1.6 * high;
        let top = if capped { high } else { max };
        let top = if top > 0.0 { top } else { 1.0 };
        let domain = Domain::new(0.0, top, false).nice(4);
        (domain, max > domain.hi)
    }

    /// The kept points cut into stretches of one colour; loads are means over bins of the course.
    fn stretches(&self, kept: &[usize], loads: &[f64], scale: Domain) -> Vec<Stretch> {
        let distance = self.distance();
        let mut out: Vec<Stretch> = Vec::new();
        for (k, pair) in kept.windows(2).enumerate() {
            let middle =
                self.points[pair[0]].distance_km / 2.0 + self.points[pair[1]].distance_km / 2.0;
            let paint = ramp(scale.fraction(bin(loads, distance.fraction(middle))));
            match out.last_mut() {
                Some(s) if s.paint == paint => s.to = k + 1,
                _ => out.push(Stretch { from: k, to: k + 1, paint }),
            }
        }
        out
    }

    fn distance(&self) -> Domain {
        Domain::covering(self.points.iter().map(|p| p.distance_km), false)
    }

    fn facts(&self) -> String {
        let length = match (self.points.first(), self.points.last()) {
            (Some(a), Some(b)) => b.distance_km - a.distance_km,
            _ => 0.0,
        };
        let own = if self.subtitle.is_empty() { "" } else { " · " };
        let total = number(self.total(), 0);
        format!("{}{own}{} km · total load {total} points", self.subtitle, number(length, 1))
    }

    fn area(&self, c: &mut Canvas, a: Area, x: Scale, y: Scale) -> (Domain, bool) {
        let (xs, ys) = (self.column(|p| p.distance_km), self.column(|p| p.elevation_m));
        let kept = outline(&xs, &ys, (a.w / 2.0) as usize);
        let loads = self.loads((a.w / BIN) as usize);
        let (scale, beyond) = Self::load_scale(&loads);
        let at = |k: usize| (x.at(xs[kept[k]]), y.at(ys[kept[k]]));
        for s in self.stretches(&kept, &loads, scale) {
            let mut top: Vec<(f64, f64)> = (s.from..=s.to).map(at).collect();
            let (left, (right, edge)) = (at(s.from).0, at(s.to));
            // A hair of overlap, or the seams would show the background.
            let over = (right + 0.6).min(a.right());
            top.push((over, edge));
            let fill = Style::fill(s.paint);
            c.path(&ribbon(&top, &[(left, a.bottom()), (over, a.bottom())]), fill);
        }
        let line = polyline((0..kept.len()).map(at));
        c.path(&line, Style::stroke(Paint::Ink, 1.4));
        (scale, beyond)
    }

    fn key(c: &mut Canvas, (x, y): (f64, f64), scale: Domain, beyond: bool) {
        let cells = f64::from(RAMP_STEPS) + 1.0;
        c.text(x, y + 10.0, "Load (points per km)", Type::new(SMALL, Paint::Muted));
        for i in 0..=RAMP_STEPS {
            let left = x + KEY * f64::from(i) / cells;
            let cell = Area { x: left, y: y + 16.0, w: KEY / cells + 0.5, h: 9.0 };
            c.rect(cell, 0.0, Style::fill(Paint::Ramp(i)));
        }
        let along = Scale::new(scale, x, x + KEY);
        let ticks = scale.ticks(4);
        for (i, tick) in ticks.iter().enumerate() {
            let at = along.at(tick.value);
            let last = i + 1 == ticks.len();
            let label =
                if last && beyond { format!("≥ {}", tick.label) } else { tick.label.clone() };
            let anchor = if i == 0 { Anchor::Start } else { Anchor::Middle };
            c.line((at, y + 25.0), (at, y + 28.0), Style::stroke(Paint::Axis, 1.0));
            c.text(at, y + 39.0, &label, Type::new(SMALL, Paint::Muted).anchor(anchor));
        }
    }

    fn readout(&self, x: Scale, y: Scale, loads: &[f64]) -> Vec<Hover> {
        every(self.points.len(), 240)
            .into_iter()
            .map(|i| {
                let p = &self.points[i];
                let load = bin(loads, x.domain.fraction(p.distance_km));
                let text = format!(
                    "{} km · {} m · {} points per km",
                    number(p.distance_km, 1),
                    number(p.elevation_m, 0),
                    number(load, 1)
                );
                Hover { x: x.at(p.distance_km), y: y.at(p.elevation_m), text }
            })
            .collect()
    }
}

/// The bin at a fraction of the course.
fn bin(loads: &[f64], fraction: f64) -> f64 {
    let cell = (fraction * loads.len() as f64) as usize;
    loads.get(cell.min(loads.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// Load of the piece between two neighbours.
fn piece(pair: &[ProfilePoint]) -> f64 {
    let length = pair[1].distance_km - pair[0].distance_km;
    length * (pair[0].load_per_km / 2.0 + pair[1].load_per_km / 2.0)
}

impl Draw for Profile {
    fn check(&self) -> Result<(), ChartError> {
        filled("profile points", &self.points)?;
        finite("profile distance_km", self.points.iter().map(|p| p.distance_km))?;
        finite("profile elevation_m", self.points.iter().map(|p| p.elevation_m))?;
        let loads = || self.points.iter().map(|p| p.load_per_km);
        finite("profile load_per_km", loads())?;
        each("profile load_per_km", loads(), |v| v >= 0.0, |index| Problem::Negative { index })?;
        finite("profile total_points", self.total_points)?;
        increasing("profile distance_km", &self.column(|p| p.distance_km))
    }

    fn draw(&self, c: &mut Canvas, x: f64, y: f64, w: f64) -> f64 {
        // Beside the heading if there is room, below it otherwise.
        let beside = w >= 560.0;
        let room = if beside { w - KEY - 30.0 } else { w };
        let mut top = header(c, (x, y), room, &self.title, &self.facts());
        let heights = Domain::covering(self.points.iter().map(|p| p.elevation_m), false);
        let pad = (heights.hi / 8.0 - heights.lo / 8.0).min(1e299);
        // Room below the lowest point, but not below the sea for a run above it.
        let floor = if heights.lo >= 0.0 { (heights.lo - pad).max(0.0) } else { heights.lo - pad };
        let heights = Domain::new(floor, heights.hi, false).nice(5);
        let ticks = heights.ticks(5);
        let left = gutter(&ticks, true);
        let h = if beside { 190.0 } else { 150.0 };
        let key = if beside { (x + w - 6.0 - KEY, y) } else { (x + left, top) };
        top = if beside { top.max(y + 46.0) + 8.0 } else { top + 50.0 };
        let a = Area { x: x + left, y: top, w: w - left - 6.0, h };
        let distance = self.distance();
        let along = Scale::new(distance, a.x, a.right());
        let up = Scale::new(heights, a.bottom(), a.y);
        y_axis(c, a, up, &ticks, "Elevation (m)");
        let (scale, beyond) = self.area(c, a, along, up);
        Self::key(c, key, scale, beyond);
        let want = (a.w / 60.0) as usize;
        x_axis(c, a, along, &distance.ticks(want), "Distance (km)", false);
        c.hover(a, &self.readout(along, up, &self.loads((a.w / BIN) as usize)), false);
        a.bottom() + 40.0 - y
    }

    fn rows(&self) -> Vec<Row> {
        const PIECES: usize = 20;
        let distance = Domain::covering(self.points.iter().map(|p| p.distance_km), false);
        let mut out = vec![Row::new("Total load", "", self.count(self.total()), String::new())];
        for (i, load) in self.loads(PIECES).into_iter().enumerate() {
            let edge = |k: usize| {
                let f = k as f64 / PIECES as f64;
                number(distance.lo * (1.0 - f) + distance.hi * f, 1)
            };
            let at = format!("{} to {} km", edge(i), edge(i + 1));
            let value = format!("{} points per km", number(load, 1));
            out.push(Row::new("Mean load", &at, value, String::new()));
        }
        out
    }

    fn heading(&self) -> &str {
        &self.title
    }

    fn describe(&self) -> String {
        format!("Elevation profile coloured by load: {}.", self.facts())
    }
}

impl Profile {
    fn count(&self, v: f64) -> String {
        format!("{} points", number(v, 0))
    }
}
