"""Go through one line, from the marks of its containers to what they hold."""

from collections.abc import Callable
from enum import Enum

from catalogue.text.blocks.state import Blocks

CODE_INDENT = 4  # 4.4: so many blanks make code


class Start(Enum):
    """What the beginning of a line has started."""

    NOTHING = 0
    CONTAINER = 1  # the rest of the line stands in it
    LEAF = 2  # the whole line is taken


class Cursor:
    """What of a line is left to be read, and where it stands among the open blocks."""

    __slots__ = ("column", "indent", "is_blank", "is_inside", "matched", "number", "rest", "text")

    def __init__(self, number: int, line: str) -> None:
        """Begin with a line, whose number is counted from 0."""
        self.number = number
        self.rest, self.column = line, 0
        self.matched = 1  # so many of the open containers does the line go on in
        self.is_inside = False  # whether a block that starts here would interrupt a paragraph
        self.measure()

    def measure(self) -> None:
        """Measure the blanks that the rest of the line begins with, in columns (2.2: tabs stop at 4)."""
        rest = self.rest
        self.text = text = rest.lstrip(" \t")
        self.is_blank = not text
        self.indent = len(rest) - len(text)
        if "\t" in rest[: self.indent]:
            blanks = " " * (self.column % 4) + rest[: self.indent]
            self.indent = len(blanks.expandtabs(4)) - self.column % 4

    def take_blanks(self, columns: int) -> None:
        """Take columns of blanks off the rest of the line; what is left of a tab becomes blanks."""
        rest, column, end, place = self.rest, self.column, self.column + columns, 0
        while column < end and place < len(rest):
            column += 4 - column % 4 if rest[place] == "\t" else 1
            place += 1
        self.rest = " " * (column - end) + rest[place:]
        self.column = end
        self.indent -= columns

    def take_mark(self, length: int) -> None:
        """Take the mark of a container off the rest of the line, with the blanks before it."""
        self.column += self.indent + length
        self.rest = self.text[length:]
        self.measure()


# Starts the block that the rest of a line begins, if it is of its kind.
StartBlock = Callable[[Blocks, Cursor], Start]
