"""A host is asked one thing at a time; many hosts are asked side by side, and no run is endless."""

import threading
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.link_care import visits as module
from commands.link_care.failures import UNREACHED, Failure
from commands.link_care.pace import Pace, name_host, pace_requests
from commands.link_care.request import Reply
from commands.link_care.visits import Visits, plan_visits, visit_all
from commands.link_care.web import open_web
from tests.commands.link_care.conftest import SETTINGS
from tests.commands.link_care.server import make_resolver


def visit(urls, send, **how):
    hosts, left = plan_visits(urls)
    visits = Visits(left=left)
    visit_all(hosts, send, visits, sleep=lambda _: None, **how)
    return visits


def test_a_host_has_a_pause_between_two_requests_and_never_two_at_once(server):
    web = open_web(SETTINGS, make_resolver(), pause=0.1, seconds=2)
    urls = [server.url(path) for path in ("/good", "/moved", "/head-403")]
    visits = visit(urls, web.send)
    assert all(answer.verdict == "good" for answer in visits.answers.values())
    moments = sorted(server.moments)
    assert len(moments) == 5
    assert all(after - before > 0.08 for before, after in pairwise(moments))
    assert server.most_open == 1


def test_a_redirect_to_another_host_waits_for_its_turn_too():
    order = []

    def send(method, url):
        order.append((name_host(url), time.monotonic()))
        if name_host(url) == "a.test":
            return Reply(302, {"location": "http://b.test/"})
        return Reply(200)

    visit(["http://a.test/1", "http://c.test/", "http://b.test/1"], pace_requests(send, Pace(0.1)))
    moments = sorted(moment for name, moment in order if name == "b.test")
    assert len(moments) == 2
    assert moments[1] - moments[0] > 0.08


def test_hosts_are_asked_side_by_side():
    together = threading.Barrier(4, timeout=5)

    def send(method, url):
        together.wait()
        return Reply(200)

    assert len(visit([f"http://{name}.test/" for name in "abcd"], send).answers) == 4


def test_a_host_that_answers_nothing_is_left_alone():
    asked = []

    def send(method, url):
        asked.append(url)
        raise Failure("no connection", UNREACHED)

    visits = visit([f"http://a.test/{number}" for number in range(9)], send)
    assert len(visits.answers) == len(set(asked)) == 3
    assert len(visits.left) == 6


def test_a_host_that_asks_for_peace_is_asked_no_more():
    visits = visit([f"http://a.test/{n}" for n in range(5)], lambda *_: Reply(429))
    assert [*visits.answers] == ["http://a.test/0"]
    assert len(visits.left) == 4


def test_no_link_is_begun_after_the_time_of_a_run():
    visits = visit(["http://a.test/", "http://b.test/"], lambda *_: Reply(200), most_seconds=-1)
    assert visits.answers == {}
    assert sorted(visits.left) == ["http://a.test/", "http://b.test/"]


def test_an_interruption_keeps_what_was_answered_and_records_no_failure():
    def send(method, url):
        if name_host(url) == "bad.test":
            raise KeyboardInterrupt
        return Reply(200)

    visits = Visits()
    hosts, _ = plan_visits(["http://bad.test/"])
    with pytest.raises(KeyboardInterrupt):
        visit_all(hosts, send, visits)
    assert visits.answers == {}


@settings(deadline=None)
@given(st.lists(st.sampled_from([f"http://{h}.test/{n}" for h in "abc" for n in range(9)])))
def test_a_plan_loses_no_link_and_keeps_to_its_caps(urls):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_LINKS", 8)
        patch.setattr(module, "MOST_OF_HOST", 4)
        hosts, left = plan_visits(urls)
    planned = [url for of_host in hosts.values() for url in of_host]
    assert sorted([*planned, *left]) == sorted(urls)
    assert len(planned) <= 8
    assert all(len(of_host) <= 4 for of_host in hosts.values())
    if left and len(planned) < 8:
        assert all(len(hosts[name_host(url)]) == 4 for url in left)
