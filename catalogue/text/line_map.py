"""Tell from which line of the author's text a place in its HTML came."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate


class LineMap:
    """The lines of a text by the places of its HTML.

    Each block of the HTML is marked with its line, and within a block a line end of the text is one
    of the HTML.
    """

    def __init__(self, parts: Sequence[str], marks: Sequence[tuple[int, int]]) -> None:
        """Take the parts that the HTML is joined from, and marks: the number of a part, and its line."""
        self.parts = parts
        self.marks = marks
        self.starts: list[int] = []
        self.line_ends: list[int] = []

    def find(self, place: int) -> int:
        """Return the line, from 0, of the sign at a place of the HTML."""
        if not self.starts:  # few texts are asked about
            ends = [0, *accumulate(map(len, self.parts))]
            self.starts = [ends[number] for number, _ in self.marks]
            self.line_ends = [end.start() for end in re.finditer("\n", "".join(self.parts))]
        number = bisect_right(self.starts, place) - 1
        if number < 0:
            return self.marks[0][1] if self.marks else 0
        start, line = self.starts[number], self.marks[number][1]
        return line + bisect_left(self.line_ends, place) - bisect_left(self.line_ends, start)
