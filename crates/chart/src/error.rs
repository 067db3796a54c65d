//! What can be wrong with the numbers handed to a figure.

use std::fmt;

/// A figure that cannot be drawn: what is wrong, and where.
///
/// ```
/// use eccentric_chart::{Problem, Profile};
///
/// let error = Profile::default().to_svg(Default::default()).unwrap_err();
/// assert_eq!(error.problem(), Problem::Empty);
/// assert_eq!(error.to_string(), "profile points: nothing to draw");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartError {
    place: String,
    problem: Problem,
}

/// The kind of defect behind a [`ChartError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// A series, panel list or label list without an entry.
    Empty,
    /// NaN or an infinity at this index.
    NotFinite {
        /// Index of the first such entry.
        index: usize,
    },
    /// Two lists that must be equally long are not.
    Length {
        /// Length of the list it is compared with.
        expected: usize,
        /// Length found.
        found: usize,
    },
    /// A time or distance that runs backwards at this index.
    NotIncreasing {
        /// Index of the first entry smaller than its predecessor.
        index: usize,
    },
    /// Zero or a negative number on a logarithmic axis.
    NotPositive {
        /// Index of the first such entry.
        index: usize,
    },
    /// A negative share.
    Negative {
        /// Index of the first such entry.
        index: usize,
    },
    /// A lower bound above its upper bound.
    Crossed {
        /// Index of the first such entry.
        index: usize,
    },
    /// A time outside the years 1 to 9999, an offset beyond a day, or a level outside 0–100 %.
    OutOfRange {
        /// Index of the first such entry.
        index: usize,
    },
}

impl ChartError {
    pub(crate) fn new(place: impl Into<String>, problem: Problem) -> Self {
        // A label within may hold what a terminal would obey.
        Self { place: crate::text::clean(&place.into()), problem }
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> Problem {
        self.problem
    }

    /// Where it is: the panel and the list, such as `fan "Calves" values`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        match self.problem {
            Problem::Empty => f.write_str("nothing to draw"),
            Problem::NotFinite { index } => write!(f, "entry {index} is not a finite number"),
            Problem::Length { expected, found } => {
                write!(f, "{found} entries where {expected} are needed")
            }
            Problem::NotIncreasing { index } => write!(f, "entry {index} runs backwards"),
            Problem::NotPositive { index } => {
                write!(f, "entry {index} is not positive, as a logarithmic axis needs")
            }
            Problem::Negative { index } => write!(f, "entry {index} is negative"),
            Problem::Crossed { index } => {
                write!(f, "entry {index} has its lower bound above its upper bound")
            }
            Problem::OutOfRange { index } => write!(f, "entry {index} is out of range"),
        }
    }
}

impl std::error::Error for ChartError {}

/// Fails on the first value that breaks `rule`.
pub(crate) fn each<T: Copy>(
    place: &str,
    values: impl IntoIterator<Item = T>,
    rule: impl Fn(T) -> bool,
    problem: impl Fn(usize) -> Problem,
) -> Result<(), ChartError> {
    match values.into_iter().position(|v| !rule(v)) {
        Some(index) => Err(ChartError::new(place, problem(index))),
        None => Ok(()),
    }
}

pub(crate) fn finite(place: &str, values: impl IntoIterator<Item = f64>) -> Result<(), ChartError> {
    each(place, values, f64::is_finite, |index| Problem::NotFinite { index })
}

pub(crate) fn filled<T>(place: &str, list: &[T]) -> Result<(), ChartError> {
    if list.is_empty() { Err(ChartError::new(place, Problem::Empty)) } else { Ok(()) }
}

pub(crate) fn same_length(place: &str, expected: usize, found: usize) -> Result<(), ChartError> {
    if expected == found {
        Ok(())
    } else {
        Err(ChartError::new(place, Problem::Length { expected, found }))
    }
}

pub(crate) fn increasing<T: PartialOrd>(place: &str, values: &[T]) -> Result<(), ChartError> {
    match values.windows(2).position(|w| w[1] < w[0]) {
        Some(i) => Err(ChartError::new(place, Problem::NotIncreasing { index: i + 1 })),
        None => Ok(()),
    }
}

pub(crate) fn ordered(
    place: &str,
    pairs: impl IntoIterator<Item = (f64, f64)>,
) -> Result<(), ChartError> {
    each(place, pairs, |(lo, hi)| lo <= hi, |index| Problem::Crossed { index })
}
