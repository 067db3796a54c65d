//! Colours: themes, an Okabe–Ito palette for categories, the magma ramp for load.

/// Which background a figure is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on white.
    #[default]
    Light,
    /// Light ink on near-black.
    Dark,
    /// Light, with a `prefers-color-scheme: dark` rule; viewers that ignore the rule show light.
    Auto,
}

pub(crate) type Rgb = [u8; 3];

/// A colour by its role; each has a light and a dark value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Paint {
    /// The background.
    Ground,
    /// Text and the main line.
    Ink,
    /// Secondary text.
    Muted,
    /// Axis lines and ticks.
    Axis,
    /// Grid lines.
    Grid,
    /// Time before now, and empty tracks.
    Shade,
    /// A category.
    Series(u8),
    /// A step of the load ramp, 0 to [`RAMP_STEPS`].
    Ramp(u8),
    /// A part of a whole, 0 (palest) to [`PARTS`] − 1.
    Part(u8),
    /// Text on that part.
    OnPart(u8),
}

/// Colour steps of the load ramp above zero.
pub(crate) const RAMP_STEPS: u8 = 24;
/// Shades for the parts of a stacked bar.
pub(crate) const PARTS: u8 = 8;

/// Okabe and Ito (2008), in an order that keeps neighbours apart; the dark row is lightened.
const SERIES: [(u32, u32); 7] = [
    (0x0072B2, 0x4FA9E6),
    (0xD55E00, 0xF0854A),
    (0x009E73, 0x2FC39A),
    (0xB8578D, 0xE08FBC),
    (0xC98A00, 0xF0B53C),
    (0x3A9BD6, 0x8CCBF2),
    (0x5C5C5C, 0xB4B4B4),
];

/// Nine anchors of matplotlib's perceptually uniform `magma`.
const MAGMA: [u32; 9] =
    [0x000004, 0x1D1147, 0x51127C, 0x822681, 0xB63679, 0xE65164, 0xFB8861, 0xFEC287, 0xFCFDBF];

/// Pale sand through orange and magenta to deep violet: `magma` reversed for a white ground, its
/// light end calmed. Lightness falls evenly.
const SAND: [u32; 9] =
    [0xF8F3E4, 0xFBDFB4, 0xFBC08A, 0xF6986B, 0xE46E65, 0xC04A74, 0x91307F, 0x601C79, 0x2E1157];

/// One hue from pale to deep, for parts of a whole.
const TEAL: [u32; 5] = [0xCFE6EA, 0x8FC1CB, 0x549BA9, 0x2F7889, 0x1C5868];

/// Load in the 256 colours of a terminal: slate, violet, rose, orange, straw, each lighter.
const TERMINAL_RAMP: [u8; 8] = [60, 97, 133, 168, 203, 209, 215, 222];

const fn rgb(hex: u32) -> Rgb {
    [(hex >> 16) as u8, (hex >> 8) as u8, hex as u8]
}

/// Piecewise linear colour at `t` in 0–1 along anchors.
fn along(anchors: &[u32], t: f64) -> Rgb {
    let last = anchors.len() - 1;
    let position = t.clamp(0.0, 1.0) * last as f64;
    let i = (position as usize).min(last - 1);
    let f = position - i as f64;
    let (a, b) = (rgb(anchors[i]), rgb(anchors[i + 1]));
    let mix = |k: usize| (f64::from(a[k]) * (1.0 - f) + f64::from(b[k]) * f).round() as u8;
    [mix(0), mix(1), mix(2)]
}

/// Number of distinct category colours.
pub(crate) fn series(i: usize) -> Paint {
    Paint::Series((i % SERIES.len()) as u8)
}

/// The ramp step for a fraction 0–1.
pub(crate) fn ramp(fraction: f64) -> Paint {
    Paint::Ramp((fraction.clamp(0.0, 1.0) * f64::from(RAMP_STEPS)).round() as u8)
}

/// The shade of part `i` of `n`: the last is the deepest.
pub(crate) fn part(i: usize, n: usize) -> u8 {
    let top = usize::from(PARTS - 1);
    if n <= 1 { 5 } else { (i * top / (n - 1)).min(top) as u8 }
}

impl Paint {
    pub fn light(self) -> Rgb {
        match self {
            Self::Ground => rgb(0xFFFFFF),
            Self::Ink => rgb(0x1B2027),
            Self::Muted => rgb(0x58616D),
            Self::Axis => rgb(0x9AA3AE),
            Self::Grid => rgb(0xE6E9ED),
            Self::Shade => rgb(0xF3F5F7),
            Self::Series(i) => rgb(SERIES[usize::from(i) % SERIES.len()].0),
            Self::Ramp(i) => along(&SAND, f64::from(i) / f64::from(RAMP_STEPS)),
            Self::Part(i) => along(&TEAL, f64::from(i) / f64::from(PARTS - 1)),
            Self::OnPart(i) => rgb(if i < 4 { 0x1B2027 } else { 0xFFFFFF }),
        }
    }

    pub fn dark(self) -> Rgb {
        match self {
            Self::Ground => rgb(0x14171B),
            Self::Ink => rgb(0xECEFF3),
            Self::Muted => rgb(0xA7B0BC),
            Self::Axis => rgb(0x6B7480),
            Self::Grid => rgb(0x2A2F36),
            Self::Shade => rgb(0x1D2126),
            Self::Series(i) => rgb(SERIES[usize::from(i) % SERIES.len()].1),
            Self::Ramp(i) => along(&MAGMA, 0.17 + 0.79 * f64::from(i) / f64::from(RAMP_STEPS)),
            Self::Part(i) => along(&TEAL, 1.0 - 0.76 * f64::from(i) / f64::from(PARTS - 1)),
            Self::OnPart(i) => rgb(if i < 4 { 0xFFFFFF } else { 0x14171B }),
        }
    }

    /// Short name for CSS classes.
    pub fn code(self) -> String {
        match self {
            Self::Ground => "g".to_owned(),
            Self::Ink => "i".to_owned(),
            Self::Muted => "m".to_owned(),
            Self::Axis => "a".to_owned(),
            Self::Grid => "l".to_owned(),
            Self::Shade => "h".to_owned(),
            Self::Series(i) => format!("s{i}"),
            Self::Ramp(i) => format!("r{i}"),
            Self::Part(i) => format!("p{i}"),
            Self::OnPart(i) => format!("o{i}"),
        }
    }

    /// The colour of the 6×6×6 cube of a 256-colour terminal; mid tones that show on both
    /// dark and light backgrounds.
    pub fn terminal(self) -> u8 {
        let [r, g, b] = match self {
            Self::Series(_) => self.dark(),
            Self::Ramp(i) => {
                let last = TERMINAL_RAMP.len() - 1;
                return TERMINAL_RAMP[(usize::from(i) * last / usize::from(RAMP_STEPS)).min(last)];
            }
            _ => return 244,
        };
        let level = |v: u8| match v {
            0..=47 => 0,
            48..=114 => 1,
            v => (v - 35) / 40,
        };
        16 + 36 * level(r) + 6 * level(g) + level(b)
    }
}

/// `#rrggbb`.
pub(crate) fn hex([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(c: Rgb) -> f64 {
        let lin = |v: u8| (f64::from(v) / 255.0).powf(2.2);
        0.2126 * lin(c[0]) + 0.7152 * lin(c[1]) + 0.0722 * lin(c[2])
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_is_readable_in_both_themes() {
        for p in [Paint::Ink, Paint::Muted] {
            assert!(contrast(p.light(), Paint::Ground.light()) > 4.5);
            assert!(contrast(p.dark(), Paint::Ground.dark()) > 4.5);
        }
        for i in 0..PARTS {
            assert!(contrast(Paint::Part(i).light(), Paint::OnPart(i).light()) > 3.0, "{i}");
            assert!(contrast(Paint::Part(i).dark(), Paint::OnPart(i).dark()) > 3.0, "{i}");
        }
        for i in 0..7 {
            assert!(contrast(Paint::Series(i).light(), Paint::Ground.light()) > 2.7, "{i}");
            assert!(contrast(Paint::Series(i).dark(), Paint::Ground.dark()) > 4.5, "{i}");
        }
    }

    #[test]
    fn the_ramp_is_monotonic_in_lightness() {
        for i in 1..=RAMP_STEPS {
            let (a, b) = (Paint::Ramp(i - 1), Paint::Ramp(i));
            assert!(luminance(b.light()) < luminance(a.light()));
            assert!(luminance(b.dark()) > luminance(a.dark()));
        }
    }
}
