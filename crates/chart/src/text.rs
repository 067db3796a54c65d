//! Text: what XML may hold, how wide it will be, how numbers are written.

/// Removes what XML 1.0 forbids and what could reorder the rest; white space becomes a space.
pub(crate) fn clean(s: &str) -> String {
    s.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
            '\u{FFFE}' | '\u{FFFF}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// [`clean`]ed and escaped for XML and HTML, as text or as an attribute's value.
pub(crate) fn escape(s: &str) -> String {
    let mut out = String::with_capacity(s.len() + 8);
    for c in clean(s).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Readers' system fonts differ; most are narrower than this allows.
const ROOM: f64 = 1.05;

/// Approximate advance of one character in a system sans-serif, in em.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'I' => 0.29,
        'f' | 't' | 'r' | ' ' | '\u{A0}' | '(' | ')' | '/' | '-' | '[' | ']' | '·' => 0.36,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.88,
        '0'..='9' => 0.58,
        '\u{300}'..='\u{36F}' => 0.0,
        c if c.is_uppercase() => 0.69,
        c if is_wide(c) => 1.0,
        _ => 0.57,
    }
}

/// Whether a terminal gives the character two cells (East Asian wide, emoji).
pub(crate) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD)
}

/// Approximate width of `s` at a font size, in the same unit, with some room for wider fonts.
pub(crate) fn width(s: &str, size: f64) -> f64 {
    s.chars().map(advance).sum::<f64>() * size * ROOM
}

/// `s`, cut with an ellipsis if wider than `max`.
pub(crate) fn fit(s: &str, size: f64, max: f64) -> String {
    let s = clean(s);
    if width(&s, size) <= max {
        return s;
    }
    let mut out = String::new();
    let mut used = width("…", size);
    for c in s.chars() {
        used += advance(c) * size * ROOM;
        if used > max {
            break;
        }
        out.push(c);
    }
    let mut out = out.trim_end().to_owned();
    out.push('…');
    out
}

/// `s` broken at spaces into at most `lines` lines; the last is cut.
pub(crate) fn wrap(s: &str, size: f64, max: f64, lines: usize) -> Vec<String> {
    let s = clean(s);
    let mut out: Vec<String> = Vec::new();
    for word in s.split(' ').filter(|w| !w.is_empty()) {
        match out.last_mut() {
            Some(line) if out_fits(line, word, size, max) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    if out.len() > lines {
        let rest = out.split_off(lines.saturating_sub(1)).join(" ");
        out.push(rest);
    }
    out.iter().map(|line| fit(line, size, max)).collect()
}

fn out_fits(line: &str, word: &str, size: f64, max: f64) -> bool {
    width(line, size) + width(word, size) + advance(' ') * size <= max
}

/// A coordinate: two decimals at most, no trailing zeros, kept within what renderers take.
pub(crate) fn px(v: f64) -> String {
    let v = if v.is_nan() { 0.0 } else { v.clamp(-1e5, 1e5) };
    let mut s = format!("{v:.2}");
    while s.ends_with('0') {
        s.pop();
    }
    if s.ends_with('.') {
        s.pop();
    }
    if s == "-0" { "0".to_owned() } else { s }
}

/// A number for people: fixed decimals, a true minus sign, powers of ten where needed.
pub(crate) fn number(v: f64, decimals: usize) -> String {
    let magnitude = v.abs();
    let text = if magnitude >= 1e7 || (magnitude > 0.0 && magnitude < 1e-5) {
        format!("{v:.1e}")
    } else {
        format!("{v:.decimals$}", decimals = decimals.min(8))
    };
    let zero = text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.'));
    if zero { text.trim_start_matches('-').to_owned() } else { text.replace('-', "−") }
}

/// Decimals that show about three digits of a value.
pub(crate) fn decimals_for(v: f64) -> usize {
    match v.abs() {
        a if a >= 100.0 || a == 0.0 => 0,
        a if a >= 10.0 => 1,
        a if a >= 1.0 => 2,
        _ => 3,
    }
}
