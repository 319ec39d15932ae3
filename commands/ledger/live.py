"""Ask a site that is live which addresses it has: it publishes the list of them itself.

Who names the site is its author, so that any host may be asked, also one on this machine; there is a limit
for the time of all requests together, for the bytes of the answer, and for redirects.
"""

import time
from urllib.parse import urljoin

from catalogue.address_ledger import find_address_fault, read_address
from catalogue.addresses import ADDRESS_LIST
from commands.link_care.failures import NO_HOST, Failure
from commands.link_care.hosts import Host, look_up
from commands.link_care.request import Reply, find_rest, send

AGENT = "Libraries-Got-Game (compares the addresses of a site with the next state of it)"
WHOLE_SECONDS = 30.0  # for all requests together
MOST_BYTES = 50_000_000
MOST_REDIRECTS = 5
MOVED = (301, 302, 303, 307, 308)
NONE_YET = (404, 410)


class NoList(Exception):
    """Raised where a site has no list to compare with, with a sentence that says why."""


def read_live_addresses(site: str, seconds: float = WHOLE_SECONDS) -> list[str]:
    """Return the addresses that a site has, from its root. Raises NoList.

    `site` is its address, with or without a slash at its end.
    """
    url = site.rstrip("/") + ADDRESS_LIST
    try:
        reply = ask(url, time.monotonic() + seconds)
    except (Failure, TimeoutError) as failure:
        why = getattr(failure, "status", "") or "it took too long"
        raise NoList(f"{url} cannot be asked ({why}). What is live was not compared.") from None
    if reply.status in NONE_YET:
        raise NoList(f"{site} has no list of its addresses yet: this is the first one.")
    if reply.status != 200:
        raise NoList(f"{url} answers {reply.status}. What is live was not compared.")
    return parse_list(reply, url)


def ask(url: str, ends: float) -> Reply:
    """Return the answer at an address, also where it has moved to. Raises Failure or TimeoutError."""
    for _ in range(MOST_REDIRECTS + 1):
        reply = send("GET", url, find_host, AGENT, MOST_BYTES, find_rest(ends))
        if reply.status not in MOVED or not reply.headers.get("location"):
            return reply
        try:
            url = urljoin(url, reply.headers["location"])
        except ValueError:  # of brackets that hold no host
            raise Failure("it leads nowhere", NO_HOST) from None
    raise Failure("it leads on and on", NO_HOST)


def find_host(name: str, port: int) -> Host:
    """Return a host by its name. Raises Failure for one that is not there."""
    try:
        return Host(name, port, tuple(look_up(name, port)))
    except (OSError, UnicodeError):
        raise Failure("no such host", NO_HOST) from None


def parse_list(reply: Reply, url: str) -> list[str]:
    """Return the addresses in an answer. Raises NoList for what is no list, or not all of one."""
    size = reply.headers.get("content-length", "")
    is_whole = len(reply.body) < MOST_BYTES and size in ("", str(len(reply.body)))
    lines = reply.body.decode("utf-8", "replace").split("\n")
    addresses = [read_address(line) for line in lines if line]
    is_list = bool(addresses) and all(map(is_address, addresses))
    if not is_whole or not is_list or lines[-1]:
        raise NoList(f"{url} is no whole list of addresses. What is live was not compared.")
    return addresses


def is_address(text: str) -> bool:
    """Return whether a line of a list is an address from the site's root."""
    return text.startswith("/") and "\ufffd" not in text and not find_address_fault(text)
