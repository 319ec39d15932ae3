"""A post appears at its time in the site's zone, and the build says when that is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.dates import (
    explain_schedule,
    format_day,
    format_moment,
    format_scheduled,
    is_scheduled,
    order_by_time,
    order_name,
    read_clock,
    read_moment,
)
from catalogue.project import ROOT
from catalogue.records import Record

SYDNEY = ZoneInfo("Australia/Sydney")
LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")


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
        (
            "2018-11-04T00:00:00",
            SAO_PAULO,
            "2018-11-04T03:00:00+00:00",
        ),  # a day that began at 01:00
        ("2026-10-25T01:30:00", LONDON, "2026-10-25T00:30:00+00:00"),  # an hour that comes twice
    ],
)
def test_a_date_without_a_zone_is_in_the_zone_of_the_site(date, zone, moment):
    assert read_moment(date, zone).astimezone(UTC).isoformat() == moment


@pytest.mark.parametrize(
    ("date", "zone", "shown"),
    [
        ("2026-01-01T03:00:00+00:00", NEW_YORK, "2025-12-31T22:00:00-05:00"),
        ("2025-12-31T23:59:00", NEW_YORK, "2025-12-31T23:59:00-05:00"),
        ("2025-12-31T20:00:00+00:00", KATHMANDU, "2026-01-01T01:45:00+05:45"),
        ("2025-12-31T14:00:00-05:00", SYDNEY, "2026-01-01T06:00:00+11:00"),
        ("2026-07-01T00:00:00", SYDNEY, "2026-07-01T00:00:00+10:00"),
        # The clocks show no 02:30 on that day, and 01:30 twice on the other.
        ("2026-03-08T02:30:00", NEW_YORK, "2026-03-08T03:30:00-04:00"),
        ("2026-11-01T01:30:00", NEW_YORK, "2026-11-01T01:30:00-04:00"),
        ("2026-11-01T01:30:00-05:00", NEW_YORK, "2026-11-01T01:30:00-05:00"),
        ("2018-11-04T00:00:00", SAO_PAULO, "2018-11-04T01:00:00-02:00"),
    ],
)
def test_a_moment_is_shown_as_the_site_s_clocks_show_it(date, zone, shown):
    assert read_moment(date, zone).isoformat() == shown


@pytest.mark.parametrize(
    "names",
    [
        ["part-1", "part-2", "part-10"],
        ["part", "part-1", "part-2"],
        ["a-2-b-3", "a-2-b-20", "a-11-b-1"],
        ["2-end", "10-start", "start"],
        ["part-0", "part-1", f"part-{'9' * 60}", f"part-1{'0' * 60}"],
        ["note-9", "note-009a", "note-10"],
        ["ann", "ann-2", "anna"],
    ],
)
def test_names_are_put_in_the_order_in_which_people_count(names):
    for mixed in (names, names[::-1]):
        assert sorted(mixed, key=order_name) == names


def test_texts_of_one_moment_come_by_name_and_others_by_their_moment_and_not_by_the_clock():
    records = [
        Record("posts/2026-01-01-part-10.md", "post", values={"Date": "2026-03-01"}),
        Record("posts/part-2.md", "post", values={"Date": "2026-03-01"}),
        Record("posts/part-11.md", "post", values={"Date": "2026-02-28T23:59:00"}),
        Record("posts/old/part-2.md", "post", values={"Date": "2026-03-01"}),
        # New York's clocks show 01:45 before they show 01:15.
        Record("posts/b.md", "post", values={"Date": "2026-11-01T01:15:00-05:00"}),
        Record("posts/c.md", "post", values={"Date": "2026-11-01T01:45:00-04:00"}),
    ]
    ordered = sorted(records, key=lambda record: order_by_time(record, NEW_YORK))
    assert [record.path.removeprefix("posts/") for record in ordered] == [
        "part-11.md", "old/part-2.md", "part-2.md", "2026-01-01-part-10.md", "c.md", "b.md",
    ]  # fmt: skip


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
        explain_schedule(LONDON),
    ]


def test_scheduled_posts_are_told_the_next_one_first():
    assert format_scheduled([], [], LONDON) == []
    assert format_scheduled([post("2026-11-03T09:00:00", "Later")], [], LONDON) == [
        "1 post is waiting: “Later” goes live Tuesday 3 November 2026 at 09:00",
        explain_schedule(LONDON),
    ]
    posts = [post("2026-11-03T09:00:00", "Later"), post("2026-07-01T09:00:00+00:00", "Sooner")]
    assert format_scheduled(posts, [], LONDON) == [
        "2 posts are waiting:",
        "  “Sooner” goes live Wednesday 1 July 2026 at 10:00",
        "  “Later” goes live Tuesday 3 November 2026 at 09:00",
        explain_schedule(LONDON),
    ]


def test_it_is_said_by_which_clock_and_where_to_click_when_github_has_paused_the_schedule():
    said = explain_schedule(LONDON)
    assert "Europe/London" in said
    workflow = (ROOT / ".github/workflows/waiting.yml").read_text(encoding="utf-8")
    name = workflow.partition("name: ")[2].partition("\n")[0]
    assert f"Actions → {name} → Enable workflow" in said


def test_scheduled_posts_of_one_moment_are_told_in_the_order_in_which_people_count():
    records = [
        Record(f"posts/part-{n}.md", "post", title=f"Part {n}", values={"Date": "2026-11-03"})
        for n in (10, 2, 1)
    ]
    lines = format_scheduled(records, [], LONDON)[1:-1]
    assert [line.split("”")[0] for line in lines] == ["  “Part 1", "  “Part 2", "  “Part 10"]
