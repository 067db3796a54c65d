//! Stage 1: from raw samples to cleaned segments with a grade and its error.

mod recording;

pub use recording::{ElevationSource, MAX_TIME_JUMP_S, Pause, Recording, Sample, Sport};
