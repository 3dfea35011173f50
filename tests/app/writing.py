"""A report is written whole or not at all, and says the same every time."""
import os
import pathlib
import tempfile

from runs import AS_OF, ROOT, Checks, legwork

CHART = ROOT / "examples/amlodipine-and-iron.json"
checks = Checks()

with tempfile.TemporaryDirectory() as folder:
    default = legwork("report", CHART, *AS_OF, cwd=folder)
    checks.check(default.code == 0 and os.listdir(folder) == ["report.pdf"], f"report.pdf is the default: {default}")
    if checks.failed:
        checks.end()
    checks.check(not default.out and not default.err, f"a program that worked is silent: {default}")
    first = pathlib.Path(folder, "report.pdf").read_bytes()

    named = pathlib.Path(folder, "other.pdf")
    legwork("report", CHART, *AS_OF, "-o", named)
    checks.check(named.read_bytes() == first, "the same chart gives the same bytes")
    piped = legwork("report", CHART, *AS_OF, "-o", "-")
    checks.check(piped.out == first, "-o - writes to standard output")

    named.write_bytes(b"the old report")
    refused = legwork("report", ROOT / "tests/app", *AS_OF, "-o", named)
    checks.check(refused.code == 3 and named.read_bytes() == b"the old report", "a failed run leaves the old report")
    checks.check(sorted(os.listdir(folder)) == ["other.pdf", "report.pdf"], "no temporary file is left")

    os.mkdir(f"{folder}/reports")
    checks.one_message(legwork("report", CHART, *AS_OF, "-o", f"{folder}/reports"), f"{folder}/reports: is a folder",
                       "-o FOLDER")
    checks.one_message(legwork("report", CHART, *AS_OF, "-o", f"{folder}/none/r.pdf"), f"{folder}/none: is not there",
                       "-o into no folder")
    checks.one_message(legwork("report", CHART, *AS_OF, "-o", "/dev/full"), "/dev/full: does not fit", "a full disk")
checks.end()
