"""`legwork serve` over TLS: with certificates made here, which are replaced while it runs."""
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import warnings

from running import Server, statuses, talk, wait_until
from runs import Checks, legwork, skip

if shutil.which("openssl") is None:
    skip("there is no openssl to make certificates with")
checks = Checks()
FOLDER = tempfile.TemporaryDirectory()
CERT, KEY = (pathlib.Path(FOLDER.name, name) for name in ("cert.pem", "key.pem"))
warnings.simplefilter("ignore", DeprecationWarning)  # of old TLS, which is to be refused


def make(name, cert=CERT, key=KEY):
    """A certificate that signs itself, for localhost."""
    fresh = [pathlib.Path(FOLDER.name, f"new-{path.name}") for path in (cert, key)]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "2",
                    "-out", fresh[0], "-keyout", fresh[1]], check=True, capture_output=True)
    for new, path in zip(fresh, (cert, key)):
        new.rename(path)
    return ssl.PEM_cert_to_DER_cert(cert.read_text())


def served(server):
    """The certificate that a new connection gets."""
    context = ssl._create_unverified_context()
    with socket.create_connection((server.host, server.port), timeout=60) as line, context.wrap_socket(line) as secure:
        return secure.getpeercert(binary_form=True)


def shakes_hands(server, **settings):
    context = ssl._create_unverified_context()
    context.set_ciphers(settings.pop("ciphers", "DEFAULT:@SECLEVEL=0"))
    for name, value in settings.items():
        setattr(context, name, value)
    try:
        with socket.create_connection((server.host, server.port), timeout=60) as line, context.wrap_socket(line) as secure:
            return secure.version()
    except (ssl.SSLError, ConnectionError):
        return None


first = make("one")
SETTINGS = f'[tls]\ncertificate = "{CERT}"\nkey = "{KEY}"\n'
with Server(SETTINGS) as server:
    checks.check(server.scheme == "https", f"says that it speaks TLS: {server.err!r}")
    trusting = ssl.create_default_context(cafile=CERT)
    connection = server.connect(trusting)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    checks.check((answer.status, answer.read()) == (200, b"alive\n"), "an answer over TLS, the certificate checked")
    checks.check("max-age=" in answer.headers["Strict-Transport-Security"], "HSTS under TLS")
    body = b"x" * 300_000
    connection.request("POST", "/fhir/$heavy-legs-report", body, {"Content-Type": "application/fhir+json"})
    answer = connection.getresponse()
    answer.read()
    checks.check(answer.status == 422 or answer.status == 400, f"a long body over TLS: {answer.status}")

    # Only what is sound is spoken.
    checks.check(shakes_hands(server) == "TLSv1.3", "TLS 1.3")
    v12 = ssl.TLSVersion.TLSv1_2
    checks.check(shakes_hands(server, maximum_version=v12) == "TLSv1.2", "TLS 1.2")
    checks.check(shakes_hands(server, minimum_version=ssl.TLSVersion.TLSv1, maximum_version=ssl.TLSVersion.TLSv1_1) is None,
                 "TLS 1.1 is refused")
    for ciphers in ("AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA"):
        checks.check(shakes_hands(server, maximum_version=v12, ciphers=f"{ciphers}:@SECLEVEL=0") is None,
                     f"{ciphers}: no forward secrecy, or no authenticated encryption")
    context = ssl._create_unverified_context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection((server.host, server.port)) as line, context.wrap_socket(line) as secure:
        checks.check(secure.selected_alpn_protocol() == "http/1.1", "of h2 and http/1.1 it takes http/1.1")
    said = talk(server, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    checks.check(statuses(said) == [], "plain HTTP gets no answer on the port of TLS")

    # A new certificate, told by SIGHUP, then by its files alone; the open connection stays.
    checks.check(served(server) == first, "the certificate that was configured")
    second = make("two")
    server.send(signal.SIGHUP)
    checks.check(server.wait_for("certificate reloaded"), "SIGHUP reads it again")
    checks.check(served(server) == second, "a new connection gets the new certificate")
    count = server.err.count("certificate reloaded")
    third = make("three")
    checks.check(wait_until(lambda: served(server) == third), "a new certificate is found by its file")
    checks.check(wait_until(lambda: server.err.count("certificate reloaded") > count), "a new file is seen without a signal")

    # One that is broken is told of, and the old one stays.
    CERT.write_text("-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n")
    server.send(signal.SIGHUP)
    line = server.wait_for("certificate not reloaded")
    checks.check(line and '"level":"error"' in line and str(CERT) in line, f"a broken certificate is told of: {line}")
    checks.check(served(server) == third, "the old certificate stays in use")
    CERT.unlink()
    server.send(signal.SIGHUP)
    checks.check(server.wait_for("is not there"), "one that is gone is told of")
    fourth = make("four")
    checks.check(wait_until(lambda: served(server) == fourth), "one that came back is found")
    connection.request("GET", "/healthz")
    checks.check(connection.getresponse().read() == b"alive\n", "the first connection has lived through it all")
    checks.check(b"legwork_tls_certificate_end_seconds" in server.ask("GET", "/metrics")[2], "when it ends is a metric")

# What cannot be used is said before the first connection.
other = pathlib.Path(FOLDER.name, "other.pem")
make("five", pathlib.Path(FOLDER.name, "unused.pem"), other)
for what, cert, key, says in [("a key of another certificate", CERT, other, "is not the key"),
                              ("no PEM", KEY, KEY, "holds no certificate")]:
    run = legwork("serve", "--check-config", "--set", f"tls.certificate={cert}", "--set", f"tls.key={key}")
    checks.check(run.code == 2 and says in run.err, f"{what}: exit {run.code}: {run.err!r}")
FOLDER.cleanup()
checks.end()
