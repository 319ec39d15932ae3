"""Read, order and write moments in the site's time zone, and know which texts are scheduled for later."""

import os
import re
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from catalogue.problems import format_count

MONTHS = (
    "January February March April May June July August September October November December".split()
)
STAMP_LENGTH = len("2026-11-23T12:00:00+00:00")
FAR_AHEAD = timedelta(days=366)  # who plans for a later day has probably mistyped it
AFTER_ALL = datetime(2101, 1, 1, tzinfo=UTC)  # a header's last year is 2099, in whatever zone
MOMENTS_CACHED = 50_000  # each date is read several times
NUMBER = re.compile("0*([0-9]+)")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


class Dated(Protocol):
    """A text that may have a date."""

    kind: str
    path: str
    slug: str
    title: str
    values: dict[str, Any]  # of its header; its `Date` as `datetime.isoformat` writes it


def read_clock() -> datetime:
    """Return the present moment, or the one that `SOURCE_DATE_EPOCH` names (reproducible-builds.org)."""
    return datetime.fromtimestamp(float(os.environ.get("SOURCE_DATE_EPOCH") or time.time()), UTC)


@lru_cache(maxsize=MOMENTS_CACHED)
def read_moment(value: str, zone: ZoneInfo) -> datetime:
    """Return a checked date of a header in the site's zone, which is its own if it names no other.

    Moments of one zone compare by what its clocks show, which an hour that comes twice belies: compare
    their timestamps.
    """
    moment = datetime.fromisoformat(value)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    # By way of UTC a time that the clocks skip becomes the one that they show then.
    return moment.astimezone(UTC).astimezone(zone)


def read_revision(record: Dated, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when a text was last changed: after its `Date`, and not later than `now`; else None."""
    if "Modified" not in record.values:
        return None
    revision, date = read_moment(record.values["Modified"], zone), record.values.get("Date")
    is_after = not date or read_moment(date, zone).timestamp() < revision.timestamp()
    return revision if is_after and revision.timestamp() <= now.timestamp() else None


def order_by_time(record: Dated, zone: ZoneInfo) -> tuple[float, str, str]:
    """Return the key that puts dated texts in order of time, and those of one moment by their names."""
    moment = read_moment(record.values["Date"], zone)
    return moment.timestamp(), order_name(record.slug), record.path


def order_name(name: str) -> str:
    """Return the key that puts names in the order in which people count: part-2 before part-10."""
    return NUMBER.sub(lambda match: f"{len(match[1]):03}{match[1]}", name)


def is_scheduled(record: Dated, now: datetime, zone: ZoneInfo) -> bool:
    """Return True if the time of a post or a comment has not come."""
    date = record.values.get("Date")
    if record.kind not in ("post", "comment") or date is None:
        return False
    return read_moment(date, zone).timestamp() > now.timestamp()


def fit_offset(moment: datetime) -> datetime:
    """Return a moment with its zone's offset in whole minutes (RFC 3339); local mean time had seconds."""
    offset = moment.utcoffset() or timedelta()
    if not offset.seconds % 60:
        return moment
    minutes = round(offset.total_seconds() / 60)
    return moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))


def format_stamp(moment: datetime) -> str:
    """Return a moment for machines (RFC 3339), as in `2026-11-23T12:00:00+00:00`."""
    stamp = moment.isoformat()
    return stamp if len(stamp) == STAMP_LENGTH else fit_offset(moment).isoformat()


def format_day(moment: date) -> str:
    """Return a day as in `23 November 2026`, whatever the system's language."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def format_moment(moment: datetime) -> str:
    """Return a moment as in `Tuesday 3 November 2026 at 09:00`."""
    return f"{DAYS[moment.weekday()]} {format_day(moment)} at {moment:%H:%M}"


def format_live(record: Dated, zone: ZoneInfo) -> str:
    """Return when a scheduled post or comment will be on the site: `goes live Tuesday 3 November …`."""
    moment = read_moment(record.values["Date"], zone)
    return f"{'appears' if record.kind == 'comment' else 'goes live'} {format_moment(moment)}"


def format_scheduled(
    posts: Iterable[Dated],
    comments: Iterable[tuple[Dated, str]],
    zone: ZoneInfo,
    command: str = "",
) -> list[str]:
    """Return what is said of scheduled posts, and of comments with their posts' titles, the next first.

    The last line says by which clock, and what puts them on the site: a command, if one is given.
    """
    ordered = sorted(posts, key=lambda post: order_by_time(post, zone))
    dated = sorted(comments, key=lambda row: order_by_time(row[0], zone))
    of_comments = [
        f"that of {comment.values['Author']} on “{title}” {format_live(comment, zone)}"
        for comment, title in dated
    ]
    lines = [
        *head_lines("post", [f"“{post.title}” {format_live(post, zone)}" for post in ordered]),
        *head_lines("comment", of_comments),
    ]
    return [*lines, explain_schedule(zone, command)] if lines else []


def explain_schedule(zone: ZoneInfo, command: str = "") -> str:
    """Return by which clock the dates of a site are, and what brings a text to it when its time has come.

    That is the `command` that publishes the site, or GitHub if there is none.

    GitHub pauses a schedule after 60 days in which nothing was pushed, and says so to nobody who does not
    look (docs.github.com, "Disabling and enabling a workflow").
    """
    if command:
        return f"(By the clock of {zone.key}. It comes to the site with the first: {command}, after that.)"
    return (
        f"(By the clock of {zone.key}. GitHub publishes in the hour after that; if nothing was pushed for "
        "60 days, it may have paused that: Actions → Waiting posts → Enable workflow.)"
    )


def head_lines(noun: str, lines: Sequence[str]) -> list[str]:
    """Return lines about what is scheduled under a heading with their number; one line stands in it."""
    if len(lines) == 1:
        return [f"1 {noun} is waiting: {lines[0]}"]
    heading = f"{format_count(len(lines), noun)} are waiting:"
    return [heading, *(f"  {line}" for line in lines)] if lines else []
