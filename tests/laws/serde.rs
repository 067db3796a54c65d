//! What is stored comes back the same.

use std::fmt::Debug;

use ::serde::Serialize;
use ::serde::de::DeserializeOwned;
use eccentric::activity::{
    Activity, ElevationSource, Flag, Gait, Pause, Quality, Recording, Sample, Segment, Sport, clean,
};
use eccentric::damage::{Habit, LegState, MuscleState};
use eccentric::forecast::{Felt, ForecastOptions, History, Spread, forecast};
use eccentric::load::{Dose, DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use eccentric::person::prior;
use eccentric::{Muscle, PerMuscle, Saved, Schema, Timestamp};
use proptest::prelude::*;
use serde_json::Value;

use super::generators::*;

/// Through text and back. Text may cost the last bit of a number, so trees are compared.
fn round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let tree = serde_json::to_value(value).unwrap();
    let back: T = serde_json::from_value(tree.clone()).unwrap();
    assert_eq!(&back, value);
    let text = serde_json::to_string(value).unwrap();
    let back: T = serde_json::from_str(&text).unwrap();
    assert!(alike(&tree, &serde_json::to_value(&back).unwrap()), "{text}");
}

fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => {
            let (x, y) = (x.as_f64().unwrap(), y.as_f64().unwrap());
            (x - y).abs() <= 1e-15 * x.abs()
        }
        (Value::Array(x), Value::Array(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|(x, y)| alike(x, y))
        }
        (Value::Object(x), Value::Object(y)) => {
            x.len() == y.len() && x.iter().all(|(k, x)| y.get(k).is_some_and(|y| alike(x, y)))
        }
        _ => a == b,
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn states_and_loads(legs in legs(), all in segments(), runner in runner(), p in parameters(), habit in habit()) {
        round_trip(&legs);
        round_trip(&legs.muscles.quadriceps);
        round_trip(&runner);
        round_trip(&p);
        round_trip(&all);
        let load = DoseModel::new(&p, &runner).unwrap().load(START, &all).unwrap();
        round_trip(&load);
        round_trip(&load.stretches);
        round_trip(&load.dose());
        round_trip(&History { habit, loads: vec![load] });
    }
}

#[test]
fn forecasts() {
    let p = Parameters::default();
    let run = DoseModel::new(&p, &Runner::default()).unwrap();
    let run = run.load(START, &[Segment::steady(-0.13, 3.1, 2500.0)]).unwrap();
    let history = History { habit: Habit::Road, loads: vec![run] };
    let options = ForecastOptions { levels: vec![0.5, 0.95], ..ForecastOptions::default() };
    let outlook = history.outlook(history.loads[0].end(), &options, &p).unwrap();
    round_trip(&outlook);
    round_trip(&outlook.drivers);
    round_trip(&outlook.forecast.muscles.calves.days);
    round_trip(&outlook.forecast.muscles.calves.clear);
    round_trip(&outlook.forecast.muscles.calves.peak);
    round_trip(&outlook.forecast.muscles.calves.soreness);
    round_trip(&options);
    let spread = Spread::population(0.2, &p).unwrap();
    round_trip(&spread);
    round_trip(&forecast(&outlook.state, &spread, &options, &p).unwrap());
    round_trip(&outlook.state.felt(&p));
    round_trip(&Felt::default());
}

#[test]
fn recordings_and_activities() {
    let sample = |k: u32| Sample {
        time_s: f64::from(k),
        distance_m: 3.1 * f64::from(k),
        elevation_m: (!k.is_multiple_of(7)).then(|| 700.0 - 0.3 * f64::from(k)),
        cadence_steps_min: k.is_multiple_of(2).then_some(171.0),
    };
    let recording = Recording {
        start: START,
        sport: Sport::Running,
        elevation_source: ElevationSource::Map,
        samples: (0..400).map(sample).collect(),
        pauses: vec![Pause { start_s: 200.0, end_s: 230.0 }],
    };
    round_trip(&recording);
    let activity: Activity = clean(&recording).unwrap();
    round_trip(&activity);
    round_trip(&Quality::default());
}

#[test]
fn names_are_plain_words() {
    let name = |v: Value| v.as_str().unwrap().to_owned();
    let word = |v: &dyn Fn() -> Value| name(v());
    assert_eq!(word(&|| serde_json::to_value(Gait::Walking).unwrap()), "walking");
    assert_eq!(word(&|| serde_json::to_value(Sport::OnFoot).unwrap()), "on_foot");
    assert_eq!(word(&|| serde_json::to_value(ElevationSource::Barometer).unwrap()), "barometer");
    assert_eq!(word(&|| serde_json::to_value(Flag::GradeLimited).unwrap()), "grade_limited");
    assert_eq!(word(&|| serde_json::to_value(Habit::Recreational).unwrap()), "recreational");
    for m in Muscle::ALL {
        assert_eq!(word(&|| serde_json::to_value(m).unwrap()), m.name());
        round_trip(&m);
    }
    round_trip(&Timestamp::from_unix_ms(i64::MAX));
    round_trip(&Timestamp::from_unix_ms(i64::MIN));
    round_trip(&PerMuscle::from_fn(|m| m.name().len()));
}

#[test]
fn the_form_of_the_old_stage_is_refused_by_name() {
    fn refused<T: Schema + Serialize + DeserializeOwned>(value: T) {
        let text = serde_json::to_string(&Saved(value)).unwrap();
        serde_json::from_str::<Saved<T>>(&text).unwrap();
        let old = text.replacen("\"version\":2", "\"version\":1", 1);
        assert_ne!(old, text);
        let said = serde_json::from_str::<Saved<T>>(&old).err().unwrap().to_string();
        assert!(said.contains(&format!("{} version 1", T::NAME)), "{said}");
    }
    let p = Parameters::default();
    refused(LegState::rested(START));
    let model = DoseModel::new(&p, &Runner::default()).unwrap();
    refused(model.load(START, &[Segment::steady(-0.1, 3.0, 600.0)]).unwrap());
    refused(History::default());
    refused(prior(&p));
    refused(p);
}

#[test]
fn unknown_fields_are_refused() {
    fn extended<T: Serialize + DeserializeOwned>(value: &T) -> bool {
        let mut tree = serde_json::to_value(value).unwrap();
        tree.as_object_mut().unwrap().insert("surprise".into(), Value::from(1));
        serde_json::from_value::<T>(tree).is_err()
    }
    assert!(extended(&Parameters::default()));
    assert!(extended(&Runner::default()));
    assert!(extended(&LegState::rested(START)));
    assert!(extended(&MuscleState::default()));
    assert!(extended(&Dose::default()));
    assert!(extended(&ForecastOptions::default()));
    assert!(extended(&History::default()));
    // A constant that an earlier release did not have takes its default.
    let mut tree = serde_json::to_value(Parameters::default()).unwrap();
    tree.as_object_mut().unwrap().remove("person_drift_log_sd");
    assert_eq!(serde_json::from_value::<Parameters>(tree).unwrap(), Parameters::default());
    assert!(serde_json::from_value::<EccentricLoad>(Value::Null).is_err());
}
