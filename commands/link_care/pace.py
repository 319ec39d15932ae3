"""Keep a pause between two requests to one host, whoever sends them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from commands.link_care.ask import Send
from commands.link_care.request import Reply

PAUSE_SECONDS = 1.0


class Pace:
    """The turns of the hosts: a request waits until its host has had a pause."""

    def __init__(
        self,
        pause: float = PAUSE_SECONDS,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Begin with no host asked; `sleep` is the system's."""
        self.pause, self.sleep = pause, sleep
        self.lock = threading.Lock()
        self.turns: dict[str, threading.Lock] = {}
        self.ready: dict[str, float] = {}  # when a host may be asked again

    @contextmanager
    def take_turn(self, url: str) -> Iterator[None]:
        """Wait for the host of an address, and keep others from it in the block."""
        name = name_host(url)
        with self.lock:
            turn = self.turns.setdefault(name, threading.Lock())
        with turn:
            rest = self.ready.get(name, 0.0) - time.monotonic()
            if rest > 0:
                self.sleep(rest)
            try:
                yield
            finally:
                self.ready[name] = time.monotonic() + self.pause


def name_host(url: str) -> str:
    """Return the name of the host of an address; of what has none, nothing."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def pace_requests(send: Send, pace: Pace) -> Send:
    """Return a function that sends one request in the turn of its host, which a redirect may lead to."""

    def send_in_turn(method: str, url: str) -> Reply:
        with pace.take_turn(url):
            return send(method, url)

    return send_in_turn
