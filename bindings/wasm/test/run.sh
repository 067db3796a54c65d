#!/usr/bin/env bash
# Tests the package as it is installed: packed, into an empty folder.
set -euo pipefail
cd "$(dirname "$0")"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
size="$(gzip -9c ../pkg/eccentric_bg.wasm ../pkg/eccentric.js | wc -c)"
printf 'module and its JavaScript: %d bytes gzipped\n' "$size"
# The aim is 400 KB; this keeps it from growing until it is reached.
(( size <= 460 * 1024 )) || { echo "more than 460 KB" >&2; exit 1; }
tarball="$(npm pack --silent --pack-destination "$folder" ../pkg)"
npm --prefix "$folder" install --silent --no-audit --no-fund "$folder/$tarball"
cp ./*.mjs types.ts tsconfig.json "$folder"
ln -s "$PWD/../node_modules/@types" "$folder/node_modules/@types"
../node_modules/.bin/tsc --noEmit --project "$folder/tsconfig.json"
ECCENTRIC_ROOT="$(realpath ../../..)" node --test "$folder"/*.test.mjs
