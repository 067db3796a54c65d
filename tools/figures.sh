#!/bin/sh
# Makes every figure of the documentation anew: those of the examples and that of the README.
# Run it after the samples, the constants or the charts have changed.
set -eu
cd "$(dirname "$0")/.."
export TZ=UTC # days on the axes are local days
mkdir -p docs/figures
cargo build --quiet --release -p eccentric --examples
cargo build --quiet --release -p eccentric-cli
for example in one_descent training_week two_bouts long_race; do
    echo "== $example"
    cargo run --quiet --release -p eccentric --example "$example" -- "docs/figures/example-$example.svg"
done
echo "== readme-forecast"
cargo run --quiet --release -p eccentric-cli -- forecast samples --mass 70 --no-cache --quiet \
    --svg docs/figures/readme-forecast.svg
