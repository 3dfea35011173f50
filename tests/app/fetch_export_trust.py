"""`legwork fetch-export` proves who it is as SMART Backend Services has it, and its token goes where it may, and nowhere
else; over TLS it speaks to nobody whose certificate it does not trust."""
import base64
import json
import pathlib
import re
import subprocess
import tempfile

from bulk_server import BulkServer, Client, is_ec_signature, is_rsa_signature, outcome, says
from fetching import EXPORT, NOW, check_run, check_whole, check_works, checks, run


def make_keys(place):
    """RSA as PEM, EC as a JWK Set, as two registered clients with the arguments to sign in as them."""
    rsa, ec = place / "rsa.pem", place / "ec.pem"
    subprocess.run(["openssl", "genrsa", "-out", rsa, "2048"], check=True, capture_output=True)
    subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-out", ec], check=True,
                   capture_output=True)
    text = subprocess.run(["openssl", "pkey", "-in", ec, "-text", "-noout"], check=True, capture_output=True, text=True).stdout
    public = subprocess.run(["openssl", "pkey", "-in", ec, "-pubout"], check=True, capture_output=True).stdout
    hexed = lambda name: bytes.fromhex(re.sub(r"[\s:]", "", re.search(rf"{name}:\n((?: +[0-9a-f:]+\n)+)", text)[1]))
    point, secret = hexed("pub"), hexed("priv")[-48:].rjust(48, b"\0")
    url = lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("=")
    jwk = {"kty": "EC", "crv": "P-384", "x": url(point[1:49]), "y": url(point[49:]), "kid": "ec-1", "alg": "ES384",
           "key_ops": ["sign"], "d": url(secret)}
    jwks = place / "ec.json"
    jwks.write_text(json.dumps({"keys": [{k: v for k, v in jwk.items() if k != "d"}, jwk]}))
    modulus = subprocess.run(["openssl", "rsa", "-in", rsa, "-modulus", "-noout"], check=True, capture_output=True, text=True)
    public_rsa = {"n": url(bytes.fromhex(modulus.stdout.strip().split("=")[1])), "e": "AQAB"}
    for path in (rsa, ec, jwks):
        path.chmod(0o600)
    return (Client("app-1", "rsa-1", "RS384", lambda signed, by: is_rsa_signature(public_rsa, signed, by)),
            ["--client-id", "app-1", "--key", rsa, "--key-id", "rsa-1"],
            Client("app-2", "ec-1", "ES384", lambda signed, by: is_ec_signature(public, signed, by)),
            ["--client-id", "app-2", "--key", jwks])


def check_tokens(place, keys):
    rsa, by_rsa, ec, by_ec = keys
    check_works("signed RS384, files with the token", place, BulkServer(EXPORT, client=rsa, requires_token=True), *by_rsa)
    check_works("signed ES384, files without the token", place, BulkServer(EXPORT, client=ec, requires_token=False), *by_ec)
    check_works("a key in the environment", place, BulkServer(EXPORT, client=rsa, requires_token=True),
                "--client-id", "app-1", "--key-id", "rsa-1", env={"LEGWORK_CLIENT_KEY": by_rsa[3].read_text()})
    with BulkServer(EXPORT) as files:
        for requires in (False, None):
            check_works(f"files elsewhere, token {requires}", place,
                        BulkServer(EXPORT, client=rsa, requires_token=requires, elsewhere=files), *by_rsa)
        checks.check(not files.wrong and files.count("GET", "/files") == 2 * len(EXPORT), f"files elsewhere: {files.wrong}")
    server = BulkServer(EXPORT, client=rsa, requires_token=True)
    with BulkServer(EXPORT, client=rsa, requires_token=True) as files:
        files.tokens = server.tokens
        server.ways.elsewhere = files
        check_works("files elsewhere with the token", place, server, *by_rsa)
    with BulkServer(EXPORT) as other:
        server = BulkServer(EXPORT, client=rsa, requires_token=True)
        server.fault("GET /files/0", says(307, Location=other.root + "/files/0"))
        check_works("redirected elsewhere, without the token", place, server, *by_rsa)
        checks.check(other.count("GET", "/files/0") == 1 and not other.wrong, f"redirected elsewhere: {other.wrong}")

    server = BulkServer(EXPORT, client=rsa, requires_token=True, waits=[NOW])

    def forget(handler):
        server.tokens.clear()
    server.fault("GET /fhir/job", forget).fault("GET /files/1", forget)
    check_works("tokens that end early", place, server, *by_rsa, "--jobs", "1")
    server = BulkServer(EXPORT[:3], client=rsa, requires_token=True, token_lives=0)
    check_works("tokens that live for a moment", place, server, *by_rsa, some=EXPORT[:3])
    busy = BulkServer(EXPORT, client=rsa, requires_token=True).fault("POST /token", says(503, outcome("transient"), **NOW))
    check_works("a busy token server", place, busy, *by_rsa)
    check_works("scopes by type", place, BulkServer(EXPORT, client=rsa), *by_rsa, "--type", "Patient,Condition")
    bare = BulkServer(EXPORT, client=rsa).fault("GET /fhir/.well-known", says(404))
    bare.thread.start()
    check_whole_with(bare, place / "token-url", [*by_rsa, "--token-url", bare.root + "/token"])
    check_refused(place, rsa, by_rsa, by_ec)


def check_whole_with(server, out, args):
    check_run(out.name, run(server, out, *args))
    check_whole(out.name, server, out)
    server.__exit__()


def check_refused(place, rsa, by_rsa, by_ec):
    with BulkServer(EXPORT, client=rsa) as server:
        done = run(server, place / "stranger", *by_ec)
        check_run("a client that nobody knows", done, 42)
        checks.check("400 (invalid_client)" in done.err, f"stranger: {done.err!r}")
    with BulkServer(EXPORT, client=rsa).fault("GET /fhir/Patient", says(401), says(401)) as server:
        check_run("tokens that are never taken", run(server, place / "never-taken", *by_rsa), 42)
        checks.check(server.count("POST", "/token") == 2, "a refused token is asked for anew once, no more")
    with BulkServer(EXPORT, client=rsa).fault("GET /fhir/.well-known", says(404)) as server:
        done = run(server, place / "no-endpoint", *by_rsa)
        check_run("no token endpoint", done, 42)
        checks.check("--token-url" in done.err, f"no token endpoint: {done.err!r}")
    open_key = place / "open.pem"
    open_key.write_bytes(by_rsa[3].read_bytes())
    open_key.chmod(0o644)
    with BulkServer(EXPORT, client=rsa) as server:
        for args in (["--client-id", "a"], ["--client-id", "a", "--key", open_key, "--key-id", "x"],
                     ["--client-id", "a", "--key", by_rsa[3]], ["--client-id", "a", "--key", place / "none"]):
            done = run(server, place / "keyless", *args)
            check_run(f"keyless {args[2:3]}", done, 42)
            checks.check(not server.seen and "PRIVATE" not in done.err, "keyless: it asked, or said what the key is")


def check_tls(place):
    certificate, key = place / "server.pem", place / "server.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days",
                    "2", "-subj", "/CN=legwork test", "-addext", "subjectAltName=IP:127.0.0.1"], check=True,
                   capture_output=True)
    check_works("over TLS", place, BulkServer(EXPORT, certificate=(certificate, key)), "--ca", certificate)
    with BulkServer(EXPORT, certificate=(certificate, key)) as server:
        done = run(server, place / "untrusted")
        check_run("a certificate that nobody trusts", done, 75)
        checks.check("certificate is not trusted" in done.err and not server.seen, f"untrusted: {done.err!r}")


with tempfile.TemporaryDirectory() as name:
    work = pathlib.Path(name)
    check_tokens(work, make_keys(work))
    check_tls(work)
checks.end()
