"""An EHR as the page meets one: an authorization server that is strict about SMART App Launch 2.2, and a guard before the
FHIR server that lets through what a token's scopes allow. What else real ones do is asked for with each launch."""

import base64
import hashlib
import http.client
import json
import re
import secrets
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CLIENT = "legwork-page"
# As EHRs embed apps: nothing that a page may do is given for granted.
FRAME = """<!DOCTYPE html><html lang="en"><title>EHR</title><style>body {{margin: 0}}</style>
<iframe title="app" name="app" src="{src}" width="{width}" height="{height}" style="border:0"
 sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-downloads"></iframe></html>"""


class Ehr(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a browser opens many connections at once

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.fhir_port = None     # of the FHIR server behind; set when that runs
        self.redirect = None      # the page's registered redirect address
        self.launches, self.codes, self.tokens = {}, {}, {}
        self.faults, self.posted, self.authorized, self.seen = [], [], [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def bases(self):
        return [f"{self.origin}/fhir", f"{self.origin}/r4/"]  # the second with relative endpoints


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, status, body=b"", kind="application/json", **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin") or "*")
        self.send_header("Access-Control-Allow-Headers", "authorization, content-type, accept, prefer, if-none-exist")
        self.send_header("Access-Control-Allow-Methods", "GET, POST")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def outcome(self, status, text):
        self.send(status, {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing",
                                                                         "diagnostics": text}]}, "application/fhir+json")

    def fault(self, says):
        self.server.faults.append(says)
        self.send(400, {"error": "invalid_request", "error_description": says})

    def do_OPTIONS(self):
        self.send(204)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/test/frame":
            return self.send(200, FRAME.format(src=query["src"].replace("&", "&amp;"), width=query["width"],
                                               height=query["height"]).encode(), "text/html")
        if url.path == "/test/seen":
            server = self.server
            return self.send(200, {name: getattr(server, name) for name in ("faults", "posted", "authorized", "seen")})
        if url.path == "/elsewhere/.well-known/smart-configuration":
            return self.send(200, {"authorization_endpoint": f"{self.server.origin}/auth/authorize",
                                   "token_endpoint": "https://192.0.2.8/token"})
        if url.path in ("/fhir/.well-known/smart-configuration", "/r4/.well-known/smart-configuration"):
            if "json" not in self.headers.get("Accept", ""):
                self.server.faults.append("discovery without Accept: application/json")
            old = url.path.startswith("/r4")  # as servers of SMART 1 are
            origin = "" if old else self.server.origin
            return self.send(200, {"issuer": self.server.origin, "authorization_endpoint": f"{origin}/auth/authorize",
                                   "token_endpoint": f"{origin}/auth/token", "code_challenge_methods_supported": ["S256"],
                                   "capabilities": ["launch-ehr", "launch-standalone", "client-public", "permission-v1" if old else "permission-v2"]})
        if url.path == "/auth/authorize":
            return self.authorize(query)
        return self.fhir("GET", b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/test/launch":
            name = secrets.token_urlsafe(8)
            self.server.launches[name] = json.loads(body)
            return self.send(200, {"launch": name})
        if self.path == "/auth/token":
            return self.token(dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True)))
        return self.fhir("POST", body)

    def authorize(self, query):
        server = self.server
        if query.get("redirect_uri") != server.redirect:
            return self.fault(f"redirect_uri {query.get('redirect_uri')}")
        if query.get("client_id") != CLIENT or query.get("response_type") != "code":
            return self.fault("client_id or response_type")
        if query.get("aud") not in server.bases():
            return self.fault(f"aud {query.get('aud')}")
        if query.get("code_challenge_method") != "S256" or len(query.get("code_challenge", "")) != 43:
            return self.fault("no PKCE with S256")
        if len(query.get("state", "")) < 32 or query["state"] in [one["state"] for one in server.authorized]:
            return self.fault("state too short, or used before")
        scopes = query.get("scope", "").split()
        launch = server.launches.get(query.get("launch"), None) if "launch" in query else {"patient": "a-p1"}
        if launch is None or ("launch" in query) != ("launch" in scopes) or ("launch" in query) == ("launch/patient" in scopes):
            return self.fault("launch and scope do not fit")
        server.authorized.append(query)
        if launch.get("deny"):
            return self.go(query, error="access_denied", error_description="<b>not today</b>")
        code = secrets.token_urlsafe(12) + "+/=&%"  # any character may be in a code
        server.codes[code] = (query, launch)
        return self.go(query, code=code)

    def go(self, query, **more):
        self.send(302, Location=f"{query['redirect_uri']}?{urllib.parse.urlencode({**more, 'state': query['state']})}")

    def token(self, form):
        server = self.server
        query, launch = server.codes.pop(form.get("code"), (None, None))
        if query is None:
            return self.fault("code unknown, used, or not as it was sent")
        verifier = form.get("code_verifier", "")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        if challenge != query["code_challenge"] or len(verifier) < 43:
            return self.fault("code_verifier")
        if form.get("grant_type") != "authorization_code" or form.get("redirect_uri") != query["redirect_uri"]:
            return self.fault("grant_type or redirect_uri")
        if form.get("client_id") != CLIENT or "Authorization" in self.headers:
            return self.fault("a public client gives its client_id, and no secret")
        refused = launch.get("refuse", [])
        scope = " ".join(one for one in query["scope"].split() if not any(word in one for word in refused))
        token = secrets.token_urlsafe(24)
        server.tokens[token] = {"scope": scope, "launch": launch, "calls": 0}
        claims = {"iss": server.origin, "aud": CLIENT, "exp": int(time.time()) + 300, "sub": "u1", "nonce": query.get("nonce"),
                  "fhirUser": f"{query['aud'].rstrip('/')}/Practitioner/dr-one", **launch.get("claims", {})}
        part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": 300, "scope": scope,
                  "patient": launch["patient"], "id_token": f"{part({'alg': 'RS256'})}.{part(claims)}.c2ln",
                  "smart_style_url": "http://192.0.2.1/never-asked.json"}
        for name in ("encounter", "need_patient_banner", "appContext"):
            if name in launch:
                answer[name] = launch[name]
        self.send(200, answer, **{"Cache-Control": "no-store"})

    def fhir(self, method, body):
        """What a token allows, from the FHIR server behind; then spoilt as the launch asks."""
        base, rest = re.match(r"/(\w*)/?(.*)", self.path).groups()
        token = self.server.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if base not in ("fhir", "r4"):
            return self.send(404, {})
        if token is None:
            return self.outcome(401, "no token")
        launch, kind = token["launch"], re.split(r"[/?]", rest)[0]
        token["calls"] += 1
        self.server.seen.append([method, kind, self.headers.get("Referer")])
        if token["calls"] > launch.get("ends_after", 1e9) or (method == "POST" and launch.get("ends_before_filing")):
            return self.outcome(401, "token expired")
        if kind and not re.search(rf"/{kind}\.({'[a-z]*c|write' if method == 'POST' else '[a-z]*[rs]|read'})", token["scope"]) and kind != "Binary":
            return self.outcome(403, f"no scope for {kind}")
        if kind in launch.get("fails", []):
            return self.outcome(500, "out of order")
        if method == "POST" and launch.get("filing_refused"):
            return self.outcome(422, "This site takes <b>no PDF</b>")
        status, answer = self.behind(method, rest, body)
        if method == "POST" and kind == "DocumentReference":
            self.server.posted.append(json.loads(body))
        if kind in launch.get("swap", []):
            answer = answer.replace(f"Patient/{launch['patient']}".encode(), b"Patient/somebody-else")
        if kind in launch.get("unnamed", []):
            answer = answer.replace(f"Patient/{launch['patient']}".encode(), b"https://192.0.2.1/fhir/Patient/x")
        if launch.get("next_elsewhere") and b'"relation":"next"' in answer.replace(b" ", b""):
            answer = re.sub(rb'("relation": ?"next",\s*"url": ?")http://127.0.0.1:\d+', rb"\1http://192.0.2.1", answer)
        if base == "r4":
            answer = answer.replace(f"{self.server.origin}/fhir".encode(), f"{self.server.origin}/r4".encode())
        self.send(status, answer, "application/fhir+json")

    def behind(self, method, rest, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.fhir_port, timeout=30)
        names = ("Content-Type", "Accept", "If-None-Exist", "Prefer")
        headers = {name: self.headers[name] for name in names if name in self.headers}
        if headers.get("Content-Type") == "application/pdf":  # HAPI takes raw Binaries only with their own media type
            headers["Accept"] = "application/fhir+json"
        connection.request(method, f"/{rest}", body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
