"""Read paragraphs; the first of an item may begin with a box to tick (GFM 5.3)."""

import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass

from catalogue.text.blocks.cells import TABLE_RULE, looks_like_table, split_cells
from catalogue.text.blocks.link_definitions import take_definitions
from catalogue.text.blocks.mistyped_lines import find_mistyped_lines
from catalogue.text.blocks.state import Blocks

MISTYPED_BOX = re.compile(r"\[(?:[ \t]*|[ \t]*[xX✓✔][ \t]*)\][ \t]+(?=\S)")
GLUED_BOX = re.compile(r"\[[ xX]\](?=\w)")
TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph that is open: the line on which it begins, and its lines."""

    line: int
    lines: list[str]
    is_first: bool = False  # in its container

    def take_text(self, blocks: Blocks) -> str:
        """Return its text without the link definitions that it begins with; it begins behind them."""
        text = "\n".join(self.lines)
        if text.startswith("["):
            end = take_definitions(blocks, text, self.line)
            self.line += text.count("\n", 0, end)
            text = text[end:]
        return text.rstrip(" \t\n")

    def finish(self, blocks: Blocks) -> None:
        """Add what it is besides definitions."""
        if text := self.take_text(blocks):
            add_paragraph(blocks, text, self.line)
        elif self.is_first:
            blocks.open[-1].is_empty = True  # it held nothing but definitions


def add_paragraph(blocks: Blocks, text: str, line: int) -> None:
    """Add a paragraph, or a task; warn of one that was meant as a table."""
    is_first = blocks.open[-1].kind == "item" and not len(blocks.open[-1].element)
    element = blocks.add_element("p", line)
    if task := TASK.match(text) if is_first else None:
        label = etree.SubElement(element, "label")
        blocks.tasks.append((label, task[1] != " "))
        blocks.add_leaf(label, text[task.end() :], line)
    else:
        blocks.add_leaf(element, text, line)
    if blocks.is_comment:
        return
    if is_first and not task and text.startswith("["):
        warn_of_box(blocks, text, line)
    if "|" in text and looks_like_table(text, 1):
        warn_of_table(blocks, text, line)
    elif "\n" in text or not text[0].isalpha():  # most paragraphs are one line of words
        for number, seen in find_mistyped_lines(text):
            blocks.warn(line + number, seen)


def warn_of_box(blocks: Blocks, text: str, line: int) -> None:
    """Warn of the beginning of an item that was meant as a box to tick."""
    if box := MISTYPED_BOX.match(text):
        seen = f"{box[0].strip()} is no box to tick"
        blocks.warn(line, f"{seen}. Write [ ] in its place, or ticked [x].")
    elif box := GLUED_BOX.match(text):
        blocks.warn(line, f"{box[0]} ticks nothing without a blank behind it. Write one.")


def warn_of_table(blocks: Blocks, text: str, line: int) -> None:
    """Warn of a paragraph that was meant as a table, or as more rows of the one before it."""
    inside = blocks.open[-1].element
    is_behind = len(inside) > 1 and inside[-2].tag == "table"
    if "\n" not in text and not is_behind:
        return
    first, *rest = (row.strip(" \t") for row in text.split("\n"))
    count = len(split_cells(first))
    rule = "|---" * count + "|"
    seen, remedy = (
        "These lines look like a table, and are shown as text",
        "Write below the first one",
    )
    if TABLE_RULE.fullmatch(first):
        remedy, rule = (
            "Write above the first one the names of the columns, or",
            "|   " * count + "|",
        )
    elif rest and TABLE_RULE.fullmatch(rest[0]):
        remedy = "The second one has not as many cells as the first. Write in its place"
    if is_behind:
        blocks.warn(line, f"{seen}: an empty line parts them from their table. Delete it.")
    else:
        blocks.warn(line, f"{seen}. {remedy}: {rule}")
