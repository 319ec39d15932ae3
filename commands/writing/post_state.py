"""Say where a post is, and since when or from when on."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from catalogue.addresses import format_address
from catalogue.dates import format_moment, read_clock, read_moment
from catalogue.records import Record


def describe_state(record: Record, zone: ZoneInfo) -> str:
    """Return whether a post is on the site, or when it will be."""
    moment = read_moment(record.values["Date"], zone)
    if moment.timestamp() > read_clock().timestamp():
        return f"It goes live {format_moment(moment)}."
    return f"It is published, with the date {format_moment(moment)}."


def print_done(place: str, record: Record, settings: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Print that a post is none but a post now, and its address."""
    moment = read_moment(record.values["Date"], zone)
    is_later = moment.timestamp() > read_clock().timestamp()
    print(f"{place}: this is no draft any more.")
    print(f"Its address: {settings['SITEURL'].rstrip('/')}{format_address(record)}")
    if is_later:
        print(f"Its date has not come: it appears {format_moment(moment)}.")
    else:
        print("It is on the site with the next build.")
