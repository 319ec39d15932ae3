"""Read the value of a header entry in the form that its key has, or raise what is wrong with it.

To add a form, add its reader to `VALUE_READERS`. A reader takes a `HeaderEntry` and returns plain data;
it raises InvalidValue with a sentence for the author.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from catalogue.header.addresses import read_aliases_value, read_slug_value
from catalogue.header.author_names import join_names
from catalogue.header.dates import read_date_value
from catalogue.header.entries import QUOTED_TEXT, HeaderEntry, InvalidValue, unquote
from catalogue.header.foreign_keys import PATHS_OF_IMAGE, SWITCHES
from catalogue.header.mappings import YAML_REMARK, is_item, read_flow, read_json, read_mappings
from catalogue.header.schema import HEADER_EXAMPLES
from catalogue.problems import format_count, shorten
from catalogue.text.languages import is_language_tag

LONGEST_TEXT = 200
LONGEST_SUMMARY = 1000
LONGEST_VALUE = 5000
MOST_ITEMS = 30
# What names an author in a mapping, the best first: WordPress, Jekyll and Hugo have these.
NAMES_OF_AUTHOR = ("displayname", "name", "literal", "login")
PARTS_OF_NAME = (("given", "firstname"), ("family", "lastname"))
MOST_COMMENTS = 99_999
NO_NUMBERS = SWITCHES - {"0", "1"}

# In all of these, blanks and what is between quotation marks are not given back once they are taken:
# whatever a value holds, it is read in time proportional to its length.
# A post in a list, and why it is in it: `weeding.md: why`, `weeding - why`, `weeding`.
LISTED_POST = re.compile(
    r"(?P<name>.+?\.(?:md|markdown)|[^:\u2013\u2014]*?[^\s:\u2013\u2014])"
    r"\s*+(?:(?:[:\u2013\u2014]|(?<=\s)-+(?=\s)|(?<=\s)-+$)\s*+(?P<why>.*))?",
    re.IGNORECASE | re.DOTALL,
)
# One name of a list: a quoted one may hold commas.
LIST_PART = re.compile(rf"\s*+({QUOTED_TEXT})\s*+(?=[,;]|$)|([^,;]+)", re.DOTALL)
HASHTAG = re.compile(r"(?<!\s)\s++#")


def compose(text: str, most: int) -> str:
    """Return a text in Unicode's form NFC; as it is, if it has more than `most` characters in any form.

    Four is the most that one can be composed of (UAX #15). To sort the marks on one letter takes as
    long as their number times itself.
    """
    return unicodedata.normalize("NFC", text) if len(text) <= 4 * most else text


def refuse_long(name: str, text: str, most: int) -> None:
    """Raise InvalidValue for a text of more than `most` characters."""
    if len(text) > most:
        seen = f"{name} has {len(text):,} characters"
        raise InvalidValue(f"{seen}. Write at most {most:,} of them.")


def read_text_value(entry: HeaderEntry) -> str:
    """Read one line of text."""
    text = compose(entry.text, LONGEST_TEXT)
    refuse_long(entry.label, text, LONGEST_TEXT)
    return text


def read_author_value(entry: HeaderEntry) -> str:
    """Return an author line: text, or of the mappings and lists of YAML the names alone.

    Raises InvalidValue for a mapping that names nobody.
    """
    parts = None if is_long(entry) else read_mappings(entry.own, entry.below)
    if parts is None or entry.is_block:
        return read_text_value(entry)
    names = [find_author(part) for part in parts]
    if "" in names and any(parts):
        raise InvalidValue(f"{entry.label} names nobody. Write: {HEADER_EXAMPLES['Author']}")
    line = unicodedata.normalize("NFC", join_names([name for name in names if name]))
    refuse_long(entry.label, line, LONGEST_SUMMARY)
    return line


def find_author(part: str | dict[str, str]) -> str:
    """Return the name of a text or a mapping; it may have parts of its own, as bibliographies have them."""
    name = find_value(part, NAMES_OF_AUTHOR)
    parts = read_flow(name) if name[:1] == "{" else name or part
    if isinstance(parts, str):
        return parts
    return " ".join(filter(None, (find_value(parts, keys) for keys in PARTS_OF_NAME)))


def read_name_value(entry: HeaderEntry) -> str:
    """Return the name of one who wrote a comment: whatever is in the line is a name."""
    return read_text_value(entry) if entry.own else read_author_value(entry)


def read_image_value(entry: HeaderEntry) -> str:
    """Return the path of a picture: text, or of a mapping the path alone; empty if it has none."""
    parts = None if is_long(entry) else read_mappings(entry.own, entry.below)
    if not parts or entry.is_block or not isinstance(parts[0], dict):
        path = (
            YAML_REMARK.sub("", read_text_value(entry))
            if entry.is_fenced
            else read_text_value(entry)
        )
        return "" if path.casefold() in SWITCHES else path
    path = find_value(parts[0], PATHS_OF_IMAGE)
    return unicodedata.normalize("NFC", path)


def is_long(entry: HeaderEntry) -> bool:
    """Return True if a value is longer than any list of authors."""
    return len(entry.own) + sum(len(line.text) for line in entry.below) > LONGEST_VALUE


def find_value(part: str | dict[str, str], keys: Sequence[str]) -> str:
    """Return the first value that a mapping has of some keys, or a text itself, without quotes."""
    if isinstance(part, str):
        return " ".join(unquote(part).split())
    value = next((part[key] for key in keys if key in part), "")
    return " ".join(unquote(value).split())


def read_title_value(entry: HeaderEntry) -> str:
    """Read a title: text with at least one letter or digit in it, of any script."""
    text = read_text_value(entry)
    if text and not any(c.isalnum() for c in text):
        raise InvalidValue(f"Title has no letter and no digit. Write: {HEADER_EXAMPLES['Title']}")
    return text


def read_summary_value(entry: HeaderEntry) -> str:
    """Read a summary: a few sentences."""
    text = compose(entry.text, LONGEST_SUMMARY)
    refuse_long("Summary", text, LONGEST_SUMMARY)
    return text


def read_items_value(entry: HeaderEntry) -> list[str]:
    """Read a list: `a, b`, `a; b`, `[a, b]`, or `- a` lines; the empty and the second of equals go."""
    text = entry.value.strip()
    text = text[1:-1] if text.startswith("[") and text.endswith("]") else unquote(text)
    if text.startswith("#"):
        text = HASHTAG.sub(", #", text)
    parts = [unquote((match[1] or match[2]).strip()) for match in LIST_PART.finditer(text)]
    for item in entry.items:
        is_list = item[:1] == "[" and item[-1:] == "]"  # as Hexo has a topic and those below it
        parts += item[1:-1].split(",") if is_list else [unquote(item)]
    names = [compose(part.strip().lstrip("#").strip(), LONGEST_TEXT) for part in parts]
    items = list(
        {" ".join(name.casefold().split()): name for name in reversed(names) if name}.values()
    )
    if len(items) > MOST_ITEMS:
        raise InvalidValue(
            f"{entry.label} has {len(items):,} entries. Keep the {MOST_ITEMS} that matter most."
        )
    if long := next((item for item in items if len(item) > LONGEST_TEXT), None):
        raise InvalidValue(
            f"“{shorten(long)}” is too long for {entry.label}. Put commas between the names."
        )
    return items[::-1]


def read_starts_value(entry: HeaderEntry) -> list[dict[str, Any]]:
    """Read a list of posts, a line each or with commas between them, as `line`, `post` and `why`."""
    rows: list[tuple[int, str]] = []
    for number, text in entry.rows:
        if rows and not text.startswith("-") and rows[-1][1].startswith("-"):
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {text}")  # the item goes on below
        else:
            rows.append((number, text))
    starts = [start for number, text in rows for start in read_listed_post(number, text, entry)]
    if len(starts) > MOST_ITEMS:
        seen = f"{entry.name} has {len(starts):,} entries"
        raise InvalidValue(f"{seen}. Keep the {MOST_ITEMS} that matter most.")
    return starts


def read_listed_post(number: int, text: str, entry: HeaderEntry) -> list[dict[str, Any]]:
    """Read one line of a list of posts."""
    text = compose(unquote(re.sub(r"^-\s+|^-$", "", text).strip()), LONGEST_SUMMARY)
    if len(text) > LONGEST_SUMMARY:
        seen = f"“{shorten(text)}” is too long for {entry.name}"
        raise InvalidValue(f"{seen}. Write the post's file name and a few words.")
    match = LISTED_POST.fullmatch(text)
    if match and match["why"]:
        return [{"line": number, "post": match["name"].strip(), "why": match["why"].strip()}]
    text = match["name"] if match else text
    parts = re.split(r"[,;]", text.strip("[]")) if number == entry.line else [text]
    return [{"line": number, "post": part.strip(), "why": ""} for part in parts if part.strip()]


def read_count_value(entry: HeaderEntry) -> int | None:
    """Read a whole number of comments; `1,024` is one, and a switch, as other programs have it, none."""
    if entry.items or entry.own.startswith("[{"):
        raise InvalidValue(describe_comments(entry))
    text = entry.word
    if not text or text.casefold() in NO_NUMBERS or entry.has_mapping:
        return None
    if not re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(,[0-9]{3})+", text, re.ASCII):
        raise InvalidValue(
            f"“{shorten(text)}” is not a whole number. {entry.label} is how many comments the post "
            f"has; write: {entry.label}: 0"
        )
    digits = text.replace(",", "")
    if len(digits) > 9 or int(digits) > MOST_COMMENTS:  # Python reads no number of 5,000 digits
        seen = f"{shorten(text)} comments are more than a post can have"
        raise InvalidValue(f"{seen}. Write at most {MOST_COMMENTS:,}.")
    return int(digits)


def describe_comments(entry: HeaderEntry) -> str:
    """Return what to do with comments that stand in a header."""
    first = entry.below[0].indent if entry.below else 0
    number = sum(is_item(line.text) and line.indent == first for line in entry.below)
    number = number or len(read_json(entry.own) or [entry])
    seen = f"{entry.label} holds {format_count(number, 'comment')}, and readers do not get what stands here"
    command = 'python3 tasks.py comment the-post --author "Ann Reader" --date 2026-11-23 --text "Her words"'
    return f"{seen}. File each with: {command}"


def read_choice_value(key: str, choices: Sequence[str], entry: HeaderEntry) -> str:
    """Read one of a few words."""
    text = entry.word.casefold()
    if text and text not in choices:
        remedy = " or: ".join(f"{key}: {choice}" for choice in choices)
        raise InvalidValue(f"“{shorten(entry.word)}” is no {key}. Write: {remedy}")
    return text


def read_url_value(entry: HeaderEntry) -> str:
    """Read the address of another site."""
    text = entry.text
    if text and not re.fullmatch(r"https?://[^\s<>\"'\\]+", text):
        raise InvalidValue(
            f"“{shorten(text)}” is no web address. Write it in full: {entry.label}: https://…"
        )
    return text


def read_language_value(entry: HeaderEntry) -> str:
    """Read a language as a tag of BCP 47; `de_AT`, as other programs write it, is `de-AT`."""
    tag = entry.word.replace("_", "-")
    if tag and not is_language_tag(tag):
        seen = f"“{shorten(entry.word)}” is no language tag"
        raise InvalidValue(f"{seen}. Write a short one, like: {entry.label}: de, or: en-GB")
    return tag


VALUE_READERS: Mapping[str, Callable[[HeaderEntry], Any]] = {
    "title": read_title_value,
    "text": read_text_value,
    "author": read_author_value,
    "name": read_name_value,
    "image": read_image_value,
    "role": partial(read_choice_value, "Role", ("author", "reader")),
    "summary": read_summary_value,
    "items": read_items_value,
    "starts": read_starts_value,
    "date": read_date_value,
    "count": read_count_value,
    "status": partial(read_choice_value, "Status", ("published", "draft")),
    "slug": read_slug_value,
    "aliases": read_aliases_value,
    "url": read_url_value,
    "language": read_language_value,
}
