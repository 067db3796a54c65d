#!/usr/bin/env bash
# The first of three tiers of tests (CONTRIBUTING.md), what a user runs: the Rust workspace, the golden cases
# against the independent Python script, the samples against the script that makes them, the Python package as
# people install it, the C interface under valgrind, the npm package in Node and the page in a browser.
# Installs what it needs; on Debian, as root.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/steps.sh

echo "Tier 1 of 3: what a user runs"
[[ -d ../shared/activities ]] || echo "SKIPPED: tests of real recordings, for there is no ../shared/activities"

step "Rust: build of tests, command and C libraries"
tools/build.sh
step "Rust: unit tests, laws, hand and golden cases, command, doctests"
cargo test
step "golden cases and samples are what their scripts make"
python3 tools/golden.py --check
python3 tools/make_samples.py --check
step "Python package"
tools/test_python.sh
step "C interface under valgrind"
tools/test_c.sh
step "npm package in Node and page in a browser"
tools/test_web.sh
