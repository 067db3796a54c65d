//! Unpacks gzip and tells the format from the content.

use std::borrow::Cow;

use crate::{MAX_BYTES, ReadError, Result, gzip};

/// Format of an activity file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Garmin FIT.
    Fit,
    /// GPX 1.0 or 1.1.
    Gpx,
    /// Garmin Training Center XML.
    Tcx,
    /// Streams of the Strava API.
    StravaJson,
    /// Table with a header line, or columns in memory.
    Csv,
}

/// How far into the text the root element or the header line is looked for.
const LOOK_AHEAD: usize = 64 << 10;

/// The content itself, gunzipped if it is gzip.
pub(crate) fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
    let too_large = |what| ReadError::TooLarge { what, max: MAX_BYTES };
    if bytes.len() > MAX_BYTES {
        return Err(too_large("the file has too many bytes"));
    }
    if !bytes.starts_with(&gzip::MAGIC) {
        return Ok(Cow::Borrowed(bytes));
    }
    match gzip::unpack(bytes, MAX_BYTES) {
        Ok(unpacked) if unpacked.len() > MAX_BYTES => {
            Err(too_large("the file unpacks to too many bytes"))
        }
        Ok(unpacked) => Ok(Cow::Owned(unpacked)),
        Err((unpacked, reason)) => Err(ReadError::Gzip { unpacked: unpacked.len(), reason }),
    }
}

/// Tells the format from the content.
pub(crate) fn detect(name: &str, bytes: &[u8]) -> Result<Format> {
    let unknown = |looks_like| Err(ReadError::UnknownFormat { name: name.to_owned(), looks_like });
    if bytes.get(8..12) == Some(b".FIT") {
        return Ok(Format::Fit);
    }
    let head = &bytes[..bytes.len().min(LOOK_AHEAD)];
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.as_bytes().first() {
        None => unknown("an empty file"),
        Some(b'<') => match root_element(text) {
            Some(root) if root.eq_ignore_ascii_case("gpx") => Ok(Format::Gpx),
            Some(root) if root.eq_ignore_ascii_case("TrainingCenterDatabase") => Ok(Format::Tcx),
            Some("kml") => unknown("KML"),
            _ => unknown("another kind of XML"),
        },
        Some(b'{' | b'[') => Ok(Format::StravaJson),
        Some(_) if head.starts_with(b"PK\x03\x04") => unknown("a zip archive (unpack it first)"),
        Some(_) if head.contains(&0) => unknown("binary data"),
        Some(_) if crate::csv::looks_like_table(text) => Ok(Format::Csv),
        Some(_) => unknown("text without a header line that names a time column"),
    }
}

/// Local name of the first element, past declarations and comments.
fn root_element(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')? + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")?..];
        } else if !rest.starts_with(['?', '!']) {
            break;
        }
    }
    let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    let name = &rest[..end];
    Some(name.rsplit(':').next().unwrap_or(name))
}
