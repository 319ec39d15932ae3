"""The ledger of links is read as it was written, or refused with the line."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.link_ledger import (
    DAYS,
    LedgerFault,
    LinkFacts,
    check_ledger,
    format_ledger,
    load_ledger,
    parse_ledger,
)

URL = "https://example.org/a"
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
COPY = "https://web.archive.org/web/20190503101112/https://example.org/a"


@st.composite
def facts(draw):
    days = {name: draw(st.just("") | st.dates().map(date.isoformat)) for name in DAYS}
    has_copy = bool(days["archived_on"])
    return LinkFacts(**days, status=draw(st.just("") | WORDS), archived=COPY if has_copy else "")


LEDGERS = st.dictionaries(
    WORDS.map(lambda word: f"https://example.org/{word}".partition("#")[0]), facts()
)


@settings(deadline=None)
@given(LEDGERS)
def test_a_ledger_is_read_as_it_was_written(ledger):
    assert parse_ledger(format_ledger(ledger)) == ledger


@settings(deadline=None)
@given(LEDGERS)
def test_a_ledger_is_sorted_a_line_for_each_address_whatever_its_order(ledger):
    data = format_ledger(ledger)
    assert data == format_ledger(dict(reversed(ledger.items())))
    lines = data.decode().split("\n")[1:-2]
    assert len(lines) == len(ledger)
    assert [*parse_ledger(data)] == sorted(ledger)


def test_a_ledger_looks_like_this():
    ledger = {URL: LinkFacts(first_seen="2026-11-27", status="404"), "http://a.org/é": LinkFacts()}
    assert format_ledger(ledger).decode() == (
        '{\n"http://a.org/é": {},\n'
        '"https://example.org/a": {"first_seen": "2026-11-27", "status": "404"}\n}\n'
    )
    assert format_ledger({}) == b"{}\n"


@pytest.mark.parametrize("data", [b"", b" \n", b"{}", b"\xef\xbb\xbf{}\r\n"])
def test_an_empty_ledger_has_nothing(data):
    assert parse_ledger(data) == {}


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"{\n<<<<<<< HEAD\n", 2),
        (b"[]", 1),
        (b"[" * 100_000, 1),
        (b'{"a": ' + b"1" * 9999 + b"}", 1),
        (b"{}\n\xff", 2),
        (b'{\n\n"posts/a.md": {}}', 3),
        (b'{"https://a.org/#b": {}}', 1),
        (b'{"javascript:alert(1)": {}}', 1),
        (b'{"https://a.org/\\ud800": {}}', 1),
        (b'{"https://a.org/": []}', 1),
        (b'{"https://a.org/": {"status": 404}}', 1),
        (b'{"https://a.org/": {"status": "4\\u0000"}}', 1),
        (b'{"https://a.org/": {"statuss": "404"}}', 1),
        (b'{"https://a.org/": {"checked": "yesterday"}}', 1),
        (b'{"https://a.org/": {"checked": "20261127"}}', 1),
        (b'{"https://a.org/": {"archived": "https://a.org/"}}', 1),
        (b'{"https://a.org/": {"archived": "javascript:x", "archived_on": "2026-11-27"}}', 1),
        (b'{"https://a.org/": {"archived": "https://a/\\"x", "archived_on": "2026-11-27"}}', 1),
    ],
)
def test_what_is_no_ledger_is_refused_with_its_line(tmp_path, data, line):
    with pytest.raises(LedgerFault) as fault:
        parse_ledger(data)
    assert fault.value.line == line
    (tmp_path / "links.json").write_bytes(data)
    (problem,) = check_ledger(tmp_path)
    assert (problem.path, problem.line, problem.level) == ("links.json", line, "error")
    assert problem.text.endswith("type: python3 tasks.py links")
    assert load_ledger(tmp_path) == {}


def test_a_folder_without_a_ledger_is_well(tmp_path):
    assert check_ledger(tmp_path) == []
    assert load_ledger(tmp_path) == {}


def test_a_ledger_that_is_a_folder_is_told(tmp_path):
    (tmp_path / "links.json").mkdir()
    assert [problem.line for problem in check_ledger(tmp_path)] == [0]


@pytest.mark.parametrize(
    ("since", "last", "is_dead"),
    [
        ("", "", False),
        ("2026-11-01", "2026-11-01", False),
        ("2026-11-01", "2026-11-14", False),
        ("2026-11-01", "2026-11-15", True),
        ("2026-11-01", "2027-11-01", True),
    ],
)
def test_a_link_is_dead_after_two_weeks_of_failures(since, last, is_dead):
    assert LinkFacts(failing_since=since, last_failed=last).is_dead is is_dead


def test_every_fact_that_is_a_day_is_held_to_be_one():
    others = {"status", "archived"}
    assert {item.name for item in fields(LinkFacts)} == {*DAYS, *others}
