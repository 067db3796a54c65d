//! What is known about where a device or a program takes its elevation from.

use eccentric::activity::ElevationSource::{self, Barometer, Map, Satellite, Unknown};

/// Starts of names, in lower case without blanks, of devices with a barometric altimeter. Known from
/// the makers' specifications; "fr" is Garmin's short form of Forerunner.
const BAROMETRIC: &[&str] = &[
    "fenix",
    "epix",
    "enduro",
    "tactix",
    "instinct",
    "quatix",
    "marq",
    "descent",
    "fr165",
    "fr255",
    "fr265",
    "fr570",
    "fr645",
    "fr745",
    "fr910",
    "fr920",
    "fr935",
    "fr945",
    "fr955",
    "fr965",
    "fr970",
    "coros",
    "suunto9peak",
    "suuntovertical",
    "suuntorace",
    "suuntotraverse",
    "suuntoambit2",
    "suuntoambit3peak",
    "polarvantagev",
    "polargritx",
];

/// Starts of names of devices without one.
const SATELLITE_ONLY: &[&str] = &[
    "fr10", "fr15", "fr25", "fr30", "fr35", "fr45", "fr55", "fr60", "fr70", "fr110", "fr210",
    "fr220", "fr225", "fr230", "fr235", "fr245", "fr305", "fr310", "fr405", "fr410", "fr610",
    "fr620", "fr630", "fr735",
];

/// Parts of names of programs that look the elevation up by position.
const MAP_BASED: &[&str] = &["komoot", "plotaroute", "tracedetrail", "routeyou", "graphhopper"];

/// Source of the elevation from the name of a device or program; `Unknown` where in doubt.
pub(crate) fn elevation_source(name: &str) -> ElevationSource {
    let name = normalised(name);
    if name.contains("withbarometer") {
        Barometer
    } else if MAP_BASED.iter().any(|part| name.contains(part)) {
        Map
    } else if BAROMETRIC.iter().any(|start| name.starts_with(start)) {
        Barometer
    } else if SATELLITE_ONLY.iter().any(|start| is_model(&name, start)) {
        Satellite
    } else {
        Unknown
    }
}

/// "Garmin Forerunner® 945 LTE" and "fr945_lte" become "fr945lte".
fn normalised(name: &str) -> String {
    let plain = name.to_lowercase().replace(['ē', 'é'], "e");
    let plain: String = plain.chars().filter(char::is_ascii_alphanumeric).collect();
    plain.trim_start_matches("garmin").replace("forerunner", "fr")
}

/// The name is this model, not one whose number only starts alike ("fr10" is not "fr110").
fn is_model(name: &str, model: &str) -> bool {
    name.strip_prefix(model).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_tell_the_source() {
        for (name, source) in [
            ("Forerunner 945", Barometer),
            ("fr945_lte", Barometer),
            ("Garmin fēnix 6S", Barometer),
            ("StravaGPX iPhone with Barometer", Barometer),
            ("fr55", Satellite),
            ("fr10", Satellite),
            ("fr105", Unknown),
            ("https://www.komoot.de", Map),
            ("StravaGPX", Unknown),
            ("", Unknown),
        ] {
            assert_eq!(elevation_source(name), source, "{name}");
        }
    }
}
