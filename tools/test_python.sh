#!/usr/bin/env bash
# Tests the Python package as people get it: builds the wheel, installs it into a fresh virtual
# environment with pinned packages, and runs its tests there.
#
#     tools/test_python.sh [pytest options]      PYTHON=python3.12 chooses the interpreter
#     tools/test_python.sh --bench               times it instead of testing it
#     PROFILE=release tools/test_python.sh       tests it optimised as it is published
set -euo pipefail
cd "$(dirname "$0")/../bindings/python"
[[ ${1:-} == --bench ]] && PROFILE=release
export PROFILE=${PROFILE:-dev}

# Always at the same place, for the build depends on it, and always made anew.
home="${CARGO_TARGET_DIR:-$PWD/../../target}/python"
mkdir -p "$home"
home=$(cd "$home" && pwd)
rm -rf "$home/wheel"
if ! "${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null; then
    apt-get update -q && apt-get install -y -q --no-install-recommends python3-venv
fi
"${PYTHON:-python3}" -m venv --clear "$home/venv"
python="$home/venv/bin/python"
"$python" -m pip install --quiet --disable-pip-version-check -r requirements-test.txt

"$home/venv/bin/maturin" build --profile "$PROFILE" --interpreter "$python" --out "$home/wheel"
"$python" -m pip install --quiet --disable-pip-version-check --no-deps "$home"/wheel/*.whl
ls -l "$home"/wheel

# From elsewhere, so that what is tested is what was installed.
project=$PWD
cd "$home"
if [[ ${1:-} == --bench ]]; then
    "$python" "$project/../../tools/bench_python.py"
    exit
fi
# The package and the command give the same numbers.
ECCENTRIC_COMMAND="$("$project/../../tools/build.sh")/eccentric"
export ECCENTRIC_COMMAND
"$python" -m mypy --config-file "$project/pyproject.toml" -p eccentric
"$python" -m mypy.stubtest --mypy-config-file "$project/pyproject.toml" eccentric._native
"$python" -m pytest -c "$project/pyproject.toml" --rootdir "$project" -p no:cacheprovider -rs \
    "$project/tests" --pyargs eccentric "$@"
