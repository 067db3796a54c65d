//! The npm package `eccentric`: the model in Node and in the browser.
//!
//! Everything is a function of plain data, the data of the command's JSON: what comes out can be stored,
//! sent to a worker, and handed to the next function. What cannot be used is a JavaScript `Error` with the
//! text of the command. `types.d.ts`, and `ahead.d.ts` for today, races and plans, say what each function takes
//! and gives.

mod ahead;
mod figures;
mod js;
mod options;
mod races;
mod reading;
mod state;

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");
#[wasm_bindgen(typescript_custom_section)]
const TYPES_AHEAD: &str = include_str!("ahead.d.ts");

/// Version of the package.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}
