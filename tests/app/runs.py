"""What the tests of whole runs share: starting legwork, and counting what went wrong."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass

from planted import NAMES_BY_SCRIPT

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEGWORK = pathlib.Path(sys.argv[1]).resolve()
AS_OF = ["--as-of", "2026-11-22"]
SKIPPED = 77

# Words that only patients in the charts of the tests are called by: no message may hold one.
PLANTED = ["Brightwater", "Odalys", "BW-204417", "Nguyễn", "Bích", "ND-550128", "Quillfeather", "Tobias",
           "QF-000317", "الزيتوني", "نهى", "ZT-881406", "Vandersloot", "Ikenna", "VS-731905", "Święcichowska",
           "Zofia", "SW-610022", "Kjærvik", "Solveig", "KV-118230", "Iturriagagoitia", "Ramón", "IT-402277",
           "Plumwhistle", "Eudora", "Okafor", "Cholmondeley", "Ermintrude", "FC-909090", "Sandringham",
           "XT-700001",
           *NAMES_BY_SCRIPT.values()]


@dataclass
class Run:
    code: int
    out: bytes
    err: str
    peak_mb: float


def examples():
    return sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".json", ".ndjson", ".xml"))


def legwork(*args, stdin=b"", cwd=None, env=None):
    """Runs legwork and waits for it. A run that takes more than two minutes is a failure."""
    # ASan keeps freed memory for a while: little of it, or the peak would measure ASan.
    settings = {**os.environ, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1",
                **(env or {})}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        process = subprocess.Popen([LEGWORK, *map(str, args)], stdin=given, stdout=out, stderr=err, cwd=cwd,
                                   env=settings)
        watch = threading.Timer(120, process.kill)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Run(process.returncode, out.read(), err.read().decode(errors="replace"), usage.ru_maxrss / 1024)


class Checks:
    """Counts failures, and ends the program with them."""

    def __init__(self):
        self.failed = 0
        self.made = 0

    def check(self, good, says):
        self.made += 1
        if not good:
            self.failed += 1
            print(f"FAIL {says}")

    def no_leak(self, run, what):
        leaked = [word for word in PLANTED if word in run.err]
        self.check(not leaked, f"{what}: patient data on standard error")

    def one_message(self, run, where, what):
        """Exit 3 with one line that says where and why, and nothing about the patient."""
        lines = run.err.splitlines()
        self.check(run.code == 3, f"{what}: exit {run.code}, expected 3; {run.err[:300]!r}")
        self.check(len(lines) == 1, f"{what}: {len(lines)} lines on standard error: {run.err[:600]!r}")
        self.check(run.err.startswith(f"legwork: {where}"), f"{what}: does not name {where}: {run.err[:300]!r}")
        self.check(run.out == b"", f"{what}: wrote to standard output")
        self.no_leak(run, what)

    def end(self):
        print(f"{self.made - self.failed} of {self.made} checks passed")
        sys.exit(self.failed > 0 or self.made == 0)


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def assess_json(*args):
    """An assessment as a value. Where there is none, nothing after it can be tested."""
    run = legwork("assess", *args, "--format", "json", *AS_OF)
    if run.code not in (0, 1):
        sys.exit(f"FAIL legwork assess {' '.join(map(str, args))}: exit {run.code}: {run.err[:2000]}")
    return json.loads(run.out)
