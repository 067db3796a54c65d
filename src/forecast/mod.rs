//! Stage 6: soreness and loss of strength in the coming days, with intervals.

mod along;
mod history;
mod outlook;
mod passing;
mod series;

pub(crate) use along::SorenessAlong;
pub use history::{Driver, History, Outlook};
pub(crate) use outlook::losses_along;
pub use outlook::{Clear, Day, Felt, Forecast, ForecastOptions, MuscleForecast, Peak, forecast};
pub(crate) use series::Known;
pub use series::{Interval, Series, Spread};
