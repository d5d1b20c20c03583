#!/usr/bin/env bash
# Installs what this checkout needs on Debian or Ubuntu. Says what it does and why; what is there already stays as it is.
#
#   scripts/setup.sh demo     C compiler, Node.js: what `choro` and its map page are built with
#   scripts/setup.sh build    and libgdal for `choro-gdal`
#   scripts/setup.sh lint     as build, with what looks at shell scripts and at the systemd unit
#   scripts/setup.sh bench    as build, with nginx, which the server is compared with
#   scripts/setup.sh test     as build, with Chromium, GDAL's tools and Python decoders, which read what Choro serves; schemathesis,
#                             which asks it by its OpenAPI document; PostgreSQL with PostGIS; a local object storage; strace,
#                             which makes reads and writes fail; faketime, which shows a program another time
#
# Nothing is put into the system but Debian packages; newer tools than the distribution's go to target/tools.
set -euo pipefail
cd "$(dirname "$0")/.."

level=${1:-test}
tools=$PWD/target/tools
node_version=22.12.0 # of the npm package `node`, for distributions whose own is too old for Vite 8

say() { printf 'setup: %s\n' "$*"; }
die() { printf 'setup: %s\n' "$*" >&2; exit 1; }
has() { type -P "$1" >/dev/null; }

case $level in
    demo | build | lint | bench | test) ;;
    *) die "level \"$level\" is not known: expected demo, build, lint, bench or test" ;;
esac

# --- Debian packages: collected first, then installed at once -------------------------------------------------------------

packages=()
need() { # need PACKAGE REASON
    say "$1 is missing: $2"
    packages+=("$1")
}

install_packages() {
    [ ${#packages[@]} -gt 0 ] || return 0
    has apt-get || die "this is not Debian or Ubuntu: install the equivalents of ${packages[*]} yourself, then run make again"
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || die "installing ${packages[*]} needs root: run as root, or install sudo"
        root=(sudo)
    fi
    say "installing ${packages[*]}"
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
    packages=()
}

# --- Node.js ----------------------------------------------------------------------------------------------------------------

# Vite 8 runs on 20.19 and later 20s, and on 22.12 and later.
node_fits() {
    has "$1" && "$1" -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1)'
}

newer_node() {
    local local_node=$tools/node_modules/node/bin/node
    if node_fits node || node_fits "$local_node"; then return 0; fi
    say "Node.js $(node --version) is too old for Vite 8: installing $node_version into target/tools with npm"
    mkdir -p "$tools"
    npm install --prefix "$tools" --no-save --no-audit --no-fund --loglevel=error "node@$node_version"
    node_fits "$local_node" || die "the npm package node@$node_version brought no Node.js that runs; install 20.19 or later yourself"
}

# --- Chromium ---------------------------------------------------------------------------------------------------------------

has_chromium() { has chromium || has chromium-browser || has google-chrome; }

# Ubuntu's package is an empty shell around a snap, which does not run in containers.
browser() {
    has_chromium && return 0
    if grep -qi '^ID=ubuntu' /etc/os-release; then
        has snap || die "Ubuntu ships Chromium as a snap, and there is no snap here: put a chromium or google-chrome in PATH"
        say "chromium is missing: the map page is tested in it; installing the snap"
        if [ "$(id -u)" -eq 0 ]; then snap install chromium; else sudo snap install chromium; fi
    else
        need chromium "the map page is tested in it"
    fi
}

# --- PostgreSQL ----------------------------------------------------------------------------------------------------------------

# Debian keeps the server's programs out of PATH.
has_postgres() {
    local initdb
    for initdb in /usr/lib/postgresql/*/bin/initdb; do
        [ ! -x "$initdb" ] || return 0
    done
    has initdb
}

# --- Python -----------------------------------------------------------------------------------------------------------------

python_tools() {
    local wanted=tests/clients/requirements.txt stamp=$tools/python/requirements.txt
    cmp -s "$wanted" "$stamp" && return 0
    say "installing the Python programs of $wanted into target/tools/python"
    python3 -m venv "$tools/python"
    "$tools/python/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$stamp"
}

# --- What each level needs ----------------------------------------------------------------------------------------------------

has cargo || die "cargo is missing: install Rust with rustup; rust-toolchain.toml then brings the version that this checkout uses"
has cc || need build-essential "the SQLite inside choro is compiled from C"
has pkg-config || need pkg-config "build scripts find libraries with it"
[ -e /etc/ssl/certs/ca-certificates.crt ] || need ca-certificates "npm and cargo check certificates against it"
if ! has node || ! has npm; then
    has node || need nodejs "the map page is built with it"
    has npm || need npm "it fetches the map page's packages"
fi
if [ "$level" != demo ]; then
    { has pkg-config && pkg-config --exists gdal; } || need libgdal-dev "choro-gdal reads GeoPackage, Shapefile and others with it"
fi
if [ "$level" = lint ]; then
    has shellcheck || need shellcheck "shell scripts are checked with it"
    has systemd-analyze || need systemd "its systemd-analyze rates the exposure of the unit in packaging/"
fi
if [ "$level" = bench ]; then
    # Debian keeps it out of an ordinary user's PATH.
    has nginx || [ -x /usr/sbin/nginx ] || need nginx "the benchmark compares with one that it starts on a port of its own"
fi
if [ "$level" = test ]; then
    has ogr2ogr || need gdal-bin "GDAL reads what Choro serves"
    compgen -G '/usr/share/postgresql/*/extension/postgis.control' >/dev/null ||
        need postgresql-postgis "boundaries are read from tables of PostGIS"
    has gzip || need gzip "an independent inflater"
    has_postgres || need postgresql "the tests run on it beside SQLite, in a server of their own"
    has python3 || need python3 "an independent tile decoder runs in it, and schemathesis"
    python3 -c 'import ensurepip' 2>/dev/null || need python3-venv "the Python programs get an environment of their own"
    has strace || need strace "reads and writes are made to fail with it"
    has faketime || need faketime "a program is shown another time with its library"
    has curl || need curl "docs/operations.md is walked with it"
    browser
fi
install_packages
newer_node
if [ "$level" = test ]; then python_tools; fi
say "all there for: $level"
