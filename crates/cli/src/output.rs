//! Where text goes: results to standard output, everything else to standard error.

use std::io::{IsTerminal, Write};
use std::path::Path;

use eccentric_chart::{Document, Theme};

use crate::args::OutputArgs;
use crate::cache::write_atomic;
use crate::runs::Failure;

/// What a command may fail with as a whole.
pub type Error = Box<dyn std::error::Error>;

/// Prints a result. A reader that has gone away (a closed pipe) is no error.
pub fn print(text: &str) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Says on standard error what went wrong.
pub fn complain(what: &dyn std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "eccentric: {what}");
}

/// Says on standard error what could not be read.
pub fn complain_of(failures: &[Failure]) {
    for failure in failures {
        complain(&format!("{}: {}", failure.file.display(), failure.reason));
    }
}

/// Width of the terminal, 80 if there is none.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0)).clamp(40, 120)
}

/// Whether standard output takes colours.
pub fn colour() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Writes the figures that were asked for.
pub fn write_figures(output: &OutputArgs, document: &Document) -> Result<(), Error> {
    if let Some(path) = &output.svg {
        write(path, &document.to_svg(Theme::Auto)?)?;
    }
    if let Some(path) = &output.html {
        write(path, &document.to_html()?)?;
    }
    Ok(())
}

pub fn write(path: &Path, text: &str) -> Result<(), Error> {
    write_atomic(path, text.as_bytes())
        .map_err(|error| format!("{}: cannot be written: {error}", path.display()).into())
}

impl OutputArgs {
    /// Whether a figure was asked for.
    pub fn draws(&self) -> bool {
        self.svg.is_some() || self.html.is_some()
    }

    /// Whether text for people is wanted.
    pub fn talks(&self) -> bool {
        !self.json && !self.quiet
    }
}
