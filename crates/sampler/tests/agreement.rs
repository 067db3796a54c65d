//! The fit of a person against a full sampler, on simulated athletes.
//!
//! `ECCENTRIC_HEAVY=1 cargo test --release -p eccentric-sampler -- --nocapture` compares all of them, in four
//! minutes on one core; without the variable one of them, coarsely. `ECCENTRIC_SEED` shows others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[allow(dead_code)]
#[path = "../../../tests/person/simulate.rs"]
mod simulate;

use std::time::{Duration, Instant};

use eccentric::params::Parameters;
use eccentric::person::Person;
use eccentric_sampler::{NUMBERS, Plan, Posterior, Summary, sample, summary};
use simulate::{Athlete, Random, World, athlete};

/// Fits that are timed for one athlete.
const FITS: u32 = 20;
/// How far a mean may be off in standard deviations, and a standard deviation in parts of itself.
const TARGET: (f64, f64) = (0.15, 0.15);

const ONLY_SORE: World =
    World { name: "rated only when sore", only_sore: true, ..World::AS_ASSUMED };

struct Compared {
    seed: u64,
    ratings: usize,
    off: [f64; NUMBERS],
    ratio: [f64; NUMBERS],
    sampled: [Summary; NUMBERS],
    divergences: usize,
    fit: Duration,
    sampler: Duration,
}

impl Compared {
    fn fewest(&self) -> f64 {
        let ess = |s: &Summary| s.ess.min(s.ess_square);
        self.sampled.iter().map(ess).fold(f64::INFINITY, f64::min)
    }

    fn r_hat(&self) -> f64 {
        self.sampled.iter().map(|s| s.r_hat).fold(0.0, f64::max)
    }

    /// How many times faster the fit is than as much sampling as gives 1000 independent draws.
    fn faster(&self) -> f64 {
        let part = (1000.0 / self.fewest()).min(1.0);
        part * self.sampler.as_secs_f64() / self.fit.as_secs_f64()
    }
}

fn heavy() -> bool {
    !cfg!(debug_assertions) && std::env::var_os("ECCENTRIC_HEAVY").is_some()
}

fn first_seed() -> u64 {
    std::env::var("ECCENTRIC_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(80_000)
}

fn rated_fresh(athlete: &Athlete) -> bool {
    athlete.ratings.iter().any(|rating| rating.scale.soreness(rating.value).unwrap() < 0.01)
}

/// What must hold of a group: the part of all numbers on target, and the furthest that any may be off it.
/// Guards against getting worse, set beside what was found.
struct Guard {
    title: &'static str,
    world: World,
    athletes: usize,
    on_target: f64,
    furthest: (f64, f64),
}

const GUARDS: [Guard; 2] = [
    Guard {
        title: "Fresh legs rated too",
        world: World::AS_ASSUMED,
        athletes: 30,
        on_target: 0.97,
        furthest: (0.35, 0.3),
    },
    Guard {
        title: "Rated only when sore",
        world: ONLY_SORE,
        athletes: 6,
        on_target: 0.85,
        furthest: (0.35, 0.4),
    },
];

/// Athletes with 40 to 70 days of runs and 10 to 49 ratings, all with one of fresh legs or all without.
fn athletes(world: World, p: &Parameters) -> impl Iterator<Item = (u64, Athlete)> {
    (first_seed()..).filter_map(move |seed| {
        let mut random = Random(seed);
        let days = 40 + random.below(31);
        let missing = if world.only_sore { 0.0 } else { 0.3 + 0.5 * random.uniform() };
        let athlete = athlete(days, &World { missing, ..world }, p, &mut random);
        let enough = (10..50).contains(&athlete.ratings.len());
        (enough && rated_fresh(&athlete) != world.only_sore).then_some((seed, athlete))
    })
}

fn compare(seed: u64, athlete: &Athlete, plan: &Plan, p: &Parameters) -> Compared {
    let observations = athlete.observations(usize::MAX);
    let profile = athlete.history.fit(&observations, p).unwrap();
    let mut times: Vec<Duration> = (0..FITS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(athlete.history.fit(&observations, p).unwrap());
            start.elapsed()
        })
        .collect();
    times.sort();
    let posterior = Posterior::new(&athlete.history, &athlete.ratings, p).unwrap();
    let start = Instant::now();
    let draws = sample(&posterior, &Plan { seed, ..*plan }).unwrap();
    let sampler = start.elapsed();
    let sampled = summary(&draws.chains);
    let (mean, sds) = (profile.person.numbers(), profile.sds());
    Compared {
        seed,
        ratings: observations.len(),
        off: std::array::from_fn(|i| (mean[i] - sampled[i].mean) / sampled[i].sd),
        ratio: std::array::from_fn(|i| sds[i] / sampled[i].sd),
        divergences: draws.divergences,
        sampled,
        fit: times[times.len() / 2],
        sampler,
    }
}

fn median(x: impl Iterator<Item = f64>) -> f64 {
    let mut x: Vec<f64> = x.collect();
    x.sort_by(f64::total_cmp);
    x[x.len() / 2]
}

fn furthest(x: impl Iterator<Item = f64>) -> f64 {
    x.fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a })
}

/// Parts of all numbers of all athletes whose mean and whose standard deviation are on target.
fn on_target(all: &[Compared]) -> (f64, f64) {
    let part = |x: &dyn Fn(&Compared) -> usize| {
        all.iter().map(x).sum::<usize>() as f64 / (NUMBERS * all.len()) as f64
    };
    (
        part(&|c| c.off.iter().filter(|off| off.abs() <= TARGET.0).count()),
        part(&|c| c.ratio.iter().filter(|ratio| (*ratio - 1.0).abs() <= TARGET.1).count()),
    )
}

fn print(title: &str, all: &[Compared]) {
    println!("\n### {title}: {} athletes\n", all.len());
    println!("| number | means differ, sd: mean | furthest | sds differ, %: mean | furthest |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    let n = all.len() as f64;
    let percent = |ratio: f64| 100.0 * (ratio - 1.0);
    for (i, name) in Person::NAMES.iter().enumerate() {
        println!(
            "| {name} | {:.3} | {:+.2} | {:+.1} | {:+.0} |",
            all.iter().map(|c| c.off[i].abs()).sum::<f64>() / n,
            furthest(all.iter().map(|c| c.off[i])),
            all.iter().map(|c| percent(c.ratio[i])).sum::<f64>() / n,
            furthest(all.iter().map(|c| percent(c.ratio[i]))),
        );
    }
    let (means, sds) = on_target(all);
    println!(
        "\nOn target: {:.1} % of the means, {:.1} % of the standard deviations. Fit {:.2} ms, sampler {:.1} s; \
         {:.0} times faster (least {:.0}), for 1000 independent draws {:.0} times.",
        100.0 * means,
        100.0 * sds,
        1e3 * median(all.iter().map(|c| c.fit.as_secs_f64())),
        median(all.iter().map(|c| c.sampler.as_secs_f64())),
        median(all.iter().map(|c| c.sampler.as_secs_f64() / c.fit.as_secs_f64())),
        all.iter()
            .map(|c| c.sampler.as_secs_f64() / c.fit.as_secs_f64())
            .fold(f64::INFINITY, f64::min),
        median(all.iter().map(Compared::faster)),
    );
    println!(
        "Largest R-hat {:.4}, fewest independent draws {:.0}, divergences {}. Not on target:",
        all.iter().map(Compared::r_hat).fold(0.0, f64::max),
        all.iter().map(Compared::fewest).fold(f64::INFINITY, f64::min),
        all.iter().map(|c| c.divergences).sum::<usize>(),
    );
    for c in all {
        for (i, name) in Person::NAMES.iter().enumerate() {
            let (off, ratio) = (c.off[i], c.ratio[i]);
            if off.abs() > TARGET.0 || (ratio - 1.0).abs() > TARGET.1 {
                println!(
                    "- {name} of {} ({} ratings): mean {off:+.2} sd, sd {:+.0} %",
                    c.seed,
                    c.ratings,
                    percent(ratio)
                );
            }
        }
    }
}

/// The quick replay of the sampler against the slow one, which knows nothing of how a drive changes with a
/// person.
#[test]
fn the_density_is_that_of_replays() {
    let p = Parameters::default();
    for world in [World::AS_ASSUMED, ONLY_SORE] {
        let (seed, athlete) = athletes(world, &p).next().unwrap();
        let posterior = Posterior::new(&athlete.history, &athlete.ratings, &p).unwrap();
        let mut random = Random(seed);
        for _ in 0..5 {
            let z: [f64; NUMBERS] = std::array::from_fn(|_| random.normal());
            let quick = posterior.log_density(&z).unwrap();
            let slow = posterior.log_density_slowly(&z).unwrap();
            assert!((quick - slow).abs() < 1e-9 * slow.abs(), "{quick} {slow}");
        }
    }
}

/// The sampler against people drawn from the prior, each counted as much as the ratings make it probable: no
/// chain could miss what they would find.
#[test]
fn the_sampler_finds_all_there_is() {
    let p = Parameters::default();
    let (draws, number) = if heavy() { (1000, 100_000) } else { (200, 20_000) };
    let plan = Plan { chains: 4, tuning: 400, draws, seed: 1 };
    for world in [World::AS_ASSUMED, ONLY_SORE] {
        let (seed, athlete) = athletes(world, &p).next().unwrap();
        let posterior = Posterior::new(&athlete.history, &athlete.ratings, &p).unwrap();
        let mut random = Random(seed);
        let people: Vec<(f64, [f64; NUMBERS])> = (0..number)
            .map(|_| {
                let z: [f64; NUMBERS] = std::array::from_fn(|_| random.normal());
                let log_prior = -0.5 * z.iter().map(|z| z * z).sum::<f64>();
                let log = posterior.log_density(&z).unwrap() - log_prior;
                (log, posterior.person(&z).numbers())
            })
            .collect();
        let top = people.iter().map(|(log, _)| *log).fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = people.iter().map(|(log, _)| (log - top).exp()).collect();
        let total: f64 = weights.iter().sum();
        let effective = total * total / weights.iter().map(|w| w * w).sum::<f64>();
        println!("{seed}: {effective:.0} of {number} people of the prior count");
        assert!(effective > 0.01 * f64::from(number));
        let mean = |of: &dyn Fn(&[f64; NUMBERS]) -> f64| {
            people.iter().zip(&weights).map(|((_, x), w)| of(x) * w).sum::<f64>() / total
        };
        for (i, s) in summary(&sample(&posterior, &plan).unwrap().chains).iter().enumerate() {
            let middle = mean(&|x| x[i]);
            let sd = mean(&|x| (x[i] - middle).powi(2)).sqrt();
            // Four standard errors of both.
            let slack = 4.0 * (1.0 / effective + 1.0 / s.ess).sqrt();
            let slack_sd = 4.0 * (1.0 / effective + 1.0 / s.ess_square).sqrt();
            assert!((s.mean - middle).abs() < slack * s.sd, "{i} {} {middle}", s.mean);
            assert!((s.sd / sd - 1.0).abs() < slack_sd, "{i} {} {sd}", s.sd);
        }
    }
}

#[test]
fn the_fit_agrees_with_a_sampler() {
    let p = Parameters::default();
    if !heavy() {
        let (seed, athlete) = athletes(World::AS_ASSUMED, &p).next().unwrap();
        let c = compare(seed, &athlete, &Plan { chains: 2, tuning: 100, draws: 150, seed: 0 }, &p);
        assert!(c.off.iter().all(|off| off.abs() < 0.5), "{:?}", c.off);
        return;
    }
    let plan = Plan { chains: 4, tuning: 400, draws: 1000, seed: 0 };
    for Guard { title, world, athletes: n, on_target: enough, furthest } in GUARDS {
        let all: Vec<Compared> = athletes(world, &p)
            .take(n)
            .map(|(seed, athlete)| compare(seed, &athlete, &plan, &p))
            .collect();
        print(title, &all);
        for c in &all {
            assert!(c.r_hat() < 1.01 && c.fewest() > 1000.0, "{}: more draws", c.seed);
            for i in 0..NUMBERS {
                assert!(c.off[i].abs() < furthest.0, "{} {i}: {}", c.seed, c.off[i]);
                assert!((c.ratio[i] - 1.0).abs() < furthest.1, "{} {i}: {}", c.seed, c.ratio[i]);
            }
        }
        let (means, sds) = on_target(&all);
        assert!(means >= enough && sds >= enough, "{means} {sds}");
    }
}
