"""Answer the browsers of this machine as GitHub Pages would, and nobody else.

Drafts are private, and any page that a browser shows can send requests to this machine: under a name
of its own that it leads here (DNS rebinding), or from a script, a frame or a picture. So a request
must name this machine, and come from the person or from a page of the preview itself.
"""

import errno
import math
import mimetypes
import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import PurePosixPath
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from building.settings import find_place
from catalogue.problems import format_name

HOST = "127.0.0.1"
NAMES = ("localhost", HOST, "[::1]")
MOST_OPEN = 64  # connections at once: ten browsers' worth, and fewer than any system's open files
READ_SECONDS = 10  # for a request to arrive
SEND_SECONDS = 60  # for an answer to be taken
PATIENCE_SECONDS = 1  # for a place among the open connections
PAUSE_SECONDS = 0.2  # before the next try, when the system has no room for a connection
NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)

# Renders a file of the site: PAGE and its bytes, NONE if the site has none, FAULT and what went wrong.
Render = Callable[[str], tuple[bytes, bytes]]
NONE, PAGE, FAULT = b"n", b"p", b"f"

TEXT_TYPE, HTML_TYPE = "text/plain; charset=utf-8", "text/html; charset=utf-8"
# In every answer. No page elsewhere may use it, frame it or keep a hand on its window, no browser
# guesses at its type or keeps it: the next change makes it old.
HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
    ("Connection", "close"),
)
FOREIGN = b"The preview answers only this computer's own browser, at the address that it told.\n"
UNREADABLE = b"The preview cannot read this request.\n"
UNKNOWN = b"The preview answers GET and HEAD only.\n"
FAILED = b"The preview could not answer; what went wrong stands where it was started.\n"

# Without the system's own tables, so that it is the same everywhere; some are newer than Python 3.11,
# and some Pythons have another one.
TYPES = mimetypes.MimeTypes().types_map[True] | {
    ".avif": "image/avif",
    ".bib": "text/plain",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".gz": "application/gzip",
    ".js": "text/javascript",
    ".jsonld": "application/ld+json",
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".otf": "font/otf",
    ".ris": "text/plain",
    ".rtf": "text/rtf",
    ".shtml": "text/html",
    ".srt": "text/plain",
    ".ttf": "font/ttf",
    ".vtt": "text/vtt",
    ".wav": "audio/wav",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class Answer:
    """One answer: its status, its bytes and their type, and where else to look."""

    status: int
    data: bytes = b""
    kind: str = TEXT_TYPE
    location: str = ""


def name_hosts(port: int) -> frozenset[str]:
    """Return what a browser of this machine writes after `Host:` for a port (RFC 9110, 7.2)."""
    return frozenset([*(f"{name}:{port}" for name in NAMES), *(NAMES if port == 80 else ())])


def split_target(target: str) -> tuple[str, str]:
    """Return the host that a request's target names, if it does, and its path (RFC 9112, 3.2).

    Raises ValueError for what names no page.
    """
    if target.startswith("/"):
        return "", re.split(r"[?#]", target, maxsplit=1)[0]
    parts = urlsplit(target)
    if parts.scheme != "http" or not parts.netloc:
        raise ValueError(target)
    return parts.netloc, parts.path or "/"


def is_for_this_machine(host: str, headers: Message, hosts: Collection[str]) -> bool:
    """Return whether a request names this machine: once in its headers, and in its target if at all."""
    named = [str(value).strip().lower() for value in headers.get_all("Host", [])]
    return len(named) == 1 and named[0] in hosts and (not host or host.lower() in hosts)


def is_foreign(headers: Message, hosts: Collection[str]) -> bool:
    """Return whether a page of another site sent the request, and not the person.

    As the browser tells in Origin (RFC 6454) and in Sec-Fetch-* (W3C, Fetch Metadata), which no page
    can alter. An address that was typed and a link that was followed, wherever from, are the person's.
    """
    if headers.get("Sec-Fetch-Mode") == "navigate" and headers.get("Sec-Fetch-Dest") == "document":
        return False
    origins = headers.get_all("Origin", [])
    own = {f"http://{host}" for host in hosts}
    site = headers.get("Sec-Fetch-Site", "none")
    return site not in ("none", "same-origin") or any(str(each) not in own for each in origins)


def answer_path(path: str, render: Render) -> Answer:
    """Return what is at a path: folders by their index, 404.html for what is not there."""
    name = unquote(path).lstrip("/")
    file = f"{name}index.html" if not name or name.endswith("/") else name
    kind, data = render(file)
    if kind == NONE and file == name and render(f"{name}/index.html")[0] == PAGE:
        # From the file's name, which has no slash at its start: two would name another host.
        return Answer(301, location=f"/{quote(name)}/")
    if kind == PAGE:
        return Answer(200, data, find_media_type(file))
    if kind == FAULT:
        return Answer(503, data)
    kind, data = render("404.html")
    return Answer(404, data, HTML_TYPE if kind == PAGE else TEXT_TYPE)


def find_media_type(file: str) -> str:
    """Return the media type of a file, with the character set if it is text."""
    kind = TYPES.get(PurePosixPath(file).suffix.lower(), "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def format_head(answer: Answer, date: str) -> bytes:
    """Return the first line and the headers of an answer (RFC 9112); the program is not named."""
    fields = [("Date", date), ("Content-Type", answer.kind), ("Content-Length", len(answer.data))]
    fields += [("Location", answer.location)] if answer.location else []
    first = f"HTTP/1.0 {answer.status} {HTTPStatus(answer.status).phrase}"
    lines = [first, *(f"{name}: {value}" for name, value in (*fields, *HEADERS)), "", ""]
    return "\r\n".join(lines).encode("ascii")


class Handler(BaseHTTPRequestHandler):
    """The handler of one request."""

    server: "Server"
    timeout = READ_SECONDS

    def parse_request(self) -> bool:
        """Read the request's headers; from then on its connection is no idle one."""
        is_read = super().parse_request()
        self.server.note_read(self.connection)
        self.connection.settimeout(SEND_SECONDS)
        return is_read

    def do_GET(self) -> None:
        """Send a page, a refusal, or a sentence if something unexpected happens."""
        try:
            answer = self.answer_request()
        except Exception as error:  # noqa: BLE001 - whatever happens, the preview goes on
            print_failure(error)
            answer = Answer(500, FAILED)
        self.write(answer)

    do_HEAD = do_GET

    def answer_request(self) -> Answer:
        """Return the answer to the request that was read."""
        try:
            host, path = split_target(self.path)
        except ValueError:
            return Answer(400, UNREADABLE)
        hosts = self.server.hosts
        headers = self.headers or Message()  # of HTTP/0.9, which has none, Python 3.14 makes a dict
        if not is_for_this_machine(host, headers, hosts) or is_foreign(headers, hosts):
            return Answer(403, FOREIGN)
        return answer_path(path, self.server.render)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse a request that cannot be read, or asks for more than to be shown something."""
        del message, explain
        self.close_connection = True
        self.write(Answer(code, UNKNOWN if code == HTTPStatus.NOT_IMPLEMENTED else UNREADABLE))

    def write(self, answer: Answer) -> None:
        """Write an answer; without its bytes to who asked for its headers only."""
        data = b"" if self.command == "HEAD" else answer.data
        self.wfile.write(format_head(answer, self.date_time_string()) + data)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing of each page that is looked at."""


class Server(ThreadingMixIn, TCPServer):
    """A server on one port of this machine alone, each connection in a thread, and not too many of them.

    A connection whose request does not arrive is closed after READ_SECONDS, and at once if another
    one needs its place: so browsers that open some in advance, or clients that hang, stop nobody.
    """

    allow_reuse_address = os.name != "nt"  # two programs could share the port there
    daemon_threads = True
    request_queue_size = MOST_OPEN

    def __init__(self, port: int, render: Render) -> None:
        """Bind the port; raises OSError if that cannot be."""
        self.render = render
        self.changed = threading.Condition()
        # Each open connection, the oldest first, and until when its request may take; no end once it
        # has been read or given up.
        self.open: dict[Any, float] = {}
        super().__init__((HOST, port), Handler)
        self.port: int = self.server_address[1]
        self.hosts = name_hosts(self.port)

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept the next connection; when the system has no room for it, close the oldest, and pause."""
        try:
            return super().get_request()
        except OSError as error:
            if error.errno in NO_ROOM:
                with self.changed:
                    self.hang_up(before=math.inf, most=1)
                time.sleep(PAUSE_SECONDS)
            raise

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread of its own, or close it if there is no place for it."""
        with self.changed:
            if len(self.open) >= MOST_OPEN:
                self.hang_up(before=math.inf, most=1)
            has_room = self.changed.wait_for(lambda: len(self.open) < MOST_OPEN, PATIENCE_SECONDS)
            if has_room:
                self.open[request] = time.monotonic() + READ_SECONDS
        if has_room:
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def service_actions(self) -> None:
        """Close the connections whose time is over."""
        with self.changed:
            self.hang_up(before=time.monotonic(), most=MOST_OPEN)

    def hang_up(self, before: float, most: int) -> None:
        """Close connections whose time ends before a moment, the oldest first; their threads then end."""
        overdue = [connection for connection, until in self.open.items() if until < before]
        for connection in overdue[:most]:
            self.open[connection] = math.inf
            with suppress(OSError):  # the other side may have closed it
                connection.shutdown(socket.SHUT_RDWR)

    def note_read(self, connection: Any) -> None:
        """Mark the request of a connection as arrived."""
        with self.changed:
            if connection in self.open:
                self.open[connection] = math.inf

    def shutdown_request(self, request: Any) -> None:
        """Close a connection, and give its place to another."""
        super().shutdown_request(request)
        with self.changed:
            self.open.pop(request, None)
            self.changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print in one line what went wrong; nothing of a browser that left before the answer."""
        del request, client_address
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, OSError):
            print_failure(error)


def print_failure(error: Exception) -> None:
    """Print in one line what went wrong in answering a request."""
    text = " ".join(str(error).split())
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    place = find_place(error, (".py",))
    line = f"{place}: a request to the preview could not be answered ({what}). The preview goes on."
    print(format_name(line), file=sys.stderr, flush=True)
