"""Open the ways to the web for one run: who asks, how hosts are found, and at what pace they are asked."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from commands.link_care import wayback
from commands.link_care.ask import Send
from commands.link_care.hosts import Resolver
from commands.link_care.pace import PAUSE_SECONDS, Pace, pace_requests
from commands.link_care.request import WHOLE_SECONDS, send

SAVE_SECONDS = 120.0  # the archive answers when it has the page
SAVE_PAUSE_SECONDS = 12.0  # it lets nobody ask for more than a few pages a minute
PURPOSE = "Libraries-Got-Game link check"


@dataclass(frozen=True)
class Web:
    """The ways to the web of one run."""

    send: Send  # asks a link, in the turn of its host
    read: Send  # asks the archive, whose answer has a body
    save: Send  # asks it to keep a page
    sleep: Callable[[float], object] | None = None  # waits between two tries of a link


def format_agent(settings: Mapping[str, Any]) -> str:
    """Return who asks: the program, its purpose, and the site whose links they are, if it has an address."""
    site = str(settings["SITEURL"]).rstrip("/")
    try:
        is_known = "." in (urlsplit(site).hostname or "") and site.isascii() and site.isprintable()
    except ValueError:
        is_known = False
    whose = f"+{site}/; " if is_known and " " not in site else ""
    return f"{PURPOSE} ({whose}asks now and then whether the pages that a blog links to are there)"


def open_web(
    settings: Mapping[str, Any],
    resolver: Resolver | None = None,
    *,
    pause: float = PAUSE_SECONDS,
    save_pause: float = SAVE_PAUSE_SECONDS,
    seconds: float = WHOLE_SECONDS,
    sleep: Callable[[float], object] | None = None,
) -> Web:
    """Return the ways to the web of one run; `resolver` finds the hosts and judges which may be asked."""
    ask = partial(
        send, find_host=(resolver or Resolver()).find, agent=format_agent(settings), seconds=seconds
    )
    pace = Pace(pause, sleep=sleep or time.sleep)
    read = partial(ask, most_bytes=wayback.MOST_BYTES)
    save = partial(ask, seconds=max(seconds, SAVE_SECONDS) if seconds == WHOLE_SECONDS else seconds)
    return Web(
        send=pace_requests(ask, pace),
        read=pace_requests(read, pace),
        save=pace_requests(save, Pace(save_pause, sleep=sleep or time.sleep)),
        sleep=sleep,
    )
