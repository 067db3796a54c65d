//! Between JavaScript's values and those of the model. Whatever is handed over is looked at first: a value
//! of a wrong type must be an error, not a trap that leaves the module unusable.

use eccentric_files::{MAX_BYTES, MAX_POINTS};
use js_sys::{Array, ArrayBuffer, Date, Float32Array, Float64Array, JSON, Object, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};
use wasm_bindgen::prelude::*;

/// What a function may fail with: a JavaScript `Error`.
pub type Result<T> = std::result::Result<T, JsError>;

/// Plain data may be nested this deep.
const DEPTH: usize = 32;

pub fn error(text: impl std::fmt::Display) -> JsError {
    JsError::new(&text.to_string())
}

/// What a value is, for messages.
fn kind(value: &JsValue) -> String {
    if value.is_null() {
        return "null".into();
    }
    if value.is_object() {
        let name = Object::from(value.clone()).constructor().name();
        return String::from(name);
    }
    value.js_typeof().as_string().unwrap_or_default()
}

/// The bytes of a file.
pub fn bytes(what: &str, value: &JsValue) -> Result<Vec<u8>> {
    let array = if let Some(array) = value.dyn_ref::<Uint8Array>() {
        array.clone()
    } else if let Some(buffer) = value.dyn_ref::<ArrayBuffer>() {
        Uint8Array::new(buffer)
    } else {
        return Err(error(format!(
            "{what} is of type {}, allowed is a Uint8Array or an ArrayBuffer",
            kind(value)
        )));
    };
    let len = array.length() as usize;
    if len > MAX_BYTES {
        return Err(error(format!("{what} has {len} bytes, allowed are {MAX_BYTES}")));
    }
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(len).is_err() {
        return Err(error(format!("{what} has {len} bytes, for which there is no memory")));
    }
    bytes.resize(len, 0);
    array.copy_to(&mut bytes);
    Ok(bytes)
}

/// A column of numbers.
pub fn numbers(what: &str, value: &JsValue) -> Result<Vec<f64>> {
    let fits = |len: u32| {
        let most = MAX_POINTS;
        let ok = len as usize <= most;
        if ok { Ok(()) } else { Err(error(format!("{what} has {len} numbers, allowed are {most}"))) }
    };
    if let Some(array) = value.dyn_ref::<Float64Array>() {
        fits(array.length())?;
        return Ok(array.to_vec());
    }
    if let Some(array) = value.dyn_ref::<Float32Array>() {
        fits(array.length())?;
        return Ok(array.to_vec().into_iter().map(f64::from).collect());
    }
    let Some(array) = value.dyn_ref::<Array>() else {
        return Err(error(format!(
            "{what} is of type {}, allowed is a Float64Array or an array of numbers",
            kind(value)
        )));
    };
    fits(array.length())?;
    let number = |(index, value): (usize, JsValue)| {
        let wrong = || format!("{what}[{index}] is of type {}, allowed is a number", kind(&value));
        value.as_f64().ok_or_else(|| error(wrong()))
    };
    array.iter().enumerate().map(number).collect()
}

/// Names and columns of numbers.
pub fn columns(what: &str, value: &JsValue) -> Result<Vec<(String, Vec<f64>)>> {
    let mut columns = Vec::new();
    for (name, column) in entries(what, value)? {
        columns.push((name.clone(), numbers(&name, &column)?));
    }
    Ok(columns)
}

fn entries(what: &str, value: &JsValue) -> Result<Vec<(String, JsValue)>> {
    if !value.is_object() || Array::is_array(value) {
        return Err(error(format!("{what} is of type {}, allowed is an object", kind(value))));
    }
    let entry = |pair: JsValue| {
        let pair = Array::from(&pair);
        (pair.get(0).as_string().unwrap_or_default(), pair.get(1))
    };
    Ok(Object::entries(&Object::from(value.clone())).iter().map(entry).collect())
}

/// Plain data with a place for every message. A number that is none, which JSON would silently turn into
/// nothing, is an error.
fn plain(place: &str, value: &JsValue, depth: usize) -> Result<Value> {
    if depth == 0 {
        return Err(error(format!("{place} is nested more than {DEPTH} deep")));
    }
    if value.is_null() || value.is_undefined() {
        return Ok(Value::Null);
    }
    if let Some(value) = value.as_bool() {
        return Ok(Value::Bool(value));
    }
    if let Some(value) = value.as_string() {
        return Ok(Value::String(value));
    }
    if let Some(value) = value.as_f64() {
        let wrong = || error(format!("{place} is {value}, allowed is a finite number"));
        // Whole numbers stay whole: a time in ms is one.
        let whole = value.fract() == 0.0 && value.abs() < 9.0e15;
        let number = if whole { Some(Number::from(value as i64)) } else { Number::from_f64(value) };
        return number.map(Value::Number).ok_or_else(wrong);
    }
    if let Some(date) = value.dyn_ref::<Date>() {
        if date.get_time().is_nan() {
            return Err(error(format!("{place} is an invalid date")));
        }
        return Ok(Value::from(String::from(date.to_iso_string())));
    }
    if value.is_instance_of::<Float64Array>() || value.is_instance_of::<Float32Array>() {
        return Ok(Value::from(numbers(place, value)?));
    }
    if let Some(array) = value.dyn_ref::<Array>() {
        let each = array.iter().enumerate();
        return each.map(|(i, v)| plain(&format!("{place}[{i}]"), &v, depth - 1)).collect();
    }
    let mut map = Map::new();
    for (name, value) in entries(place, value)? {
        // What is not said is not there, as everywhere in JavaScript.
        if !value.is_undefined() {
            let value = plain(&format!("{place}.{name}"), &value, depth - 1)?;
            map.insert(name, value);
        }
    }
    Ok(Value::Object(map))
}

/// What a function was told; nothing is what `T` says by default.
pub fn options<T: DeserializeOwned + Default>(value: &JsValue) -> Result<T> {
    if value.is_undefined() || value.is_null() {
        return Ok(T::default());
    }
    data("options", value)
}

/// Plain data of a known form.
pub fn data<T: DeserializeOwned>(what: &str, value: &JsValue) -> Result<T> {
    let plain = plain(what, value, DEPTH)?;
    serde_path_to_error::deserialize(plain).map_err(|wrong| placed(what, &wrong))
}

/// The same for much data: by way of JSON, which is many times faster.
pub fn much<T: DeserializeOwned>(what: &str, value: &JsValue) -> Result<T> {
    if !value.is_object() {
        return Err(error(format!("{what} is of type {}, allowed is an object", kind(value))));
    }
    let text = JSON::stringify(value).map_err(|_| error(format!("{what} is no plain data")))?;
    let text = String::from(text);
    let mut reader = serde_json::Deserializer::from_str(&text);
    serde_path_to_error::deserialize(&mut reader).map_err(|wrong| placed(what, &wrong))
}

fn placed<E: std::fmt::Display>(what: &str, wrong: &serde_path_to_error::Error<E>) -> JsError {
    let path = wrong.path().to_string();
    let reason = wrong.inner();
    let dot = if path.starts_with('[') { "" } else { "." };
    if path == "." {
        error(format!("{what}: {reason}"))
    } else {
        error(format!("{what}{dot}{path}: {reason}"))
    }
}

/// A result as plain data.
pub fn give<T: Serialize>(value: &T) -> Result<JsValue> {
    let text = serde_json::to_string(value).map_err(error)?;
    JSON::parse(&text).map_err(|_| error("a result is no JSON"))
}
