//! The golden cases of `tests/golden/cases.json`, made by `tools/golden.py` and not by the crate.
//!
//! With `ECCENTRIC_WRITE_GOLDEN=1` this writes `tests/golden/parameters.json` for the script.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::path::{Path, PathBuf};

use eccentric::activity::Segment;
use eccentric::damage::{Habit, LegState};
use eccentric::forecast::{ForecastOptions, History, Outlook, Spread};
use eccentric::load::{DoseModel, EccentricLoad, Runner};
use eccentric::params::{Parameters, fixed};
use eccentric::{Muscle, Timestamp};
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

/// A number that is not what it was.
struct Difference {
    place: String,
    old: f64,
    new: f64,
    allowed: f64,
}

impl Difference {
    /// In tolerances.
    fn size(&self) -> f64 {
        let size = (self.new - self.old).abs() / self.allowed;
        if size.is_nan() { f64::INFINITY } else { size }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, old, new, allowed } = self;
        let relative = |off: f64| off.abs() / old.abs();
        let (off, allowed) = (relative(new - old), relative(*allowed));
        write!(f, "{old:<24e} {new:<24e} {off:<9.1e} {allowed:<9.1e} {place}")
    }
}

/// Compares numbers and collects what differs, by case and quantity.
struct Check {
    relative: f64,
    absolute: f64,
    /// Whether a difference within the tolerance counts.
    to_the_bit: bool,
    case: String,
    compared: usize,
    largest: f64,
    /// How many numbers of a quantity of a case differ, and the one that differs most.
    differences: BTreeMap<(String, String), (usize, Difference)>,
    other: Vec<String>,
}

impl Check {
    fn of(golden: &Value, to_the_bit: bool) -> Self {
        Self {
            relative: golden["relative_tolerance"].as_f64().unwrap(),
            absolute: golden["absolute_tolerance"].as_f64().unwrap(),
            to_the_bit,
            case: String::new(),
            compared: 0,
            largest: 0.0,
            differences: BTreeMap::new(),
            other: Vec::new(),
        }
    }

    fn number(&mut self, place: &str, found: f64, expected: f64) {
        self.compared += 1;
        let off = (found - expected).abs();
        let allowed = self.relative * expected.abs() + self.absolute;
        self.largest = self.largest.max(off / (expected.abs() + self.absolute / self.relative));
        let same = if self.to_the_bit {
            found.to_bits() == expected.to_bits()
        } else {
            matches!(off.partial_cmp(&allowed), Some(order) if order.is_le())
        };
        if same {
            return;
        }
        let this = Difference { place: place.into(), old: expected, new: found, allowed };
        let key = (self.case.clone(), quantity(place));
        match self.differences.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert((1, this));
            }
            Entry::Occupied(mut entry) => {
                let (count, worst) = entry.get_mut();
                *count += 1;
                if this.size() > worst.size() {
                    *worst = this;
                }
            }
        }
    }

    fn same(&mut self, place: &str, found: &Value, expected: &Value) {
        self.compared += 1;
        if found != expected {
            self.other.push(format!("{}: {place}: was {expected}, is {found}", self.case));
        }
    }

    /// Everything that `expected` holds must be in `found`.
    fn tree(&mut self, place: &str, found: &Value, expected: &Value) {
        match (found, expected) {
            (Value::Number(a), Value::Number(b)) => {
                self.number(place, a.as_f64().unwrap(), b.as_f64().unwrap());
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                for (k, (a, b)) in a.iter().zip(b).enumerate() {
                    self.tree(&format!("{place}[{k}]"), a, b);
                }
            }
            (Value::Object(a), Value::Object(b)) => {
                for (key, b) in b {
                    self.tree(&format!("{place}.{key}"), a.get(key).unwrap_or(&Value::Null), b);
                }
            }
            _ => self.same(place, found, expected),
        }
    }

    /// Fails with what differs, for each case and quantity the number that differs most, the largest first.
    fn must_hold(self, advice: &str) {
        if self.differences.is_empty() && self.other.is_empty() {
            return;
        }
        let mut lines: Vec<_> = self.differences.into_iter().collect();
        lines.sort_by(|(_, (_, a)), (_, (_, b))| b.size().total_cmp(&a.size()));
        let count: usize = lines.iter().map(|(_, (count, _))| count).sum();
        let mut text = self.other.join("\n");
        text += &format!(
            "\n{count} of {} numbers differ, at most by {:.1e}. Of each case and quantity, the one that differs \
             most:\n{:24} {:24} {:9} {:9} place, how many of case: quantity\n",
            self.compared, self.largest, "old", "new", "relative", "tolerance"
        );
        for ((case, quantity), (count, worst)) in lines {
            text += &format!("{worst}, {count} of {case}: {quantity}\n");
        }
        panic!("{text}{advice}");
    }
}

/// The place without the muscle group and the position in a list.
fn quantity(place: &str) -> String {
    let mut names = Vec::new();
    for name in place.split('.') {
        let name = name.split('[').next().unwrap_or(name);
        if Muscle::ALL.iter().all(|muscle| muscle.name() != name) {
            names.push(name);
        }
    }
    names.join(".")
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
    check.case = case["name"].as_str().unwrap().to_owned();
    let expected = &case["expected"];
    let runner: Runner = read(&case["runner"]);
    let habit: Habit = read(&case["habit"]);
    let from = Timestamp::from_unix_ms(case["from_ms"].as_i64().unwrap());
    let (loads, outlook) = computed(case, p);

    let phi = expected["load_over_capacity"].as_f64().unwrap();
    check.number("load_over_capacity", runner.load_over_capacity(p), phi);
    let found: Vec<Value> = loads.iter().map(load_values).collect();
    check.tree("loads", &Value::Array(found), &expected["loads"]);

    let legs = habit.legs(from, p).unwrap();
    let protection = legs.muscles.map(|m| m.protection);
    check.tree("habit_protection", &plain(&protection), &expected["habit_protection"]);

    check.tree("state", &state_values(&outlook.state), &expected["state"]);
    let spread = Spread::population(outlook.state.load_relative_se(), p).unwrap();
    let log_sd = expected["load_log_sd"].as_f64().unwrap();
    check.number("load_log_sd", spread.load_log_sd, log_sd);
    check.tree("before", &plain(&outlook.before), &expected["before_last_run"]);
    let hours: Vec<f64> = outlook.forecast.times.iter().map(|t| t.hours_since(from)).collect();
    check.tree("hours", &json!(hours), &expected["hours"]);
    check.tree("muscles", &forecast_values(&outlook, from), &expected["muscles"]);
    check.tree("drivers", &plain(&outlook.drivers), &expected["drivers"]);
}

/// Constants that nobody can change, by name.
fn fixed_constants() -> Value {
    fixed::TABLE.iter().map(|c| (c.name.to_owned(), json!(c.value))).collect()
}

const ADVICE: &str = "if this is meant, write them anew:\n  \
    ECCENTRIC_WRITE_GOLDEN=1 cargo test --test golden\n  python3 tools/golden.py";

fn golden() -> Value {
    let text = std::fs::read_to_string(folder().join("cases.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn writes() -> bool {
    std::env::var_os("ECCENTRIC_WRITE_GOLDEN").is_some()
}

#[test]
fn golden_cases_hold() {
    let p = Parameters::default();
    if writes() {
        let out = json!({
            "schema": "eccentric.parameters", "version": 1, "parameters": p, "fixed": fixed_constants(),
        });
        let text = serde_json::to_string_pretty(&out).unwrap() + "\n";
        std::fs::write(folder().join("parameters.json"), text).unwrap();
        return;
    }
    let golden = golden();
    assert_eq!(golden["schema"], "eccentric.golden");
    let mut check = Check::of(&golden, false);
    check.case = "constants".into();
    for (name, found) in [("parameters", plain(&p)), ("fixed", fixed_constants())] {
        check.tree(name, &found, &golden[name]);
        // New ones, too.
        check.tree(name, &golden[name], &found);
    }
    let cases = golden["cases"].as_array().unwrap();
    assert!(cases.len() >= 12);
    for case in cases {
        run_case(case, &p, &mut check);
    }
    // Every series of every case was really compared.
    assert!(check.compared > 5000, "only {} values", check.compared);
    println!("{} values, largest relative difference {:.1e}", check.compared, check.largest);
    check.must_hold(ADVICE);
}

/// Lists of numbers and their places.
type Numbers = Vec<(String, Vec<f64>)>;

/// What every language computes of a case to the last bit, in the order of `tests/golden/README.md`.
fn numbers_of(loads: &[EccentricLoad], outlook: &Outlook) -> Numbers {
    let mut all = Vec::new();
    for (k, load) in loads.iter().enumerate() {
        let points = load.points.iter().map(|(_, &points)| points).collect();
        for (name, numbers) in [
            ("negative_work_j", vec![load.negative_work_j]),
            ("points", points),
            ("points_total", vec![load.points_total]),
            ("points_se", vec![load.points_se]),
            ("equivalent_flat_km", vec![load.equivalent_flat_km]),
        ] {
            all.push((format!("loads[{k}].{name}"), numbers));
        }
    }
    for (muscle, ahead) in outlook.forecast.muscles.iter() {
        for (name, series) in
            [("soreness", &ahead.soreness), ("strength_loss", &ahead.strength_loss)]
        {
            let place = format!("{}.{name}", muscle.name());
            all.push((format!("{place}.point"), series.point.clone()));
            for (k, interval) in series.intervals.iter().enumerate() {
                all.push((format!("{place}.intervals[{k}].lower"), interval.lower.clone()));
                all.push((format!("{place}.intervals[{k}].upper"), interval.upper.clone()));
            }
        }
        let probability = ahead.clear_probability.clone();
        all.push((format!("{}.clear_probability", muscle.name()), probability));
    }
    all
}

/// FNV-1a over the bits of numbers, as `tests/golden/README.md` says.
fn hash_of(numbers: &[(String, Vec<f64>)]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for number in numbers.iter().flat_map(|(_, numbers)| numbers) {
        for byte in number.to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// One line for each hash and each list of numbers.
fn bits_text(cases: &[(String, Numbers)]) -> String {
    let (mut hashes, mut numbers) = (Vec::new(), Vec::new());
    for (case, lists) in cases {
        hashes.push(format!("  {case:?}: {:?}", hash_of(lists)));
        let lines: Vec<String> =
            lists.iter().map(|(place, list)| format!("   {place:?}: {}", json!(list))).collect();
        numbers.push(format!("  {case:?}: {{\n{}\n  }}", lines.join(",\n")));
    }
    let head = " \"schema\": \"eccentric.golden_bits\",\n \"version\": 2";
    let [hashes, numbers] = [hashes, numbers].map(|lines| lines.join(",\n"));
    format!("{{\n{head},\n \"bits\": {{\n{hashes}\n }},\n \"numbers\": {{\n{numbers}\n }}\n}}\n")
}

/// What every language that runs this crate must compute to the last bit.
#[test]
fn golden_bits_hold() {
    let p = Parameters::default();
    let golden = golden();
    let mut cases = Vec::new();
    for case in golden["cases"].as_array().unwrap() {
        let (loads, outlook) = computed(case, &p);
        cases.push((case["name"].as_str().unwrap().to_owned(), numbers_of(&loads, &outlook)));
    }
    let file = folder().join("bits.json");
    if writes() {
        std::fs::write(file, bits_text(&cases)).unwrap();
        return;
    }
    let expected: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut check = Check::of(&golden, true);
    for (case, numbers) in &cases {
        check.case.clone_from(case);
        for (place, numbers) in numbers {
            check.tree(place, &json!(numbers), &expected["numbers"][case][place]);
        }
        if check.differences.keys().all(|(name, _)| name != case) {
            check.same("hash", &json!(hash_of(numbers)), &expected["bits"][case]);
        }
    }
    check.case = "all".into();
    let known = expected["bits"].as_object().unwrap().len();
    check.same("number of cases", &json!(cases.len()), &json!(known));
    check.must_hold(ADVICE);
}
