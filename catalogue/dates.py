"""Read moments in the site's time zone, tell what is scheduled for later, and write dates."""

import os
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from catalogue.problems import format_count

if TYPE_CHECKING:
    from catalogue.records import Record

MONTHS = (
    "January February March April May June July August September October November December".split()
)
STAMP_LENGTH = len("2026-11-23T12:00:00+00:00")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def read_clock() -> datetime:
    """Return the present moment, or the one that `SOURCE_DATE_EPOCH` names (reproducible-builds.org)."""
    return datetime.fromtimestamp(float(os.environ.get("SOURCE_DATE_EPOCH") or time.time()), UTC)


def read_moment(value: str, zone: ZoneInfo) -> datetime:
    """Return the moment of a checked date in a header; without a zone it is in the site's."""
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def is_scheduled(record: "Record", now: datetime, zone: ZoneInfo) -> bool:
    """Return whether the time of a post or a comment has not come."""
    date = record.values.get("Date")
    return record.kind in ("post", "comment") and date is not None and read_moment(date, zone) > now


def fit_offset(moment: datetime) -> datetime:
    """Return a moment with its offset in whole minutes: local mean time had seconds, RFC 3339 has none."""
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


def format_live(record: "Record", zone: ZoneInfo) -> str:
    """Return when a scheduled post or comment will be on the site: `goes live Tuesday 3 November …`."""
    moment = read_moment(record.values["Date"], zone).astimezone(zone)
    return f"{'appears' if record.kind == 'comment' else 'goes live'} {format_moment(moment)}"


def format_scheduled(
    posts: Iterable["Record"], comments: Iterable[tuple["Record", str]], zone: ZoneInfo
) -> list[str]:
    """Return what is said of scheduled posts, and of comments with their posts' titles, the next first."""
    ordered = sorted(posts, key=lambda post: (read_moment(post.values["Date"], zone), post.title))
    dated = [(read_moment(each.values["Date"], zone), each, title) for each, title in comments]
    dated.sort(key=lambda row: (row[0], row[1].values["Author"], row[2]))
    return [
        *head_lines("post", [f"“{post.title}” {format_live(post, zone)}" for post in ordered]),
        *head_lines(
            "comment",
            [
                f"that of {comment.values['Author']} on “{title}” {format_live(comment, zone)}"
                for _, comment, title in dated
            ],
        ),
    ]


def head_lines(noun: str, lines: Sequence[str]) -> list[str]:
    """Return lines about what is scheduled under a heading with their number; one line stands in it."""
    if len(lines) == 1:
        return [f"1 {noun} is waiting: {lines[0]}"]
    heading = f"{format_count(len(lines), noun)} are waiting:"
    return [heading, *(f"  {line}" for line in lines)] if lines else []
