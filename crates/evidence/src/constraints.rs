//! What the model has to do although no row of the tables says so in numbers: pseudo-observations.
//!
//! Each is a range for something that a scenario gives, with a standard deviation beyond the range.
//! They enter the fit like rows with a smaller weight, and are listed in `evidence/parameters.json`.

use eccentric::Muscle;
use eccentric::activity::{Gait, Segment};
use eccentric::damage::Habit;
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;

use crate::error::EvidenceError;
use crate::plan::{Bout, BoutRun, Plan, Shift, simulate};
use crate::quantity::{Course, Target, When};
use crate::tables::BoutSegment;

/// A range for something that a scenario gives.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Expectation {
    /// What it is about.
    pub name: &'static str,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Standard deviation beyond the range.
    pub sd: f64,
    /// Where it comes from.
    pub reason: &'static str,
}

const fn expect(
    name: &'static str,
    low: f64,
    high: f64,
    sd: f64,
    reason: &'static str,
) -> Expectation {
    Expectation { name, low, high, sd, reason }
}

/// Weight of the pseudo-observations against rows of the tables.
pub(crate) const WEIGHT: f64 = 0.8;

/// All pseudo-observations, in the order of [`Scenarios::values`].
pub const EXPECTATIONS: &[Expectation] = &[
    expect("reference_strength_loss_pct", 19.0, 23.0, 2.0, "design target: 14-28 % at once"),
    expect("reference_soreness", 5.0, 6.0, 0.6, "design target: 3-7.5"),
    expect("reference_peak_h", 36.0, 44.0, 5.0, "design target: 28-56 h"),
    expect("second_bout_1_week", 0.25, 0.40, 0.08, "design target: clearly protected"),
    expect(
        "second_bout_3_weeks",
        0.28,
        0.45,
        0.08,
        "design target: clearly protected; CK 0.19 (Byrnes 1985)",
    ),
    expect("second_bout_4_weeks", 0.30, 0.50, 0.08, "design target: clearly protected"),
    expect(
        "second_bout_6_weeks",
        0.35,
        0.62,
        0.08,
        "design target: clearly protected; CK 0.23 (Byrnes 1985)",
    ),
    expect(
        "second_bout_9_weeks",
        0.62,
        0.90,
        0.08,
        "design target: fading; no difference (Byrnes 1985)",
    ),
    expect("second_bout_12_weeks", 0.76, 1.0, 0.08, "design target: fading"),
    expect(
        "after_primer",
        0.40,
        0.58,
        0.05,
        "design target: halves; soreness 0.34, strength 0.52 (Maeo 2017)",
    ),
    expect("after_level_walking", 0.97, 1.0, 0.05, "design target: does not protect; Maeo 2017"),
    expect("after_uphill", 0.96, 1.0, 0.05, "design target: does not protect"),
    expect("after_level_running", 0.75, 1.0, 0.10, "Schwane 1987: only downhill training protects"),
    expect("gradual_worst_soreness", 0.0, 2.2, 0.4, "design target: nearly harmless"),
    expect("slow_walk_soreness", 0.0, 0.8, 0.3, "design target: nearly harmless; Reust 1991"),
    expect("slow_walk_strength_loss_pct", 0.0, 7.0, 2.0, "design target: nearly harmless"),
    expect("easy_walking_per_km", 0.25, 0.65, 0.05, "design target: 0.15-0.75 of easy running"),
    expect("fast_descent_per_km", 2.3, 4.5, 0.3, "design target: 2-5 times easy running"),
    expect(
        "mountain_race_strength_loss_pct",
        30.0,
        40.0,
        3.0,
        "design target: near 35 % (Millet 2011)",
    ),
    expect(
        "multi_day_race_against_it",
        0.0,
        0.97,
        0.06,
        "design target: not worse (Saugy 2013: 24 %)",
    ),
];

/// The scenarios, built once.
#[derive(Debug, Clone)]
pub struct Scenarios {
    plans: Vec<Plan>,
}

/// Weeks between the reference bout and its repetition, by scenario.
pub const GAPS_WEEKS: [f64; 6] = [1.0, 3.0, 4.0, 6.0, 9.0, 12.0];

fn part(gait: Gait, grade: f64, speed_m_s: f64, minutes: f64) -> BoutSegment {
    BoutSegment {
        line: 0,
        study: String::new(),
        arm: String::new(),
        bout: 0,
        start_h: 0.0,
        gait,
        grade,
        grade_sd: 0.0,
        speed_m_s,
        speed_sd: 0.0,
        fixed_distance: false,
        duration_min: minutes,
        pack_kg: 0.0,
        rest_after_min: 0.0,
    }
}

/// An arm of reference runners.
pub fn scenario(name: &str, habit: Habit, bouts: Vec<(f64, Vec<BoutSegment>)>) -> Plan {
    let bouts = bouts.into_iter().enumerate().map(|(k, (start_h, segments))| Bout {
        number: k as u32 + 1,
        start_h,
        fixed_distance: false,
        segments,
    });
    Plan {
        key: name.to_owned(),
        study: name.to_owned(),
        lab: String::new(),
        n: None,
        dose_quality: "good".to_owned(),
        habit,
        runner: Runner::default(),
        bouts: bouts.collect(),
    }
}

/// The reference bout, or a shorter piece of it.
pub fn reference(minutes: f64) -> Vec<BoutSegment> {
    vec![part(Gait::Running, -0.16, 3.0, minutes)]
}

fn race(
    km: f64,
    descent_m: f64,
    hours: f64,
    stops: f64,
    cycles: u32,
    down: Gait,
) -> Vec<BoutSegment> {
    let grade = 0.15;
    let slope_m = descent_m / grade;
    let level_m = 1000.0 * km - 2.0 * slope_m;
    let moving_s = 3600.0 * hours * (1.0 - stops);
    // Speeds up : level : down = 0.60 : 1 : 0.92, as in the tables.
    let level = (slope_m / 0.6 + level_m + slope_m / 0.92) / moving_s;
    let minutes = |metres: f64, speed: f64| metres / speed / 60.0 / f64::from(cycles);
    let gait = Gait::of(level, None);
    let cycle = [
        part(Gait::Walking, grade, 0.6 * level, minutes(slope_m, 0.6 * level)),
        part(gait, 0.0, level, minutes(level_m, level)),
        BoutSegment {
            rest_after_min: 60.0 * hours * stops / f64::from(cycles),
            ..part(down, -grade, 0.92 * level, minutes(slope_m, 0.92 * level))
        },
    ];
    (0..cycles).flat_map(|_| cycle.clone()).collect()
}

impl Scenarios {
    /// Builds them.
    pub fn new() -> Self {
        let week = 168.0;
        let none = Habit::None;
        let mut plans = vec![scenario("reference", none, vec![(0.0, reference(30.0))])];
        for gap in GAPS_WEEKS {
            let bouts = vec![(0.0, reference(30.0)), (gap * week, reference(30.0))];
            plans.push(scenario("second bout", none, bouts));
        }
        plans.push(scenario("primer", none, vec![(0.0, reference(5.0)), (week, reference(30.0))]));
        let before = |count: u32, every_h: f64, gait, grade, speed, minutes| {
            let mut bouts: Vec<_> = (0..count)
                .map(|k| (f64::from(k) * every_h, vec![part(gait, grade, speed, minutes)]))
                .collect();
            bouts.push((360.0, reference(30.0)));
            scenario("before", none, bouts)
        };
        plans.push(before(14, 24.0, Gait::Walking, 0.0, 1.4, 60.0));
        plans.push(before(7, 48.0, Gait::Running, 0.10, 2.0, 30.0));
        plans.push(before(7, 48.0, Gait::Running, 0.0, 2.8, 45.0));
        let minutes = [4.0, 6.0, 8.0, 11.0, 15.0, 20.0, 25.0, 30.0];
        let gradual = minutes.iter().enumerate().map(|(k, &m)| (84.0 * k as f64, reference(m)));
        plans.push(scenario("gradual", none, gradual.collect()));
        let slow = vec![part(Gait::Walking, -0.25, 0.833, 60.0)];
        plans.push(scenario("slow", none, vec![(0.0, slow)]));
        let mountain = race(166.0, 9500.0, 35.0, 0.07, 6, Gait::Running);
        plans.push(scenario("mountain race", Habit::Trail, vec![(0.0, mountain)]));
        let days = race(330.0, 24_000.0, 120.0, 0.2, 6, Gait::Walking);
        plans.push(scenario("multi-day race", Habit::Trail, vec![(0.0, days)]));
        Self { plans }
    }

    /// What the scenarios give, in the order of [`EXPECTATIONS`].
    ///
    /// # Errors
    /// [`EvidenceError::Model`] if the model refuses the parameters.
    pub fn values(&self, p: &Parameters) -> Result<Vec<f64>, EvidenceError> {
        let runs = self.plans.iter().map(|plan| simulate(plan, p, Shift::default()));
        let runs: Vec<Vec<BoutRun>> = runs.collect::<Result<_, _>>()?;
        let quadriceps = Target::One(Muscle::Quadriceps);
        let course = |k: usize| Course { runs: &runs[k], p, ck_gain: 1.0 };
        let peak = |k: usize, bout| {
            let when = When::Peak(0.0, 120.0);
            course(k).soreness(bout, quadriceps, when, 0.0).unwrap_or(0.0)
        };
        let last = |k: usize| runs[k].len().saturating_sub(1);
        let loss = |k: usize| course(k).strength(last(k), quadriceps, When::At(0.0)).unwrap_or(0.0);
        let first = peak(0, 0).max(1e-6);
        let mut values = vec![loss(0), first];
        values.push(course(0).soreness_peak_h(0, quadriceps).unwrap_or(0.0));
        values.extend((1..=10).map(|k| peak(k, last(k)) / first));
        values.push((0..runs[11].len()).map(|bout| peak(11, bout)).fold(0.0, f64::max));
        values.extend([peak(12, 0), loss(12)]);
        let [walking, fast] = per_km(p)
            .map_err(|source| EvidenceError::Model { arm: "points per km".to_owned(), source })?;
        values.extend([walking, fast, loss(13), loss(14) / loss(13).max(1e-6)]);
        Ok(values)
    }
}

impl Default for Scenarios {
    fn default() -> Self {
        Self::new()
    }
}

/// Points of a kilometre of level walking and of fast descent against easy level running.
fn per_km(p: &Parameters) -> eccentric::Result<[f64; 2]> {
    let model = DoseModel::new(p, &Runner::default())?;
    let points = |gait, grade: f64, speed: f64| {
        let km = Segment { gait, ..Segment::steady(grade, speed, 1000.0 / speed) };
        model.total(&model.rate(&km).damage) * km.duration_s
    };
    let easy = points(Gait::Running, 0.0, 2.8);
    Ok([points(Gait::Walking, 0.0, 1.4) / easy, points(Gait::Running, -0.12, 4.5) / easy])
}

/// Distance of the values from their ranges, in standard deviations.
pub(crate) fn residuals(values: &[f64]) -> impl Iterator<Item = f64> + '_ {
    EXPECTATIONS.iter().zip(values).map(|(e, &v)| {
        let off = if v < e.low { v - e.low } else { (v - e.high).max(0.0) };
        WEIGHT * off / e.sd
    })
}
