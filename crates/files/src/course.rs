//! Courses for planning: distance and elevation along a GPX track or route, no times needed.

use eccentric::plan::CoursePoint;

use crate::distance::haversine_m;
use crate::xml::{Piece, lat_lon, walk};
use crate::{Format, MAX_POINTS, ReadError, Result, input};

/// Largest accepted distance between two consecutive points of a course.
pub const MAX_COURSE_JUMP_M: f64 = 5000.0;

/// What a course file holds; [`eccentric::plan::Course::new`] makes a course of its points.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Name of the track or route, if it has one.
    pub name: Option<String>,
    /// At least two points.
    pub points: Vec<CoursePoint>,
    /// Points of the file without a usable elevation; their distance counts.
    pub without_elevation: usize,
}

/// Reads a course from GPX: the points of all its tracks or, if it has none, of its routes.
///
/// ```
/// let gpx = r#"<gpx><trk><name>Up &amp; down</name><trkseg>
///   <trkpt lat="46.00" lon="8"><ele>1200</ele></trkpt>
///   <trkpt lat="46.01" lon="8"><ele>1000</ele></trkpt></trkseg></trk></gpx>"#;
/// let course = eccentric_files::read_course("down.gpx", gpx.as_bytes())?;
/// assert_eq!(course.name.as_deref(), Some("Up & down"));
/// assert_eq!(course.points[1].distance_m.round(), 1112.0);
/// # Ok::<(), eccentric_files::ReadError>(())
/// ```
///
/// # Errors
/// [`ReadError::CourseElevation`] without two points that carry an elevation,
/// [`ReadError::CourseJump`] if consecutive points lie more than [`MAX_COURSE_JUMP_M`] apart, and
/// the errors of a file that is no GPX or breaks off.
pub fn read_course(name: &str, bytes: &[u8]) -> Result<Course> {
    let bytes = input::unpacked(bytes)?;
    if input::detect(name, &bytes)? != Format::Gpx {
        let looks_like = "an activity file; a course is read from GPX";
        return Err(ReadError::UnknownFormat { name: name.to_owned(), looks_like });
    }
    let mut reader = CourseReader::default();
    if let Some((at_byte, reason)) = walk(&bytes, |piece| reader.piece(piece))? {
        return Err(ReadError::Xml { at_byte, reason });
    }
    let CourseReader { track, route, name, .. } = reader;
    along(name, if track.is_empty() { &route } else { &track })
}

/// Cumulative distance over the points that have a position.
fn along(name: Option<String>, places: &[Place]) -> Result<Course> {
    let mut distance_m = 0.0;
    let mut points = Vec::new();
    for (index, place) in places.iter().enumerate() {
        if let Some(previous) = index.checked_sub(1).map(|before| places[before].position) {
            let jump_m = haversine_m(previous, place.position);
            if jump_m > MAX_COURSE_JUMP_M {
                return Err(ReadError::CourseJump { index, jump_m, max_m: MAX_COURSE_JUMP_M });
            }
            distance_m += jump_m;
        }
        points.extend(place.elevation_m.map(|elevation_m| CoursePoint { distance_m, elevation_m }));
    }
    if points.len() < 2 {
        let with_elevation = points.len();
        return Err(ReadError::CourseElevation { points: places.len(), with_elevation });
    }
    let without_elevation = places.len() - points.len();
    Ok(Course { name, points, without_elevation })
}

#[derive(Debug, Clone, Copy)]
struct Place {
    position: (f64, f64),
    elevation_m: Option<f64>,
}

#[derive(Default)]
struct CourseReader {
    track: Vec<Place>,
    route: Vec<Place>,
    name: Option<String>,
    place: Option<Place>,
    element: String,
    in_track: bool,
}

impl CourseReader {
    fn piece(&mut self, piece: Piece<'_>) -> Result<()> {
        match piece {
            Piece::Start(name, element) => {
                name.clone_into(&mut self.element);
                match name {
                    "trkpt" | "rtept" => {
                        let place = |position| Place { position, elevation_m: None };
                        self.place = lat_lon(element).filter(is_on_earth).map(place);
                    }
                    "trk" | "rte" => self.in_track = true,
                    _ => {}
                }
            }
            Piece::Text(text) => match (&mut self.place, self.element.as_str()) {
                (Some(place), "ele") => {
                    let elevation = text.parse().ok();
                    place.elevation_m = elevation
                        .filter(|metres| eccentric::bounds::ELEVATION.check(*metres).is_ok());
                }
                (None, "name") if self.in_track && self.name.is_none() => {
                    self.name = Some(text.to_owned());
                }
                _ => {}
            },
            Piece::End(name) => {
                self.element.clear();
                match name {
                    "trkpt" => self.track.extend(self.place.take()),
                    "rtept" => self.route.extend(self.place.take()),
                    "trk" | "rte" => self.in_track = false,
                    _ => {}
                }
                if self.track.len().max(self.route.len()) > MAX_POINTS {
                    return Err(ReadError::TooLarge { what: "too many points", max: MAX_POINTS });
                }
            }
        }
        Ok(())
    }
}

fn is_on_earth(&(latitude, longitude): &(f64, f64)) -> bool {
    latitude.abs() <= 90.0 && longitude.abs() <= 360.0
}
