#!/bin/sh
# One shard of a run (docs/worker.md): sorts its records, makes its reports, keeps its results. Kubernetes or Slurm say which.
#   LEGWORK   the program
#   RUN       folder on a disk that all machines share: records/ and key in it, reports/ and results/ out of it
#   AS_OF     the day to judge charts on
set -eu
shard=$(printf '%04d' "${JOB_COMPLETION_INDEX:-${SLURM_ARRAY_TASK_ID:?is not set: which shard is it?}}")
mkdir -p "$RUN/results"
part="$RUN/results/$shard.part"
code=0
# Were `sort` killed, the worker would miss the line that ends its records, and exit with 75.
LC_ALL=C sort "$RUN/records/$shard.records" |
  "$LEGWORK" worker --key "$RUN/key" --as-of "$AS_OF" --out "$RUN" >"$part" || code=$?
case $code in
  0 | 1) mv "$part" "$RUN/results/$shard.ndjson" ;;  # 1: done, and the results say what was rejected
  *) exit "$code" ;;                                 # 75: again; 2, 3, 42: again is of no use
esac
