#!/usr/bin/env bash
# Tests the package as it is installed: packed, into an empty folder.
set -euo pipefail
cd "$(dirname "$0")"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
tarball="$(npm pack --silent --pack-destination "$folder" ../pkg)"
npm --prefix "$folder" install --silent --no-audit --no-fund "$folder/$tarball"
cp ./*.mjs types.ts tsconfig.json "$folder"
ln -s "$PWD/../node_modules/@types" "$folder/node_modules/@types"
../node_modules/.bin/tsc --noEmit --project "$folder/tsconfig.json"
TZ=UTC ECCENTRIC_ROOT="$(realpath ../../..)" node --test "$folder"/*.test.mjs
