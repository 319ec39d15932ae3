"""Read the values of header keys, each in its form; say in the author's words what is wrong with one."""

from __future__ import annotations  # an Entry is only known where headers are read

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from catalogue.addresses import check_alias, format_alias
from catalogue.header.author_names import join_names
from catalogue.header.mappings import read_parts
from catalogue.problems import shorten
from catalogue.slugs import check_slug

if TYPE_CHECKING:
    from catalogue.header.front_matter import Entry

LONGEST_TEXT = 200
LONGEST_SUMMARY = 1000
LONGEST_VALUE = 5000
MOST_ITEMS = 30
# What names an author in a mapping, the best first: WordPress, Jekyll and Hugo have these.
NAMES_OF_AUTHOR = ("displayname", "name", "login")
PLACES_OF_IMAGE = ("path", "src", "url", "file")
MOST_COMMENTS = 99_999
PRINTING_YEAR, EARLIEST_YEAR, LATEST_YEAR = 1450, 1990, 2099

EXAMPLES = {
    "Title": "Title: What readers will see",
    "Date": "Date: 2026-11-23",
    "Author": "Author: Ann Reader",
}
MONTHS = "january february march april may june july august september october november december"
FILLERS = "monday tuesday wednesday thursday friday saturday sunday st nd rd th of the"

# In all of these, blanks and what is between quotation marks are not given back once they are taken:
# whatever a value holds, it is read in time proportional to its length.
# A post in a list, and why it is in it: `weeding.md: why`, `weeding - why`, `weeding`.
START = re.compile(
    r"(?P<name>.+?\.(?:md|markdown)|[^:\u2013\u2014]*?[^\s:\u2013\u2014])"
    r"\s*+(?:(?:[:\u2013\u2014]|(?<=\s)-+(?=\s)|(?<=\s)-+$)\s*+(?P<why>.*))?",
    re.IGNORECASE | re.DOTALL,
)
DATE = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?"
    r"\s*(Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)?",
    re.ASCII,
)
TIME = re.compile(r"(?<![0-9])[0-9]{1,2}(?::[0-9]{2}|\.[0-9]{2}(?=\s|$)|\s*[ap]\.?m\b).*")
# One name of a list: a quoted one may hold commas.
QUOTED = r"""(?:"(?:[^"\\]++|\\.)*+"|'(?:[^']++|'')*+')"""
PART = re.compile(rf"\s*+({QUOTED})\s*+(?=[,;]|$)|([^,;]+)", re.DOTALL)
VALUE = re.compile(QUOTED, re.DOTALL)
REMARK = re.compile(r"(?<!\s)\s++#")
# YAML 1.2, 5.7: what a backslash means between double quotation marks.
ESCAPE = re.compile(
    r"""\\(?:(["\\/ ])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[nrtvfNLP_])"""
)


class Wrong(ValueError):
    """Say in the author's words why a value cannot be read."""


def unquote(text: str) -> str:
    """Take away one pair of quotation marks around a whole value, and the escapes YAML puts inside."""
    if text[:1] not in ("'", '"') or not VALUE.fullmatch(text):
        return text
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    plain = ESCAPE.sub(read_escape, text[1:-1])
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read_escape(match: re.Match[str]) -> str:
    """Give the character that an escape stands for; a blank for all that breaks a line."""
    sign, *codes = match.groups()
    if code := next(filter(None, codes), ""):
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    return sign or " "


def compose(text: str, most: int) -> str:
    """Return a text in Unicode's form NFC; as it is, if it has more than `most` characters in any form.

    Four is the most that one can be composed of (UAX #15). To sort the marks on one letter takes as
    long as their number times itself.
    """
    return unicodedata.normalize("NFC", text) if len(text) <= 4 * most else text


def read_text(entry: Entry) -> str:
    """Read one line of text."""
    text = compose(entry.text, LONGEST_TEXT)
    if len(text) > LONGEST_TEXT:
        raise Wrong(
            f"{entry.label} has {len(text):,} characters. Write at most {LONGEST_TEXT} of them."
        )
    return text


def read_author(entry: Entry) -> str:
    """Return an author line: text, or of the mappings and lists of YAML the names alone.

    Raises Wrong for a mapping that names nobody.
    """
    parts = None if is_long(entry) else read_parts(entry.own, entry.below)
    if parts is None or entry.is_block:
        return read_text(entry)
    names = [find_value(part, NAMES_OF_AUTHOR) for part in parts]
    if "" in names and any(parts):
        raise Wrong(f"{entry.label} names nobody. Write: {EXAMPLES['Author']}")
    line = unicodedata.normalize("NFC", join_names([name for name in names if name]))
    if len(line) > LONGEST_SUMMARY:
        seen = f"{entry.label} has {len(line):,} characters"
        raise Wrong(f"{seen}. Write at most {LONGEST_SUMMARY:,} of them.")
    return line


def read_name(entry: Entry) -> str:
    """Return the name of one who wrote a comment: whatever is in the line is a name."""
    return read_text(entry) if entry.own else read_author(entry)


def read_image(entry: Entry) -> str:
    """Return the path of a picture: text, or of a mapping the path alone. Raises Wrong for none."""
    parts = None if is_long(entry) else read_parts(entry.own, entry.below)
    if not parts or entry.is_block or not isinstance(parts[0], dict):
        return read_text(entry)
    path = find_value(parts[0], PLACES_OF_IMAGE)
    if not path:
        raise Wrong(f"{entry.label} names no picture. Write: {entry.label}: its-name.jpg")
    return unicodedata.normalize("NFC", path)


def is_long(entry: Entry) -> bool:
    """Return whether a value is longer than any list of authors."""
    return len(entry.own) + sum(len(line.text) for line in entry.below) > LONGEST_VALUE


def find_value(part: str | dict[str, str], keys: Sequence[str]) -> str:
    """Return the first value that a mapping has of some keys, or a text itself, without quotes."""
    if isinstance(part, str):
        return " ".join(unquote(part).split())
    value = next((part[key] for key in keys if key in part), "")
    return " ".join(unquote(value).split())


def read_title(entry: Entry) -> str:
    """Read a title: text with at least one letter or digit in it, of any script."""
    text = read_text(entry)
    if text and not any(c.isalnum() for c in text):
        raise Wrong(f"Title has no letter and no digit. Write: {EXAMPLES['Title']}")
    return text


def read_summary(entry: Entry) -> str:
    """Read a summary: a few sentences."""
    text = compose(entry.text, LONGEST_SUMMARY)
    if len(text) > LONGEST_SUMMARY:
        raise Wrong(
            f"Summary has {len(text):,} characters. Write at most {LONGEST_SUMMARY:,} of them."
        )
    return text


def read_items(entry: Entry) -> list[str]:
    """Read a list: `a, b`, `a; b`, `[a, b]`, or `- a` lines; the empty and the second of equals go."""
    text = entry.value.strip()
    text = text[1:-1] if text.startswith("[") and text.endswith("]") else unquote(text)
    if text.startswith("#"):
        text = REMARK.sub(", #", text)
    parts = [unquote((match[1] or match[2]).strip()) for match in PART.finditer(text)]
    parts += [unquote(item) for item in entry.items]
    names = [compose(part.strip().lstrip("#").strip(), LONGEST_TEXT) for part in parts]
    items = list(
        {" ".join(name.casefold().split()): name for name in reversed(names) if name}.values()
    )
    if len(items) > MOST_ITEMS:
        raise Wrong(
            f"{entry.label} has {len(items):,} entries. Keep the {MOST_ITEMS} that matter most."
        )
    if long := next((item for item in items if len(item) > LONGEST_TEXT), None):
        raise Wrong(
            f"“{shorten(long)}” is too long for {entry.label}. Put commas between the names."
        )
    return items[::-1]


def read_starts(entry: Entry) -> list[dict[str, Any]]:
    """Read a list of posts, a line each or with commas between them, as `line`, `post` and `why`."""
    rows: list[tuple[int, str]] = []
    for number, text in entry.rows:
        if rows and not text.startswith("-") and rows[-1][1].startswith("-"):
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {text}")  # the item goes on below
        else:
            rows.append((number, text))
    starts = [start for number, text in rows for start in read_start(number, text, entry)]
    if len(starts) > MOST_ITEMS:
        seen = f"{entry.name} has {len(starts):,} entries"
        raise Wrong(f"{seen}. Keep the {MOST_ITEMS} that matter most.")
    return starts


def read_start(number: int, text: str, entry: Entry) -> list[dict[str, Any]]:
    """Read one line of a list of posts."""
    text = compose(unquote(re.sub(r"^-\s+|^-$", "", text).strip()), LONGEST_SUMMARY)
    if len(text) > LONGEST_SUMMARY:
        seen = f"“{shorten(text)}” is too long for {entry.name}"
        raise Wrong(f"{seen}. Write the post's file name and a few words.")
    match = START.fullmatch(text)
    if match and match["why"]:
        return [{"line": number, "post": match["name"].strip(), "why": match["why"].strip()}]
    text = match["name"] if match else text
    parts = re.split(r"[,;]", text.strip("[]")) if number == entry.line else [text]
    return [{"line": number, "post": part.strip(), "why": ""} for part in parts if part.strip()]


def read_date(entry: Entry) -> str:
    """Read an ISO 8601 date, with a time and a zone if they are given, as `datetime.isoformat` writes it."""
    text = entry.word
    if not text:
        return ""
    match = DATE.fullmatch(text)
    if not match:
        raise Wrong(describe_date(entry.label, text))
    year, month, day, hour, minute, second, zone = match.groups()
    zone = "+00:00" if zone in ("Z", "UTC") else zone or ""
    stamp = f"{year}-{month}-{day}T{int(hour or 0):02}:{minute or '00'}:{second or '00'}{zone}"
    try:
        value = datetime.fromisoformat(stamp)
    except ValueError:
        seen = f"There is no such day or time as “{shorten(text)}”"
        raise Wrong(f"{seen}. Write it like: {entry.label}: 2026-11-23 09:30") from None
    if not PRINTING_YEAR <= value.year <= LATEST_YEAR:
        seen = f"{entry.label} is in the year {value.year}"
        raise Wrong(f"{seen}. Write a year between {PRINTING_YEAR} and {LATEST_YEAR}.")
    return value.isoformat()


def describe_date(name: str, text: str) -> str:
    """Say how to write a date that was written otherwise."""
    example = guess_date(text) or "2026-11-23"
    return (
        f"“{shorten(text)}” is not a date written as year-month-day. "
        f"Write: {name}: {example}, with a time after it if you like, as in 2026-11-23 09:30"
    )


def guess_date(text: str) -> str:
    """Read a date that was written otherwise, where only one reading is possible; else give nothing."""
    if len(text) > LONGEST_TEXT:
        return ""
    plain = TIME.sub("", text.casefold())
    words = [w for w in re.findall(r"[0-9]+|[^\W\d_]+", plain) if w not in FILLERS.split()]
    words = words[:3] if len(words) > 3 and len(words[0]) == 4 else words
    numbers = [word for word in words if word.isascii() and word.isdigit()]
    months = [
        n
        for word in words
        for n, month in enumerate(MONTHS.split(), 1)
        if len(word) >= 3 and month.startswith(word)
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


def read_count(entry: Entry) -> int | None:
    """Read a whole number of comments; `1,024` is one."""
    text = entry.word
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(,[0-9]{3})+", text, re.ASCII):
        switch = text.casefold() in (
            "true",
            "false",
            "on",
            "off",
            "yes",
            "no",
            "none",
            "closed",
            "open",
        )
        seen = "is a switch and not a number" if switch else "is not a whole number"
        raise Wrong(
            f"“{shorten(text)}” {seen}. {entry.label} is how many comments the post has; "
            f"write: {entry.label}: 0"
        )
    digits = text.replace(",", "")
    if len(digits) > 9 or int(digits) > MOST_COMMENTS:  # Python reads no number of 5,000 digits
        seen = f"{shorten(text)} comments are more than a post can have"
        raise Wrong(f"{seen}. Write at most {MOST_COMMENTS:,}.")
    return int(digits)


def read_status(entry: Entry) -> str:
    """Read `published` or `draft`."""
    text = entry.word.casefold()
    if text not in ("", "published", "draft"):
        raise Wrong(
            f"“{shorten(entry.word)}” is no Status. Write: Status: published or: Status: draft"
        )
    return text


def read_slug(entry: Entry) -> str:
    """Read the last part of an address."""
    text = entry.text
    if text and (wrong := check_slug(text)):
        raise Wrong(wrong)
    return text


def read_aliases(entry: Entry) -> list[str]:
    """Read old addresses as paths from the site's root: `/2019/05/old-name/`."""
    paths = []
    for item in read_items(entry):
        path = re.sub(r"^https?://[^/]+", "", item)
        parts = path.strip("/").split("/")
        good = all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", part) for part in parts)
        if not good or len(path) > LONGEST_TEXT:
            raise Wrong(
                f"“{shorten(item)}” is not an old address of this site. "
                "Write what came after the site's name, like: Aliases: /2019/05/old-name/"
            )
        address = "/" + "/".join(parts) + ("/" if path.endswith("/") else "")
        if wrong := check_alias(address):
            raise Wrong(wrong)
        paths.append(format_alias(address))
    return list(dict.fromkeys(paths))


def read_role(entry: Entry) -> str:
    """Return who a comment's writer is to the site: `author`, or `reader`."""
    text = entry.word.casefold()
    if text not in ("", "author", "reader"):
        raise Wrong(f"“{shorten(entry.word)}” is no Role. Write: Role: author or: Role: reader")
    return text


def read_url(entry: Entry) -> str:
    """Read the address of another site."""
    text = entry.text
    if text and not re.fullmatch(r"https?://[^\s<>\"'\\]+", text):
        raise Wrong(
            f"“{shorten(text)}” is no web address. Write it in full: {entry.label}: https://…"
        )
    return text


FORMS: Mapping[str, Callable[[Entry], Any]] = {
    "title": read_title,
    "text": read_text,
    "author": read_author,
    "name": read_name,
    "image": read_image,
    "role": read_role,
    "summary": read_summary,
    "items": read_items,
    "starts": read_starts,
    "date": read_date,
    "count": read_count,
    "status": read_status,
    "slug": read_slug,
    "aliases": read_aliases,
    "url": read_url,
}
