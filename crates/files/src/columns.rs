//! Tables: which columns are understood, and columns of numbers that are already in memory, as an array
//! library or a data frame holds them.

use eccentric::Error;

use crate::raw::{RawActivity, RawPoint, Stated, excerpt};
use crate::{Format, MAX_POINTS, ReadActivity, ReadError, ReadOptions, Result, assemble};

/// Columns that are understood, canonical name first.
const TIME: &[&str] = &["time_s", "time", "timestamp", "seconds"];
const DISTANCE: &[&str] = &["distance_m", "distance"];
const ELEVATION: &[&str] = &["elevation_m", "elevation", "altitude_m", "altitude", "ele"];
const CADENCE_STEPS: &[&str] = &["cadence_steps_min"];
const CADENCE: &[&str] = &["cadence"];
const SPEED: &[&str] = &["speed_m_s", "speed"];

pub(crate) fn normalised(name: &str) -> String {
    name.trim().trim_matches('"').to_ascii_lowercase().replace([' ', '-'], "_")
}

/// Whether this is a name of the time.
pub(crate) fn names_time(name: &str) -> bool {
    TIME.contains(&normalised(name).as_str())
}

/// Seconds since 1970 are a time of day too; no recording lasts 30 years.
pub(crate) fn is_clock(seconds: f64) -> bool {
    seconds > 1.0e9
}

/// Index of each column that is there.
pub(crate) struct Layout {
    pub time: usize,
    pub distance: Option<usize>,
    pub elevation: Option<usize>,
    pub cadence: Option<usize>,
    pub cadence_is_steps: bool,
    pub speed: Option<usize>,
}

impl Layout {
    /// From normalised names; without the columns that must be there, the reason.
    pub fn of(names: &[String]) -> std::result::Result<Self, String> {
        let column = |known: &[&str]| {
            known.iter().find_map(|name| names.iter().position(|header| header == name))
        };
        let steps = column(CADENCE_STEPS);
        let (time, distance, speed) = (column(TIME), column(DISTANCE), column(SPEED));
        let Some(time) = time.filter(|_| distance.is_some() || speed.is_some()) else {
            return Err(format!(
                "columns are {}; needed are time_s and one of distance_m and speed_m_s (also understood: time, timestamp, distance, elevation_m, altitude, ele, cadence_steps_min, cadence, speed)",
                excerpt(&names.join(", "))
            ));
        };
        Ok(Self {
            time,
            distance,
            elevation: column(ELEVATION),
            cadence: steps.or_else(|| column(CADENCE)),
            cadence_is_steps: steps.is_some(),
            speed,
        })
    }
}

/// Reads one run from columns of numbers: what [`crate::read_bytes`] does with the same table as CSV.
///
/// The names are those of CSV columns; others are passed over. NaN is a missing value, except for the time,
/// which is in seconds since the start or since 1970.
///
/// # Errors
/// [`ReadError::Columns`] that names the column and the row, [`ReadError::Recording`] with
/// [`Error::LengthMismatch`] for columns of different lengths, else as [`crate::read_bytes`].
///
/// ```
/// use eccentric_files::{ReadOptions, read_columns};
/// let columns: [(&str, &[f64]); 3] = [
///     ("time_s", &[0.0, 60.0, 120.0]),
///     ("distance_m", &[0.0, 180.0, 360.0]),
///     ("elevation_m", &[900.0, f64::NAN, 840.0]),
/// ];
/// let run = read_columns(&columns, &ReadOptions::default())?;
/// assert_eq!(run.recording.samples[1].elevation_m, None);
/// # Ok::<(), eccentric_files::ReadError>(())
/// ```
pub fn read_columns(columns: &[(&str, &[f64])], options: &ReadOptions) -> Result<ReadActivity> {
    let names: Vec<String> = columns.iter().map(|(name, _)| normalised(name)).collect();
    let layout = Layout::of(&names).map_err(|reason| ReadError::Columns { reason })?;
    let len = columns[layout.time].1.len();
    if len > MAX_POINTS {
        return Err(ReadError::TooLarge { what: "too many rows", max: MAX_POINTS });
    }
    let column = |index: Option<usize>, quantity| match index.map(|index| columns[index].1) {
        Some(values) if values.len() != len => {
            Err(Error::LengthMismatch { quantity, expected: len, found: values.len() })
        }
        values => Ok(values.unwrap_or_default()),
    };
    let times_s = column(Some(layout.time), "time")?;
    let distances_m = column(layout.distance, "distance")?;
    let speeds_m_s = column(layout.speed, "speed")?;
    let elevations_m = column(layout.elevation, "elevation")?;
    let cadences = column(layout.cadence, "cadence")?;
    let has_clock = times_s.first().copied().is_some_and(is_clock);
    let mut points = Vec::with_capacity(len);
    for (row, &time_s) in times_s.iter().enumerate() {
        points.push(RawPoint {
            time_s: Some(time(time_s, row, has_clock)?),
            distance_m: number("distance", distances_m, row)?,
            speed_m_s: number("speed", speeds_m_s, row)?,
            elevation_m: number("elevation", elevations_m, row)?,
            cadence: number("cadence", cadences, row)?,
            ..RawPoint::default()
        });
    }
    let name = "not stated".to_owned();
    let mut activity = RawActivity::new(Stated::Open { name, strict: false });
    activity.cadence_is_steps = layout.cadence_is_steps;
    activity.has_clock = has_clock;
    activity.points = points;
    let mut runs = assemble::all(vec![activity], Format::Csv, options)?;
    // One activity in, one run or an error out.
    runs.pop().ok_or_else(|| Error::TooFewSamples { found: 0, needed: 2 }.into())
}

fn time(value: f64, row: usize, has_clock: bool) -> Result<f64> {
    let wrong = |reason| Err(ReadError::Columns { reason });
    if !value.is_finite() {
        return wrong(format!("time in row {row} is {value}, allowed is a number of seconds"));
    }
    if is_clock(value) != has_clock {
        return wrong(format!(
            "row {row}: times of day and seconds since the start are mixed; allowed is one of them"
        ));
    }
    Ok(value)
}

/// A value, none for NaN or where there is no such column.
fn number(what: &str, values: &[f64], row: usize) -> Result<Option<f64>> {
    match values.get(row) {
        Some(value) if value.is_infinite() => Err(ReadError::Columns {
            reason: format!("{what} in row {row} is {value}, allowed is a number or NaN for none"),
        }),
        value => Ok(value.copied().filter(|value| !value.is_nan())),
    }
}
