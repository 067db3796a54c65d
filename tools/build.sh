#!/usr/bin/env bash
# Builds what tests run (the tests, the command and the C libraries) and prints the folder that then holds command and
# libraries. In one go, because each part alone chooses other features of its dependencies and would build them again.
# PROFILE=release builds command and libraries as they are published, and no tests.
set -euo pipefail
cd "$(dirname "$0")/.."

target=$(cargo metadata --format-version 1 --no-deps | python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')
if [[ ${PROFILE:-dev} == release ]]; then
    # Each alone, as others build them.
    cargo build --release --package eccentric-c
    cargo build --release --package eccentric-cli
    echo "$target/release"
else
    cargo build --lib --bins --tests --examples
    echo "$target/debug"
fi
