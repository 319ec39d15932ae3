"""Set the levels of a text's headings below its title's, and find where one is left out between two.

Those who listen to a page go from heading to heading by their levels, and take one that is left out for
something they have missed. A text that knows no heading above ### begins at the level below the title's,
as every other does; within a text the author alone knows what she meant.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from catalogue.problems import shorten
from catalogue.text.findings import Finding

HIGHEST, LOWEST = 2, 6  # on a page: its title is above all others
# The tag of each heading, and its place in the HTML.
Headings = Sequence[tuple[str, int]]
HASHES = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*$")
TAG = re.compile("<h[1-6]", re.IGNORECASE)
LONGEST = 60  # characters of a heading in a message


def set_levels(source: str, headings: Headings) -> str:
    """Return HTML whose highest heading is of the level right below the title's."""
    shift = HIGHEST - int(min(headings)[0][1])  # h1 comes before h2
    if not shift:
        return source

    def move(match: re.Match[str]) -> str:
        return f"<{match[1]}h{min(int(match[2]) + shift, LOWEST)}"

    return re.sub(r"<(/?)h([1-6])\b", move, source)


def check_levels(
    headings: Headings, text: str, find_line: Callable[[int], int]
) -> Iterator[Finding]:
    """Yield a warning for each heading that stands more than one level below that before it.

    `find_line` returns the line of the text, from 0, that a place of the HTML came from.
    """
    levels = [int(tag[1]) for tag, _ in headings]
    before, lines = min(levels) - 1, list[str]()
    for number, level in enumerate(levels):
        if level > before + 1:
            place = headings[number][1]
            lines = lines or text.split("\n")
            line = lines[find_line(place)]
            yield Finding("warning", describe(level, before + 1, line, not number), place)
        before = level


def describe(level: int, right: int, line: str, is_first: bool) -> str:
    """Return what is said of a heading in a line of the text that should be of another level."""
    typed = HASHES.search(line)
    if typed or not TAG.search(line):
        shown, wanted, above = "#" * level, "#" * right, "#" * (right - 1)
        remedy = f"{wanted} {shorten(typed[2], LONGEST)}" if typed else "=== in the line below it"
    else:
        shown, wanted, above = f"<h{level}>", f"<h{right}>", f"<h{right - 1}>"
        remedy = f"{wanted} and </h{right}>"
    if is_first:
        return (
            f"The first heading is a {shown}, though there is a {wanted} below it. Write: {remedy}"
        )
    return f"This {shown} stands below a {above}, and no {wanted} between them. Write: {remedy}"
