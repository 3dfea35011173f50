#!/usr/bin/env python3
"""run.py [CHARTS]: what legwork costs, and what the peers from npm cost in the same run.

Prints figures for people. Run it on a quiet machine, with `make bench`, which builds what it needs.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build/release"
PEERS = ROOT / "bench/peers"
ROUNDS = 5
COLD_STARTS = 15


def charts_folder():
    shared = ROOT.parent / "shared/data/charts"
    named = sys.argv[1:] or [shared if shared.is_dir() else ROOT / "examples"]
    return pathlib.Path(named[0]).resolve()


def figures(command, **more):
    """The figures that a program prints as one line of JSON."""
    return json.loads(subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE,
                                     **more).stdout)


def cold(arguments):
    """Medians for the command line on one chart: wall and processor milliseconds, peak megabytes."""
    runs = []
    for _ in range(COLD_STARTS):
        begin = time.perf_counter()
        process = subprocess.Popen([BUILD / "legwork", *arguments], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"legwork {arguments[0]} ended with {process.returncode}")
        runs.append(((time.perf_counter() - begin) * 1e3, (used.ru_utime + used.ru_stime) * 1e3,
                     used.ru_maxrss / 1024))
    return [statistics.median(column) for column in zip(*runs)]


def peers(folder):
    """None, with a word, where Node is not."""
    if not shutil.which("npm"):
        print("peers: no npm here, so nothing to compare with (nodejs 18 or later is needed)")
        return None
    if not (PEERS / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=PEERS, check=True)
    return figures(["node", PEERS / "chart_to_pdf.mjs", folder, str(ROUNDS)])


def main():
    folder = charts_folder()
    environment = dict(os.environ, LEGWORK_CHARTS=str(folder))
    for question in ["read_chart", "assess", "lay_out", "draw", "units"]:
        subprocess.run([BUILD / "bench" / f"bench_{question}"], env=environment, check=True)

    ours = figures([BUILD / "bench/bench_whole", str(10 * ROUNDS)], env=environment)
    theirs = peers(folder)
    ours_again = figures([BUILD / "bench/bench_whole", str(10 * ROUNDS)], env=environment)
    ours = min(ours, ours_again, key=lambda run: run["ms a chart"])

    print(f"\n{ours['charts']} charts of {ours['MB a chart']:.2f} MB ({folder}); processor time")
    for stage in ["read", "assess", "lay out", "draw"]:
        print(f"  {stage:<12}{ours[stage]:9.3f} ms a chart")
    print(f"  {'all':<12}{ours['ms a chart']:9.3f} ms a chart   "
          f"{ours['charts a second']:.0f} charts/s, reading {ours['read MB/s']:.0f} MB/s, "
          f"{ours['KB a PDF']:.0f} KB a PDF, at most {ours['peak MB']:.0f} MB resident")
    if theirs:
        print(f"  {'npm':<12}{theirs['ms a chart']:9.3f} ms a chart   fhirpath.js by type and "
              f"pdfkit: {theirs['ms a chart'] / ours['ms a chart']:.1f} times as long, "
              f"{theirs['KB a PDF']:.0f} KB a PDF, at most {theirs['peak MB']:.0f} MB resident")

    chart = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_size)[-1]
    with tempfile.TemporaryDirectory() as scratch:
        for arguments in (["report", chart, "--as-of", "2026-11-22", "-o", f"{scratch}/r.pdf"],
                          ["assess", chart, "--as-of", "2026-11-22", "--format", "json"],
                          ["--version"]):
            wall, cpu, peak = cold(arguments)
            print(f"  legwork {arguments[0]:<10} {wall:6.1f} ms from start to end, {cpu:.1f} ms of "
                  f"processor time, {peak:.0f} MB")


main()
