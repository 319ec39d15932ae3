"""Read tables (GFM 4.10)."""

import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from catalogue.text.blocks.cells import TABLE_RULE, split_cells
from catalogue.text.blocks.cursor import Cursor, Start
from catalogue.text.blocks.paragraphs import Paragraph
from catalogue.text.blocks.state import Blocks, Notice, add_child

TABLE_SIGNS = frozenset("|:- \t")
MOST_MISSING = 20_000  # cells, in rows that are shorter than the heads of their tables


@dataclass(slots=True, eq=False)
class Table:
    """A table that is open, and how each of its columns is aligned."""

    element: etree.Element
    columns: Sequence[str]

    def add_row(self, blocks: Blocks, cursor: Cursor) -> None:
        """Add a line as a row; cells that have no head are left out, which the author is told."""
        cells = split_cells(cursor.text)
        part = self.element[-1]
        if part.tag == "thead":
            part = self.add_part(blocks, "tbody", cursor.number)
        self.fill_row(blocks, part, "td", cells, cursor.number)
        lost = next(filter(None, cells[len(self.columns) :]), "")
        if lost:
            seen = f"“{lost[:40]}” is lost: this row has more cells than the head"
            remedy = "Put \\ before a | that parts no cells, or give the head a cell more."
            blocks.warn(cursor.number, f"{seen}. {remedy}")

    def add_part(self, blocks: Blocks, tag: str, line: int) -> etree.Element:
        """Add its head or its body."""
        part = add_child(self.element, tag, "\n")
        blocks.lines[part] = line
        return part

    def fill_row(
        self, blocks: Blocks, part: etree.Element, tag: str, cells: Sequence[str], line: int
    ) -> None:
        """Add a row to its head or its body, with so many cells as the table has columns."""
        row = add_child(part, "tr", "\n")
        blocks.lines[row] = line
        blocks.missing_cells += max(0, len(self.columns) - len(cells))
        if blocks.missing_cells > MOST_MISSING:
            refuse_missing(blocks, line)
            return
        for text, align in zip_longest(cells[: len(self.columns)], self.columns, fillvalue=""):
            cell = add_child(row, tag)
            if align:
                cell.set("align", align)
            blocks.add_leaf(cell, text, line)

    def finish(self, blocks: Blocks) -> None:
        """Add nothing: each row was added when it was read."""


def start_table(blocks: Blocks, cursor: Cursor) -> Start:
    """Turn the last line of the open paragraph into the head of a table."""
    leaf = blocks.leaf
    if not (cursor.is_inside and isinstance(leaf, Paragraph)):
        return Start.NOTHING
    if not (TABLE_SIGNS.issuperset(cursor.text) and TABLE_RULE.fullmatch(cursor.text)):
        return Start.NOTHING
    columns = [*map(read_alignment, split_cells(cursor.text))]
    head = split_cells(leaf.lines[-1])
    if len(head) != len(columns):
        return Start.NOTHING
    line = leaf.line + len(leaf.lines) - 1
    leaf.lines.pop()
    blocks.make_room(cursor.matched)
    blocks.leaf = table = Table(blocks.add_element("table", line, "\n"), columns)
    table.fill_row(blocks, table.add_part(blocks, "thead", line), "th", head, line)
    return Start.LEAF


def refuse_missing(blocks: Blocks, line: int) -> None:
    """Add an error, once, for short rows below wide heads, which would swell the page."""
    if not any(notice.level == "error" for notice in blocks.notices):
        seen = f"The tables up to here lack more than {MOST_MISSING:,} cells, too many for one page"
        remedy = "Take columns away that stay empty."
        blocks.notices.append(Notice(line, f"{seen}. {remedy}", "error"))


def read_alignment(cell: str) -> str:
    """Return how a column is aligned, by its cell in the line below the head of a table."""
    ends = cell[:1] == ":", cell[-1:] == ":"
    return {(True, True): "center", (True, False): "left", (False, True): "right"}.get(ends, "")
