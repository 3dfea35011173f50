"""Starts `legwork serve` on a free port, and stops it: for every test that asks it over HTTP."""
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time

from runs import LEGWORK

LISTENING = re.compile(r"^legwork: listening on (https?)://(.*):(\d+)$")
PATIENCE = 120  # seconds, after which a server that hangs is killed and its test fails


class Server:
    """A running `legwork serve`. As a context it is stopped at the end, which must leave no fault.

    `settings`: text of a configuration file; `env`: variables beside those of the test.
    """

    def __init__(self, settings="", args=(), env=None, listen="127.0.0.1:0"):
        self.folder = tempfile.TemporaryDirectory()
        config = pathlib.Path(self.folder.name, "legwork.toml")
        config.write_text(settings)
        self.process = subprocess.Popen(
            [LEGWORK, "serve", "--config", config, *(["--listen", listen] if listen else []), *map(str, args)],
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **(env or {})})
        self.watch = threading.Timer(PATIENCE, self.process.kill)
        self.watch.start()
        self.said = []  # lines of standard error, with those of the log
        self.code = None
        self.news = threading.Condition()
        self.listening = threading.Event()
        self.scheme = self.host = self.port = None
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.listening.wait()
        if self.port is None:
            self.stop()
            raise RuntimeError(f"legwork serve did not start (exit {self.code}): {self.err[:2000]}")

    def _read(self):
        for raw in self.process.stderr:
            line = raw.decode(errors="replace").rstrip("\n")
            if found := LISTENING.match(line):
                self.scheme, self.host, self.port = found[1], found[2], int(found[3])
                self.listening.set()
            with self.news:
                self.said.append(line)
                self.news.notify_all()
        self.listening.set()

    @property
    def err(self):
        return "\n".join(self.said)

    @property
    def url(self):
        return f"{self.scheme}://{self.host}:{self.port}"

    def wait_for(self, wanted, seconds=30):
        """Waits until a line of the log holds these words; that line, or None."""
        find = lambda: next((line for line in self.said if wanted in line), None)
        with self.news:
            self.news.wait_for(find, seconds)
            return find()

    def events(self, name="request"):
        """The lines of the JSON log with that event."""
        with self.news:
            lines = [json.loads(line) for line in self.said if line.startswith("{")]
        return [line for line in lines if line["event"] == name]

    def connect(self, context=None, timeout=60):
        """A connection of http.client; over TLS nothing is checked unless a context says what."""
        if self.scheme == "http":
            return http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        if context is None:
            context = ssl._create_unverified_context()
        return http.client.HTTPSConnection(self.host, self.port, timeout=timeout, context=context)

    def ask(self, method, path, body=None, headers=None):
        """One request on a connection of its own: (status, headers, body)."""
        connection = self.connect()
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def send(self, number):
        self.process.send_signal(number)

    def stop(self, number=signal.SIGTERM):
        """Tells it to stop, and waits; returns its exit code. Everything it said is in `err` then."""
        if self.code is None:
            if self.process.poll() is None:
                self.send(number)
            self.code = self.process.wait()
            self.watch.cancel()
            self.reader.join()
            self.process.stderr.close()
            self.folder.cleanup()
        return self.code

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        code = self.stop()
        if kind is None and code != 0:
            raise RuntimeError(f"legwork serve ended with {code}: {self.err[-4000:]}")


def talk(server, sent, timeout=60):
    """Sends bytes as they are and reads until the server closes: what it said."""
    with socket.create_connection((server.host, server.port), timeout=timeout) as line:
        line.sendall(sent)
        return read_all(line)


def read_all(line):
    """What comes until the other side closes."""
    said = b""
    while piece := line.recv(1 << 16):
        said += piece
    return said


def statuses(said):
    """The statuses of all answers in what a server said."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) [^\r\n]*\r\nDate: ", said)]


def metric(server, name):
    """The value of a metric, 0 where it is not there. Labels in the order Prometheus' text has them."""
    text = server.ask("GET", "/metrics")[2].decode()
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def wait_until(true, seconds=30):
    """Asks again and again, by asking the server: for what only its metrics tell."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
    return True
