//! Strava streams: an array of stream objects, or one object keyed by the type of the stream.

use serde_json::Value;

use crate::raw::{RawActivity, RawPoint, stated_by_name};
use crate::{MAX_JSON_BYTES, MAX_POINTS, ReadError, Result, time};

/// A span that Strava calls "not moving" is a pause only below this speed: its threshold for runs
/// would take slow walking on steep ground for standing.
const STANDING_M_S: f64 = 0.3;

/// Reads the streams as one activity.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<RawActivity>> {
    if bytes.len() > MAX_JSON_BYTES {
        let what = "the JSON has too many bytes";
        return Err(ReadError::TooLarge { what, max: MAX_JSON_BYTES });
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(text).map_err(|error| {
        // The place is in fields of its own.
        let reason = error.to_string().split(" at line ").next().unwrap_or_default().to_owned();
        ReadError::Json { line: error.line(), column: error.column(), reason }
    })?;
    let streams = Streams::new(&value);
    let times = streams.get("time").ok_or_else(|| {
        shape("no \"time\" stream; allowed are an array of {\"type\", \"data\"} or an object of streams keyed by type")
    })?;
    if times.len() > MAX_POINTS {
        return Err(ReadError::TooLarge { what: "too many points", max: MAX_POINTS });
    }
    let sport = text_of(&value, "sport_type").or_else(|| text_of(&value, "type"));
    let mut activity = RawActivity::new(stated_by_name(sport.unwrap_or_default()));
    let start_s = text_of(&value, "start_date").and_then(time::unix_s);
    activity.has_clock = start_s.is_some();
    activity.points = streams.points(times, start_s.unwrap_or(0.0))?;
    activity.pauses = pauses(&activity.points, streams.get("moving").unwrap_or_default());
    Ok(vec![activity])
}

fn shape(reason: impl Into<String>) -> ReadError {
    ReadError::Json { line: 0, column: 0, reason: reason.into() }
}

fn text_of<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

/// Streams by type, whichever of the two shapes the file has.
struct Streams<'a>(Vec<(&'a str, &'a Vec<Value>)>);

impl<'a> Streams<'a> {
    fn new(value: &'a Value) -> Self {
        // The streams may be wrapped together with the activity.
        let value = value.get("streams").unwrap_or(value);
        let data = |stream: &'a Value| match stream {
            Value::Array(values) => Some(values),
            other => other.get("data")?.as_array(),
        };
        let streams = match value {
            Value::Array(streams) => streams
                .iter()
                .filter_map(|stream| Some((text_of(stream, "type")?, data(stream)?)))
                .collect(),
            Value::Object(streams) => streams
                .iter()
                .filter_map(|(kind, stream)| Some((kind.as_str(), data(stream)?)))
                .collect(),
            _ => Vec::new(),
        };
        Self(streams)
    }

    fn get(&self, kind: &str) -> Option<&'a [Value]> {
        self.0.iter().find(|(name, _)| *name == kind).map(|(_, data)| data.as_slice())
    }

    /// Every stream that is there must be as long as the time; nulls are missing values.
    fn points(&self, times: &[Value], start_s: f64) -> Result<Vec<RawPoint>> {
        let stream = |kind| -> Result<&[Value]> {
            let data = self.get(kind).unwrap_or_default();
            if data.is_empty() || data.len() == times.len() {
                return Ok(data);
            }
            Err(shape(format!(
                "stream \"{kind}\" has {} values, \"time\" has {}; they must agree",
                data.len(),
                times.len()
            )))
        };
        let (distance, altitude) = (stream("distance")?, stream("altitude")?);
        let (cadence, speed) = (stream("cadence")?, stream("velocity_smooth")?);
        let (position, _) = (stream("latlng")?, stream("moving")?);
        let at = |data: &[Value], index: usize| data.get(index).and_then(Value::as_f64);
        let point = |(index, time): (usize, &Value)| RawPoint {
            time_s: time.as_f64().map(|time| time + start_s),
            distance_m: at(distance, index),
            speed_m_s: at(speed, index),
            position: position
                .get(index)
                .and_then(|pair| Some((pair.get(0)?.as_f64()?, pair.get(1)?.as_f64()?))),
            elevation_m: at(altitude, index),
            cadence: at(cadence, index),
            segment: 0,
        };
        Ok(times.iter().enumerate().map(point).collect())
    }
}

/// Spans of "not moving" in which indeed hardly any ground is covered. A flag belongs to the
/// interval that ends at its sample.
fn pauses(points: &[RawPoint], moving: &[Value]) -> Vec<(f64, f64)> {
    let stands = |index: usize| moving.get(index) == Some(&Value::Bool(false));
    let mut pauses = Vec::new();
    let mut index = 1;
    while index < points.len() {
        let first = index - 1;
        while index < points.len() && stands(index) {
            index += 1;
        }
        let last = index - 1;
        index += 1;
        let (Some(start), Some(end)) = (points[first].time_s, points[last].time_s) else {
            continue;
        };
        let ground = points[last].distance_m.zip(points[first].distance_m);
        let ground_m = ground.map_or(0.0, |(end, start)| end - start);
        if end > start && ground_m <= STANDING_M_S * (end - start) {
            pauses.push((start, end));
        }
    }
    pauses
}
