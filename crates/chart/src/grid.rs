//! A grid of terminal cells, and dots in braille.

use std::fmt::Write as _;

use crate::text::{clean, is_wide};

#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    ch: char,
    colour: Option<u8>,
    bold: bool,
}

/// Stands in the second cell of a wide character.
const REST: char = '\0';
const BLANK: Cell = Cell { ch: ' ', colour: None, bold: false };

/// How a piece of terminal text looks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Look {
    pub colour: Option<u8>,
    pub bold: bool,
}

/// Cells, written row by row.
#[derive(Debug)]
pub(crate) struct Grid {
    width: usize,
    cells: Vec<Cell>,
}

impl Grid {
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, cells: vec![BLANK; width * height] }
    }

    fn cell(&mut self, x: usize, y: usize) -> Option<&mut Cell> {
        if x >= self.width { None } else { self.cells.get_mut(y * self.width + x) }
    }

    pub fn set(&mut self, x: usize, y: usize, ch: char, look: Look) {
        if let Some(cell) = self.cell(x, y) {
            *cell = Cell { ch, colour: look.colour, bold: look.bold };
        }
    }

    pub fn is_blank(&mut self, x: usize, y: usize) -> bool {
        self.cell(x, y).is_some_and(|c| c.ch == ' ')
    }

    /// Writes text from a cell to the right, cut at the edge; returns the cell after it.
    pub fn put(&mut self, x: usize, y: usize, text: &str, look: Look) -> usize {
        let mut at = x;
        for ch in clean(text).chars() {
            let n = cells(ch);
            if n == 0 {
                continue;
            }
            if at + n > self.width {
                break;
            }
            self.set(at, y, ch, look);
            if n == 2 {
                self.set(at + 1, y, REST, look);
            }
            at += n;
        }
        at
    }

    /// The rows without trailing blanks; escape sequences only if `colour`.
    pub fn finish(&self, colour: bool) -> String {
        let mut out = String::new();
        for row in self.cells.chunks(self.width.max(1)) {
            let end = row.iter().rposition(|c| c.ch != ' ').map_or(0, |i| i + 1);
            let mut now = Look::default();
            for cell in &row[..end] {
                let wants = if cell.ch == ' ' {
                    now
                } else {
                    Look { colour: cell.colour, bold: cell.bold }
                };
                if colour && (wants.colour, wants.bold) != (now.colour, now.bold) {
                    out.push_str(&sequence(wants));
                    now = wants;
                }
                if cell.ch != REST {
                    out.push(cell.ch);
                }
            }
            if colour && (now.colour.is_some() || now.bold) {
                out.push_str("\x1b[0m");
            }
            out.push('\n');
        }
        out
    }
}

fn sequence(look: Look) -> String {
    let mut out = String::from("\x1b[0");
    if look.bold {
        out.push_str(";1");
    }
    if let Some(c) = look.colour {
        _ = write!(out, ";38;5;{c}");
    }
    out.push('m');
    out
}

/// Cells a character takes.
fn cells(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' => 0,
        '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => 0,
        c if is_wide(c) => 2,
        _ => 1,
    }
}

/// Cells a text takes.
pub(crate) fn measure(s: &str) -> usize {
    clean(s).chars().map(cells).sum()
}

/// A text cut with an ellipsis to at most `max` cells.
pub(crate) fn cut(s: &str, max: usize) -> String {
    let s = clean(s);
    if measure(&s) <= max {
        return s;
    }
    let (mut out, mut used) = (String::new(), 1);
    for c in s.chars() {
        used += cells(c);
        if used > max {
            break;
        }
        out.push(c);
    }
    if max > 0 {
        out.push('…');
    }
    out
}

/// A curve in dots, two by four to a cell.
pub(crate) struct Dots {
    width: usize,
    height: usize,
    bits: Vec<u8>,
}

impl Dots {
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, bits: vec![0; width * height] }
    }

    /// Joins heights (0 at the bottom, 1 at the top), one for each of `2 * width` dot columns.
    pub fn curve(&mut self, heights: &[f64]) {
        let rows = self.height * 4;
        let row = |h: f64| {
            let down = (1.0 - h.clamp(0.0, 1.0)) * (rows.saturating_sub(1)) as f64;
            down.round() as usize
        };
        let mut before = heights.first().map_or(0, |h| row(*h));
        for (x, h) in heights.iter().enumerate() {
            let now = row(*h);
            // A steep stretch fills its column up to the dot next to the previous one.
            let from = if before + 1 < now { before + 1 } else { now };
            let to = if before > now + 1 { before - 1 } else { now };
            for y in from.min(to)..=from.max(to) {
                self.dot(x, y);
            }
            before = now;
        }
    }

    fn dot(&mut self, x: usize, y: usize) {
        const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
        if let Some(cell) =
            self.bits.get_mut((y / 4) * self.width + x / 2).filter(|_| x / 2 < self.width)
        {
            *cell |= BITS[y % 4][x % 2];
        }
    }

    pub fn stamp(&self, grid: &mut Grid, x: usize, y: usize, look: Look) {
        for (i, bits) in self.bits.iter().enumerate().filter(|(_, b)| **b != 0) {
            let ch = char::from_u32(0x2800 + u32::from(*bits)).unwrap_or(' ');
            grid.set(x + i % self.width, y + i / self.width, ch, look);
        }
    }
}
