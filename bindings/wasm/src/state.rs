//! The small state that an app stores.
