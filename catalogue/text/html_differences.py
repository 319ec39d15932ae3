"""Explain to the author what the sanitiser took out of her text, so that nothing is lost in silence.

The sanitiser reads HTML as browsers do, html_reader.py as it is written. Where both saw the same there
is nothing to tell. What only one of them saw is an error with its line.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import takewhile

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
from catalogue.text.older_html import SERIALISED_ATTRIBUTE, START_TAG, rewrite_tag

SERIALISED_TAG = re.compile(r"<[^>]*>")
# What typography puts into a text of its own, and what the sanitiser does.
OWN = frozenset([("span", "class"), *((tag, name) for tag, (name, _) in ADDED.items())])
CHARACTER_CODE = re.compile(r"&#([0-9]{1,9}|[xX][0-9a-fA-F]{1,8});?")
CONTEXT_LENGTH = 30  # characters of the text before what is lost, by which its line is found

Seen = tuple[str, str, str]  # a tag, and an attribute with its value, or two empty texts


class WrittenHtml(HTMLParser):
    """The tags, attributes and text of a piece of HTML, as they are written."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.pieces: list[str] = []
        self.feed(source)
        self.close()
        self.text = "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add a tag and its attributes."""
        # Of two equal attributes browsers take the first.
        self.tags.append((tag, {name: value or "" for name, value in reversed(attrs)}))

    def handle_data(self, data: str) -> None:
        """Add a piece of text."""
        self.pieces.append(data)


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
    findings = [describe_lost_tag(tag) for tag in sorted(lost_tags)]
    findings += [
        describe_lost_attribute(*seen)
        for seen in [*lost, *sorted(strange)]
        if seen[1] and seen[0] not in lost_tags
    ]
    return findings if has_error(findings) else findings + find_lost_words(reading.text, published)


def find_forbidden(source: str, cleaned: str) -> Iterator[Finding]:
    """Yield a finding for a sign that no text may hold, and that is written as a code in this one."""
    if not FORBIDDEN_CHARACTERS.search(cleaned):
        return
    for match in CHARACTER_CODE.finditer(source):
        digits = match[1]
        number = int(digits[1:], 16) if digits[:1] in "xX" else int(digits)
        if number > 0x10FFFF or FORBIDDEN_CHARACTERS.search(chr(number)):
            text = f"{match[0]} stands for a sign that cannot be seen. Take it out."
            yield Finding("error", text, (match[0],))
            return
    yield Finding("error", "A sign that cannot be seen stands in the HTML. Take it out.", ("&",))


def select_expected(tags: Iterable[tuple[str, dict[str, str]]]) -> Iterator[Seen]:
    """Yield of the tags and attributes of a text those that are to be published, as they will be."""
    for written, given in tags:
        tag, values = rewrite_tag(written, given)
        if tag not in ELEMENTS or (tag == "source" and not values.get("src")):
            continue
        yield tag, "", ""
        for name, value in values.items():
            is_empty = name in ADDRESS_ATTRIBUTES and not value
            if not is_listed(tag, name) or is_empty or ADDED.get(tag, ("", ""))[0] == name:
                continue
            if (kept := filter_attribute(name, value)) is not None:
                yield tag, name, html.unescape(kept)


def read_serialised(published: str) -> Iterator[Seen]:
    """Yield each opening tag of what the sanitiser has written, and each of its attributes.

    Codes in values are read twice here and above: readers of HTML differ on those that lack their ;
    and an address with &copy=1 in it is the same address.
    """
    for tag in START_TAG.finditer(published):
        yield tag[1], "", ""
        for name, value in SERIALISED_ATTRIBUTE.findall(tag[2]):
            yield tag[1], name, html.unescape(html.unescape(value))


def describe_lost_tag(tag: str) -> Finding:
    """Return the finding for a tag that browsers pass over where it stands; they show what is in it."""
    seen = f"<{tag}> has no effect where it stands: browsers pass over it"
    text = f"{seen}. Delete it, or mend the tags around it."
    return Finding("warning", text, (f"<{tag}",))


def describe_lost_attribute(tag: str, name: str, value: str) -> Finding:
    """Return the finding for an attribute that one of the two did not see."""
    text = f"{shorten(name)}= in <{tag}> cannot stand here as it is written. {DEFAULT_INSTEAD}."
    return Finding("error", text, (value[:30], name, f"<{tag}"))


def find_lost_words(words: str, published: str) -> list[Finding]:
    """Return a finding if a browser does not show all letters and digits of a text; else nothing."""
    ours = select_letters(words)
    theirs = select_letters(html.unescape(SERIALISED_TAG.sub("", published)))
    if Counter(ours) == Counter(theirs):
        return []
    pairs = zip(ours, theirs, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    before = find_context(words, same)
    text = (
        f"Readers would not see what follows “{shorten(before, 40)}”. Look there for a quotation mark "
        "without its second one, or a tag that stands where it cannot."
    )
    return [Finding("error", text, tuple(before.split()[-3:]))]


def select_letters(text: str) -> str:
    """Return the letters and digits of a text: typography changes none of them."""
    return "".join(filter(str.isalnum, text))


def find_context(text: str, count: int) -> str:
    """Return the words of a text before its letter or digit of a number."""
    places = [place for place, sign in enumerate(text) if sign.isalnum()]
    end = places[count] if count < len(places) else len(text)
    return (
        " ".join(text[max(end - CONTEXT_LENGTH, 0) : end].split()) or text[:CONTEXT_LENGTH].strip()
    )
