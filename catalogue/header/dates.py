"""Read a date of a header: ISO 8601, or a good guess at what was meant."""

import re
from datetime import date, datetime

from catalogue.dates import MONTHS
from catalogue.header.entries import HeaderEntry, InvalidValue
from catalogue.problems import shorten

EARLIEST_YEAR, LATEST_YEAR = 1450, 2099  # printing; and no slip of the pen
LONGEST_DATE = 200  # characters of what may be a date
DATE_FILLERS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday st nd rd th of the".split()
)
DATE = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?"
    r"\s*(Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)?",
    re.ASCII,
)
DATE_OF_NAME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?=[-_ .]|\Z)", re.ASCII)
TIME = re.compile(r"(?<![0-9])[0-9]{1,2}(?::[0-9]{2}|\.[0-9]{2}(?=\s|$)|\s*[ap]\.?m\b).*")


def read_name_date(path: str) -> str:
    """Return the date that a file's name begins with, or that of the folder around an `index` file.

    It has the form of `read_date_value`; it is empty if there is none.
    """
    *folders, name = path.split("/")
    names = (folders[-1], name) if folders and name.startswith("index.") else (name,)
    for match in filter(None, map(DATE_OF_NAME.match, names)):
        try:
            value = datetime.fromisoformat(match[1])
        except ValueError:
            continue
        if EARLIEST_YEAR <= value.year <= LATEST_YEAR:
            return value.isoformat()
    return ""


def read_date_value(entry: HeaderEntry) -> str:
    """Read an ISO 8601 date, with a time and a zone if they are given, as `datetime.isoformat` writes it.

    Slashes and dots between the numbers are read too, as programs write them, and `2014/3/1`.
    Raises InvalidValue for what is no date, with the date that was probably meant.
    """
    text = entry.word
    if not text:
        return ""
    match = DATE.fullmatch(text)
    if not match:
        raise InvalidValue(describe_date(entry.label, text))
    year, _, month, day, hour, minute, second, zone = match.groups()
    zone = "+00:00" if zone in ("Z", "UTC") else zone or ""
    stamp = (
        f"{year}-{month:0>2}-{day:0>2}T{int(hour or 0):02}:{minute or '00'}:{second or '00'}{zone}"
    )
    try:
        value = datetime.fromisoformat(stamp)
    except ValueError:
        seen = f"There is no such day or time as “{shorten(text)}”"
        raise InvalidValue(f"{seen}. Write it like: {entry.label}: 2026-11-23 09:30") from None
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        seen = f"{entry.label} is in the year {value.year}"
        raise InvalidValue(f"{seen}. Write a year between {EARLIEST_YEAR} and {LATEST_YEAR}.")
    return value.isoformat()


def describe_date(name: str, text: str) -> str:
    """Return a sentence on how to write a date that was written otherwise."""
    example = guess_date(text) or "2026-11-23"
    return (
        f"“{shorten(text)}” is not a date written as year-month-day. "
        f"Write: {name}: {example}, with a time after it if you like, as in 2026-11-23 09:30"
    )


def guess_date(text: str) -> str:
    """Return a date that was written otherwise in ISO 8601; empty unless only one reading is possible."""
    if len(text) > LONGEST_DATE:
        return ""
    plain = TIME.sub("", text.casefold())
    words = [word for word in re.findall(r"[0-9]+|[^\W\d_]+", plain) if word not in DATE_FILLERS]
    words = words[:3] if len(words) > 3 and len(words[0]) == 4 else words
    numbers = [word for word in words if word.isascii() and word.isdigit()]
    months = [
        number
        for word in words
        for number, month in enumerate(MONTHS, 1)
        if len(word) >= 3 and month.casefold().startswith(word)
    ]
    if re.fullmatch(r"[0-9]{8}", plain.strip(), re.ASCII):
        words = numbers = [plain.strip()[:4], plain.strip()[4:6], plain.strip()[6:]]
    years = [int(number) for number in numbers if len(number) == 4]
    rest = [int(number) for number in numbers if len(number) <= 2]
    if len(words) != 3 or len(years) != 1 or len(rest) + len(months) != 2:
        return ""
    if months:
        month, day = months[0], rest[0]
    elif len(numbers[0]) == 4 or rest[0] == rest[1] or rest[1] > 12:
        month, day = rest
    elif rest[0] > 12:
        day, month = rest
    else:
        return ""
    try:
        return date(years[0], month, day).isoformat()
    except ValueError:
        return ""
