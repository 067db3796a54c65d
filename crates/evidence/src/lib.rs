//! Calibrates and scores the model on published outcomes.
