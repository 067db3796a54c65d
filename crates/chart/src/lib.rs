//! Figures for the `eccentric` model of muscle damage and soreness: plain data in, strings out.
//!
//! Four kinds of panel — [`Profile`], [`Fan`], [`Drivers`] and [`Lines`] — stack into a
//! [`Document`], which writes one SVG or one self-contained HTML page. [`terminal_profile`] and
//! [`terminal_fan`] draw with characters. The same data always gives the same bytes; nothing is
//! read, written, or asked of a clock.
//!
//! Numbers that cannot be drawn are a [`ChartError`], which says what is wrong and where. Labels
//! may hold anything: they are escaped, and characters XML forbids are left out.
//!
//! ```
//! use eccentric_chart::{Document, Profile, ProfilePoint, Theme};
//!
//! let descent = |i: u32| ProfilePoint {
//!     distance_km: f64::from(i) * 0.1,
//!     elevation_m: 2100.0 - 9.0 * f64::from(i),
//!     load_per_km: 14.0,
//! };
//! let profile = Profile {
//!     title: "Load along the course".into(),
//!     points: (0..=100).map(descent).collect(),
//!     ..Profile::default()
//! };
//! let document = Document::new("Sunday's descent").with(profile);
//! let svg = document.to_svg(Theme::Auto)?;
//! let page = document.to_html()?;
//! assert!(svg.contains("140 points") && page.contains("140 points"));
//! # Ok::<(), eccentric_chart::ChartError>(())
//! ```

mod colour;
mod document;
mod drivers;
mod error;
mod fan;
mod fan_draw;
mod grid;
mod html;
mod layout;
mod lines;
mod lines_draw;
mod profile;
mod scale;
mod svg;
mod terminal;
mod text;
mod thin;

pub use colour::Theme;
pub use document::{Document, Panel};
pub use drivers::{DriverRow, Drivers};
pub use error::{ChartError, Problem};
pub use fan::{Band, Fan, FanSeries, PeakMark, RunMark, Threshold};
pub use lines::{Axis, Lines, Rule, Series, SeriesStyle};
pub use profile::{Profile, ProfilePoint};
pub use terminal::{terminal_fan, terminal_profile};
