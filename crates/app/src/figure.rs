//! From results to figures.

use eccentric::activity::Activity;
use eccentric::forecast::{Forecast, MuscleForecast, Outlook, Series};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::plan::{Advice, RED_FLAGS};
use eccentric::{Muscle, Result, Timestamp};
use eccentric_chart::{
    Band, Document, DriverRow, Drivers, Fan, FanSeries, PeakMark, Profile, ProfilePoint, RunMark,
    Threshold,
};

use crate::runs::Run;
use crate::time::{self, Zone};

/// Elevation profile of a run, coloured by load.
///
/// # Errors
/// As [`DoseModel::new`].
pub fn profile(run: &Run, runner: &Runner, zone: &dyn Zone) -> Result<Option<Profile>> {
    let Some(activity) = &run.activity else { return Ok(None) };
    let points = profile_points(activity, runner)?;
    if points.len() < 2 {
        return Ok(None);
    }
    Ok(Some(Profile {
        title: run.name(),
        subtitle: format!(
            "{} · {:.0} m down · {:.0} kJ of eccentric work",
            time::local(run.load.start, zone),
            run.descent_m,
            run.load.negative_work_j / 1000.0
        ),
        points,
        total_points: Some(run.load.points_total),
    }))
}

fn profile_points(activity: &Activity, runner: &Runner) -> Result<Vec<ProfilePoint>> {
    let model = DoseModel::new(&Parameters::default(), runner)?;
    let mut distance_m = 0.0;
    let mut points = Vec::with_capacity(activity.segments.len() + 1);
    for (segment, &elevation_m) in activity.segments.iter().zip(&activity.elevation_m) {
        let load_per_km = model.points_per_km(segment);
        points.push(ProfilePoint { distance_km: distance_m / 1000.0, elevation_m, load_per_km });
        distance_m += segment.horizontal_m();
    }
    if let (Some(last), Some(segment)) = (points.last().copied(), activity.segments.last()) {
        points.push(ProfilePoint {
            distance_km: distance_m / 1000.0,
            elevation_m: last.elevation_m + segment.rise_m(),
            ..last
        });
    }
    Ok(points)
}

/// What the fan chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Soreness, 0 to 10.
    Soreness,
    /// Loss of strength in percent.
    StrengthLoss,
}

/// Fan chart of the forecast.
pub fn fan(
    outlook: &Outlook,
    runs: &[Run],
    quantity: Quantity,
    clear_below: f64,
    zone: &dyn Zone,
) -> Fan {
    let first = outlook.state.time;
    let marks = runs.iter().filter(|run| run.load.end() >= first);
    let runs = marks.map(|run| RunMark { time: run.load.start.unix_s(), label: run.name() });
    Fan { runs: runs.collect(), ..fan_of(&outlook.forecast, first, quantity, clear_below, zone) }
}

/// Fan chart of a forecast, without runs.
pub fn fan_of(
    forecast: &Forecast,
    start: Timestamp,
    quantity: Quantity,
    clear_below: f64,
    zone: &dyn Zone,
) -> Fan {
    let base = Fan {
        utc_offset_s: zone.utc_offset_s(start),
        clock_change: clock_change(start, forecast, zone),
        muscles: Muscle::ALL
            .map(|muscle| fan_series(muscle, &forecast.muscles[muscle], quantity))
            .into(),
        times: forecast.times.iter().map(|t| t.unix_s()).collect(),
        ..Fan::default()
    };
    match quantity {
        Quantity::Soreness => Fan {
            title: "Soreness".into(),
            subtitle: format!("from {}; 0 none, 10 the worst imaginable", time::local(start, zone)),
            value_label: "Soreness (0–10)".into(),
            range: Some((0.0, 10.0)),
            threshold: Some(Threshold { value: clear_below, label: "clear".into() }),
            ..base
        },
        Quantity::StrengthLoss => Fan {
            range: little(&base).then_some((0.0, LITTLE_PERCENT)),
            title: "Loss of strength".into(),
            subtitle: "of the rested strength of each muscle group".into(),
            value_label: "Strength lost (%)".into(),
            unit: "%".into(),
            decimals: 0,
            ..base
        },
    }
}

/// A loss of strength that shall look small.
const LITTLE_PERCENT: f64 = 10.0;

/// Whether nothing reaches that: legs that have lost nothing must not fill a figure.
fn little(fan: &Fan) -> bool {
    let ends = |band: &Band| band.upper.iter().all(|end| *end <= LITTLE_PERCENT);
    let small = |muscle: &FanSeries| {
        muscle.values.iter().all(|value| *value <= LITTLE_PERCENT) && muscle.bands.iter().all(ends)
    };
    fan.muscles.iter().all(small)
}

/// The first change of the clock in a forecast, to the second, and the offset from then on.
fn clock_change(start: Timestamp, forecast: &Forecast, zone: &dyn Zone) -> Option<(i64, i32)> {
    let before = zone.utc_offset_s(start);
    let changed = |time: &Timestamp| zone.utc_offset_s(*time) != before;
    let mut at = forecast.times.iter().copied().find(changed)?.unix_s();
    let mut same = start.unix_s();
    while at - same > 1 {
        let middle = i64::midpoint(same, at);
        let side = if changed(&Timestamp::from_unix_s(middle)) { &mut at } else { &mut same };
        *side = middle;
    }
    Some((at, zone.utc_offset_s(Timestamp::from_unix_s(at))))
}

fn fan_series(muscle: Muscle, ahead: &MuscleForecast, quantity: Quantity) -> FanSeries {
    let scaled = |series: &Series, factor: f64| {
        let scale = |values: &[f64]| values.iter().map(|v| v * factor).collect::<Vec<_>>();
        let bands = series.intervals.iter().map(|interval| Band {
            level: 100.0 * interval.level,
            lower: scale(&interval.lower),
            upper: scale(&interval.upper),
        });
        (scale(&series.point), bands.collect())
    };
    match quantity {
        Quantity::Soreness => {
            let (values, bands) = scaled(&ahead.soreness, 1.0);
            let peak = (ahead.peak.soreness >= 0.5)
                .then_some(PeakMark { time: ahead.peak.time.unix_s(), value: ahead.peak.soreness });
            let clear_at = ahead.clear.at.map(Timestamp::unix_s).filter(|_| peak.is_some());
            FanSeries { label: muscle.to_string(), values, bands, peak, clear_at }
        }
        Quantity::StrengthLoss => {
            let (values, bands) = scaled(&ahead.strength_loss, 100.0);
            FanSeries { label: muscle.to_string(), values, bands, peak: None, clear_at: None }
        }
    }
}

/// Share of each run in the soreness ahead, per muscle group: the first rows of drivers.
pub fn drivers(outlook: &Outlook, runs: &[Run], zone: &dyn Zone) -> Option<Drivers> {
    const SHOWN: usize = 5;
    const WORTH_SHOWING: f64 = 0.005;
    let mut shown: Vec<_> =
        outlook.drivers.iter().filter(|d| d.share > WORTH_SHOWING).take(SHOWN).collect();
    shown.sort_by_key(|driver| driver.run);
    if shown.is_empty() {
        return None;
    }
    let day_of_peak = |muscle: Muscle| {
        let days = &outlook.forecast.muscles[muscle].days;
        let worst = days.iter().map(|day| day.soreness).fold(0.0, f64::max);
        days.iter().position(|day| day.soreness == worst).unwrap_or(0)
    };
    Some(Drivers {
        title: "Which runs the soreness comes from".into(),
        subtitle: "Share of the soreness on the sorest day of each muscle group.".into(),
        runs: shown
            .iter()
            .map(|d| {
                let run = &runs[d.run];
                format!("{}, {}", time::local_date(run.load.start, zone), run.name())
            })
            .collect(),
        rows: Muscle::ALL
            .iter()
            .map(|&muscle| DriverRow {
                label: muscle.to_string(),
                shares: shown
                    .iter()
                    .map(|d| {
                        let share = d.share_by_day[muscle].get(day_of_peak(muscle));
                        share.copied().unwrap_or(0.0).clamp(0.0, 1.0)
                    })
                    .collect(),
            })
            .collect(),
    })
}

/// The figure's last lines: what a forecast in it asks for, and when to see a doctor.
pub fn with_footer(mut document: Document, forecast: Option<Advice>) -> Document {
    let recovery = forecast.and_then(|advice| advice.recovery);
    let not_medical = "A model, not medical advice.";
    let words: Vec<&str> = recovery.into_iter().chain([not_medical, RED_FLAGS]).collect();
    document.footer = words.join(" ");
    document
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use eccentric::activity::Segment;
    use eccentric::damage::LegState;
    use eccentric::forecast::ForecastOptions;
    use eccentric::load::{DoseModel, Runner};
    use eccentric::params::Parameters;

    use super::*;
    use crate::time::Offset;

    #[test]
    fn rested_legs_do_not_fill_a_figure() {
        let p = Parameters::default();
        let model = DoseModel::new(&p, &Runner::default()).unwrap();
        let descent = [Segment::steady(-0.16, 3.0, 1800.0)];
        let run = model.load(Timestamp::from_unix_s(0), &descent).unwrap();
        let range = |days: f64| {
            let legs = LegState::rested(run.start).after(&run, &p).unwrap();
            let legs = legs.advanced_to(legs.time.add_hours(24.0 * days), &p).unwrap();
            let ahead = legs.forecast(&ForecastOptions::default(), &p).unwrap();
            fan_of(&ahead, legs.time, Quantity::StrengthLoss, 1.0, &Offset::UTC).range
        };
        assert_eq!([range(0.0), range(100.0)], [None, Some((0.0, 10.0))]);
    }
}
