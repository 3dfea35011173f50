"""`legwork serve` against what is made to hurt: shapes that hide requests, slow and greedy clients."""
import gzip
import socket

from running import Server, metric, read_all, statuses, talk, wait_until
from runs import ROOT, Checks

checks = Checks()
CHART = (ROOT / "examples/amlodipine-and-iron.json").read_bytes()
FHIR = {"Content-Type": "application/fhir+json", "Accept": "application/json"}
REPORT = "/fhir/$heavy-legs-report"
POST = f"POST {REPORT} HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n".encode()
HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"

# Each of these two programs in a row might read in two ways, or means to use us as a proxy.
SHAPES = {
    "a length and chunks": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and a length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
    "an unknown encoding and a length": POST + b"Transfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    "an unknown encoding": POST + b"Transfer-Encoding: gzip\r\n\r\n",
    "an encoding after chunked": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "two encodings": POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "an encoding with a tab before it is chunked": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 30\r\n\r\n{}",
    "two equal lengths": POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "a list of lengths": POST + b"Content-Length: 2, 2\r\n\r\n{}",
    "a length with a sign": POST + b"Content-Length: +2\r\n\r\n{}",
    "a length below zero": POST + b"Content-Length: -2\r\n\r\n{}",
    "a length in hex": POST + b"Content-Length: 0x2\r\n\r\n{}",
    "a length beyond all": POST + b"Content-Length: 99999999999999999999999\r\n\r\n{}",
    "a folded line": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n Content-Length: 5\r\n\r\n",
    "a fold before the first field": b"GET /healthz HTTP/1.1\r\n Host: x\r\n\r\n",
    "a bare LF": b"GET /healthz HTTP/1.1\nHost: x\n\n",
    "one bare LF": b"GET /healthz HTTP/1.1\r\nHost: x\nX: y\r\n\r\n",
    "a bare CR": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\rContent-Length: 5\r\n\r\n",
    "a NUL in a field": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
    "a NUL in the target": b"GET /healthz\0 HTTP/1.1\r\nHost: x\r\n\r\n",
    "a blank before a colon": POST + b"Content-Length : 2\r\n\r\n{}",
    "a field without a name": b"GET /healthz HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
    "a line without a colon": b"GET /healthz HTTP/1.1\r\nHost: x\r\nfield\r\n\r\n",
    "an absolute target": b"GET http://x/healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "CONNECT": b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n",
    "a target with a fragment": b"GET /healthz#x HTTP/1.1\r\nHost: x\r\n\r\n",
    "a target with bytes": "GET /Nguyễn HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    "no Host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "two Hosts": b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    "no version": b"GET /healthz\r\n\r\n",
    "two blanks in the first line": b"GET  /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "a handshake of TLS": bytes.fromhex("16030100c8010000c40303") + bytes(200),
    "a chunk without a size": POST + b"Transfer-Encoding: chunked\r\n\r\n;a=b\r\n{}\r\n0\r\n\r\n",
    "a chunk with a sign": POST + b"Transfer-Encoding: chunked\r\n\r\n+2\r\n{}\r\n0\r\n\r\n",
    "a chunk in 0x": POST + b"Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n",
    "a chunk that is longer than it says": POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
    "a chunk with a bare LF": POST + b"Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
    "a chunk's extension with a bare CR": POST + b"Transfer-Encoding: chunked\r\n\r\n2;a\rb\r\n{}\r\n0\r\n\r\n",
    "a chunk's extension without end": POST + b"Transfer-Encoding: chunked\r\n\r\n2;" + b"a" * 5000,
    "extensions without number": POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"1;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n \r\n" * 500,
    "trailers without number": POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 5000,
}
with Server() as server:
    for what, sent in SHAPES.items():
        said = talk(server, sent + HIDDEN)
        checks.check(statuses(said) == [400], f"{what}: {statuses(said)}, expected one 400, and an end")
        checks.check(b"Connection: close" in said, f"{what}: the connection is not said to end")
    said = talk(server, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    checks.check(statuses(said)[0] in (400, 505), f"HTTP/2: {said[:100]!r}")

    # Not followed, and no harm: Java's client offers h2c with each first request.
    said = talk(server, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
                        b"Upgrade: h2c\r\nHTTP2-Settings: AAEAAEAA\r\n\r\n")
    checks.check(statuses(said) == [200], f"an Upgrade is not followed: {statuses(said)}")

    # Cut short at every byte: never more than one answer, and never a fault.
    whole = POST + b"Content-Length: 2\r\n\r\n{}"
    for end in range(0, len(whole)):
        with socket.create_connection((server.host, server.port), timeout=60) as line:
            line.sendall(whole[:end])
            line.shutdown(socket.SHUT_WR)
            said = read_all(line)
            checks.check(said == b"", f"cut after {end} bytes: {said[:60]!r}")
    checks.check(server.ask("GET", "/healthz")[0] == 200, "it is still there")
    checks.check("fault of legwork" not in server.err, "no connection ended by a fault")

# Too long, too slow, too many. The limits are small, so that the test need not wait long.
SMALL = """[limits]
body = "64KB"
header = "2KB"
connections = 8
header-time = "300ms"
body-time = "300ms"
idle-time = "600ms"
"""
with Server(SMALL) as server:
    said = talk(server, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 3000 + b"\r\n\r\n")
    checks.check(statuses(said) == [431], f"a head that is too long: {statuses(said)}")
    said = talk(server, b"GET /" + b"y" * 3000)
    checks.check(statuses(said) == [431], f"a target that is too long: {statuses(said)}")
    said = talk(server, POST + b"Content-Length: 99999\r\n\r\n" + b" " * 99999)
    checks.check(statuses(said) == [413], f"a body that is too long: {statuses(said)}")
    said = talk(server, POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"4000\r\n" + b" " * 0x4000 + b"\r\n" + b"fffff\r\n")
    checks.check(statuses(said) == [413], f"chunks that are too long: {statuses(said)}")
    bomb = gzip.compress(b" " * (64 << 20))
    checks.check(len(bomb) < 65536, "the bomb is small enough to be let in")
    status, _, body = server.ask("POST", REPORT, bomb, {**FHIR, "Content-Encoding": "gzip"})
    checks.check(status == 413 and b"unpacked" in body, f"a gzip bomb: {status} {body!r}")

    for what, sent, expected in [("nothing", b"", []), ("half a head", b"GET /healthz HT", [408]),
                                 ("half a body", POST + b"Content-Length: 9\r\n\r\n{", [408]),
                                 ("half a chunk", POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{", [408])]:
        said = talk(server, sent)
        checks.check(statuses(said) == expected, f"{what}, and silence: {statuses(said)}, expected {expected}")

    # A byte now and then does not buy more time.
    with socket.create_connection((server.host, server.port), timeout=60) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\n")
        line.settimeout(0.02)
        said, sent = b"", 0
        while sent < 1000:
            try:
                piece = line.recv(1 << 16)
                said += piece
                if not piece or b"\r\n\r\n" in said:
                    break
            except TimeoutError:
                line.sendall(b"X")
                sent += 1
        checks.check(statuses(said) == [408] and sent < 200, f"a slow loris: {statuses(said)} after {sent} bytes")

    # More connections than there may be are closed; when one goes, there is room again.
    lines = [socket.create_connection((server.host, server.port), timeout=60) for _ in range(12)]
    closed = sum(read_all(line) == b"" for line in lines)
    checks.check(closed == 12, "all of them end")
    for line in lines:
        line.close()
    checks.check(wait_until(lambda: metric(server, "legwork_http_connections") == 1), "there is room again")
    checks.check(metric(server, 'legwork_http_shed_total{reason="connections"}') >= 4, "those that were too many are counted")

# One address may ask so often, where nobody has to say who they are.
with Server("[limits]\nrequests-per-minute = 3\n") as server:
    answers = [server.ask("POST", REPORT, b"{}", FHIR) for _ in range(5)]
    got = [status for status, _, _ in answers]
    checks.check(got[:3] == [422, 422, 422] and got[3:] == [429, 429], f"the fourth within a minute: {got}")
    checks.check(0 < int(answers[4][1]["Retry-After"]) <= 60, "and when to come again")
    checks.check(server.ask("GET", "/healthz")[0] == 200, "those who run it may ask as often as they like")
checks.end()
