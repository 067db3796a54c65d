//! Simulation-based calibration: do the intervals of the fit cover what they promise?
//!
//! `ECCENTRIC_HEAVY=1 cargo test --release --test person -- --nocapture` runs all of it.

use eccentric::forecast::ForecastOptions;
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::person::{Person, Profile};

use super::simulate::*;

/// A minute in release; without optimisation it would be an hour.
pub fn heavy() -> bool {
    !cfg!(debug_assertions) && std::env::var_os("ECCENTRIC_HEAVY").is_some()
}

/// `ECCENTRIC_SEED` shows other simulated people than those that are checked.
fn first_seed() -> u64 {
    std::env::var("ECCENTRIC_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1000)
}

const LEVELS: [(f64, f64); 3] = [(0.5, 0.674_489_75), (0.8, 1.281_551_57), (0.95, 1.959_963_98)];

#[derive(Default)]
struct Tally {
    count: f64,
    inside: [f64; 3],
    ranks: [f64; 10],
    z: f64,
}

impl Tally {
    fn add(&mut self, truth: f64, mean: f64, sd: f64) {
        let z = (truth - mean) / sd;
        self.count += 1.0;
        self.z += z;
        for (k, (_, limit)) in LEVELS.iter().enumerate() {
            self.inside[k] += f64::from(u8::from(z.abs() <= *limit));
        }
        let rank = 0.5 * (1.0 + erf(z / std::f64::consts::SQRT_2));
        self.ranks[((10.0 * rank) as usize).min(9)] += 1.0;
    }

    fn coverage(&self, k: usize) -> f64 {
        100.0 * self.inside[k] / self.count
    }

    fn row(&self, name: &str) -> String {
        let ranks: Vec<String> =
            self.ranks.iter().map(|r| format!("{:.0}", 100.0 * r / self.count)).collect();
        format!(
            "| {name} | {:.1} | {:.1} | {:.1} | {:+.2} | {} |",
            self.coverage(0),
            self.coverage(1),
            self.coverage(2),
            self.z / self.count,
            ranks.join(" ")
        )
    }
}

/// Abramowitz and Stegun 7.1.26; good to 1e-7, enough for ranks.
fn erf(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let poly = t
        * (0.254_829_592
            + t * (-0.284_496_736
                + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    x.signum() * (1.0 - poly * (-x * x).exp())
}

struct Calibration {
    numbers: [Tally; Person::NAMES.len()],
    drive: Tally,
    ratings: f64,
    rated: [f64; 3],
    converged: f64,
    people: f64,
}

fn calibrate(people: u64, days: usize, most: usize, world: &World) -> Calibration {
    let p = Parameters::default();
    let model = DoseModel::new(&p, &Runner::default()).unwrap();
    let (_, descents) = runs(&model);
    let mut c = Calibration {
        numbers: Default::default(),
        drive: Tally::default(),
        ratings: 0.0,
        rated: [0.0; 3],
        converged: 0.0,
        people: 0.0,
    };
    for seed in 0..people {
        let mut random = Random(first_seed() + seed);
        let athlete = athlete(days, world, &p, &mut random);
        let profile = athlete.history.fit(&athlete.observations(most), &p).unwrap();
        c.people += 1.0;
        c.converged +=
            f64::from(u8::from(profile.termination == eccentric::person::Termination::Converged));
        let then = profile.time.unwrap_or(at_day(days, 0.0));
        let truth = athlete.person_at(then).numbers();
        let (mean, sds) = (profile.person.numbers(), profile.sds());
        for (k, tally) in c.numbers.iter_mut().enumerate() {
            tally.add(truth[k], mean[k], sds[k]);
        }
        next_week(&athlete, &profile, &descents, world, &p, &mut random, &mut c);
    }
    c
}

/// A descent after the history, and four mornings after it.
fn next_week(
    athlete: &Athlete,
    profile: &Profile,
    descents: &[EccentricLoad],
    world: &World,
    p: &Parameters,
    random: &mut Random,
    c: &mut Calibration,
) {
    let mut history = athlete.history.clone();
    history.loads.push(on(&descents[random.below(descents.len())], at_day(athlete.days, 17.0)));
    let from = history.loads.last().unwrap().end();
    let options = ForecastOptions {
        levels: LEVELS.iter().map(|l| l.0).collect(),
        ..ForecastOptions::default()
    };
    let outlook = history.outlook_for(profile, from, &options, p).unwrap();
    let day = 1 + random.below(4);
    let time = from.add_hours((24 * day) as f64);
    let now = profile.at(from);
    let (mean, sd) = log_drive(&now, &history.state_of(&now.person, time, p).unwrap());
    let truth = athlete.person_at(time);
    let legs = history.state_of(&truth, time, p).unwrap();
    c.drive.add(sorest_drive(&legs).ln(), mean, sd);
    let rating = world.latent(&truth, felt(&truth, &legs), p, random);
    let ahead = &outlook.forecast.muscles.quadriceps.soreness;
    let k = 24 * day;
    c.ratings += 1.0;
    for (level, interval) in ahead.intervals.iter().enumerate() {
        let inside = (interval.lower[k]..=interval.upper[k]).contains(&rating.clamp(0.0, 10.0));
        c.rated[level] += f64::from(u8::from(inside));
    }
}

/// Numbers that have a true value only where ratings are made on the scale that is taken for granted.
const ON_THE_SCALE: [&str; 3] = ["soreness", "baseline", "noise"];

fn print(title: &str, c: &Calibration, on_the_scale: bool) {
    let converged = 100.0 * c.converged / c.people;
    println!("\n### {title}: {} people, {converged:.1} % converged\n", c.people);
    println!("| number | 50 % | 80 % | 95 % | mean z | share in each tenth, % |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for (name, tally) in Person::NAMES.iter().zip(&c.numbers) {
        if on_the_scale || !ON_THE_SCALE.contains(name) {
            println!("{}", tally.row(name));
        }
    }
    if on_the_scale {
        println!("{}", c.drive.row("next week's soreness"));
    }
    let rated = c.rated.map(|r| format!("{:.1}", 100.0 * r / c.ratings));
    println!("| next week's rating | {} | {} | {} | | |", rated[0], rated[1], rated[2]);
}

/// Intervals may miss their level by this much, in percent, beside three standard errors.
const SLACK: f64 = 3.0;

fn check(name: &str, level: f64, found: f64, count: f64, wide_is_fine: bool) {
    let slack = SLACK + 300.0 * (level * (1.0 - level) / count).sqrt();
    assert!(found > 100.0 * level - slack, "{name} at {level}: {found}");
    assert!(wide_is_fine || found < 100.0 * level + slack, "{name} at {level}: {found}");
}

#[test]
fn intervals_of_the_fit_cover_what_they_promise() {
    let people = if heavy() { 2000 } else { 60 };
    for most in [3, 10, 1000] {
        let c = calibrate(people, 70, most, &World::AS_ASSUMED);
        print(&format!("As assumed, at most {most} ratings"), &c, true);
        for (k, (level, _)) in LEVELS.iter().enumerate() {
            for (name, tally) in Person::NAMES.iter().zip(&c.numbers) {
                check(name, *level, tally.coverage(k), c.people, false);
            }
            check("drive", *level, c.drive.coverage(k), c.people, false);
            // Ratings pile up at the end of the scale, inside every interval.
            check("rating", *level, 100.0 * c.rated[k] / c.ratings, c.people, true);
        }
    }
}

#[test]
fn in_another_world_the_intervals_do_not_lie() {
    let people = if heavy() { 1000 } else { 80 };
    let usual = World::AS_ASSUMED;
    for world in [
        World { name: "noise 1.5 times as large", noise: 1.5, ..usual },
        World { name: "noise 0.7 times as large", noise: 0.7, ..usual },
        World { name: "low soreness rated lower", bend: 1.3, ..usual },
        World { name: "thresholds 0.5 of 10 too high", shift: 0.5, ..usual },
        World { name: "a week of soreness from something else", spell: 7, ..usual },
        World { name: "wandering by 0.15 a month", wander: 0.15, ..usual },
        World { name: "two of three days missing", missing: 0.67, ..usual },
        World { name: "rated only when sore", only_sore: true, missing: 0.0, ..usual },
    ] {
        let c = calibrate(people, 70, 1000, &world);
        let on_the_scale = world.bend == 1.0 && world.shift == 0.0;
        print(world.name, &c, on_the_scale);
        for (k, (level, _)) in LEVELS.iter().enumerate() {
            // It may widen, it must not lie.
            check(world.name, *level, 100.0 * c.rated[k] / c.ratings, c.people, true);
            for (name, tally) in Person::NAMES.iter().zip(&c.numbers) {
                // The noise of another world is not one that the prior expects.
                let other = ON_THE_SCALE.contains(name) && (!on_the_scale || *name == "noise");
                let wanders = *name == "soreness" && world.wander > 0.0;
                let slack = if wanders { 6.0 } else { 0.0 };
                if !other {
                    check(name, *level, tally.coverage(k) + slack, c.people, true);
                }
            }
        }
    }
}
