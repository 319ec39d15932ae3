"""Read the values that other programs' headers and exports have: dates, lists, switches, names."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from catalogue.header.schema import fold_key

NUMBERS = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?\s*\Z"
)
SWITCHED_OFF = frozenset("false no off 0".split())
SWITCHED_ON = frozenset("true yes on 1".split())


class Header:
    """The values of a header, which is asked for by the names that programs have for them."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Begin with values by name; what matters in a name is what matters in the site's own."""
        self.values = {fold_key(str(name)): value for name, value in values.items()}

    def find(self, *names: str) -> Any:
        """Return the value of the first name that has one; None if none has."""
        for name in names:
            value = self.values.get(name)
            if value not in (None, "", [], {}):
                return value
        return None

    def text(self, *names: str) -> str:
        """Return a value as text of one line."""
        return read_text(self.find(*names))

    def moment(self, *names: str) -> datetime | None:
        """Return a value as a moment."""
        return read_moment(self.find(*names))

    def items(self, *names: str) -> list[str]:
        """Return the values of all these names as one list."""
        return [item for name in names for item in read_items(self.values.get(name))]

    def is_on(self, name: str) -> bool:
        """Return whether a switch is there and on."""
        return str(self.values.get(name, "")).strip().casefold() in SWITCHED_ON

    def is_off(self, name: str) -> bool:
        """Return whether a switch is there and off."""
        return str(self.values.get(name, "")).strip().casefold() in SWITCHED_OFF


def read_text(value: Any) -> str:
    """Return a value as text of one line; of a mapping the name in it, of a list its first item."""
    if isinstance(value, Mapping):
        header = Header(value)
        return header.text(
            "displayname", "name", "title", "literal", "login", "image", "src", "url"
        )
    if isinstance(value, (list, tuple)):
        return read_text(value[0]) if value else ""
    return " ".join(unescape(str(value)).split()) if value is not None else ""


def read_items(value: Any) -> list[str]:
    """Return a value as a list of texts: of a text its parts between commas."""
    if isinstance(value, (list, tuple, set)):
        found: Iterable[str] = (read_text(item) for item in value)
    elif isinstance(value, Mapping):
        found = (str(name) for name in value)
    else:
        found = re.split(r"[,;]", read_text(value)) if value is not None else []
    return [item.strip().lstrip("#").strip() for item in found if item.strip(" #")]


def read_moment(value: Any) -> datetime | None:
    """Return the moment that a value names; one without a zone is by the site's clock. None for none."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - the site's zone is meant
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = value / 1000 if value > 10_000_000_000 else value
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    text = read_text(value)
    if match := NUMBERS.match(text):
        return read_numbers(match)
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def read_numbers(match: re.Match[str]) -> datetime | None:
    """Return the moment that numbers name; None where there is no such moment, as on 0000-00-00."""
    year, month, day, hour, minute, second, half, zone = match.groups()
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    text = f"{year}-{int(month):02}-{int(day):02}T{hours:02}:{minute or '00'}:{second or '00'}"
    if zone in ("Z", "UTC", "GMT"):
        text += "+00:00"
    elif zone:
        digits = zone[1:].replace(":", "").ljust(4, "0")
        text += f"{zone[0]}{digits[:2]}:{digits[2:]}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
