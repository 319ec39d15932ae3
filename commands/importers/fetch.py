"""Fetch the pictures of a blog from its own host, politely: one at a time, few a second, none too large."""

import time
from collections.abc import Callable
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from commands.importers.site import Site

AGENT = "Libraries-Got-Game import (fetches the pictures of a blog that its author moves)"
PAUSE_SECONDS = 0.5
WAIT_SECONDS = 20
MOST_BYTES = 60_000_000
MOST_FAILURES = 10  # in a row, after which the host is left alone


class SameHost(HTTPRedirectHandler):
    """A handler that follows a redirect on the same host, and no other."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        """Return the next request; none for another host."""
        if urlsplit(newurl).hostname != urlsplit(req.full_url).hostname:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch_politely(site: Site, pause: float | None = None) -> Callable[[str], bytes | None]:
    """Return a function that returns the bytes of an address, or None, which is told to `site`."""
    opener = build_opener(SameHost)
    failures = 0

    def fetch(address: str) -> bytes | None:
        nonlocal failures
        if failures >= MOST_FAILURES or not address.startswith(("http://", "https://")):
            return None
        time.sleep(PAUSE_SECONDS if pause is None else pause)
        try:
            whole = quote(address, safe=":/?&=%#+,;@")
            request = Request(whole, headers={"User-Agent": AGENT})  # noqa: S310 - looked at above
            with opener.open(request, timeout=WAIT_SECONDS) as answer:
                data: bytes = answer.read(MOST_BYTES + 1)
        except (URLError, OSError, ValueError) as error:
            if isinstance(error, HTTPError):
                error.close()  # it is the answer, and holds the connection
            failures += 1
            site.tell("picture that could not be fetched", address, str(error))
            return None
        failures = 0
        if len(data) > MOST_BYTES:
            site.tell("picture that could not be fetched", address, "it is too large")
            return None
        return data

    return fetch
