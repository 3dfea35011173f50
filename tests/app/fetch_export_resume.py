"""`legwork fetch-export --resume` and `--cancel`: killed at any moment and gone on with, the folder is that of an unbroken
run, and the server is asked for one export only; until then there is nothing where `legwork batch` reads."""
import pathlib
import re
import signal
import subprocess
import tempfile
import time

from bulk_server import BulkServer, outcome, says
from fetching import EXPORT, NOW, check_run, check_whole, checks, files_of, names, run
from runs import LEGWORK


def begin(server, out, *args):
    return subprocess.Popen([LEGWORK, "fetch-export", server.base, "--out", out, *map(str, args)],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def check_kills(place):
    """Killed by the server itself, at each moment at which it is asked for something."""
    large = max(range(len(EXPORT)), key=lambda at: len(EXPORT[at].data))
    moments = {"the first poll": ("GET /fhir/job", 0), "the second poll": ("GET /fhir/job", 1),
               "the first file": ("GET /files/0", 0), "the fourth file": ("GET /files/3", 0),
               "the last file": (f"GET /files/{len(EXPORT) - 1}", 0), "the end": ("DELETE /fhir/job", 0)}
    for what, (asked, times) in moments.items():
        out, server = place / re.sub(r"\W", "-", "killed at " + what), BulkServer(EXPORT, waits=[NOW])
        held = {}

        def kill(handler):
            held["process"].kill()
            held["process"].wait()
            return handler.cut()
        server.fault(asked, *[lambda handler: None] * times, kill)
        with server:
            held["process"] = begin(server, out, "--jobs", "1")
            held["process"].wait()
            if what != "the end":
                checks.check(not list(out.glob("*.ndjson")), f"killed at {what}: half an export where batch reads")
            check_run(f"killed at {what}", run(server, out, "--resume"))
            check_whole(f"killed at {what}", server, out)
            checks.check(server.jobs == 1, f"killed at {what}: {server.jobs} exports were asked for")

    # In the middle of a file, many times over, and each time gone on with from there.
    out, server = place / "killed-often", BulkServer(EXPORT)
    held, kills = {}, 6
    data = EXPORT[large].data

    def kill_within(handler):
        begin_at = int(re.sub(r"\D", "", handler.headers.get("Range", "0")))
        handler.send_response(206 if begin_at else 200)
        handler.send_header("ETag", '"fixed"')
        handler.send_header("Content-Length", str(len(data) - begin_at))
        if begin_at:
            handler.send_header("Content-Range", f"bytes {begin_at}-{len(data) - 1}/{len(data)}")
        handler.end_headers()
        if kills == 0:
            handler.wfile.write(data[begin_at:])
            return True
        upto = begin_at + len(data) // 8
        handler.wfile.write(data[begin_at:upto])
        handler.wfile.flush()
        part = out / ".fetch" / f"{names(EXPORT)[large]}.part"
        end = time.monotonic() + 30
        while part.stat().st_size < upto and time.monotonic() < end:  # until it is on its way to the disk
            pass
        held["process"].kill()
        held["process"].wait()
        return handler.cut()
    server.fault(f"GET /files/{large}", *[kill_within] * (kills + 1))
    with server:
        while kills:
            held["process"] = begin(server, out, "--resume")
            held["process"].wait()
            kills -= 1
        check_run("killed within a file", run(server, out, "--resume"))
        check_whole("killed within a file", server, out)
        asked = [one.headers.get("Range", "") for one in server.seen if one.path == f"/files/{large}"]
        checks.check(len(set(asked)) == len(asked), f"killed within a file: began again from the same place: {asked}")


def check_folder(place):
    """A folder is of one download: begun, gone on with as it was begun, and finished."""
    with BulkServer(EXPORT).fault("GET /files/0", *[says(404)] * 9) as server:
        out = place / "one"
        check_run("broken off", run(server, out), 75)
        state = (out / ".fetch/state").read_text()
        checks.check((out / ".fetch/state").stat().st_mode & 0o077 == 0 or (out / ".fetch").stat().st_mode & 0o077 == 0,
                     "others may read the state")
        checks.check("secret-" not in state, "the state holds a token")
        check_run("begun twice", run(server, out), 42)
        check_run("gone on with by other options", run(server, out, "--resume", "--type", "Patient"), 42)
        server.faults.clear()
        check_run("gone on with", run(server, out, "--resume"))
        check_whole("gone on with", server, out)
        before = len(server.seen)
        check_run("finished", run(server, out, "--resume"))
        checks.check(len(server.seen) == before, "a finished download asks again")
        check_run("into a finished folder", run(server, out), 42)
    out, second = place / "two", []
    server = BulkServer(EXPORT).fault("GET /files/0", lambda handler: second.append(run(server, out, "--resume")))
    with server:
        check_run("the first of two", run(server, out))
        check_run("the second of two", second[0], 75)
        check_whole("two at a time", server, out)
    empty = place / "empty"
    empty.mkdir()
    with BulkServer(EXPORT) as server:
        check_run("into an empty folder, with --resume", run(server, empty, "--resume"))
        check_whole("into an empty folder", server, empty)


def check_cancel(place):
    for what, answer in (("cancelled", None), ("cancelled, gone there", says(404, outcome("not-found")))):
        with BulkServer(EXPORT).fault("GET /files/0", *[says(404)] * 9) as server:
            out = place / what.replace(", ", "-").replace(" ", "-")
            check_run(what, run(server, out), 75)
            server.faults = {"DELETE": [answer]} if answer else {}
            check_run(what, run(server, out, "--cancel"))
            checks.check(files_of(out) == {} and server.count("DELETE", "/fhir/job/1") == 1, f"{what}: {files_of(out).keys()}")
            check_run(f"{what} twice", run(server, out, "--cancel"), 42)
            check_run(f"{what}, begun anew", run(server, out))
    with BulkServer(EXPORT).fault("DELETE", *[says(500)] * 4) as server:
        done = run(server, place / "kept", "--jobs", "4")
        check_run("a server that keeps its job", done)
        checks.check("not needed any more" in done.err, f"a server that keeps its job: {done.err!r}")
    for what, number, deleted in (("Ctrl-C", signal.SIGINT, True), ("SIGTERM", signal.SIGTERM, False)):
        held, server = {}, BulkServer(EXPORT, waits=[{"Retry_After": "600"}])

        def interrupt(handler):
            handler.say(202, Retry_After="600")
            held["process"].send_signal(number)
            return True
        server.fault("GET /fhir/job", interrupt)
        with server:
            out = place / what
            held["process"] = begin(server, out)
            code = held["process"].wait(60)
            checks.check(code == 75, f"{what}: exit {code}")
            checks.check((server.deleted == ["/fhir/job/1"]) == deleted, f"{what}: jobs ended: {server.deleted}")
            server.ways.waits.clear()
            check_run(f"after {what}", run(server, out, "--resume"))
            checks.check(server.jobs == (2 if deleted else 1), f"after {what}: {server.jobs} exports asked for")


with tempfile.TemporaryDirectory() as name:
    work = pathlib.Path(name)
    check_kills(work)
    check_folder(work)
    check_cancel(work)
checks.end()
