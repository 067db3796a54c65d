//! A race on a course with all that is said about it.

use eccentric::forecast::{Felt, ForecastOptions};
use eccentric::load::EccentricLoad;
use eccentric::params::Parameters;
use eccentric::plan::{Course, Pace, Race, RaceOptions, race};
use eccentric::{Muscle, PerMuscle, Result, Timestamp};
use eccentric_files::ReadError;

use crate::athlete::Athlete;

/// A course as its file holds it, and as it is run.
#[derive(Debug, Clone)]
pub struct CourseFile {
    /// What the file holds.
    pub file: eccentric_files::Course,
    /// The course with its grades.
    pub course: Course,
}

impl CourseFile {
    /// From GPX. `name` is used in messages only.
    ///
    /// # Errors
    /// As [`eccentric_files::read_course`] and [`Course::new`].
    pub fn read(name: &str, bytes: &[u8]) -> std::result::Result<Self, ReadError> {
        Ok(Self::of(eccentric_files::read_course(name, bytes)?)?)
    }

    /// From points that were read elsewhere.
    ///
    /// # Errors
    /// As [`Course::new`].
    pub fn of(file: eccentric_files::Course) -> Result<Self> {
        let course = Course::new(&file.points)?;
        Ok(Self { file, course })
    }
}

/// Load of a race by legs as they are at a time before it.
pub(crate) fn load(
    course: &Course,
    athlete: &Athlete,
    (start, legs_at): (Timestamp, Timestamp),
    pace: &Pace,
    after: ForecastOptions,
) -> Result<EccentricLoad> {
    let p = Parameters::default();
    let Athlete { history, model, .. } = athlete;
    let profile = athlete.profile.at(start);
    let legs = history.state_of(&profile.person, legs_at, &p)?;
    let options = RaceOptions { start, pace: pace.clone(), after };
    Ok(race(course, &options, model.runner(), &legs, &profile, &p)?.load)
}

/// A race with all that is said about it.
#[derive(Debug)]
pub struct Planned {
    /// What the course does to the legs.
    pub race: Race,
    /// The course.
    pub course: Course,
    /// What the file of the course holds.
    pub file: eccentric_files::Course,
    /// When it starts.
    pub start: Timestamp,
    /// The legs before the start.
    pub before: PerMuscle<Felt>,
}

impl Planned {
    /// The race of an athlete whose legs are what the runs before it have left.
    ///
    /// # Errors
    /// As [`race`].
    pub fn of(
        course: CourseFile,
        athlete: &Athlete,
        start: Timestamp,
        pace: Pace,
        after: ForecastOptions,
    ) -> Result<Self> {
        let p = Parameters::default();
        let CourseFile { file, course } = course;
        let Athlete { history, model, .. } = athlete;
        let profile = athlete.profile.at(start);
        let options = RaceOptions { start, pace, after };
        let legs = history.state_of(&profile.person, start, &p)?;
        let race = race(&course, &options, model.runner(), &legs, &profile, &p)?;
        let before = legs.felt(&profile.person.parameters(&p));
        Ok(Self { race, course, file, start, before })
    }

    /// Name of the course.
    pub fn name(&self) -> String {
        self.file.name.clone().unwrap_or_else(|| "Course".into())
    }

    /// Where the legs go, in words.
    pub fn lead_legs(&self) -> String {
        let lead: Vec<String> = Muscle::ALL
            .iter()
            .filter_map(|&muscle| {
                let km = self.race.lead_legs_km[muscle]?;
                Some(format!("{} from km {km:.0}", muscle.to_string().to_lowercase()))
            })
            .collect();
        if lead.is_empty() {
            return "No muscle group is down by 25 % on the way.".into();
        }
        format!("Lead legs, down by 25 %: {}.", lead.join(", "))
    }
}
