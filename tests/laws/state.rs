//! Laws of stage 3 over time: how the legs fade, and on which scales they are read.

use eccentric::damage::{LegState, MuscleState, strength_loss_of};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::soreness::{drive_of, soreness_of};
use eccentric::{Muscle, PerMuscle};
use proptest::prelude::*;

use super::generators::*;
use super::{at_most, close, finite};

/// Numbers of a muscle that cannot be negative; the slopes come after them.
const AMOUNTS: usize = 10;

/// All numbers of a muscle, in one order.
fn numbers(m: &MuscleState) -> Vec<f64> {
    let mut all = vec![m.fatigue, m.damage, m.exposure, m.soreness_at_once, m.protection];
    all.extend(m.protection_pending);
    all.extend(m.soreness_chain);
    assert_eq!(all.len(), AMOUNTS);
    all.push(m.damage_per_log_recovery);
    all.extend(m.chain_per_log_recovery);
    all.extend(m.chain_per_log_protection);
    all
}

/// Two states agree, each number on the scale of the largest of its kind.
///
/// What is below 1e-15 is gone: a long history may leave out what is left of its oldest runs.
pub fn same(a: &LegState, b: &LegState, relative: f64) -> bool {
    let close = |a: f64, b: f64, relative: f64| close(a, b, relative) || (a - b).abs() < 1e-15;
    Muscle::ALL.iter().all(|&muscle| {
        let (a, b) = (numbers(&a.muscles[muscle]), numbers(&b.muscles[muscle]));
        let size = a.iter().chain(&b).fold(0.0_f64, |s, x| s.max(x.abs()));
        // The slopes are differences and cancel near the peak; everything else is a sum.
        (0..AMOUNTS).all(|n| close(a[n], b[n], relative))
            && (AMOUNTS..a.len()).all(|n| (a[n] - b[n]).abs() <= relative * size + 1e-15)
    }) && close(a.recent_dose, b.recent_dose, relative)
        && close(a.recent_error, b.recent_error, relative)
}

fn only(muscle: MuscleState) -> LegState {
    LegState { muscles: PerMuscle::from_fn(|_| muscle), ..LegState::rested(START) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn two_spans_are_one(legs in legs(), a in hours(), b in hours(), p in parameters()) {
        let apart = legs.advanced(a, &p).unwrap().advanced(b, &p).unwrap();
        let together = legs.advanced(a + b, &p).unwrap();
        // exp(-a) exp(-b) against exp(-(a + b)): each rounding counts a + b times.
        let lags = (a + b) / p.fatigue_recovery_h.min(p.soreness_stage_h);
        prop_assume!(lags < 600.0);
        // What protection rises by is a difference of exponentials.
        prop_assert!(same(&apart, &together, 1e-10 + 1e-13 * lags), "{apart:?} {together:?}");
        prop_assert!((apart.time.unix_ms() - together.time.unix_ms()).abs() <= 2);
    }

    #[test]
    fn without_load_all_falls_to_zero(legs in legs(), a in hours(), b in hours(), p in parameters()) {
        let (early, late) = (a.min(b), a.max(b));
        let (x, y) = (legs.advanced(early, &p).unwrap(), legs.advanced(late, &p).unwrap());
        let gone = legs.advanced(1.0e6, &p).unwrap();
        for m in Muscle::ALL {
            let (x, y, gone) = (&x.muscles[m], &y.muscles[m], &gone.muscles[m]);
            prop_assert!(numbers(x)[..AMOUNTS].iter().all(|v| *v >= 0.0));
            prop_assert!(at_most(y.fatigue, x.fatigue));
            prop_assert!(at_most(y.damage, x.damage));
            prop_assert!(at_most(y.soreness_at_once, x.soreness_at_once));
            prop_assert!(at_most(y.exposure, x.exposure));
            let pending = |s: &MuscleState| s.protection_pending.iter().sum::<f64>();
            prop_assert!(at_most(pending(y), pending(x)));
            let chain = |s: &MuscleState| s.soreness_chain.iter().sum::<f64>();
            prop_assert!(at_most(chain(y), chain(x)));
            prop_assert!(at_most(y.protection + pending(y), x.protection + pending(x)));
            prop_assert!(at_most(y.strength_loss(&p), x.strength_loss(&p)));
            prop_assert!(numbers(gone).iter().all(|v| v.abs() < 1e-9), "{gone:?}");
            prop_assert!(gone.soreness() >= 0.0 && gone.soreness() < 1e-8);
            prop_assert!(gone.strength_loss(&p) >= 0.0 && gone.strength_loss(&p) < 1e-8);
            prop_assert!(x.soreness() >= 0.0 && x.soreness() <= 10.0);
            prop_assert!(x.strength_loss(&p) >= 0.0 && x.strength_loss(&p) <= p.strength_loss_max);
        }
    }

    #[test]
    fn no_time_changes_nothing(legs in legs(), p in parameters()) {
        prop_assert_eq!(legs.advanced(0.0, &p).unwrap(), legs);
        prop_assert_eq!(legs.advanced_to(START, &p).unwrap(), legs);
    }

    #[test]
    fn slopes_are_those_of_a_slower_person(legs in legs(), hours in 0.0..400.0_f64, p in parameters()) {
        // A person whose recovery takes exp(u) times as long: chains with other time constants.
        let slower = |u: f64| {
            let mut other = p;
            other.damage_recovery_h *= u.exp();
            other.soreness_stage_h *= u.exp();
            let start = legs.muscles.map(|m| MuscleState {
                damage: m.damage + u * m.damage_per_log_recovery,
                soreness_chain: std::array::from_fn(|k| m.soreness_chain[k] + u * m.chain_per_log_recovery[k]),
                ..*m
            });
            LegState { muscles: start, ..legs }.advanced(hours, &other).unwrap()
        };
        let u = 1.0e-4;
        let (fast, slow) = (slower(-u), slower(u));
        let end = legs.advanced(hours, &p).unwrap();
        for m in Muscle::ALL {
            let (f, s, e) = (&fast.muscles[m], &slow.muscles[m], &end.muscles[m]);
            let damage = (s.damage - f.damage) / (2.0 * u);
            let size = legs.muscles[m].damage + legs.muscles[m].damage_per_log_recovery.abs();
            prop_assert!((damage - e.damage_per_log_recovery).abs() < 1e-6 * (size + 1e-6), "{damage} {e:?}");
            let size: f64 = legs.muscles[m].soreness_chain.iter().chain(&legs.muscles[m].chain_per_log_recovery).map(|c| c.abs()).sum();
            for k in 0..3 {
                let chain = (s.soreness_chain[k] - f.soreness_chain[k]) / (2.0 * u);
                prop_assert!((chain - e.chain_per_log_recovery[k]).abs() < 1e-6 * (size + 1e-6), "{k}: {chain} {e:?}");
            }
        }
    }

    #[test]
    fn responses_stay_on_their_scales(a in amounts(), d in amounts(), p in parameters()) {
        let loss = strength_loss_of(a, d, &p);
        prop_assert!(loss >= 0.0 && loss <= p.strength_loss_max, "{loss} of {a} and {d}");
        prop_assert!(at_most(strength_loss_of(a, 0.0, &p), loss));
        let s = soreness_of(d);
        prop_assert!((0.0..=10.0).contains(&s), "{s} of {d}");
        prop_assert!(s <= soreness_of(d * 1.5) && finite(&s) && finite(&loss));
        // Back again, where the scale is not yet full.
        if s < 9.99 {
            prop_assert!(close(drive_of(s), d, 1e-9), "{} {d}", drive_of(s));
        }
    }

    #[test]
    fn fresh_muscles_do_not_notice_a_rest(legs in legs(), all in segments(), seconds in 0..180_000_u32, p in parameters()) {
        // Advancing before a run and letting the run do it are the same; time is kept to the
        // millisecond, hence the whole seconds.
        let run = DoseModel::new(&p, &Runner::default()).unwrap().load(START.add_hours(60.0), &all).unwrap();
        let straight = legs.after(&run, &p).unwrap();
        let stopped = legs.advanced(f64::from(seconds) / 3600.0, &p).unwrap().after(&run, &p).unwrap();
        prop_assert!(same(&straight, &stopped, 1e-11));
    }
}

/// Zero, tiny, usual and endless amounts.
fn amounts() -> impl Strategy<Value = f64> {
    prop_oneof![
        prop::sample::select(vec![0.0, 1e-300, 1e-12, 1e6, 1e12, 1e300, 1e308]),
        0.0..3.0,
        0.0..1000.0
    ]
}

#[test]
fn the_ceiling_of_strength_loss_leaves_some_strength() {
    let ceiling = Parameters::TABLE.iter().find(|c| c.name == "strength_loss_max").unwrap();
    assert!(
        ceiling.max <= 1.0,
        "a parameter set inside its ranges may lose {} of its strength",
        ceiling.max
    );
}

#[test]
fn a_state_is_small() {
    assert!(size_of::<LegState>() <= 600, "{}", size_of::<LegState>());
    // Seventeen digits and an exponent in every number.
    let m = MuscleState {
        fatigue: 1.234_567_890_123_456_7e-10,
        damage: 1.234_567_890_123_456_7e-10,
        soreness_at_once: 1.234_567_890_123_456_7e-10,
        soreness_chain: [1.234_567_890_123_456_7e-10; 3],
        exposure: 1.234_567_890_123_456_7e-10,
        protection_pending: [1.234_567_890_123_456_7e-10; 2],
        protection: 1.234_567_890_123_456_7e-10,
        damage_per_log_recovery: -1.234_567_890_123_456_7e-10,
        chain_per_log_recovery: [-1.234_567_890_123_456_7e-10; 3],
        chain_per_log_protection: [-1.234_567_890_123_456_7e-10; 3],
    };
    let legs = LegState { recent_dose: 1.0 / 3.0, recent_error: 1e-9 / 3.0, ..only(m) };
    let bytes = serde_json::to_string(&eccentric::Saved(legs)).unwrap().len();
    println!("state: {} bytes in memory, {bytes} as JSON", size_of::<LegState>());
    // No real state has an exponent in every number.
    assert!(bytes < 2304, "{bytes}");
    let ordinary = legs_after_a_run();
    let bytes = serde_json::to_string(&ordinary).unwrap().len();
    println!("state after a run: {bytes} bytes as JSON");
    assert!(bytes < 2048, "{bytes}");
}

fn legs_after_a_run() -> LegState {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner::default()).unwrap();
    let s = eccentric::activity::Segment {
        grade_se: 0.01,
        ..eccentric::activity::Segment::steady(-0.123, 2.9, 5000.0)
    };
    let run = model.load(START, &[s]).unwrap();
    eccentric::damage::Habit::Trail.legs(START, &p).unwrap().after(&run, &p).unwrap()
}
