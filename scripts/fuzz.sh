#!/usr/bin/env bash
# Runs each fuzz target for a while (fuzz/README.md).
#
#   scripts/fuzz.sh SECONDS [TARGET..]
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:?how many seconds for each target}
shift
tools=$PWD/target/tools work=$PWD/target/fuzz
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for file in fuzz/fuzz_targets/*.rs; do
        targets+=("$(basename "$file" .rs)")
    done
fi

if ! PATH=$tools/bin:$PATH type -P cargo-fuzz >/dev/null; then
    echo "fuzz: cargo-fuzz is missing: installing it into target/tools"
    cargo install --quiet --locked cargo-fuzz --root "$tools"
fi
export PATH=$tools/bin:$PATH CARGO_TARGET_DIR=$work/build

# Without a sanitizer: the code is free of `unsafe`, and the stable compiler has none.
for target in "${targets[@]}"; do
    mkdir -p "$work/corpus/$target" "$work/artifacts/$target"
    [ -d "fuzz/seeds/$target" ] && cp -n "fuzz/seeds/$target"/* "$work/corpus/$target/"
    case $target in
        workbook) cp -n tests/fixtures/intake/*.xls* tests/fixtures/field/sheets/*.{xls,xlsx,xlsb,ods,xml} "$work/corpus/$target/" ;;
        delimited) cp -n tests/fixtures/it/*.csv "$work/corpus/$target/" ;;
        boundaries) cp -n tests/fixtures/it/*.geojson "$work/corpus/$target/" ;;
    esac
    echo "fuzz: $target for $seconds s"
    cargo fuzz run --sanitizer none "$target" "$work/corpus/$target" -- \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -artifact_prefix="$work/artifacts/$target/" -verbosity=0 -print_final_stats=1
done
