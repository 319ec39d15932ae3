"""Ask many links: several hosts side by side, each host one request at a time with a pause between.

No run asks for more than a number of links, or begins another one after a time; what is left waits for
the next run, which takes the ones first that were not asked for longest.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from commands.link_care.ask import Answer, Send, ask
from commands.link_care.failures import UNREACHED, Failure
from commands.link_care.pace import name_host
from commands.link_care.request import Reply

HOSTS_AT_ONCE = 8
MOST_LINKS = 600
MOST_OF_HOST = 40
MOST_SECONDS = 20 * 60.0
MOST_UNREACHED = 3  # links of one host in a row, after which it is left alone


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
    sleep: Callable[[float], object] | None = None,
) -> None:
    """Ask all links of all hosts, and put what they answer, and which are left, into `visits`.

    `sleep` waits between two tries of a link. An interruption ends it after the requests that are under
    way, and what has been answered stays.
    """
    ends = time.monotonic() + most_seconds
    stop = threading.Event()

    def send_on(method: str, url: str) -> Reply:
        if stop.is_set():
            raise Failure("interrupted", UNREACHED)
        return send(method, url)

    def visit_host(urls: Sequence[str]) -> None:
        unreached = 0
        for number, url in enumerate(urls):
            if stop.is_set() or time.monotonic() > ends or unreached >= MOST_UNREACHED:
                visits.left += urls[number:]
                return
            answer = ask(url, send_on, sleep or stop.wait)
            if stop.is_set():
                visits.left += urls[number:]
                return
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
