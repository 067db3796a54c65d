#!/usr/bin/env bash
# Passes all tests: the Rust workspace, the golden cases against the independent Python script, and
# the samples against the script that makes them.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo test --workspace --all-targets
cargo test --workspace --doc
cargo check --package eccentric --no-default-features
python3 tools/golden.py --check
python3 tools/make_samples.py --check
