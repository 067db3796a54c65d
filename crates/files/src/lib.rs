//! Reads recorded runs.
