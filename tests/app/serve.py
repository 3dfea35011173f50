"""`legwork serve` starts where it may, refuses where it may not, and speaks HTTP/1.1."""
import gzip
import http.client
import json
import pathlib
import socket
import tempfile

from running import Server, statuses, talk
from runs import PLANTED, ROOT, Checks, legwork

checks = Checks()
CHART = (ROOT / "examples/amlodipine-and-iron.json").read_bytes()
REPORT = "/fhir/$heavy-legs-report"
FHIR = {"Content-Type": "application/fhir+json", "Accept": "application/json"}
FOLDER = tempfile.TemporaryDirectory()


def config(text):
    path = pathlib.Path(FOLDER.name, "legwork.toml")
    path.write_text(text)
    return path


def refused(what, says, *args, env=None):
    """Exit 2, and every one of these words on standard error."""
    run = legwork("serve", *args, env=env)
    checks.check(run.code == 2, f"{what}: exit {run.code}, expected 2: {run.err[:500]!r}")
    for words in says:
        checks.check(words in run.err, f"{what}: does not say {words!r}: {run.err[:1500]!r}")
    return run


# Where it may not start it says what to do, all of it at once.
refused("beyond loopback", ["certificate and key", "[client.NAME]", "base-url", "plain-http = true"],
        "--listen", "0.0.0.0:0")
refused("beyond loopback in the clear", ["[client.NAME]"], "--listen", "0.0.0.0:0", "--set", "plain-http=true")
refused("half a certificate", ["name both"], "--set", "tls.certificate=cert.pem")
refused("a certificate that is not there", ["none.pem: is not there"],
        "--set", "tls.certificate=none.pem", "--set", "tls.key=none.pem")
refused("a key that is misspelt", [":3: limits.boddy: there is no such key; the nearest is limits.body"],
        "--config", config("# none\n[limits]\nboddy = 1\n"))
refused("faults of all kinds", [":1: listn", ":3: limits.body is no size", ":4: limits.idle-time is no time",
                                ":6: client.mercy.isuer", "the nearest is client.NAME.issuer"],
        "--config", config("listn = \"127.0.0.1:0\"\n[limits]\nbody = \"lots\"\nidle-time = 10\n"
                           "[client.mercy]\nisuer = \"x\"\n"), "--check-config")
refused("a variable with a wrong value", ["LEGWORK_LIMITS_QUEUE"], "--check-config",
        env={"LEGWORK_LIMITS_QUEUE": "many"})
refused("a client without keys", ["[client.mercy]", "has no keys"], "--check-config", "--config",
        config('[client.mercy]\nissuer = "https://mercy.example.org"\n'))
refused("keys that could never be had", ["none.json", "[client.mercy]: jku cannot be used: it is not https"],
        "--check-config", "--config",
        config('[client.mercy]\nissuer = "https://mercy.example.org"\njwks = "none.json"\njku = ["http://mercy.example.org/k"]\n'))
refused("no such file", ["none.toml"], "--config", "none.toml")
refused("a port that is none", ["--listen", "ADDRESS:PORT"], "--listen", "127.0.0.1:99999")

run = legwork("serve", "--check-config", "--config", ROOT / "examples/serve.toml")
checks.check((run.code, run.out) == (0, b"no faults\n"), f"the sample configuration: exit {run.code}: {run.err}")

# The command line is heard over the environment, and that over the file.
with Server('[limits]\nbody = "1KB"\nheader = "1KB"\n', env={"LEGWORK_LIMITS_BODY": "2KB", "LEGWORK_PORT": "tcp://x"},
            args=["--set", "limits.header=2KB"]) as server:
    checks.check(server.ask("POST", REPORT, b"x" * 1500, FHIR)[0] != 413, "the environment is heard over the file")
    checks.check(server.ask("POST", REPORT, b"x" * 2500, FHIR)[0] == 413, "a limit of the environment holds")
    checks.check(server.ask("GET", "/healthz", None, {"X": "y" * 1500})[0] == 200, "--set is heard over the file")

with socket.socket() as taken:
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    run = legwork("serve", "--listen", f"127.0.0.1:{taken.getsockname()[1]}")
    checks.check(run.code == 3 and "in use" in run.err, f"a port that is taken: exit {run.code}: {run.err!r}")

with Server() as server:
    checks.check("no client is configured" in server.err, "says that nobody has to say who they are")

    # What it says about itself.
    status, headers, body = server.ask("GET", "/healthz")
    checks.check((status, body) == (200, b"alive\n"), f"/healthz: {status} {body!r}")
    checks.check(headers["X-Content-Type-Options"] == "nosniff", "a browser guesses no types")
    checks.check(headers["Cache-Control"] == "no-store", "what is not for keeping says so")
    checks.check(headers["Strict-Transport-Security"] is None, "HSTS is for TLS")
    checks.check(len(headers["X-Request-Id"]) == 17, "every answer has an id")
    checks.check(server.ask("GET", "/readyz")[0] == 200, "/readyz while it serves")
    checks.check(server.ask("GET", "/healthz", None, {"X-Request-Id": "Plumwhistle"})[1]["X-Request-Id"] != "Plumwhistle",
                 "an id is never the client's")

    # Every refusal has a status, a body that helps, and an id.
    for method, path, body, headers, status, code, says in [
            ("GET", "/nothing", None, {}, 404, "not-found", "nothing at this address"),
            ("GET", "/healthz/x", None, {}, 404, "not-found", ""),
            ("DELETE", "/healthz", None, {}, 405, "not-supported", "Allow"),
            ("PLUMWHISTLE", "/healthz", None, {}, 405, "not-supported", ""),
            ("POST", REPORT, CHART, {"Content-Type": "text/plain"}, 415, "invalid", "Accept-Post"),
            ("POST", REPORT, CHART, {"Content-Type": "application/json; charset=latin1"}, 415, "invalid", ""),
            ("POST", REPORT, CHART, {**FHIR, "Content-Encoding": "br"}, 415, "invalid", "gzip"),
            ("POST", REPORT, b"Plumwhistle", {**FHIR, "Content-Encoding": "gzip"}, 400, "invalid", "gzip"),
            ("POST", REPORT, None, FHIR, 422, None, ""),
            ("GET", "/healthz", b"x", {}, 413, "too-long", "no body"),
            ("GET", "/healthz", None, {"Expect": "a miracle"}, 417, "invalid", "100-continue")]:
        got, fields, text = server.ask(method, path, body, headers)
        what = f"{method} {path} {headers}"
        checks.check(got == status, f"{what}: {got}, expected {status}: {text[:300]!r}")
        outcome = json.loads(text)
        checks.check(outcome["resourceType"] == "OperationOutcome", f"{what}: {text!r}")
        checks.check(code is None or outcome["issue"][0]["code"] == code, f"{what}: {text!r}")
        checks.check(says in outcome["issue"][0]["diagnostics"], f"{what}: does not say {says!r}: {text!r}")
        checks.check(fields["Content-Type"] == "application/fhir+json", f"{what}: {fields['Content-Type']}")
        checks.check(fields["X-Request-Id"], f"{what}: no id")
    checks.check(server.ask("DELETE", "/healthz")[1]["Allow"] == "GET, HEAD, OPTIONS", "405 says what is allowed")
    said = talk(server, b"POST /fhir/$heavy-legs-report HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n"
                        b"Connection: close\r\n\r\n")
    checks.check(statuses(said) == [411], f"a body without a length: {said[:100]!r}")

    # HEAD is GET without the body, and says how long that is.
    connection = server.connect()
    connection.request("HEAD", "/healthz")
    answer = connection.getresponse()
    checks.check((answer.status, answer.headers["Content-Length"], answer.read()) == (200, "6", b""), "HEAD")

    # One connection serves many requests, whatever their outcome.
    for path, status in [("/healthz", 200), ("/nothing", 404), ("/healthz/", 200)]:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        checks.check(answer.status == status, f"{path} on a connection that is kept: {answer.status}")
    connection.close()
    said = talk(server, b"GET /healthz HTTP/1.0\r\n\r\n")
    checks.check(statuses(said) == [200] and b"Connection: close" in said, f"HTTP/1.0: {said!r}")

    # Requests that are sent without waiting are answered in their order.
    head = f"POST {REPORT} HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\nAccept: application/json\r\n"
    post = (head + f"Content-Length: {len(CHART)}\r\n\r\n").encode() + CHART
    quick = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    said = talk(server, post + quick + post + quick + last)
    checks.check(statuses(said) == [200, 200, 200, 200, 404], f"pipelined: {statuses(said)}")
    checks.check(said.index(b"alive") > said.index(b'"patient"'), "answers come in the order of the requests")

    # A body in chunks, and a line end too many between requests.
    chunks = (head + "Transfer-Encoding: chunked\r\n\r\n").encode() + b"%x;a=b\r\n%s\r\n" % (100, CHART[:100])
    chunks += b"%X\r\n%s\r\n0\r\nX-Trailer: y\r\n\r\n" % (len(CHART) - 100, CHART[100:])
    said = talk(server, chunks + b"\r\n" + last)
    checks.check(statuses(said) == [200, 404], f"chunked: {statuses(said)} {said[:300]!r}")

    # A client that waits to be told to go on.
    with socket.create_connection((server.host, server.port), timeout=60) as line:
        line.sendall((head + f"Expect: 100-continue\r\nConnection: close\r\nContent-Length: {len(CHART)}\r\n\r\n").encode())
        told = line.recv(1000)
        checks.check(told == b"HTTP/1.1 100 Continue\r\n\r\n", f"Expect: 100-continue: {told!r}")
        line.sendall(CHART)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        checks.check(answer.status == 200, f"after 100-continue: {answer.status}")
    said = talk(server, (head.replace("fhir+json", "pdf") +
                         f"Expect: 100-continue\r\nContent-Length: {len(CHART)}\r\n\r\n").encode())
    checks.check(statuses(said) == [415], f"who would be refused is not told to go on: {statuses(said)}")

    # gzip both ways.
    status, headers, body = server.ask("POST", REPORT, CHART, FHIR)
    checks.check(status == 200 and headers["Content-Encoding"] is None, f"gzip is not forced on anybody: {status}")
    checks.check("Accept-Encoding" in headers.get_all("Vary"), "a cache is told that it depends")
    status, headers, packed = server.ask("POST", REPORT, gzip.compress(CHART),
                                         {**FHIR, "Content-Encoding": "gzip", "Accept-Encoding": "br, gzip"})
    checks.check(status == 200 and headers["Content-Encoding"] == "gzip", f"gzip both ways: {status}")
    checks.check(gzip.decompress(packed) == body, "what comes packed is what comes plain")
    headers = server.ask("POST", REPORT, CHART, {**FHIR, "Accept-Encoding": "gzip;q=0"})[1]
    checks.check(headers["Content-Encoding"] is None, "gzip;q=0 is a no")
    small = server.ask("GET", "/healthz", None, {"Accept-Encoding": "gzip"})
    checks.check(small[2] == b"alive\n", "what is small is not packed")

FOLDER.cleanup()
checks.end()
