//! Panels stacked into one figure.

use crate::colour::Theme;
use crate::drivers::Drivers;
use crate::error::{ChartError, filled};
use crate::fan::Fan;
use crate::layout::{Row, small_print};
use crate::lines::Lines;
use crate::profile::Profile;
use crate::svg::Canvas;

/// What every panel can do.
pub(crate) trait Draw {
    /// Finds numbers that cannot be drawn.
    fn check(&self) -> Result<(), ChartError>;
    /// Draws at a position within a width and returns the height used.
    fn draw(&self, c: &mut Canvas, x: f64, y: f64, w: f64) -> f64;
    /// The numbers, for the table of a page.
    fn rows(&self) -> Vec<Row>;
    /// The heading.
    fn heading(&self) -> &str;
    /// One or two sentences for those who do not see the figure.
    fn describe(&self) -> String;
}

/// One figure of a [`Document`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Panel {
    /// An elevation profile.
    Profile(Profile),
    /// A fan chart.
    Fan(Fan),
    /// Shares of past runs.
    Drivers(Drivers),
    /// A general figure.
    Lines(Lines),
}

impl Panel {
    pub(crate) fn draws(&self) -> &dyn Draw {
        match self {
            Self::Profile(p) => p,
            Self::Fan(p) => p,
            Self::Drivers(p) => p,
            Self::Lines(p) => p,
        }
    }
}

impl From<Profile> for Panel {
    fn from(p: Profile) -> Self {
        Self::Profile(p)
    }
}

impl From<Fan> for Panel {
    fn from(p: Fan) -> Self {
        Self::Fan(p)
    }
}

impl From<Drivers> for Panel {
    fn from(p: Drivers) -> Self {
        Self::Drivers(p)
    }
}

impl From<Lines> for Panel {
    fn from(p: Lines) -> Self {
        Self::Lines(p)
    }
}

/// Panels below each other: one SVG, or one page.
///
/// ```
/// use eccentric_chart::{Document, DriverRow, Drivers, Theme};
///
/// let drivers = Drivers {
///     title: "Drivers".into(),
///     runs: vec!["Sunday".into()],
///     rows: vec![DriverRow { label: "Calves".into(), shares: vec![1.0] }],
///     ..Drivers::default()
/// };
/// let document = Document::new("After the race").with(drivers);
/// assert!(document.to_svg(Theme::Auto)?.starts_with("<svg"));
/// assert!(document.to_html()?.starts_with("<!DOCTYPE html>"));
/// # Ok::<(), eccentric_chart::ChartError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Title of the page, and of the SVG for assistive technology.
    pub title: String,
    /// A sentence or two below the title of the page.
    pub description: String,
    /// Small print at the end: what a reader must be told, the source of the data.
    pub footer: String,
    /// The figures.
    pub panels: Vec<Panel>,
    /// Width of the SVG in pixels, 320 to 2000; a page sets its own.
    pub width: f64,
}

impl Default for Document {
    fn default() -> Self {
        Self {
            title: String::new(),
            description: String::new(),
            footer: String::new(),
            panels: Vec::new(),
            width: 760.0,
        }
    }
}

impl<P: Into<Panel>> From<P> for Document {
    fn from(panel: P) -> Self {
        let panel = panel.into();
        Self::new(panel.draws().heading().to_owned()).with(panel)
    }
}

impl Document {
    /// An empty document with a title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// With one more panel below the others.
    #[must_use]
    pub fn with(mut self, panel: impl Into<Panel>) -> Self {
        self.panels.push(panel.into());
        self
    }

    pub(crate) fn check(&self) -> Result<(), ChartError> {
        filled("document panels", &self.panels)?;
        self.panels.iter().try_for_each(|p| p.draws().check())
    }

    /// One SVG with all panels.
    ///
    /// # Errors
    ///
    /// [`ChartError`] if there is no panel, or a panel cannot be drawn.
    pub fn to_svg(&self, theme: Theme) -> Result<String, ChartError> {
        self.check()?;
        let width = if self.width.is_finite() { self.width.clamp(320.0, 2000.0) } else { 760.0 };
        let margin = if width < 500.0 { 14.0 } else { 24.0 };
        let mut canvas = Canvas::new(theme, "ec-", false);
        let mut y = margin - 6.0;
        for (i, panel) in self.panels.iter().enumerate() {
            if i > 0 {
                y += 28.0;
            }
            y += panel.draws().draw(&mut canvas, margin, y, width - 2.0 * margin);
        }
        if !self.footer.is_empty() {
            y = small_print(&mut canvas, (margin, y + 18.0), width - 2.0 * margin, &self.footer);
        }
        let about: Vec<String> = self.panels.iter().map(|p| p.draws().describe()).collect();
        let desc = [self.description.clone()].into_iter().chain(about).filter(|s| !s.is_empty());
        let desc = desc.collect::<Vec<_>>().join(" ");
        Ok(canvas.finish(width, (y + margin).ceil(), &self.title, &desc))
    }
}
