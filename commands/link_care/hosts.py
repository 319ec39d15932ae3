"""Resolve the names of hosts once, and let none be asked that is not in public.

A guest's post can name any host, and a public name can lead to a machine behind the author's own
router: so each name is resolved once in a run, all its addresses are judged, and only an address that was
judged is connected to.
"""

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from commands.link_care.failures import NO_HOST, NOT_ASKED, UNREACHED, Failure

GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # RFC 4291, 2.4: all that was ever handed out
# Networks of IPv6 in whose addresses one of IPv4 stands: RFC 6052, and 6to4 (RFC 3056).
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
OLD_PORTS = 1024  # below it are the services of a system, of which two are the web's
WEB_PORTS = (80, 443)
LONGEST_NAME = 253  # RFC 1035, 2.3.4, as it is written
LOCAL_ENDINGS = (".localhost", ".local", ".internal", ".home.arpa", ".onion")

LookUp = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class Host:
    """A host that may be asked: its name, its port, and its addresses as numbers, in order."""

    name: str
    port: int
    numbers: tuple[str, ...]


def look_up(name: str, port: int) -> list[str]:
    """Return the addresses of a host as numbers, as the system has them. Raises OSError."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def is_public(number: str) -> bool:
    """Return whether an address, as a number, is one that everybody in the world may ask."""
    try:
        address = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            return False
        inner = address.ipv4_mapped or address.sixtofour
        if address in TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
        if address not in GLOBAL_UNICAST:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


class Resolver:
    """The hosts of one run, each resolved once."""

    def __init__(
        self, look_up: LookUp = look_up, may_ask: Callable[[str], bool] = is_public
    ) -> None:
        """Begin with none. `look_up` returns the addresses of a name, `may_ask` judges each."""
        self.look_up, self.may_ask = look_up, may_ask
        self.lock = threading.Lock()
        self.known: dict[tuple[str, int], Host | Failure] = {}
        self.turns: dict[tuple[str, int], threading.Lock] = {}

    def find(self, name: str, port: int) -> Host:
        """Return a host that may be asked. Raises Failure for one that may not be, or is not there."""
        place = (name, port)
        with self.lock:
            turn = self.turns.setdefault(place, threading.Lock())
        with turn:
            if place not in self.known:
                try:
                    self.known[place] = self.resolve(name, port)
                except Failure as failure:
                    self.known[place] = failure
        found = self.known[place]
        if isinstance(found, Failure):
            raise Failure(found.status, found.kind)
        return found

    def resolve(self, name: str, port: int) -> Host:
        """Resolve one host and judge it. Raises Failure."""
        check_place(name, port)
        try:
            numbers = tuple(self.look_up(name, port))
        except socket.gaierror as error:
            raise Failure("no such host", explain_lookup(error)) from None
        except (OSError, UnicodeError):
            raise Failure("no such host", NO_HOST) from None
        if not numbers:
            raise Failure("no such host", NO_HOST)
        # One private address among public ones is how a name is turned against a network.
        if not all(self.may_ask(number) for number in numbers):
            raise Failure("a private address", NOT_ASKED)
        return Host(name, port, numbers)


def explain_lookup(error: socket.gaierror) -> str:
    """Return what kind of failure it is that a name was not resolved."""
    for_now = getattr(socket, "EAI_AGAIN", None)
    return UNREACHED if error.errno == for_now else NO_HOST


def check_place(name: str, port: int) -> None:
    """Raise Failure for a host or a port that no public page is at, whatever they resolve to."""
    if not 0 < port < 2**16 or (port < OLD_PORTS and port not in WEB_PORTS):
        raise Failure(f"port {port}", NOT_ASKED)
    # A name without a dot is a network's own.
    is_local = "." not in name.rstrip(".") and ":" not in name
    if is_local or name.rstrip(".").endswith(LOCAL_ENDINGS):
        raise Failure("a private address", NOT_ASKED)
    if not name or len(name) > LONGEST_NAME:
        raise Failure("no such host", NO_HOST)
