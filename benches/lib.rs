//! Nothing but benches: see `model.rs`, `fit.rs` and `compare.rs`.
