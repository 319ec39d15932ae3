"""Read HTML with Python's parser, know the place of what is read, and find what it reads oddly."""

import re
from functools import cached_property
from html.parser import HTMLParser

from catalogue.problems import shorten
from catalogue.text.html_allowlist import DEFAULT_INSTEAD

TAG_START, TAG_NAME = re.compile(r"<[a-zA-Z/!?]"), re.compile(r"</?[a-zA-Z][^\s/>]*")
END_TAG = re.compile(r"</[a-zA-Z][^\s/>]*[\s/]*>")
# A tag up to its end: a quotation mark counts behind a = only (HTML Standard, 13.2.5.35 and following).
WHOLE_TAG = re.compile(r"""<(?:[^>=]|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+>""")
NEVER_CLOSED = "A hidden comment opens with <!-- and is never closed. Write --> at its end."


class PlacedParser(HTMLParser):
    """A parser of one piece of HTML that knows where in it the tag or text stands that it hands on."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source

    @cached_property
    def starts(self) -> list[int]:
        """Return the place where each line begins."""
        return [0, *[match.end() for match in re.finditer("\n", self.source)]]

    def read_place(self) -> int:
        """Return the place of what is read now."""
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def read_all(self) -> None:
        """Read the whole."""
        self.feed(self.source)
        self.close()


def find_attribute(tag: str, name: str) -> int:
    """Return the place of an attribute in its tag; 0 if it is not found there."""
    match = re.search(rf"[\s/\"']({re.escape(name)})(?=[\s=/>])", tag, re.IGNORECASE)
    return match.start(1) if match else 0


def find_same_line(place: int, source: str, other: str) -> int:
    """Return a place in the line of `other` that has the number of that at a place in `source`.

    The two are one piece of HTML in two states, between which no line end was added.
    """
    return find_line_after(other, 0, source.count("\n", 0, place))


def find_line_after(source: str, place: int, count: int) -> int:
    """Return where so many lines after a place another begins; the last one if there are not as many."""
    for _ in range(count):
        after = source.find("\n", place) + 1
        if not after:
            break
        place = after
    return place


def find_odd_tag(source: str) -> str:
    """Return the first tag that takes in or hides what it should not; else nothing.

    That is one that nothing ends, with all that follows; one that has no name, which browsers take
    for a comment (HTML Standard, 13.2.5.6); and a closing one that holds more than its name.
    """
    place = 0
    while match := TAG_START.search(source, place):
        whole = WHOLE_TAG.match(source, match.start())
        if not whole:
            return source[match.start() :]
        if not TAG_NAME.match(source, match.start()):
            return whole[0]
        if whole[0].startswith("</") and not END_TAG.fullmatch(whole[0]):
            return whole[0]
        place = whole.end()
    return ""


def describe_odd_tag(tag: str) -> str:
    """Return what is wrong with a tag that `find_odd_tag` has found."""
    if tag.startswith("<!--") and "--" not in tag[len("<!--") :]:
        return NEVER_CLOSED
    shown = f"“{shorten(tag, 40)}”"
    if not WHOLE_TAG.fullmatch(tag):
        return f"{shown} has no end. Write > after it, or &lt; for its <."
    if name := TAG_NAME.match(tag):
        return f"{shown} is no closing tag. Write {name[0].lower()}> and nothing else in it."
    return f"{shown} would be hidden from readers. {DEFAULT_INSTEAD}."
