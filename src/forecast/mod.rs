//! Stage 6: soreness and loss of strength in the coming days, with intervals.

mod history;
mod outlook;
mod series;

pub use history::{Driver, History, Outlook};
pub(crate) use outlook::losses_along;
pub use outlook::{Clear, Day, Felt, Forecast, ForecastOptions, MuscleForecast, Peak, forecast};
pub use series::{Interval, Series, Spread};
pub(crate) use series::{Known, SorenessResponse};
