//! The closed form of the state against a fine-step integrator of the equations in the doc comment
//! of `src/damage/state.rs`: over spans without a run, and through whole runs in steps of two seconds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use eccentric::activity::Segment;
use eccentric::damage::{Habit, LegState, MuscleState};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::{Muscle, PerMuscle, Timestamp};

const SIZE: usize = 17;
type Vector = [f64; SIZE];

/// A, D, I, c1 c2 c3, U1 U2, R, X, dD/du, dc1/du dc2/du dc3/du, with u the logarithm of the recovery
/// time, then the slopes of c1 c2 c3 for the logarithm of the tolerance gain.
fn vector(m: &MuscleState) -> Vector {
    let (c, k, g) = (m.soreness_chain, m.chain_per_log_recovery, m.chain_per_log_protection);
    let [u1, u2] = m.protection_pending;
    let felt = [m.fatigue, m.damage, m.soreness_at_once, c[0], c[1], c[2], u1, u2, m.protection];
    let mut y = [0.0; SIZE];
    y[..9].copy_from_slice(&felt);
    y[9] = m.exposure;
    y[10] = m.damage_per_log_recovery;
    y[11..14].copy_from_slice(&k);
    y[14..].copy_from_slice(&g);
    y
}

/// The equations. With tau = tau0 exp(u), the derivative of x' = -x/tau by u is
/// (dx/du)' = -(dx/du)/tau + x/tau: the slopes follow the same equations with the flow as a source.
fn flow(y: &Vector, p: &Parameters) -> Vector {
    let rate_a = 1.0 / p.fatigue_recovery_h;
    let rate_d = 1.0 / p.damage_recovery_h;
    let rate_s = 1.0 / p.soreness_stage_h;
    let rate_u = 1.0 / p.protection_onset_h;
    let rate_r = 1.0 / p.protection_decay_h;
    let damage = -rate_d * y[1];
    let chain = [-rate_s * y[3], rate_s * (y[3] - y[4]), rate_s * (y[4] - y[5])];
    [
        -rate_a * y[0],
        damage,
        -rate_a * y[2],
        chain[0],
        chain[1],
        chain[2],
        -rate_u * y[6],
        rate_u * (y[6] - y[7]),
        rate_u * y[7] - rate_r * y[8],
        -rate_a * y[9],
        -rate_d * y[10] - damage,
        -rate_s * y[11] - chain[0],
        rate_s * (y[11] - y[12]) - chain[1],
        rate_s * (y[12] - y[13]) - chain[2],
        // The tolerance changes what a dose adds, not how it fades.
        -rate_s * y[14],
        rate_s * (y[14] - y[15]),
        rate_s * (y[15] - y[16]),
    ]
}

/// Runge-Kutta of fourth order with a step far below the shortest time constant.
fn integrated(start: &Vector, hours: f64, p: &Parameters) -> Vector {
    let shortest = [p.fatigue_recovery_h, p.soreness_stage_h, p.protection_onset_h]
        .into_iter()
        .fold(f64::MAX, f64::min);
    let steps = (hours / (shortest / 100.0)).ceil().max(1.0);
    let h = hours / steps;
    let mut y = *start;
    let along =
        |y: &Vector, k: &Vector, h: f64| -> Vector { std::array::from_fn(|n| y[n] + h * k[n]) };
    for _ in 0..steps as usize {
        let k1 = flow(&y, p);
        let k2 = flow(&along(&y, &k1, 0.5 * h), p);
        let k3 = flow(&along(&y, &k2, 0.5 * h), p);
        let k4 = flow(&along(&y, &k3, h), p);
        for n in 0..SIZE {
            y[n] += h / 6.0 * (k1[n] + 2.0 * k2[n] + 2.0 * k3[n] + k4[n]);
        }
    }
    y
}

struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Zero now and then.
    fn value(&mut self) -> f64 {
        let x = 2.0 * self.uniform();
        if x < 0.3 { 0.0 } else { x }
    }
}

const TIMES: [&str; 5] = [
    "fatigue_recovery_h",
    "damage_recovery_h",
    "soreness_stage_h",
    "protection_onset_h",
    "protection_decay_h",
];

#[test]
fn closed_form_and_integrator_agree() {
    let mut random = Random(2024);
    let mut worst: f64 = 0.0;
    for case in 0..60 {
        let mut p = Parameters::default();
        for name in TIMES {
            let c = Parameters::TABLE.iter().find(|c| c.name == name).unwrap();
            // The ends of the ranges too.
            let at = match random.uniform() {
                u if u < 0.15 => 0.0,
                u if u > 0.85 => 1.0,
                _ => random.uniform(),
            };
            *p.get_mut(name).unwrap() = c.min + at * (c.max - c.min);
        }
        let sign = |x: f64| x - 0.7;
        let muscle = MuscleState {
            fatigue: random.value(),
            damage: random.value(),
            soreness_at_once: random.value(),
            soreness_chain: std::array::from_fn(|_| random.value()),
            exposure: random.value(),
            protection_pending: std::array::from_fn(|_| 5.0 * random.value()),
            protection: 5.0 * random.value(),
            damage_per_log_recovery: sign(random.value()),
            chain_per_log_recovery: std::array::from_fn(|_| sign(random.value())),
            chain_per_log_protection: std::array::from_fn(|_| sign(random.value())),
        };
        let start = Timestamp::from_unix_s(1_000_000);
        let legs = LegState { muscles: PerMuscle::from_fn(|_| muscle), ..LegState::rested(start) };
        // From seconds to about a month.
        let hours = [0.001, 0.7, 12.0, 60.0, 300.0, 700.0][case % 6] * (0.5 + random.uniform());
        let exact = vector(&legs.advanced(hours, &p).unwrap().muscles.calves);
        let fine = integrated(&vector(&muscle), hours, &p);
        for n in 0..SIZE {
            let off = (exact[n] - fine[n]).abs();
            worst = worst.max(off);
            assert!(off < 1e-8, "component {n} after {hours} h: {} and {}", exact[n], fine[n]);
        }
    }
    println!("closed form against integrator: at most {worst:.1e}");
}

#[test]
fn the_integrator_itself_converges() {
    // dx/dt = -x over one time constant, against 1/e.
    let p = Parameters::default();
    let mut start = [0.0; SIZE];
    start[0] = 1.0;
    let end = integrated(&start, p.fatigue_recovery_h, &p);
    assert!((end[0] - (-1.0_f64).exp()).abs() < 1e-10);
}

/// The doses of a second: damage, of which by hard steps, and protection of each group, and
/// the acute dose.
struct Rates {
    per_muscle: [[f64; 3]; 4],
    acute: f64,
}

impl Rates {
    fn of(segment: &Segment, model: &DoseModel) -> Self {
        let dose = model.rate(segment);
        let of = |m: Muscle| [dose.damage[m], dose.hard[m], dose.protection[m]];
        Self { per_muscle: Muscle::ALL.map(of), acute: dose.acute }
    }
}

/// A, D, X, I, c1 c2 c3, U1 U2, R of one muscle group.
type Group = [f64; 10];

/// The equations with the dose of a run as a source, in hours.
fn driven(y: &Group, [x, hard, z]: [f64; 3], acute: f64, k0: f64, p: &Parameters) -> Group {
    let [a, d, exposure, i, c1, c2, c3, u1, u2, r] = *y;
    let tolerance = k0 + p.tolerance_gain * r.sqrt();
    let beyond = exposure / exposure.hypot(tolerance);
    let above = |floor: f64| floor + (1.0 - floor) * beyond;
    let sore = above(p.soreness_below_tolerance);
    let (tau_a, tau_s, tau_u) = (p.fatigue_recovery_h, p.soreness_stage_h, p.protection_onset_h);
    [
        p.fatigue_gain * acute - a / tau_a,
        p.damage_gain * above(p.damage_below_tolerance) * x - d / p.damage_recovery_h,
        x - exposure / tau_a,
        p.soreness_at_once_gain * sore * x - i / tau_a,
        p.soreness_gain * sore * hard - c1 / tau_s,
        p.soreness_gain * sore * (x - hard) + (c1 - c2) / tau_s,
        (c2 - c3) / tau_s,
        z - u1 / tau_u,
        (u1 - u2) / tau_u,
        u2 / tau_u - r / p.protection_decay_h,
    ]
}

/// The four muscle groups after a run, by the midpoint rule in steps of 2 s.
fn run_through(legs: &LegState, run: &[Segment], p: &Parameters) -> [Group; 4] {
    const STEP_S: f64 = 2.0;
    let model = DoseModel::new(p, &Runner::default()).unwrap();
    let walking = Rates::of(&Segment::steady(0.0, 1.3, 1.0), &model);
    let walking_s = 1000.0 * p.everyday_walking_km / 1.3;
    let h = STEP_S / 3600.0;
    let mut groups = Muscle::ALL.map(|m| {
        let y = vector(&legs.muscles[m]);
        [y[0], y[1], y[9], y[2], y[3], y[4], y[5], y[6], y[7], y[8]]
    });
    for segment in run {
        let rates = Rates::of(segment, &model);
        let acute = 3600.0 * rates.acute;
        for _ in 0..(segment.duration_s / STEP_S) as usize {
            for (m, y) in groups.iter_mut().enumerate() {
                let dose = rates.per_muscle[m].map(|rate| 3600.0 * rate);
                let k0 = walking.per_muscle[m][0] * walking_s;
                let slope = driven(y, dose, acute, k0, p);
                let middle = std::array::from_fn(|n| y[n] + 0.5 * h * slope[n]);
                let slope = driven(&middle, dose, acute, k0, p);
                *y = std::array::from_fn(|n| y[n] + h * slope[n]);
            }
        }
    }
    groups
}

/// A run in hills: minutes up, down and on the level.
fn hills(random: &mut Random, hours: f64) -> Vec<Segment> {
    let mut run = Vec::new();
    let mut left_s = (1800.0 * hours).round() * 2.0;
    while left_s > 0.0 {
        let duration_s = (60.0 * (1.0 + 12.0 * random.uniform())).round().min(left_s / 2.0) * 2.0;
        let grade = 0.35 * random.uniform() - 0.22;
        let speed_m_s = 2.9 - 8.0 * f64::max(grade, 0.0) - 3.0 * f64::max(-grade - 0.1, 0.0);
        run.push(Segment::steady(grade, speed_m_s, duration_s));
        left_s -= duration_s;
    }
    run
}

#[test]
fn runs_and_the_integrator_agree() {
    let p = Parameters::default();
    let start = Timestamp::from_unix_s(1_000_000);
    let model = DoseModel::new(&p, &Runner::default()).unwrap();
    let mut random = Random(7);
    let mut worst: f64 = 0.0;
    let habits = [Habit::None, Habit::Recreational, Habit::Road, Habit::Trail];
    for case in 0..40 {
        let hours = if case == 0 { 30.0 } else { 0.3 + 6.0 * random.uniform() };
        let run = hills(&mut random, hours);
        let legs = habits[case % 4].legs(start, &p).unwrap();
        let load = model.load(start, &run).unwrap();
        let closed = legs.after(&load, &p).unwrap();
        let fine = run_through(&legs, &run, &p);
        for (m, fine) in Muscle::ALL.into_iter().zip(fine) {
            let [a, d, x, i, c1, c2, c3, u1, u2, r] = fine;
            let muscle = MuscleState {
                fatigue: a,
                damage: d,
                exposure: x,
                soreness_at_once: i,
                soreness_chain: [c1, c2, c3],
                protection_pending: [u1, u2],
                protection: r,
                ..MuscleState::default()
            };
            let fine = LegState { time: closed.time, ..legs_of(muscle) };
            for (n, (a, b)) in seen(&closed, m, &p).into_iter().zip(seen(&fine, m, &p)).enumerate()
            {
                let off = (a - b).abs() / b.max(0.01);
                assert!(off < 0.005, "{hours:.1} h, {m:?}, number {n}: {a} and {b}");
                worst = worst.max(off);
            }
        }
    }
    println!("runs against the integrator: at most {worst:.4}");
}

/// What is felt of a muscle group at once, after a day and after two, and how it is protected; at once with
/// the protection that is still being built, because next to nothing is there yet.
fn seen(legs: &LegState, muscle: Muscle, p: &Parameters) -> Vec<f64> {
    let at = |hours: f64| {
        let m = legs.advanced(hours, p).unwrap().muscles[muscle];
        let pending: f64 = if hours == 0.0 { m.protection_pending.iter().sum() } else { 0.0 };
        [m.fatigue, m.damage, m.exposure, m.soreness_drive(), m.protection + pending]
    };
    [0.0, 24.0, 48.0, 240.0].into_iter().flat_map(at).collect()
}

fn legs_of(muscle: MuscleState) -> LegState {
    LegState { muscles: PerMuscle::from_fn(|_| muscle), ..LegState::rested(Timestamp::default()) }
}
