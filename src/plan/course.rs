//! A course: where it climbs and where it descends.

use alloc::vec::Vec;

use crate::activity::{ElevationSource, Ground, Section};
use crate::bounds::{self, Bound};
use crate::error::{Error, Result};
use crate::params::fixed::{MAX_COURSE_NOISE_M, MAX_STEEP_SHARE};

/// One point of a course.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct CoursePoint {
    /// Distance from the start in metres, horizontal, never decreasing.
    pub distance_m: f64,
    /// Elevation above sea level in metres.
    pub elevation_m: f64,
}

/// Distance from one point to the next, with an elevation to interpolate between.
const STEP: Bound =
    Bound { quantity: "distance between two course points", min: 0.0, max: 5000.0, unit: "m" };
/// Rise from one point to the next beyond one as steep as 100 %: real courses reach 45 m at a cliff.
const CLIFF: Bound = Bound {
    quantity: "rise between two course points beyond 100 %",
    min: 0.0,
    max: 100.0,
    unit: "m",
};
/// Length of a course.
const LENGTH: Bound = Bound { quantity: "length of the course", min: 100.0, max: 2.0e6, unit: "m" };
/// Share of a course that is steeper than any grade that is believed.
const STEEP: Bound = Bound {
    quantity: "share of the course steeper than 45 %",
    min: 0.0,
    max: MAX_STEEP_SHARE,
    unit: "",
};

/// Noise of an elevation as found in the course itself.
const NOISE: Bound = Bound {
    quantity: "noise of the elevations of the course",
    min: 0.0,
    max: MAX_COURSE_NOISE_M,
    unit: "m",
};

/// A course that has been checked and smoothed: stretches of 20 m, each with its grade.
///
/// Elevations of a course come from a map; their noise is found and smoothed away as that of a
/// recording is.
///
/// ```
/// use eccentric::plan::{Course, CoursePoint};
/// // Up 10 % for a kilometre and down again.
/// let points: Vec<CoursePoint> = (0..=100)
///     .map(|k| CoursePoint {
///         distance_m: 20.0 * f64::from(k),
///         elevation_m: 1000.0 + 2.0 * f64::from(50 - (50_i32 - k).abs()),
///     })
///     .collect();
/// let course = Course::new(&points)?;
/// assert_eq!(course.length_m(), 2000.0);
/// assert!((course.descent_m() - 100.0).abs() < 6.0);
/// assert!((course.sections()[10].grade - 0.1).abs() < 1e-3);
/// assert!((course.reversed().sections()[10].grade - 0.1).abs() < 1e-3);
/// # Ok::<(), eccentric::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Course {
    ground: Ground,
}

impl core::fmt::Debug for Course {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Course")
            .field("length_m", &self.length_m())
            .field("ascent_m", &self.ascent_m())
            .field("descent_m", &self.descent_m())
            .finish_non_exhaustive()
    }
}

impl Course {
    /// Checks and smooths a course.
    ///
    /// # Errors
    /// [`Error::TooFewSamples`] for fewer than two points, [`Error::ZeroElevation`] if all elevations are
    /// zero, [`Error::DistanceDecreasing`], and [`Error::OutOfRange`], with the position of the point, for
    /// an elevation or a distance that is not possible, points more than 5 km apart, a rise of a cliff, a
    /// course of less than 100 m or more than 2,000 km, with elevations noisier than 10 m or with more than
    /// 5 % of it steeper than 45 %.
    pub fn new(points: &[CoursePoint]) -> Result<Self> {
        check(points)?;
        let start_m = points.first().map_or(0.0, |first| first.distance_m);
        let readings: Vec<(f64, f64)> =
            points.iter().map(|p| (p.distance_m - start_m, p.elevation_m)).collect();
        let ground = Ground::of(&readings, ElevationSource::Map).ok_or(Error::NoDistance)?;
        let course = Self { ground };
        NOISE.check(course.ground.noise_m)?;
        STEEP.check(course.limited_m() / course.length_m())?;
        Ok(course)
    }

    /// Stretches of about 20 m in order.
    pub fn sections(&self) -> &[Section] {
        &self.ground.sections
    }

    /// Length in m, horizontal.
    pub fn length_m(&self) -> f64 {
        self.sections().last().map_or(0.0, |last| last.distance_m + last.length_m)
    }

    /// Metres climbed, turns below 3 m left out.
    pub fn ascent_m(&self) -> f64 {
        self.ground.ascent_m
    }

    /// Metres descended, turns below 3 m left out.
    pub fn descent_m(&self) -> f64 {
        self.ground.descent_m
    }

    /// Distance over which the elevation was smoothed to give a grade, in m.
    pub fn smoothing_window_m(&self) -> f64 {
        self.ground.window_m
    }

    /// Distance over which the grade was limited to 45 %, in m.
    pub fn limited_m(&self) -> f64 {
        self.ground.limited_m
    }

    /// The same course from its finish to its start.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let length_m = self.length_m();
        let turned = |section: &Section| Section {
            distance_m: length_m - section.distance_m - section.length_m,
            elevation_m: section.elevation_m + section.grade * section.length_m,
            grade: -section.grade,
            ..*section
        };
        let ground = Ground {
            sections: self.sections().iter().rev().map(turned).collect(),
            ascent_m: self.descent_m(),
            descent_m: self.ascent_m(),
            ..self.ground
        };
        Self { ground }
    }
}

fn check(points: &[CoursePoint]) -> Result<()> {
    if points.len() < 2 {
        return Err(Error::TooFewSamples { found: points.len(), needed: 2 });
    }
    for (index, point) in points.iter().enumerate() {
        bounds::SAMPLE_DISTANCE.check_at(point.distance_m, index)?;
        bounds::ELEVATION.check_at(point.elevation_m, index)?;
    }
    for (index, pair) in points.windows(2).enumerate() {
        let (previous_m, distance_m, index) = (pair[0].distance_m, pair[1].distance_m, index + 1);
        if distance_m < previous_m {
            return Err(Error::DistanceDecreasing { index, previous_m, distance_m });
        }
        let step_m = STEP.check_at(distance_m - previous_m, index)?;
        let rise_m = (pair[1].elevation_m - pair[0].elevation_m).abs();
        CLIFF.check_at((rise_m - step_m).max(0.0), index)?;
    }
    if points.iter().all(|point| point.elevation_m == 0.0) {
        return Err(Error::ZeroElevation { samples: points.len() });
    }
    LENGTH.check(points[points.len() - 1].distance_m - points[0].distance_m)?;
    Ok(())
}
