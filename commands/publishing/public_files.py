"""Compare the files of a built site with those of a live one, some at once and politely.

What may be a hiccup is asked for again after a pause; who asks for peace gets it; a host that does not
answer any more, or takes too long for all, is left alone, and what is left is told.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import quote

from catalogue.addresses import SITE, address_file
from commands.link_care.ask import BUSY, HICCUPS, LONGEST_WAIT, REDIRECTS, read_wait
from commands.link_care.failures import UNREACHED, Failure
from commands.publishing.site_connection import SECONDS, SiteAnswer, SiteConnection

SAME, DIFFERS, MISSING, LEADS, UNREAD, UNASKED = (
    "the same",
    "differs",
    "missing",
    "leads elsewhere",
    "could not be read",
    "not asked for",
)
AT_ONCE = 6  # connections
PAUSES = (1.0, 4.0)  # seconds before the second try, and before the third
MOST_SECONDS = 20 * 60.0  # for all files
MOST_UNREAD = 12  # files in a row, after which the host is left alone
MOST_KEPT = 60_000_000  # bytes of a list of addresses: a sitemap may have 50 MB (sitemaps.org)
NOT_FOUND = address_file(SITE["not_found"])  # answered for every address that is none
INDEX = "index.html"
DOMAIN = "CNAME"  # for the host itself, which may show it or not
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


@dataclass(frozen=True)
class PublicFile:
    """What a live site has at the address of one file."""

    state: str
    seen: str = ""  # what was seen there, in words
    changed: float = 0.0  # by its Last-Modified, in seconds since 1970; 0 if it has none
    body: bytes = b""  # of a file that is wanted, if it is another one than here


class PublicSite:
    """A live site whose files are compared with others."""

    def __init__(
        self,
        siteurl: str,
        *,
        seconds: float = SECONDS,
        most_seconds: float = MOST_SECONDS,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        """Begin with nothing asked. `seconds` is the time of one request, `sleep` waits. Raises Failure."""
        self.stop = threading.Event()
        self.siteurl, self.seconds = siteurl, seconds
        self.ends = time.monotonic() + most_seconds
        self.sleep = sleep or self.stop.wait
        self.lock = threading.Lock()
        self.unread = 0  # files in a row
        self.ways: list[SiteConnection] = []
        self.connect().close()

    def connect(self) -> SiteConnection:
        """Return a way to the site that is not used yet. Raises Failure for an address that is none."""
        connection = SiteConnection(self.siteurl, self.seconds)
        self.ways.append(connection)
        return connection

    def compare(
        self,
        files: Mapping[str, Path],
        wanted: Callable[[str], bool] = lambda _: False,
        report: Callable[[int], object] = lambda _: None,
    ) -> dict[str, PublicFile]:
        """Return what the live site has in the place of each file, by its name.

        `files` are the files as they should be, `wanted` says of which the body is kept if it is another
        one, and `report` is told how many are done.
        """
        found = dict.fromkeys((name for name in files if name != DOMAIN), PublicFile(UNASKED))
        queue: SimpleQueue[str] = SimpleQueue()
        for name in found:
            queue.put(name)
        count = 0

        def work() -> None:
            nonlocal count
            with closing(self.connect()) as connection:
                while self.may_go_on():
                    try:
                        name = queue.get_nowait()
                    except Empty:
                        return
                    live = self.read(connection, name, files[name], wanted(name))
                    with self.lock:
                        found[name] = live
                        self.unread = self.unread + 1 if live.state == UNREAD else 0
                        count += 1
                        report(count)

        self.run([work] * min(AT_ONCE, len(found)))
        return found

    def run(self, jobs: Iterable[Callable[[], None]]) -> None:
        """Do some jobs side by side; an interruption ends them, with what is under way."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                for done in [pool.submit(job) for job in jobs]:
                    done.result()
            except BaseException:
                self.stop.set()
                for connection in self.ways:
                    connection.break_off()
                pool.shutdown(wait=True, cancel_futures=True)
                raise

    def may_go_on(self) -> bool:
        """Return whether there is time for another file, and a host that answers."""
        is_over = self.stop.is_set() or time.monotonic() > self.ends
        return not is_over and self.unread < MOST_UNREAD

    def read(
        self, connection: SiteConnection, name: str, file: Path, is_wanted: bool = False
    ) -> PublicFile:
        """Return what the live site has in the place of a file."""
        data = file.read_bytes()
        most = max(len(data), MOST_KEPT if is_wanted else 0)
        try:
            answer = self.ask(connection, format_path(name), most)
        except Failure as failure:
            return PublicFile(UNREAD, failure.status)
        return judge(answer, name, data, is_wanted)

    def ask(self, connection: SiteConnection, path: str, most_bytes: int) -> SiteAnswer:
        """Return the answer to a request, which may take three tries. Raises Failure."""
        for number, pause in enumerate((*PAUSES, 0.0)):
            is_last = number == len(PAUSES)
            try:
                answer = connection.ask(path, most_bytes)
            except Failure as failure:
                if is_last or failure.kind != UNREACHED or not self.may_go_on():
                    raise
                wait = pause
            else:
                if answer.status not in (*BUSY, *HICCUPS):
                    return answer
                wait = max(pause, read_wait(answer.headers.get("retry-after", "")))
                if is_last or wait > LONGEST_WAIT or not self.may_go_on():
                    return answer
            self.sleep(wait)
        raise AssertionError  # the last try has returned, or raised


def judge(answer: SiteAnswer, name: str, data: bytes, is_wanted: bool = False) -> PublicFile:
    """Return what an answer says of a file that should have these bytes."""
    changed = read_changed(answer.headers.get("last-modified", ""))
    is_same = answer.is_whole and answer.body == data
    body = answer.body if is_wanted and not is_same else b""
    if answer.status == HTTPStatus.OK:
        return PublicFile(SAME if is_same else DIFFERS, changed=changed, body=body)
    if answer.status in REDIRECTS:
        return PublicFile(LEADS, answer.headers.get("location", ""))
    if answer.status in GONE:
        is_own = name == NOT_FOUND and is_same  # some hosts show it with the code that it is for
        return PublicFile(SAME if is_own else MISSING, changed=changed)
    return PublicFile(UNREAD, str(answer.status))


def read_changed(text: str) -> float:
    """Return the moment of a `Last-Modified` (RFC 9110, 8.8.2) in seconds since 1970; 0 for none."""
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp())
    except (TypeError, ValueError, OverflowError, OSError):
        return 0.0


def format_path(name: str) -> str:
    """Return the path of a file below the site's address: `/about/` for `about/index.html`."""
    is_index = name == INDEX or name.endswith(f"/{INDEX}")
    return "/" + quote(name.removesuffix(INDEX) if is_index else name)
