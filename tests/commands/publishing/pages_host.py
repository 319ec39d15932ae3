"""A host on this machine that serves a folder as GitHub Pages does, and misbehaves where it is told to.

An address that ends with a slash is that folder's `index.html`, one that is none is answered with 404 and
`404.html`, and text is packed for who accepts that.
"""

import gzip
import mimetypes
import threading
import time
from contextlib import contextmanager, suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

# What a system's own list may have otherwise, or not at all.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "application/javascript; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}


class PagesHost(ThreadingHTTPServer):
    """The host: the folder that it serves, below which path, and what it does at some addresses."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, folder, below=""):
        super().__init__(("127.0.0.1", 0), Answers)
        self.folder, self.below = folder, below
        self.ways = {}  # what is done at an address, by its path from the root of the site
        self.asked = []
        self.connections = 0
        self.changed = time.time()
        self.packs = False  # whether text is packed for everybody

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}{self.below}"

    def handle_error(self, request, client_address):
        """Say nothing of who has hung up."""


class Answers(BaseHTTPRequestHandler):
    """The answers of one connection, which is kept open."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer would wait for a sign of life

    def setup(self):
        super().setup()
        self.server.connections += 1

    def do_GET(self):
        host = self.server
        path = unquote(self.path.partition("?")[0])
        host.asked.append(path)
        if not path.startswith(f"{host.below}/"):
            self.send(404, b"no site of this name")
            return
        inside = path.removeprefix(host.below)
        if way := host.ways.get(inside) or host.ways.get("*"):
            way(self)
            return
        self.send_file(inside)

    def send_file(self, inside):
        file = self.server.folder / (inside + "index.html" if inside.endswith("/") else inside)[1:]
        if file.is_dir():
            self.send(301, b"", Location=f"{self.server.url}{inside}/")
        elif file.is_file():
            kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "text/plain"
            self.send(200, file.read_bytes(), Content_Type=kind)
        else:
            lost = (self.server.folder / "404.html").read_bytes()
            self.send(404, lost, Content_Type="text/html; charset=utf-8")

    def send(self, status, body, **headers):
        packs = self.server.packs or "gzip" in self.headers.get("Accept-Encoding", "")
        if packs and body:
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", formatdate(self.server.changed, usegmt=True))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *words):
        """Say nothing."""


def replace(body, status=200, **headers):
    """Make an address that answers with something else."""
    return lambda answers: answers.send(status, body, **headers)


def cut_short(answers):
    """Promise a page and send half a line."""
    answers.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nhalf")
    answers.close_connection = True


def say_nothing(answers):
    """Take the request and never answer."""
    with suppress(OSError):
        answers.connection.settimeout(10)
        answers.connection.recv(1)
    answers.close_connection = True


def trickle(answers):
    """Send a byte at a time, so that no single wait is long."""
    with suppress(OSError):
        answers.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        for _ in range(500):
            answers.wfile.write(b"x")
            time.sleep(0.02)
    answers.close_connection = True


def hang_up(answers):
    """Close the connection without a word."""
    answers.close_connection = True


def in_turn(*ways):
    """Make an address that answers each request in another way; after that, with its file."""
    waiting = list(ways)

    def answer(answers):
        if waiting:
            waiting.pop(0)(answers)
        else:
            answers.send_file(unquote(answers.path).removeprefix(answers.server.below))

    return answer


@contextmanager
def hosting(folder, below=""):
    """Serve a folder in the block, below a path such as `/blog`."""
    host = PagesHost(folder, below)
    threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()
