//! Do the intervals hold what they promise? Simulated people, each with their own constants, run the
//! whole model; their ratings must fall into the population's intervals as often as the level says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use eccentric::activity::Segment;
use eccentric::damage::{Habit, LegState};
use eccentric::forecast::{ForecastOptions, Spread, forecast};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::{Muscle, Timestamp};

/// A small seeded generator of standard normal numbers (splitmix64 and Box-Muller).
struct Normal(u64);

impl Normal {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn next(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// The constants of one person out of the population.
fn person(p: &Parameters, normal: &mut Normal) -> Parameters {
    let evidence = (p.evidence_log_sd * normal.next()).exp();
    let soreness = evidence * (p.person_soreness_log_sd * normal.next()).exp();
    let strength = evidence * (p.person_strength_log_sd * normal.next()).exp();
    let recovery = (p.person_recovery_log_sd * normal.next()).exp();
    // A factor on the odds of a loss, those of its ceiling included.
    let most = p.strength_loss_max / (1.0 - p.strength_loss_max) * strength;
    Parameters {
        strength_loss_max: most / (1.0 + most),
        soreness_gain: p.soreness_gain * soreness,
        soreness_at_once_gain: p.soreness_at_once_gain * soreness,
        damage_gain: p.damage_gain * strength,
        fatigue_gain: p.fatigue_gain * strength,
        soreness_stage_h: p.soreness_stage_h * recovery,
        damage_recovery_h: p.damage_recovery_h * recovery,
        ..*p
    }
}

/// Protection before the run is the population's: what differs is what the run does.
fn legs_after(run: &EccentricLoad, habit: Habit, own: &Parameters) -> LegState {
    habit.legs(run.start, &Parameters::default()).unwrap().after(run, own).unwrap()
}

const PEOPLE: usize = 4000;
const HOURS: [f64; 6] = [1.0, 12.0, 24.0, 48.0, 96.0, 144.0];

/// Share of simulated people inside the intervals: ratings, and losses of strength.
fn coverage(run: &EccentricLoad, habit: Habit, level: f64) -> (f64, f64) {
    let p = Parameters::default();
    let options = ForecastOptions { levels: vec![level], ..ForecastOptions::default() };
    let legs = legs_after(run, habit, &p);
    let ahead = forecast(&legs, &Spread::population(0.0, &p).unwrap(), &options, &p).unwrap();
    let mut normal = Normal(7);
    let (mut rated, mut weak, mut count) = (0, 0, 0);
    for _ in 0..PEOPLE {
        let own = person(&p, &mut normal);
        let legs = legs_after(run, habit, &own);
        for hours in HOURS {
            let now = legs.advanced(hours, &own).unwrap().muscles.quadriceps;
            let rating = (now.soreness() + p.rating_noise * normal.next()).clamp(0.0, 10.0);
            let muscle = &ahead.muscles[Muscle::Quadriceps];
            let inside = |interval: &eccentric::forecast::Interval, value: f64| {
                let k = hours as usize;
                u32::from((interval.lower[k]..=interval.upper[k]).contains(&value))
            };
            rated += inside(&muscle.soreness.intervals[0], rating);
            weak += inside(&muscle.strength_loss.intervals[0], now.strength_loss(&own));
            count += 1;
        }
    }
    (f64::from(rated) / f64::from(count), f64::from(weak) / f64::from(count))
}

fn descent(minutes: f64) -> EccentricLoad {
    let model = DoseModel::new(&Parameters::default(), &Runner::default()).unwrap();
    model.load(Timestamp::from_unix_s(0), &[Segment::steady(-0.16, 3.0, 60.0 * minutes)]).unwrap()
}

#[test]
fn intervals_hold_what_their_level_says() {
    for (minutes, habit) in [(30.0, Habit::None), (10.0, Habit::None), (90.0, Habit::Trail)] {
        let run = descent(minutes);
        for level in [0.5, 0.8, 0.95] {
            let (rated, weak) = coverage(&run, habit, level);
            println!("{minutes} min, {habit:?}, {level}: ratings {rated:.3}, strength {weak:.3}");
            // Ratings of people who feel nothing pile up at zero, inside every interval: never
            // below the level by more than 4 points, above it by what the pile adds.
            assert!(rated > level - 0.04 && rated < level + 0.15, "ratings {rated} at {level}");
            assert!((weak - level).abs() < 0.04, "strength {weak} at {level}");
        }
    }
}
