//! What is stored says what it is: an envelope with a schema name and a version.

use alloc::string::String;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::damage::LegState;
use crate::error::Error;
use crate::forecast::{Forecast, History, Outlook};
use crate::load::EccentricLoad;
use crate::params::Parameters;

/// Data that may be stored, with the name and version of its form.
///
/// When the form changes, the version goes up and older versions stay loadable.
pub trait Schema {
    /// Name of the form, `eccentric.` and the thing.
    const NAME: &'static str;
    /// Version that this release writes, the newest that it reads.
    const VERSION: u32 = 1;
}

impl Schema for LegState {
    const NAME: &'static str = "eccentric.state";
}
impl Schema for EccentricLoad {
    const NAME: &'static str = "eccentric.run_load";
}
impl Schema for History {
    const NAME: &'static str = "eccentric.history";
}
impl Schema for Forecast {
    const NAME: &'static str = "eccentric.muscle_forecast";
}
impl Schema for Outlook {
    const NAME: &'static str = "eccentric.outlook";
}
impl Schema for Parameters {
    const NAME: &'static str = "eccentric.parameters";
}

/// A value in its envelope: `{"schema": "eccentric.state", "version": 1, "data": {...}}`.
///
/// Reading refuses another schema and a version newer than this release knows.
///
/// ```
/// use eccentric::{Saved, Timestamp, damage::LegState};
/// let legs = LegState::rested(Timestamp::from_unix_s(0));
/// let text = serde_json::to_string(&Saved(legs))?;
/// assert!(text.starts_with(r#"{"schema":"eccentric.state","version":1,"data":{"#));
/// let Saved(back) = serde_json::from_str::<Saved<LegState>>(&text)?;
/// assert_eq!(back, legs);
/// let newer = text.replace(r#""version":1"#, r#""version":9"#);
/// let refused = serde_json::from_str::<Saved<LegState>>(&newer).unwrap_err();
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Incoming<T> {
    schema: String,
    version: u32,
    data: T,
}

impl<T: Schema + Serialize> Serialize for Saved<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Outgoing { schema: T::NAME, version: T::VERSION, data: &self.0 }.serialize(serializer)
    }
}

impl<'de, T: Schema + Deserialize<'de>> Deserialize<'de> for Saved<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let incoming = Incoming::<T>::deserialize(deserializer)?;
        if incoming.schema != T::NAME {
            return Err(de::Error::custom(alloc::format!(
                "expected schema {}, found {}",
                T::NAME,
                incoming.schema
            )));
        }
        if incoming.version == 0 || incoming.version > T::VERSION {
            return Err(de::Error::custom(Error::Schema {
                expected: T::NAME,
                newest: T::VERSION,
                found: incoming.version,
            }));
        }
        Ok(Self(incoming.data))
    }
}
