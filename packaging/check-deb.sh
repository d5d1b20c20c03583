#!/usr/bin/env bash
# Looks into the Debian packages: the server's brings no GDAL, choro-gdal's does, and both hold what they should.
#
#   packaging/check-deb.sh choro_0.1.0-1_amd64.deb choro-gdal_0.1.0-1_amd64.deb
#
# shellcheck disable=SC2317 # The conditions are called by `check`.
set -euo pipefail

server=${1:?expected the package of choro}
importer=${2:?expected the package of choro-gdal}
failed=0

check() { # check WHAT CONDITION..
    local what=$1
    shift
    if "$@" >/dev/null; then printf 'ok      %s\n' "$what"; else printf 'FAILED  %s\n' "$what"; failed=1; fi
}
no() { ! "$@"; }
depends() { dpkg-deb --field "$1" Depends; }
holds() { dpkg-deb --contents "$1" | grep -q " \./$2\$"; }
needs_gdal() { depends "$1" | grep -qi gdal; }
needs_libc() { depends "$1" | grep -q libc6; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dpkg-deb --extract "$server" "$folder"
links_gdal() { ldd "$folder/usr/bin/choro" | grep -qi gdal; }
runs() { "$folder/usr/bin/choro" --version; }

check "choro depends on libc" needs_libc "$server"
check "choro does not depend on GDAL" no needs_gdal "$server"
check "choro is not linked to GDAL" no links_gdal
check "choro runs" runs
for file in usr/bin/choro usr/lib/systemd/system/choro.service usr/lib/sysusers.d/choro.conf \
    usr/share/doc/choro/operations.md usr/share/doc/choro/choro.schema.json; do
    check "choro holds $file" holds "$server" "$file"
done
check "choro does not hold choro-gdal" no holds "$server" usr/bin/choro-gdal
check "choro-gdal holds usr/bin/choro-gdal" holds "$importer" usr/bin/choro-gdal
check "choro-gdal depends on GDAL" needs_gdal "$importer"
exit $failed
