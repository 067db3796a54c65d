//! Arbitrary numbers through the whole model: recording, runner, options. No panic, no hang, and
//! whatever is accepted gives finite numbers in their range.
#![no_main]

use std::sync::OnceLock;

use arbitrary::{Arbitrary, Result, Unstructured};
use eccentric::activity::{ElevationSource, Pause, Recording, Sample, Segment, clean};
use eccentric::damage::Habit;
use eccentric::forecast::{ForecastOptions, History};
use eccentric::load::{DoseModel, DoseStream, Runner};
use eccentric::params::Parameters;
use eccentric::{Muscle, Timestamp};

/// Numbers of every kind: bytes as they come, and numbers in the range where the model works.
fn number(u: &mut Unstructured<'_>, usual: f64) -> Result<f64> {
    Ok(match u.int_in_range(0..=3)? {
        0 => f64::arbitrary(u)?,
        1 => 0.0,
        _ => usual * f64::from(u16::arbitrary(u)?) / 32_768.0,
    })
}

fn optional(u: &mut Unstructured<'_>, usual: f64) -> Result<Option<f64>> {
    if bool::arbitrary(u)? { number(u, usual).map(Some) } else { Ok(None) }
}

fn recording(u: &mut Unstructured<'_>) -> Result<Recording> {
    let mut recording = Recording {
        start: Timestamp::from_unix_ms(i64::arbitrary(u)?),
        elevation_source: *u.choose(&[ElevationSource::Barometer, ElevationSource::Unknown])?,
        ..Recording::default()
    };
    let (mut time_s, mut distance_m) = (0.0, 0.0);
    for _ in 0..u.int_in_range(0..=200)? {
        recording.samples.push(Sample {
            time_s,
            distance_m,
            elevation_m: optional(u, 1000.0)?,
            cadence_steps_min: optional(u, 160.0)?,
        });
        time_s += number(u, 2.0)?;
        distance_m += number(u, 5.0)?;
    }
    if bool::arbitrary(u)? {
        recording.pauses.push(Pause { start_s: number(u, 10.0)?, end_s: number(u, 100.0)? });
    }
    Ok(recording)
}

fn segments(u: &mut Unstructured<'_>) -> Result<Vec<Segment>> {
    (0..u.int_in_range(0..=20)?)
        .map(|_| {
            let grade = number(u, 0.4)? - number(u, 0.4)?;
            let mut segment = Segment::steady(grade, number(u, 4.0)?, number(u, 3000.0)?);
            segment.start_s = number(u, 5000.0)?;
            segment.grade_se = number(u, 0.01)?;
            segment.step_rate_hz = optional(u, 3.0)?;
            Ok(segment)
        })
        .collect()
}

/// The tables take milliseconds to build, so they are built once.
fn stream() -> Option<&'static DoseStream> {
    static STREAM: OnceLock<Option<DoseStream>> = OnceLock::new();
    STREAM
        .get_or_init(|| {
            let model = DoseModel::new(&Parameters::default(), &Runner::default()).ok()?;
            Some(DoseStream::new(&model))
        })
        .as_ref()
}

fn run(u: &mut Unstructured<'_>) -> Result<()> {
    let p = Parameters::default();
    let runner = Runner {
        mass_kg: number(u, 70.0)?,
        pack_kg: number(u, 5.0)?,
        body_fat: optional(u, 0.2)?,
        age_years: optional(u, 40.0)?,
    };
    let Ok(model) = DoseModel::new(&p, &runner) else { return Ok(()) };
    let mut loads = Vec::new();
    if let Ok(activity) = clean(&recording(u)?) {
        loads.extend(model.load_of(&activity));
    }
    let start = Timestamp::from_unix_ms(i64::arbitrary(u)?);
    let segments = segments(u)?;
    loads.extend(model.load(start, &segments));
    for load in &loads {
        assert!(load.points_total.is_finite() && load.points_total >= 0.0);
        assert!(load.points_se.is_finite() && load.negative_work_j.is_finite());
    }
    let options = ForecastOptions {
        hours: number(u, 168.0)?,
        step_h: number(u, 12.0)?.max(1.0),
        levels: vec![number(u, 0.8)?],
        clear_below: number(u, 1.0)?,
        clear_probability: number(u, 0.9)?,
    };
    let from = Timestamp::from_unix_ms(i64::arbitrary(u)?);
    let history = History { habit: *u.choose(&[Habit::None, Habit::Road, Habit::Trail])?, loads };
    if let Ok(outlook) = history.outlook(from, &options, &p) {
        for muscle in Muscle::ALL {
            let ahead = &outlook.forecast.muscles[muscle];
            assert!(ahead.soreness.point.iter().all(|s| (0.0..=10.0).contains(s)));
            assert!(ahead.strength_loss.point.iter().all(|l| (0.0..=1.0).contains(l)));
            for interval in &ahead.soreness.intervals {
                assert!(interval.lower.iter().zip(&interval.upper).all(|(a, b)| a <= b));
            }
        }
    }
    let grades: Vec<f64> = segments.iter().map(|s| s.grade).collect();
    let speeds: Vec<f64> = segments.iter().map(|s| s.speed_m_s).collect();
    if let Some(Ok(dose)) = stream().map(|stream| stream.dose(&grades, &speeds, 1.0)) {
        assert!(dose.acute.is_finite() && dose.damage.quadriceps >= 0.0);
    }
    Ok(())
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = run(&mut Unstructured::new(bytes));
});
