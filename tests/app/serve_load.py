"""`legwork serve` with more to do than it can, and told to stop while it works."""
import socket

from running import Server, metric, read_all, statuses, wait_until
from runs import ROOT, Checks

checks = Checks()
CHART = (ROOT / "examples/prescribing-cascade.json").read_bytes()
HEAD = ("POST /fhir/$heavy-legs-report HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n"
        "Accept: application/pdf\r\n").encode()
POST = HEAD + b"Content-Length: %d\r\n\r\n" % len(CHART) + CHART
READYZ = b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def connect(server):
    return socket.create_connection((server.host, server.port), timeout=100)


# Forty at once, where two may be under way: the others are told to come again, and it can be asked how it is.
with Server("[limits]\nthreads = 1\nqueue = 1\n") as server:
    lines = [connect(server) for _ in range(40)]
    for line in lines:
        line.sendall(POST.replace(b"Host: x", b"Host: x\r\nConnection: close"))
    checks.check(server.ask("GET", "/healthz")[0] == 200, "/healthz is answered under load")
    said = [read_all(line) for line in lines]
    got = [statuses(one) for one in said]
    served, turned_away = got.count([200]), got.count([503])
    checks.check(served + turned_away == 40, f"every one is answered once: {got}")
    checks.check(served >= 2, f"those that found room are served: {served}")
    checks.check(turned_away >= 10, f"the others are told at once: {turned_away}")
    checks.check(all(b"Retry-After: " in one for one in said if statuses(one) == [503]), "and when to come again")
    shed = metric(server, 'legwork_http_shed_total{reason="queue"}')
    checks.check(shed == turned_away, f"they are counted: {shed}")
    with connect(server) as line:
        line.sendall(POST.replace(b"Host: x", b"Host: x\r\nConnection: close"))
        checks.check(statuses(read_all(line)) == [200], "afterwards there is room again")

# Told to stop: what is under way is finished, nothing new is begun.
with Server() as server:
    idle, busy, chunked = connect(server), connect(server), connect(server)
    busy.sendall(POST[:-10])
    chunked.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(CHART) + CHART)
    checks.check(wait_until(lambda: metric(server, "legwork_http_in_flight") == 3), "two are under way, and the question")
    server.send(15)
    checks.check(server.wait_for("draining"), "it says that it stops")
    checks.check(read_all(idle) == b"", "who is idle is let go")
    try:
        connect(server).close()
        checks.check(False, "no new connection is taken")
    except ConnectionRefusedError:
        pass
    chunked.sendall(b"\r\n0\r\n\r\n" + READYZ)
    said = read_all(chunked)
    checks.check(statuses(said) == [200, 503] and said.endswith(b"draining\n"), f"/readyz while it stops: {statuses(said)}")
    busy.sendall(POST[-10:])
    said = read_all(busy)
    checks.check(statuses(said) == [200] and b"Connection: close" in said, f"a request under way: {statuses(said)}")
    checks.check(server.stop() == 0, f"exit {server.code}: {server.err[-1000:]}")

# What takes longer than it may is not waited for.
with Server('[limits]\ndrain-time = "200ms"\n') as server:
    with connect(server) as line:
        line.sendall(POST[:-10])
        checks.check(wait_until(lambda: metric(server, "legwork_http_in_flight") == 2), "one is under way")
        checks.check(server.stop() == 0, f"exit {server.code}: {server.err[-1000:]}")
    checks.check("the time for draining is over" in server.err, f"it says so: {server.err[-1000:]}")

# Ctrl-C is heard as well, and a second signal ends it at once.
with Server() as server:
    with connect(server) as line:
        line.sendall(POST[:-10])
        checks.check(wait_until(lambda: metric(server, "legwork_http_in_flight") == 2), "one is under way")
        server.send(2)
        checks.check(server.wait_for("draining"), "Ctrl-C is heard")
        checks.check(server.stop() == 0, f"exit {server.code}: {server.err[-1000:]}")
checks.end()
