#!/usr/bin/env python3
"""group.py [EXPORT [TIMES]]: grouping an export by patient, beside DuckDB in the same run.

EXPORT (NDJSON, plain or .gz, ids that are UUIDs) is multiplied TIMES (14). Prints, for one thread and two: MB a second,
MB a second of processor time, and peak memory, with 20 MB for what waits; then the same for an export a quarter as large,
which must not be much faster. DuckDB is asked for the same fields by patient; it is left out where Python has no `duckdb`.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
GROUP = ROOT / "build/release/bench/bench_group"
ROUNDS = 5

DUCKDB = """
import duckdb, sys
base = duckdb.connect(config={"threads": int(sys.argv[2]), "memory_limit": "1GB"})
columns = {"resourceType": "VARCHAR", "id": "VARCHAR", "subject": "STRUCT(reference VARCHAR)",
           "patient": "STRUCT(reference VARCHAR)", "code": "JSON", "effectiveDateTime": "VARCHAR", "valueQuantity": "JSON"}
print(base.execute(f'''select count(*), sum(n) from (select coalesce(subject.reference, patient.reference, id) as who,
    count(*) as n, list(struct_pack(resourceType, code, effectiveDateTime, valueQuantity)) as facts
    from read_ndjson('{sys.argv[1]}/*.ndjson', columns={columns}, maximum_object_size=134217728) group by who)''').fetchall())
"""


def make(source, out, times):
    subprocess.run([sys.executable, ROOT / "bench/make_export.py", source, out, str(times)], check=True)
    return sum(path.stat().st_size for path in out.iterdir()) / 1e6


def ours(export, jobs):
    runs = [json.loads(subprocess.run([GROUP, export, "20", str(jobs)], check=True, text=True,
                                      stdout=subprocess.PIPE).stdout) for _ in range(ROUNDS)]
    return {key: statistics.median(run[key] for run in runs) for key in ("mb_s", "mb_cpu_s", "peak_mb")}


def duckdb(export, jobs, size):
    """The same by DuckDB; nothing where it is not installed."""
    runs = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-c", DUCKDB, export, str(jobs)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE)
        said = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            print(f"DuckDB: left out: {said.strip().splitlines()[-1:]}")
            return None
        cpu = usage.ru_utime + usage.ru_stime
        runs.append((size / (time.perf_counter() - begin), size / cpu, usage.ru_maxrss / 1024))
    return dict(zip(("mb_s", "mb_cpu_s", "peak_mb"), map(statistics.median, zip(*runs))))


def show(what, figures):
    print(f"{what:34} {figures['mb_s']:7.0f} MB/s {figures['mb_cpu_s']:7.0f} MB/s of processor {figures['peak_mb']:6.0f} MB")


def main():
    source = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared/data/export")
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 14
    if not source.is_dir():
        print(f"grouping: left out: no export in {source}")
        return
    with tempfile.TemporaryDirectory() as name:
        small, large = pathlib.Path(name, "small"), pathlib.Path(name, "large")
        make(source, small, max(1, times // 4))
        size = make(source, large, times)
        print(f"{size:.0f} MB, {times} copies of the export")
        for jobs in (1, 2):
            threads = f"{jobs} thread{'s' if jobs > 1 else ''}"
            mine, peer = ours(large, jobs), duckdb(large, jobs, size)
            show(f"legwork, {threads}", mine)
            if peer:
                show(f"DuckDB, {threads}", peer)
                print(f"{'ratio':34} {mine['mb_s'] / peer['mb_s']:7.2f}      {mine['mb_cpu_s'] / peer['mb_cpu_s']:7.2f}")
            show(f"legwork, a quarter, {threads}", ours(small, jobs))


if __name__ == "__main__":
    main()
