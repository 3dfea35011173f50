"""Recorded runs: tests/cases/<name>/ holds a chart, args.txt (what follows `legwork`, run in that folder;
default: `assess` of chart.*) and expect.txt (exit code, standard error, standard output).

UPDATE=1 writes what legwork says now into expect.txt: read the diff before you commit it."""
import os
import shlex

from runs import AS_OF, ROOT, Checks, legwork

checks = Checks()
for case in sorted((ROOT / "tests/cases").iterdir()):
    given = case / "args.txt"
    args = shlex.split(given.read_text()) if given.exists() else ["assess", next(case.glob("chart.*")).name]
    run = legwork(*args, *AS_OF, cwd=case)
    said = f"exit {run.code}\n--- standard error\n{run.err}--- standard output\n{run.out.decode()}"
    expect = case / "expect.txt"
    if os.environ.get("UPDATE"):
        expect.write_text(said)
    expected = expect.read_text() if expect.exists() else ""
    checks.check(said == expected, f"{case.name}: differs from {expect}; it says:\n{said}")
    checks.no_leak(run, case.name)
checks.end()
