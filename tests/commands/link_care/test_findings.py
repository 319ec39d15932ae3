"""What a run found out becomes facts of the ledger, and says what is due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.link_ledger import LinkFacts
from commands.link_care.ask import FAILING, GOOD, UNKNOWN, Answer
from commands.link_care.findings import (
    Findings,
    apply_answer,
    apply_findings,
    find_day,
    is_due,
    order_copies,
    order_due,
    order_saves,
)
from commands.link_care.uses import Use
from commands.link_care.wayback import Copy

TODAY = date(2026, 11, 27)
URL = "https://example.org/a"
COPY = Copy("https://web.archive.org/web/20190503101112/https://example.org/a", "2019-05-03")
GONE = Answer(FAILING, "404")
WELL = Answer(GOOD, "200")
SHUT = Answer(UNKNOWN, "403")


def ago(days):
    return (TODAY - timedelta(days)).isoformat()


def answer_all(*days_and_answers):
    facts = LinkFacts(first_seen=ago(99))
    for days, answer in days_and_answers:
        facts = apply_answer(facts, answer, ago(days))
    return facts


@pytest.mark.parametrize(
    ("answers", "is_dead"),
    [
        ([(20, GONE)], False),
        ([(20, GONE), (13, GONE)], False),
        ([(20, GONE), (6, GONE)], True),
        ([(20, GONE), (13, WELL), (6, GONE)], False),
        ([(20, GONE), (6, SHUT)], False),
        ([(20, GONE), (13, SHUT), (6, GONE)], True),
        ([(20, GONE), (6, GONE), (1, WELL)], False),
        ([(20, GONE), (6, GONE), (1, SHUT)], True),
    ],
)
def test_a_link_is_dead_when_two_failures_two_weeks_apart_have_no_good_answer_between(
    answers, is_dead
):
    assert answer_all(*answers).is_dead is is_dead


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([GONE, WELL, SHUT]))))
def test_a_link_that_was_good_last_fails_since_no_day(answers):
    facts = answer_all(*answers, (0, WELL))
    assert (facts.failing_since, facts.last_failed, facts.last_good) == ("", "", ago(0))


def test_an_address_is_new_once_and_forgotten_when_no_text_has_it():
    ledger = apply_findings({}, Findings(), [URL], [], TODAY)
    assert ledger == {URL: LinkFacts(first_seen=ago(0))}
    later = TODAY + timedelta(9)
    assert apply_findings(ledger, Findings(), [URL], [], later) == ledger
    assert apply_findings(ledger, Findings(answers={URL: WELL}), [], [URL], later) == {}


def test_what_nobody_links_to_gets_no_row():
    assert apply_findings({}, Findings({URL: WELL}, {URL: COPY}, {URL: COPY}), [], [], TODAY) == {}


def test_a_copy_stays_when_the_archive_has_none_any_more():
    ledger = apply_findings({}, Findings(copies={URL: COPY}), [URL], [], TODAY)
    again = apply_findings(ledger, Findings(copies={URL: None}), [URL], [], TODAY)
    assert (again[URL].archived, again[URL].archived_on) == (COPY.url, COPY.day)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (None, True),
        (LinkFacts(), True),
        (LinkFacts(checked=ago(0), last_good=ago(0)), False),
        (LinkFacts(checked=ago(5), last_good=ago(5)), False),
        (LinkFacts(checked=ago(6), last_good=ago(6)), True),
        (LinkFacts(checked=ago(1), last_good=ago(5)), True),
        (LinkFacts(checked=ago(0), last_good=ago(5)), False),
        (LinkFacts(checked=ago(-3), last_good=ago(-3)), True),
    ],
)
def test_a_good_link_is_asked_once_a_week_and_a_failing_one_each_day(facts, expected):
    assert is_due(facts, TODAY) is expected


def test_the_links_that_waited_longest_come_first_and_all_means_all():
    ledger = {
        name: LinkFacts(checked=ago(days), last_good=ago(days))
        for name, days in (("a", 7), ("b", 9), ("c", 0))
    }
    assert order_due("abcd", ledger, TODAY) == ["d", "b", "a"]
    assert order_due("abcd", ledger, TODAY, all=True) == ["d", "b", "a", "c"]


@pytest.mark.parametrize(
    ("facts", "is_asked"),
    [
        (LinkFacts(), False),
        (LinkFacts(status="200"), True),
        (LinkFacts(status="404"), True),
        (LinkFacts(status="not asked: a private address"), False),
        (LinkFacts(status="200", archived=COPY.url), False),
        (LinkFacts(status="200", archive_asked=ago(27)), False),
        (LinkFacts(status="200", archive_asked=ago(28)), True),
        (LinkFacts(status="200", archive_asked=ago(3), saved=ago(2)), True),
        (LinkFacts(status="200", archive_asked=ago(0), saved=ago(0)), False),
    ],
)
def test_the_archive_is_asked_for_what_it_may_know_and_has_no_copy(facts, is_asked):
    assert order_copies([URL], {URL: facts}, TODAY, 9) == [URL] * is_asked


def test_the_archive_is_asked_for_failing_links_first():
    ledger = {name: LinkFacts(status="200") for name in "abc"}
    ledger["b"] = LinkFacts(status="404", failing_since=ago(1))
    assert order_copies("abc", ledger, TODAY, 2) == ["b", "a"]


@pytest.mark.parametrize(
    ("days", "near"),
    [([], TODAY), (["2020-05-01", "", "2019-05-01"], date(2019, 5, 1)), (["2030-01-01"], TODAY)],
)
def test_the_copy_that_is_wanted_is_that_of_the_first_text(days, near):
    assert find_day([Use("posts/a.md", day) for day in days], TODAY) == near


SOUND = LinkFacts(status="200", checked=ago(0), last_good=ago(0))


@pytest.mark.parametrize(
    ("use", "facts", "is_saved"),
    [
        (Use("posts/a.md", ago(3), True), SOUND, True),
        (Use("posts/a.md", ago(31), True), SOUND, False),
        (Use("posts/a.md", ago(-1), True), SOUND, False),
        (Use("comments/a/b.md", ago(3)), SOUND, False),
        (Use("posts/a.md", ago(3), True), replace(SOUND, saved=ago(1)), False),
        (Use("posts/a.md", ago(3), True), replace(SOUND, archived_on=ago(2)), False),
        (Use("posts/a.md", ago(3), True), replace(SOUND, archived_on=ago(9)), True),
        (Use("posts/a.md", ago(3), True), replace(SOUND, last_good=ago(8)), False),
        (Use("posts/a.md", ago(3), True), LinkFacts(), False),
    ],
)
def test_the_good_pages_of_new_posts_are_kept_once(use, facts, is_saved):
    assert order_saves({URL: [use]}, {URL: facts}, TODAY, 9) == [URL] * is_saved
