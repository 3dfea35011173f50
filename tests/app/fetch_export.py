"""`legwork fetch-export` against a server with faults on order: what it leaves in the folder is the server's export, byte
for byte, or nothing; and no output holds what the server says of anybody."""
import email.utils
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time

import batch_export as export
from bulk_server import TIME, BulkServer, Entry, cuts, outcome, says
from fetching import EXPORT, NOW, check_run, check_whole, check_works, checks, expected, files_of, run
from runs import AS_OF, LEGWORK, legwork


def check_request(place, what, args, method, path, query="", parameters=None):
    with BulkServer(EXPORT[:1]) as server:
        check_run(what, run(server, place / re.sub(r"\W+", "-", what), *args))
        asked = server.seen[0]
        checks.check((asked.method, asked.path, asked.query) == (method, "/fhir" + path, query),
                     f"{what}: asked {asked.method} {asked.path}?{asked.query}")
        if parameters is not None:
            sent = json.loads(asked.body)
            checks.check(sent == {"resourceType": "Parameters", "parameter": parameters}, f"{what}: sent {sent}")
            checks.check(asked.headers["Content-Type"] == "application/fhir+json", f"{what}: Content-Type")


def check_requests(place):
    check_request(place, "all patients", [], "GET", "/Patient/$export")
    check_request(place, "a group", ["--group", "g-1.2"], "GET", "/Group/g-1.2/$export")
    check_request(place, "the system", ["--system"], "GET", "/$export")
    check_request(place, "by GET with all", ["--type", "Patient,Condition", "--since", "2026-01-02T03:04:05+01:00",
                                             "--type-filter", "Observation?code=1|2&x=y", "--param", "_elements=id"],
                  "GET", "/Patient/$export",
                  "_type=Patient%2CCondition&_since=2026-01-02T03%3A04%3A05%2B01%3A00"
                  "&_typeFilter=Observation%3Fcode%3D1%7C2%26x%3Dy&_elements=id")
    check_request(place, "by POST with all",
                  ["--method", "post", "--group", "g", "--type", "Patient,Condition", "--patient", "a,b", "--since",
                   "2026-01-02T03:04:05Z", "--type-filter", "Observation?code=1,2", "--type-filter", "Condition?x=y"],
                  "POST", "/Group/g/$export", parameters=[
                      {"name": "_type", "valueString": "Patient"}, {"name": "_type", "valueString": "Condition"},
                      {"name": "_since", "valueInstant": "2026-01-02T03:04:05Z"},
                      {"name": "_typeFilter", "valueString": "Observation?code=1,2"},
                      {"name": "_typeFilter", "valueString": "Condition?x=y"},
                      {"name": "patient", "valueReference": {"reference": "Patient/a"}},
                      {"name": "patient", "valueReference": {"reference": "Patient/b"}}])
    check_request(place, "since an earlier one", ["--since", place / "all-patients"], "GET", "/Patient/$export",
                  "_since=" + TIME.replace(":", "%3A"))
    with BulkServer(EXPORT[:1]) as server:
        done = run(server, place / "difference", "--since", TIME)
        checks.check(b"no whole charts" in done.out, f"a difference is not told from an export: {done.out!r}")
    for args in (["--patient", "a"], ["--group", "../x"], ["--type", "Patient?x"], ["--since", "yesterday"],
                 ["--group", "a", "--system"], ["--resume", "--cancel"], ["--method", "put"], ["--jobs", "0"]):
        done = legwork("fetch-export", "http://127.0.0.1:9", "--out", place / "never", *args)
        check_run(f"misuse {args}", done, 2)
    for base in ("http://ehr.example.org/fhir", "ftp://127.0.0.1/", "fhir"):
        check_run(f"base {base}", legwork("fetch-export", base, "--out", place / "never"), 2)
    checks.check(not (place / "never").exists(), "a wrong command line makes a folder")


# Kick-off and polling

def check_kick_off(place):
    check_works("a relative Content-Location", place, BulkServer(EXPORT, location="relative"))
    busy = BulkServer(EXPORT).fault("GET /fhir/Patient", says(429, **NOW), says(503, outcome("transient"), **NOW))
    check_works("busy at the kick-off", place, busy)
    for what, server, words in (
            ("no Content-Location", BulkServer(EXPORT, location="absent"), "Content-Location"),
            ("refused", BulkServer(EXPORT).fault("GET /fhir/Patient", says(400, outcome("not-supported"))),
             "400 (not-supported)"),
            ("a name in place of a code", BulkServer(EXPORT).fault("GET /fhir/Patient", says(422, outcome("Brightwater"))),
             "answered 422"),
            ("a token is asked for", BulkServer(EXPORT).fault("GET /fhir/Patient", says(401)), "--client-id")):
        out = place / what.replace(" ", "-")
        with server:
            done = run(server, out)
            check_run(what, done, 42)
            checks.check(words in done.err, f"{what}: does not say {words}: {done.err!r}")
            checks.check(not out.exists(), f"{what}: leaves a folder")


def check_polling(place):
    soon = {"Retry_After": email.utils.formatdate(time.time() + 1, usegmt=True)}
    waits = [NOW, {**NOW, "X_Progress": "Odalys Brightwater, 50%"}, soon, {}]
    check_works("not yet", place, BulkServer(EXPORT, waits=waits))
    server = BulkServer(EXPORT, waits=[NOW]).fault(
        "GET /fhir/job", says(503, outcome("transient"), **NOW), says(500, outcome("timeout"), **NOW), says(429, **NOW), cuts,
        says(502, b"<html>", **NOW))
    check_works("trouble while polling", place, server)
    for status, body, code in ((500, outcome("exception"), 75), (500, b"", 75), (404, outcome("not-found"), 42),
                               (410, b"", 42), (400, outcome("processing"), 42)):
        what = f"failed with {status} {str(body)[:8]}"
        out = place / f"failed-{status}-{len(body)}"
        with BulkServer(EXPORT).fault("GET /fhir/job", says(status, body)) as server:
            done = run(server, out)
            check_run(what, done, code)
            checks.check(str(status) in done.err, f"{what}: does not say so: {done.err!r}")
            checks.check(set(files_of(out)) == {".fetch/lock", ".fetch/state"}, f"{what}: left {sorted(files_of(out))}")
    with BulkServer(EXPORT, waits=[{"Retry_After": "3600"}]) as server:
        began = time.monotonic()
        done = run(server, place / "patience", "--timeout", "5s")
        check_run("patience ends", done, 75)
        checks.check("--timeout" in done.err and time.monotonic() - began < 60, f"patience: {done.err!r}")


def check_terminal(place):
    """Who looks on sees what the server says of its progress; nothing in it steers the terminal."""
    main, side = os.openpty()
    server = BulkServer(EXPORT[:1], waits=[{"Retry_After": "1", "X_Progress": "40%\x1b[2J of it"}])
    with server:
        process = subprocess.Popen([LEGWORK, "fetch-export", server.base, "--out", place / "terminal"],
                                   stdout=subprocess.DEVNULL, stderr=side)
        os.close(side)
        said = b""
        try:
            while piece := os.read(main, 4096):
                said += piece
        except OSError:  # the other side is closed: the end of a terminal
            pass
        os.close(main)
        checks.check(process.wait() == 0, "terminal: exit")
    checks.check("40%\N{REPLACEMENT CHARACTER}[2J of it".encode() in said and b"\x1b[2J" not in said, f"terminal: {said!r}")


def check_manifest(place):
    check_works("three pages", place, BulkServer(EXPORT, page_size=5))
    check_works("pages with trouble", place, BulkServer(EXPORT, page_size=5).fault(
        "GET /fhir/job", says(503, outcome("transient"), **NOW), lambda handler: None, says(429, **NOW)))
    out = check_works("as Bulk Data 4 has it", place, BulkServer(
        EXPORT, error_list="outcome", extra={"manifestType": "bulk", "outputFormat": "ndjson",
                                             "extension": [{"url": "urn:example:1"}]}))
    manifest = json.loads((out / "manifest.json").read_text())
    checks.check(manifest["extension"] == [{"url": "urn:example:1"}] and len(manifest["outcome"]) == 1, f"Bulk Data 4: {manifest}")
    for what, body in (("no JSON", b"<html>Brightwater"), ("no transactionTime", {"output": []}),
                       ("http elsewhere", {"transactionTime": TIME, "output": [
                           {"type": "Patient", "url": "http://ehr.example.org/Brightwater"}]}),
                       ("no address", {"transactionTime": TIME, "output": [{"type": "Patient"}]})):
        with BulkServer(EXPORT).fault("GET /fhir/job", says(200, body)) as server:
            check_run(what, run(server, place / what.replace(" ", "-")), 42)
    hostile = [Entry("output", "../../Brightwater", b'{"a":1}\n'), Entry("output", "Patient", b'{"a":1}\n')]
    with BulkServer(hostile) as server:
        out = place / "hostile"
        check_run("a type that is a path", run(server, out))
        checks.check(set(files_of(out)) == {"manifest.json", "output.0001.ndjson", "Patient.0001.ndjson"},
                     f"a type that is a path: {sorted(files_of(out))}")


def check_files(place):
    large = max(range(len(EXPORT)), key=lambda at: len(EXPORT[at].data))
    size = len(EXPORT[large].data)
    for what, ways, resumed in (("cut, with ranges", {}, True), ("cut, without ranges", {"ranges": False}, False),
                                ("cut, without ETag", {"etag": False}, False), ("cut, packed", {"gzip": True}, True)):
        server = BulkServer(EXPORT, **ways)
        until = size // 3 if not ways.get("gzip") else 200
        server.fault(f"GET /files/{large}", lambda handler, s=server: s.send_file(handler, EXPORT[large].data, until) or True)
        check_works(what, place, server, "--jobs", "3")
        again = [one.headers.get("Range") for one in server.seen if one.path == f"/files/{large}"]
        checks.check(len(again) == 2 and (again[1] is not None) == (ways.get("etag", True)), f"{what}: asked {again}")
        if resumed:
            checks.check(again[1] == f"bytes={until}-", f"{what}: asked for {again[1]}, not from {until}")

    changed = BulkServer(EXPORT)
    changed.fault("GET /files/1", lambda handler: changed.send_file(handler, b'{"other":1}\n' * 40, 100) or True)
    check_works("another file under the same address", place, changed)
    checks.check(changed.count("GET", "/files/1") == 2, "another file under the same address: parts of two were joined")
    check_works("packed", place, BulkServer(EXPORT, gzip=True))
    check_works("without a length", place, BulkServer(EXPORT, with_length=False))
    trouble = BulkServer(EXPORT).fault("GET /files/0", cuts, says(429, **NOW), says(503, **NOW), says(500, outcome("transient"), **NOW))
    check_works("trouble with a file", place, trouble)
    torn = BulkServer(EXPORT, with_length=False)
    torn.fault("GET /files/0", lambda handler: torn.send_file(handler, EXPORT[0].data[:-5]) or True)
    check_works("a torn end that no length tells", place, torn)
    page = BulkServer(EXPORT).fault("GET /files/0", says(200, b"<html>sign in"))
    check_works("a page in place of a file", place, page)
    moved = BulkServer(EXPORT).fault("GET /files/0", says(307, Location="/files/0?v=0&moved"))
    check_works("redirected", place, moved)

    expired = BulkServer(EXPORT, expires=True)
    expired.fault("GET /files/0", says(403, b"<Error/>")).fault("GET /files/2", says(404)).fault("GET /files/3", says(410))
    check_works("expired addresses", place, expired, "--jobs", "1")
    checks.check(expired.version > 1, "expired addresses: the manifest was not read again")
    lost = BulkServer(EXPORT).fault("GET /files/0", *[says(404)] * 9)
    with lost:
        out = place / "lost"
        done = run(lost, out)
        check_run("a file that is not there", done, 75)
        checks.check(not list(out.glob("*.ndjson")) and not (out / "manifest.json").exists(), "lost: half an export")
        lost.faults.clear()
        check_run("a file that is there again", run(lost, out, "--resume"))
        check_whole("a file that is there again", lost, out)


def check_counts(place):
    wrong = [Entry("output", "Patient", b'{"a":1}\n\n{"b":2}', 5), Entry("output", "Condition", b"", 0)]
    with BulkServer(wrong) as server:
        out = place / "counts"
        done = run(server, out)
        check_run("a wrong count", done, 1)
        checks.check("Patient.0001.ndjson" in done.err, f"a wrong count: {done.err!r}")
        listed = json.loads((out / "manifest.json").read_text())["output"]
        checks.check(listed[0]["count"] == 5 and listed[0]["lines"] == 2 and "lines" not in listed[1], f"counts: {listed}")
        checks.check(server.count("GET", "/files/0") == 2, "a wrong count: it was not fetched twice")
        checks.check(run(server, out, "--resume").code == 1, "a finished run says again what it lacked")
    told = [*EXPORT, Entry("error", "OperationOutcome", json.dumps(outcome("processing")).encode() + b"\n")]
    with BulkServer(told) as server:
        out = place / "errors"
        done = run(server, out)
        check_run("errors of the server", done, 1)
        check_whole("errors of the server", server, out, told)
        checks.check("error.0002.ndjson" in done.err, f"errors: names no file: {done.err!r}")
        batch = legwork("batch", out, "--out", place / "errors-batch", *AS_OF)
        checks.check(batch.code == 1, f"batch does not see the server's errors: exit {batch.code}: {batch.err[-300:]}")


def check_batch(place):
    """What comes of the download is what comes of the files themselves."""
    key = place / "batch-key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    original = place / "original"
    original.mkdir()
    for name, data in expected(EXPORT).items():
        (original / name).write_bytes(data)
    server = BulkServer(EXPORT, gzip=True, page_size=4)
    out = check_works("for batch", place, server)
    (original / "manifest.json").write_bytes((out / "manifest.json").read_bytes())
    results = []
    for source in (original, out):
        result = place / f"batch-of-{source.name}"
        done = legwork("batch", source, "--out", result, "--key", key, *AS_OF)
        checks.check(done.code == 0, f"batch of {source.name}: exit {done.code}: {done.err[-300:]}")
        results.append(export.tree(result))
    checks.check(results[0] == results[1], "batch makes something else of the download")
    checks.check(sum(name.endswith(".pdf") for name in results[0]) > 10, "batch made hardly any report")


with tempfile.TemporaryDirectory() as name:
    work = pathlib.Path(name)
    check_requests(work)
    check_kick_off(work)
    check_polling(work)
    check_terminal(work)
    check_manifest(work)
    check_files(work)
    check_counts(work)
    check_batch(work)
checks.end()
