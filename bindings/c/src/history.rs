//! The runs of one athlete.

use std::ffi::c_char;
use std::path::Path;
use std::sync::OnceLock;

use eccentric::activity::Segment as ModelSegment;
use eccentric::damage::Habit as ModelHabit;
use eccentric::forecast::History as ModelHistory;
use eccentric::load::EccentricLoad;
use eccentric_app::athlete::Athlete;
use eccentric_app::history::Joined;
use eccentric_app::json::load_report;
use eccentric_app::{ReadRun, Run as AppRun};
use eccentric_files::{MAX_BYTES, MAX_POINTS, ReadOptions, read_columns};

use crate::door::{Refused, Result, Status, door};
use crate::memory::{
    self, Kind, fill, held, held_mut, maybe_place, maybe_value, new_place, place, text, value,
    values,
};
use crate::person::Learned;
use crate::plain::{RunOptions, Runner, Segment, four, habit, maybe_time, ms};

/// The runs of one athlete, and what the legs were used to before.
pub struct History(());

impl Kind for History {
    type Value = Runs;
    const NAME: &'static str = "a history";
    const TAG: u64 = u64::from_le_bytes(*b"ecc.hist");
}

/// What a history holds.
pub struct Runs {
    pub habit: ModelHabit,
    added: Vec<AppRun>,
    joined: OnceLock<Replayable>,
}

/// The runs that count, one at a time in order of time.
pub struct Replayable {
    pub runs: Joined,
    pub history: ModelHistory,
}

impl Runs {
    /// Joined when somebody asks, so that adding many runs stays quick.
    pub fn joined(&self) -> &Replayable {
        self.joined.get_or_init(|| {
            let runs = Joined::of(self.added.clone());
            let history = runs.history(self.habit);
            Replayable { runs, history }
        })
    }

    /// The runs with a body and what was learned, as a race and a plan need them.
    pub fn athlete(&self, profile: Option<&Learned>, runner: Runner) -> Result<Athlete> {
        let profile = profile.map(|learned| learned.profile.clone());
        Ok(Athlete::new(self.joined().runs.clone(), &runner.read(), self.habit, profile)?)
    }

    /// Adds a run of which only the load is known.
    fn add_load(&mut self, name: &str, load: EccentricLoad) {
        self.added.push(AppRun::of_load(name.into(), load));
        self.joined = OnceLock::new();
    }

    fn add(&mut self, runs: &[ReadRun], runner: Runner) -> Result<()> {
        let model = runner.model()?;
        let carried = runs.iter().map(|run| run.carried(&model));
        let carried = carried.collect::<std::result::Result<Vec<_>, _>>()?;
        self.added.extend(carried);
        self.joined = OnceLock::new();
        Ok(())
    }
}

/// A run as columns of the same length, as a watch records them.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Samples {
    /// Seconds since the start, or since 1970, increasing.
    pub time_s: *const f64,
    /// Horizontal metres since the start, never decreasing.
    pub distance_m: *const f64,
    /// Metres above sea level, NaN where missing. May be NULL if the grade is given.
    pub elevation_m: *const f64,
    /// Steps per minute, both legs, NaN where missing. May be NULL.
    pub cadence_steps_min: *const f64,
    /// Values in each column, at most 2,000,000.
    pub len: usize,
}

/// A run with its load.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Run {
    /// When it began, in ms since 1970 UTC; ECCENTRIC_NO_TIME if unknown.
    pub start_ms: i64,
    /// When its last stretch ended; ECCENTRIC_NO_TIME if unknown.
    pub end_ms: i64,
    /// From the first to the last sample in s.
    pub duration_s: f64,
    /// Moving time in s; NaN, as the next three, of a run that was added as a stored load.
    pub moving_s: f64,
    /// Horizontal distance in m.
    pub distance_m: f64,
    /// Sum of climbs in m.
    pub ascent_m: f64,
    /// Sum of descents in m.
    pub descent_m: f64,
    /// Negative mechanical work in J.
    pub negative_work_j: f64,
    /// Points of each muscle group: 100 are those of the quadriceps after 30 minutes at -16 % and 3 m/s.
    pub points: [f64; 4],
    /// Points of all muscle groups together: 100 are theirs after the same 30 minutes.
    pub points_total: f64,
    /// Standard error of those points: from the error of the grades, and from the distance of the run from
    /// what was measured.
    pub points_se: f64,
    /// Distance of easy level running without a pack that leaves the same work in the muscles, in km.
    pub equivalent_flat_km: f64,
}

impl From<&AppRun> for Run {
    fn from(run: &AppRun) -> Self {
        Self {
            start_ms: ms(run.dated.then_some(run.load.start)),
            end_ms: ms(run.dated.then(|| run.load.end())),
            duration_s: run.duration_s,
            moving_s: run.moving_s,
            distance_m: run.distance_m,
            ascent_m: run.ascent_m,
            descent_m: run.descent_m,
            negative_work_j: run.load.negative_work_j,
            points: four(&run.load.points),
            points_total: run.load.points_total,
            points_se: run.load.points_se,
            equivalent_flat_km: run.load.equivalent_flat_km,
        }
    }
}

/// A history without runs; `habit` is one of eccentric_habit. Freed by eccentric_history_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_new(habit: i32, history: *mut *mut History) -> Status {
    door(|| {
        // SAFETY: a place for a handle, as the header asks.
        let to = unsafe { new_place(history, "history")? };
        let habit = self::habit(habit)?;
        to.hand_over(Runs { habit, added: Vec::new(), joined: OnceLock::new() });
        Ok(())
    })
}

/// Frees a history. NULL is nothing to do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_free(history: *mut History) {
    // SAFETY: a history of this library or NULL, as the header asks.
    unsafe { memory::free(history) }
}

/// Adds every run in the bytes of a file: FIT, TCX, GPX, Strava streams or CSV, each also gzipped; at most
/// 512 MiB. All of them or, if the call fails, none. `name` says in reports where the runs are from; `options`
/// may be NULL; `added`, if not NULL, is the number of runs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_add_file(
    history: *mut History,
    runner: *const Runner,
    name: *const c_char,
    bytes: *const u8,
    len: usize,
    options: *const RunOptions,
    added: *mut usize,
) -> Status {
    door(|| {
        // SAFETY: pointers as the header asks: a history nobody else uses, a runner, a text, `len` bytes,
        // options or NULL, a place or NULL.
        let (history, runner, name, bytes, options, added) = unsafe {
            (
                held_mut(history, "history")?,
                value(runner, "runner")?,
                text(name, "name")?,
                values(bytes, len, MAX_BYTES, "bytes")?,
                maybe_value(options, "options")?,
                maybe_place(added, "added")?,
            )
        };
        let runs = ReadRun::all(Path::new(name), bytes, &RunOptions::read(options)?)?;
        history.add(&runs, runner)?;
        if let Some(added) = added {
            added.set(runs.len());
        }
        Ok(())
    })
}

/// Adds a run from columns, through the same door as a table in a CSV file. `name` and `options` as in
/// eccentric_history_add_file().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_add_samples(
    history: *mut History,
    runner: *const Runner,
    name: *const c_char,
    samples: *const Samples,
    options: *const RunOptions,
) -> Status {
    door(|| {
        // SAFETY: pointers as the header asks: a history nobody else uses, a runner, a text, samples,
        // options or NULL.
        let (history, runner, name, samples, options) = unsafe {
            (
                held_mut(history, "history")?,
                value(runner, "runner")?,
                text(name, "name")?,
                value(samples, "samples")?,
                maybe_value(options, "options")?,
            )
        };
        let len = samples.len;
        let mut columns: Vec<(&str, &[f64])> = Vec::new();
        for (column, name, needed) in [
            (samples.time_s, "time_s", true),
            (samples.distance_m, "distance_m", true),
            (samples.elevation_m, "elevation_m", false),
            (samples.cadence_steps_min, "cadence_steps_min", false),
        ] {
            if needed || !column.is_null() {
                // SAFETY: columns of `len` values, as the header asks.
                columns.push((name, unsafe { values(column, len, MAX_POINTS, name)? }));
            }
        }
        let options = RunOptions::read(options)?;
        let read = read_columns(&columns, &ReadOptions { grade: options.grade })?;
        history.add(&[ReadRun::of(Path::new(name), read, &options)?], runner)
    })
}

/// Adds a run from segments whose grade and speed were set or computed elsewhere. `start_ms` is in ms since
/// 1970 UTC or ECCENTRIC_NO_TIME.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_add_segments(
    history: *mut History,
    runner: *const Runner,
    name: *const c_char,
    start_ms: i64,
    segments: *const Segment,
    len: usize,
) -> Status {
    door(|| {
        // SAFETY: pointers as the header asks: a history nobody else uses, a runner, a text, `len` segments.
        let (history, runner, name, segments) = unsafe {
            (
                held_mut(history, "history")?,
                value(runner, "runner")?,
                text(name, "name")?,
                values(segments, len, MAX_POINTS, "segments")?,
            )
        };
        let segments = segments.iter().enumerate().map(|(index, segment)| segment.read(index));
        let segments = segments.collect::<Result<Vec<ModelSegment>>>()?;
        let run = ReadRun::of_segments(name.into(), maybe_time(start_ms), segments)?;
        history.add(&[run], runner)
    })
}

/// How many runs count, and how many are left out because they overlap with longer ones or don't say when
/// they began. Either place may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_count(
    history: *const History,
    runs: *mut usize,
    left_out: *mut usize,
) -> Status {
    door(|| {
        // SAFETY: a history, and places or NULL, as the header asks.
        let (history, runs, left_out) = unsafe {
            (
                held(history, "history")?,
                maybe_place(runs, "runs")?,
                maybe_place(left_out, "left_out")?,
            )
        };
        let joined = &history.joined().runs;
        if let Some(runs) = runs {
            runs.set(joined.runs.len());
        }
        if let Some(left_out) = left_out {
            left_out.set(joined.left_out.len());
        }
        Ok(())
    })
}

/// The run at an index among those that count, in order of time.
pub fn run_at(history: &Runs, index: usize) -> Result<&AppRun> {
    let runs = &history.joined().runs.runs;
    runs.get(index).ok_or_else(|| {
        let message = format!("run {index} is not there, the history has {} runs", runs.len());
        Refused::new(Status::Input, message)
    })
}

/// The run at an index among those that count, in order of time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_run(
    history: *const History,
    index: usize,
    run: *mut Run,
) -> Status {
    door(|| {
        // SAFETY: a history and a place, as the header asks.
        let (history, to) = unsafe { (held(history, "history")?, place(run, "run")?) };
        to.set(run_at(history, index)?.into());
        Ok(())
    })
}

/// Most bytes of a stored load that are looked at; none has more than 945.
const MAX_LOAD_BYTES: usize = 1 << 16;

/// Stores the load of the run at an index in `len` bytes of the caller and says in `needed` how many it takes:
/// 186 for two hours, 945 at most. With `bytes` NULL and `len` 0 it only says so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_load_to_bytes(
    history: *const History,
    index: usize,
    bytes: *mut u8,
    len: usize,
    needed: *mut usize,
) -> Status {
    door(|| {
        // SAFETY: a history and a place, as the header asks.
        let (history, place) = unsafe { (held(history, "history")?, place(needed, "needed")?) };
        let run = run_at(history, index)?;
        if !run.dated {
            let message = format!("run {index} does not say when it began, needed is its start");
            return Err(Refused::new(Status::Input, message));
        }
        let stored = run.load.to_bytes();
        place.set(stored.len());
        if bytes.is_null() && len == 0 {
            return Ok(());
        }
        // SAFETY: room for `len` bytes, as the header asks.
        unsafe { fill(stored.into_iter(), bytes, len, "bytes") }
    })
}

/// Adds a run to a history from bytes that eccentric_load_to_bytes() has stored, with the runner whose load it
/// was. Its descents don't count for a usual descent or for what was done of a plan: only the recording knows
/// them. `name` says in reports where the run is from.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_load_from_bytes(
    history: *mut History,
    name: *const c_char,
    bytes: *const u8,
    len: usize,
) -> Status {
    door(|| {
        // SAFETY: a history nobody else uses, a text, and `len` bytes, as the header asks.
        let (history, name, bytes) = unsafe {
            (
                held_mut(history, "history")?,
                text(name, "name")?,
                values(bytes, len, MAX_LOAD_BYTES, "bytes")?,
            )
        };
        history.add_load(name, EccentricLoad::from_bytes(bytes).map_err(Refused::saved)?);
        Ok(())
    })
}

/// When the latest run that counts has ended, in ms since 1970 UTC; ECCENTRIC_NO_TIME without any. A run
/// that doesn't say when it began has begun in 1970.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_end(
    history: *const History,
    end_ms: *mut i64,
) -> Status {
    door(|| {
        // SAFETY: a history and a place, as the header asks.
        let (history, to) = unsafe { (held(history, "history")?, place(end_ms, "end_ms")?) };
        to.set(ms(history.joined().runs.end()));
        Ok(())
    })
}

/// The loads of the runs that count with the quality of their recordings, as JSON of the schema
/// `eccentric.load`. Freed by eccentric_string_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn eccentric_history_load_json(
    history: *const History,
    json: *mut *mut c_char,
) -> Status {
    door(|| {
        // SAFETY: a history and a place, as the header asks.
        let (history, to) = unsafe { (held(history, "history")?, new_place(json, "json")?) };
        let report = load_report(&history.joined().runs.runs);
        to.hand_over_text(&serde_json::to_string(&report).map_err(Refused::saved)?);
        Ok(())
    })
}
