"""Answer the browsers of this machine as GitHub Pages would, and nobody else.

Drafts are private, and any page that a browser shows can send requests to this machine: under a name
of its own that it leads here (DNS rebinding), or from a script, a frame or a picture. So a request
must name this machine, and come from the person or from a page of the preview itself.
"""

import errno
import math
import os
import socket
import sys
import threading
import time
from contextlib import suppress
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from typing import Any

from building.settings import find_place
from catalogue.problems import format_name
from commands.serving.answers import EVENT_TYPE, TYPES, Answer, Render, answer_path, format_head
from commands.serving.live_page import EVENTS, SCRIPT, format_event, read_script, show_live
from commands.serving.origin import HOST, is_for_this_machine, is_foreign, name_hosts, split_target
from commands.serving.updates import Updates

MOST_PAGES = 24  # that wait for changes at once; the rest of the connections are for all else
BEAT_SECONDS = 10  # between signs of life to a page that waits
MOST_OPEN = 64  # connections at once: ten browsers' worth, and fewer than any system's open files
READ_SECONDS = 10  # for a request to arrive
SEND_SECONDS = 60  # for an answer to be taken
PATIENCE_SECONDS = 1  # for a place among the open connections
PAUSE_SECONDS = 0.2  # before the next try, when the system has no room for a connection
NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)

FOREIGN = b"The preview answers only this computer's own browser, at the address that it told.\n"
UNREADABLE = b"The preview cannot read this request.\n"
UNKNOWN = b"The preview answers GET and HEAD only.\n"
FAILED = b"The preview could not answer; what went wrong stands where it was started.\n"


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
            if answer is None:
                return
        except Exception as error:  # noqa: BLE001 - whatever happens, the preview goes on
            print_failure(error)
            answer = Answer(500, FAILED)
        self.write(answer)

    do_HEAD = do_GET

    def answer_request(self) -> Answer | None:
        """Return the answer to the request that was read; None if it is given already."""
        try:
            host, path = split_target(self.path)
        except ValueError:
            return Answer(400, UNREADABLE)
        hosts = self.server.hosts
        headers = self.headers or Message()  # of HTTP/0.9, which has none, Python 3.14 makes a dict
        if not is_for_this_machine(host, headers, hosts) or is_foreign(headers, hosts):
            return Answer(403, FOREIGN)
        updates = self.server.updates
        if updates is None:
            return answer_path(path, self.server.render)
        if path.startswith(EVENTS):
            return self.send_events(updates, path.removeprefix(EVENTS))
        if path == SCRIPT:
            return Answer(200, read_script(), TYPES[".js"])
        # The version before the page: one that changes in between is fetched once more.
        version = updates.version
        answer = answer_path(path, self.server.render)
        return show_live(answer, version, self.server.follows)

    def send_events(self, updates: Updates, version: str) -> Answer | None:
        """Send the present state and every later one, until the page of a version is closed."""
        if self.command == "HEAD":
            return Answer(200, kind=EVENT_TYPE)
        if not self.server.pages.acquire(blocking=False):
            return Answer(503, b"Too many pages of the preview are open. Close some.\n")
        try:
            with suppress(OSError):  # the page was closed
                self.follow_updates(updates, updates.find_number(version))
        finally:
            self.server.pages.release()
        return None

    def follow_updates(self, updates: Updates, known: int | None) -> None:
        """Send events until the server closes, to who knows a state. Raises OSError if the page is closed."""
        head = format_head(Answer(200, kind=EVENT_TYPE), self.date_time_string(), has_end=False)
        self.wfile.write(head)
        while not self.server.is_closing:
            known, state = updates.read(known)
            self.wfile.write(format_event(state))
            while not (updates.wait(known, BEAT_SECONDS) or self.server.is_closing):
                self.wfile.write(b":\n\n")

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

    def __init__(
        self,
        port: int,
        render: Render,
        updates: Updates | None = None,
        follows: bool = False,
        host: str = HOST,
    ) -> None:
        """Bind the port on a host of this machine; raises OSError if that cannot be.

        With `updates` pages wait for what is told there; with `follows` they go to what was saved.
        """
        self.render, self.updates, self.follows = render, updates, follows
        self.pages = threading.BoundedSemaphore(MOST_PAGES)
        self.is_closing = False
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.changed = threading.Condition()
        # Each open connection, the oldest first, and until when its request may take; no end once it
        # has been read or given up.
        self.open: dict[Any, float] = {}
        super().__init__((host, port), Handler)
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

    def server_close(self) -> None:
        """Close the port; pages that wait are let go."""
        self.is_closing = True
        super().server_close()

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
