//! Simulated runners: the plan against every published rule, on its own objective and for the runner that
//! each of them really is. `ECCENTRIC_HEAVY=1 cargo test --release --test plan -- --nocapture` runs 200.

use eccentric::forecast::History;
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::person::{Person, prior};
use eccentric::plan::{Day, Descent, Plan, PlanOptions, Rule, Schedule, plan, usual_week};
use eccentric::{Muscle, Timestamp};

use crate::simulate::{Athlete, Random, World, at_day, athlete, on};

fn heavy() -> bool {
    !cfg!(debug_assertions) && std::env::var_os("ECCENTRIC_HEAVY").is_some()
}

/// Days of history before the plan.
const BEFORE: usize = 60;

struct Setting {
    athlete: Athlete,
    options: PlanOptions,
    race: EccentricLoad,
    plan: Plan,
}

/// A runner out of the population who rates or does not, weeks with blocked days, a race of 2 to 20 h.
fn setting(days: usize, p: &Parameters, random: &mut Random) -> Setting {
    let model = DoseModel::new(p, &Runner::default()).unwrap();
    let mut athlete = athlete(BEFORE, &World::AS_ASSUMED, p, random);
    let start = at_day(BEFORE, 0.0);
    let level = |load: &EccentricLoad| load.dose().protection.quadriceps < 0.05;
    // Two in three live where it is flat.
    let flat = random.uniform() < 0.67;
    athlete.history.loads.retain(|load| load.end() <= start && (!flat || level(load)));
    let easy: Vec<_> = athlete.history.loads.iter().filter(|load| level(load)).cloned().collect();
    let week = usual_week(&easy, start);
    let blocked = 0.3 * random.uniform();
    let day = |k: usize, random: &mut Random| Day {
        start: at_day(BEFORE + k, 17.0),
        free: random.uniform() >= blocked,
        usual: if k + 3 < days { week[k % 7].clone() } else { None },
    };
    let calendar = (0..days).map(|k| day(k, random)).collect();
    let options = PlanOptions {
        soreness_below: 3.0 + 2.0 * random.uniform(),
        descent: Descent {
            grade: -0.08 - 0.12 * random.uniform(),
            speed_m_s: 2.5 + random.uniform(),
        },
        ..PlanOptions::on(calendar)
    };
    let points = 100.0 + 700.0 * random.uniform();
    let race = Descent::default().load(at_day(BEFORE + days, 7.0), points, &model).unwrap();
    let profile = if random.uniform() < 0.5 {
        prior(p)
    } else {
        athlete.history.fit(&athlete.observations(usize::MAX), p).unwrap()
    };
    let plan = plan(&athlete.history, &profile, &model, &race, &options).unwrap();
    Setting { athlete, options, race, plan }
}

impl Setting {
    /// What the race costs the quadriceps of a person after a schedule.
    fn loss(&self, schedule: &Schedule, person: &Person, p: &Parameters) -> f64 {
        let model = DoseModel::new(p, &Runner::default()).unwrap();
        let History { habit, mut loads } = self.athlete.history.clone();
        for day in &self.options.days {
            let mut start = day.start;
            let session = schedule.sessions.iter().find(|session| session.start == day.start);
            if let Some(session) = session {
                loads.push(session.descent.load(start, session.points, &model).unwrap());
                start = loads.last().map_or(start, EccentricLoad::end);
            }
            loads.extend(day.usual.as_ref().map(|usual| on(usual, start)));
        }
        loads.push(self.race.clone());
        let end: Timestamp = self.race.end();
        let legs = History { habit, loads }.state_of(person, end, p).unwrap();
        legs.muscles[Muscle::Quadriceps].strength_loss(&person.parameters(p))
    }
}

#[test]
fn the_plan_is_at_least_as_good_as_every_rule() {
    let p = Parameters::default();
    let (runners, days) = if heavy() { (200, 84) } else { (6, 28) };
    let mut random = Random(0x51a9);
    let (mut on_objective, mut in_truth, mut beside_nothing) = (0, 0, Vec::new());
    let mut gains = [const { Vec::new() }; Rule::ALL.len()];
    for _ in 0..runners {
        let setting = setting(days, &p, &mut random);
        let Plan { best, alternatives } = &setting.plan;
        let no_worse = alternatives.iter().all(|(_, rule)| best.objective <= rule.objective);
        on_objective += usize::from(no_worse);
        let truth = &setting.athlete.truth;
        let mine = setting.loss(best, truth, &p);
        let rules: Vec<f64> =
            alternatives.iter().map(|(_, rule)| setting.loss(rule, truth, &p)).collect();
        in_truth += usize::from(rules.iter().all(|rule| mine <= rule + 0.002));
        beside_nothing.push(best.sessions.len());
        for (gains, rule) in gains.iter_mut().zip(&rules) {
            gains.push(100.0 * (rule - mine));
        }
    }
    let share = |count: usize| 100.0 * count as f64 / runners as f64;
    println!("{runners} runners, {days} days");
    println!("at least as good as every rule on its own objective: {:.1} %", share(on_objective));
    println!("for the true runner, to 0.2 % of strength: {:.1} %", share(in_truth));
    let sessions: usize = beside_nothing.iter().sum();
    println!("sessions: {:.1} on average", sessions as f64 / runners as f64);
    for (rule, gains) in Rule::ALL.iter().zip(&mut gains) {
        gains.sort_by(f64::total_cmp);
        let mean = gains.iter().sum::<f64>() / gains.len() as f64;
        println!(
            "strength at the finish beside {}: mean {mean:+.2} %, worst {:+.2}, best {:+.2}",
            rule.name(),
            gains[0],
            gains[gains.len() - 1]
        );
    }
    assert_eq!(on_objective, runners, "the search starts from every rule");
    assert!(share(in_truth) >= if heavy() { 90.0 } else { 60.0 });
}
