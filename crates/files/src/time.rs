//! Times as the files write them.

/// Seconds since the Unix epoch of an RFC 3339 time; one without an offset is read as UTC.
pub(crate) fn unix_s(text: &str) -> Option<f64> {
    let text = text.trim();
    let timestamp = text.parse::<jiff::Timestamp>().or_else(|_| {
        let civil: jiff::civil::DateTime = text.parse()?;
        jiff::tz::Offset::UTC.to_timestamp(civil)
    });
    Some(timestamp.ok()?.as_millisecond() as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::unix_s;

    #[test]
    fn reads_the_forms_that_occur_in_files() {
        assert_eq!(unix_s("1970-01-01T00:01:00Z"), Some(60.0));
        assert_eq!(unix_s(" 1970-01-01T00:01:00.250Z\n"), Some(60.25));
        assert_eq!(unix_s("1970-01-01T02:01:00+02:00"), Some(60.0));
        assert_eq!(unix_s("1970-01-01T00:01:00"), Some(60.0));
        assert_eq!(unix_s("yesterday"), None);
    }
}
