//! What the format readers hand over: points as the file has them, nothing repaired.

use eccentric::activity::{ElevationSource, Sport};

use crate::{MAX_ACTIVITIES, ReadError, Result, Warning};

/// One point as the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct RawPoint {
    /// Seconds since the Unix epoch, or since the start if the file has no clock.
    pub time_s: Option<f64>,
    /// Cumulative distance.
    pub distance_m: Option<f64>,
    pub speed_m_s: Option<f64>,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    pub elevation_m: Option<f64>,
    /// A minute, of one leg or of both.
    pub cadence: Option<f64>,
    /// Index of the track or segment: a gap in time between two of them is a pause.
    pub segment: u32,
}

/// What the file says about the kind of movement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stated {
    OnFoot(Sport),
    /// Certainly not on foot.
    Other(String),
    /// The file names no sport or a generic one: decided from the data. `strict` asks for a cadence
    /// as evidence, where the device recorded several sports.
    Open {
        name: String,
        strict: bool,
    },
}

/// One activity of a file, before the clean-up.
#[derive(Debug, Clone)]
pub(crate) struct RawActivity {
    pub points: Vec<RawPoint>,
    /// Start and end of pauses on the clock of the points.
    pub pauses: Vec<(f64, f64)>,
    pub stated: Stated,
    pub source: ElevationSource,
    /// The file says so: no ground was covered, whatever elevation it has.
    pub indoor: bool,
    /// The device counts steps of both legs.
    pub cadence_is_steps: bool,
    /// Point times are times of day and not seconds since the start.
    pub has_clock: bool,
    pub device: Option<String>,
    pub warnings: Vec<Warning>,
}

impl RawActivity {
    pub fn new(stated: Stated) -> Self {
        Self {
            points: Vec::new(),
            pauses: Vec::new(),
            stated,
            source: ElevationSource::Unknown,
            indoor: false,
            cadence_is_steps: false,
            has_clock: true,
            device: None,
            warnings: Vec::new(),
        }
    }
}

/// Adds an activity unless the file has too many.
pub(crate) fn add(activities: &mut Vec<RawActivity>, activity: RawActivity) -> Result<()> {
    if activities.len() >= MAX_ACTIVITIES {
        return Err(ReadError::TooLarge { what: "too many activities", max: MAX_ACTIVITIES });
    }
    activities.push(activity);
    Ok(())
}

/// The start of a text from a file, short enough for a message.
pub(crate) fn excerpt(text: &str) -> &str {
    text.char_indices().nth(60).map_or(text, |(end, _)| &text[..end])
}

/// What a name of a sport, or a number that Strava writes for it, means.
/// Parts of the names of sports that are not on foot.
const NOT_ON_FOOT: [&str; 18] = [
    "cycling",
    "biking",
    "bike",
    "ride",
    "swim",
    "rowing",
    "ski",
    "kayak",
    "driv",
    "skat",
    "elliptical",
    "paddl",
    "surf",
    "snowboard",
    "sail",
    "canoe",
    "wheelchair",
    "golf",
];

pub(crate) fn stated_by_name(name: &str) -> Stated {
    let name = excerpt(name.trim());
    let lower = name.to_ascii_lowercase().replace([' ', '-'], "_");
    match lower.as_str() {
        // 4, 9 and 10 are what Strava writes into GPX for hike, run and walk.
        "9" | "run" | "trailrun" | "virtualrun" | "jogging" => Stated::OnFoot(Sport::Running),
        "4" | "10" | "walk" | "hike" | "mountaineering" => Stated::OnFoot(Sport::Walking),
        "1" | "ride" | "biking" | "bike" => Stated::Other(name.to_owned()),
        _ if lower.contains("running") => Stated::OnFoot(Sport::Running),
        _ if lower.contains("walking") || lower.contains("hiking") => {
            Stated::OnFoot(Sport::Walking)
        }
        _ if NOT_ON_FOOT.iter().any(|sport| lower.contains(sport)) => {
            Stated::Other(name.to_owned())
        }
        _ => Stated::Open { name: name.to_owned(), strict: false },
    }
}
