"""Read HTML with Python's parser, and know the place of what is read."""

import re
from functools import cached_property
from html.parser import HTMLParser


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
