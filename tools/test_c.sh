#!/usr/bin/env bash
# Tests the C interface as people get it: builds the libraries, compiles the example and the tests with the
# header, links them statically and dynamically, and runs all of it under valgrind.
#
#     tools/test_c.sh              CC=clang chooses the compiler
#     tools/test_c.sh --header     writes bindings/c/include/eccentric.h
#     tools/test_c.sh --bench      times it instead of testing it
#     PROFILE=release tools/test_c.sh    tests it optimised as it is published
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ${1:-} == --header ]]; then
    ECCENTRIC_WRITE_HEADER=1 cargo test --quiet --test header
    exit
fi

[[ ${1:-} == --bench ]] && export PROFILE=release
lib=$(tools/build.sh)
out="$lib/../c"
mkdir -p "$out"

flags=(-std=c11 -O2 -g -Wall -Wextra -Wpedantic -Werror -Ibindings/c/include)
# What the static library needs of the system.
system=(-lm -lpthread -ldl)
compile() { # output, sources
    local to=$1
    shift
    "${CC:-cc}" "${flags[@]}" "$@" "$lib/libeccentric_c.a" "${system[@]}" -o "$out/$to"
}

compile bench bindings/c/tests/bench.c
if [[ ${1:-} == --bench ]]; then
    "$out/bench"
    exit
fi

cargo test --quiet --test header
compile example bindings/c/example.c
compile race bindings/c/race.c
compile golden bindings/c/tests/golden.c
compile refused bindings/c/tests/refused.c
compile refused_ahead bindings/c/tests/refused_ahead.c
compile ahead bindings/c/tests/ahead.c
"${CC:-cc}" "${flags[@]}" bindings/c/example.c -L"$lib" -Wl,-rpath,"$lib" -leccentric_c -lm -o "$out/example-shared"
# The header is one for C++ too.
if command -v c++ >/dev/null; then
    c++ -std=c++17 -Wall -Wextra -Werror -fsyntax-only -x c++ bindings/c/include/eccentric.h
fi

# Nothing but the interface may be visible, and all of it.
visible=$(nm -D --defined-only "$lib/libeccentric_c.so" | awk '$2 == "T" { print $3 }' | sort)
declared=$(grep -oE '\beccentric_[a-z_]+\(' bindings/c/include/eccentric.h | tr -d '(' | sort -u)
# Functions are also named in comments: what is named must be there.
diff <(echo "$visible") <(echo "$declared")

if ! command -v valgrind >/dev/null; then
    apt-get update -q && apt-get install -y -q --no-install-recommends valgrind libc6-dbg
fi
check() { valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite,indirect,possible --error-exitcode=1 "$@"; }

python3 bindings/c/tests/golden.py tests/golden/cases.json tests/golden/bits.json >"$out/cases.txt"
"$out/golden" "$out/cases.txt"
check "$out/golden" "$out/cases.txt"
check "$out/example" samples/mountain_run.gpx 70 | tee "$out/static.txt"
check "$out/example-shared" samples/mountain_run.gpx 70 | diff - "$out/static.txt"
check "$out/race" samples/mountain_run.gpx 70 samples/week/*
check "$out/refused" samples/mountain_run.gpx
check "$out/refused_ahead" samples/mountain_run.gpx

# A race and the plans before it are, byte by byte, those of the command two hours east of Greenwich.
ours="$out/ahead-c" theirs="$out/ahead-command"
rm -rf "$ours" "$theirs"
mkdir "$ours" "$theirs"
check "$out/ahead" "$ours" samples/mountain_run.gpx samples/week/* >"$out/ahead.txt"
eccentric() {
    TZ=Etc/GMT-2 ECCENTRIC_CACHE="$out/cache" "$lib/eccentric" "$1" samples/mountain_run.gpx samples/week --json \
        --mass 70 --pack 4 --body-fat 16 "${@:2}"
}
known=(--profile "$ours/profile.json")
race=(race --start 2026-06-27T06:00:00Z)
plan=(plan --race 2026-06-27T06:00:00Z --plan "$theirs/kept.json")
printf 'distance_km,speed_m_s\n0,2.5\n10,2\n' >"$theirs/pace.csv"
eccentric "${race[@]}" "${known[@]}" --time 3:10 --level 0.8 --level 0.5 --clear-below 2 >"$theirs/race.json"
eccentric "${race[@]}" "${known[@]}" --time 3:10 --level 0.8 --level 0.5 --clear-below 2 --points 4096 >"$theirs/every.json"
eccentric "${race[@]}" --no-profile --pace-profile "$theirs/pace.csv" --points 50 >"$theirs/paced.json"
eccentric "${plan[@]}" "${known[@]}" --from 2026-06-05T06:00:00Z --hour 6 --rest-days 2 --block wed \
    --block 2026-06-20..2026-06-21 --slope -15 --week-points 80 --ics "$theirs/plan.ics" >"$theirs/plan.json"
cp "$theirs/kept.json" "$theirs/first.json"
eccentric "${plan[@]}" "${known[@]}" --from 2026-06-14T06:00:00Z --week-descent 500 >"$theirs/later.json"
for name in race.json paced.json plan.json plan.ics later.json; do
    cmp "$ours/$name" "$theirs/$name"
done
python3 bindings/c/tests/ahead.py "$theirs" "$ours/kept.json" <"$out/ahead.txt"
check "$out/bench" --short >/dev/null
echo "C interface: all passed"
