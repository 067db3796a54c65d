//! Between JavaScript's values and those of the model. Whatever is handed over is looked at first: a value
//! of a wrong type must be an error, not a trap that leaves the module unusable.

use eccentric_files::{MAX_BYTES, MAX_POINTS};
use js_sys::{Array, ArrayBuffer, Date, Float32Array, Float64Array, JSON, Object, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
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
        if ok {
            Ok(())
        } else {
            Err(error(format!("{what} has {len} numbers, allowed are {most}")))
        }
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

/// Writes plain data as JSON, with a place for every message. A number that is none, which JSON would silently
/// turn into nothing, is an error.
fn write(out: &mut String, place: &str, value: &JsValue, depth: usize) -> Result<()> {
    if depth == 0 {
        return Err(error(format!("{place} is nested more than {DEPTH} deep")));
    }
    if value.is_null() || value.is_undefined() {
        out.push_str("null");
    } else if let Some(value) = value.as_bool() {
        out.push_str(if value { "true" } else { "false" });
    } else if let Some(value) = value.as_string() {
        out.push_str(&quoted(&value)?);
    } else if let Some(value) = value.as_f64() {
        write_number(out, place, value)?;
    } else if let Some(date) = value.dyn_ref::<Date>() {
        if date.get_time().is_nan() {
            return Err(error(format!("{place} is an invalid date")));
        }
        out.push_str(&quoted(&String::from(date.to_iso_string()))?);
    } else if value.is_instance_of::<Float64Array>() || value.is_instance_of::<Float32Array>() {
        let numbers = numbers(place, value)?;
        let each = numbers.iter().enumerate();
        write_list(out, each, |out, (i, v)| write_number(out, &format!("{place}[{i}]"), *v))?;
    } else if let Some(array) = value.dyn_ref::<Array>() {
        let each = array.iter().enumerate();
        write_list(out, each, |out, (i, v)| write(out, &format!("{place}[{i}]"), &v, depth - 1))?;
    } else {
        write_object(out, place, value, depth)?;
    }
    Ok(())
}

fn write_number(out: &mut String, place: &str, value: f64) -> Result<()> {
    if !value.is_finite() {
        return Err(error(format!("{place} is {value}, allowed is a finite number")));
    }
    out.push_str(&value.to_string());
    Ok(())
}

fn write_list<T>(
    out: &mut String,
    each: impl Iterator<Item = T>,
    mut one: impl FnMut(&mut String, T) -> Result<()>,
) -> Result<()> {
    out.push('[');
    for (index, item) in each.enumerate() {
        if index > 0 {
            out.push(',');
        }
        one(out, item)?;
    }
    out.push(']');
    Ok(())
}

fn write_object(out: &mut String, place: &str, value: &JsValue, depth: usize) -> Result<()> {
    out.push('{');
    let mut first = true;
    for (name, value) in entries(place, value)? {
        // What is not said is not there, as everywhere in JavaScript.
        if value.is_undefined() {
            continue;
        }
        if !first {
            out.push(',');
        }
        first = false;
        out.push_str(&quoted(&name)?);
        out.push(':');
        write(out, &format!("{place}.{name}"), &value, depth - 1)?;
    }
    out.push('}');
    Ok(())
}

fn quoted(text: &str) -> Result<String> {
    serde_json::to_string(text).map_err(error)
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
    let mut text = String::new();
    write(&mut text, what, value, DEPTH)?;
    parsed(what, &text)
}

/// The same for much data: the browser's own way to JSON is many times faster.
pub fn much<T: DeserializeOwned>(what: &str, value: &JsValue) -> Result<T> {
    if !value.is_object() {
        return Err(error(format!("{what} is of type {}, allowed is an object", kind(value))));
    }
    let text = JSON::stringify(value).map_err(|_| error(format!("{what} is no plain data")))?;
    parsed(what, &String::from(text))
}

fn parsed<T: DeserializeOwned>(what: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|wrong| {
        let place = place(text, wrong.column());
        let reason = wrong.to_string();
        // The column is one of a text that nobody has seen.
        let reason = reason.split(" at line ").next().unwrap_or_default();
        error(format!("{what}{place}: {reason}"))
    })
}

/// A result as plain data.
pub fn give<T: Serialize>(value: &T) -> Result<JsValue> {
    let text = serde_json::to_string(value).map_err(error)?;
    JSON::parse(&text).map_err(|_| error("a result is no JSON"))
}

/// Where in a JSON text without spaces a column lies: `.load.stretches[3].damage`.
fn place(text: &str, column: usize) -> String {
    let bytes = text.as_bytes();
    // An object whose name is still to come has an empty one.
    let mut levels: Vec<Level<'_>> = Vec::new();
    let mut at = 0;
    while at < bytes.len() && at + 1 < column {
        match bytes[at] {
            b'{' => levels.push(Level::Name("")),
            b'[' => levels.push(Level::Index(0)),
            b'}' | b']' => drop(levels.pop()),
            b',' => {
                if let Some(Level::Index(index)) = levels.last_mut() {
                    *index += 1;
                }
            }
            b'"' => {
                let end = string_end(bytes, at);
                if bytes.get(end) == Some(&b':')
                    && let Some(Level::Name(name)) = levels.last_mut()
                {
                    *name = text.get(at + 1..end - 1).unwrap_or("");
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    levels.iter().map(ToString::to_string).collect()
}

/// Index after the string that begins at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] != b'"' {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    (end + 1).min(bytes.len())
}

enum Level<'a> {
    Name(&'a str),
    Index(usize),
}

impl std::fmt::Display for Level<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name("") => Ok(()),
            Self::Name(name) => write!(f, ".{name}"),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}
