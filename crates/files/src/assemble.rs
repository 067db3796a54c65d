//! Raw points of any format into checked recordings.

use eccentric::activity::{ElevationSource, Pause, Recording, Sample, Sport};
use eccentric::{Timestamp, bounds};

use crate::raw::{RawActivity, RawPoint, Stated};
use crate::timeline::{self, Timeline};
use crate::{Format, ReadActivity, ReadError, ReadOptions, Result, Warning, cadence, distance};

/// A boundary between two segments is a pause if it takes longer than smart recording waits.
const SEGMENT_GAP_S: f64 = 10.0;
/// Median speed of moving samples that no runner exceeds over a whole recording.
const MAX_MEDIAN_M_S: f64 = 6.0;
/// Speed that no runner exceeds for a twentieth of a recording.
const MAX_FAST_M_S: f64 = 8.0;
/// Cadence, both legs, that counts as evidence for moving on foot.
const ON_FOOT_STEPS_MIN: std::ops::RangeInclusive<f64> = 80.0..=230.0;

/// What became of one leg.
enum Outcome {
    Run(Box<ReadActivity>),
    NotOnFoot(String),
}

/// Turns the legs of a file into recordings. Fails only if not one of them is usable.
pub(crate) fn all(
    legs: Vec<RawActivity>,
    format: Format,
    options: &ReadOptions,
) -> Result<Vec<ReadActivity>> {
    let legs: Vec<_> = legs.into_iter().filter(|leg| !leg.points.is_empty()).collect();
    let several = legs.len() > 1;
    let truncated = legs.iter().flat_map(|leg| &leg.warnings).find_map(break_of);
    let (mut runs, mut others, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for (part, leg) in legs.into_iter().enumerate() {
        match one(leg, format, options) {
            Ok(Outcome::Run(mut run)) => {
                run.part = several.then_some(part);
                runs.push(*run);
            }
            Ok(Outcome::NotOnFoot(sport)) if others.contains(&sport) => {}
            Ok(Outcome::NotOnFoot(sport)) => others.push(sport),
            Err(error) => failed.push((part, error)),
        }
    }
    if runs.is_empty() {
        return Err(match failed.into_iter().next() {
            Some((_, error)) => error,
            None if others.is_empty() => {
                eccentric::Error::TooFewSamples { found: 0, needed: 2 }.into()
            }
            None => ReadError::NoRun { found: others, truncated },
        });
    }
    // Once, or a file made of a thousand legs would carry a million warnings.
    if let Some(run) = runs.first_mut() {
        if !others.is_empty() {
            run.warnings.push(Warning::OtherSports { found: others.clone() });
        }
        run.warnings.extend(
            failed.iter().map(|(part, error)| Warning::LegSkipped {
                part: *part,
                reason: error.to_string(),
            }),
        );
    }
    Ok(runs)
}

/// Where the file breaks off, for a message.
fn break_of(warning: &Warning) -> Option<String> {
    match warning {
        Warning::Truncated { at_byte, reason, .. } => Some(format!("at byte {at_byte}: {reason}")),
        _ => None,
    }
}

fn one(mut raw: RawActivity, format: Format, options: &ReadOptions) -> Result<Outcome> {
    if let Stated::Other(sport) = raw.stated {
        return Ok(Outcome::NotOnFoot(sport));
    }
    let mut warnings = std::mem::take(&mut raw.warnings);
    let timeline = timeline::order(std::mem::take(&mut raw.points), &mut warnings)?;
    let Timeline { times_s, points, .. } = &timeline;
    let distances_m = distance::cumulative(times_s, points, &mut warnings)?;
    let speeds_m_s = distance::speeds(times_s, &distances_m);
    let cadences = cadence::steps_min(&speeds_m_s, points, raw.cadence_is_steps, &mut warnings);
    let known = points.iter().any(|point| point.elevation_m.is_some());
    let level = is_treadmill(&raw, points, format) || (options.grade.is_some() && !known);
    let elevations = match options.grade {
        Some(grade) if level => on_grade(&distances_m, grade),
        _ => elevations(points, level, &mut warnings),
    };
    let mut recording = Recording {
        start: start(&timeline, raw.has_clock, &mut warnings),
        sport: Sport::OnFoot,
        elevation_source: if level { ElevationSource::Set } else { raw.source },
        samples: (0..points.len())
            .map(|index| Sample {
                time_s: times_s[index],
                distance_m: distances_m[index],
                elevation_m: elevations[index],
                cadence_steps_min: cadences[index],
            })
            .collect(),
        pauses: pauses(&timeline, &raw.pauses),
    };
    recording.check()?;
    recording.sport = match sport(&raw.stated, format, &speeds_m_s, &cadences, &mut warnings) {
        Ok(sport) => sport,
        Err(other) => return Ok(Outcome::NotOnFoot(other)),
    };
    let device = raw.device;
    Ok(Outcome::Run(Box::new(ReadActivity { recording, warnings, format, device, part: None })))
}

/// Elevations of a set grade; a descent ends at sea level, so that a long one stays in range.
fn on_grade(distances_m: &[f64], grade: f64) -> Vec<Option<f64>> {
    let end_m = distances_m.last().copied().unwrap_or(0.0);
    let start_m = (-grade * end_m).max(0.0);
    distances_m.iter().map(|distance_m| Some(start_m + grade * distance_m)).collect()
}

/// The sport that the file names or that fits the data, else what this is instead.
fn sport(
    stated: &Stated,
    format: Format,
    speeds_m_s: &[f64],
    cadences: &[Option<f64>],
    warnings: &mut Vec<Warning>,
) -> std::result::Result<Sport, String> {
    let (name, strict) = match stated {
        Stated::OnFoot(sport) => return Ok(*sport),
        Stated::Other(name) => return Err(name.clone()),
        Stated::Open { name, strict } => (name, *strict),
    };
    let speed_m_s = on_foot(speeds_m_s, cadences, strict).map_err(|why| {
        format!("{} ({why})", if name.is_empty() { "sport not stated" } else { name })
    })?;
    // A table never names a sport and a track rarely does: nothing to be told.
    if !name.is_empty() && format != Format::Csv {
        warnings.push(Warning::SportGuessed { stated: name.clone(), speed_m_s });
    }
    Ok(Sport::OnFoot)
}

/// Whether speed and cadence fit moving on foot: the median speed while moving, or what speaks
/// against it.
fn on_foot(
    speeds_m_s: &[f64],
    cadences: &[Option<f64>],
    strict: bool,
) -> std::result::Result<f64, String> {
    let moving = |speed: &f64| *speed > distance::STANDING_M_S;
    let mut speeds: Vec<f64> = speeds_m_s.iter().copied().filter(moving).collect();
    let median_m_s = distance::median(&mut speeds).unwrap_or(0.0);
    // The slower 95 % of the samples, now that they are sorted: a ride shows on its descents.
    let fast_m_s = speeds.get(speeds.len() * 95 / 100).copied().unwrap_or(0.0);
    if median_m_s > MAX_MEDIAN_M_S || fast_m_s > MAX_FAST_M_S {
        return Err(format!("moving at {median_m_s:.1} m/s, often at {fast_m_s:.1} m/s"));
    }
    if strict {
        let steps = speeds_m_s.iter().zip(cadences).filter(|(speed, _)| moving(speed));
        let steps =
            steps.filter(|(_, steps)| steps.is_some_and(|s| ON_FOOT_STEPS_MIN.contains(&s)));
        if steps.count() * 2 < speeds.len() || speeds.is_empty() {
            return Err("no steps".to_owned());
        }
    }
    Ok(median_m_s)
}

/// A run without positions and elevation, or one that the device calls indoor.
fn is_treadmill(raw: &RawActivity, points: &[RawPoint], format: Format) -> bool {
    let nowhere = || points.iter().all(|p| p.position.is_none() && p.elevation_m.is_none());
    let is_running = raw.stated == Stated::OnFoot(Sport::Running);
    raw.indoor || (is_running && matches!(format, Format::Fit | Format::Tcx) && nowhere())
}

/// Elevations in range, or zero throughout on a treadmill.
fn elevations(points: &[RawPoint], level: bool, warnings: &mut Vec<Warning>) -> Vec<Option<f64>> {
    if level {
        warnings.push(Warning::TreadmillNoElevation);
        return vec![Some(0.0); points.len()];
    }
    let in_range = |elevation: &f64| bounds::ELEVATION.check(*elevation).is_ok();
    let elevations: Vec<_> = points.iter().map(|p| p.elevation_m.filter(in_range)).collect();
    let count = elevations.iter().filter(|elevation| elevation.is_none()).count();
    if count > 0 {
        warnings.push(Warning::ElevationMissing { count, of: points.len() });
    }
    elevations
}

fn start(timeline: &Timeline, has_clock: bool, warnings: &mut Vec<Warning>) -> Timestamp {
    if has_clock {
        return Timestamp::from_unix_ms((timeline.start_s * 1000.0).round() as i64);
    }
    warnings.push(Warning::NoStartTime);
    Timestamp::default()
}

/// Pauses of the device and between segments, cut to the recording, in order, without overlap.
fn pauses(timeline: &Timeline, device: &[(f64, f64)]) -> Vec<Pause> {
    let Timeline { start_s, times_s, points } = timeline;
    let end_s = times_s.last().copied().unwrap_or(0.0);
    let mut spans: Vec<(f64, f64)> = device
        .iter()
        .map(|(from, to)| ((from - start_s).max(0.0), (to - start_s).min(end_s)))
        .collect();
    for (pair, times) in points.windows(2).zip(times_s.windows(2)) {
        if pair[0].segment != pair[1].segment && times[1] - times[0] > SEGMENT_GAP_S {
            spans.push((times[0], times[1]));
        }
    }
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut pauses: Vec<Pause> = Vec::new();
    for (start_s, end_s) in spans {
        match pauses.last_mut() {
            _ if end_s <= start_s => {}
            Some(last) if start_s <= last.end_s => last.end_s = last.end_s.max(end_s),
            _ => pauses.push(Pause { start_s, end_s }),
        }
    }
    pauses
}
