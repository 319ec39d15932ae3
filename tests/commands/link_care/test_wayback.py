"""The archive's answers are checked before they are believed."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from catalogue.link_ledger import PRINTABLE_URL
from commands.link_care.failures import UNREACHED, Failure
from commands.link_care.request import Reply
from commands.link_care.wayback import (
    AVAILABILITY,
    ArchiveFault,
    Copy,
    find_copy,
    read_copy,
    save_page,
)

PAGE = "https://example.org/a?b=1&c=2"
STORED = "http://web.archive.org/web/20190503101112/https://example.org/a"
FOUND = Copy("https://web.archive.org/web/20190503101112/https://example.org/a", "2019-05-03")
DAY = date(2019, 5, 1)


def answer(**closest):
    snapshot = {"available": True, "url": STORED, "timestamp": "20190503101112", "status": "200"}
    return json.dumps({"archived_snapshots": {"closest": {**snapshot, **closest}}}).encode()


def find(body, status=200):
    return find_copy(PAGE, DAY, lambda method, url: Reply(status, body=body))


def test_the_archive_is_asked_for_a_page_near_a_day():
    asked = []

    def send(method, url):
        asked.append((method, url))
        return Reply(200, body=answer())

    assert find_copy(PAGE, DAY, send) == FOUND
    ((method, url),) = asked
    assert method == "GET"
    assert url.startswith(f"{AVAILABILITY}?")
    assert parse_qs(urlsplit(url).query) == {"url": [PAGE], "timestamp": ["20190501"]}


@pytest.mark.parametrize(
    "body",
    [
        b'{"archived_snapshots": {}}',
        b'{"archived_snapshots": {"closest": null}}',
        b'{"archived_snapshots": {"closest": []}}',
        b'{"archived_snapshots": []}',
        answer(available=False),
        answer(status="404"),
        answer(url=None),
        answer(url="https://evil.example/web/20190503101112/https://example.org/a"),
        answer(url="javascript:alert(1)//web/20190503101112/x"),
        answer(url="http://web.archive.org/web/2019/https://example.org/a"),
        answer(url="http://web.archive.org/web/20199903101112/https://example.org/a"),
        answer(url="http://web.archive.org.evil.example/web/20190503101112/x"),
    ],
)
def test_what_is_no_copy_of_a_page_that_was_there_is_none(body):
    assert find(body) is None


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 200), (b"<html>", 200), (b"[]", 200), (b"{}", 200), (b"[" * 100_000, 200), (b"{}", 503)],
)
def test_an_answer_that_cannot_be_used_is_told(body, status):
    with pytest.raises(ArchiveFault) as fault:
        find(body, status)
    assert fault.value.is_answered


def test_an_archive_that_is_not_reached_is_told():
    def send(method, url):
        raise Failure("no connection", UNREACHED)

    for ask in (lambda: find_copy(PAGE, DAY, send), lambda: save_page(PAGE, send)):
        with pytest.raises(ArchiveFault) as fault:
            ask()
        assert not fault.value.is_answered


@pytest.mark.parametrize(
    "headers",
    [
        {"location": STORED},
        {"content-location": "/web/20190503101112/https://example.org/a"},
        {"location": "//web.archive.org/web/20190503101112/https://example.org/a"},
        {
            "link": f'<https://example.org/a>; rel="original", <{STORED}>; rel="first memento"; x="y"'
        },
    ],
)
def test_a_page_that_is_kept_has_its_copy(headers):
    asked = []

    def send(method, url):
        asked.append(url)
        return Reply(302, headers)

    assert save_page(PAGE, send) == FOUND
    assert asked == [f"https://web.archive.org/save/{PAGE}"]


def test_a_page_that_is_kept_later_has_no_copy_yet():
    assert save_page(PAGE, lambda *_: Reply(200)) is None


def test_the_archive_may_refuse_to_keep_a_page():
    with pytest.raises(ArchiveFault, match="429"):
        save_page(PAGE, lambda *_: Reply(429))


def test_no_sign_of_a_copy_s_address_can_end_an_attribute():
    copy = read_copy('https://web.archive.org/web/20190503101112/https://example.org/"><b>é')
    assert PRINTABLE_URL.fullmatch(copy.url)
    assert not set(copy.url) & set('"<> ')
