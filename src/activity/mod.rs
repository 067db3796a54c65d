//! Stage 1: from raw samples to cleaned segments with a grade and its error.

mod belief;
mod clean;
mod ground;
mod legs;
mod recording;
mod segment;
mod smooth;

pub use clean::clean;
pub(crate) use ground::Ground;
pub use ground::Section;
pub use recording::{ElevationSource, MAX_TIME_JUMP_S, Pause, Recording, Sample, Sport};
pub use segment::{Activity, Flag, Gait, Quality, Segment};
