#!/usr/bin/env bash
# Passes all tests: the Rust workspace, the golden cases against the independent Python script, the
# samples against the script that makes them, the Python package as people install it, the C interface under
# valgrind, the npm package in Node and the page in a browser. Installs what it needs; on Debian, as root.
set -euo pipefail
cd "$(dirname "$0")/.."

# Heavy ones (a recalibration, for one) run with ECCENTRIC_HEAVY=1, which CI sets.
# The bindings have their own tools and tests.
cargo test
# Thousands of simulated people are only bearable with optimisation.
if [[ -n "${ECCENTRIC_HEAVY:-}" ]]; then
    cargo test --release --test person --test plan
    cargo test --release --package eccentric-sampler
fi
cargo check --package eccentric --no-default-features
python3 tools/golden.py --check
python3 tools/make_samples.py --check
tools/test_python.sh
tools/test_c.sh
tools/test_web.sh
