"""A Bulk Data server of the tests' own on 127.0.0.1, strict in what it takes, with faults on order."""
import base64
import email.utils
import gzip
import hashlib
import http.server
import json
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from dataclasses import dataclass, field

SHA384_DIGEST_INFO = bytes.fromhex("3041300d060960864801650304020205000430")
TIME = "2026-11-20T08:00:00.000Z"


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def number(text):
    return int.from_bytes(decoded(text), "big")


def is_rsa_signature(jwk, signed, signature):
    """RSASSA-PKCS1-v1_5 with SHA-384, by arithmetic. Source: RFC 8017 section 8.2.2"""
    modulus = number(jwk["n"])
    size = (modulus.bit_length() + 7) // 8
    digest = SHA384_DIGEST_INFO + hashlib.sha384(signed).digest()
    expected = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
    return len(signature) == size and pow(int.from_bytes(signature, "big"), number(jwk["e"]), modulus).to_bytes(
        size, "big") == expected


def is_ec_signature(pem, signed, signature):
    """By the openssl program, which wants DER instead of two numbers side by side."""
    def integer(raw):
        raw = raw.lstrip(b"\x00")
        raw = b"\x00" + raw if not raw or raw[0] >= 128 else raw
        return b"\x02" + bytes([len(raw)]) + raw
    if len(signature) != 96:
        return False
    body = integer(signature[:48]) + integer(signature[48:])
    with tempfile.NamedTemporaryFile() as key, tempfile.NamedTemporaryFile() as der:
        key.write(pem)
        key.flush()
        der.write(b"\x30" + bytes([len(body)]) + body)
        der.flush()
        return subprocess.run(["openssl", "dgst", "-sha384", "-verify", key.name, "-signature", der.name],
                              input=signed, capture_output=True).returncode == 0


def begins(asked, what):
    """Whether a request begins so: "GET /files/1" is no beginning of "GET /files/10"."""
    return asked.startswith(what) and not asked[len(what):len(what) + 1].isdigit()


@dataclass
class Client:
    """A client as it was registered: its id, kid and public key, by which `verify(signed, signature)` decides."""
    id: str
    kid: str
    algorithm: str
    verify: object


@dataclass
class Seen:
    method: str
    path: str
    query: str
    headers: object
    body: bytes


@dataclass
class Entry:
    """One file of the export."""
    list: str
    type: str
    data: bytes
    count: int = None


@dataclass
class Ways:
    """How a server goes about it."""
    client: Client = None            # none: it is open
    requires_token: bool = None      # of its files; None: it does not say
    waits: list = field(default_factory=list)  # headers of each "not yet"
    page_size: int = None
    etag: bool = True
    ranges: bool = True
    gzip: bool = False
    with_length: bool = True
    expires: bool = False            # the addresses of files end when the manifest is read again
    location: str = "absolute"
    error_list: str = "error"
    elsewhere: object = None         # another server, on which the files are
    token_lives: int = 300
    certificate: object = None       # files with certificate and key: speaks TLS
    extra: dict = field(default_factory=dict)  # members of the manifest


class Quiet(http.server.ThreadingHTTPServer):
    """Clients that are killed leave their connections behind."""
    daemon_threads = True

    def handle_error(self, *_):
        if not isinstance(sys.exc_info()[1], (BrokenPipeError, ConnectionResetError, ssl.SSLError)):
            super().handle_error(*_)


class BulkServer:
    def __init__(self, entries, **ways):
        self.entries, self.ways = entries, Ways(**ways)
        self.seen, self.wrong = [], []
        self.faults = {}          # "GET /fhir/job": functions of the handler, used up one by one
        self.tokens, self.ids = set(), set()
        self.version = 0          # of the files' addresses
        self.jobs, self.deleted = 0, []
        self.lock = threading.Lock()
        self.http = Quiet(("127.0.0.1", 0), self._handler())
        if self.ways.certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.ways.certificate)
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True, do_handshake_on_connect=False)
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    @property
    def root(self):
        scheme = "http" if self.ways.certificate is None else "https"
        return f"{scheme}://127.0.0.1:{self.http.server_port}"

    @property
    def base(self):
        return self.root + "/fhir"

    def fault(self, what, *faults):
        """The next requests that begin so ("GET /files/2") meet these faults, one each."""
        self.faults.setdefault(what, []).extend(faults)
        return self

    def count(self, method, path):
        return sum(begins(f"{one.method} {one.path}", f"{method} {path}") for one in self.seen)

    def _handler(server):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def _take(self):
                path, _, query = self.path.partition("?")
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.asked = Seen(self.command, path, query, self.headers, body)
                with server.lock:
                    server.seen.append(self.asked)
                    fault = next((faults.pop(0) for what, faults in server.faults.items()
                                  if faults and begins(f"{self.command} {path}", what)), None)
                try:
                    if fault is None or fault(self) is not True:
                        server._answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            do_GET = do_POST = do_DELETE = _take

            def say(self, status, body=b"", **headers):
                if isinstance(body, (dict, list)):
                    body = json.dumps(body, ensure_ascii=False).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                return True

            def cut(self):
                """Ends the connection where it stands."""
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return True

        return Handler

    # What is asked for

    def _answer(self, handler):
        path = handler.asked.path
        if path == "/fhir/.well-known/smart-configuration":
            return handler.say(200, {"token_endpoint": self.root + "/token", "capabilities": ["permission-v2"]})
        if path == "/token":
            return self._give_token(handler)
        if path.startswith("/files/"):
            return self._file(handler, path.removeprefix("/files/"))
        if not self._is_allowed(handler):
            return handler.say(401, outcome("login"))
        if path.endswith("/$export"):
            return self._kick_off(handler)
        if handler.command == "DELETE" and path.startswith("/fhir/job/"):
            self.deleted.append(path)
            return handler.say(202)
        if path.startswith("/fhir/job/"):
            return self._status(handler)
        return handler.say(404, outcome("not-found"))

    def _is_allowed(self, handler):
        sent = handler.asked.headers.get("Authorization")
        if self.ways.client is None:
            if sent is not None:
                self.wrong.append(f"a token came with {handler.path}, which asks for none")
            return True
        return sent is not None and sent.removeprefix("Bearer ") in self.tokens

    def _kick_off(self, handler):
        headers = handler.asked.headers
        if headers.get("Accept") != "application/fhir+json" or headers.get("Prefer") != "respond-async":
            self.wrong.append(f"kick-off with Accept {headers.get('Accept')}, Prefer {headers.get('Prefer')}")
        self.jobs += 1
        place = f"/fhir/job/{self.jobs}"
        headers = {"absolute": {"Content_Location": self.root + place}, "relative": {"Content_Location": place},
                   "absent": {}}[self.ways.location]
        return handler.say(202, outcome("informational", "information"), **headers)

    def _status(self, handler):
        if self.ways.waits:
            return handler.say(202, **self.ways.waits.pop(0))
        page = int(urllib.parse.parse_qs(handler.asked.query).get("page", ["0"])[0])
        if page == 0 and self.ways.expires:
            self.version += 1
        return handler.say(200, self.manifest(page, handler.asked.path), Content_Type="application/json",
                           Expires=email.utils.formatdate(time.time() + 3600, usegmt=True))

    def manifest(self, page, job):
        size = self.ways.page_size or max(1, len(self.entries))
        made = {"transactionTime": TIME, "request": self.base + "/Patient/$export", "output": [], **self.ways.extra}
        if self.ways.requires_token is not None:
            made["requiresAccessToken"] = self.ways.requires_token
        place = (self.ways.elsewhere or self).root
        for at in range(page * size, min((page + 1) * size, len(self.entries))):
            entry = self.entries[at]
            name = self.ways.error_list if entry.list == "error" else entry.list
            one = {"type": entry.type, "url": f"{place}/files/{at}?v={self.version}"}
            if entry.count is not None:
                one["count"] = entry.count
            made.setdefault(name, []).append(one)
        if (page + 1) * size < len(self.entries):
            made["link"] = [{"relation": "next", "url": f"{self.root}{job}?page={page + 1}"}]
        return made

    def _file(self, handler, name):
        sent = handler.asked.headers.get("Authorization")
        mine = self.ways.client is not None and self.ways.requires_token is not False  # where nothing is said
        if not mine and sent is not None:
            self.wrong.append(f"the token was sent for file {name}, which says that it shall not be")
        if self.ways.requires_token and not self._is_allowed(handler):
            return handler.say(401)
        if self.ways.expires and handler.asked.query != f"v={self.version}":
            return handler.say(403, b"<Error>ExpiredToken</Error>")
        self.send_file(handler, self.entries[int(name)].data)

    def send_file(self, handler, data, until=None):
        """The file, or the part of it that is asked for; `until`: so many bytes of the answer, then the line is cut."""
        asked, headers = handler.asked.headers, {"Content-Type": "application/fhir+ndjson"}
        if self.ways.gzip:
            if "gzip" not in asked.get("Accept-Encoding", ""):
                self.wrong.append("a file was asked for without Accept-Encoding: gzip")
            data, headers["Content-Encoding"] = gzip.compress(data, 1, mtime=0), "gzip"
        etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        if self.ways.etag:
            headers["ETag"] = etag
        status, begin = 200, re.fullmatch(r"bytes=(\d+)-", asked.get("Range", ""))
        if begin and self.ways.ranges and asked.get("If-Range", etag) == etag:
            status, begin = 206, int(begin[1])
            headers["Content-Range"] = f"bytes {begin}-{len(data) - 1}/{len(data)}"
            data = data[begin:]
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        if self.ways.with_length:
            handler.send_header("Content-Length", str(len(data)))
        else:
            handler.send_header("Connection", "close")
            handler.close_connection = True
        handler.end_headers()
        handler.wfile.write(data[:until])
        if until is not None:
            handler.cut()

    def _give_token(self, handler):
        form = dict(urllib.parse.parse_qsl(handler.asked.body.decode()))
        why = self._refusal(form)
        if why:
            self.wrong.append(f"token: {why}")
            return handler.say(400, {"error": "invalid_client", "error_description": "Brightwater"})
        token = f"secret-{len(self.ids)}"
        self.tokens.add(token)
        return handler.say(200, {"access_token": token, "token_type": "bearer", "expires_in": self.ways.token_lives,
                                 "scope": form["scope"]})

    def _refusal(self, form):
        """What is wrong with a request for a token, by SMART Backend Services."""
        client = self.ways.client
        if form.get("grant_type") != "client_credentials":
            return "grant_type"
        if form.get("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer":
            return "client_assertion_type"
        if not re.fullmatch(r"system/[A-Za-z*]+\.rs( system/[A-Za-z]+\.rs)*", form.get("scope", "")):
            return f"scope {form.get('scope')}"
        head, claims, signature = form["client_assertion"].split(".")
        if json.loads(decoded(head)) != {"alg": client.algorithm, "kid": client.kid, "typ": "JWT"}:
            return f"header {decoded(head)}"
        told = json.loads(decoded(claims))
        if told["iss"] != client.id or told["sub"] != client.id or told["aud"] != self.root + "/token":
            return f"claims {told}"
        if not 0 < told["exp"] - time.time() <= 300:
            return f"exp in {told['exp'] - time.time()} s"
        if told["jti"] in self.ids:
            return "a jti that was used"
        self.ids.add(told["jti"])
        if not client.verify(f"{head}.{claims}".encode(), decoded(signature)):
            return "the signature"
        return None


def outcome(code, severity="error", **more):
    return {"resourceType": "OperationOutcome",
            "issue": [{"severity": severity, "code": code, "diagnostics": "Odalys Brightwater", **more}]}


# Faults

def says(status, body=b"", **headers):
    return lambda handler: handler.say(status, body, **headers)


def cuts(handler):
    return handler.cut()
