"""Ask many links: several hosts side by side, each host one request at a time with a pause between.

No run asks for more than a number of links, or begins another one after a time; what is left waits for
the next run, which takes the ones first that were not asked for longest.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from commands.link_care.ask import Answer, Send, ask
from commands.link_care.request import Reply

HOSTS_AT_ONCE = 8
PAUSE_SECONDS = 1.0  # between two requests to one host
MOST_LINKS = 600
MOST_OF_HOST = 40
MOST_SECONDS = 20 * 60.0
MOST_UNREACHED = 3  # links of one host in a row, after which it is left alone


class Pace:
    """The turns of the hosts: a request waits until its host has had a pause."""

    def __init__(
        self,
        pause: float = PAUSE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin with no host asked; `clock` and `sleep` are the system's."""
        self.pause, self.clock, self.sleep = pause, clock, sleep
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
            rest = self.ready.get(name, 0.0) - self.clock()
            if rest > 0:
                self.sleep(rest)
            try:
                yield
            finally:
                self.ready[name] = self.clock() + self.pause


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


@dataclass
class Visits:
    """The answers of a run, as they come in."""

    answers: dict[str, Answer] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)  # the links that wait for the next run


def plan_visits(urls: Sequence[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Return what to ask in a run, by host, and what is left for the next; the first come first."""
    hosts: dict[str, list[str]] = {}
    left: list[str] = []
    for number, url in enumerate(urls):
        of_host = hosts.setdefault(name_host(url), [])
        if number - len(left) < MOST_LINKS and len(of_host) < MOST_OF_HOST:
            of_host.append(url)
        else:
            left.append(url)
    return {name: of_host for name, of_host in hosts.items() if of_host}, left


def visit_all(
    hosts: Mapping[str, Sequence[str]],
    send: Send,
    visits: Visits,
    *,
    most_seconds: float = MOST_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Ask all links of all hosts, and put what they answer, and which are left, into `visits`.

    An interruption ends it after the requests that are under way, and what has been answered stays.
    """
    ends = time.monotonic() + most_seconds
    stop = threading.Event()

    def visit_host(urls: Sequence[str]) -> None:
        unreached = 0
        for number, url in enumerate(urls):
            if stop.is_set() or time.monotonic() > ends or unreached >= MOST_UNREACHED:
                visits.left += urls[number:]
                return
            answer = ask(url, send, sleep)
            visits.answers[url] = answer
            unreached = 0 if answer.is_answered or not answer.may_pass else unreached + 1
            if answer.leave_host:
                visits.left += urls[number + 1 :]
                return

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        try:
            for done in [pool.submit(visit_host, urls) for urls in hosts.values()]:
                done.result()
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
