#!/usr/bin/env bash
# Builds the npm package and the page and tests both as people use them: the package from its tarball in
# Node, the page in a browser. Installs what it needs.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/steps.sh

step "wasm target"
# The one part that comes from no package registry.
if ! { rustup target add wasm32-unknown-unknown && rustup component add rust-src; }; then
    echo "SKIPPED: the wasm target of the compiler can't be had here, so npm package and page are not tested"
    exit
fi

step browser
if ! command -v chromium >/dev/null; then
    apt-get update -q && apt-get install -y -q --no-install-recommends chromium
fi
CHROMIUM="$(command -v chromium)"
export CHROMIUM

step build
tools/build_wasm.sh
ECCENTRIC="$(tools/build.sh)/eccentric"
export ECCENTRIC

step "package in Node"
bindings/wasm/test/run.sh

step "page in a browser"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
npm --prefix web/test ci --no-audit --no-fund --silent
(cd web/test && npx playwright test)

step size
size="$(npm pack --json --dry-run ./bindings/wasm/pkg | node -p 'JSON.parse(fs.readFileSync(0))[0].size')"
printf 'npm package: %d bytes gzipped\n' "$size"
(( size <= 500000 )) || { echo "more than 500 KB" >&2; exit 1; }
