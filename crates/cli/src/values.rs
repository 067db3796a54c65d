//! Numbers and names as they are typed, checked where they are read.

use eccentric::soreness::Scale;

fn number(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not a number"))
}

/// Checks a number that is typed in `unit`, of which `scale` make one of the bound's.
fn bounded(
    text: &str,
    bound: eccentric::bounds::Bound,
    scale: f64,
    unit: &'static str,
) -> Result<f64, String> {
    let typed =
        eccentric::bounds::Bound { min: bound.min * scale, max: bound.max * scale, unit, ..bound };
    typed.check(number(text)?).map_err(|error| error.to_string())
}

pub fn mass(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::BODY_MASS, 1.0, "kg")
}

pub fn pack(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::PACK_MASS, 1.0, "kg")
}

pub fn body_fat(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::BODY_FAT, 100.0, "%")
}

pub fn age(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::AGE, 1.0, "years")
}

pub fn grade(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::GRADE, 100.0, "%")
}

pub fn slope(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::DESCENT_GRADE, 100.0, "%")
}

pub fn descent_speed(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::DESCENT_SPEED, 1.0, "m/s")
}

pub fn level(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::LEVEL, 1.0, "")
}

pub fn session_points(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::SESSION_POINTS, 1.0, "")
}

pub fn distance_m(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::SAMPLE_DISTANCE, 1.0, "m")
}

pub fn build_up(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::BUILD_UP, 1.0, "")
}

pub fn probability(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::PROBABILITY, 1.0, "")
}

pub fn soreness(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::SORENESS, 1.0, "")
}

pub fn scale(text: &str) -> Result<Scale, String> {
    Scale::named(text).ok_or_else(|| {
        format!(
            "\"{text}\" is no scale with a direction; write nrs, pmsys, 1-5-worse or 1-5-better"
        )
    })
}

pub fn days(text: &str) -> Result<f64, String> {
    bounded(text, eccentric::bounds::FORECAST_HOURS, 1.0 / 24.0, "days")
}
