#!/usr/bin/env bash
# Builds the npm package in bindings/wasm/pkg and what the page loads of it in web/pkg.
set -euo pipefail
cd "$(dirname "$0")/.."

# Once: rustup target add wasm32-unknown-unknown && rustup component add rust-src
target="${CARGO_TARGET_DIR:-target}"
package=bindings/wasm/pkg
[[ -x bindings/wasm/node_modules/.bin/wasm-opt ]] || npm --prefix bindings/wasm ci --no-audit --no-fund
# The standard library is built along, for size and without the texts of panics: nothing here panics, and
# a trap is all that a page would see. The stable compiler does that only when it is told so.
RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort" cargo build --locked --quiet \
    -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size --target-dir "$target/small" \
    --profile wasm --target wasm32-unknown-unknown --package eccentric-wasm
rm -rf "$package" && mkdir -p "$package"
# It runs for a second: to optimise it would take longer.
cargo run --locked --quiet --config profile.dev.opt-level=0 --package eccentric-wasm-bindgen -- \
    "$target/small/wasm32-unknown-unknown/wasm/eccentric_wasm.wasm" "$package"
module="$package/eccentric_bg.wasm"
bindings/wasm/node_modules/.bin/wasm-opt -Oz --strip-debug --enable-bulk-memory --enable-mutable-globals \
    --enable-nontrapping-float-to-int --enable-sign-ext --enable-reference-types --enable-multivalue \
    "$module" -o "$module"
rm -f "$package/eccentric_bg.wasm.d.ts"
cp bindings/wasm/npm/{node.js,browser.js,index.d.ts,package.json,README.md} LICENSE-* "$package"

# A server that does not compress would make the page three times as large.
mkdir -p web/pkg
cp "$package/eccentric.js" web/pkg
gzip -9nc "$module" > web/pkg/eccentric_bg.wasm.gz
printf 'wasm %d bytes, gzipped %d\n' "$(stat -c %s "$module")" "$(stat -c %s web/pkg/eccentric_bg.wasm.gz)"

# What the service worker keeps, with a hash that changes when anything does.
cd web
files=(index.html style.css app.js worker.js store.js manifest.webmanifest icon.svg pkg/eccentric.js pkg/eccentric_bg.wasm.gz)
release="$(cat "${files[@]}" sw.js | sha256sum | cut -c 1-16)"
{
    printf 'self.RELEASE = "%s";\n' "$release"
    printf 'self.FILES = ["./"'
    printf ', "%s"' "${files[@]}"
    printf '];\n'
} > pkg/files.js
printf 'page %d bytes\n' "$(cat "${files[@]}" sw.js pkg/files.js | wc -c)"
