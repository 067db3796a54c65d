//! Axes: domains, nice ticks, local days.

use crate::text::number;

/// Data beyond this is drawn at this; it keeps every span finite.
const LIMIT: f64 = 1e300;

/// A labelled position on an axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    pub value: f64,
    pub label: String,
}

/// The interval of values an axis shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Domain {
    pub lo: f64,
    pub hi: f64,
    pub log: bool,
}

impl Domain {
    /// The smallest domain that holds all values, widened if they coincide.
    pub fn covering(values: impl IntoIterator<Item = f64>, log: bool) -> Self {
        let (mut lo, mut hi) = (f64::INFINITY, f64::NEG_INFINITY);
        for v in values.into_iter().map(|v| v.clamp(-LIMIT, LIMIT)) {
            lo = lo.min(v);
            hi = hi.max(v);
        }
        if lo > hi {
            (lo, hi) = (0.0, 1.0);
        }
        Self::new(lo, hi, log)
    }

    /// A domain with these ends, in either order, widened if they coincide.
    pub fn new(a: f64, b: f64, log: bool) -> Self {
        let (mut lo, mut hi) = (a.min(b).clamp(-LIMIT, LIMIT), a.max(b).clamp(-LIMIT, LIMIT));
        if log {
            lo = lo.max(1e-300);
            hi = hi.max(lo);
            if hi / lo < 1.0 + 1e-6 {
                (lo, hi) = (lo / 2.0, hi * 2.0);
            }
            return Self { lo, hi, log };
        }
        let size = lo.abs().max(hi.abs());
        if hi - lo <= size * 1e-9 || hi - lo < 1e-290 {
            let pad = if size < 1e-280 { 1.0 } else { size * 0.1 };
            (lo, hi) = (lo - pad, hi + pad);
        }
        Self { lo, hi, log }
    }

    /// Widened to whole steps of about `want` ticks.
    pub fn nice(self, want: usize) -> Self {
        if self.log {
            let lo = mantissas_below(self.lo);
            let hi = mantissas_above(self.hi);
            return Self { lo, hi, log: true };
        }
        let (step, _) = step(self.lo, self.hi, want);
        let lo = (self.lo / step + 1e-9).floor() * step;
        let hi = (self.hi / step - 1e-9).ceil() * step;
        Self { lo, hi, log: false }
    }

    /// Position of a value: 0 at the low end, 1 at the high end.
    pub fn fraction(self, v: f64) -> f64 {
        if self.log {
            let (lo, hi) = (self.lo.ln(), self.hi.ln());
            return (v.max(1e-300).ln() - lo) / (hi - lo);
        }
        let v = v.clamp(-LIMIT, LIMIT);
        (v - self.lo) / (self.hi - self.lo)
    }

    /// About `want` ticks at round values inside the domain.
    pub fn ticks(self, want: usize) -> Vec<Tick> {
        if self.log {
            return self.log_ticks(want);
        }
        let (step, decimals) = step(self.lo, self.hi, want);
        let first = (self.lo / step - 1e-9).ceil();
        let last = (self.hi / step + 1e-9).floor();
        let count = (last - first).clamp(0.0, 60.0) as usize;
        (0..=count)
            .map(|i| (first + i as f64) * step)
            .map(|value| Tick { value, label: number(value, decimals) })
            .collect()
    }

    fn log_ticks(self, want: usize) -> Vec<Tick> {
        let (low, high) = (self.lo.log10(), self.hi.log10());
        let decades = high - low;
        let stride = (decades / want.max(1) as f64).ceil().max(1.0);
        let mantissas: &[f64] =
            if decades <= want as f64 / 3.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        let first = (low / stride).floor() * stride;
        let count = ((high - first) / stride).clamp(0.0, 60.0) as usize;
        let mut out = Vec::new();
        for i in 0..=count {
            let exponent = first + i as f64 * stride;
            for m in mantissas {
                let value = m * 10f64.powf(exponent);
                if value >= self.lo * (1.0 - 1e-9) && value <= self.hi * (1.0 + 1e-9) {
                    let decimals = (-exponent).clamp(0.0, 6.0) as usize;
                    out.push(Tick { value, label: number(value, decimals) });
                }
            }
        }
        out
    }
}

fn mantissas_below(v: f64) -> f64 {
    let base = 10f64.powf(v.log10().floor()).max(1e-300);
    [5.0, 2.0, 1.0].into_iter().map(|m| m * base).find(|c| *c <= v * (1.0 + 1e-9)).unwrap_or(v)
}

fn mantissas_above(v: f64) -> f64 {
    let base = 10f64.powf(v.log10().floor()).max(1e-300);
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|m| m * base)
        .find(|c| *c >= v * (1.0 - 1e-9))
        .unwrap_or(v)
}

/// The step 1, 2 or 5 times a power of ten that gives about `want` ticks, and its decimals.
fn step(lo: f64, hi: f64, want: usize) -> (f64, usize) {
    let n = want.max(1) as f64;
    let raw = hi / n - lo / n;
    let exponent = raw.log10().floor();
    let base = 10f64.powf(exponent);
    let (factor, carry) = match raw / base {
        f if f <= 1.0 + 1e-9 => (1.0, 0.0),
        f if f <= 2.0 + 1e-9 => (2.0, 0.0),
        f if f <= 5.0 + 1e-9 => (5.0, 0.0),
        _ => (10.0, 1.0),
    };
    let step = base * factor;
    let step = if step.is_finite() && step > 0.0 { step } else { 1.0 };
    (step, (-(exponent + carry)).clamp(0.0, 8.0) as usize)
}

/// A domain laid along pixels (or cells), from its low end to its high end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    pub domain: Domain,
    pub from: f64,
    pub to: f64,
}

impl Scale {
    pub fn new(domain: Domain, from: f64, to: f64) -> Self {
        Self { domain, from, to }
    }

    pub fn at(self, v: f64) -> f64 {
        (self.from + (self.to - self.from) * self.domain.fraction(v)).clamp(-1e5, 1e5)
    }
}

/// Local time at an offset from UTC, and at another from a time on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    pub offset_s: i32,
    pub change: Option<(i64, i32)>,
}

const DAY: i64 = 86_400;
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Clock {
    /// First and last second (Unix) a figure may show: the years 1 to 9999, less a day.
    pub const RANGE: (i64, i64) = (-62_135_510_400, 253_402_214_400);

    /// Local day number (days since 1970-01-01) of a Unix time.
    pub fn day(self, time: i64) -> i64 {
        self.shown(time).div_euclid(DAY)
    }

    /// Unix time at which a local day starts.
    pub fn midnight(self, day: i64) -> i64 {
        let before = day * DAY - i64::from(self.offset_s);
        match self.change {
            Some((at, later)) if before >= at => (day * DAY - i64::from(later)).max(at),
            _ => before,
        }
    }

    /// Seconds from 1970-01-01T00:00 to what the clock shows.
    fn shown(self, time: i64) -> i64 {
        let later = self.change.filter(|(at, _)| time >= *at).map(|(_, offset_s)| offset_s);
        time + i64::from(later.unwrap_or(self.offset_s))
    }

    /// `Mon 24`.
    pub fn weekday(day: i64) -> String {
        let name = WEEKDAYS[day.rem_euclid(7) as usize];
        format!("{name} {}", civil(day).2)
    }

    /// `24 Nov`.
    pub fn date(day: i64) -> String {
        let (_, month, d) = civil(day);
        format!("{d} {}", &MONTHS[month - 1][..3])
    }

    /// `Mon 24 06:30`.
    pub fn moment(self, time: i64) -> String {
        let day = self.day(time);
        let minute = self.shown(time).rem_euclid(DAY) / 60;
        format!("{} {:02}:{:02}", Self::weekday(day), minute / 60, minute % 60)
    }

    /// `November 2025` or `November to December 2025`.
    pub fn months(self, from: i64, to: i64) -> String {
        let (a, b) = (civil(self.day(from)), civil(self.day(to)));
        let (from, to) = (MONTHS[a.1 - 1], MONTHS[b.1 - 1]);
        match (a.0 == b.0, a.1 == b.1) {
            (true, true) => format!("{from} {}", a.0),
            (true, false) => format!("{from} to {to} {}", b.0),
            _ => format!("{from} {} to {to} {}", a.0, b.0),
        }
    }

    /// `UTC`, `UTC+2` or `UTC−3:30`; both where the clock is changed.
    pub fn zone(self) -> String {
        let later = self.change.map(|(_, offset_s)| format!(", then {}", Self::ahead(offset_s)));
        Self::ahead(self.offset_s) + &later.unwrap_or_default()
    }

    fn ahead(offset_s: i32) -> String {
        let minutes = offset_s.unsigned_abs() / 60;
        let sign = if offset_s < 0 { '−' } else { '+' };
        match (minutes / 60, minutes % 60) {
            (0, 0) => "UTC".to_owned(),
            (h, 0) => format!("UTC{sign}{h}"),
            (h, m) => format!("UTC{sign}{h}:{m:02}"),
        }
    }
}

/// Year, month 1–12, day of month of a day number (Howard Hinnant's `civil_from_days`).
fn civil(day: i64) -> (i64, usize, i64) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let d = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    (year, month as usize, d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(d: Domain, n: usize) -> Vec<String> {
        d.ticks(n).into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn linear_ticks_are_round() {
        assert_eq!(labels(Domain::new(0.0, 10.0, false), 5), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(labels(Domain::new(-0.31, 0.52, false), 5), ["−0.2", "0.0", "0.2", "0.4"]);
        let nice = Domain::new(612.0, 2341.0, false).nice(5);
        assert_eq!((nice.lo, nice.hi), (500.0, 2500.0));
    }

    #[test]
    fn log_ticks_are_decades_or_125() {
        assert_eq!(labels(Domain::new(1.0, 10.0, true), 6), ["1", "2", "5", "10"]);
        assert_eq!(labels(Domain::new(0.01, 1e4, true), 4), ["0.01", "1", "100", "10000"]);
    }

    #[test]
    fn extreme_domains_stay_finite() {
        for (a, b) in [(f64::MAX, f64::MIN), (0.0, 5e-324), (1.0, 1.0), (1e308, 1e308), (0.0, 0.0)]
        {
            for log in [false, true] {
                let d = Domain::new(a, b, log).nice(5);
                assert!(d.lo < d.hi, "{a} {b} {log} {d:?}");
                assert!(d.fraction(a).is_finite() && d.ticks(5).len() < 70);
            }
        }
    }

    #[test]
    fn days_and_offsets() {
        let steady = |offset_s| Clock { offset_s, change: None };
        let clock = steady(3600);
        let t = 1_763_938_800; // 2025-11-23T23:00Z
        assert_eq!(clock.moment(t), "Mon 24 00:00");
        assert_eq!(steady(0).moment(t), "Sun 23 23:00");
        assert_eq!(Clock::date(clock.day(t)), "24 Nov");
        assert_eq!(clock.months(t, t + 10 * DAY), "November to December 2025");
        assert_eq!(steady(-12_600).zone(), "UTC−3:30");
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(steady(0).day(Clock::RANGE.0)), (1, 1, 2));
    }

    #[test]
    fn a_clock_change() {
        // Berlin, 2026-03-29T01:00Z and 2026-10-25T01:00Z.
        let at = 1_774_746_000;
        let spring = Clock { offset_s: 3600, change: Some((at, 7200)) };
        assert_eq!(spring.moment(at - 60), "Sun 29 01:59");
        assert_eq!(spring.moment(at), "Sun 29 03:00");
        let day = spring.day(at);
        assert_eq!(spring.midnight(day + 1) - spring.midnight(day), 23 * 3600);
        assert_eq!(spring.moment(spring.midnight(day + 1)), "Mon 30 00:00");
        assert_eq!(spring.zone(), "UTC+1, then UTC+2");
        let at = 1_792_890_000;
        let autumn = Clock { offset_s: 7200, change: Some((at, 3600)) };
        assert_eq!(
            (autumn.moment(at - 60), autumn.moment(at)),
            ("Sun 25 02:59".into(), "Sun 25 02:00".into())
        );
        let day = autumn.day(at);
        assert_eq!(autumn.midnight(day + 1) - autumn.midnight(day), 25 * 3600);
        assert_eq!(autumn.moment(autumn.midnight(day)), "Sun 25 00:00");
    }
}
