//! The closed form of the state against a fine-step integrator of the equations in the doc comment
//! of `src/damage/state.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use eccentric::damage::{LegState, MuscleState};
use eccentric::params::Parameters;
use eccentric::{PerMuscle, Timestamp};

const SIZE: usize = 15;
type Vector = [f64; SIZE];

/// A, D, I, c1 c2 c3, U, R, dD/du, dc1/du dc2/du dc3/du, with u the logarithm of the recovery
/// time, then the slopes of c1 c2 c3 for the logarithm of protection.
fn vector(m: &MuscleState) -> Vector {
    let (c, k, g) = (m.soreness_chain, m.chain_per_log_recovery, m.chain_per_log_protection);
    [
        m.fatigue,
        m.damage,
        m.soreness_at_once,
        c[0],
        c[1],
        c[2],
        m.protection_pending,
        m.protection,
        m.damage_per_log_recovery,
        k[0],
        k[1],
        k[2],
        g[0],
        g[1],
        g[2],
    ]
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
        rate_u * y[6] - rate_r * y[7],
        -rate_d * y[8] - damage,
        -rate_s * y[9] - chain[0],
        rate_s * (y[9] - y[10]) - chain[1],
        rate_s * (y[10] - y[11]) - chain[2],
        // Protection changes what a dose adds, not how it fades.
        -rate_s * y[12],
        rate_s * (y[12] - y[13]),
        rate_s * (y[13] - y[14]),
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
            protection_pending: 5.0 * random.value(),
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
