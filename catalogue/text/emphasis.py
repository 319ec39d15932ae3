"""Set emphasis, `*em*` and `**strong**`, without taking away what stands around it.

Python-Markdown 3.11.3 parses the emphasis of a text at once, and returns it piece by piece. It goes
astray in three ways, and cuts the signs apart by which it finds a link or a piece of code again: of a
closing run it takes as many signs as the opening one has; it looks for the next piece by a sign that
may be another, or stand in another text; and it writes twice what follows pieces that end together.
Here the signs are counted, the places are kept, and an element is built sign by sign.

It leans on the inside of the library, and is used with known versions of it only. With others, words
that are lost are reported to the author (leftovers.py).
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from itertools import islice, takewhile

from markdown import Markdown
from markdown.inlinepatterns import Delimiter, DelimiterProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX

# From where to where the opening and the closing signs stand, the tags, and how many signs these are.
Region = tuple[int, int, int, int, tuple[str, str], int]
MatchResult = tuple[etree.Element | None, int | None, int | None]


def replace_emphasis(parser: Markdown) -> None:
    """Replace the parser's rule for emphasis by the one of this module, with the same signs."""
    rule = Emphasis("*", "strong,em", parser)
    rule.add("_", "strong,em", smart=True)
    parser.inlinePatterns.register(rule, "em_strong", 60)
    # No text is taken for the rest of one before it.
    parser.registerExtension(rule)  # type: ignore[arg-type]


class Emphasis(DelimiterProcessor):
    """The library's rule, for signs and places that are there."""

    text = ""  # in which the signs were found
    before = after = ""  # what stands on both sides of the piece that was returned last

    def handleMatch(self, m: re.Match[str], data: str) -> MatchResult:  # type: ignore[override]
        """Return the element that begins at a sign or after it, and its place; or how far is none."""
        made: MatchResult
        if not self.regions:
            self.text = data
            made = super().handleMatch(m, data)
        elif self.goes_on(data):
            self.cache_pos = self.regions[self.cache_index][0]
            moved = len(data) - len(self.text)  # by so much is all behind the last element
            made = self.get_cached_result(self.cache_pos + moved, data)
        else:  # the inside of what was returned, in which all is found
            return None, m.start(0), m.end(0)
        element, start, end = made
        if element is not None:
            self.before, self.after = data[:start], data[end:]
        return made

    def goes_on(self, data: str) -> bool:
        """Return whether a text is the one of before, with a placeholder for the last element."""
        start = self.before + INLINE_PLACEHOLDER_PREFIX
        return data.startswith(start) and data.endswith(self.after)

    def add_region(self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int) -> None:
        """Add that the signs from a to b open what those from c to d close, as far as they are there."""
        missing = 0
        while size > 1 and self.text[c : c + size] != delim.token * size:
            size, missing = size - 1, missing + 1
        signs = delim.token * size
        if size > 0 and self.text[a + missing : b] == self.text[c : d - missing] == signs:
            super().add_region(delim, a + missing, b, c, d - missing, size)

    def _build_element(
        self, data: str, start: int = 0, offset: int = 0
    ) -> tuple[etree.Element, int]:
        """Return an element with all that is in it, and how many these are; first of all, sort out."""
        if start == 0:
            self.regions[:] = select_nested(self.regions)
        place, last = self.regions[start][0], self.regions[start][3]
        inner = [*takewhile(lambda region: region[0] < last, islice(self.regions, start, None))]
        opened = [(a, b, tags[2 - size], True) for a, b, _, _, tags, size in inner]
        closed = [(c, d, tags[2 - size], False) for _, _, c, d, tags, size in inner]
        builder = etree.TreeBuilder()
        for begin, end, tag, is_open in sorted(opened + closed):
            if place < begin:
                builder.data(data[place + offset : begin + offset])
            if is_open:
                builder.start(tag, {})
            else:
                builder.end(tag)
            place = end
        return builder.close(), len(inner)


def select_nested(regions: Sequence[Region]) -> list[Region]:
    """Return those regions, sorted by their beginning, that lie within what is open, or after it."""
    kept: list[Region] = []
    around: list[Region] = []
    for region in regions:
        while around and around[-1][3] <= region[0]:
            around.pop()
        if not around or (around[-1][1] <= region[0] and region[3] <= around[-1][2]):
            kept.append(region)
            around.append(region)
    return kept
