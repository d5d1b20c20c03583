#!/usr/bin/env bash
# Takes the symbols out of programs, and keeps them in PROGRAM.debug beside each, where debuggers and `addr2line` look for them.
#
#   packaging/strip.sh PROGRAM..
set -euo pipefail

for program in "$@"; do
    # A program that was stripped before has nothing left to keep.
    if readelf --section-headers --wide "$program" | grep -q ' \.debug_line '; then
        objcopy --only-keep-debug "$program" "$program.debug"
        strip "$program"
        (cd "$(dirname "$program")" && objcopy --add-gnu-debuglink="$(basename "$program").debug" "$(basename "$program")")
    fi
    printf 'strip: %s has %s bytes, its symbols %s\n' "$program" "$(stat -c %s "$program")" "$(stat -c %s "$program.debug")"
done
