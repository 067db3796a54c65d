#!/usr/bin/env bash
# The first of three tiers of tests (CONTRIBUTING.md), what a user runs: the Rust workspace, the golden cases
# against the independent Python script, the samples against the script that makes them, the Python package as
# people install it, the C interface under valgrind, the npm package in Node and the page in a browser.
# Installs what it needs; on Debian, as root. Without ../shared, tests of real recordings say that they are
# skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/steps.sh

step "Rust: unit tests, laws, hand and golden cases, command, doctests"
cargo test
step "the model without the standard library's features"
cargo check --package eccentric --no-default-features
step "golden cases and samples are what their scripts make"
python3 tools/golden.py --check
python3 tools/make_samples.py --check
step "Python package"
tools/test_python.sh
step "C interface under valgrind"
tools/test_c.sh
step "npm package in Node and page in a browser"
tools/test_web.sh
