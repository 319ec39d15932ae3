"""Set the ids of headings that are written as HTML, as those of Markdown have theirs (heading_ids.py).

A heading of Markdown keeps its id: of two alike, that which is written as HTML has a number.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from catalogue.text.heading_levels import Headings, set_levels
from catalogue.text.ids import make_id, make_unique
from catalogue.text.plain_text import ANY_TAG, strip_tags

HEADING = re.compile(r"<(/?)h[1-6]\b")
HAS_ID = re.compile(r"\sid=")
UNNAMED = re.compile(r"<h[1-6]\b(?![^<>]*\sid=)")  # or one with a > within its values


def finish_headings(source: str, headings: Headings, names: Sequence[str]) -> str:
    """Return HTML whose headings have the levels of a page, and these ids where they have none."""
    source = set_levels(source, headings)
    return set_names(source, names) if names else source


def find_unnamed(source: str) -> Iterator[tuple[int, str]]:
    """Yield each heading of HTML that shows something and has no id: where its tag ends, and its words."""
    if not UNNAMED.search(source):
        return
    start = 0
    for tag in ANY_TAG.finditer(source):
        heading = HEADING.match(tag[0])
        if heading is None:
            continue
        inner = source[start : tag.start()] if start and heading[1] else ""
        words = strip_tags(inner)
        if words or "<img" in inner:
            yield start - 1, words
        start = 0 if heading[1] or HAS_ID.search(tag[0]) else tag.end()


def make_names(source: str, ids: Iterable[str]) -> list[str]:
    """Return the ids of those headings of HTML that have none; none is given twice, or is one of `ids`."""
    taken, counts = set(ids), dict[str, int]()
    return [make_unique(make_id(words), taken, counts) for _, words in find_unnamed(source)]


def set_names(source: str, names: Iterable[str]) -> str:
    """Return HTML in which the headings that have no id have these, in their order."""
    parts, place = [], 0
    for (end, _), name in zip(find_unnamed(source), names, strict=True):
        parts += [source[place:end], f' id="{name}"']
        place = end
    return "".join([*parts, source[place:]])
