#!/usr/bin/env python3
"""serve.py [SECONDS]: what `legwork serve` bears, beside the least that a server on Beast can do.

wrk posts 100 KB of prefetch over 16 connections. Prints figures for people; run it on a quiet machine, with
`make benches` before. Everything in one table is measured in one run. `serve.py --long` makes a million requests
and prints the memory on the way.
"""

import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build/release"
LISTENING = re.compile(r"listening on (http://\S+)")
SIZE = 100_000
SERVICE = "/cds-services/legwork-patient-view"
OPERATION = "/fhir/$heavy-legs-report"
TICKS = 100  # of /proc/PID/stat, in a second

KEYS = {"MedicationRequest": "medications", "MedicationStatement": "statements", "Condition": "conditions",
        "Observation": "labs", "QuestionnaireResponse": "answers", "Procedure": "procedures", "DiagnosticReport": "imaging"}


def searchset(resources):
    return {"resourceType": "Bundle", "type": "searchset", "total": len(resources),
            "entry": [{"resource": one, "search": {"mode": "match"}} for one in resources]}


def resources():
    """A patient of the examples, with as many further results of the laboratory as make 100 KB."""
    chart = json.loads((ROOT / "examples/amlodipine-and-iron.json").read_text())
    all_of = [entry["resource"] for entry in chart["entry"]]
    more = next(one for one in all_of if one["resourceType"] == "Observation" and "valueQuantity" in one)
    at = 0
    while len(json.dumps(all_of)) < SIZE - 2000:
        at += 1
        all_of.append({**more, "id": f"more-{at}", "effectiveDateTime": f"{1990 + at % 30}-01-{at % 28 + 1:02}",
                       "code": {"coding": [{"system": "http://loinc.org", "code": "2160-0", "display": "Creatinine"}]}})
    return all_of


def request(all_of):
    patient = next(one for one in all_of if one["resourceType"] == "Patient")
    prefetch = {"patient": patient, **{key: searchset([one for one in all_of if one["resourceType"] == kind])
                                       for kind, key in KEYS.items()}}
    return {"hook": "patient-view", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
            "context": {"userId": "Practitioner/1", "patientId": patient["id"]}, "prefetch": prefetch}


class Running:
    """A server as a process of its own."""

    def __init__(self, *command):
        self.said = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(list(map(str, command)), stderr=self.said)
        while not (found := LISTENING.search(self.text())):
            if self.process.poll() is not None:
                sys.exit(f"{command[0]} ended: {self.text()}")
        self.url = found[1]

    def text(self):
        self.said.seek(0)
        return self.said.read()

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def stop(self):
        self.process.terminate()
        if self.process.wait() not in (0, -15):
            sys.exit(f"ended with {self.process.returncode}: {self.text()[-2000:]}")


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}[unit]


def wrk(server, path, body, seconds, connections=16, kind="application/json"):
    """Requests a second, p50 and p99 in milliseconds, processor microseconds a request, refusals."""
    with tempfile.TemporaryDirectory() as folder:
        payload, script = pathlib.Path(folder, "body"), pathlib.Path(folder, "post.lua")
        payload.write_bytes(body)
        script.write_text(f'wrk.method = "POST"\nwrk.headers["Content-Type"] = "{kind}"\n'
                          f'wrk.headers["Accept"] = "application/json"\nwrk.body = io.open("{payload}", "rb"):read("*a")\n')
        before = server.cpu()
        said = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script, server.url + path],
                              check=True, capture_output=True, text=True).stdout
        spent = server.cpu() - before
    count = int(re.search(r"(\d+) requests in", said)[1])
    if count == 0:
        sys.exit(f"no request was answered:\n{said}{server.text()[-2000:]}")
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return {"a second": float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), "requests": count,
            "p50": milliseconds(re.search(r"^ +50% +(\S+)$", said, re.MULTILINE)[1]), "p99": milliseconds(re.search(r"^ +99% +(\S+)$", said, re.MULTILINE)[1]),
            "cpu": spent / max(count, 1) * 1e6, "refused": int(refused[1]) if refused else 0}


def row(what, run, server):
    print(f"  {what:<46}{run['a second']:9.0f} /s   p50 {run['p50']:7.2f} ms   p99 {run['p99']:7.2f} ms   "
          f"{run['cpu']:6.0f} us CPU   {run['refused'] / max(run['requests'], 1):4.0%} refused   {server.memory():4.0f} MB",
          flush=True)


def legwork(*settings):
    sets = [word for setting in ("limits.requests-per-minute=0", *settings) for word in ("--set", setting)]
    return Running(BUILD / "legwork", "serve", "--listen", "127.0.0.1:0", *sets)


def target(server, all_of):
    """The card service; where there is none, the operation."""
    body = json.dumps(request(all_of)).encode()
    question = urllib.request.Request(server.url + SERVICE, body, {"Content-Type": "application/json"})
    try:
        urllib.request.urlopen(question)
        return SERVICE, body, "application/json"
    except urllib.error.HTTPError as error:
        if error.code != 404:
            sys.exit(f"{SERVICE}: {error.code} {error.read()[:500]}")
    chart = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in all_of]}
    return OPERATION, json.dumps(chart).encode(), "application/fhir+json"


def p99_of_accepted(server):
    """As the server's own log has it."""
    times = sorted(event["ms"] for line in server.text().splitlines() if line.startswith("{")
                   for event in [json.loads(line)] if event.get("status") == 200 and event.get("method") == "POST")
    return times[len(times) * 99 // 100] if times else float("nan")


def compare(seconds):
    all_of = resources()
    body = json.dumps(request(all_of)).encode()
    print(f"{len(body) / 1000:.0f} KB of prefetch, 16 connections, {seconds} s each")
    for threads in (1, 2):
        server = Running(BUILD / "bench/bench_echo", threads)
        bare = wrk(server, "/", body, seconds)
        row(f"bare Beast, parsed by simdjson, {threads} thread{'s' * (threads > 1)}", bare, server)
        server.stop()
    server = legwork("file-summary=false")
    nothing = b'{"resourceType":"Invoice","x":"' + b"x" * len(body) + b'"}'
    row("legwork: as much, of no use to anybody", wrk(server, OPERATION, nothing, seconds, kind="application/fhir+json"), server)
    path, body, kind = target(server, all_of)
    ours = wrk(server, path, body, seconds, kind=kind)
    row(f"legwork: {path}", ours, server)
    server.stop()
    print(f"  legwork makes {ours['a second'] / bare['a second']:.2f} of bare Beast's requests, with {ours['p99'] / bare['p99']:.1f} "
          "times its p99")
    server = legwork()
    row("legwork: with the PDF in a suggestion", wrk(server, path, body, seconds, kind=kind), server)
    server.stop()
    server = legwork("limits.queue=16", "file-summary=false")
    row(f"legwork: the same by 128 connections, queue 16", wrk(server, path, body, seconds, 128, kind), server)
    print(f"  p99 of those accepted: {p99_of_accepted(server):.2f} ms, by the server's log")
    server.stop()


def long(total=1_000_000):
    server = legwork("file-summary=false")
    path, body, kind = target(server, resources())
    done = 0
    while done < total:
        run = wrk(server, path, body, 20, kind=kind)
        done += run["requests"]
        row(f"{done} requests", run, server)
    server.stop()


resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
if "--long" in sys.argv:
    long()
else:
    compare(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
