"""Read code, which is set in by four columns (4.4) or stands between two fences (4.5)."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown.util import AtomicString

from catalogue.text.blocks.cursor import CODE_INDENT, Cursor, Start
from catalogue.text.blocks.state import Blocks
from catalogue.text.character_references import resolve_codes

FENCE = re.compile(r"(`{3,})([^`]*)|(~{3,})(.*)", re.DOTALL)
# Of the line of a fence: its first word, which the name of a file may follow (`ruby:a.rb`), or what
# stands in braces (`{.python}`).
FIRST_WORD = re.compile(r"([^ \t:]+(?=:)|[^ \t]+)")
ATTRIBUTES = re.compile(r"\{[ \t]*\.?([^\s{}]+)")
# A line of words, longer than readers see in one: it begins as a sentence does, and has no sign of code.
PROSE = re.compile(r"""[ \t]*[^\W\da-z_][^{}<>=;|\\$#@_\[\]/*+^~`]{59,}""")


@dataclass(slots=True, eq=False)
class IndentedCode:
    """Code that is set in, and open."""

    line: int
    lines: list[str]

    def add(self, cursor: Cursor) -> None:
        """Add a line, or what of a blank line is set in further."""
        cursor.take_blanks(min(cursor.indent, CODE_INDENT))
        self.lines.append(cursor.rest)

    def finish(self, blocks: Blocks) -> None:
        """Add the code without the blank lines at its end."""
        while not self.lines[-1].strip(" \t"):
            self.lines.pop()
        add_code(blocks, self.line, self.lines, self.line)
        if not blocks.is_comment and any(map(PROSE.fullmatch, self.lines)):
            seen = "These lines are set in by four blanks or a tab, and so are shown as code"
            remedy = "Delete the blanks before them; for code put ``` in a line before and after"
            blocks.warn(self.line, f"{seen}. {remedy}.")


@dataclass(slots=True, eq=False)
class FencedCode:
    """Code behind a fence, and open."""

    line: int
    fence: str
    indent: int  # of the fence
    info: str  # what stands behind it
    lines: list[str] = field(default_factory=list)
    is_ended: bool = False

    def take(self, blocks: Blocks, cursor: Cursor) -> bool:
        """Add a line, or end with it; return whether it belongs to the code, which each does."""
        text = cursor.text.rstrip(" \t")
        if (
            cursor.indent < CODE_INDENT
            and len(text) >= len(self.fence)
            and text == self.fence[0] * len(text)
        ):
            self.is_ended = True
            blocks.close_leaf()
        else:
            cursor.take_blanks(min(cursor.indent, self.indent))
            self.lines.append(cursor.rest)
        return True

    def finish(self, blocks: Blocks) -> None:
        """Add the code, and warn if nothing ended it."""
        first_line = self.line + 1 if self.lines else self.line
        add_code(blocks, self.line, self.lines, first_line, read_language(self.info))
        if not self.is_ended:
            seen = "Nothing ends the code that begins here, so what follows is shown as code"
            blocks.warn(
                self.line, f"{seen}. Write {self.fence} on a line of its own where it ends."
            )


def start_fence(blocks: Blocks, cursor: Cursor) -> Start:
    """Start fenced code."""
    match = FENCE.fullmatch(cursor.text)
    if not match:
        return Start.NOTHING
    blocks.make_room(cursor.matched)
    fence, info = match[1] or match[3], match[2] or match[4] or ""
    blocks.leaf = FencedCode(cursor.number, fence, cursor.indent, info)
    return Start.LEAF


def add_code(
    blocks: Blocks, line: int, lines: Sequence[str], first_line: int, language: str = ""
) -> None:
    """Add a block of code that begins on a line, and its text on the same or the next."""
    element = etree.SubElement(blocks.add_element("pre", line), "code")
    if language:
        element.set("class", f"language-{language}")
    element.text = AtomicString("".join(f"{each}\n" for each in lines))
    blocks.lines[element] = first_line


def read_language(info: str) -> str:
    """Return the language that the line of a fence names, which is its first word."""
    info = info.strip(" \t")
    match = ATTRIBUTES.match(info) or FIRST_WORD.match(info)
    return resolve_codes(match[1]) if match else ""
