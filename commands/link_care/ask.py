"""Ask one link what it answers, as politely as it can be found out, and judge the answer.

HEAD comes first, for it costs the least; many servers refuse it or answer it wrongly, so that only what
GET is told counts as a failure. What may be a hiccup is asked again after a pause.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin

from commands.link_care.failures import NO_HOST, NOT_ASKED, UNREACHED, UNSURE, Failure
from commands.link_care.request import Reply

GOOD, FAILING, UNKNOWN = "good", "failing", "unknown"
MOST_REDIRECTS = 10
RETRY_SECONDS = (2.0, 8.0)  # before the second try, and before the third
LONGEST_WAIT = 60.0  # seconds that a host may ask for; one that asks for more is left alone
REDIRECTS = (301, 302, 303, 307, 308)
# Answers of a host that is there and does not talk to programs: to people it may.
CLOSED = (401, 402, 403, 405, 406, 407, 409, 412, 417, 418, 421, 426, 428, 431, 451, 999)
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
HICCUPS = (408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524)

Send = Callable[[str, str], Reply]


@dataclass(frozen=True)
class Answer:
    """The answer of a link: good, failing or unknown, and what it was, in words for the ledger."""

    verdict: str
    status: str
    is_answered: bool = True  # whether anything on the other side has said something
    leave_host: bool = False  # whether the host has asked for peace
    wait: float = 0.0  # seconds that the host asks for before the next request
    may_pass: bool = False  # whether another try may end better


def ask(url: str, send: Send, sleep: Callable[[float], object] = time.sleep) -> Answer:
    """Return what a link answers. `send` sends one request and raises Failure, `sleep` waits."""
    answer = ask_once(url, send)
    for pause in RETRY_SECONDS:
        if not answer.may_pass or answer.wait > LONGEST_WAIT:
            break
        sleep(max(pause, answer.wait))
        answer = ask_once(url, send)
    return answer


def ask_once(url: str, send: Send) -> Answer:
    """Return what a link answers to HEAD, or else to GET."""
    answer = follow("HEAD", url, send)
    is_final = answer.verdict == GOOD or answer.leave_host or answer.wait > 0
    if is_final or (not answer.is_answered and not answer.may_pass):
        return answer
    return follow("GET", url, send)


def follow(method: str, url: str, send: Send) -> Answer:
    """Return what a link answers to one method, at the end of its redirects."""
    seen = {url}
    for _ in range(MOST_REDIRECTS):
        try:
            reply = send(method, url)
        except Failure as failure:
            return judge_failure(failure)
        target = reply.headers.get("location", "")
        if reply.status not in REDIRECTS or not target:
            return judge_reply(reply)
        try:
            url = urljoin(url, target.strip()).partition("#")[0]
        except ValueError:
            return Answer(FAILING, "a redirect to no address")
        if url in seen:
            break
        seen.add(url)
    # Browsers keep cookies, and many such circles end with one.
    return Answer(UNKNOWN, "redirects without an end")


def judge_failure(failure: Failure) -> Answer:
    """Return the answer that a failed request stands for."""
    if failure.kind == NOT_ASKED:
        return Answer(UNKNOWN, f"not asked: {failure.status}", is_answered=False)
    if failure.kind == UNSURE:
        return Answer(UNKNOWN, failure.status)
    is_unreached = failure.kind == UNREACHED
    is_answered = failure.kind not in (UNREACHED, NO_HOST)
    return Answer(FAILING, failure.status, is_answered=is_answered, may_pass=is_unreached)


def judge_reply(reply: Reply) -> Answer:
    """Return the answer that a reply stands for."""
    code = reply.status
    if HTTPStatus.OK <= code < HTTPStatus.MULTIPLE_CHOICES or code == HTTPStatus.NOT_MODIFIED:
        return Answer(GOOD, str(code))
    wait = read_wait(reply.headers.get("retry-after", "")) if code in BUSY else 0.0
    if code == HTTPStatus.TOO_MANY_REQUESTS or wait > LONGEST_WAIT:
        is_patient = wait <= LONGEST_WAIT
        return Answer(
            UNKNOWN, str(code), leave_host=True, wait=wait, may_pass=is_patient and wait > 0
        )
    if code in CLOSED:
        return Answer(UNKNOWN, str(code))
    return Answer(FAILING, str(code), wait=wait, may_pass=code in HICCUPS)


def read_wait(text: str) -> float:
    """Return how many seconds a `Retry-After` asks for, as a number or as a date (RFC 9110, 10.2.3)."""
    if text.strip().isascii() and text.strip().isdecimal():
        return float(text.strip()[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
