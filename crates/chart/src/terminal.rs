//! Figures for the terminal.

use crate::colour::{Paint, ramp, series};
use crate::document::Draw;
use crate::error::ChartError;
use crate::fan::{Fan, FanSeries};
use crate::grid::{Dots, Grid, Look, cut, measure};
use crate::profile::Profile;
use crate::scale::{Clock, Domain};
use crate::text::number;

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];
const PLAIN: Look = Look { colour: None, bold: false };
const BOLD: Look = Look { colour: None, bold: true };
const DIM: Look = Look { colour: Some(244), bold: false };

/// A fan chart in characters: a panel for each muscle group, two abreast from 100 columns; with
/// little height, one line for each.
///
/// `width` is held between 24 and 400 columns. The result uses escape sequences only if `colour`.
///
/// # Errors
///
/// As [`Fan::to_svg`].
pub fn terminal_fan(
    fan: &Fan,
    width: usize,
    height: usize,
    colour: bool,
) -> Result<String, ChartError> {
    fan.verify()?;
    let width = width.clamp(24, 400);
    let columns = if width >= 100 && fan.muscles.len() > 1 { 2 } else { 1 };
    let rows = fan.muscles.len().div_ceil(columns);
    let keys = legend_rows(fan, width);
    let head = 1 + keys.len();
    let each = height.min(400).saturating_sub(head) / rows;
    if each < 7 {
        return Ok(compact(fan, width).finish(colour));
    }
    let each = each.min(18);
    let mut grid = Grid::new(width, head + each * rows);
    grid.put(0, 0, &cut(&fan.title, width), BOLD);
    for (i, key) in keys.iter().enumerate() {
        grid.put(0, 1 + i, key, DIM);
    }
    let gap = 2;
    let cell = (width - gap * (columns - 1)) / columns;
    for i in 0..fan.muscles.len() {
        let (column, row) = (i % columns, i / columns);
        let at = (column * (cell + gap), head + row * each);
        FanPanel { fan, m: &fan.muscles[i], at, w: cell, h: each, paint: series(i) }
            .draw(&mut grid);
    }
    Ok(grid.finish(colour))
}

/// The legend, broken into rows.
fn legend_rows(fan: &Fan, width: usize) -> Vec<String> {
    let mut items = vec![fan.value_label.clone(), format!("⠒⠒ {}", fan.centre_label)];
    let levels = fan.levels();
    for (rank, level) in levels.iter().enumerate().rev() {
        items.push(format!("{} {} %", SHADES[(rank + 1).min(3)], number(*level, 0)));
    }
    items.extend(fan.threshold.as_ref().map(|t| format!("╌╌ {}", t.label)));
    if !fan.runs.is_empty() {
        items.push("▲ run".to_owned());
    }
    items.extend(fan.now.map(|_| "│ now".to_owned()));
    let mut rows: Vec<String> = Vec::new();
    for item in items.iter().filter(|i| !i.is_empty()) {
        match rows.last_mut() {
            Some(row) if measure(row) + 3 + measure(item) <= width => {
                row.push_str("   ");
                row.push_str(item);
            }
            _ => rows.push(cut(item, width)),
        }
    }
    rows
}

/// Value of a list at a time, between its neighbours.
fn at_time(times: &[i64], values: &[f64], t: f64) -> f64 {
    let after = times.partition_point(|x| (*x as f64) < t).min(values.len().saturating_sub(1));
    let before = after.saturating_sub(1);
    let (a, b) = (times[before] as f64, times[after] as f64);
    let f = if b > a { ((t - a) / (b - a)).clamp(0.0, 1.0) } else { 0.0 };
    values[before] * (1.0 - f) + values[after] * f
}

/// One muscle group's place in the grid.
struct FanPanel<'a> {
    fan: &'a Fan,
    m: &'a FanSeries,
    at: (usize, usize),
    w: usize,
    h: usize,
    paint: Paint,
}

impl FanPanel<'_> {
    fn draw(&self, grid: &mut Grid) {
        let look = Look { colour: Some(self.paint.terminal()), bold: false };
        let (x, y) = self.at;
        let mut at = grid.put(x, y, &cut(&self.m.label, self.w), Look { bold: true, ..look });
        let facts = [
            self.m.peak.map(|p| format!(" ● {}", self.fan.peak_text(p))),
            self.m.clear_at.map(|t| format!(" ◆ {}", self.fan.clear_text(t))),
        ];
        for fact in facts.into_iter().flatten() {
            if at + measure(&fact) <= x + self.w {
                at = grid.put(at, y, &fact, PLAIN);
            }
        }
        let heights = self.fan.heights();
        let gutter = [heights.hi, heights.lo].map(|v| measure(&tick(v))).into_iter().max();
        let left = gutter.unwrap_or(1).min(9) + 1;
        let (top, plot_w, plot_h) = (y + 1, self.w - left - 1, self.h - 3);
        self.axis(grid, left, heights, plot_h);
        let x0 = x + left + 1;
        self.shade(grid, (x0, top), plot_w, plot_h, look);
        self.guides(grid, (x0, top), plot_w, plot_h);
        let mut dots = Dots::new(plot_w, plot_h);
        let curve: Vec<f64> = (0..plot_w * 2)
            .map(|d| self.time(d as f64 + 0.5, plot_w * 2))
            .map(|t| heights.fraction(at_time(&self.fan.times, &self.m.values, t)))
            .collect();
        dots.curve(&curve);
        dots.stamp(grid, x0, top, Look { bold: true, ..look });
        self.marks(grid, (x0, top), plot_w, plot_h);
        ruler(self.fan, grid, (x0, top + plot_h), plot_w);
    }

    fn time(&self, column: f64, of: usize) -> f64 {
        let span = self.fan.span();
        span.lo + (span.hi - span.lo) * column / of.max(1) as f64
    }

    fn axis(&self, grid: &mut Grid, left: usize, heights: Domain, plot_h: usize) {
        let (x, top) = (self.at.0, self.at.1 + 1);
        for row in 0..plot_h {
            grid.set(x + left, top + row, '│', DIM);
        }
        for t in heights.ticks(plot_h.div_ceil(2).clamp(1, 5)) {
            let row = self.row_of(t.value, plot_h);
            let label = cut(&t.label, left);
            grid.put(x + left - measure(&label), top + row, &label, DIM);
            grid.set(x + left, top + row, '┤', DIM);
        }
        grid.set(x + left, top + plot_h, '└', DIM);
    }

    fn shade(&self, grid: &mut Grid, (x0, top): (usize, usize), w: usize, h: usize, look: Look) {
        let heights = self.fan.heights();
        for (rank, band) in self.m.stacked().into_iter().enumerate() {
            for column in 0..w {
                let t = self.time(column as f64 + 0.5, w);
                let lo = heights.fraction(at_time(&self.fan.times, &band.lower, t));
                let hi = heights.fraction(at_time(&self.fan.times, &band.upper, t));
                for row in 0..h {
                    let middle = 1.0 - (row as f64 + 0.5) / h as f64;
                    if (lo..=hi).contains(&middle) {
                        grid.set(x0 + column, top + row, SHADES[(rank + 1).min(3)], look);
                    }
                }
            }
        }
    }

    fn row_of(&self, value: f64, h: usize) -> usize {
        let f = self.fan.heights().fraction(value).clamp(0.0, 1.0);
        // The cell of the dot that a curve has at this value.
        (((1.0 - f) * (h * 4 - 1) as f64).round() as usize / 4).min(h - 1)
    }

    fn column_of(&self, time: i64, w: usize) -> Option<usize> {
        column_of(self.fan, time, w)
    }

    fn guides(&self, grid: &mut Grid, (x0, top): (usize, usize), w: usize, h: usize) {
        if let Some(t) = &self.fan.threshold {
            let row = top + self.row_of(t.value, h);
            for column in (0..w).filter(|c| c % 2 == 0) {
                if grid.is_blank(x0 + column, row) {
                    grid.set(x0 + column, row, '╌', DIM);
                }
            }
        }
        if let Some(column) = self.fan.now.and_then(|t| self.column_of(t, w)) {
            for row in 0..h {
                grid.set(x0 + column, top + row, '│', BOLD);
            }
        }
    }

    fn marks(&self, grid: &mut Grid, (x0, top): (usize, usize), w: usize, h: usize) {
        let level = self.fan.threshold.as_ref().map_or(self.fan.heights().lo, |t| t.value);
        if let Some(column) = self.m.clear_at.and_then(|t| self.column_of(t, w)) {
            grid.set(x0 + column, top + self.row_of(level, h), '◆', BOLD);
        }
        let peak = self.m.peak.and_then(|p| Some((self.column_of(p.time, w)?, p.value)));
        if let Some((column, value)) = peak {
            grid.set(x0 + column, top + self.row_of(value, h), '●', BOLD);
        }
    }
}

fn tick(v: f64) -> String {
    number(v, usize::from(v.fract() != 0.0))
}

fn column_of(fan: &Fan, time: i64, w: usize) -> Option<usize> {
    let f = fan.span().fraction(time as f64);
    (0.0..=1.0).contains(&f).then(|| ((f * w as f64) as usize).min(w.saturating_sub(1)))
}

/// Axis line with midnights and runs, day labels below.
fn ruler(fan: &Fan, grid: &mut Grid, (x, y): (usize, usize), w: usize) {
    let (clock, span) = (fan.clock(), fan.span());
    for column in 0..w {
        grid.set(x + column, y, '─', DIM);
    }
    let (first, last) = (clock.day(span.lo as i64), clock.day(span.hi as i64));
    let days = (last - first + 1).max(1);
    let every = (days as usize * 7).div_ceil(w.max(1)).max(1);
    let mut free = 0;
    for day in (first..=last).step_by(every) {
        let (a, b) = (clock.midnight(day), clock.midnight(day + 1));
        let left = column_of(fan, a, w);
        if let Some(column) = left {
            grid.set(x + column, y, '┬', DIM);
        }
        let label = if days < 28 { Clock::weekday(day) } else { Clock::date(day) };
        let n = measure(&label);
        let right = if every > 1 { None } else { column_of(fan, b, w) };
        let room = right.unwrap_or(w).saturating_sub(left.unwrap_or(0));
        let centred = left.unwrap_or(0) + room.saturating_sub(n) / 2;
        let at = if every > 1 { left.unwrap_or(0) } else { centred };
        if (every > 1 || room >= n) && at >= free && at + n <= w {
            grid.put(x + at, y + 1, &label, DIM);
            free = at + n + 1;
        }
    }
    for column in fan.runs.iter().filter_map(|r| column_of(fan, r.time, w)) {
        grid.set(x + column, y, '▲', PLAIN);
    }
}

/// One line for each muscle group.
fn compact(fan: &Fan, width: usize) -> Grid {
    let mut grid = Grid::new(width, fan.muscles.len() + 3);
    let title = if fan.title.is_empty() { &fan.value_label } else { &fan.title };
    grid.put(0, 0, &cut(title, width), BOLD);
    let names = fan.muscles.iter().map(|m| measure(&m.label)).max().unwrap_or(0).min(width / 3);
    let facts = |m: &FanSeries| {
        let value = m.peak.map(|p| if width < 70 { fan.show(p.value) } else { fan.peak_text(p) });
        let clear = m.clear_at.filter(|_| width >= 96).map(|t| fan.clear_text(t));
        value.into_iter().chain(clear).collect::<Vec<_>>().join("  ")
    };
    let right = fan.muscles.iter().map(|m| measure(&facts(m))).max().unwrap_or(0).min(width / 2);
    let w = width.saturating_sub(names + right + 3).max(4);
    let (heights, span) = (fan.heights(), fan.span());
    for (i, m) in fan.muscles.iter().enumerate() {
        let look = Look { colour: Some(series(i).terminal()), bold: false };
        grid.put(0, i + 1, &cut(&m.label, names), Look { bold: true, ..look });
        for column in 0..w {
            let t = span.lo + (span.hi - span.lo) * (column as f64 + 0.5) / w as f64;
            let f = heights.fraction(at_time(&fan.times, &m.values, t)).clamp(0.0, 1.0);
            let ch = BLOCKS[((f * 8.0) as usize).min(7)];
            grid.set(names + 1 + column, i + 1, ch, look);
        }
        grid.put(names + w + 2, i + 1, &cut(&facts(m), right), PLAIN);
    }
    ruler(fan, &mut grid, (names + 1, fan.muscles.len() + 1), w);
    grid
}

/// An elevation profile in characters, coloured by load; without colour a line of shades below
/// the axis shows the load.
///
/// `width` is held between 24 and 400 columns. The result uses escape sequences only if `colour`.
///
/// # Errors
///
/// As [`Profile::to_svg`].
pub fn terminal_profile(
    profile: &Profile,
    width: usize,
    height: usize,
    colour: bool,
) -> Result<String, ChartError> {
    profile.check()?;
    let width = width.clamp(24, 400);
    let rows = height.saturating_sub(6).clamp(3, 24);
    let mut grid = Grid::new(width, rows + if colour { 5 } else { 6 });
    grid.put(0, 0, &cut(&profile.title, width), BOLD);
    let total = number(profile.total(), 0);
    let heights = Domain::covering(profile.points.iter().map(|p| p.elevation_m), false);
    let pad = (heights.hi / 8.0 - heights.lo / 8.0).min(1e299);
    let heights = Domain::new(heights.lo - pad, heights.hi, false).nice(rows.min(5));
    let ticks = heights.ticks(rows.div_ceil(2).min(5));
    let left = ticks.iter().map(|t| measure(&t.label)).max().unwrap_or(1).min(8);
    let w = width - left - 1;
    for t in &ticks {
        let row = ((1.0 - heights.fraction(t.value)) * (rows - 1) as f64).round() as usize;
        let label = cut(&t.label, left);
        grid.put(left - measure(&label), 2 + row, &label, DIM);
    }
    let loads = profile.loads(w);
    let (scale, beyond) = Profile::load_scale(&loads);
    columns(profile, &mut grid, (left + 1, 2), (w, rows), heights, (&loads, scale));
    distance_axis(profile, &mut grid, (left + 1, 2 + rows), w);
    let span = format!("Elevation (m), total load {total} points");
    grid.put(0, 1, &cut(&span, width), DIM);
    let (lo, hi) = (tick(scale.lo), tick(scale.hi));
    let more = if beyond { "≥ " } else { "" };
    let mut at = grid.put(0, rows + 4, &format!("Load (points/km) {lo} "), DIM);
    for (i, shade) in SHADES.into_iter().enumerate() {
        let look = Look { colour: Some(ramp(i as f64 / 4.0).terminal()), bold: false };
        at = grid.put(at, rows + 4, &if colour { '█' } else { shade }.to_string(), look);
    }
    grid.put(at, rows + 4, &format!(" {more}{hi}"), DIM);
    if !colour {
        grid.put(0, rows + 5, &cut("load", left), DIM);
        for (i, load) in loads.iter().enumerate() {
            let shade = SHADES[((scale.fraction(*load) * 5.0) as usize).min(4)];
            grid.set(left + 1 + i, rows + 5, shade, PLAIN);
        }
    }
    Ok(grid.finish(colour))
}

fn columns(
    profile: &Profile,
    grid: &mut Grid,
    (x, y): (usize, usize),
    (w, rows): (usize, usize),
    heights: Domain,
    (loads, scale): (&[f64], Domain),
) {
    let points = &profile.points;
    let distance = Domain::covering(points.iter().map(|p| p.distance_km), false);
    for (column, load) in loads.iter().enumerate() {
        let f = (column as f64 + 0.5) / w as f64;
        let after = points.partition_point(|p| distance.fraction(p.distance_km) < f);
        let elevation = points[after.min(points.len() - 1)].elevation_m;
        let eighths = heights.fraction(elevation).clamp(0.0, 1.0) * (rows * 8) as f64;
        let eighths = (eighths.round() as usize).max(1);
        let look = Look { colour: Some(ramp(scale.fraction(*load)).terminal()), bold: false };
        for row in 0..rows {
            let filled = eighths.saturating_sub((rows - 1 - row) * 8).min(8);
            if filled > 0 {
                grid.set(x + column, y + row, BLOCKS[filled - 1], look);
            }
        }
    }
}

fn distance_axis(profile: &Profile, grid: &mut Grid, (x, y): (usize, usize), w: usize) {
    let distance = Domain::covering(profile.points.iter().map(|p| p.distance_km), false);
    for column in 0..w {
        grid.set(x + column, y, '─', DIM);
    }
    let ticks = distance.ticks((w / 12).max(2));
    let mut free = 0;
    for (i, t) in ticks.iter().enumerate() {
        let column = ((distance.fraction(t.value) * w as f64) as usize).min(w - 1);
        grid.set(x + column, y, '┬', DIM);
        let unit = if i + 1 == ticks.len() { " km" } else { "" };
        let label = format!("{}{unit}", t.label);
        let n = measure(&label);
        let at = column.saturating_sub(measure(&t.label) / 2).min(w.saturating_sub(n));
        if at >= free {
            grid.put(x + at, y + 1, &label, DIM);
            free = at + n + 1;
        }
    }
}
