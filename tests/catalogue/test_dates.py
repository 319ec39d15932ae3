"""A post appears at its time in the site's zone, and the build says when that is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.dates import (
    format_day,
    format_moment,
    format_scheduled,
    is_scheduled,
    read_clock,
    read_moment,
)
from catalogue.records import Record

SYDNEY = ZoneInfo("Australia/Sydney")
LONDON = ZoneInfo("Europe/London")


def post(date, title="T", kind="post"):
    return Record(f"{kind}s/a.md", kind, title=title, values={"Date": date} if date else {})


@pytest.mark.parametrize(
    ("date", "zone", "moment"),
    [
        ("2026-11-23T00:00:00", SYDNEY, "2026-11-22T13:00:00+00:00"),
        ("2026-07-01T09:00:00", LONDON, "2026-07-01T08:00:00+00:00"),
        ("2026-01-01T09:00:00", LONDON, "2026-01-01T09:00:00+00:00"),
        ("2026-11-23T09:00:00+02:00", SYDNEY, "2026-11-23T07:00:00+00:00"),
        ("2026-03-29T01:30:00", LONDON, "2026-03-29T01:30:00+00:00"),  # an hour that is skipped
        ("2026-10-25T01:30:00", LONDON, "2026-10-25T00:30:00+00:00"),  # an hour that comes twice
    ],
)
def test_a_date_without_a_zone_is_in_the_zone_of_the_site(date, zone, moment):
    assert read_moment(date, zone).astimezone(UTC).isoformat() == moment


@pytest.mark.parametrize(
    ("now", "waits"),
    [("2026-11-22T12:59:59+00:00", True), ("2026-11-22T13:00:00+00:00", False)],
)
def test_a_post_waits_until_its_moment_and_not_longer(now, waits):
    record = post("2026-11-23T00:00:00")
    assert is_scheduled(record, datetime.fromisoformat(now), SYDNEY) is waits


@pytest.mark.parametrize("record", [post(""), post("2999-01-01T00:00:00", kind="page")])
def test_only_posts_with_a_date_wait(record):
    assert not is_scheduled(record, datetime(2026, 1, 1, tzinfo=UTC), SYDNEY)


@example(datetime.fromisoformat("2000-10-29T11:00"), "")  # London's clocks say that hour twice
@given(
    st.datetimes(datetime.fromisoformat("1450-01-01"), datetime.fromisoformat("2099-12-31")),
    st.sampled_from(["", "+14:00", "-12:00", "+23:59"]),
)
@settings(deadline=None, database=None, max_examples=100)
def test_every_date_that_a_header_can_hold_has_a_moment(date, zone):
    value = date.replace(microsecond=0).isoformat() + zone
    moment = read_moment(value, SYDNEY)
    assert moment.astimezone(LONDON).timestamp() == moment.timestamp()
    assert format_day(moment).endswith(f" {moment.year}")
    assert is_scheduled(post(value), moment, SYDNEY) is False


def test_days_are_written_in_english_whatever_the_system_speaks():
    moment = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
    assert format_day(moment) == "3 November 2026"
    assert format_moment(moment) == "Tuesday 3 November 2026 at 09:05"


def test_the_clock_can_be_set(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert read_clock().isoformat() == "2023-11-14T22:13:20+00:00"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert read_clock().tzinfo is UTC


def test_scheduled_comments_are_told_after_the_posts():
    comments = [post("2026-11-03", kind="comment"), post("2026-07-01", kind="comment")]
    for comment, author in zip(comments, ("Ann", "Ben"), strict=True):
        comment.values["Author"] = author
    rows = [(comment, "Weeding") for comment in comments]
    assert format_scheduled([post("2027-01-01", "Later")], rows, LONDON) == [
        "1 post is waiting: “Later” goes live Friday 1 January 2027 at 00:00",
        "2 comments are waiting:",
        "  that of Ben on “Weeding” appears Wednesday 1 July 2026 at 00:00",
        "  that of Ann on “Weeding” appears Tuesday 3 November 2026 at 00:00",
    ]


def test_scheduled_posts_are_told_the_next_one_first():
    assert format_scheduled([], [], LONDON) == []
    assert format_scheduled([post("2026-11-03T09:00:00", "Later")], [], LONDON) == [
        "1 post is waiting: “Later” goes live Tuesday 3 November 2026 at 09:00"
    ]
    posts = [post("2026-11-03T09:00:00", "Later"), post("2026-07-01T09:00:00+00:00", "Sooner")]
    assert format_scheduled(posts, [], LONDON) == [
        "2 posts are waiting:",
        "  “Sooner” goes live Wednesday 1 July 2026 at 10:00",
        "  “Later” goes live Tuesday 3 November 2026 at 09:00",
    ]
