"""Judge dates by the clock: what is far ahead is a slip, and no text was changed before it was there."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from catalogue.dates import FAR_AHEAD, read_moment
from catalogue.problems import Problem
from catalogue.records import Record

MIDNIGHT = "T00:00:00"  # how the value of a day without a time ends


def check_dates(records: Iterable[Record], now: datetime, zone: ZoneInfo) -> Iterator[Problem]:
    """Yield a warning for each date that is probably a slip.

    These are the `Date` for which a post or a comment would wait for more than a year, and the
    `Modified` that `catalogue.dates.read_revision` passes over.
    """
    for record in records:
        values = record.values
        if "Date" in values and record.kind in ("post", "comment"):
            moment = read_moment(values["Date"], zone)
            if moment.timestamp() > (now + FAR_AHEAD).timestamp():
                seen = f"Date is in the year {moment.year}, and this waits until then"
                text = f"{seen}. Write another year if that is a slip."
                yield Problem(record.path, record.line("Date"), "warning", text)
        if "Modified" in values and (text := describe_revision(values, now, zone)):
            yield Problem(record.path, record.line("Modified"), "warning", text)


def describe_revision(values: dict[str, str], now: datetime, zone: ZoneInfo) -> str:
    """Return what is wrong with the `Modified` of a header; empty for nothing."""
    modified, date = values["Modified"], values.get("Date", "")
    moment = read_moment(modified, zone)
    if date and moment.timestamp() < read_moment(date, zone).timestamp():
        if is_same_day(modified, date, zone):
            return ""
        seen = f"Modified ({format_typed(modified)}) is before Date ({format_typed(date)})"
        return f"{seen}. Write a later date."
    if moment.timestamp() > now.timestamp():
        seen = f"Modified ({format_typed(modified)}) is in the future, so that readers are not told"
        return f"{seen}. Write the day on which you changed the text."
    return ""


def is_same_day(modified: str, date: str, zone: ZoneInfo) -> bool:
    """Return whether one of two values is a day alone, and the other a time on that day."""
    days = {date[:10], read_moment(date, zone).date().isoformat()}
    return modified[:10] in days and (modified.endswith(MIDNIGHT) or date.endswith(MIDNIGHT))


def format_typed(value: str) -> str:
    """Return the value of a date as an author types it: `2026-11-23`, `2026-11-23 09:30+01:00`."""
    return value[:10] if value.endswith(MIDNIGHT) else f"{value[:10]} {value[11:16]}{value[19:]}"
