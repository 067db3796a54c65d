//! What is stored says what it is: an envelope with a schema name and a version.

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::activity::{Activity, Recording};
use crate::damage::LegState;
use crate::error::Error;
use crate::forecast::{Forecast, ForecastOptions, History, Outlook, Spread};
use crate::load::{EccentricLoad, Runner};
use crate::params::Parameters;
use crate::person::Profile;
use crate::plan::Planned;

/// Data that may be stored, with the name and version of its form.
///
/// When the form changes, the version goes up and older versions stay loadable.
pub trait Schema {
    /// Name of the form, `eccentric.` and the thing.
    const NAME: &'static str;
    /// Version that this release writes, the newest that it reads.
    const VERSION: u32 = 1;
    /// Oldest version that this release reads.
    const OLDEST: u32 = 1;
}

/// Version of what depends on the damage stage. Version 1 was written before the tolerance took the place of
/// a gate of speed and a multiplier, by releases that were never published.
const WITH_TOLERANCE: u32 = 2;

impl Schema for LegState {
    const NAME: &'static str = "eccentric.state";
    const VERSION: u32 = WITH_TOLERANCE;
    const OLDEST: u32 = WITH_TOLERANCE;
}
impl Schema for EccentricLoad {
    const NAME: &'static str = "eccentric.run_load";
    const VERSION: u32 = WITH_TOLERANCE;
    const OLDEST: u32 = WITH_TOLERANCE;
}
impl Schema for History {
    const NAME: &'static str = "eccentric.history";
    const VERSION: u32 = WITH_TOLERANCE;
    const OLDEST: u32 = WITH_TOLERANCE;
}
impl Schema for Forecast {
    const NAME: &'static str = "eccentric.muscle_forecast";
}
impl Schema for Outlook {
    const NAME: &'static str = "eccentric.outlook";
    const VERSION: u32 = WITH_TOLERANCE;
    const OLDEST: u32 = WITH_TOLERANCE;
}
impl Schema for Recording {
    const NAME: &'static str = "eccentric.recording";
}
impl Schema for Activity {
    const NAME: &'static str = "eccentric.activity";
}
impl Schema for Planned {
    const NAME: &'static str = "eccentric.planned";
    const VERSION: u32 = WITH_TOLERANCE;
    const OLDEST: u32 = WITH_TOLERANCE;
}
impl Schema for Runner {
    const NAME: &'static str = "eccentric.runner";
}
impl Schema for Spread {
    const NAME: &'static str = "eccentric.spread";
}
impl Schema for ForecastOptions {
    const NAME: &'static str = "eccentric.forecast_options";
}
impl Schema for Profile {
    const NAME: &'static str = "eccentric.profile";
    const VERSION: u32 = WITH_TOLERANCE;
    const OLDEST: u32 = WITH_TOLERANCE;
}
impl Schema for Parameters {
    const NAME: &'static str = "eccentric.parameters";
    const VERSION: u32 = WITH_TOLERANCE;
    const OLDEST: u32 = WITH_TOLERANCE;
}

/// A value in its envelope: `{"schema": "eccentric.state", "version": 2, "data": {...}}`. Binary
/// formats leave `eccentric.` out of the name.
///
/// Reading refuses another schema and a version that this release does not know.
///
/// ```
/// use eccentric::{Saved, Timestamp, damage::LegState};
/// let legs = LegState::rested(Timestamp::from_unix_s(0));
/// let text = serde_json::to_string(&Saved(legs))?;
/// assert!(text.starts_with(r#"{"schema":"eccentric.state","version":2,"data":{"#));
/// let Saved(back) = serde_json::from_str::<Saved<LegState>>(&text)?;
/// assert_eq!(back, legs);
/// // A newer form is refused before its data is looked at.
/// let newer = r#"{"schema":"eccentric.state","version":9,"data":{"new":true}}"#;
/// let refused = serde_json::from_str::<Saved<LegState>>(newer).unwrap_err();
/// assert!(refused.to_string().contains("eccentric.state version 9 is not known"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Saved<T>(pub T);

#[derive(Serialize)]
struct Outgoing<'a, T> {
    schema: &'static str,
    version: u32,
    data: &'a T,
}

impl<T: Schema + Serialize> Serialize for Saved<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let schema = if serializer.is_human_readable() { T::NAME } else { short(T::NAME) };
        Outgoing { schema, version: T::VERSION, data: &self.0 }.serialize(serializer)
    }
}

impl<'de, T: Schema + Deserialize<'de>> Deserialize<'de> for Saved<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("Saved", FIELDS, Envelope(PhantomData))
    }
}

const FIELDS: &[&str] = &["schema", "version", "data"];

/// Reads schema and version before the data, so that data of a newer form is never looked at.
struct Envelope<T>(PhantomData<T>);

/// Name in binary formats, where every byte counts.
fn short(name: &str) -> &str {
    name.trim_start_matches("eccentric.")
}

/// Refuses what this release cannot read.
fn check<T: Schema, E: de::Error>(schema: &str, version: u32) -> Result<(), E> {
    if schema != T::NAME && schema != short(T::NAME) {
        return Err(E::custom(format!("expected schema {}, found {schema}", T::NAME)));
    }
    if version < T::OLDEST || version > T::VERSION {
        return Err(E::custom(Error::Schema {
            expected: T::NAME,
            oldest: T::OLDEST,
            newest: T::VERSION,
            found: version,
        }));
    }
    Ok(())
}

impl<'de, T: Schema + Deserialize<'de>> Visitor<'de> for Envelope<T> {
    type Value = Saved<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in its envelope of schema, version and data, in this order", T::NAME)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let missing = |k| de::Error::invalid_length(k, &FIELDS[k]);
        let schema: String = seq.next_element()?.ok_or_else(|| missing(0))?;
        let version = seq.next_element()?.ok_or_else(|| missing(1))?;
        check::<T, _>(&schema, version)?;
        Ok(Saved(seq.next_element()?.ok_or_else(|| missing(2))?))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut schema, mut version, mut data) = (None::<String>, None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "schema" => schema = Some(map.next_value()?),
                "version" => version = Some(map.next_value()?),
                "data" => {
                    let name =
                        schema.as_deref().ok_or_else(|| de::Error::missing_field("schema"))?;
                    let version = version.ok_or_else(|| de::Error::missing_field("version"))?;
                    check::<T, _>(name, version)?;
                    data = Some(map.next_value()?);
                }
                other => return Err(de::Error::unknown_field(other, FIELDS)),
            }
        }
        data.map(Saved).ok_or_else(|| de::Error::missing_field("data"))
    }
}
