//! The learning curve: error of the forecast of the next week's ratings against the number of ratings that
//! were learned from, beside the population and the simple rules.

use eccentric::forecast::History;
use eccentric::params::Parameters;
use eccentric::person::{Observation, Person};
use eccentric::soreness::Rating;

use super::calibration::heavy;
use super::simulate::*;

const NUMBERS: [usize; 7] = [0, 1, 3, 5, 10, 20, 50];
const RULES: [&str; 5] = ["personal", "population", "running mean", "last value", "AR(1)"];
/// First day that is rated.
const FIRST: usize = 14;
/// Mean of all ratings of all simulated people, for rules that know nothing yet.
const GRAND_MEAN: f64 = 2.0;

#[derive(Default, Clone, Copy)]
struct Score {
    count: f64,
    square: [f64; RULES.len()],
    absolute: [f64; RULES.len()],
}

impl Score {
    fn add(&mut self, forecasts: [f64; RULES.len()], rating: f64) {
        self.count += 1.0;
        for (k, forecast) in forecasts.iter().enumerate() {
            self.square[k] += (forecast - rating).powi(2);
            self.absolute[k] += (forecast - rating).abs();
        }
    }

    fn rmse(&self) -> [f64; RULES.len()] {
        self.square.map(|sum| (sum / self.count).sqrt())
    }

    fn mae(&self) -> [f64; RULES.len()] {
        self.absolute.map(|sum| sum / self.count)
    }
}

/// Mean, last value and how much of a deviation is left a day later.
fn rules(ratings: &[Rating]) -> (f64, f64, f64) {
    let values: Vec<f64> = ratings.iter().map(|r| r.scale.soreness(r.value).unwrap()).collect();
    let Some(&last) = values.last() else { return (GRAND_MEAN, GRAND_MEAN, 0.0) };
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let (mut both, mut one) = (0.0, 4.0);
    for pair in values.windows(2) {
        both += (pair[0] - mean) * (pair[1] - mean);
        one += (pair[0] - mean).powi(2);
    }
    (mean, last, (both / one).clamp(0.0, 0.95))
}

fn follows_descent(history: &History, day: usize) -> bool {
    let time = at_day(day, 8.0);
    history.loads.iter().any(|load| {
        let hours = time.hours_since(load.end());
        load.points_total > 40.0 && hours > 0.0 && hours < 72.0
    })
}

fn curve(people: u64) -> Vec<(Score, Score)> {
    let p = Parameters::default();
    let days = 110;
    let mut scores = vec![(Score::default(), Score::default()); NUMBERS.len()];
    for seed in 0..people {
        let mut random = Random(70_000 + seed);
        let athlete = athlete(days, &World::AS_ASSUMED, &p, &mut random);
        let rated: Vec<Rating> =
            athlete.ratings.iter().filter(|r| r.time > at_day(FIRST, 0.0)).copied().collect();
        for (n, scores) in NUMBERS.iter().zip(&mut scores) {
            let Some(known) = rated.get(..*n) else { continue };
            let since = known.last().map_or(at_day(FIRST, 8.0), |rating| rating.time);
            let day = (since.hours_since(at_day(0, 8.0)) / 24.0).round() as usize;
            let mut past = athlete.history.clone();
            past.loads.retain(|load| load.end() <= since);
            let known: Vec<Observation> = known.iter().copied().map(Observation::from).collect();
            let profile = past.fit(&known, &p).unwrap();
            let (mean, last, stays) = rules(&rated[..*n]);
            for ahead in 1..=7 {
                let time = at_day(day + ahead, 8.0);
                let median = |person: &Person| {
                    let legs = athlete.history.state_of(person, time, &p).unwrap();
                    felt(person, &legs).clamp(0.0, 10.0)
                };
                let person = athlete.person_at(time);
                let legs = athlete.history.state_of(&person, time, &p).unwrap();
                let rating = felt(&person, &legs) + noise(&person, &p) * random.normal();
                let forecasts = [
                    median(&profile.at(time).person),
                    median(&Person::default()),
                    mean,
                    last,
                    mean + stays.powi(ahead as i32) * (last - mean),
                ];
                scores.0.add(forecasts, rating.clamp(0.0, 10.0));
                if follows_descent(&athlete.history, day + ahead) {
                    scores.1.add(forecasts, rating.clamp(0.0, 10.0));
                }
            }
        }
    }
    scores
}

fn print(title: &str, rows: &[[f64; RULES.len()]]) {
    println!("\n### {title}\n\n| ratings | {} |", RULES.join(" | "));
    println!("| ---{} |", " | ---".repeat(RULES.len()));
    for (n, row) in NUMBERS.iter().zip(rows) {
        let cells: Vec<String> = row.iter().map(|error| format!("{error:.2}")).collect();
        println!("| {n} | {} |", cells.join(" | "));
    }
}

#[test]
fn ratings_make_the_forecast_better() {
    let people = if heavy() { 600 } else { 60 };
    let scores = curve(people);
    let of = |f: fn(&Score) -> [f64; RULES.len()], descent: bool| -> Vec<_> {
        scores.iter().map(|(all, after)| f(if descent { after } else { all })).collect()
    };
    print("Root mean square error of the next week's ratings (0 to 10)", &of(Score::rmse, false));
    print("The same on the three days after a descent", &of(Score::rmse, true));
    print("Mean absolute error of the next week's ratings", &of(Score::mae, false));
    print("The same on the three days after a descent", &of(Score::mae, true));
    for ((n, all), after) in NUMBERS.iter().zip(of(Score::rmse, false)).zip(of(Score::rmse, true)) {
        assert!(all[0] <= 1.02 * all[1], "{n} ratings: worse than the population");
        if *n >= 5 {
            assert!(all[0] < all[1], "{n} ratings: no better than the population");
        }
        if *n >= 10 {
            let simple = after[2..].iter().fold(f64::INFINITY, |a, b| a.min(*b));
            assert!(after[0] < 0.8 * simple, "{n} ratings: {} against {simple}", after[0]);
        }
    }
}
