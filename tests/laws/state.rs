//! Laws of stage 3: time, doses, protection.

use eccentric::damage::{LegState, MuscleState, strength_loss_of, susceptibility};
use eccentric::load::{DoseModel, Runner};
use eccentric::params::Parameters;
use eccentric::soreness::{drive_of, soreness_of};
use eccentric::{Muscle, PerMuscle};
use proptest::prelude::*;

use super::generators::*;
use super::{at_most, close, finite};

/// All numbers of a muscle, in one order.
fn numbers(m: &MuscleState) -> [f64; 15] {
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

/// Two states agree, each number on the scale of the largest of its kind.
///
/// What is below 1e-15 is gone: a long history may leave out what is left of its oldest runs.
pub fn same(a: &LegState, b: &LegState, relative: f64) -> bool {
    let close = |a: f64, b: f64, relative: f64| close(a, b, relative) || (a - b).abs() < 1e-15;
    Muscle::ALL.iter().all(|&muscle| {
        let (a, b) = (numbers(&a.muscles[muscle]), numbers(&b.muscles[muscle]));
        let size = a.iter().chain(&b).fold(0.0_f64, |s, x| s.max(x.abs()));
        // The slopes are differences and cancel near the peak; everything else is a sum.
        (0..8).all(|n| close(a[n], b[n], relative))
            && (8..15).all(|n| (a[n] - b[n]).abs() <= relative * size + 1e-15)
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
        prop_assert!(same(&apart, &together, 1e-13 * (10.0 + lags)), "{apart:?} {together:?}");
        prop_assert!((apart.time.unix_ms() - together.time.unix_ms()).abs() <= 2);
    }

    #[test]
    fn without_load_all_falls_to_zero(legs in legs(), a in hours(), b in hours(), p in parameters()) {
        let (early, late) = (a.min(b), a.max(b));
        let (x, y) = (legs.advanced(early, &p).unwrap(), legs.advanced(late, &p).unwrap());
        let gone = legs.advanced(1.0e6, &p).unwrap();
        for m in Muscle::ALL {
            let (x, y, gone) = (&x.muscles[m], &y.muscles[m], &gone.muscles[m]);
            prop_assert!(numbers(x)[..8].iter().all(|v| *v >= 0.0));
            prop_assert!(at_most(y.fatigue, x.fatigue));
            prop_assert!(at_most(y.damage, x.damage));
            prop_assert!(at_most(y.soreness_at_once, x.soreness_at_once));
            prop_assert!(at_most(y.protection_pending, x.protection_pending));
            let chain = |s: &MuscleState| s.soreness_chain.iter().sum::<f64>();
            prop_assert!(at_most(chain(y), chain(x)));
            prop_assert!(at_most(y.protection + y.protection_pending, x.protection + x.protection_pending));
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
    fn a_primed_muscle_is_never_hurt_more(legs in legs(), more in 0.0..50.0_f64, gap in 0.0..100.0_f64, all in segments(), p in parameters()) {
        let run = DoseModel::new(&p, &Runner::default()).unwrap().load(START.add_hours(gap), &all).unwrap();
        let primed = LegState {
            muscles: legs.muscles.map(|m| MuscleState { protection: m.protection + more, ..*m }),
            ..legs
        };
        let (plain, primed) = (legs.after(&run, &p).unwrap(), primed.after(&run, &p).unwrap());
        for m in Muscle::ALL {
            let (a, b) = (&primed.muscles[m], &plain.muscles[m]);
            prop_assert!(at_most(a.damage, b.damage) && at_most(a.soreness_at_once, b.soreness_at_once));
            prop_assert!((0..3).all(|k| at_most(a.soreness_chain[k], b.soreness_chain[k])));
            prop_assert!(at_most(a.strength_loss(&p), b.strength_loss(&p)) && at_most(a.soreness(), b.soreness()));
            prop_assert!(close(a.fatigue, b.fatigue, 1e-12));
        }
    }

    #[test]
    fn a_harder_run_never_hurts_less(legs in legs(), all in segments(), factor in 1.0..3.0_f64, p in parameters()) {
        let model = DoseModel::new(&p, &Runner::default()).unwrap();
        let easy = model.load(START, &all).unwrap();
        let mut hard = easy.clone();
        for chunk in &mut hard.chunks {
            chunk.dose = chunk.dose.plus(&chunk.dose, factor - 1.0);
        }
        let (a, b) = (legs.after(&easy, &p).unwrap(), legs.after(&hard, &p).unwrap());
        // Chunks later in the same run meet protection that is already building; leave that out.
        if easy.chunks.len() <= 1 {
            for m in Muscle::ALL {
                prop_assert!(at_most(a.muscles[m].damage, b.muscles[m].damage));
                prop_assert!(at_most(a.muscles[m].strength_loss(&p), b.muscles[m].strength_loss(&p)));
                prop_assert!(at_most(a.muscles[m].soreness(), b.muscles[m].soreness()));
            }
        }
    }

    #[test]
    fn a_run_adds_what_lead_legs_and_protection_allow(legs in legs(), all in segments(), p in parameters()) {
        let run = DoseModel::new(&p, &Runner::default()).unwrap().load(START, &all).unwrap();
        let end = legs.after(&run, &p).unwrap();
        let idle = legs.advanced_to(run.end(), &p).unwrap();
        let dose = run.dose();
        let lead = p.lead_legs_min_strength.powf(-p.lead_legs_exponent);
        for m in Muscle::ALL {
            let (a, b) = (&end.muscles[m], &idle.muscles[m]);
            let most = p.damage_gain * p.muscle_gain(m) * dose.damage[m] * lead;
            prop_assert!(a.damage >= b.damage * (1.0 - 1e-12) && a.damage <= (b.damage + most) * (1.0 + 1e-12) + 1e-300);
            let most = p.soreness_gain * p.muscle_gain(m) * dose.damage[m] * lead;
            let sum = |s: &MuscleState| s.soreness_chain.iter().sum::<f64>();
            prop_assert!(sum(a) <= (sum(b) + most) * (1.0 + 1e-12) + 1e-300);
            prop_assert!(a.fatigue <= (b.fatigue + p.fatigue_gain * dose.acute) * (1.0 + 1e-12));
        }
    }

    #[test]
    fn parts_add_up_to_the_whole(gap in 0.0..100.0_f64, first in segments(), second in segments(), p in parameters()) {
        let model = DoseModel::new(&p, &Runner::default()).unwrap();
        let a = model.load(START, &first).unwrap();
        let b = model.load(a.end().add_hours(gap), &second).unwrap();
        let (one, part_one) = LegState::rested(START).after_with_part(&a, &p).unwrap();
        let (two, part_two) = one.after_with_part(&b, &p).unwrap();
        let part_one = part_one.advanced_to(two.time, &p).unwrap();
        for m in Muscle::ALL {
            let (x, y, z) = (&part_one.muscles[m], &part_two.muscles[m], &two.muscles[m]);
            prop_assert!(close(x.damage + y.damage, z.damage, 1e-11));
            prop_assert!(close(x.fatigue + y.fatigue, z.fatigue, 1e-11));
            prop_assert!(close(x.soreness_drive() + y.soreness_drive(), z.soreness_drive(), 1e-11));
        }
    }

    #[test]
    fn susceptibility_falls_from_one_to_its_floor(r in amounts(), q in amounts(), floor in 0.0..=0.95_f64, p in parameters()) {
        let (low, high) = (r.min(q), r.max(q));
        let (a, b) = (susceptibility(low, floor, &p), susceptibility(high, floor, &p));
        prop_assert!(b <= a && a <= 1.0 && b >= floor);
        prop_assert_eq!(susceptibility(0.0, floor, &p), 1.0);
        prop_assert!(close(susceptibility(1.0, floor, &p), 0.5 * (1.0 + floor), 1e-12));
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
    assert!(size_of::<LegState>() < 512, "{}", size_of::<LegState>());
    // Seventeen digits and an exponent in every number.
    let m = MuscleState {
        fatigue: 1.234_567_890_123_456_7e-10,
        damage: 1.234_567_890_123_456_7e-10,
        soreness_at_once: 1.234_567_890_123_456_7e-10,
        soreness_chain: [1.234_567_890_123_456_7e-10; 3],
        protection_pending: 1.234_567_890_123_456_7e-10,
        protection: 1.234_567_890_123_456_7e-10,
        damage_per_log_recovery: -1.234_567_890_123_456_7e-10,
        chain_per_log_recovery: [-1.234_567_890_123_456_7e-10; 3],
        chain_per_log_protection: [-1.234_567_890_123_456_7e-10; 3],
    };
    let legs = LegState { recent_dose: 1.0 / 3.0, recent_error: 1e-9 / 3.0, ..only(m) };
    let bytes = serde_json::to_string(&eccentric::Saved(legs)).unwrap().len();
    println!("state: {} bytes in memory, {bytes} as JSON", size_of::<LegState>());
    assert!(bytes < 2048, "{bytes}");
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
