"""Ask a live site for one file after another, over one connection that is kept open (RFC 9112, 9.3).

Files are asked for as they are (`identity`), no redirect is followed, and no more is read of a file than it
takes to see that it is another one. The whole of each request has one time, whatever comes in between.
"""

import http.client
import socket
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from commands.link_care.failures import BROKEN, UNREACHED, Failure
from commands.link_care.hosts import Host, look_up
from commands.link_care.request import (
    PORTS,
    TimedConnection,
    connect,
    explained_faults,
    find_rest,
    split_place,
)

SECONDS = 30.0  # for one file, from the connection to its last byte
AGENT = "Libraries-Got-Game verify (compares a site with what its author has written)"
GZIPPED = 16 + zlib.MAX_WBITS  # zlib's sign for the frame of RFC 1952


@dataclass(frozen=True)
class SiteAnswer:
    """What a live site answers to one request."""

    status: int
    headers: Mapping[str, str]  # by name, in small letters
    body: bytes
    is_whole: bool  # whether the body is all of it


class SiteConnection:
    """One connection to the host of a site, made when it is needed."""

    def __init__(self, siteurl: str, seconds: float = SECONDS) -> None:
        """Begin without a connection; `seconds` is the time of each request. Raises Failure."""
        self.scheme, self.name, self.port, path = split_place(siteurl)
        self.base = path.rstrip("/")
        self.seconds = seconds
        self.numbers: tuple[str, ...] = ()
        self.socket: socket.socket | None = None
        self.is_over = False  # whether another thread has ended it

    def ask(self, path: str, most_bytes: int) -> SiteAnswer:
        """Return the answer to a request for a path below the site's address, such as `/about/`.

        Of the body at most `most_bytes` are read. Raises Failure if there is no answer, or none that is
        whole where it should be.
        """
        ends = time.monotonic() + self.seconds
        if self.socket is not None:
            try:
                return self.exchange(path, most_bytes, ends)
            except Failure:  # a server may close what it has kept open at any time, and does
                self.close()
        try:
            return self.exchange(path, most_bytes, ends)
        except Failure:
            self.close()
            raise

    def exchange(self, path: str, most_bytes: int, ends: float) -> SiteAnswer:
        """Send one request over the connection and read its answer, before a moment. Raises Failure."""
        if self.is_over:
            raise Failure("interrupted", UNREACHED)
        with explained_faults():
            line = self.socket = self.socket or self.open(ends)
            if self.is_over:  # meanwhile
                raise Failure("interrupted", UNREACHED)
            line.settimeout(find_rest(ends))
            line.sendall(self.format_request(path))
            response = http.client.HTTPResponse(TimedConnection(line, ends), method="GET")  # type: ignore[arg-type]
            try:
                response.begin()
                answer = read_answer(response, most_bytes)
                if not (answer.is_whole and response.isclosed()) or response.will_close:
                    self.close()
            finally:
                response.close()
        return answer

    def open(self, ends: float) -> socket.socket:
        """Return a new connection, encrypted if the scheme is. Raises Failure, OSError."""
        if not self.numbers:
            try:
                self.numbers = tuple(look_up(self.name, self.port))
            except (OSError, UnicodeError):
                raise Failure("no such host", UNREACHED) from None
        return connect(Host(self.name, self.port, self.numbers), self.scheme, ends)

    def format_request(self, path: str) -> bytes:
        """Return a request for a path below the site's address."""
        shown = f"[{self.name}]" if ":" in self.name else self.name
        where = shown if self.port == PORTS[self.scheme] else f"{shown}:{self.port}"
        lines = [
            f"GET {self.base}{path} HTTP/1.1",
            f"Host: {where}",
            f"User-Agent: {AGENT}",
            "Accept: */*",
            "Accept-Encoding: identity",
            "\r\n",
        ]
        return "\r\n".join(lines).encode("ascii")

    def break_off(self) -> None:
        """End what is under way in another thread: who waits for an answer there gets none."""
        self.is_over = True
        line = self.socket
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self.socket is not None:
            self.socket.close()
        self.socket = None


def read_answer(response: http.client.HTTPResponse, most_bytes: int) -> SiteAnswer:
    """Return the answer whose head has come in. Raises Failure, OSError, HTTPException."""
    headers = {name.lower(): value for name, value in response.getheaders()}
    is_packed = headers.get("content-encoding", "identity").lower() in ("gzip", "x-gzip")
    # What cannot be made smaller becomes a little larger.
    limit = most_bytes + most_bytes // 100 + 1000 if is_packed else most_bytes
    body = response.read(limit + 1)
    is_whole = len(body) <= limit
    if is_whole and response.length:  # bytes that were promised
        raise Failure("an answer that broke off", UNREACHED)
    if is_packed:
        body, is_whole = unpack(body, most_bytes)
    return SiteAnswer(response.status, headers, body[:most_bytes], is_whole)


def unpack(data: bytes, most_bytes: int) -> tuple[bytes, bool]:
    """Return at most so many bytes of what was packed unasked, and whether they are all. Raises Failure."""
    unpacker = zlib.decompressobj(GZIPPED)
    try:
        body = unpacker.decompress(data, most_bytes + 1)
    except zlib.error:
        raise Failure("an answer that is none", BROKEN) from None
    return body, unpacker.eof and len(body) <= most_bytes
