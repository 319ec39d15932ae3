"""Read a header in TOML between +++ lines, or one in JSON, into the entries of any other header.

As YAML holds all of JSON (YAML 1.2, 1.3), each value is put into JSON, and read as if it had been typed so.
TOML 1.0: https://toml.io/en/v1.0.0
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from catalogue.header.entries import Header, HeaderEntry
from catalogue.header.mappings import join_surrogates
from catalogue.problems import shorten

BEGINNING = re.compile(r"\s*+({)\s*+(?:\"|}|\Z)")
# The name at the beginning of a line: `name =`, `"name":`, `[name]`.
NAME = re.compile(r"""\s*+(?:\[{1,2}\s*)?["']?([\w-]+)["']?\s*(?:[=:\].]|\Z)""")
PLACE = re.compile(r"\(at line ([0-9]+), column [0-9]+\)")
DEEP_KEY = re.compile(r"""(?<![\w"'.-])(?:[\w"'-]++\s*+\.\s*+){50}""")
MOST_CHARACTERS = 50_000
UNREADABLE = (ValueError, RecursionError)  # it is wrong; it is nested without end


def read_toml(lines: Sequence[str], first: int, header: Header) -> list[HeaderEntry]:
    """Return the entries of TOML, whose first line has the number `first`, or report what is wrong."""
    text = "\n".join(lines)
    if len(text) > MOST_CHARACTERS:
        header.report(first, f"The header has {len(text):,} characters. Move your text below it.")
        return []
    if match := DEEP_KEY.search(text):
        line = first + text.count("\n", 0, match.start())
        header.report(line, f"“{shorten(match[0])}” is no name of a header line. Delete the line.")
        return []
    try:
        return make_entries(tomllib.loads(text), lines, first)
    except UNREADABLE as wrong:
        place = PLACE.search(str(wrong))
        number = min(int(place[1]), len(lines)) if place else len(lines)
        seen = f"“{shorten(lines[number - 1].strip())}”" if lines else "This"
        remedy = (
            'Write each name once, words in quotation marks, as in title = "A title", and dates as '
            "in date = 2026-11-23"
        )
        where = first + max(number - 1, 0)
        header.report(where, f"{seen} cannot be read as TOML, which +++ stands for. {remedy}")
        return []


def read_json(text: str, header: Header) -> tuple[list[HeaderEntry], int]:
    """Return the entries of JSON at the beginning of a text, and its length, or report what is wrong.

    The length is 0 for a text that does not begin as JSON does.
    """
    start = BEGINNING.match(text)
    if not start:
        return [], 0
    try:
        data, end = json.JSONDecoder().raw_decode(text[:MOST_CHARACTERS], start.start(1))
    except UNREADABLE as wrong:
        line = wrong.lineno if isinstance(wrong, json.JSONDecodeError) else 1
        seen = "The header begins with { as JSON does, and cannot be read from here on"
        remedy = "Mend the quotation marks and commas, or write lines such as Title: A title"
        header.report(line, f"{seen}. {remedy}")
        return [], 0
    rest = text[end:].partition("\n")[0].strip()
    if rest:
        seen = f"“{shorten(rest)}” stands behind the header"
        header.report(text.count("\n", 0, end) + 1, f"{seen}. Begin your text on a new line.")
    return make_entries(data, text[:end].split("\n"), 1), end


def make_entries(data: Mapping[str, Any], lines: Sequence[str], first: int) -> list[HeaderEntry]:
    """Return an entry for each name of the outermost table, at the line that begins with the name."""
    places: dict[str, int] = {}
    for number, line in enumerate(lines, first):
        if match := NAME.match(line):
            places.setdefault(match[1], number)
    return [make_entry(name, value, places.get(name, first)) for name, value in data.items()]


def make_entry(name: str, value: Any, line: int) -> HeaderEntry:
    """Return the entry of one value; a date is written as TOML has it."""
    is_date = isinstance(value, date | time)
    text = str(value) if is_date else json.dumps(value, ensure_ascii=False, default=str)
    entry = HeaderEntry(" ".join(join_surrogates(name).split()), line, text, [], [(line, text)])
    entry.is_fenced = entry.has_words = True
    return entry
