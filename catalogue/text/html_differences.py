"""Explain to the author what the sanitiser took out of her text, so that nothing is lost in silence.

The sanitiser reads HTML as browsers do, html_reader.py as it is written. Where both saw the same there
is nothing to tell. What only one of them saw is an error with its line.
"""

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, takewhile

from catalogue.problems import shorten
from catalogue.text.encoding import FORBIDDEN_CHARACTERS
from catalogue.text.findings import Finding, has_error
from catalogue.text.html_allowlist import (
    ADDED,
    ADDRESS_ATTRIBUTES,
    DEFAULT_INSTEAD,
    ELEMENTS,
    filter_attribute,
    is_listed,
)
from catalogue.text.html_reader import LONG_CODE
from catalogue.text.older_html import SERIALISED_ATTRIBUTE, START_TAG, rewrite_tag
from catalogue.text.placed_parser import PlacedParser

SERIALISED_TAG = re.compile(r"<[^>]*>")
# What typography puts into a text of its own, and what the sanitiser does.
OWN = frozenset([("span", "class"), *((tag, name) for tag in ADDED for name in ADDED[tag])])
CHARACTER_CODE = re.compile(r"&#([0-9]{1,9}|[xX][0-9a-fA-F]{1,8});?")
CONTEXT_LENGTH = 30  # characters of the text before what is lost, by which its line is found

Seen = tuple[str, str, str]  # a tag, and an attribute with its value, or two empty texts


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag as it is written: its attributes, its place, and whether a table is open there."""

    name: str
    values: Mapping[str, str]
    place: int
    is_in_table: bool


class WrittenHtml(PlacedParser):
    """The tags, attributes and text of a piece of HTML, as they are written."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.tags: list[Tag] = []
        self.pieces: list[str] = []
        self.places: list[int] = []  # of the pieces
        self.tables = 0  # that are open
        self.read_all()
        self.text = "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add a tag and its attributes."""
        # Of two equal attributes browsers take the first.
        values = {name: value or "" for name, value in reversed(attrs)}
        self.tags.append(Tag(tag, values, self.read_place(), self.tables > 0))
        self.tables += tag == "table"

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a table."""
        self.tables -= tag == "table" and self.tables > 0

    def handle_data(self, data: str) -> None:
        """Add a piece of text."""
        self.pieces.append(data)
        self.places.append(self.read_place())

    def find_tag(self, tag: str, name: str = "") -> int:
        """Return the place of the first such tag, with such an attribute, the best outside of tables."""
        found = [each for each in self.tags if rewrite_tag(each.name, {})[0] == tag]
        found = [each for each in found if not name or name in each.values] or found
        found = [each for each in found if not each.is_in_table] or found
        return found[0].place if found else 0


def compare(source: str, published: str) -> list[Finding]:
    """Return what is wrong with HTML in which the reader found no error.

    `published` is what the sanitiser has left of it.
    """
    reading = WrittenHtml(source)
    expected = Counter(select_expected(reading.tags))
    kept = Counter(read_serialised(published))
    lost = [*(expected - kept)]
    lost_tags = {tag for tag, name, _ in lost if not name}
    strange = [seen for seen in kept.keys() - expected.keys() if seen[1] and seen[:2] not in OWN]
    findings = [
        Finding("warning", describe_lost_tag(tag), reading.find_tag(tag))
        for tag in sorted(lost_tags)
    ]
    findings += [
        Finding("error", describe_lost_attribute(tag, name), reading.find_tag(tag, name))
        for tag, name, _ in [*lost, *sorted(strange)]
        if name and tag not in lost_tags
    ]
    return findings if has_error(findings) else findings + find_lost_words(reading, published)


def find_forbidden(source: str, cleaned: str) -> Iterator[Finding]:
    """Yield a finding for a sign that no text may hold, and that is written as a code in this one."""
    if not FORBIDDEN_CHARACTERS.search(cleaned):
        return
    for match in CHARACTER_CODE.finditer(source):
        digits = match[1]
        number = int(digits[1:], 16) if digits[:1] in "xX" else int(digits)
        if number > 0x10FFFF or FORBIDDEN_CHARACTERS.search(chr(number)):
            text = f"{match[0]} stands for a sign that cannot be seen. Take it out."
            yield Finding("error", text, match.start())
            return
    yield Finding("error", "A sign that cannot be seen stands in the HTML. Take it out.", 0)


def select_expected(tags: Iterable[Tag]) -> Iterator[Seen]:
    """Yield of the tags and attributes of a text those that are to be published, as they will be."""
    for written in tags:
        tag, values = rewrite_tag(written.name, written.values)
        if tag not in ELEMENTS or (tag == "source" and not values.get("src")):
            continue
        yield tag, "", ""
        for name, value in values.items():
            is_empty = name in ADDRESS_ATTRIBUTES and not value
            if not is_listed(tag, name) or is_empty or name in ADDED.get(tag, ()):
                continue
            if (kept := filter_attribute(name, value)) is not None:
                yield tag, name, decode(kept)


def read_serialised(published: str) -> Iterator[Seen]:
    """Yield each opening tag of what the sanitiser has written, and each of its attributes.

    Codes in values are read twice here and above: readers of HTML differ on those that lack their ;
    and an address with &copy=1 in it is the same address.
    """
    for tag in START_TAG.finditer(published):
        yield tag[1], "", ""
        for name, value in SERIALISED_ATTRIBUTE.findall(tag[2]):
            yield tag[1], name, decode(html.unescape(value))


def decode(value: str) -> str:
    """Return a value with the signs that its codes stand for, if no code is too long to be read."""
    return value if LONG_CODE.search(value) else html.unescape(value)


def describe_lost_tag(tag: str) -> str:
    """Return what is said of a tag that browsers pass over where it stands; they show what is in it."""
    seen = f"<{tag}> has no effect where it stands: browsers pass over it"
    return f"{seen}. Delete it, or mend the tags around it."


def describe_lost_attribute(tag: str, name: str) -> str:
    """Return what is said of an attribute that one of the two did not see."""
    return f"{shorten(name)}= in <{tag}> cannot stand here as it is written. {DEFAULT_INSTEAD}."


def find_lost_words(reading: WrittenHtml, published: str) -> list[Finding]:
    """Return a finding if a browser does not show all letters and digits of a text; else nothing."""
    ours = select_letters(reading.text)
    theirs = select_letters(html.unescape(SERIALISED_TAG.sub("", published)))
    if Counter(ours) == Counter(theirs):
        return []
    pairs = zip(ours, theirs, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    end = find_letter(reading.text, same)
    before = find_context(reading.text, end)
    text = (
        f"Readers would not see what follows “{shorten(before, 40)}”. Look there for a quotation mark "
        "without its second one, or a tag that stands where it cannot."
    )
    starts = [0, *accumulate(map(len, reading.pieces))]
    number = min(bisect_right(starts, max(end - 1, 0)), len(reading.pieces)) - 1
    return [Finding("error", text, reading.places[number] if reading.places else 0)]


def select_letters(text: str) -> str:
    """Return the letters and digits of a text: typography changes none of them."""
    return "".join(filter(str.isalnum, text))


def find_letter(text: str, count: int) -> int:
    """Return the place in a text of its letter or digit of a number, or its end."""
    places = [place for place, sign in enumerate(text) if sign.isalnum()]
    return places[count] if count < len(places) else len(text)


def find_context(text: str, end: int) -> str:
    """Return the words of a text before a place."""
    words = " ".join(text[max(end - CONTEXT_LENGTH, 0) : end].split())
    return words or text[:CONTEXT_LENGTH].strip()
