//! Rules that coaches publish for the weeks before a downhill race.

use alloc::vec::Vec;

/// A published rule. `docs/model.md` names where each was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Rule {
    /// No descent session; the usual running goes on.
    Nothing,
    /// One bout three weeks before the race.
    OneThreeWeeksOut,
    /// Two sessions, 45 and 30 days before the race.
    TwoUntilAMonthOut,
    /// Every 12 days, the last one 12 days before the race.
    EveryTwelveDays,
    /// Every week, none in the last 10 days.
    WeeklyUntilTenDaysOut,
    /// The same on a short and steep descent.
    WeeklyShortAndSteep,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 6] = [
        Self::Nothing,
        Self::OneThreeWeeksOut,
        Self::TwoUntilAMonthOut,
        Self::EveryTwelveDays,
        Self::WeeklyUntilTenDaysOut,
        Self::WeeklyShortAndSteep,
    ];

    /// Whether it is run on the short and steep descent.
    pub const fn is_steep(self) -> bool {
        matches!(self, Self::WeeklyShortAndSteep)
    }

    /// Name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::OneThreeWeeksOut => "one, three weeks out",
            Self::TwoUntilAMonthOut => "two, 45 and 30 days out",
            Self::EveryTwelveDays => "every 12 days",
            Self::WeeklyUntilTenDaysOut => "weekly, none in the last 10 days",
            Self::WeeklyShortAndSteep => "weekly, short and steep",
        }
    }

    /// Days before the race on which it has a session, the earliest first, of so many days.
    ///
    /// ```
    /// use eccentric::plan::Rule;
    /// assert_eq!(Rule::EveryTwelveDays.days_before(40), [36, 24, 12]);
    /// assert_eq!(Rule::TwoUntilAMonthOut.days_before(40), [30]);
    /// ```
    pub fn days_before(self, days: usize) -> Vec<usize> {
        let every = |first: usize, step: usize| (first..=days).step_by(step).collect();
        let mut before: Vec<usize> = match self {
            Self::Nothing => Vec::new(),
            Self::OneThreeWeeksOut => Vec::from([21]),
            Self::TwoUntilAMonthOut => Vec::from([30, 45]),
            Self::EveryTwelveDays => every(12, 12),
            Self::WeeklyUntilTenDaysOut | Self::WeeklyShortAndSteep => every(11, 7),
        };
        before.retain(|&day| day <= days);
        before.reverse();
        before
    }
}
