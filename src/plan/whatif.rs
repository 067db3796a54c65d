//! The same race with something changed, and what that buys.

use alloc::vec::Vec;

use super::along::{Drive, Runthrough, Terrain};
use super::course::Course;
use crate::damage::{Habit, LegState};
use crate::error::Result;
use crate::forecast::ForecastOptions;
use crate::load::{DoseModel, Runner};
use crate::params::Parameters;
use crate::params::fixed::LEAD_LEGS_LOSS;
use crate::person::Profile;
use crate::units::Muscle;

/// Slower descents: factor on their speed.
const SLOWER: f64 = 0.9;
/// Higher cadence: factor on the step rate.
const QUICKER_STEPS: f64 = 1.05;
/// Mass that may be left at home, in kg.
const LESS_PACK_KG: f64 = 3.0;

/// What is changed; the metabolic power, or the pace profile, stays as planned.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum WhatIf {
    /// Nothing.
    AsPlanned,
    /// Rested legs that are used to no running.
    Unprepared,
    /// Rested legs that are used to running in hills.
    Prepared,
    /// Every descent 10 % slower.
    SlowerDescents,
    /// Steps 5 % quicker, and as much shorter.
    HigherCadence,
    /// Up to 3 kg less on the back.
    LighterPack {
        /// By how much, in kg.
        kg: f64,
    },
}

/// How the race ends, then.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Outcome {
    /// What is changed.
    pub what: WhatIf,
    /// Time to the finish in s.
    pub finish_s: f64,
    /// Mean points.
    pub points: f64,
    /// Loss of strength of the quadriceps at the finish, a fraction (median).
    pub strength_loss: f64,
    /// The same from start to finish, at the places of [`super::Along`].
    pub strength_loss_along: Vec<f64>,
    /// From where on the quadriceps are down by a quarter, in km.
    pub lead_legs_km: Option<f64>,
    /// The highest soreness to come in any muscle group, 0 to 10 (median).
    pub soreness_peak: f64,
}

/// Every change that makes sense for this runner.
pub(super) fn outcomes(
    course: &Course,
    planned: &Runthrough<'_>,
    drive: Drive<'_>,
    (profile, p): (&Profile, &Parameters),
) -> Result<Vec<Outcome>> {
    let start = planned.legs.time;
    let used_to = |habit: Habit| profile.person.legs(habit, start, p);
    let with = |what: WhatIf, run: Runthrough<'_>| outcome(what, &run, drive, profile, p);
    let mut all = alloc::vec![
        with(WhatIf::AsPlanned, *planned)?,
        with(WhatIf::Unprepared, Runthrough { legs: used_to(Habit::None)?, ..*planned })?,
        with(WhatIf::Prepared, Runthrough { legs: used_to(Habit::Trail)?, ..*planned })?,
        with(WhatIf::SlowerDescents, Runthrough { descent_speed: SLOWER, ..*planned })?,
        with(WhatIf::HigherCadence, Runthrough { cadence: QUICKER_STEPS, ..*planned })?,
    ];
    let runner = planned.model.runner();
    let kg = runner.pack_kg.min(LESS_PACK_KG);
    if kg > 0.0 {
        let lighter = Runner { pack_kg: runner.pack_kg - kg, ..*runner };
        let model = DoseModel::new(planned.model.parameters(), &lighter)?;
        let terrain = &Terrain::of(course, &model);
        let run = Runthrough { terrain, model: &model, ..*planned };
        all.push(with(WhatIf::LighterPack { kg }, run)?);
    }
    Ok(all)
}

fn outcome(
    what: WhatIf,
    run: &Runthrough<'_>,
    drive: Drive<'_>,
    profile: &Profile,
    p: &Parameters,
) -> Result<Outcome> {
    let loss = |legs: &LegState| legs.muscles.quadriceps.strength_loss(&run.own.p);
    let mut strength_loss_along = alloc::vec![loss(&run.legs)];
    let mut lead_legs_km = (strength_loss_along[0] >= LEAD_LEGS_LOSS).then_some(0.0);
    let mut points = 0.0;
    let (finish_s, legs) = run.run(drive, |stretch| {
        points += 100.0 * run.model.total(&stretch.dose.damage);
        let now = loss(stretch.legs);
        strength_loss_along.push(now);
        if now >= LEAD_LEGS_LOSS {
            lead_legs_km = lead_legs_km.or(Some(stretch.distance_km));
        }
    })?;
    Ok(Outcome {
        what,
        finish_s,
        points,
        strength_loss: loss(&legs),
        strength_loss_along,
        lead_legs_km,
        soreness_peak: soreness_peak(&legs, profile, p)?,
    })
}

/// The highest soreness to come in any muscle group.
fn soreness_peak(legs: &LegState, profile: &Profile, p: &Parameters) -> Result<f64> {
    let only_peaks = ForecastOptions { hours: 1.0, levels: Vec::new(), ..Default::default() };
    let ahead = legs.forecast_for(profile, &only_peaks, p)?;
    Ok(Muscle::ALL.iter().map(|&m| ahead.muscles[m].peak.soreness).fold(0.0, f64::max))
}
