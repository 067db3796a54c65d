//! What ratings teach about a person.

use std::ffi::c_char;

use eccentric::params::Parameters;
use eccentric::person::{Observation, Profile as ModelProfile, prior};
use eccentric::soreness::{
    Direction as ModelDirection, Rating as ModelRating, Scale as ModelScale,
};
use eccentric::{Saved, Timestamp};
use eccentric_app::json::fit_report;

use crate::door::{Refused, Result, Status, door};
use crate::history::History;
use crate::memory::{self, Kind, fill, held, new_place, place, text, values};
use crate::plain::{muscle_or_legs, time, word};

/// What is known of a person.
pub struct Profile(());

impl Kind for Profile {
    type Value = Learned;
    const NAME: &'static str = "a profile";
    const TAG: u64 = u64::from_le_bytes(*b"ecc.prof");
}

/// What a profile holds.
pub struct Learned {
    pub profile: ModelProfile,
    /// Runs it was learned with; unknown of one that was stored.
    runs: usize,
}

/// Most ratings at once: one every hour for more than ten years.
const MAX_RATINGS: usize = 100_000;

/// A profile at a time; that of the population without one.
pub fn profile_at(profile: Option<&Learned>, time: Timestamp) -> ModelProfile {
    profile.map_or_else(|| prior(&Parameters::default()), |learned| learned.profile.at(time))
}

/// Which end of a scale is the sore one.
#[repr(C)]
pub enum Direction {
    /// The upper end is the sorest.
    HigherIsWorse = 0,
    /// The upper end is the freshest.
    HigherIsBetter = 1,
}

const DIRECTIONS: [(i32, &str, ModelDirection); 2] = [
    (Direction::HigherIsWorse as i32, "higher is worse", ModelDirection::HigherIsWorse),
    (Direction::HigherIsBetter as i32, "higher is better", ModelDirection::HigherIsBetter),
];

/// A rating scale with equal steps.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Scale {
    /// Lower end.
    pub min: f64,
    /// Upper end.
    pub max: f64,
    /// Distance between two neighbouring answers.
    pub step: f64,
    /// One of eccentric_direction.
    pub direction: i32,
}

/// One answer.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Rating {
    /// When it was given, in ms since 1970 UTC. Where only the day is known, the middle of that day.
    pub time_ms: i64,
    /// The answer.
    pub value: f64,
    /// Its scale.
    pub scale: Scale,
    /// The muscle group it is about, one of eccentric_muscle; ECCENTRIC_MUSCLE_LEGS for the legs as a whole.
    pub muscle: i32,
}

impl Rating {
    fn read(&self, index: usize) -> Result<Observation> {
        let Scale { min, max, step, direction } = self.scale;
        let direction = word(&format!("direction of rating {index}"), direction, &DIRECTIONS)?;
        let rating = ModelRating {
            time: time(self.time_ms, &format!("time of rating {index}"))?,
            value: self.value,
            scale: ModelScale { min, max, step, direction },
            muscle: muscle_or_legs(&format!("muscle of rating {index}"), self.muscle)?,
        };
        rating
            .check()
            .map_err(|error| Refused::new(Status::Input, format!("rating {index}: {error}")))?;
        Ok(rating.into())
    }
}

/// A scale by its name: "nrs", "vas", "hooper", "pmsys", "intervals.icu", "1-5-worse", or a scale in steps of 1
/// as "MIN-MAX-worse" or "MIN-MAX-better", after what the upper end means.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_scale_named(name: *const c_char, scale: *mut Scale) -> Status {
    door(|| {
        // SAFETY: a text and a place, as the header asks.
        let (name, to) = unsafe { (text(name, "name")?, place(scale, "scale")?) };
        let Some(ModelScale { min, max, step, direction }) = ModelScale::named(name) else {
            let known = ModelScale::PRESETS.map(|(name, _)| name).join(", ");
            let allowed = format!("allowed is {known}, MIN-MAX-worse or MIN-MAX-better");
            let message = format!("scale is \"{name}\", {allowed}");
            return Err(Refused::new(Status::Input, message));
        };
        let number = DIRECTIONS.iter().find(|(.., known)| *known == direction);
        let direction = number.map_or(-1, |(number, ..)| *number);
        to.set(Scale { min, max, step, direction });
        Ok(())
    })
}

/// Learns a person from ratings in any order, given the runs: at most 100,000, also none. Milliseconds for a
/// year of runs. Freed by eccentric_profile_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_fit(
    history: *const History,
    ratings: *const Rating,
    len: usize,
    profile: *mut *mut Profile,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, a history, and `len` ratings, as the header asks.
        let (to, history, ratings) = unsafe {
            (
                new_place(profile, "profile")?,
                held(history, "history")?,
                values(ratings, len, MAX_RATINGS, "ratings")?,
            )
        };
        let read = ratings.iter().enumerate().map(|(index, rating)| rating.read(index));
        let observations = read.collect::<Result<Vec<Observation>>>()?;
        let history = &history.joined().history;
        let profile = history.fit(&observations, &Parameters::default())?;
        to.hand_over(Learned { profile, runs: history.loads.len() });
        Ok(())
    })
}

/// The numbers of a person and their standard deviations, each in an array of eight of the caller or NULL:
/// logarithms of the factors on damage and fatigue, soreness, recovery time and protection, the baseline of
/// ratings, logarithms of the factors on their noise and on the habit, drift per year. `ratings`, if not NULL,
/// is how many ratings stand behind them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_profile_numbers(
    profile: *const Profile,
    numbers: *mut f64,
    sds: *mut f64,
    ratings: *mut usize,
) -> Status {
    door(|| {
        // SAFETY: a profile, and a place or NULL, as the header asks.
        let (Learned { profile, .. }, ratings) =
            unsafe { (held(profile, "profile")?, memory::maybe_place(ratings, "ratings")?) };
        for (values, to, name) in
            [(profile.person.numbers(), numbers, "numbers"), (profile.sds(), sds, "sds")]
        {
            if !to.is_null() {
                // SAFETY: room for eight numbers, as the header asks.
                unsafe { fill(values.into_iter(), to, 8, name)? };
            }
        }
        if let Some(ratings) = ratings {
            ratings.set(profile.ratings);
        }
        Ok(())
    })
}

/// Stores a profile as JSON, which the command and every other binding read. Freed by eccentric_string_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_profile_to_json(
    profile: *const Profile,
    json: *mut *mut c_char,
) -> Status {
    door(|| {
        // SAFETY: a place for a text and a profile, as the header asks.
        let (to, learned) = unsafe { (new_place(json, "json")?, held(profile, "profile")?) };
        let saved = Saved(learned.profile.clone());
        to.hand_over_text(&serde_json::to_string(&saved).map_err(Refused::saved)?);
        Ok(())
    })
}

/// A profile from JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_profile_from_json(
    json: *const c_char,
    profile: *mut *mut Profile,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, and a text, as the header asks.
        let (to, json) = unsafe { (new_place(profile, "profile")?, text(json, "json")?) };
        let Saved(profile) =
            serde_json::from_str::<Saved<ModelProfile>>(json).map_err(Refused::saved)?;
        profile.check().map_err(Refused::saved)?;
        to.hand_over(Learned { profile, runs: 0 });
        Ok(())
    })
}

/// What was learned, in numbers and words, as JSON of the schema `eccentric.fit`; `runs` there is 0 for a
/// profile that was stored. Freed by eccentric_string_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_profile_report_json(
    profile: *const Profile,
    json: *mut *mut c_char,
) -> Status {
    door(|| {
        // SAFETY: a place for a text and a profile, as the header asks.
        let (to, learned) = unsafe { (new_place(json, "json")?, held(profile, "profile")?) };
        let p = Parameters::default();
        let report = fit_report(&learned.profile, learned.runs, 0, None, &p);
        to.hand_over_text(&serde_json::to_string(&report).map_err(Refused::saved)?);
        Ok(())
    })
}

/// Frees a profile. NULL is nothing to do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_profile_free(profile: *mut Profile) {
    // SAFETY: a profile of this library or NULL, as the header asks.
    unsafe { memory::free(profile) }
}
