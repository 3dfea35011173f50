"""No name of a patient gets from a request into the log, the metrics or an error, wherever it stands."""
import json
import urllib.parse

from running import Server, talk
from runs import PLANTED, ROOT, Checks

checks = Checks()
CHART = json.loads((ROOT / "examples/amlodipine-and-iron.json").read_text())
REPORT = "/fhir/$heavy-legs-report"
FHIR = {"Content-Type": "application/fhir+json"}


def leaks(text):
    return [name for name in PLANTED if name in text or urllib.parse.quote(name) in text]


for log in ("json", "text"):
    with Server(f'log-format = "{log}"\ncors-origins = ["https://ehr.example.org"]\n') as server:
        answers = []
        for name in PLANTED:
            quoted = urllib.parse.quote(name)
            word = quoted.encode()
            raw = name.encode()
            answers += [
                server.ask("GET", f"/{quoted}")[2],
                server.ask("GET", f"/healthz?patient={quoted}")[2],
                server.ask("POST", f"{REPORT}?subject={quoted}", json.dumps({"resourceType": name}), FHIR)[2],
                server.ask("POST", REPORT, raw, FHIR)[2],
                server.ask("POST", REPORT, raw, {"Content-Type": f"text/{quoted}"})[2],
                server.ask("GET", "/healthz", None, {"X-Request-Id": quoted, "User-Agent": quoted, "Authorization": quoted,
                                                     "Origin": f"https://{quoted}", "Referer": quoted, quoted[:20]: "x"})[2],
                talk(server, word + b" /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                talk(server, b"GET /healthz HTTP/1.1\r\nHost: " + word + b"\r\nHost: x\r\n\r\n"),
                talk(server, b"GET /" + raw + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                talk(server, b"GET /healthz " + raw + b"\r\n\r\n"),
            ]
        chart = {**CHART, "entry": [{**one, "resource": {**one["resource"], "id": f"Odalys-{at}"}}
                                    for at, one in enumerate(CHART["entry"])]}
        status = server.ask("POST", REPORT, json.dumps(chart), {**FHIR, "Accept": "application/pdf"})[0]
        checks.check(status == 200, f"a chart with a name in each id is taken: {status}")
        metrics = server.ask("GET", "/metrics")[2].decode()
        checks.check('route="heavy-legs-report"' in metrics or "legwork_http_requests_total" in metrics, "there are metrics")
        checks.check('method="other"' in metrics, "a method that is none is counted as other")
        checks.check(not leaks(metrics), f"metrics ({log})")
        for answer in answers:
            checks.check(not leaks(answer.decode(errors="replace")), f"an answer: {answer[:300]!r}")
    checks.check(not leaks(server.err), f"log ({log}): {[line for line in server.err.splitlines() if leaks(line)][:3]}")
    requests = len([line for line in server.said if "request" in line and "status" in line])
    checks.check(requests > 10 * len(PLANTED), f"all requests are in the log ({log}): {requests}")
    if log == "json":
        for event in server.events():
            unknown = set(event) - {"time", "level", "event", "id", "route", "method", "status", "bytes_in", "bytes_out",
                                    "ms", "client", "why"}
            checks.check(not unknown, f"a line of the log has more than it should: {unknown}")
checks.end()
