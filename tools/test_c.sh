#!/usr/bin/env bash
# Tests the C interface as people get it: builds the libraries, compiles the example and the tests with the
# header, links them statically and dynamically, and runs all of it under valgrind.
#
#     tools/test_c.sh              CC=clang chooses the compiler
#     tools/test_c.sh --header     writes bindings/c/include/eccentric.h
#     tools/test_c.sh --bench      times it instead of testing it
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ${1:-} == --header ]]; then
    ECCENTRIC_WRITE_HEADER=1 cargo test --quiet --package eccentric-c --test header
    exit
fi

target=$(cd "$(cargo metadata --format-version 1 --no-deps | python3 -c \
    'import json, os, sys; path = json.load(sys.stdin)["target_directory"]; os.makedirs(path, exist_ok=True); print(path)')" && pwd)
cargo build --release --package eccentric-c
lib="$target/release"
out="$target/c"
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

cargo test --quiet --package eccentric-c
compile example bindings/c/example.c
compile golden bindings/c/tests/golden.c
compile refused bindings/c/tests/refused.c
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
    if [[ $(id -u) == 0 ]]; then apt-get install -y valgrind; else sudo apt-get install -y valgrind; fi
fi
check() { valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite,indirect,possible --error-exitcode=1 "$@"; }

python3 bindings/c/tests/golden.py tests/golden/cases.json tests/golden/bits.json >"$out/cases.txt"
"$out/golden" "$out/cases.txt"
check "$out/golden" "$out/cases.txt"
check "$out/example" samples/mountain_run.gpx 70 | tee "$out/static.txt"
check "$out/example-shared" samples/mountain_run.gpx 70 | diff - "$out/static.txt"
check "$out/refused" samples/mountain_run.gpx
check "$out/bench" --short >/dev/null
echo "C interface: all passed"
