"""Stands in for `legwork serve` with the routes that the page needs, each answered by the command line."""

import json
import pathlib
import re
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROOT = pathlib.Path(__file__).resolve().parents[3]
PAGE = ROOT / "plugin/page"
KINDS = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
         ".json": "application/json", ".svg": "image/svg+xml"}
PAGES = {"/": "index.html", "/launch": "launch.html", "/app": "app.html"}
FORMATS = {"application/pdf": "pdf", "text/html": "html", "application/fhir+json": "fhir", "text/plain": "text"}


class StandIn(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a browser opens many connections at once

    def __init__(self, legwork, ehr):
        super().__init__(("127.0.0.1", 0), Handler)
        self.legwork, self.ehr = legwork, ehr
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.asked, self.log = [], []
        document = {"contentTypes": ["application/pdf"], "inlineLimit": 750_000}
        self.config = {"clients": [{"name": f"ehr{at}", "iss": iss, "clientId": "legwork-page", "document": document}
                                   for at, iss in enumerate([*ehr.bases(), f"{ehr.origin}/elsewhere"])],
                       "tryout": True, "languages": ["en", "es"], "examples": ["amlodipine-and-iron.json", "one-leg-sudden.json"]}
        self.policy = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                       f"connect-src 'self' {ehr.origin}; frame-src blob:; base-uri 'none'; form-action 'none'; "
                       f"frame-ancestors {ehr.origin} http://localhost:{ehr.server_port}")
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, status, body, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", self.server.policy)
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path == "/app/config":
            return self.send(200, json.dumps(self.server.config).encode(), "application/json")
        name = PAGES.get(path) or (path.removeprefix("/page/") if path.startswith("/page/") else None)
        file = PAGE / name if name else ROOT / path.lstrip("/") if re.fullmatch(r"/examples/[\w-]+\.json", path) else None
        if file is None or not file.is_file() or ".." in path:
            return self.send(404, b"", "text/plain")
        self.send(200, file.read_bytes(), KINDS[file.suffix])

    def outcome(self, status, text):
        self.send(status, json.dumps({"resourceType": "OperationOutcome", "issue": [
            {"severity": "error", "code": "invalid", "diagnostics": text}]}).encode(), "application/fhir+json")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path != "/app/report":
            return self.outcome(404, "unknown")
        accept = self.headers["Accept"]
        try:
            chart, answers, given, suffix = ((body, None, {}, ".xml") if "xml" in self.headers["Content-Type"]
                                             else json_parameters(body))
        except (ValueError, KeyError):
            return self.outcome(400, "expected Parameters with chart")
        self.server.asked.append({"accept": accept, **{name: given.get(name) for name in ("notSeen", "subject", "template")}})
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, f"chart{suffix}")
            file.write_bytes(chart)
            command = ["assess", file, "--format", "json"] if accept == "application/json" else \
                ["report", file, "--format", FORMATS[accept], "-o", "-"]
            command += ["--as-of", given.get("asOf", ["2026-11-22"])[0]]
            if answers:
                pathlib.Path(folder, "answers.json").write_bytes(answers)
                command += ["--answers", f"{folder}/answers.json"]
            if accept != "application/json" and "template" in given:
                command += ["--template", given["template"][0], *(["--lang", given["language"][0]] if "language" in given else [])]
            run = subprocess.run([self.server.legwork, *command], capture_output=True, timeout=60)
        if run.returncode > 1:
            return self.outcome(422, run.stderr.decode().strip()[:300].replace(folder, ""))
        self.send(200, run.stdout, accept)


def json_parameters(body):
    given, chart, answers = {}, None, None
    for part in json.loads(body)["parameter"]:
        if part["name"] == "chart":
            chart = part["resource"]
        elif part["name"] == "answers":
            answers = json.dumps(part["resource"]).encode()
        elif part["name"] == "subject":
            given["subject"] = [part["valueReference"]["reference"]]
        else:
            given.setdefault(part["name"], []).append(next(value for key, value in part.items() if key.startswith("value")))
    # The digits as they were sent, not as Python would write them.
    start = body.index(b'"resource":') + len(b'"resource":')
    text = body[start:].decode()
    _, end = json.JSONDecoder().raw_decode(text)
    if chart is None:
        raise KeyError("chart")
    return text[:end].encode(), answers, given, ".json"
