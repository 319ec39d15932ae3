"""Read the lines of a text into blocks."""

import xml.etree.ElementTree as etree
from collections.abc import Iterable

from markdown import Markdown
from markdown.blockparser import BlockParser

from catalogue.text.blocks.code import FencedCode, IndentedCode
from catalogue.text.blocks.cursor import CODE_INDENT, Cursor, Start
from catalogue.text.blocks.html import HtmlBlock
from catalogue.text.blocks.paragraphs import Paragraph
from catalogue.text.blocks.quotations import take_quote_mark
from catalogue.text.blocks.starts import COMMENT_STARTS, STARTS
from catalogue.text.blocks.state import NEVER, Blocks, Container
from catalogue.text.blocks.tables import Table

VERBATIM = FencedCode, HtmlBlock  # which go on whatever their lines begin with


class BlockReader(BlockParser):
    """The parser of blocks, in the place of Python-Markdown's own."""

    def __init__(self, library: Markdown, *, is_comment: bool) -> None:
        """Make it for texts, or for comments, which know fewer kinds of blocks."""
        super().__init__(library)
        self.starts = COMMENT_STARTS if is_comment else STARTS
        self.blocks = Blocks(is_comment=is_comment)

    def parseDocument(self, lines: Iterable[str]) -> etree.ElementTree:
        """Return the tree of a text's blocks; the text of a leaf is still Markdown."""
        root = etree.Element(self.md.doc_tag)
        blocks = self.blocks
        lines = [*lines]
        blocks.begin(root, sum(map(len, lines)) + len(lines))
        if not lines[-1]:
            lines.pop()  # what follows the last line end is no line
        for number, line in enumerate(lines):
            if len(blocks.open) > 1 or not add_plain(blocks, number, line):
                self.add_line(Cursor(number, line))
        blocks.close_leaf()
        blocks.close(1)
        return etree.ElementTree(root)

    def add_line(self, cursor: Cursor) -> None:
        """Add a line to the blocks that are open, or open those that it starts."""
        blocks, leaf = self.blocks, self.blocks.leaf
        cursor.matched = match_containers(blocks, cursor)
        is_whole = cursor.matched == len(blocks.open)
        if is_whole and isinstance(leaf, VERBATIM) and leaf.take(blocks, cursor):
            return
        cursor.is_inside = is_whole and isinstance(leaf, Paragraph)
        started, has_mark = Start.NOTHING, False
        while not cursor.is_blank and cursor.indent < CODE_INDENT:
            started = self.start_block(cursor)
            if started is not Start.CONTAINER:
                break
            cursor.matched, cursor.is_inside, has_mark = len(blocks.open), False, True
        if cursor.is_blank:
            add_blank(blocks, cursor, has_mark)
            return
        if started is not Start.LEAF:
            add_text(blocks, cursor)
        blocks.blank_from = NEVER

    def start_block(self, cursor: Cursor) -> Start:
        """Start the block that the rest of the line begins, if any."""
        for start in self.starts.get(cursor.text[0], ()):
            if (started := start(self.blocks, cursor)) is not Start.NOTHING:
                return started
        return Start.NOTHING


def add_plain(blocks: Blocks, number: int, line: str) -> bool:
    """Add a line that stands in no container, and can be of no block but a paragraph, if it is so.

    It is empty, or begins with a letter.
    """
    leaf = blocks.leaf
    if leaf is not None and not isinstance(leaf, Paragraph):
        return False
    if not line:
        blocks.close_leaf()
        blocks.blank_from = 0
        return True
    if not line[0].isalpha():
        return False
    if leaf is not None:
        leaf.lines.append(line)
    else:
        blocks.leaf = Paragraph(number, [line])
    blocks.blank_from = NEVER
    return True


def match_containers(blocks: Blocks, cursor: Cursor) -> int:
    """Return how many of the open containers a line goes on in, and take their marks off it."""
    for place in range(1, len(blocks.open)):
        container = blocks.open[place]
        kind = container.kind
        if kind == "quote":
            if cursor.indent >= CODE_INDENT or not cursor.text.startswith(">"):
                return place
            take_quote_mark(cursor)
        elif kind in ("list", "definitions"):
            continue  # which its items decide
        elif not match_indented(blocks, container, cursor):
            return place
    return len(blocks.open)


def match_indented(blocks: Blocks, container: Container, cursor: Cursor) -> bool:
    """Return whether a line is set in as far as a container asks for, and take that off."""
    width = container.indent
    if container.kind == "definition" and cursor.indent >= CODE_INDENT:
        width = CODE_INDENT
    if cursor.indent >= width:
        cursor.take_blanks(width)
        return True
    # 5.2: an item that begins with a blank line ends with the next one.
    return cursor.is_blank and not (container.is_empty and blocks.leaf is None)


def add_text(blocks: Blocks, cursor: Cursor) -> None:
    """Add what starts no block: to a paragraph that is open, even lazily (5.1), or as a new one."""
    leaf = blocks.leaf
    is_whole, is_code = cursor.matched == len(blocks.open), cursor.indent >= CODE_INDENT
    if isinstance(leaf, Paragraph):
        leaf.lines.append(cursor.text)
    elif isinstance(leaf, IndentedCode) and is_whole and is_code:
        leaf.add(cursor)
    elif isinstance(leaf, Table) and is_whole and not is_code:
        leaf.add_row(blocks, cursor)
    elif is_code:
        blocks.make_room(cursor.matched)
        cursor.take_blanks(CODE_INDENT)
        blocks.leaf = IndentedCode(cursor.number, [cursor.rest])
    else:
        blocks.make_room(cursor.matched)
        blocks.leaf = Paragraph(cursor.number, [cursor.text], is_first=blocks.is_first)


def add_blank(blocks: Blocks, cursor: Cursor, has_mark: bool) -> None:
    """Add a blank line, which ends a paragraph, and a quotation that it does not stand in.

    `has_mark` is whether it opens a container, and is blank behind the mark of that.
    """
    leaf = blocks.leaf
    if isinstance(leaf, IndentedCode) and cursor.matched == len(blocks.open):
        leaf.add(cursor)
    else:
        blocks.close_leaf()
    blocks.close(cursor.matched)
    if has_mark:
        blocks.blank_from = NEVER
    else:
        quotes = [n for n, container in enumerate(blocks.open) if container.kind == "quote"]
        blocks.blank_from = quotes[-1] if quotes else 0
