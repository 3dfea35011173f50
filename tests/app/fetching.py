"""What the tests of `legwork fetch-export` share: an export, and whether a folder holds it."""
import json
import re

import batch_export as export
from bulk_server import TIME, Entry, outcome
from runs import Checks, legwork

checks = Checks()
NOW = {"Retry_After": "0"}


def entries():
    """Two files of one type, one of each other, deletions, and a file of errors that is none."""
    lines = export.lines_by_type(export.charts(24))
    made = []
    for kind, some in sorted(lines.items()):
        half = len(some) // 2 if kind == "Observation" else len(some)
        for part in (some[:half], some[half:]):
            if part:
                made.append(Entry("output", kind, "\n".join(part).encode(), len(part)))
    deletion = {"resourceType": "Bundle", "type": "transaction",
                "entry": [{"request": {"method": "DELETE", "url": "Condition/none-such"}}]}
    made.append(Entry("deleted", "Bundle", json.dumps(deletion).encode() + b"\n", 1))
    made.append(Entry("error", "OperationOutcome", json.dumps(outcome("informational", "information")).encode(), 1))
    return made


EXPORT = entries()


def names(some):
    """What each file is called in the folder."""
    numbers, made = {}, []
    for entry in some:
        stem = entry.type if entry.list == "output" else entry.list
        numbers[stem] = numbers.get(stem, 0) + 1
        made.append(f"{stem}.{numbers[stem]:04}.ndjson")
    return made


def expected(some):
    return {name: entry.data for name, entry in zip(names(some), some)}


def files_of(folder):
    """The files, and the manifest's addresses without the port, which is another for each server."""
    held = export.tree(folder) if folder.is_dir() else {}
    return {name: re.sub(rb"127\.0\.0\.1:\d+", b"host", data) for name, data in held.items()}


def run(server, out, *args, env=None):
    return legwork("fetch-export", server.base, "--out", out, *args, env=env)


def check_run(what, done, code=0):
    checks.check(done.code == code, f"{what}: exit {done.code}, expected {code}: {done.err[-400:]!r}")
    checks.no_leak(done, what)
    for word in ("Brightwater", "secret-", "Bearer", "eyJ"):
        checks.check(word not in done.err + done.out.decode(), f"{what}: says {word}: {done.err[-300:]!r}")


def check_whole(what, server, out, some=None):
    some = some or EXPORT
    held = files_of(out)
    manifest = json.loads(held.pop("manifest.json", b"{}"))
    checks.check(held == expected(some), f"{what}: the folder holds {sorted(held)}, or other bytes")
    checks.check(manifest.get("transactionTime") == TIME, f"{what}: manifest {str(manifest)[:300]}")
    listed = [one["url"] for name in ("output", "deleted", "error", "outcome") for one in manifest.get(name, [])]
    checks.check(sorted(listed) == sorted(names(some)), f"{what}: the manifest lists {listed}")
    checks.check("link" not in manifest, f"{what}: the manifest has pages still")
    checks.check(not server.wrong, f"{what}: {server.wrong}")
    checks.check(server.deleted == ["/fhir/job/1"], f"{what}: jobs ended: {server.deleted}")


def check_works(what, place, server, *args, code=0, env=None, some=None):
    out = place / re.sub(r"\W+", "-", what)
    with server:
        done = run(server, out, *args, env=env)
        check_run(what, done, code)
        check_whole(what, server, out, some)
    return out
