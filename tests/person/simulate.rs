//! Simulated athletes: a person out of the population, months of running, ratings as people give them.

use eccentric::activity::Segment;
use eccentric::damage::{Habit, LegState, MuscleState};
use eccentric::forecast::History;
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::person::{Observation, Person, Profile};
use eccentric::soreness::{Rating, Scale};
use eccentric::{Muscle, Timestamp};

/// A small seeded generator (splitmix64 and Box-Muller).
pub struct Random(pub u64);

impl Random {
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    pub fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n - 1)
    }
}

/// A person out of the population: what the evidence leaves open is common to soreness and strength.
pub fn person(p: &Parameters, random: &mut Random) -> Person {
    let evidence = p.evidence_log_sd * random.normal();
    Person {
        susceptibility: evidence + p.person_strength_log_sd * random.normal(),
        soreness: evidence + p.person_soreness_log_sd * random.normal(),
        recovery: p.person_recovery_log_sd * random.normal(),
        protection: p.person_protection_log_sd * random.normal(),
        baseline: p.person_baseline_sd * random.normal(),
        noise: p.person_noise_log_sd * random.normal(),
        habit: p.person_habit_log_sd * random.normal(),
        drift: p.person_drift_log_sd * random.normal(),
    }
}

/// Noise of the ratings of a person, of 10.
pub fn noise(person: &Person, p: &Parameters) -> f64 {
    let within = p.rating_noise.powi(2) - p.person_baseline_sd.powi(2);
    within.sqrt() * (person.noise - p.person_noise_log_sd.powi(2)).exp()
}

/// How the ratings come about, where it differs from what the fit takes for granted.
#[derive(Debug, Clone, Copy)]
pub struct World {
    pub name: &'static str,
    /// Factor on the noise.
    pub noise: f64,
    /// Exponent that bends the thresholds of the scale: above 1, low soreness is rated lower than it is felt.
    pub bend: f64,
    /// By how much every threshold lies too high, of 10.
    pub shift: f64,
    /// Part of the days without a rating.
    pub missing: f64,
    /// Ratings are only given when something is felt.
    pub only_sore: bool,
    /// Days of one spell of soreness that has nothing to do with the runs.
    pub spell: usize,
    /// Jumps of the soreness gain from month to month, standard deviation of the logarithm.
    pub wander: f64,
}

impl World {
    pub const AS_ASSUMED: Self = Self {
        name: "as assumed",
        noise: 1.0,
        bend: 1.0,
        shift: 0.0,
        missing: 0.3,
        only_sore: false,
        spell: 0,
        wander: 0.0,
    };

    /// What a person wants to rate, from 0 to 10 and beyond, before the scale cuts it.
    pub fn latent(&self, truth: &Person, felt: f64, p: &Parameters, random: &mut Random) -> f64 {
        self.seen(felt + noise(truth, p) * random.normal())
    }

    /// A level of soreness as this world's scales show it.
    pub fn seen(&self, felt: f64) -> f64 {
        let bent = if self.bend == 1.0 {
            felt
        } else {
            10.0 * (felt.clamp(0.0, 10.0) / 10.0).powf(self.bend)
        };
        bent - self.shift
    }
}

pub const SCALES: [Scale; 6] = [
    Scale::NRS_0_10,
    Scale::VAS_0_100,
    Scale::WORSE_1_5,
    Scale::BETTER_1_7,
    Scale::INTERVALS_ICU,
    Scale::PMSYS,
];

pub struct Athlete {
    /// The person on the day after the last.
    pub truth: Person,
    pub history: History,
    pub scale: Scale,
    /// Ratings in order of time, one a day at most.
    pub ratings: Vec<Rating>,
    /// Days of the record.
    pub days: usize,
}

impl Athlete {
    /// The person at a time.
    pub fn person_at(&self, time: Timestamp) -> Person {
        let hours = time.hours_since(at_day(self.days, 0.0));
        self.truth.after_years(hours / (24.0 * 365.25))
    }

    /// The first ratings, as they are learned from.
    pub fn observations(&self, most: usize) -> Vec<Observation> {
        self.ratings.iter().take(most).copied().map(Observation::from).collect()
    }
}

/// Runs that athletes do: flat and rolling ones, and descents.
pub fn runs(model: &DoseModel) -> (Vec<EccentricLoad>, Vec<EccentricLoad>) {
    let at = |segments: &[(f64, f64, f64)]| {
        let segments: Vec<Segment> =
            segments.iter().map(|&(i, v, min)| Segment::steady(i, v, 60.0 * min)).collect();
        model.load(Timestamp::from_unix_s(0), &segments).unwrap()
    };
    let easy = vec![
        at(&[(0.0, 2.8, 40.0)]),
        at(&[(0.0, 3.0, 60.0)]),
        at(&[(0.02, 2.7, 25.0), (-0.02, 3.1, 25.0)]),
        at(&[(0.04, 2.4, 30.0), (-0.04, 3.2, 25.0)]),
        at(&[(0.0, 3.3, 90.0)]),
    ];
    let descents = vec![
        at(&[(0.10, 1.8, 40.0), (-0.10, 3.0, 25.0)]),
        at(&[(0.15, 1.3, 60.0), (-0.15, 2.8, 28.0)]),
        at(&[(0.0, 3.0, 10.0), (-0.16, 3.0, 20.0)]),
        at(&[(0.18, 1.1, 90.0), (-0.18, 2.6, 40.0), (0.0, 2.8, 20.0)]),
        at(&[(0.12, 1.5, 120.0), (-0.12, 2.9, 70.0)]),
        at(&[(-0.20, 2.6, 30.0)]),
    ];
    (easy, descents)
}

const START: Timestamp = Timestamp::from_unix_s(1_700_000_000);

pub fn at_day(day: usize, hour: f64) -> Timestamp {
    START.add_hours(24.0 * day as f64 + hour)
}

/// Moves a run to a time.
pub fn on(run: &EccentricLoad, start: Timestamp) -> EccentricLoad {
    EccentricLoad { start, ..run.clone() }
}

/// A history of runs on some of the days.
fn runs_of(days: usize, p: &Parameters, random: &mut Random) -> History {
    let model = DoseModel::new(p, &Runner::default()).unwrap();
    let (easy, descents) = runs(&model);
    let habits = [Habit::None, Habit::Recreational, Habit::Road, Habit::Trail];
    let habit = habits[random.below(habits.len())];
    let (running, hilly) = (0.25 + 0.3 * random.uniform(), 0.1 + 0.4 * random.uniform());
    let mut loads = Vec::new();
    for day in 0..days {
        if random.uniform() < running {
            let pool = if random.uniform() < hilly { &descents } else { &easy };
            loads.push(on(&pool[random.below(pool.len())], at_day(day, 17.0)));
        }
    }
    History { habit, loads }
}

pub fn athlete(days: usize, world: &World, p: &Parameters, random: &mut Random) -> Athlete {
    let mut truth = person(p, random);
    truth.noise += world.noise.ln();
    let history = runs_of(days, p, random);
    let scale = SCALES[random.below(SCALES.len())];
    let mut athlete = Athlete { truth, history, scale, ratings: Vec::new(), days };
    athlete.rate_again(world, p, random);
    athlete
}

impl Athlete {
    /// Rates the days afresh.
    pub fn rate_again(&mut self, world: &World, p: &Parameters, random: &mut Random) {
        self.ratings.clear();
        let scale = self.scale;
        let spell = random.below(self.days);
        let mut wander = 0.0;
        for day in (1..self.days).rev() {
            if day % 30 == 0 {
                wander += world.wander * random.normal();
            }
            let time = at_day(day, 8.0);
            let mut person = self.person_at(time);
            person.soreness += wander;
            let rating = if (spell..spell + world.spell).contains(&day) {
                answer(4.0 + 4.0 * random.uniform(), time, scale)
            } else {
                rate(&person, &self.history, time, scale, world, p, random)
            };
            let asked = random.uniform() >= world.missing;
            let felt = scale.soreness(rating.value).unwrap() > 1.0;
            if asked && (felt || !world.only_sore) {
                self.ratings.push(rating);
            }
        }
        self.ratings.reverse();
    }
}

/// What a person feels, baseline included.
pub fn felt(truth: &Person, legs: &LegState) -> f64 {
    Muscle::ALL.iter().map(|&m| legs.muscles[m].soreness()).fold(0.0, f64::max) + truth.baseline
}

pub fn rate(
    truth: &Person,
    history: &History,
    time: Timestamp,
    scale: Scale,
    world: &World,
    p: &Parameters,
    random: &mut Random,
) -> Rating {
    let legs = history.state_of(truth, time, p).unwrap();
    let latent = world.latent(truth, felt(truth, &legs), p, random);
    if random.uniform() < p.rating_outlier_share {
        let step = 10.0 / (scale.answers() - 1.0);
        answer(step * random.below(scale.answers() as usize) as f64, time, scale)
    } else {
        answer(latent, time, scale)
    }
}

/// The nearest answer of a scale.
pub fn answer(soreness: f64, time: Timestamp, scale: Scale) -> Rating {
    let top = scale.answers() - 1.0;
    let answer = (soreness / 10.0 * top).round().clamp(0.0, top);
    let value = match scale.direction {
        eccentric::soreness::Direction::HigherIsWorse => scale.min + answer * scale.step,
        eccentric::soreness::Direction::HigherIsBetter => scale.max - answer * scale.step,
    };
    Rating { time, value, scale, muscle: None }
}

/// As the crate has it: soreness at once changes in the proportion of the chain.
pub fn protection_slope(m: &MuscleState) -> f64 {
    let chain: f64 = m.soreness_chain.iter().sum();
    let slope: f64 = m.chain_per_log_protection.iter().sum();
    m.chain_per_log_protection[2]
        + if chain > 0.0 { m.soreness_at_once * slope / chain } else { 0.0 }
}

/// Logarithm of the drive of the sorest muscle and its standard deviation, as a profile sees it.
pub fn log_drive(profile: &Profile, legs: &LegState) -> (f64, f64) {
    let m = Muscle::ALL
        .map(|m| legs.muscles[m])
        .into_iter()
        .max_by(|a, b| a.soreness_drive().total_cmp(&b.soreness_drive()))
        .unwrap();
    let u = m.soreness_drive();
    let mut slopes = [0.0; Person::NAMES.len()];
    slopes[1..4].copy_from_slice(&[1.0, m.chain_per_log_recovery[2] / u, protection_slope(&m) / u]);
    let c = &profile.covariance;
    let mut variance = 0.0;
    for i in 0..slopes.len() {
        for j in 0..slopes.len() {
            variance += slopes[i] * c[i][j] * slopes[j];
        }
    }
    (u.ln(), variance.sqrt())
}

/// Drive of the sorest muscle.
pub fn sorest_drive(legs: &LegState) -> f64 {
    Muscle::ALL.iter().map(|&m| legs.muscles[m].soreness_drive()).fold(1e-9, f64::max)
}
