"""A server on this machine that misbehaves in every way, and a resolver that lets it be asked.

Its paths are the ways: each is a function of the connection and the method, which sends what it likes.
All hosts that end in `.test` are this server; every other name is nobody's.
"""

import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path

from commands.link_care.hosts import Resolver, is_public

HERE = Path(__file__).parent
LOCAL = "127.0.0.1"
MOST_SENT = 50_000_000  # bytes of what never ends


def format_head(status, *headers, length=0):
    phrase = HTTPStatus(status).phrase if status in {*HTTPStatus} else "Odd"
    lines = [f"HTTP/1.1 {status} {phrase}", f"Content-Length: {length}", *headers, "\r\n"]
    return "\r\n".join(lines).encode("latin-1")


def answer(status, *headers, body=b""):
    """Make a path that answers as it should."""

    def send(connection, method):
        connection.sendall(format_head(status, *headers, length=len(body)))
        if method != "HEAD":
            connection.sendall(body)

    return send


def by_method(**ways):
    """Make a path that treats one method otherwise than another."""
    return lambda connection, method: ways[method](connection, method)


def in_turn(*ways):
    """Make a path that answers each request in another way; the last one stays."""
    waiting = list(ways)

    def send(connection, method):
        way = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        way(connection, method)

    return send


def raw(data):
    """Make a path that sends bytes and hangs up."""
    return lambda connection, method: connection.sendall(data)


def trickle(connection, method):
    """Send a header for ever, a byte at a time: no single wait is long."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(2000):
        connection.sendall(b"x")
        time.sleep(0.02)


def never(connection, method):
    """Take the request, and say nothing until the other side gives up."""
    with suppress(OSError):
        connection.settimeout(10)
        connection.recv(1)


def pour(connection, method):
    """Send a body without an end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    for _ in range(MOST_SENT // 65536):
        connection.sendall(b"x" * 65536)


def many_headers(connection, method):
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n")


WAYS = {
    "/good": answer(200, body=b"Hello"),
    "/gone": answer(404),
    "/withdrawn": answer(410),
    "/head-403": by_method(HEAD=answer(403), GET=answer(200)),
    "/head-404": by_method(HEAD=answer(404), GET=answer(200)),
    "/head-405": by_method(HEAD=answer(405), GET=answer(404)),
    "/head-silent": by_method(HEAD=never, GET=answer(200)),
    "/head-dropped": by_method(HEAD=raw(b""), GET=answer(200)),
    "/closed": answer(403),
    "/linkedin": answer(999),
    "/busy": answer(429),
    "/broken": answer(500),
    "/moved": answer(301, "Location: /good"),
    "/moved-and-gone": answer(302, "Location: /gone"),
    "/circle": answer(302, "Location: /circle2"),
    "/circle2": answer(302, "Location: /circle"),
    "/self": answer(302, "Location: /self"),
    "/nowhere": answer(302),
    "/odd-target": answer(302, "Location: http://[::bad/"),
    "/to-private": answer(302, "Location: http://private.test/secret"),
    "/to-mail": answer(302, "Location: mailto:a@example.org"),
    "/to-file": answer(302, "Location: file:///etc/passwd"),
    "/never": never,
    "/trickle": trickle,
    "/pour": pour,
    "/lies-long": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nshort"),
    "/lies-negative": raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"),
    "/lies-words": raw(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhello"),
    "/bad-chunks": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello"),
    "/garbage": raw(b"\x00\xff\xfe no such protocol\r\n\r\n"),
    "/empty": raw(b""),
    "/long-line": raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"),
    "/many-headers": many_headers,
}


class Server:
    """The server, what it was asked, and when."""

    def __init__(self, certificate=None):
        self.socket = socket.create_server((LOCAL, 0))
        self.port = self.socket.getsockname()[1]
        self.ways = dict(WAYS)
        self.requests = []  # the method, host and path of each
        self.heads = []
        self.moments = []
        self.open = self.most_open = 0
        self.lock = threading.Lock()
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        threading.Thread(target=self.serve, daemon=True).start()

    def url(self, path, host="www.test", scheme="http"):
        return f"{scheme}://{host}:{self.port}{path}"

    def serve(self):
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                threading.Thread(target=self.treat, args=[connection], daemon=True).start()

    def treat(self, connection):
        with suppress(OSError), connection:
            connection.settimeout(10)
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                if not (data := connection.recv(65536)):
                    return
                head += data
            text = head.decode("latin-1")
            method, path, _ = text.split("\r\n")[0].split(" ")
            host = text.split("Host: ")[1].split("\r\n")[0].partition(":")[0]
            with self.lock:
                self.heads.append(text)
                self.requests.append((method, host, path))
                self.moments.append(time.monotonic())
                self.open += 1
                self.most_open = max(self.open, self.most_open)
            try:
                way = self.ways.get(path) or self.ways.get(path.partition("?")[0]) or answer(404)
                way(connection, method)
            finally:
                with self.lock:
                    self.open -= 1
            connection.close()

    def close(self):
        with suppress(OSError):  # who waits for a connection is told: else one more would be served
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


@contextmanager
def serving(certificate=None):
    server = Server(certificate)
    try:
        yield server
    finally:
        server.close()


def look_up(name, port):
    """Resolve the names of the tests, without any network."""
    if name == "private.test":
        return ["192.168.1.1"]
    if name == "rebound.test":
        return ["93.184.215.14", "127.0.0.1"]
    if name.endswith(".test"):
        return [LOCAL]
    if name.replace(".", "").isdecimal() or ":" in name:
        return [name]
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def make_resolver(looked_up=None):
    """Make a resolver that lets the server of the tests be asked, and nothing else that is private."""

    def note(name, port):
        if looked_up is not None:
            looked_up.append(name)
        return look_up(name, port)

    def may_ask(number):
        return number == LOCAL or is_public(number)

    return Resolver(note, may_ask)
