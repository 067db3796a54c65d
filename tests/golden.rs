//! The golden cases of `tests/golden/cases.json`, made by `tools/golden.py` and not by the crate.
//!
//! With `ECCENTRIC_WRITE_GOLDEN=1` this writes `tests/golden/parameters.json` for the script.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use eccentric::Timestamp;
use eccentric::activity::Segment;
use eccentric::damage::{Habit, LegState};
use eccentric::forecast::{ForecastOptions, History, Outlook, Spread};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::Parameters;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("the case has the documented format")
}

fn plain<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("plain data")
}

/// Compares numbers and collects what differs.
struct Check {
    relative: f64,
    absolute: f64,
    compared: usize,
    largest: f64,
    wrong: Vec<String>,
}

impl Check {
    fn number(&mut self, name: &str, found: f64, expected: f64) {
        self.compared += 1;
        let off = (found - expected).abs();
        let allowed = self.relative * expected.abs() + self.absolute;
        if !matches!(off.partial_cmp(&allowed), Some(o) if o.is_le()) {
            self.wrong.push(format!("{name}: found {found}, expected {expected}"));
        }
        self.largest = self.largest.max(off / (expected.abs() + self.absolute / self.relative));
    }

    fn same(&mut self, name: &str, found: &Value, expected: &Value) {
        self.compared += 1;
        if found != expected {
            self.wrong.push(format!("{name}: found {found}, expected {expected}"));
        }
    }

    /// Everything that `expected` holds must be in `found`.
    fn tree(&mut self, name: &str, found: &Value, expected: &Value) {
        match (found, expected) {
            (Value::Number(a), Value::Number(b)) => {
                self.number(name, a.as_f64().unwrap(), b.as_f64().unwrap());
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                for (k, (a, b)) in a.iter().zip(b).enumerate() {
                    self.tree(&format!("{name}[{k}]"), a, b);
                }
            }
            (Value::Object(a), Value::Object(b)) => {
                for (key, b) in b {
                    self.tree(&format!("{name}.{key}"), a.get(key).unwrap_or(&Value::Null), b);
                }
            }
            _ => self.same(name, found, expected),
        }
    }
}

fn loads_of(case: &Value, model: &DoseModel) -> Vec<EccentricLoad> {
    case["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| {
            let segments: Vec<Segment> = read(&run["segments"]);
            model.load(Timestamp::from_unix_ms(run["start_ms"].as_i64().unwrap()), &segments)
        })
        .collect::<Result<_, _>>()
        .unwrap()
}

fn load_values(load: &EccentricLoad) -> Value {
    let mut value = plain(load);
    value["relative_se"] = json!(load.relative_se());
    value["dose"] = plain(&load.dose());
    value["end_ms"] = json!(load.end().unix_ms());
    value
}

fn forecast_values(outlook: &Outlook, from: Timestamp) -> Value {
    let hours = |t: Timestamp| json!(t.hours_since(from));
    let mut muscles = json!({});
    for (muscle, m) in outlook.forecast.muscles.iter() {
        let mut value = plain(m);
        value["peak"]["h"] = hours(m.peak.time);
        value["clear_at_h"] = m.clear.at.map_or(Value::Null, hours);
        value["likely_clear_at_h"] = m.clear.likely_at.map_or(Value::Null, hours);
        muscles[muscle.name()] = value;
    }
    muscles
}

fn state_values(state: &LegState) -> Value {
    let mut value = plain(state);
    value["time_ms"] = json!(state.time.unix_ms());
    value
}

/// The loads and the outlook of a case.
fn computed(case: &Value, p: &Parameters) -> (Vec<EccentricLoad>, Outlook) {
    let runner: Runner = read(&case["runner"]);
    let loads = loads_of(case, &DoseModel::new(p, &runner).unwrap());
    let history = History { habit: read(&case["habit"]), loads };
    let from = Timestamp::from_unix_ms(case["from_ms"].as_i64().unwrap());
    let options: ForecastOptions = read(&case["options"]);
    let outlook = history.outlook(from, &options, p).unwrap();
    (history.loads, outlook)
}

fn run_case(case: &Value, p: &Parameters, check: &mut Check) {
    let name = case["name"].as_str().unwrap();
    let expected = &case["expected"];
    let runner: Runner = read(&case["runner"]);
    let habit: Habit = read(&case["habit"]);
    let from = Timestamp::from_unix_ms(case["from_ms"].as_i64().unwrap());
    let (loads, outlook) = computed(case, p);
    let at = |what: &str| format!("{name}: {what}");

    let phi = expected["load_over_capacity"].as_f64().unwrap();
    check.number(&at("load_over_capacity"), runner.load_over_capacity(p), phi);
    let found: Vec<Value> = loads.iter().map(load_values).collect();
    check.tree(&at("loads"), &Value::Array(found), &expected["loads"]);

    let legs = habit.legs(from, p).unwrap();
    let protection = legs.muscles.map(|m| m.protection);
    check.tree(&at("habit_protection"), &plain(&protection), &expected["habit_protection"]);

    check.tree(&at("state"), &state_values(&outlook.state), &expected["state"]);
    let spread = Spread::population(outlook.state.load_relative_se(), p).unwrap();
    let log_sd = expected["load_log_sd"].as_f64().unwrap();
    check.number(&at("load_log_sd"), spread.load_log_sd, log_sd);
    check.tree(&at("before"), &plain(&outlook.before), &expected["before_last_run"]);
    let hours: Vec<f64> = outlook.forecast.times.iter().map(|t| t.hours_since(from)).collect();
    check.tree(&at("hours"), &json!(hours), &expected["hours"]);
    check.tree(&at("muscles"), &forecast_values(&outlook, from), &expected["muscles"]);
    check.tree(&at("drivers"), &plain(&outlook.drivers), &expected["drivers"]);
}

#[test]
fn golden_cases_hold() {
    let p = Parameters::default();
    if std::env::var_os("ECCENTRIC_WRITE_GOLDEN").is_some() {
        let out = json!({"schema": "eccentric.parameters", "version": 1, "parameters": p});
        let text = serde_json::to_string_pretty(&out).unwrap() + "\n";
        std::fs::write(folder().join("parameters.json"), text).unwrap();
        return;
    }
    let text = std::fs::read_to_string(folder().join("cases.json")).unwrap();
    let golden: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(golden["schema"], "eccentric.golden");
    assert_eq!(
        golden["parameters"],
        plain(&p),
        "the default constants have changed since the golden cases were made; rerun\n  \
         ECCENTRIC_WRITE_GOLDEN=1 cargo test --test golden\n  python3 tools/golden.py"
    );
    let mut check = Check {
        relative: golden["relative_tolerance"].as_f64().unwrap(),
        absolute: golden["absolute_tolerance"].as_f64().unwrap(),
        compared: 0,
        largest: 0.0,
        wrong: Vec::new(),
    };
    let cases = golden["cases"].as_array().unwrap();
    assert!(cases.len() >= 12);
    for case in cases {
        run_case(case, &p, &mut check);
    }
    assert!(
        check.wrong.is_empty(),
        "{} of {} values differ, e.g.\n{}",
        check.wrong.len(),
        check.compared,
        check.wrong[..check.wrong.len().min(15)].join("\n")
    );
    // Every series of every case was really compared.
    assert!(check.compared > 5000, "only {} values", check.compared);
    println!("{} values, largest relative difference {:.1e}", check.compared, check.largest);
}

/// FNV-1a over the bits of numbers, as `tests/golden/README.md` says.
fn bits_of(loads: &[EccentricLoad], outlook: &Outlook) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |number: f64| {
        for byte in number.to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for load in loads {
        add(load.negative_work_j);
        load.points.iter().for_each(|(_, &points)| add(points));
        [load.points_total, load.points_se, load.equivalent_flat_km].into_iter().for_each(&mut add);
    }
    for (_, ahead) in outlook.forecast.muscles.iter() {
        for series in [&ahead.soreness, &ahead.strength_loss] {
            series.point.iter().copied().for_each(&mut add);
            for interval in &series.intervals {
                interval.lower.iter().chain(&interval.upper).copied().for_each(&mut add);
            }
        }
        ahead.clear_probability.iter().copied().for_each(&mut add);
    }
    format!("{hash:016x}")
}

/// What every language that runs this crate must compute to the last bit.
#[test]
fn golden_bits_hold() {
    let p = Parameters::default();
    let text = std::fs::read_to_string(folder().join("cases.json")).unwrap();
    let golden: Value = serde_json::from_str(&text).unwrap();
    let mut bits = serde_json::Map::new();
    for case in golden["cases"].as_array().unwrap() {
        let (loads, outlook) = computed(case, &p);
        bits.insert(case["name"].as_str().unwrap().to_owned(), json!(bits_of(&loads, &outlook)));
    }
    let found = json!({"schema": "eccentric.golden_bits", "version": 1, "bits": bits});
    let file = folder().join("bits.json");
    if std::env::var_os("ECCENTRIC_WRITE_GOLDEN").is_some() {
        std::fs::write(file, serde_json::to_string_pretty(&found).unwrap() + "\n").unwrap();
        return;
    }
    let expected: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(
        found, expected,
        "numbers changed: ECCENTRIC_WRITE_GOLDEN=1 cargo test --test golden"
    );
}
