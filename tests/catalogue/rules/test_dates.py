"""A `Modified` that cannot be is told with its line, and one that can be says nothing."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from catalogue.dates import read_revision
from catalogue.records import Record
from catalogue.rules.dates import check_dates

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = (
    "is in the future, so that readers are not told. Write the day on which you changed the text."
)


def judge(date, modified, zone="UTC", kind="post"):
    """Return what is said of a text's dates, and when it counts as changed."""
    values = {"Modified": modified, **({"Date": date} if date else {})}
    record = Record(f"{kind}s/a.md", kind, values=values, lines={"Modified": 3})
    problems = list(check_dates([record], NOW, ZoneInfo(zone)))
    assert all((p.path, p.line, p.level) == (record.path, 3, "warning") for p in problems)
    revision = read_revision(record, NOW, ZoneInfo(zone))
    return [p.text for p in problems], revision and revision.isoformat()


@pytest.mark.parametrize(
    ("date", "modified", "zone", "revision"),
    [
        ("2026-03-05T10:00:00", "2026-03-06T00:00:00", "UTC", "2026-03-06T00:00:00+00:00"),
        ("2026-03-05T10:00:00", "2026-03-05T11:00:00", "UTC", "2026-03-05T11:00:00+00:00"),
        ("2026-03-05T10:00:00", "2026-03-05T00:00:00", "UTC", None),
        ("2026-03-05T00:00:00", "2026-03-05T00:00:00", "UTC", None),
        # The day of Date as it is typed, and as the site's clocks show it.
        ("2026-03-05T02:00:00+00:00", "2026-03-05T00:00:00", "Asia/Kathmandu", None),
        ("2026-03-04T23:00:00-05:00", "2026-03-04T00:00:00", "Australia/Sydney", None),
        ("2026-03-04T23:00:00-05:00", "2026-03-05T00:00:00", "Australia/Sydney", None),
        ("2026-03-05T00:00:00", "2026-03-05T00:30:00+02:00", "UTC", None),
        # Two days as they are typed, and not in this order.
        (
            "2026-03-05T01:00:00+05:45",
            "2026-03-04T22:00:00+00:00",
            "America/New_York",
            "2026-03-04T17:00:00-05:00",
        ),
        ("2026-03-05T00:00:00", "2026-11-23T12:00:00", "UTC", "2026-11-23T12:00:00+00:00"),
        ("", "2026-11-23T00:00:00", "UTC", "2026-11-23T00:00:00+00:00"),
        # The hour that New York's clocks show twice.
        (
            "2026-11-01T01:45:00-04:00",
            "2026-11-01T01:15:00-05:00",
            "America/New_York",
            "2026-11-01T01:15:00-05:00",
        ),
        # A post that waits, changed on its own day.
        ("2026-12-01T09:00:00", "2026-12-01T00:00:00", "UTC", None),
    ],
)
def test_a_change_that_can_be_says_nothing_and_is_never_before_the_publication(
    date, modified, zone, revision
):
    assert judge(date, modified, zone) == ([], revision)


@pytest.mark.parametrize(
    ("date", "modified", "zone", "text"),
    [
        ("2026-03-05T00:00:00", "2026-03-04T00:00:00", "UTC",
         "Modified (2026-03-04) is before Date (2026-03-05). Write a later date."),
        ("2026-03-05T10:00:00", "2026-03-05T09:30:00+00:00", "UTC",
         "Modified (2026-03-05 09:30+00:00) is before Date (2026-03-05 10:00). Write a later date."),
        ("2026-12-05T00:00:00", "2026-11-20T00:00:00", "UTC",
         "Modified (2026-11-20) is before Date (2026-12-05). Write a later date."),
        ("2026-03-05T00:00:00", "2099-03-01T00:00:00", "UTC", f"Modified (2099-03-01) {LATER}"),
        ("", "2026-11-24T00:00:00", "America/New_York", f"Modified (2026-11-24) {LATER}"),
        ("2026-03-05T00:00:00", "2026-11-23T12:01:00", "UTC", f"Modified (2026-11-23 12:01) {LATER}"),
        ("2026-12-05T00:00:00", "2026-12-06T00:00:00", "UTC", f"Modified (2026-12-06) {LATER}"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_told_and_does_not_count(date, modified, zone, text):
    assert judge(date, modified, zone, "post" if date else "page") == ([text], None)


def test_the_site_s_zone_says_when_a_day_has_come():
    assert judge("2026-01-01T00:00:00", "2026-11-24T00:00:00", "Asia/Kathmandu")[0]
    assert judge("2026-01-01T00:00:00", "2026-11-23T23:00:00", "Australia/Sydney") == (
        [],
        "2026-11-23T23:00:00+11:00",
    )
    assert judge("2026-01-01T00:00:00", "2026-11-23T23:00:00", "America/New_York")[1] is None


@pytest.mark.parametrize(
    ("kind", "date", "zone", "year"),
    [
        ("post", "2084-03-01T00:00:00", "UTC", 2084),
        ("comment", "2084-03-01T00:00:00+02:00", "UTC", 2084),
        ("post", "2027-11-24T12:01:00", "UTC", 2027),
        ("post", "2027-11-24T12:00:00", "UTC", 0),
        ("post", "2028-01-01T02:00:00+00:00", "America/New_York", 2027),
        ("page", "2084-03-01T00:00:00", "UTC", 0),
    ],
)
def test_what_would_wait_for_more_than_a_year_is_told(kind, date, zone, year):
    record = Record(f"{kind}s/a.md", kind, values={"Date": date}, lines={"Date": 2})
    found = [(p.line, p.level, p.text) for p in check_dates([record], NOW, ZoneInfo(zone))]
    text = f"Date is in the year {year}, and this waits until then."
    text += " Write another year if that is a slip."
    assert found == ([(2, "warning", text)] if year else [])
