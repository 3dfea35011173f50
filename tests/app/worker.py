"""The worker protocol: `legwork records | sort | legwork worker | legwork collect`, in one pipe or in shards, gives what
`legwork batch` gives; a worker's memory does not grow with its input; and nothing half is ever taken for a chart."""
import base64
import collections
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading

import batch_export as export
from runs import AS_OF, LEGWORK, PLANTED, ROOT, Checks, legwork

checks = Checks()
CHARTS = export.charts(24)
LINES = export.lines_by_type(CHARTS)
END = b"~end\t{}\n"


def sort(records):
    """As `LC_ALL=C sort` does."""
    return b"".join(line + b"\n" for line in sorted(records.split(b"\n")) if line)


class Place:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.key = export.write_key(self.folder)
        self.count = 0

    def new(self):
        self.count += 1
        return self.folder / f"out{self.count}"

    def run(self, what, *args, stdin=b"", code=0):
        run = legwork(*args, stdin=stdin)
        checks.check(run.code == code, f"{what}: {args[0]}: exit {run.code}, expected {code}: {run.err[-600:]}")
        checks.no_leak(run, what)
        return run

    def batch(self, source, *args, code=0):
        out = self.new()
        self.run("batch", "batch", source, "--out", out, "--key", self.key, *AS_OF, *args, code=code)
        return out

    def work(self, what, records, *args, code=0):
        return self.run(what, "worker", "--key", self.key, *AS_OF, *args, stdin=records, code=code).out

    def collect(self, what, results, *args, out=None, code=0):
        out = out or self.new()
        self.run(what, "collect", "--out", out, *args, stdin=results, code=code)
        return out


def values(results):
    return list(map(json.loads, results.splitlines()))


def patients(results):
    return {one["key"]: one for one in values(results) if "key" in one}


def rejects(results):
    return [one["reject"] for one in values(results) if "reject" in one]


def check_same_as_batch(place, what, folder, code=0):
    """In one pipe and in five shards, with reports in the lines or in the folder."""
    expected = export.comparable(place.batch(folder, code=code))
    records = sort(place.run(what, "records", folder, code=code).out)
    partial = code if b"OperationOutcome\t" in records else 0
    results = place.work(what, records, code=partial)
    checks.check(export.comparable(place.collect(what, results, code=code)) == expected, f"{what}: not the files of a batch")

    shards, out = place.new(), place.new()
    place.run(what, "records", folder, "--shards", "5", "--out", shards, "--jobs", "2", code=code)
    parts = []
    for shard in sorted(shards.iterdir()):
        parts.append(out.with_suffix(f".{shard.stem}"))
        parts[-1].write_bytes(place.work(what, sort(shard.read_bytes()), "--out", out, code=partial))
    checks.check(len(parts) == 5, f"{what}: {len(parts)} shards")
    place.collect(what, b"", *reversed(parts), out=out, code=code)
    checks.check(export.comparable(out) == expected, f"{what}: shards: not the files of a batch")
    return records, results


def by_files(place, folder, cut=None):
    """The records of an export whose files somebody else lists, reads and cuts, as Spark does."""
    names = "\n".join(sorted(path.name for path in folder.iterdir()))
    plan = json.loads(place.run("plan", "records", "--plan", folder, stdin=names.encode()).out)
    gone = [one["name"] for one in plan["files"] if one["holds"] == "deletions"]
    records = plan["records"].encode()
    for name in gone:
        run = legwork("records", "--stdin", name, "--deletions", stdin=(folder / name).read_bytes())
        records += run.out
    deleted = place.folder / "deleted"
    deleted.write_bytes(b"".join(line + b"\n" for line in records.split(b"\n") if line.startswith(b"deleted\t")))
    for one in plan["files"]:
        if one["name"] in gone:
            continue
        data = (folder / one["name"]).read_bytes()
        middle = data.find(b"\n", len(data) // 2) + 1 if cut and one["lines"] else 0
        for at, part in [(0, data[:middle]), (middle, data[middle:])] if middle else [(0, data)]:
            run = legwork("records", "--stdin", one["name"], "--at", at, "--deleted", deleted, stdin=part)
            checks.check(run.code in (0, 1), f"{one['name']}: exit {run.code}: {run.err}")
            checks.no_leak(run, one["name"])
            records += run.out
    read = collections.Counter()
    for line in records.split(b"\n"):
        if line.startswith(b"lines\t"):
            counts = json.loads(line.split(b"\t")[-1])
            read[counts["file"]] += counts["read"]
    short = [one["name"] for one in plan["files"] if read[one["name"]] < one.get("promised", 0)]
    checks.check(short == ["Procedure.ndjson"], f"files cut short: {short}")
    records += b"export\t" + json.dumps({"shortFiles": short}).encode() + b"\nOperationOutcome\t{}\n"
    return sort(records)


def check_files_apart(place, folder):
    expected = export.comparable(place.batch(folder, code=1))
    for cut in (False, True):
        what = f"files apart{', cut' if cut else ''}"
        resolved = sort(place.run(what, "resolve", stdin=by_files(place, folder, cut), code=1).out)
        checks.check(b"\nIdentifier/" not in resolved, f"{what}: identifiers are left")
        results = place.work(what, resolved, code=1)
        checks.check(export.comparable(place.collect(what, results, code=1)) == expected, f"{what}: not the files of a batch")


def check_lines(place, records):
    """A line that is none costs itself; what is not sorted or ends too early is nobody's chart."""
    good = patients(place.work("good", records))
    name, first = next((key, one) for key, one in good.items() if one["fate"] == "reported")
    checks.check(base64.b64decode(first["pdf"]).startswith(b"%PDF-"), "the report is in the line")
    checks.check(first["assessment"]["patient"]["reference"] == name, "the assessment is in the line")
    bad = {b"no tab": "is no record: a key, a tab and a JSON object",
           b"Patient/q1\tone\ttwo": "is no record: a key, a tab and a JSON object",
           b"Patient/q1\t{\"resource\":": "is no JSON object",
           b"Patient/q1\t{}]},{\"resource\":{}}": "is no JSON object",
           b"Quarrel/1\t{}": "has a key that is none of a patient",
           b"Identifier/a|b\t{\"patient\":\"Patient/q1\"}": "waits for its patient: send the lines through `legwork resolve`"}
    results = place.work("bad lines", sort(records + b"\n".join(bad) + b"\n"), code=1)
    checks.check(patients(results) == good, "bad lines: they cost more than themselves")
    checks.check(sorted(one["why"] for one in rejects(results)) == sorted(bad.values()), f"bad lines: {rejects(results)}")
    # What is sent to no purpose counts: the records of the map no longer add up.
    place.collect("bad lines", results, code=75)

    own = b"\n".join(b"\t".join(line.split(b"\t")[::3]) for line in records.splitlines() if line.startswith(b"Patient/"))
    unordered = patients(place.work("key and JSON alone", own + b"\n" + END))
    checks.check({key: one["fate"] for key, one in unordered.items()} == {key: one["fate"] for key, one in good.items()},
                 "a key and an entry are enough")
    alone = place.collect("key and JSON alone", place.work("key and JSON alone", own + b"\n" + END))
    checks.check(json.loads((alone / "manifest.json").read_text())["patients"]["seen"] == 24, "own records are collected")

    out = place.new()
    first_lines = [line for line in records.splitlines(keepends=True) if line.startswith(b"Patient/")]
    run = place.run("not sorted", "worker", "--key", place.key, "--out", out, *AS_OF, code=42,
                    stdin=b"".join(first_lines[-5:] + first_lines[:5]) + END)
    checks.check("LC_ALL=C sort" in run.err, f"not sorted: {run.err}")
    cut = b"".join(first_lines[:len(first_lines) // 2])
    done = patients(place.work("cut short", cut, code=75))
    last = cut.splitlines()[-1].split(b"\t")[0].decode()
    checks.check(last not in done and done.items() <= good.items(), "the patient whose records end too early is not made")
    place.collect("cut short", place.work("cut short", cut, code=75), code=75)

    big = f"Patient/big\t{{\"resource\":{{\"resourceType\":\"Patient\",\"id\":\"big\",\"x\":\"{'x' * 200_000}\"}}}}\n".encode()
    results = place.work("too large", sort(big + records), "--limit", "100KB", code=1)
    checks.check("let --limit be larger" in patients(results).pop("Patient/big")["why"], "who has too much is rejected")
    checks.check(len(patients(results)) == 25, "and nobody else")


def check_collect(place, records, results):
    """What is missing, twice, or of another run is found."""
    rows = results.splitlines(keepends=True)
    place.collect("a patient twice", results + results, code=42)
    place.collect("a torn line", results[:-20], code=75)
    place.collect("a lost line", b"".join(row for row in rows if b"\"ended\"" not in row), code=75)
    other = legwork("worker", "--key", place.key, "--as-of", "2026-11-23", stdin=END).out
    place.collect("another day", results + other, code=42)
    half = sort(b"".join(line for line in records.splitlines(keepends=True) if not line.startswith(b"Patient/q1")))
    place.collect("a shard is missing", place.work("half", half), code=75)
    out = place.collect("whole", results)
    place.collect("a finished run", results, out=out, code=42)
    gone = place.new()
    elsewhere = place.work("reports elsewhere", records, "--out", place.new())
    place.collect("reports elsewhere", elsewhere, out=gone, code=75)


def start(place, out):
    return subprocess.Popen([LEGWORK, "worker", "--key", place.key, "--out", out, *AS_OF], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def check_streaming(place, records):
    """Each result comes when its patient is complete, while the parent holds the rest back; killed then, nothing is half."""
    expected = patients(place.work("whole", records))
    out = place.new()
    process = start(place, out)
    at = records.index(b"\n", records.rindex(b"Patient/q2\t")) + 1
    # From a thread of its own: who writes first and reads then waits for the worker, which waits to be read.
    feeding = threading.Thread(target=lambda: (process.stdin.write(records[:at]), process.stdin.flush()))
    feeding.start()
    watch = threading.Timer(120, process.kill)
    watch.start()
    complete = sorted(key for key in expected if key < "Patient/q2")
    seen = [json.loads(process.stdout.readline() or "{}") for _ in range(1 + len(complete))]
    feeding.join()
    checks.check([one.get("key") for one in seen[1:]] == complete, "results come as soon as they can")
    process.send_signal(signal.SIGKILL)
    process.wait()
    watch.cancel()
    made = {path.stem for path in out.rglob("*.pdf")}
    checks.check(made == {one["name"] for one in seen[1:] if one["fate"] == "reported"} and made,
                 "a report is on disk before its line is written")
    place.collect("again after SIGKILL", place.work("again", records, "--out", out), out=out)
    checks.check(export.comparable(out) == export.comparable(place.collect("whole", place.work("whole", records))), "killed: not the same")
    checks.check(not list(out.rglob("*.part")), "nothing half is left")

    process = start(place, place.new())
    process.stdout.close()
    try:
        process.stdin.write(records)
        process.stdin.close()
    except BrokenPipeError:
        pass
    checks.check(process.wait(120) == -signal.SIGPIPE, f"nobody reads the results: exit {process.returncode}")


def check_scripts(place, folder):
    """What Kubernetes and Slurm start for each shard, here one after the other, and one of them twice."""
    expected = export.comparable(place.batch(folder))
    steps = ROOT / "examples/worker"
    for script, index in (("shard.sh", "JOB_COMPLETION_INDEX"), ("slurm.sh", "SLURM_ARRAY_TASK_ID")):
        run = place.new()
        place.run(script, "records", folder, "--shards", "3", "--out", run / "records")
        shutil.copy(place.key, run / "key")
        environment = {**os.environ, "LEGWORK": str(LEGWORK), "RUN": str(run), "AS_OF": AS_OF[1], "STEPS": str(steps)}
        environment.pop("JOB_COMPLETION_INDEX", None)
        environment.pop("SLURM_ARRAY_TASK_ID", None)

        def start_shard(shard):
            return subprocess.run(["sh", steps / script], env={**environment, **shard}, capture_output=True, text=True)
        for shard in ("0", "1", "2", "1"):
            done = start_shard({index: shard})
            checks.check(done.returncode == 0, f"{script} {shard}: exit {done.returncode}: {done.stderr}")
        checks.check(start_shard({}).returncode not in (0, 1), f"{script}: it needs to know which shard it is")
        place.collect(script, b"", *sorted((run / "results").iterdir()), out=run)
        cut = (run / "records/0001.records")
        cut.write_bytes(cut.read_bytes()[:-len(END)])
        checks.check(start_shard({index: "1"}).returncode == 75, f"{script}: a shard that was not written to its end")
        for folder_of_steps in ("records", "results"):
            shutil.rmtree(run / folder_of_steps)
        checks.check(export.comparable(run) == expected, f"{script}: not the files of a batch")


def check_memory(place):
    """Ten times the patients, and not ten times the memory."""
    peaks = []
    for count in (30, 300):
        folder = export.write_plain(place.folder / f"many{count}", export.lines_by_type(export.charts(count)))
        records = sort(place.run("memory", "records", folder).out)
        run = place.run("memory", "worker", "--key", place.key, "--out", place.new(), *AS_OF, stdin=records)
        checks.check(len(patients(run.out)) == count, f"memory: {len(patients(run.out))} of {count} patients")
        peaks.append(run.peak_mb)
    bound = peaks[0] * 1.25 + 8
    checks.check(peaks[1] < bound, f"memory: {peaks[0]:.0f} MB for 30 patients, {peaks[1]:.0f} MB for 300")


with tempfile.TemporaryDirectory() as name:
    here = Place(name)
    os.environ["TMPDIR"] = name
    plain = export.write_plain(here.folder / "plain", LINES)
    some, made = check_same_as_batch(here, "plain", plain)
    hard = export.write_hard(here.folder / "hard", CHARTS)
    (hard / "Broken.ndjson.gz").write_bytes(b"this is no gzip")
    check_same_as_batch(here, "hard", hard, code=1)
    check_files_apart(here, hard)
    check_lines(here, some)
    check_collect(here, some, made)
    check_streaming(here, some)
    check_scripts(here, plain)
    check_memory(here)
    here.run("no export", "records", here.folder / "none", code=42)
    here.run("no name of an export", "records", "--stdin", "notes.txt", code=42)
    here.run("no key", "worker", *AS_OF, code=2)
    checks.check(not list(here.folder.glob("legwork-records-*")), "nothing is left where identifiers waited")
    checks.check(not any(word in path.as_posix() for path in here.folder.rglob("*") for word in PLANTED),
                 "a file is called by a patient's data")
checks.end()
