#!/bin/sh
# run.sh FOLDER: runs each fuzzer in the folder for FUZZ_SECONDS, as many at once as there are
# processors. New inputs are kept beside the fuzzers; those that break stand in FOLDER/broken/.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
mkdir -p broken
for fuzzer in fuzz_*; do
  [ -x "$fuzzer" ] && echo "$fuzzer"
done | xargs -P "$(nproc)" -I '{}' sh -euc '
  target=${1#fuzz_}
  mkdir -p "found/$target"
  if ! "./$1" -max_total_time="$FUZZ_SECONDS" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
      -artifact_prefix="broken/$target-" "found/$target" "$2/corpus/$target" >"$1.log" 2>&1; then
    tail -n 60 "$1.log"
    exit 1
  fi
  echo "$1: $(grep "^Done" "$1.log")"
' sh '{}' "$here"
