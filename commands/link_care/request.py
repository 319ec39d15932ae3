"""Send one request to a host that was judged, and read the head of its answer, within a time.

This is not urllib's opener, for that resolves names by itself, obeys the proxies of the environment and
waits anew for each byte. Here the connection goes to the number that was judged, every wait is cut to
what is left of the whole time, and of a body no more is read than was asked for.
"""

import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote, urlsplit

from commands.link_care.failures import BROKEN, NO_HOST, NOT_ASKED, UNREACHED, UNSURE, Failure
from commands.link_care.hosts import Host

CONNECT_SECONDS = 10.0
WHOLE_SECONDS = 25.0  # from the connection to the last header, whatever comes in between
MOST_NUMBERS = 3  # of the addresses of one host, those that are tried
SAFE = "!$%&'()*+,/:;=?@[]~|"  # what stays as it is in a path and a query
HOST_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?")
# What OpenSSL says of a certificate that a browser refuses as well (X509_V_ERR_ in x509_vfy.h): not yet
# valid, expired, self-signed, of another host, of another number. Of others, such as a chain with a gap,
# browsers often know the missing link.
REFUSED_CERTIFICATES = (9, 10, 18, 62, 64)
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Reply:
    """The answer to one request."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)  # by name, in small letters
    body: bytes = b""  # as much of it as was asked for


class TimedReader(io.RawIOBase):
    """The incoming side of a connection, which gives up at a moment and not after a pause."""

    def __init__(self, connection: socket.socket, ends: float) -> None:
        super().__init__()
        self.connection, self.ends = connection, ends

    def readable(self) -> bool:
        """Return that it can be read, for BufferedReader asks."""
        return True

    def readinto(self, buffer: "io.Buffer") -> int:  # type: ignore[name-defined]
        """Read what has come in; raises TimeoutError when the time is over."""
        self.connection.settimeout(find_rest(self.ends))
        return self.connection.recv_into(buffer)


class TimedConnection:
    """A connection as `http.client.HTTPResponse` wants one."""

    def __init__(self, connection: socket.socket, ends: float) -> None:
        self.reader = TimedReader(connection, ends)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the file that the answer is read from."""
        return io.BufferedReader(self.reader)


def find_rest(ends: float) -> float:
    """Return how many seconds are left until a moment. Raises TimeoutError if none is."""
    rest = ends - time.monotonic()
    if rest <= 0:
        raise TimeoutError
    return rest


@cache
def load_trust() -> ssl.SSLContext:
    """Return the certificates that this system trusts, and the rules for others'."""
    return ssl.create_default_context()


def split_place(url: str) -> tuple[str, str, int, str]:
    """Return the scheme, host, port and path of an address as they go over the wire. Raises Failure."""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise Failure("no address", NO_HOST) from None
    if parts.scheme not in PORTS:
        raise Failure("no page of the web", NOT_ASKED)
    if parts.username is not None or parts.password is not None:
        raise Failure("an address with a password in it", NOT_ASKED)
    if ":" not in name:  # else it is a number of IPv6, which its brackets were taken from
        try:
            name = name.encode("idna").decode("ascii").lower()
        except UnicodeError:
            raise Failure("no such host", NO_HOST) from None
        if not HOST_NAME.fullmatch(name):
            raise Failure("no such host", NO_HOST)
    path = quote(parts.path or "/", safe=SAFE)
    query = f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
    return parts.scheme, name, PORTS[parts.scheme] if port is None else port, path + query


def send(
    method: str,
    url: str,
    find_host: Callable[[str, int], Host],
    agent: str,
    most_bytes: int = 0,
    seconds: float = WHOLE_SECONDS,
) -> Reply:
    """Send one request and return the answer, with at most `most_bytes` of its body.

    `find_host` returns a host that may be asked; `agent` is who asks. No redirect is followed. Raises
    Failure.
    """
    scheme, name, port, path = split_place(url)
    host = find_host(name, port)
    ends = time.monotonic() + seconds
    shown = f"[{name}]" if ":" in name else name
    where = shown if port == PORTS[scheme] else f"{shown}:{port}"
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {where}",
        f"User-Agent: {agent}",
        "Accept: text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
        "Accept-Encoding: identity",
        "Connection: close",
        "\r\n",
    ]
    with explained_faults(), connect(host, scheme, ends) as connection:
        connection.settimeout(find_rest(ends))
        connection.sendall("\r\n".join(lines).encode("ascii"))
        return read_reply(connection, method, ends, most_bytes)


@contextmanager
def explained_faults() -> Iterator[None]:
    """Raise Failure, with what was seen in words, for whatever goes wrong with a connection in the block."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        is_sure = error.verify_code in REFUSED_CERTIFICATES
        status = "a certificate that browsers refuse" if is_sure else "an unknown certificate"
        raise Failure(status, BROKEN if is_sure else UNSURE) from None
    except TimeoutError:
        raise Failure("no answer in time", UNREACHED) from None
    except ssl.SSLError:
        raise Failure("broken encryption", BROKEN) from None
    except http.client.RemoteDisconnected:
        raise Failure("no answer", UNREACHED) from None
    except http.client.HTTPException:
        raise Failure("an answer that is none", BROKEN) from None
    except OSError:
        raise Failure("no connection", UNREACHED) from None


def connect(host: Host, scheme: str, ends: float) -> socket.socket:
    """Return a connection to one of the numbers of a host, encrypted if its scheme is. Raises OSError."""
    fault: OSError = OSError()
    for number in host.numbers[:MOST_NUMBERS]:
        try:
            wait = min(CONNECT_SECONDS, find_rest(ends))
            plain = socket.create_connection((number, host.port), timeout=wait)
        except OSError as error:
            fault = error
            continue
        if scheme == "http":
            return plain
        try:
            plain.settimeout(find_rest(ends))
            return load_trust().wrap_socket(plain, server_hostname=host.name)
        except BaseException:
            plain.close()
            raise
    raise fault


def read_reply(connection: socket.socket, method: str, ends: float, most_bytes: int) -> Reply:
    """Return the answer that comes in. Raises OSError, or HTTPException for what is no answer."""
    timed = TimedConnection(connection, ends)
    response = http.client.HTTPResponse(timed, method=method)  # type: ignore[arg-type]
    try:
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        body = response.read(most_bytes) if most_bytes else b""
    finally:
        response.close()
    return Reply(response.status, headers, body)
