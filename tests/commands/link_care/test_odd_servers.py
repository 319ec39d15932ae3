"""Whatever stands in an address, and whatever a server sends, asking ends with a judgement."""

import socket

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.link_ledger import LinkFacts, format_ledger, parse_ledger
from catalogue.text.outside_links import find_outside
from commands.link_care.ask import FAILING, GOOD, UNKNOWN, ask
from commands.link_care.findings import apply_answer
from commands.link_care.pace import Pace, pace_requests
from commands.link_care.web import open_web
from tests.commands.link_care.conftest import SETTINGS
from tests.commands.link_care.server import make_resolver, raw, serving

VERDICTS = {GOOD, FAILING, UNKNOWN}
AUTHORITIES = st.text(st.sampled_from("a.-_:@[]%19xé·\\ \u3002\u2100\x00"), max_size=20)
URLS = st.builds(
    "{}//{}{}".format, st.sampled_from(["http:", "https:", ""]), AUTHORITIES, st.text()
)


@settings(deadline=None, max_examples=300)
@given(URLS)
@example("http://[::1 x]/")
@example("http://[::é]/")
@example("http://[fe80::1%25eth0]/")
@example("http://a.test:٨٠/")
@example("http://a.test:-1/")
@example("http://a.test:/")
@example("http://\u2100.test/")
def test_no_address_stops_a_run(url):
    def refuse(place, timeout):
        raise ConnectionRefusedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "create_connection", refuse)
        web = open_web(SETTINGS, make_resolver(), pause=0, seconds=1, sleep=lambda _: None)
        found = ask(url, web.send, web.sleep)
    assert found.verdict in (FAILING, UNKNOWN)
    if url := find_outside(url):
        facts = apply_answer(LinkFacts(), found, "2026-11-27")
        assert parse_ledger(format_ledger({url: facts})) == {url: facts}


@pytest.fixture(scope="module")
def odd():
    with serving() as server:
        yield server


HEADS = st.sampled_from(
    [
        b"",
        b"HTTP/1.0 ",
        b"HTTP/9.9 200\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: ",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ]
)


@settings(deadline=None, max_examples=60)
@given(HEADS, st.binary(max_size=200), st.sampled_from([b"", b"\r\n\r\n"]))
def test_no_answer_stops_a_run(odd, head, rest, end):
    odd.ways["/odd"] = raw(head + rest + end)
    web = open_web(SETTINGS, make_resolver(), pause=0, seconds=2, sleep=lambda _: None)
    found = ask(odd.url("/odd"), web.send, web.sleep)
    assert found.verdict in VERDICTS
    assert found.status.isprintable()


def test_a_turn_is_over_when_its_request_fails():
    def fail(method, url):
        raise OSError

    paced = pace_requests(fail, Pace(0))
    for _ in range(2):  # the second would wait for ever for a turn that nobody gave back
        with pytest.raises(OSError, match=r"^$"):
            paced("GET", "http://a.test/")
