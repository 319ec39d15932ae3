"""Ask the Wayback Machine for a copy of a page near a day, or to make one.

Its answers are checked as anybody's: only an address of its own, with the moment in it, is a copy.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from catalogue.link_ledger import PRINTABLE_URL
from commands.link_care.ask import Send
from commands.link_care.failures import Failure

AVAILABILITY = "https://archive.org/wayback/available"  # archive.org/help/wayback_api.php
SAVE = "https://web.archive.org/save/"  # "Save Page Now": the page's address follows as it is
COPIES = "https://web.archive.org/web/"
COPY = re.compile(r"(?:https?:)?(?://web\.archive\.org(?::\d+)?)?/web/([0-9]{14})[a-z_]*/(\S+)")
MEMENTO = re.compile(r'<([^<>]+)>; *rel="[^"]*\bmemento\b')
MOST_BYTES = 200_000  # of an answer
SAFE = "!$%&'()*+,/:;=?@[]~"


class ArchiveFault(Exception):
    """Raised when the archive gives no answer that can be used: it is asked again another day."""

    def __init__(self, text: str, is_answered: bool = True) -> None:
        super().__init__(text)
        self.is_answered = is_answered  # whether it could be reached


@dataclass(frozen=True)
class Copy:
    """A copy in the archive: its address, and the day that it was made."""

    url: str
    day: str


def find_copy(url: str, near: date, send: Send) -> Copy | None:
    """Return the archive's copy of a page that is nearest to a day; None if it has none.

    `send` sends one request and returns the answer with its body. Raises ArchiveFault.
    """
    query = urlencode({"url": url, "timestamp": f"{near:%Y%m%d}"})
    try:
        reply = send("GET", f"{AVAILABILITY}?{query}")
    except Failure as failure:
        raise ArchiveFault(failure.status, is_answered=False) from None
    if reply.status != HTTPStatus.OK:
        raise ArchiveFault(str(reply.status))
    try:
        found = json.loads(reply.body)["archived_snapshots"]
        closest = found.get("closest") if isinstance(found, Mapping) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ArchiveFault("an answer that cannot be read") from None
    return read_snapshot(closest) if isinstance(closest, Mapping) else None


def read_snapshot(closest: Mapping[str, Any]) -> Copy | None:
    """Return the copy that an answer names, if it is one of a page that was there."""
    url, status = closest.get("url"), str(closest.get("status", "200"))
    if not closest.get("available") or status != "200" or not isinstance(url, str):
        return None
    return read_copy(url)


def read_copy(place: str) -> Copy | None:
    """Return the copy at an address of the archive, or at a path of it; None for any other address."""
    found = COPY.fullmatch(place.strip())
    if not found:
        return None
    try:
        day = datetime.strptime(found[1], "%Y%m%d%H%M%S").date()  # noqa: DTZ007  # it is UTC
    except ValueError:
        return None
    whole = f"{COPIES}{found[1]}/{quote(found[2], safe=SAFE + '#')}"
    return Copy(whole, day.isoformat()) if PRINTABLE_URL.fullmatch(whole) else None


def save_page(url: str, send: Send) -> Copy | None:
    """Ask the archive to keep a page; return the copy, or None if it is made later. Raises ArchiveFault."""
    try:
        reply = send("GET", SAVE + quote(url, safe=SAFE))
    except Failure as failure:
        raise ArchiveFault(failure.status, is_answered=False) from None
    if reply.status >= HTTPStatus.BAD_REQUEST:
        raise ArchiveFault(str(reply.status))
    headers = reply.headers
    places = [headers.get("content-location", ""), headers.get("location", "")]
    places += MEMENTO.findall(headers.get("link", ""))
    return next(filter(None, map(read_copy, places)), None)
