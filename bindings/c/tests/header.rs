//! The header in the repository is the one that the library would write today.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;

/// With `ECCENTRIC_WRITE_HEADER=1` it is written instead of compared.
#[test]
fn the_header_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(folder.join("cbindgen.toml")).unwrap();
    let mut header = Vec::new();
    cbindgen::generate_with_config(folder, config).unwrap().write(&mut header);
    let header = String::from_utf8(header).unwrap();
    let path = folder.join("include/eccentric.h");
    if std::env::var_os("ECCENTRIC_WRITE_HEADER").is_some() {
        std::fs::write(path, header).unwrap();
        return;
    }
    let stored = std::fs::read_to_string(path).unwrap();
    assert!(
        stored == header,
        "bindings/c/include/eccentric.h is not that of the library: tools/test_c.sh --header"
    );
}
