//! Writes the JavaScript and the types around a compiled module: `eccentric-wasm-bindgen IN.wasm OUT_FOLDER`.
//!
//! The usual command does the same, but has to be installed in the very version that the module was
//! compiled with; here one lock file pins both.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(module), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: eccentric-wasm-bindgen IN.wasm OUT_FOLDER".into());
    };
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name("eccentric")
        .generate(folder)?;
    Ok(())
}
