"""A link is judged by what a person would find there, however the server behaves."""

import ssl
import time

import pytest

from commands.link_care import request
from commands.link_care.ask import FAILING, GOOD, UNKNOWN, ask, read_wait
from commands.link_care.web import format_agent, open_web
from tests.commands.link_care.conftest import SETTINGS
from tests.commands.link_care.server import (
    HERE,
    answer,
    in_turn,
    make_resolver,
    never,
    raw,
    serving,
)


@pytest.mark.parametrize(
    ("path", "verdict", "status"),
    [
        ("/good", GOOD, "200"),
        ("/gone", FAILING, "404"),
        ("/withdrawn", FAILING, "410"),
        ("/head-403", GOOD, "200"),
        ("/head-404", GOOD, "200"),
        ("/head-405", FAILING, "404"),
        ("/head-silent", GOOD, "200"),
        ("/head-dropped", GOOD, "200"),
        ("/closed", UNKNOWN, "403"),
        ("/linkedin", UNKNOWN, "999"),
        ("/busy", UNKNOWN, "429"),
        ("/broken", FAILING, "500"),
        ("/moved", GOOD, "200"),
        ("/moved-and-gone", FAILING, "404"),
        ("/circle", UNKNOWN, "redirects without an end"),
        ("/self", UNKNOWN, "redirects without an end"),
        ("/nowhere", FAILING, "302"),
        ("/odd-target", FAILING, "a redirect to no address"),
        ("/to-private", UNKNOWN, "not asked: a private address"),
        ("/to-mail", UNKNOWN, "not asked: no page of the web"),
        ("/to-file", UNKNOWN, "not asked: no page of the web"),
        ("/pour", GOOD, "200"),
        ("/lies-long", GOOD, "200"),
        ("/lies-negative", GOOD, "200"),
        ("/lies-words", GOOD, "200"),
        ("/bad-chunks", GOOD, "200"),
        ("/garbage", FAILING, "an answer that is none"),
        ("/empty", FAILING, "no answer"),
        ("/long-line", FAILING, "an answer that is none"),
        ("/many-headers", FAILING, "an answer that is none"),
    ],
)
def test_a_link_is_judged_by_what_its_server_does(server, web, path, verdict, status):
    found = ask(server.url(path), web.send, web.sleep)
    assert (found.verdict, found.status) == (verdict, status)


@pytest.mark.parametrize("path", ["/never", "/trickle"])
def test_no_server_holds_a_request_for_longer_than_its_time(server, waits, path):
    web = open_web(SETTINGS, make_resolver(), pause=0, seconds=0.3, sleep=waits.append)
    began = time.monotonic()
    found = ask(server.url(path), web.send, web.sleep)
    assert (found.verdict, found.status) == (FAILING, "no answer in time")
    assert time.monotonic() - began < 6 * 0.3 + 2  # HEAD and GET, three times


def test_what_may_be_a_hiccup_is_asked_again_after_a_pause(server, web, waits):
    server.ways["/flaky"] = in_turn(*[answer(500)] * 2, answer(200))
    assert ask(server.url("/flaky"), web.send, web.sleep).verdict == GOOD
    assert waits == [2.0]


def test_what_is_gone_is_not_asked_again(server, web, waits):
    ask(server.url("/gone"), web.send, web.sleep)
    assert [method for method, *_ in server.requests] == ["HEAD", "GET"]
    assert waits == []


def test_a_host_that_asks_for_a_pause_gets_it(server, web, waits):
    server.ways["/later"] = in_turn(answer(429, "Retry-After: 7"), answer(200))
    assert ask(server.url("/later"), web.send, web.sleep).verdict == GOOD
    assert waits == [7.0]


def test_a_host_that_asks_for_peace_is_left_alone(server, web, waits):
    server.ways["/peace"] = answer(503, "Retry-After: 3600")
    found = ask(server.url("/peace"), web.send, web.sleep)
    assert (found.verdict, found.leave_host, waits) == (UNKNOWN, True, [])
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 0),
        ("12", 12),
        (" 3 ", 3),
        ("soon", 0),
        ("-4", 0),
        ("²", 0),
        ("9" * 5000, 999999999),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 99 Jan 9999999 00:00:00 GMT", 0),
    ],
)
def test_a_pause_is_read_from_whatever_stands_there(text, seconds):
    assert read_wait(text) == seconds


def test_a_pause_may_be_a_date():
    assert read_wait("Fri, 01 Jan 2100 00:00:00 GMT") > 10**9


def test_the_agent_says_who_asks_and_for_what(server, web):
    ask(server.url("/good"), web.send, web.sleep)
    assert (
        "\r\nUser-Agent: Libraries-Got-Game link check (+https://blog.example.org/; "
        in (server.heads[0])
    )
    assert "Cookie" not in server.heads[0]


@pytest.mark.parametrize(
    "site", ["http://localhost:8000", "https://a.org/\r\nX: y", "https://[::1", "https://a.org/ b"]
)
def test_an_agent_without_a_public_address_names_none(site):
    agent = format_agent({"SITEURL": site})
    assert "+" not in agent
    assert agent.isprintable()


@pytest.mark.parametrize(
    ("certificate", "host", "verdict", "status"),
    [
        ("secure.pem", "secure.test", GOOD, "200"),
        ("secure.pem", "other.test", FAILING, "a certificate that browsers refuse"),
        ("expired.pem", "secure.test", FAILING, "a certificate that browsers refuse"),
    ],
)
def test_a_certificate_is_held_to_what_browsers_hold_it_to(
    web, monkeypatch, certificate, host, verdict, status
):
    context = ssl.create_default_context(cafile=HERE / certificate)
    monkeypatch.setattr(request, "load_trust", lambda: context)
    with serving(HERE / certificate) as server:
        found = ask(server.url("/good", host, "https"), web.send, web.sleep)
    assert (found.verdict, found.status) == (verdict, status)


def test_a_certificate_of_nobody_is_refused(web):
    with serving(HERE / "secure.pem") as server:
        found = ask(server.url("/good", "secure.test", "https"), web.send, web.sleep)
    assert (found.verdict, found.status) == (FAILING, "a certificate that browsers refuse")


def test_a_server_without_encryption_fails_where_encryption_is_asked_for(server, web):
    found = ask(server.url("/good", scheme="https"), web.send, web.sleep)
    assert found.verdict == FAILING


def test_a_port_that_nobody_listens_at_fails(server, web):
    server.close()
    found = ask(server.url("/good"), web.send, web.sleep)
    assert (found.verdict, found.status) == (FAILING, "no connection")


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("/a b?c d", "/a%20b?c%20d"),
        ("/caf\u00e9", "/caf%C3%A9"),
        ("/%7Ea%20b", "/%7Ea%20b"),
        ("?q=1", "/?q=1"),
        ("/a\r\nX: y", "/aX:%20y"),  # as browsers have it, line ends are no part of an address
        ("/a?b=1&c=(2)#d", "/a?b=1&c=(2)"),
    ],
)
def test_an_address_goes_over_the_wire_in_one_line(server, web, url, sent):
    ask(server.url(url), web.send, web.sleep)
    assert server.requests[0][2] == sent


def test_an_answer_is_read_no_further_than_it_is_wanted(server, web):
    server.ways["/pour"] = raw(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 3_000_000)
    reply = web.read("GET", server.url("/pour"))
    assert len(reply.body) == 200_000


def test_a_silent_head_does_not_spoil_what_get_says(server, web):
    server.ways["/odd"] = in_turn(never, answer(404))
    assert ask(server.url("/odd"), web.send, web.sleep).status == "404"
