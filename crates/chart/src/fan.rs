//! The fan chart's data: soreness or strength loss over time, per muscle group.

use crate::colour::Theme;
use crate::document::Document;
use crate::error::{ChartError, Problem, each, filled, finite, increasing, ordered, same_length};
use crate::scale::{Clock, Domain};
use crate::text::number;

/// A forecast over time with nested intervals, one small panel per muscle group.
///
/// Times are Unix seconds; the axis shows local days.
///
/// ```
/// use eccentric_chart::{Band, Fan, FanSeries, Theme};
///
/// let times: Vec<i64> = (0..72).map(|h| 1_763_900_000 + h * 3600).collect();
/// let values: Vec<f64> = (0..72).map(|h| 5.0 * (-((h as f64 - 40.0) / 16.0).powi(2)).exp()).collect();
/// let band = Band {
///     level: 80.0,
///     lower: values.iter().map(|v| v * 0.6).collect(),
///     upper: values.iter().map(|v| v * 1.4).collect(),
/// };
/// let muscle = FanSeries { label: "Quadriceps".into(), values, bands: vec![band], ..FanSeries::default() };
/// let muscle = muscle.with_peak(&times);
/// let fan = Fan {
///     title: "Soreness after Sunday".into(),
///     value_label: "Soreness (0–10)".into(),
///     range: Some((0.0, 10.0)),
///     times,
///     muscles: vec![muscle],
///     ..Fan::default()
/// };
/// assert!(fan.to_svg(Theme::Auto)?.contains("peak 5.0"));
/// # Ok::<(), eccentric_chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// Heading of the figure.
    pub title: String,
    /// A sentence below the heading.
    pub subtitle: String,
    /// Name and unit of the vertical axis, such as `Soreness (0–10)`.
    pub value_label: String,
    /// What the line is, in the legend: `median`.
    pub centre_label: String,
    /// Put after numbers in labels, such as `%`; may be empty.
    pub unit: String,
    /// Decimals of numbers in labels.
    pub decimals: usize,
    /// Ends of the vertical axis; zero (or less) to a round number above the data if absent.
    pub range: Option<(f64, f64)>,
    /// Seconds that local time is ahead of UTC.
    pub utc_offset_s: i32,
    /// When the clock is changed (Unix seconds), and the seconds that local time is ahead from then on.
    pub clock_change: Option<(i64, i32)>,
    /// Times (Unix seconds, increasing) of every series below.
    pub times: Vec<i64>,
    /// The muscle groups, in drawing order.
    pub muscles: Vec<FanSeries>,
    /// A level that matters, drawn as a dashed line.
    pub threshold: Option<Threshold>,
    /// Runs, marked below the axis.
    pub runs: Vec<RunMark>,
    /// The present; what lies before is shaded.
    pub now: Option<i64>,
}

impl Default for Fan {
    fn default() -> Self {
        Self {
            title: String::new(),
            subtitle: String::new(),
            value_label: String::new(),
            centre_label: "median".to_owned(),
            unit: String::new(),
            decimals: 1,
            range: None,
            utc_offset_s: 0,
            clock_change: None,
            times: Vec::new(),
            muscles: Vec::new(),
            threshold: None,
            runs: Vec::new(),
            now: None,
        }
    }
}

/// One muscle group's course.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FanSeries {
    /// Name of the muscle group.
    pub label: String,
    /// The central value at each time of the fan.
    pub values: Vec<f64>,
    /// Interval bands, meant to be nested; any order.
    pub bands: Vec<Band>,
    /// The peak to mark.
    pub peak: Option<PeakMark>,
    /// When it is over (below the threshold for good), as Unix seconds.
    pub clear_at: Option<i64>,
}

/// An interval at each time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Band {
    /// Probability in per cent, named in the legend: 80 for an 80 % interval.
    pub level: f64,
    /// Lower bounds, one for each time.
    pub lower: Vec<f64>,
    /// Upper bounds, one for each time.
    pub upper: Vec<f64>,
}

/// A peak's time (Unix seconds) and value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PeakMark {
    /// When, in Unix seconds.
    pub time: i64,
    /// How high.
    pub value: f64,
}

/// A level with what it means, such as 1 and `stairs don't hurt below 1`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Threshold {
    /// The level.
    pub value: f64,
    /// What it means; shown in the legend.
    pub label: String,
}

/// A run with a short label such as `21 km`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunMark {
    /// When, in Unix seconds.
    pub time: i64,
    /// A word or two.
    pub label: String,
}

impl FanSeries {
    /// Marks the highest value (the first of equals) as the peak.
    #[must_use]
    pub fn with_peak(mut self, times: &[i64]) -> Self {
        let mut best: Option<PeakMark> = None;
        for (&time, &value) in times.iter().zip(&self.values) {
            if best.is_none_or(|b| value > b.value) {
                best = Some(PeakMark { time, value });
            }
        }
        self.peak = best;
        self
    }

    /// Bands from the widest (lowest in the stack) to the narrowest.
    pub(crate) fn stacked(&self) -> Vec<&Band> {
        let mut bands: Vec<&Band> = self.bands.iter().collect();
        bands.sort_by(|a, b| b.level.total_cmp(&a.level));
        bands
    }
}

impl Fan {
    /// The figure alone as SVG.
    ///
    /// # Errors
    ///
    /// [`ChartError`] if there is no time or muscle group, lists differ in length, a number is not
    /// finite, bounds are crossed, or a time runs backwards or lies outside the years 1 to 9999.
    pub fn to_svg(&self, theme: Theme) -> Result<String, ChartError> {
        Document::from(self.clone()).to_svg(theme)
    }

    pub(crate) fn clock(&self) -> Clock {
        Clock { offset_s: self.utc_offset_s, change: self.clock_change }
    }

    /// A value with its unit.
    pub(crate) fn show(&self, v: f64) -> String {
        let gap = if self.unit.is_empty() { "" } else { "\u{A0}" };
        format!("{}{gap}{}", number(v, self.decimals), self.unit)
    }

    /// Levels of all bands, widest first, each once.
    pub(crate) fn levels(&self) -> Vec<f64> {
        let mut out: Vec<f64> =
            self.muscles.iter().flat_map(|m| &m.bands).map(|b| b.level).collect();
        out.sort_by(|a, b| b.total_cmp(a));
        out.dedup();
        out
    }

    /// The vertical domain.
    pub(crate) fn heights(&self) -> Domain {
        if let Some((lo, hi)) = self.range {
            return Domain::new(lo, hi, false);
        }
        let bounds = self.muscles.iter().flat_map(|m| &m.bands);
        let all = (self.muscles.iter().flat_map(|m| m.values.iter()))
            .chain(bounds.flat_map(|b| b.lower.iter().chain(&b.upper)))
            .copied()
            .chain([0.0])
            .chain(self.threshold.iter().map(|t| t.value));
        Domain::covering(all, false).nice(5)
    }

    /// The horizontal domain: that of the times.
    pub(crate) fn span(&self) -> Domain {
        Domain::covering(self.times.iter().map(|t| *t as f64), false)
    }

    /// `peak 4.2, Wed 25 06:00`.
    pub(crate) fn peak_text(&self, peak: PeakMark) -> String {
        format!("peak {}, {}", self.show(peak.value), self.clock().moment(peak.time))
    }

    /// `clear Fri 27 14:00`.
    pub(crate) fn clear_text(&self, time: i64) -> String {
        format!("clear {}", self.clock().moment(time))
    }

    /// The intervals at one index, narrowest first.
    pub(crate) fn intervals(&self, m: &FanSeries, i: usize) -> String {
        let one = |b: &&Band| {
            let (lo, hi) = (number(b.lower[i], self.decimals), self.show(b.upper[i]));
            format!("{}\u{A0}%: {lo} to {hi}", number(b.level, 0))
        };
        m.stacked().iter().rev().map(one).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn verify(&self) -> Result<(), ChartError> {
        filled("fan times", &self.times)?;
        filled("fan muscles", &self.muscles)?;
        let year = |t: i64| (Clock::RANGE.0..=Clock::RANGE.1).contains(&t);
        let out = |index| Problem::OutOfRange { index };
        each("fan times", self.times.iter().copied(), year, out)?;
        increasing("fan times", &self.times)?;
        each("fan runs", self.runs.iter().map(|r| r.time), year, out)?;
        each("fan now", self.now, year, out)?;
        let offset = |s: i32| s.unsigned_abs() <= 86_400;
        each("fan utc_offset_s", [self.utc_offset_s], offset, out)?;
        each("fan clock_change", self.clock_change, |(at, s)| year(at) && offset(s), out)?;
        finite("fan threshold", self.threshold.iter().map(|t| t.value))?;
        finite("fan range", self.range.iter().flat_map(|r| [r.0, r.1]))?;
        for m in &self.muscles {
            let place = |what: &str| format!("fan \"{}\" {what}", m.label);
            same_length(&place("values"), self.times.len(), m.values.len())?;
            finite(&place("values"), m.values.iter().copied())?;
            finite(&place("peak"), m.peak.map(|p| p.value))?;
            each(&place("peak"), m.peak.map(|p| p.time), year, out)?;
            each(&place("clear_at"), m.clear_at, year, out)?;
            for b in &m.bands {
                let band = place(&format!("{} % band", b.level));
                each(&band, [b.level], |l| l > 0.0 && l <= 100.0, out)?;
                same_length(&band, self.times.len(), b.lower.len())?;
                same_length(&band, self.times.len(), b.upper.len())?;
                finite(&band, b.lower.iter().chain(&b.upper).copied())?;
                ordered(&band, b.lower.iter().copied().zip(b.upper.iter().copied()))?;
            }
        }
        Ok(())
    }
}
