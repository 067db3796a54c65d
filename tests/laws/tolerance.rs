//! Laws of stage 3: what a dose adds to the legs, by what they tolerate.

use eccentric::activity::Segment;
use eccentric::damage::{LegState, MuscleState, part_beyond_tolerance};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::{Muscle, Timestamp};
use proptest::prelude::*;

use super::generators::*;
use super::{at_most, close};

fn load(p: &Parameters, start: Timestamp, all: &[Segment]) -> EccentricLoad {
    DoseModel::new(p, &Runner::default()).unwrap().load(start, all).unwrap()
}

fn with(legs: &LegState, change: impl Fn(&mut MuscleState)) -> LegState {
    let mut legs = *legs;
    Muscle::ALL.into_iter().for_each(|m| change(&mut legs.muscles[m]));
    legs
}

/// Nothing of what is felt of one muscle is above that of another.
fn hurts_no_more(a: &MuscleState, b: &MuscleState) -> bool {
    let slack = |a: f64, b: f64| a <= b * (1.0 + 1e-11) + 1e-15;
    slack(a.damage, b.damage)
        && slack(a.soreness_at_once, b.soreness_at_once)
        && (0..3).all(|k| slack(a.soreness_chain[k], b.soreness_chain[k]))
}

fn sore(m: &MuscleState) -> f64 {
    m.soreness_at_once + m.soreness_chain.iter().sum::<f64>()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_part_beyond_the_tolerance_is_a_part(from in 0.0..20.0_f64, dose in 0.0..20.0_f64, more in 0.0..20.0_f64, tolerance in prop_oneof![Just(0.0), 0.0..10.0_f64]) {
        let part = |from, to, k| part_beyond_tolerance(from, to, k);
        let to = from + dose;
        let here = part(from, to, tolerance);
        prop_assert!((0.0..=1.0).contains(&here), "{here}");
        prop_assert!(at_most(here, part(from, to + more, tolerance)));
        prop_assert!(at_most(here, part(from + more, to + more, tolerance)));
        prop_assert!(at_most(part(from, to, tolerance + more), here));
        // Two doses are one: what goes beyond adds up.
        let beyond = dose * here + more * part(to, to + more, tolerance);
        prop_assert!((beyond - (dose + more) * part(from, to + more, tolerance)).abs() < 1e-9);
    }

    #[test]
    fn more_protection_never_hurts_more(legs in legs(), more in 0.0..50.0_f64, gap in 0.0..100.0_f64, all in segments(), p in parameters()) {
        let run = load(&p, START.add_hours(gap), &all);
        let (plain, there) = (legs.after(&run, &p).unwrap(), with(&legs, |m| m.protection += more).after(&run, &p).unwrap());
        let coming = with(&legs, |m| m.protection_pending[0] += more).after(&run, &p).unwrap();
        for m in Muscle::ALL {
            for primed in [&there.muscles[m], &coming.muscles[m]] {
                prop_assert!(hurts_no_more(primed, &plain.muscles[m]), "{primed:?}");
                prop_assert!(close(primed.fatigue, plain.muscles[m].fatigue, 1e-12));
                prop_assert!(close(primed.exposure, plain.muscles[m].exposure, 1e-12));
            }
        }
    }

    #[test]
    fn more_tolerance_gain_is_never_more_soreness(legs in legs(), gain in 0.3..40.0_f64, other in 0.3..40.0_f64, all in segments(), p in parameters()) {
        let run = load(&p, START, &all);
        let of = |tolerance_gain| legs.after(&run, &Parameters { tolerance_gain, ..p }).unwrap();
        let (low, high) = (of(gain.min(other)), of(gain.max(other)));
        for m in Muscle::ALL {
            prop_assert!(hurts_no_more(&high.muscles[m], &low.muscles[m]));
        }
    }

    #[test]
    fn late_miles_cost_no_less_than_early_ones(legs in legs(), more in 0.0..30.0_f64, all in segments(), p in parameters()) {
        let run = load(&p, START, &all);
        let (_, early) = legs.after_with_part(&run, &p).unwrap();
        let (_, late) = with(&legs, |m| m.exposure += more).after_with_part(&run, &p).unwrap();
        for m in Muscle::ALL {
            prop_assert!(hurts_no_more(&early.muscles[m], &late.muscles[m]), "{early:?} {late:?}");
        }
    }

    #[test]
    fn a_harder_run_never_hurts_less(legs in legs(), all in segments(), factor in 1.0..3.0_f64, p in parameters()) {
        let easy = load(&p, START, &all);
        let mut hard = easy.clone();
        for s in &mut hard.stretches {
            (s.damage, s.hard) = (s.damage.map(|x| factor * x), s.hard.map(|x| factor * x));
            (s.protection, s.acute) = (s.protection.map(|x| factor * x), factor * s.acute);
        }
        let (easy, hard) = (legs.after(&easy, &p).unwrap(), legs.after(&hard, &p).unwrap());
        for m in Muscle::ALL {
            let (a, b) = (&easy.muscles[m], &hard.muscles[m]);
            prop_assert!(hurts_no_more(a, b));
            prop_assert!(at_most(a.strength_loss(&p), b.strength_loss(&p)) && at_most(a.soreness(), b.soreness()));
        }
    }

    #[test]
    fn a_run_adds_no_more_than_its_dose(legs in legs(), all in segments(), p in parameters()) {
        let run = load(&p, START, &all);
        let (end, part) = legs.after_with_part(&run, &p).unwrap();
        let (idle, dose) = (legs.advanced_to(run.end(), &p).unwrap(), run.dose());
        let left = (-run.duration_s / 3600.0 / p.damage_recovery_h).exp();
        let most = |value: f64, most: f64| value <= most * (1.0 + 1e-12) + 1e-300;
        for m in Muscle::ALL {
            let (a, b, x) = (&part.muscles[m], &idle.muscles[m], dose.damage[m]);
            prop_assert!(most(a.damage, p.damage_gain * x));
            prop_assert!(a.damage * (1.0 + 1e-12) >= p.damage_below_tolerance * p.damage_gain * x * left);
            prop_assert!(most(a.soreness_at_once, p.soreness_at_once_gain * x));
            prop_assert!(most(a.soreness_chain.iter().sum::<f64>(), p.soreness_gain * x));
            prop_assert!(most(a.fatigue, p.fatigue_gain * dose.acute) && most(a.exposure, x));
            // Times are kept to the millisecond.
            let end = &end.muscles[m];
            prop_assert!(b.damage <= end.damage * (1.0 + 1e-6) && sore(b) <= sore(end) * (1.0 + 1e-6));
        }
    }

    #[test]
    fn parts_add_up_to_the_whole(gap in 0.0..100.0_f64, first in segments(), second in segments(), p in parameters()) {
        let a = load(&p, START, &first);
        let b = load(&p, a.end().add_hours(gap), &second);
        let (one, part_one) = LegState::rested(START).after_with_part(&a, &p).unwrap();
        let (two, part_two) = one.after_with_part(&b, &p).unwrap();
        let part_one = part_one.advanced_to(two.time, &p).unwrap();
        // Times are kept to the millisecond.
        let adds_up = |a: f64, b: f64, both: f64| close(a + b, both, 1e-6);
        for m in Muscle::ALL {
            let (x, y, z) = (&part_one.muscles[m], &part_two.muscles[m], &two.muscles[m]);
            prop_assert!(adds_up(x.damage, y.damage, z.damage));
            prop_assert!(adds_up(x.fatigue, y.fatigue, z.fatigue));
            prop_assert!(adds_up(x.exposure, y.exposure, z.exposure));
            prop_assert!(adds_up(x.soreness_drive(), y.soreness_drive(), z.soreness_drive()));
        }
    }

    #[test]
    fn a_rest_before_a_run_may_be_taken_in_two(legs in legs(), all in segments(), seconds in 0..180_000_u32, p in parameters()) {
        // Time is kept to the millisecond, hence the whole seconds.
        let run = load(&p, START.add_hours(60.0), &all);
        let straight = legs.after(&run, &p).unwrap();
        let stopped = legs.advanced(f64::from(seconds) / 3600.0, &p).unwrap().after(&run, &p).unwrap();
        prop_assert!(super::state::same(&straight, &stopped, 1e-9));
    }

    #[test]
    fn a_run_of_nothing_is_a_rest(legs in legs(), seconds in 0..100_000_u32, p in parameters()) {
        let stood = Segment::steady(-0.2, 0.0, f64::from(seconds));
        for run in [load(&p, START, &[]), load(&p, START, &[stood])] {
            let rested = legs.advanced_to(run.end(), &p).unwrap();
            prop_assert!(super::state::same(&legs.after(&run, &p).unwrap(), &rested, 1e-9));
        }
    }

    #[test]
    fn slopes_are_those_of_another_person(first in hilly_run(), second in hilly_run(), gap in 1.0..200.0_f64, wait in 0.0..200.0_f64, habit in habit()) {
        let p = Parameters::default();
        let start = habit.legs(START, &p).unwrap();
        let a = load(&p, START, &first);
        let b = load(&p, a.end().add_hours(gap), &second);
        let legs = |p: &Parameters| start.after(&a, p).unwrap().after(&b, p).unwrap().advanced(wait, p).unwrap();
        let u = 1.0e-4;
        let slower = |u: f64| legs(&Parameters {
            damage_recovery_h: p.damage_recovery_h * u.exp(),
            soreness_stage_h: p.soreness_stage_h * u.exp(),
            ..p
        });
        let tougher = |u: f64| legs(&Parameters { tolerance_gain: p.tolerance_gain * u.exp(), ..p });
        let (here, slower, tougher) = (legs(&p), [slower(-u), slower(u)], [tougher(-u), tougher(u)]);
        for m in Muscle::ALL {
            let slope = |two: &[LegState; 2], of: &dyn Fn(&MuscleState) -> f64| {
                (of(&two[1].muscles[m]) - of(&two[0].muscles[m])) / (2.0 * u)
            };
            let here = &here.muscles[m];
            let near = |a: f64, b: f64, size: f64| (a - b).abs() < 1e-5 * (size + 1e-3);
            prop_assert!(near(slope(&slower, &|m| m.damage), here.damage_per_log_recovery, here.damage));
            for k in 0..3 {
                let chain = |m: &MuscleState| m.soreness_chain[k];
                prop_assert!(near(slope(&slower, &chain), here.chain_per_log_recovery[k], sore(here)));
                prop_assert!(near(slope(&tougher, &chain), here.chain_per_log_protection[k], sore(here)));
                prop_assert!(here.chain_per_log_protection[k] <= 0.0);
            }
        }
    }
}
