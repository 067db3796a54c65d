//! The plan of the house: a stage uses the foundation and earlier stages, nothing later; files and
//! functions stay small.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order in which data flows; those of the foundation share a floor.
const FLOORS: &[&[&str]] = &[
    &["error", "bounds", "units", "math"],
    &["params"],
    &["activity"],
    &["load"],
    &["damage"],
    &["soreness"],
    &["person"],
    &["forecast"],
    &["plan"],
    // The envelope of stored things, around all of them.
    &["saved"],
];
const MAX_FILE_LINES: usize = 400;
const MAX_FN_LINES: usize = 60;

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn files() -> Vec<PathBuf> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path);
            }
        }
    }
    let mut out = Vec::new();
    walk(&source(), &mut out);
    out.sort();
    out
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The room of a file: its folder below src, or its own name.
fn room(file: &Path) -> String {
    let below = file.strip_prefix(source()).unwrap().to_owned();
    let first = below.iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The code without comments and without what stands in strings and characters.
fn code(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'/') => {
                while chars.peek().is_some_and(|&c| c != '\n') {
                    chars.next();
                }
            }
            '"' => {
                while let Some(c) = chars.next() {
                    match c {
                        '\\' => drop(chars.next()),
                        '\n' => out.push('\n'),
                        '"' => break,
                        _ => {}
                    }
                }
                out.push_str("\"\"");
            }
            '\'' if matches!(chars.peek(), Some('{' | '}' | '"')) => {
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// Rooms that a file names after `crate::`, with the line.
fn uses(code: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (k, line) in code.lines().enumerate() {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '{')
                .collect();
            out.push((k + 1, name));
        }
    }
    out
}

#[test]
fn no_stage_uses_a_later_one() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in files() {
        let here = room(&file);
        if here == "lib" {
            continue;
        }
        let at =
            floor(&here).unwrap_or_else(|| panic!("room {here} has no floor: add it to FLOORS"));
        for (line, used) in uses(&code(&fs::read_to_string(&file).unwrap())) {
            seen += 1;
            let place = format!("{}:{line}: crate::{used}", file.display());
            match floor(&used) {
                Some(other) if other <= at => {}
                Some(_) => wrong.push(format!("{place} is a later stage than {here}")),
                // Re-exports of the foundation.
                None if ["Error", "Result", "Muscle", "PerMuscle", "Timestamp"]
                    .contains(&used.as_str()) => {}
                None => wrong.push(format!("{place} is no room: name one room per `use`")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 50, "only {seen} uses found: does the test still read the source?");
}

#[test]
fn files_are_short() {
    for file in files() {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= MAX_FILE_LINES, "{} has {lines} lines", file.display());
    }
}

/// Name, first line and length of every function.
fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut out = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(at) = words.iter().position(|w| *w == "fn") else { continue };
        let Some(name) = words.get(at + 1) else { continue };
        let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let (mut depth, mut opened) = (0_i32, false);
        for (k, line) in lines[start..].iter().enumerate() {
            for c in line.chars() {
                match c {
                    '{' => (depth, opened) = (depth + 1, true),
                    '}' => depth -= 1,
                    _ => {}
                }
            }
            if (opened && depth <= 0) || (!opened && line.contains(';')) {
                out.push((name, start + 1, k + 1));
                break;
            }
        }
    }
    out
}

#[test]
fn functions_are_short() {
    let mut seen = 0;
    for file in files() {
        for (name, line, length) in functions(&code(&fs::read_to_string(&file).unwrap())) {
            seen += 1;
            let place = format!("{}:{line}", file.display());
            assert!(length <= MAX_FN_LINES, "{place}: fn {name} has {length} lines");
        }
    }
    assert!(seen > 80, "only {seen} functions found: does the test still read the source?");
}

#[test]
fn the_reader_of_rooms_reads() {
    let text = "fn a() {\n  let s = \"}\"; // }\n  if x { '{' }\n}\nuse crate::load::Dose; /// crate::plan\n";
    let code = code(text);
    assert_eq!(functions(&code), vec![("a".to_owned(), 1, 4)]);
    assert_eq!(uses(&code), vec![(5, "load".to_owned())]);
}
