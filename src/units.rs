//! Points in time and muscle groups: the two units in which everything is indexed.

use core::ops::{Index, IndexMut};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
///
/// The model has no clock and no time zone; shifting every timestamp by the same amount changes
/// nothing. Saved as the plain integer.
///
/// ```
/// use eccentric::Timestamp;
/// let run = Timestamp::from_unix_s(1_700_000_000);
/// assert_eq!(run.add_hours(36.0).hours_since(run), 36.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since the Unix epoch.
    pub const fn from_unix_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// From seconds since the Unix epoch; saturates at the ends of the range.
    pub const fn from_unix_s(s: i64) -> Self {
        Self(s.saturating_mul(1000))
    }

    /// Milliseconds since the Unix epoch.
    pub const fn unix_ms(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn unix_s(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Hours from `earlier` to `self`; negative if `self` is the earlier one.
    pub fn hours_since(self, earlier: Self) -> f64 {
        self.0.saturating_sub(earlier.0) as f64 / 3.6e6
    }

    /// This time plus a number of hours, to the millisecond; saturates at the ends of the range.
    pub fn add_hours(self, hours: f64) -> Self {
        self.add_seconds(hours * 3600.0)
    }

    /// This time plus a number of seconds, to the millisecond; saturates at the ends of the range.
    pub fn add_seconds(self, seconds: f64) -> Self {
        Self(self.0.saturating_add(libm::round(seconds * 1000.0) as i64))
    }
}

/// A muscle group that brakes while running downhill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Muscle {
    /// Knee extensors.
    Quadriceps,
    /// Plantar flexors.
    Calves,
    /// Gluteal muscles.
    HipExtensors,
    /// Knee flexors.
    Hamstrings,
}

impl Muscle {
    /// All groups, in the order in which they are stored and printed.
    pub const ALL: [Self; 4] =
        [Self::Quadriceps, Self::Calves, Self::HipExtensors, Self::Hamstrings];

    /// A group by its name as in saved data.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|muscle| muscle.name() == name)
    }

    /// Name in snake case, as in saved data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quadriceps => "quadriceps",
            Self::Calves => "calves",
            Self::HipExtensors => "hip_extensors",
            Self::Hamstrings => "hamstrings",
        }
    }
}

impl core::fmt::Display for Muscle {
    /// Name for people, e.g. "Hip extensors".
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::Quadriceps => "Quadriceps",
            Self::Calves => "Calves",
            Self::HipExtensors => "Hip extensors",
            Self::Hamstrings => "Hamstrings",
        })
    }
}

/// One value for each muscle group.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PerMuscle<T> {
    /// Knee extensors.
    pub quadriceps: T,
    /// Plantar flexors.
    pub calves: T,
    /// Gluteal muscles.
    pub hip_extensors: T,
    /// Knee flexors.
    pub hamstrings: T,
}

impl<T> PerMuscle<T> {
    /// Computes the value of each group.
    pub fn from_fn(mut f: impl FnMut(Muscle) -> T) -> Self {
        Self {
            quadriceps: f(Muscle::Quadriceps),
            calves: f(Muscle::Calves),
            hip_extensors: f(Muscle::HipExtensors),
            hamstrings: f(Muscle::Hamstrings),
        }
    }

    /// Applies a function to each value.
    pub fn map<U>(&self, mut f: impl FnMut(&T) -> U) -> PerMuscle<U> {
        PerMuscle::from_fn(|muscle| f(&self[muscle]))
    }

    /// Muscle groups with their values, in stored order.
    pub fn iter(&self) -> impl Iterator<Item = (Muscle, &T)> {
        Muscle::ALL.into_iter().map(|muscle| (muscle, &self[muscle]))
    }
}

impl<T> Index<Muscle> for PerMuscle<T> {
    type Output = T;
    fn index(&self, muscle: Muscle) -> &T {
        match muscle {
            Muscle::Quadriceps => &self.quadriceps,
            Muscle::Calves => &self.calves,
            Muscle::HipExtensors => &self.hip_extensors,
            Muscle::Hamstrings => &self.hamstrings,
        }
    }
}

impl<T> IndexMut<Muscle> for PerMuscle<T> {
    fn index_mut(&mut self, muscle: Muscle) -> &mut T {
        match muscle {
            Muscle::Quadriceps => &mut self.quadriceps,
            Muscle::Calves => &mut self.calves,
            Muscle::HipExtensors => &mut self.hip_extensors,
            Muscle::Hamstrings => &mut self.hamstrings,
        }
    }
}
