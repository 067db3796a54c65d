//! One line of a file of ratings.

use eccentric::params::Parameters;
use eccentric::person::{Observation, StrengthTest};
use eccentric::soreness::{Rating, Scale};
use eccentric::{Muscle, Timestamp};
use jiff::civil::{Date, DateTime};

use crate::ratings::{RatingOptions, Ratings};
use crate::raw::excerpt;
use crate::zone::{Zone, shown_at};

/// A result with the reason alone: the caller knows the place.
pub(crate) type Said<T> = Result<T, String>;

/// Columns by the names that they may have.
pub(crate) const TIME: &[&str] = &["time", "timestamp", "date", "id"];
pub(crate) const VALUE: &[&str] = &["soreness", "rating", "value", "feel"];
pub(crate) const MUSCLE: &[&str] = &["muscle"];
pub(crate) const SCALE: &[&str] = &["scale"];
pub(crate) const STRENGTH: &[&str] = &["strength_loss_percent"];
pub(crate) const JUMP: &[&str] = &["jump_loss_percent"];
pub(crate) const STAIRS: &[&str] = &["could_not_walk_downstairs"];
pub(crate) const OTHER_CAUSE: &[&str] = &["other_cause"];
/// One line or entry, as written.
pub(crate) struct Row {
    time: String,
    value: String,
    muscle: String,
    scale: String,
    strength: String,
    jump: String,
    stairs: String,
    other_cause: String,
}

impl Row {
    /// From the fields by the names of their columns.
    pub fn of(field: impl Fn(&[&str]) -> String) -> Self {
        Self {
            time: field(TIME),
            value: field(VALUE),
            muscle: field(MUSCLE),
            scale: field(SCALE),
            strength: field(STRENGTH),
            jump: field(JUMP),
            stairs: field(STAIRS),
            other_cause: field(OTHER_CAUSE),
        }
    }

    pub fn add_to(
        &self,
        ratings: &mut Ratings,
        whole: Option<Scale>,
        options: &RatingOptions<'_>,
    ) -> Said<()> {
        let observed = self.observations(whole, options)?;
        if given(&self.other_cause).is_some_and(|cause| !is_no(cause)) {
            ratings.other_cause += usize::from(!observed.is_empty());
        } else {
            ratings.observations.extend(observed);
        }
        Ok(())
    }

    /// What the line says; empty where no answer was given.
    fn observations(
        &self,
        whole: Option<Scale>,
        options: &RatingOptions<'_>,
    ) -> Said<Vec<Observation>> {
        let p = Parameters::default();
        let mut observations = Vec::new();
        if let Some(value) = number("soreness", &self.value)? {
            let own = if self.scale.is_empty() { None } else { Some(named(&self.scale)?) };
            let scale = options.scale.or(own).or(whole).ok_or(
                "the scale is unknown; name it with a line `# scale: nrs` or a column scale",
            )?;
            let rating = Rating { time: self.time(options)?, value, scale, muscle: self.muscle()? };
            observations.push(Observation::from(rating));
        }
        let muscle = self.muscle()?.unwrap_or(Muscle::Quadriceps);
        if let Some(percent) = number(STRENGTH[0], &self.strength)? {
            let (time, loss) = (self.time(options)?, 0.01 * percent);
            observations.push(StrengthTest { time, muscle, loss, sd: p.strength_test_sd }.into());
        }
        if let Some(percent) = number(JUMP[0], &self.jump)? {
            let time = self.time(options)?;
            let test = StrengthTest::of_jump(time, 1.0 - 0.01 * percent, 1.0, &p);
            observations.push(test.map_err(|error| error.to_string())?.into());
        }
        if given(&self.stairs).is_some_and(|said| !is_no(said)) {
            observations.push(Observation::Stairs { time: self.time(options)? });
        }
        for observation in &observations {
            observation.check().map_err(|error| error.to_string())?;
        }
        Ok(observations)
    }

    fn muscle(&self) -> Said<Option<Muscle>> {
        match self.muscle.to_ascii_lowercase().replace([' ', '-'], "_").as_str() {
            "" | "legs" => Ok(None),
            name => Muscle::named(name).map(Some).ok_or_else(|| {
                let known = Muscle::ALL.map(Muscle::name).join(", ");
                format!("muscle is \"{}\", allowed is {known} or legs", excerpt(&self.muscle))
            }),
        }
    }

    fn time(&self, options: &RatingOptions<'_>) -> Said<Timestamp> {
        time(&self.time, options.time_zone).ok_or_else(|| {
            format!("time is \"{}\", allowed is a date or an RFC 3339 time", excerpt(&self.time))
        })
    }
}

/// A field, `None` if it says that there is nothing.
fn given(field: &str) -> Option<&str> {
    let missing = ["", "nan", "na", "null", "none", "-"];
    (!missing.contains(&field.to_ascii_lowercase().as_str())).then_some(field)
}

fn is_no(said: &str) -> bool {
    ["no", "false", "0"].contains(&said.to_ascii_lowercase().as_str())
}

fn number(name: &str, field: &str) -> Said<Option<f64>> {
    let Some(field) = given(field) else { return Ok(None) };
    let value = field
        .parse()
        .map_err(|_| format!("{name} is \"{}\", allowed is a number", excerpt(field)))?;
    Ok(Some(value))
}

/// An instant, a local time, or a date as noon of that day.
fn time(text: &str, zone: &dyn Zone) -> Option<Timestamp> {
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp::from_unix_ms(instant.as_millisecond()));
    }
    let date_only = !text.contains([':', 'T']);
    let local = match text.parse::<Date>() {
        Ok(date) if date_only => date.at(12, 0, 0, 0),
        _ => text.parse::<DateTime>().ok()?,
    };
    shown_at(local, zone)
}

pub(crate) fn named(name: &str) -> Said<Scale> {
    Scale::named(name).ok_or_else(|| {
        let known: Vec<&str> = Scale::PRESETS.iter().map(|(name, _)| *name).collect();
        format!(
            "scale is \"{}\", allowed is {} or a range with its direction such as 0-6-worse",
            excerpt(name),
            known.join(", ")
        )
    })
}
