"""Read lists and their items (5.2, 5.3)."""

import re
import xml.etree.ElementTree as etree

from catalogue.problems import shorten
from catalogue.text.blocks.cursor import CODE_INDENT, Cursor, Start
from catalogue.text.blocks.state import MOST_OPEN, Blocks, Container
from catalogue.text.tree_tags import TIGHT

YEAR = re.compile("1[0-9]{3}|20[0-9]{2}")
LONGEST = 40  # characters of a line in a message
ITEM = re.compile(r"(?:([-+*])|([0-9]{1,9})([.)]))(?=[ \t]|$)")


def start_item(blocks: Blocks, cursor: Cursor) -> Start:
    """Start an item of a list, and the list if it is the first of its kind."""
    match = ITEM.match(cursor.text)
    if not match or len(blocks.open) > MOST_OPEN:
        return Start.NOTHING
    is_bare = not cursor.text[match.end() :].strip(" \t")
    if cursor.is_inside and (is_bare or int(match[2] or 1) != 1):
        return Start.NOTHING
    mark = match[1] or match[3]
    top = blocks.open[cursor.matched - 1]
    if top.kind == "list" and top.mark == mark:
        blocks.close_leaf()
        blocks.close(cursor.matched)
    else:
        blocks.make_room(cursor.matched)
        open_list(blocks, cursor.number, mark, match[2])
        if match[2] and YEAR.fullmatch(match[2]) and not (is_bare or blocks.is_comment):
            warn_of_year(blocks, cursor, match)
    open_item(blocks, cursor, match.end(), is_bare)
    return Start.CONTAINER


def open_list(blocks: Blocks, line: int, mark: str, number: str | None) -> None:
    """Open a list with bullets, or with numbers from the given one on."""
    element = blocks.add_element("ol" if number else "ul", line, "\n")
    if number and int(number) != 1:
        element.set("start", str(int(number)))
    blocks.open.append(Container("list", element, mark=mark, finish=finish_list))


def warn_of_year(blocks: Blocks, cursor: Cursor, match: re.Match[str]) -> None:
    """Warn of a list whose first number looks like the year with which a sentence ends."""
    typed = shorten(cursor.text, LONGEST)
    right = f"{match[2]}\\{match[3]}{typed[match.end() :]}"
    seen = f"{match[0]} begins a numbered list here, as if it were the number of an item"
    blocks.warn(cursor.number, f"{seen}. If it is a year, write: {right}")


def open_item(blocks: Blocks, cursor: Cursor, length: int, is_bare: bool) -> None:
    """Open an item whose mark has so many signs; what goes on in it is set in as far as its text."""
    blocks.fill_container()
    element = blocks.add_element("li", cursor.number)
    before = cursor.indent
    cursor.take_mark(length)
    blanks = cursor.indent if not is_bare and cursor.indent <= CODE_INDENT else 1
    if not is_bare:
        cursor.take_blanks(blanks)
    blocks.open.append(Container("item", element, before + length + blanks))


def finish_list(blocks: Blocks, container: Container) -> None:
    """Finish a list: in a tight one the text of a paragraph stands in the item itself."""
    if not (blocks.is_comment or all(map(len, container.element)) or blocks.has_definitions):
        warn_of_empty(blocks, container.element)
    if container.is_loose:
        return
    for item in container.element:
        make_tight(item)


def warn_of_empty(blocks: Blocks, element: etree.Element) -> None:
    """Warn of the first item of a list in which nothing stands."""
    item = next(item for item in element if not len(item))
    seen = "This item of a list has no words, and readers see its sign alone"
    blocks.warn(blocks.lines[item], f"{seen}. Write them behind it, or delete the line.")


def make_tight(item: etree.Element) -> None:
    """Take the paragraphs of an item away around their text."""
    for child in item:
        if child.tag == "p":
            child.tag, child.tail = TIGHT, None
