"""Read a date of a header: ISO 8601, or a good guess at what was meant."""

import re
from datetime import date, datetime

from catalogue.dates import MONTHS
from catalogue.header.entries import HeaderEntry, InvalidValue
from catalogue.problems import shorten

EARLIEST_YEAR, LATEST_YEAR = 1450, 2099  # printing; and no slip of the pen
EXAMPLE_YEAR = 2026
LONGEST_DATE = 200  # characters of what may be a date
DATE_FILLERS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "st nd rd th of the at".split()
)
POINTS = re.compile(r"^([0-9]{1,2}\.\s?[0-9]{1,2}\.\s?)([0-9]{2})(?![0-9:.])", re.ASCII)
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
    seen = f"“{shorten(text)}” is not a date written as year-month-day"
    if len(days := guess_dates(text)) == 2:
        first, second = (f"{name}: {day} if it is {show_day(day)}" for day in days)
        return f"{seen}. Write: {first}, or {second}"
    if not days and (days := guess_dates(f"{text} {EXAMPLE_YEAR}")):
        return f"{seen}. Write it with its year, as in {name}: {days[0]}"
    example = days[0] if days else f"{EXAMPLE_YEAR}-11-23"
    return (
        f"{seen}. "
        f"Write: {name}: {example}, with a time after it if you like, as in 2026-11-23 09:30"
    )


def show_day(text: str) -> str:
    """Return a date of ISO 8601 as in `3 February`."""
    day = date.fromisoformat(text)
    return f"{day.day} {MONTHS[day.month - 1]}"


def guess_dates(text: str) -> list[str]:
    """Return a date that was written otherwise in ISO 8601: one, two if it may be either, or none.

    Of these two the first has the day before the month, as most write it, and all who write points.
    """
    if len(text) > LONGEST_DATE:
        return []
    plain = POINTS.sub(r"\g<1>20\2", text.casefold(), 1)
    plain = TIME.sub("", plain).strip()
    words = [word for word in re.findall(r"[0-9]+|[^\W\d_]+", plain) if word not in DATE_FILLERS]
    words = words[:3] if len(words) > 3 and len(words[0]) == 4 else words
    numbers = [word for word in words if word.isascii() and word.isdigit()]
    months = [
        number
        for word in words
        for number, month in enumerate(MONTHS, 1)
        if len(word) >= 3 and month.casefold().startswith(word)
    ]
    if re.fullmatch(r"[0-9]{8}", plain, re.ASCII):
        words = numbers = [plain[:4], plain[4:6], plain[6:]]
    if len(numbers) == 2 and months and len(numbers[0]) < 4:
        numbers[-1] = f"20{numbers[-1]}"[-4:]  # a year may be typed by its last two digits
    years = [int(number) for number in numbers if len(number) == 4]
    rest = [int(number) for number in numbers if len(number) <= 2]
    if len(words) != 3 or len(years) != 1 or len(rest) + len(months) != 2:
        return []
    if months:
        pairs = [(months[0], rest[0])]
    elif len(numbers[0]) == 4:
        pairs = [(rest[0], rest[1])]
    else:
        pairs = [*{(rest[1], rest[0]): 0, (rest[0], rest[1]): 0}]
    return [*filter(None, (make_day(years[0], month, day) for month, day in pairs))]


def make_day(year: int, month: int, day: int) -> str:
    """Return a day in ISO 8601; empty for one that there is not."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
