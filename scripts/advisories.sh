#!/usr/bin/env bash
# Known faults of crates: cargo-deny, or else cargo-audit, with the database of RustSec. Fails when it has one of a crate that is in
# Cargo.lock. Where there is neither tool nor database it says so loudly and fails nothing: the database lies on a host that not
# every machine reaches. The least versions in deny.toml hold everywhere (scripts/packages.mjs).
set -euo pipefail
cd "$(dirname "$0")/.."

database=https://github.com/RustSec/advisory-db
home=${CARGO_HOME:-$HOME/.cargo}

say() { printf 'advisories: %s\n' "$*"; }
unchecked() {
    say "NOT CHECKED: $*"
    exit 0
}
reachable() { GIT_TERMINAL_PROMPT=0 timeout 15 git ls-remote --quiet "$database" HEAD >/dev/null 2>&1; }
# cargo-deny keeps its copy in a folder of folders, cargo-audit in one.
fetched() { compgen -G "$home/advisory-dbs/*" >/dev/null || [ -d "$home/advisory-db" ]; }

if type -P cargo-deny >/dev/null; then
    with_copy=(cargo deny --workspace --all-features check --disable-fetch advisories)
    afresh=(cargo deny --workspace --all-features check advisories)
elif type -P cargo-audit >/dev/null; then
    with_copy=(cargo audit --no-fetch --stale)
    afresh=(cargo audit)
else
    unchecked "neither cargo-deny nor cargo-audit is installed (cargo install --locked cargo-deny)"
fi

if reachable; then
    "${afresh[@]}"
elif fetched; then
    say "the database cannot be reached: looking into the copy in $home"
    "${with_copy[@]}"
else
    unchecked "the database cannot be reached ($database), and there is no copy in $home"
fi
