//! GPX and TCX: one pull reader for both, elements told by their local name.
//!
//! A point is an element (`trkpt`, `Trackpoint`) with its values somewhere inside, so extensions of
//! any maker and nesting need no paths.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::raw::{self, RawActivity, RawPoint, stated_by_name};
use crate::{MAX_POINTS, ReadError, Result, Warning, device, time};

/// Tracks closer than this in time are one run.
const SAME_RUN_S: f64 = 6.0 * 3600.0;
/// How far back points and activities are looked at: bounds the work in a file made of tiny tracks.
const NEAR: usize = 16;

/// A piece of XML that matters here: names are local, text is trimmed and not empty.
pub(crate) enum Piece<'a> {
    Start(&'a str, &'a BytesStart<'a>),
    Text(&'a str),
    End(&'a str),
}

/// Feeds the pieces of a document to `piece`. Returns where and why the document breaks off, if so.
pub(crate) fn walk(
    bytes: &[u8],
    mut piece: impl FnMut(Piece<'_>) -> Result<()>,
) -> Result<Option<(usize, String)>> {
    let text: Cow<'_, str> = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut depth = 0_usize;
    // A reference such as &amp; cuts a text into pieces.
    let mut said = String::new();
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                return Ok(Some((reader.error_position() as usize, error.to_string())));
            }
        };
        if matches!(event, Event::Start(_) | Event::Empty(_) | Event::End(_)) {
            if !said.trim().is_empty() {
                piece(Piece::Text(said.trim()))?;
            }
            said.clear();
        }
        match event {
            Event::Start(start) => {
                depth += 1;
                piece(Piece::Start(start.local_name().as_ref(), &start))?;
            }
            Event::Empty(start) => {
                piece(Piece::Start(start.local_name().as_ref(), &start))?;
                piece(Piece::End(start.local_name().as_ref()))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                piece(Piece::End(end.local_name().as_ref()))?;
            }
            Event::Text(text) => said.push_str(&text),
            Event::CData(text) => said.push_str(&text),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => said.push(character),
                _ => said.push_str(resolve_predefined_entity(&reference).unwrap_or("")),
            },
            Event::Eof if depth > 0 => {
                let reason = "end of file inside an element".to_owned();
                return Ok(Some((reader.buffer_position() as usize, reason)));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

/// A number that is finite.
fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(attribute.value.into_owned())
}

/// The `lat` and `lon` of a GPX point.
pub(crate) fn lat_lon(element: &BytesStart<'_>) -> Option<(f64, f64)> {
    let degrees = |name| attribute(element, name).and_then(|text| number(text.trim()));
    degrees("lat").zip(degrees("lon"))
}

/// Counts a point of the file, of which there must not be too many.
fn count(points: &mut usize) -> Result<()> {
    *points += 1;
    if *points > MAX_POINTS {
        return Err(ReadError::TooLarge { what: "too many track points", max: MAX_POINTS });
    }
    Ok(())
}

/// Points before a break are kept and the break becomes a warning; without points it is an error.
fn with_break(
    mut activities: Vec<RawActivity>,
    broken: Option<(usize, String)>,
) -> Result<Vec<RawActivity>> {
    let Some((at_byte, reason)) = broken else { return Ok(activities) };
    let records_read = activities.iter().map(|activity| activity.points.len()).sum();
    if records_read < 2 {
        return Err(ReadError::Xml { at_byte, reason });
    }
    for activity in &mut activities {
        let reason = reason.clone();
        activity.warnings.push(Warning::Truncated { records_read, at_byte, reason });
    }
    Ok(activities)
}

/// Reads GPX: tracks of one sport become one activity, their segments in order of time.
pub(crate) fn read_gpx(bytes: &[u8]) -> Result<Vec<RawActivity>> {
    let mut gpx = Gpx::default();
    let broken = walk(bytes, |piece| gpx.piece(piece))?;
    gpx.end_track()?;
    for activity in &mut gpx.activities {
        if let Some(creator) = &gpx.creator {
            activity.source = device::elevation_source(creator);
            activity.device = Some(raw::excerpt(creator).to_owned());
        }
    }
    with_break(gpx.activities, broken)
}

#[derive(Default)]
struct Gpx {
    activities: Vec<RawActivity>,
    creator: Option<String>,
    /// Points and `type` of the current track.
    track: Vec<RawPoint>,
    kind: Option<String>,
    in_track: bool,
    /// Links have a `type` too, that of what they lead to.
    in_link: bool,
    /// The current point, while inside one.
    point: Option<RawPoint>,
    /// Innermost element that was opened, and cleared at its end: whose text comes next.
    element: String,
    segment: u32,
    /// Points so far.
    count: usize,
}

impl Gpx {
    fn piece(&mut self, piece: Piece<'_>) -> Result<()> {
        match piece {
            Piece::Start(name, element) => {
                name.clone_into(&mut self.element);
                match name {
                    "gpx" => self.creator = attribute(element, "creator"),
                    "trk" => self.in_track = true,
                    "link" => self.in_link = true,
                    "trkseg" => self.segment = self.segment.wrapping_add(1),
                    "trkpt" => {
                        self.point = Some(RawPoint {
                            position: lat_lon(element),
                            segment: self.segment,
                            ..RawPoint::default()
                        });
                    }
                    _ => {}
                }
            }
            Piece::Text(text) => self.text(text),
            Piece::End(name) => {
                self.element.clear();
                match name {
                    "trkpt" => {
                        if let Some(point) = self.point.take() {
                            count(&mut self.count)?;
                            self.track.push(point);
                        }
                    }
                    "trk" => self.end_track()?,
                    "link" => self.in_link = false,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let Some(point) = &mut self.point else {
            if self.element == "type" && self.in_track && !self.in_link {
                self.kind = Some(text.to_owned());
            }
            return;
        };
        match self.element.as_str() {
            "time" => point.time_s = time::unix_s(text),
            "ele" => point.elevation_m = number(text),
            "cad" | "cadence" | "RunCadence" => point.cadence = number(text),
            "speed" => point.speed_m_s = number(text),
            "distance" => point.distance_m = number(text),
            _ => {}
        }
    }

    /// Tracks of the same kind within hours belong together: a pause or a lost signal often opens
    /// a new one. Further apart they are different runs.
    fn end_track(&mut self) -> Result<()> {
        let kind = self.kind.take().unwrap_or_default();
        self.in_track = false;
        if self.track.is_empty() {
            return Ok(());
        }
        let stated = stated_by_name(&kind);
        let first_s = self.track.iter().find_map(|point| point.time_s);
        let same_run = |activity: &&mut RawActivity| {
            let last_s = activity.points.iter().rev().take(NEAR).find_map(|point| point.time_s);
            let apart_s = first_s.zip(last_s).map_or(0.0, |(first, last)| first - last);
            activity.stated == stated && apart_s.abs() < SAME_RUN_S
        };
        match self.activities.iter_mut().rev().take(NEAR).find(same_run) {
            Some(activity) => activity.points.append(&mut self.track),
            None => {
                let mut activity = RawActivity::new(stated);
                activity.points = std::mem::take(&mut self.track);
                raw::add(&mut self.activities, activity)?;
            }
        }
        Ok(())
    }
}

/// Reads TCX: each `Activity` becomes one activity.
pub(crate) fn read_tcx(bytes: &[u8]) -> Result<Vec<RawActivity>> {
    let mut tcx = Tcx::default();
    let broken = walk(bytes, |piece| tcx.piece(piece))?;
    with_break(tcx.activities, broken)
}

#[derive(Default)]
struct Tcx {
    activities: Vec<RawActivity>,
    point: Option<RawPoint>,
    latitude: Option<f64>,
    element: String,
    in_creator: bool,
    segment: u32,
    /// Points so far.
    count: usize,
}

impl Tcx {
    fn piece(&mut self, piece: Piece<'_>) -> Result<()> {
        match piece {
            Piece::Start(name, element) => {
                name.clone_into(&mut self.element);
                match name {
                    "Activity" => {
                        let sport = attribute(element, "Sport").unwrap_or_default();
                        let activity = RawActivity::new(stated_by_name(&sport));
                        raw::add(&mut self.activities, activity)?;
                    }
                    // A new track follows a pause, in Garmin's files as in the schema.
                    "Track" => self.segment = self.segment.wrapping_add(1),
                    "Creator" => self.in_creator = true,
                    "Trackpoint" => {
                        self.point =
                            Some(RawPoint { segment: self.segment, ..RawPoint::default() });
                    }
                    _ => {}
                }
            }
            Piece::Text(text) => self.text(text),
            Piece::End(name) => {
                self.element.clear();
                match name {
                    "Creator" => self.in_creator = false,
                    "Trackpoint" => {
                        if let (Some(point), Some(activity)) =
                            (self.point.take(), self.activities.last_mut())
                        {
                            count(&mut self.count)?;
                            activity.points.push(point);
                        }
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let Some(point) = &mut self.point else {
            if self.in_creator
                && self.element == "Name"
                && let Some(activity) = self.activities.last_mut()
            {
                activity.source = device::elevation_source(text);
                activity.device = Some(raw::excerpt(text).to_owned());
            }
            return;
        };
        match self.element.as_str() {
            "Time" => point.time_s = time::unix_s(text),
            "LatitudeDegrees" => self.latitude = number(text),
            "LongitudeDegrees" => point.position = self.latitude.take().zip(number(text)),
            "AltitudeMeters" => point.elevation_m = number(text),
            "DistanceMeters" => point.distance_m = number(text),
            // Cadence of a bicycle sensor stands in the point itself, RunCadence in the extension.
            "RunCadence" => point.cadence = number(text),
            "Cadence" => point.cadence = point.cadence.or(number(text)),
            "Speed" => point.speed_m_s = number(text),
            _ => {}
        }
    }
}
