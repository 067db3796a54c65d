//! The small state of an athlete's legs: what an app stores.

use std::ffi::c_char;

use eccentric::damage::LegState;
use eccentric::params::Parameters;
use eccentric::{Error, Saved, Schema, Timestamp};

use crate::door::{Refused, Result, Status, door};
use crate::history::{History, run_at};
use crate::memory::{self, Kind, fill, held, maybe_held, new_place, place, text, values};
use crate::person::{Learned, Profile, profile_at};
use crate::plain::{habit, time};

/// State of one athlete's legs at a time.
pub struct State(());

impl Kind for State {
    type Value = LegState;
    const NAME: &'static str = "a state";
    const TAG: u64 = u64::from_le_bytes(*b"ecc.legs");
}

/// Most bytes of a stored state that are looked at; one needs about 570.
const MAX_STATE_BYTES: usize = 1 << 16;

/// The constants of a profile's person at a time.
pub fn own(profile: Option<&Learned>, time: Timestamp) -> Parameters {
    profile_at(profile, time).person.parameters(&Parameters::default())
}

/// Refuses a version that is not known by its name, which the binary format could not say.
fn check_version(bytes: &[u8]) -> Result<()> {
    let expected = LegState::NAME;
    let Ok(((name, found), _)) = postcard::take_from_bytes::<(&str, u32)>(bytes) else {
        return Ok(());
    };
    let (oldest, newest) = (LegState::OLDEST, LegState::VERSION);
    if expected.ends_with(&format!(".{name}")) && !(oldest..=newest).contains(&found) {
        return Err(Refused::saved(Error::Schema { expected, oldest, newest, found }));
    }
    Ok(())
}

fn of_saved(Saved(state): Saved<LegState>) -> Result<LegState> {
    state.check().map_err(Refused::saved)?;
    Ok(state)
}

/// Rested legs with the protection that a habit leaves; `habit` is one of eccentric_habit, `time_ms` in ms
/// since 1970 UTC. `profile` may be NULL: a person of whom nothing is known. Freed by eccentric_state_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_state_rested(
    habit: i32,
    time_ms: i64,
    profile: *const Profile,
    state: *mut *mut State,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, and a profile or NULL, as the header asks.
        let (to, profile) =
            unsafe { (new_place(state, "state")?, maybe_held(profile, "profile")?) };
        let (habit, time) = (self::habit(habit)?, time(time_ms, "time_ms")?);
        let person = profile_at(profile, time).person;
        to.hand_over(person.legs(habit, time, &Parameters::default())?);
        Ok(())
    })
}

/// The state of the legs at a time from all runs that have ended by then. `profile` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_state_at(
    history: *const History,
    profile: *const Profile,
    time_ms: i64,
    state: *mut *mut State,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, a history, and a profile or NULL, as the header asks.
        let (to, history, profile) = unsafe {
            (new_place(state, "state")?, held(history, "history")?, maybe_held(profile, "profile")?)
        };
        let time = time(time_ms, "time_ms")?;
        let person = profile_at(profile, time).person;
        let history = &history.joined().history;
        to.hand_over(history.state_of(&person, time, &Parameters::default())?);
        Ok(())
    })
}

/// The state at the end of a run, which begins at or after the time of `state`: the run at an index of a
/// history, which may hold this run alone. `profile` may be NULL. `state` stays as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_state_after(
    state: *const State,
    profile: *const Profile,
    history: *const History,
    index: usize,
    after: *mut *mut State,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, a state, a history, and a profile or NULL, as the header asks.
        let (to, legs, history, profile) = unsafe {
            (
                new_place(after, "after")?,
                held(state, "state")?,
                held(history, "history")?,
                maybe_held(profile, "profile")?,
            )
        };
        let run = run_at(history, index)?;
        if !run.dated {
            let message = format!("run {index} does not say when it began, needed is its start");
            return Err(Refused::new(Status::Input, message));
        }
        to.hand_over(legs.after(&run.load, &own(profile, legs.time))?);
        Ok(())
    })
}

/// The state at a later time, without any running in between. `profile` may be NULL. `state` stays as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_state_advanced_to(
    state: *const State,
    profile: *const Profile,
    time_ms: i64,
    later: *mut *mut State,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, a state, and a profile or NULL, as the header asks.
        let (to, legs, profile) = unsafe {
            (new_place(later, "later")?, held(state, "state")?, maybe_held(profile, "profile")?)
        };
        let time = time(time_ms, "time_ms")?;
        to.hand_over(legs.advanced_to(time, &own(profile, legs.time))?);
        Ok(())
    })
}

/// When the state holds, in ms since 1970 UTC.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_state_time(state: *const State, time_ms: *mut i64) -> Status {
    door(|| {
        // SAFETY: a state and a place, as the header asks.
        let (legs, to) = unsafe { (held(state, "state")?, place(time_ms, "time_ms")?) };
        to.set(legs.time.unix_ms());
        Ok(())
    })
}

/// Stores a state in `len` bytes of the caller and says in `needed` how many it takes, about 570. With
/// `bytes` NULL and `len` 0 it only says so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_state_to_bytes(
    state: *const State,
    bytes: *mut u8,
    len: usize,
    needed: *mut usize,
) -> Status {
    door(|| {
        // SAFETY: a state and a place, as the header asks.
        let (legs, place) = unsafe { (held(state, "state")?, place(needed, "needed")?) };
        let stored = postcard::to_allocvec(&Saved(*legs)).map_err(Refused::saved)?;
        place.set(stored.len());
        if bytes.is_null() && len == 0 {
            return Ok(());
        }
        // SAFETY: room for `len` bytes, as the header asks.
        unsafe { fill(stored.into_iter(), bytes, len, "bytes") }
    })
}

/// A state from bytes that eccentric_state_to_bytes() has stored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_state_from_bytes(
    bytes: *const u8,
    len: usize,
    state: *mut *mut State,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, and `len` bytes, as the header asks.
        let (to, bytes) =
            unsafe { (new_place(state, "state")?, values(bytes, len, MAX_STATE_BYTES, "bytes")?) };
        check_version(bytes)?;
        let (saved, rest) =
            postcard::take_from_bytes::<Saved<LegState>>(bytes).map_err(Refused::saved)?;
        if !rest.is_empty() {
            let message = format!("{} bytes more than a state takes", rest.len());
            return Err(Refused::saved(message));
        }
        to.hand_over(of_saved(saved)?);
        Ok(())
    })
}

/// Stores a state as JSON, about 2 KB, which every other binding reads. Freed by eccentric_string_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_state_to_json(
    state: *const State,
    json: *mut *mut c_char,
) -> Status {
    door(|| {
        // SAFETY: a place for a text and a state, as the header asks.
        let (to, legs) = unsafe { (new_place(json, "json")?, held(state, "state")?) };
        to.hand_over_text(&serde_json::to_string(&Saved(*legs)).map_err(Refused::saved)?);
        Ok(())
    })
}

/// A state from JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_state_from_json(
    json: *const c_char,
    state: *mut *mut State,
) -> Status {
    door(|| {
        // SAFETY: a place for a handle, and a text, as the header asks.
        let (to, json) = unsafe { (new_place(state, "state")?, text(json, "json")?) };
        to.hand_over(of_saved(serde_json::from_str(json).map_err(Refused::saved)?)?);
        Ok(())
    })
}

/// Frees a state. NULL is nothing to do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_state_free(state: *mut State) {
    // SAFETY: a state of this library or NULL, as the header asks.
    unsafe { memory::free(state) }
}
