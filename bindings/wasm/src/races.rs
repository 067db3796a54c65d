//! Races, plans and today's limit.
