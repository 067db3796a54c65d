//! The course of a race.

use std::ffi::c_char;

use eccentric::plan::CoursePoint;
use eccentric_app::race::CourseFile;
use eccentric_files::{Course as CourseOfFile, MAX_BYTES, MAX_POINTS};

use crate::door::{Status, door};
use crate::memory::{self, Kind, held, new_place, place, text, values};

/// The course of a race.
pub struct Course(());

impl Kind for Course {
    type Value = CourseFile;
    const NAME: &'static str = "a course";
    const TAG: u64 = u64::from_le_bytes(*b"ecc.cour");
}

/// A course from the bytes of a GPX file with a track or a route, also gzipped; at most 512 MiB. `name` is that
/// of the file, for messages. Freed by eccentric_course_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_course_from_file(
    name: *const c_char,
    bytes: *const u8,
    len: usize,
    course: *mut *mut Course,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, a text and `len` bytes, as the header asks.
        let (to, name, bytes) = unsafe {
            (
                new_place(course, "course")?,
                text(name, "name")?,
                values(bytes, len, MAX_BYTES, "bytes")?,
            )
        };
        to.hand_over(CourseFile::read(name, bytes)?);
        Ok(())
    })
}

/// A course from points: horizontal metres since the start, never decreasing, and metres above sea level, NaN
/// where missing; at most 2,000,000. `name` is that of the race and may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_course_from_points(
    name: *const c_char,
    distance_m: *const f64,
    elevation_m: *const f64,
    len: usize,
    course: *mut *mut Course,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, and `len` numbers each, as the header asks.
        let (to, distance_m, elevation_m) = unsafe {
            (
                new_place(course, "course")?,
                values(distance_m, len, MAX_POINTS, "distance_m")?,
                values(elevation_m, len, MAX_POINTS, "elevation_m")?,
            )
        };
        // SAFETY: a text or NULL, as the header asks.
        let name = if name.is_null() { None } else { Some(unsafe { text(name, "name")? }.into()) };
        let places = distance_m.iter().zip(elevation_m);
        let points: Vec<CoursePoint> = places
            .filter(|(_, elevation_m)| !elevation_m.is_nan())
            .map(|(&distance_m, &elevation_m)| CoursePoint { distance_m, elevation_m })
            .collect();
        let without_elevation = len - points.len();
        to.hand_over(CourseFile::of(CourseOfFile { name, points, without_elevation })?);
        Ok(())
    })
}

/// How long and how hilly a course is, smoothed as it is run.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Extent {
    /// Horizontal distance in m.
    pub distance_m: f64,
    /// Sum of climbs in m.
    pub ascent_m: f64,
    /// Sum of descents in m.
    pub descent_m: f64,
    /// Metres over which the grade was limited to 45 %.
    pub limited_m: f64,
    /// Points without elevation, which is interpolated there.
    pub without_elevation: usize,
}

/// How long and how hilly a course is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_course_extent(
    course: *const Course,
    extent: *mut Extent,
) -> Status {
    door(|| {
        // SAFETY: a course and a place, as the header asks.
        let (of, to) = unsafe { (held(course, "course")?, place(extent, "extent")?) };
        to.set(Extent {
            distance_m: of.course.length_m(),
            ascent_m: of.course.ascent_m(),
            descent_m: of.course.descent_m(),
            limited_m: of.course.limited_m(),
            without_elevation: of.file.without_elevation,
        });
        Ok(())
    })
}

/// Frees a course. NULL is nothing to do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_course_free(course: *mut Course) {
    // SAFETY: a course of this library or NULL, as the header asks.
    unsafe { memory::free(course) }
}
