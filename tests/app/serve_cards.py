"""CDS Hooks as an EHR has it: over HTTP, with the EHR's FHIR server beside it, signed tokens, and feedback that is kept."""
import base64
import json
import pathlib
import re
import subprocess
import tempfile
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from running import Server
from runs import PLANTED, ROOT, Checks, legwork

checks = Checks()
CHART = [entry["resource"] for entry in json.loads((ROOT / "examples/amlodipine-and-iron.json").read_text())["entry"]]
SERVICE = "/cds-services/legwork-patient-view"
JSON = {"Content-Type": "application/json"}
KINDS = {"medications": "MedicationRequest", "statements": "MedicationStatement", "conditions": "Condition", "labs": "Observation",
         "answers": "QuestionnaireResponse", "imaging": "DiagnosticReport", "procedures": "Procedure"}
TOKEN = "the-token-of-this-call"


def of(kind):
    return [one for one in CHART if one["resourceType"] == kind]


def searchset(resources, following=None):
    links = [{"relation": "next", "url": following}] if following else []
    return {"resourceType": "Bundle", "type": "searchset", "link": links, "entry": [{"resource": one} for one in resources]}


def prefetch(*left_out):
    whole = {"patient": of("Patient")[0], "symptoms": searchset([]), **{key: searchset(of(kind)) for key, kind in KINDS.items()}}
    return {key: value for key, value in whole.items() if key not in left_out}


def call(server, given, headers=None, **more):
    body = {"hook": "patient-view", "hookInstance": str(uuid.uuid4()), "context": {"userId": "Practitioner/x", "patientId": "p1"},
            "prefetch": given, **more}
    status, _, answer = server.ask("POST", SERVICE, json.dumps(body), {**JSON, **(headers or {})})
    return status, json.loads(answer)


class Ehr(ThreadingHTTPServer):
    """A FHIR server that gives pages of four, only to who brings the token."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.base = f"http://127.0.0.1:{self.server_port}/fhir"
        self.asked = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("Authorization")))
        kind = re.match(r"/fhir/(\w+)", self.path)[1]
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.answer(401, {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "login"}]})
        if kind == "Procedure":
            return self.answer(403, {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "forbidden"}]})
        if kind == "Patient":
            return self.answer(200, of("Patient")[0])
        start = int((re.search(r"_page=(\d+)", self.path) or [0, "0"])[1])
        found = of(kind)
        following = f"{self.server.base}/{kind}?_page={start + 4}" if start + 4 < len(found) else None
        self.answer(200, searchset(found[start:start + 4], following))

    def answer(self, status, resource):
        body = json.dumps(resource).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/fhir+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def url64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Signer:
    """An EHR's key, made for this run, and tokens signed with it by openssl."""

    def __init__(self, folder):
        self.key = pathlib.Path(folder, "ehr.pem")
        subprocess.run(["openssl", "genrsa", "-out", self.key, "2048"], check=True, capture_output=True)
        told = subprocess.run(["openssl", "rsa", "-in", self.key, "-noout", "-modulus"], check=True, capture_output=True, text=True).stdout
        modulus = bytes.fromhex(told.strip().removeprefix("Modulus="))
        self.jwks = pathlib.Path(folder, "ehr.jwks.json")
        self.jwks.write_text(json.dumps({"keys": [{"kty": "RSA", "kid": "k1", "alg": "RS384", "use": "sig",
                                                   "n": url64(modulus), "e": "AQAB"}]}))

    def token(self, audience, **claims):
        now = int(time.time())
        head = {"alg": "RS384", "kid": "k1", "typ": "JWT"}
        said = {"iss": "https://ehr.example.org", "aud": audience, "exp": now + 300, "iat": now, "jti": str(uuid.uuid4()), **claims}
        signed = ".".join(url64(json.dumps(part).encode()) for part in (head, said))
        signature = subprocess.run(["openssl", "dgst", "-sha384", "-sign", self.key], input=signed.encode(), check=True,
                                   capture_output=True).stdout
        return {"Authorization": f"Bearer {signed}.{url64(signature)}"}


def cards_of(answer):
    return [card["summary"] for card in answer["cards"]]


def by_prefetch_or_by_fetching(folder):
    ehr = Ehr()
    with Server() as server:
        status, whole = call(server, prefetch())
        checks.check(status == 200 and len(whole["cards"]) == 2, f"a chart with a complaint has its cards: {status}")
        checks.check(not any("not seen" in card["detail"].lower() for card in whole["cards"]), "all was seen")
        authorization = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.rs", "subject": "x"}
        status, fetched = call(server, prefetch("conditions", "labs", "medications", "procedures"), fhirServer=ehr.base,
                               fhirAuthorization=authorization)
        checks.check(status == 200 and cards_of(fetched) == cards_of(whole), f"what is fetched counts like what was sent: {fetched}")
        checks.check(any("procedures" in card["detail"].lower() for card in fetched["cards"]), "what was refused is said on the card")
        kinds = {re.match(r"/fhir/(\w+)", path)[1] for path, _ in ehr.asked}
        checks.check(kinds == {"Condition", "Observation", "MedicationRequest", "Procedure"}, f"only what is missing is asked for: {kinds}")
        pages = [path for path, _ in ehr.asked if path.startswith("/fhir/Observation?_page")]
        checks.check(len(pages) >= 2, f"all pages are fetched: {pages}")
        status, refused = call(server, prefetch("conditions"), fhirServer=ehr.base)
        checks.check(status == 412 and refused["resourceType"] == "OperationOutcome" and "conditions" in json.dumps(refused),
                     f"without a token that counts, 412 names what is needed: {status} {refused}")
        status, elsewhere = call(server, prefetch("conditions"), fhirServer="https://169.254.169.254/latest",
                                 fhirAuthorization=authorization)
        checks.check(status == 412 and "may name" in json.dumps(elsewhere), f"no other server is asked: {status} {elsewhere}")
        checks.check(server.ask("GET", "/basis")[0] == 200, "the sources that a card names can be read")
    checks.check(not [name for name in PLANTED if name in server.err] and TOKEN not in server.err, "the log holds neither patient nor token")
    ehr.shutdown()
    ehr.server_close()


def feedback_is_kept(folder):
    database = pathlib.Path(folder, "feedback.sqlite")
    settings = f'database = "{database}"\nfile-summary = false\n'

    def entry(card, **said):
        return {"card": card["uuid"], "outcomeTimestamp": "2026-11-22T10:00:00Z", **said}

    with Server(settings) as server:
        _, first = call(server, prefetch())
        drug, workup = first["cards"]
        checks.check(not any(action["resource"]["resourceType"] == "DocumentReference" for card in first["cards"]
                             for suggestion in card.get("suggestions", []) for action in suggestion["actions"]),
                     "file-summary = false leaves the PDF out")
        said = {"feedback": [entry(drug, outcome="overridden", overrideReason={
                                 "reason": drug["overrideReasons"][0], "userComment": "Brightwater said no"}),
                             entry(workup, outcome="accepted", acceptedSuggestions=[{"id": workup["suggestions"][0]["uuid"]}]),
                             entry({"uuid": str(uuid.uuid4())}, outcome="overridden")]}
        status = server.ask("POST", f"{SERVICE}/feedback", json.dumps(said), JSON)[0]
        checks.check(status == 200, f"feedback is taken, an unknown card in it or not: {status}")
        checks.check(call(server, prefetch())[1] == {"cards": []}, "what was answered does not come back")
    with Server(settings) as server:
        checks.check(call(server, prefetch())[1] == {"cards": []}, "nor after a restart")
        more = prefetch()
        more["conditions"] = searchset([*of("Condition"), {
            "resourceType": "Condition", "id": "new", "subject": {"reference": "Patient/p1"}, "recordedDate": "2026-11-20",
            "clinicalStatus": {"coding": [{"code": "active"}]}, "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm",
                                                                                      "code": "I82.401"}]}}])
        again = call(server, more)[1]["cards"]
        checks.check(any(card["indicator"] == "critical" for card in again), f"a new red flag does: {again}")
    exported = legwork("feedback", "--database", database, "--format", "json")
    lines = json.loads(exported.out)
    checks.check(exported.code == 0 and sorted(line["feedback"] for line in lines) == ["accepted", "overridden"], exported.out[:500])
    kept = database.read_bytes() + exported.out
    checks.check(not [name for name in PLANTED if name.encode() in kept] and b"p1" not in exported.out, "no patient is in it")
    checks.check((pathlib.Path(f"{database}.key").stat().st_mode & 0o077) == 0, "only the owner may read the key")


def only_who_is_trusted(folder):
    signer = Signer(folder)
    base = "https://legwork.example.org"
    settings = (f'base-url = "{base}"\n[client.ehr]\nissuer = "https://ehr.example.org"\njwks = "{signer.jwks}"\n')
    with Server(settings) as server:
        url = base + SERVICE
        status, refused = call(server, prefetch())
        checks.check(status == 401 and refused["resourceType"] == "OperationOutcome", f"nobody is answered: {status}")
        good = signer.token(url)
        checks.check(call(server, prefetch(), good)[0] == 200, "a signed token is")
        checks.check(call(server, prefetch(), good)[0] == 401, "a token is taken once")
        for what, token in {"for another address": signer.token(base + "/fhir"), "expired": signer.token(url, exp=int(time.time()) - 600),
                            "of a stranger": signer.token(url, iss="https://stranger.example.org")}.items():
            checks.check(call(server, prefetch(), token)[0] == 401, f"a token {what} is not taken")
        forged = good["Authorization"][:-8] + "AAAAAAAA"
        checks.check(call(server, prefetch(), {"Authorization": forged})[0] == 401, "a forged signature is not taken")
        checks.check(server.ask("GET", "/cds-services")[0] == 401 and server.ask("GET", "/healthz")[0] == 200,
                     "discovery is for clients, health for all")
        checks.check(server.ask("GET", "/")[0] == 200, "the page has no token to bring")
    checks.check("eyJ" not in server.err, "no token is in the log")
    called = [line for line in server.events() if line.get("client") == "ehr" and line["status"] == 200]
    checks.check(len(called) == 1, f"the log says who called: {called}")


for part in (by_prefetch_or_by_fetching, feedback_is_kept, only_who_is_trusted):
    with tempfile.TemporaryDirectory() as place:
        part(place)
checks.end()
