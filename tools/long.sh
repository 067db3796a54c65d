#!/usr/bin/env bash
# The last of three tiers of tests (CONTRIBUTING.md), by hand and before a release: what takes too long for every
# submission. What came of each part goes into docs/long.md, with date and commit; a part that fails leaves its row.
#
#     tools/long.sh                    all parts
#     tools/long.sh people sampler     some of them
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/steps.sh

echo "Tier 3 of 3: by hand and before a release"
commit=$(git rev-parse --short HEAD)
git diff --quiet HEAD -- . ':!docs/long.md' || commit+=", changed"
out=$(mktemp)

record() { # part, what came of it
    sed -i "/^| $1 |/d" docs/long.md
    printf '| %s | %s | %s | %s |\n' "$1" "$2" "$(date -u +%F)" "$commit" >>docs/long.md
    tail -n 1 docs/long.md
}

heavy() { # words for cargo test
    ECCENTRIC_HEAVY=1 cargo test --release "$@" -- --nocapture --test-threads 1 | tee "$out"
}

# Intervals, learning curve and plans of simulated people at large.
people() {
    heavy --test person
    local held
    held=$(awk -F'|' '/^### As assumed/ { mine = 1 } mine && /rating \|/ { printf "%s%s", sep, $4; sep = ","; mine = 0 }' "$out")
    record "simulated people" "80 % intervals of the next week's rating hold$held % of 2,000 people who rated 3, 10 and all times"
    heavy --test plan
    record "simulated plans" "$(grep -E '^[0-9]+ runners' "$out"): $(grep -E '^at least as good' "$out"); $(grep -E '^for the true runner' "$out")"
}

# The fit of a person against a full sampler.
sampler() {
    heavy --package eccentric-sampler
    record "full sampler" "$(grep -oE '^On target: [^.]*\.[^.]*\.[^.]*' "$out" | paste -sd ';' | sed 's/;/; /g')"
}

# Every reader and the model on a million inputs each.
fuzz() {
    command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --version 0.13.2 --locked --debug
    local target dictionary
    python3 fuzz/seeds.py
    for target in fit gpx tcx json csv ratings forecast; do
        dictionary=()
        case $target in
            gpx | tcx) dictionary=(-dict=fuzz/xml.dict) ;;
            json) dictionary=(-dict=fuzz/json.dict) ;;
        esac
        # Without sanitizers, for the code forbids unsafe; so the stable compiler will do.
        cargo fuzz run --sanitizer none "$target" -- -runs=1000000 -max_len=4096 -timeout=10 "${dictionary[@]}"
    done
    record "fuzzing" "a million inputs for each of seven targets: nothing found"
}

# Do the tests notice when the model is changed? Every fortieth change of its source that cargo-mutants knows.
mutants() {
    command -v cargo-mutants >/dev/null || cargo install cargo-mutants --version 27.1.0 --locked --debug
    cargo mutants --package eccentric --shard 0/40 --output target --no-shuffle -- --package eccentric --lib --tests |
        tee "$out" || true
    record "mutants" "$(tail -n 1 "$out")"
}

# Python package and C interface as they are published.
published() {
    PROFILE=release tools/test_python.sh
    PROFILE=release tools/test_c.sh
    record "published" "Python package and C interface pass their tests as built for a release"
}

parts=("$@")
(($#)) || parts=(people sampler fuzz mutants published)
for part in "${parts[@]}"; do
    [[ $(type -t "$part") == function ]] || { echo "unknown part $part" >&2; exit 2; }
done
for part in "${parts[@]}"; do
    step "$part"
    "$part"
done
