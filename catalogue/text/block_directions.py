"""Set the direction of the blocks of a text that run the other way than the text itself.

An English paragraph in a Hebrew post would end with its full stop at the wrong side, and an Arabic
quotation in an English one would begin there. A block with letters of both directions runs as the text
does: it may only begin with a foreign name.
"""

import xml.etree.ElementTree as etree
from collections.abc import Mapping

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from catalogue.text.directions import (
    LEFT_TO_RIGHT,
    RIGHT_TO_LEFT,
    find_first_direction,
    find_text_direction,
)
from catalogue.text.tree_tags import RAW_HTML

# A heading, a cell or an item of a list stays in line with the others, and so does the word of a note.
BLOCKS = frozenset("blockquote dl ol p table ul".split())
HEAD = "admonition-title"
OPPOSITE = {"ltr": "rtl", "rtl": "ltr"}
NEITHER, BOTH = "", "both"  # of what has no letters, and of what has those of either direction


class BlockDirections(Treeprocessor):
    """The step that sets the directions of blocks."""

    def __init__(self, parser: Markdown) -> None:
        """Make it for the library's parser."""
        super().__init__(parser)
        self.direction = NEITHER  # of the next text; nothing where its first letter says so

    def set_direction(self, title: str, language: str) -> None:
        """Set in which direction the next text is shown; a language is a tag of BCP 47."""
        self.direction = find_text_direction(title, language)

    def run(self, root: etree.Element) -> None:
        """Set the direction of each block all of whose letters run the other way."""
        text = "".join(root.itertext())
        base = self.direction or find_first_direction(text) or "ltr"
        if base == "ltr" and (text.isascii() or not RIGHT_TO_LEFT.search(text)):
            return
        found: dict[etree.Element, str] = {}
        for element in reversed([*root.iter()]):  # the inner ones first
            found[element] = find_own_direction(element, found)
        set_directions(root, OPPOSITE[base], found)


def find_own_direction(element: etree.Element, found: Mapping[etree.Element, str]) -> str:
    """Return in which direction all letters of an element run, when those of what is in it are found."""
    if element.tag in (RAW_HTML, "pre"):
        return NEITHER
    parts = [read_direction(element.text)]
    for child in element:
        parts += [found[child], read_direction(child.tail)]
    seen = {part for part in parts if part}
    return BOTH if len(seen) > 1 else next(iter(seen), NEITHER)


def read_direction(text: str | None) -> str:
    """Return in which direction all letters of some words run."""
    is_right, is_left = RIGHT_TO_LEFT.search(text or ""), LEFT_TO_RIGHT.search(text or "")
    if is_right and is_left:
        return BOTH
    return "rtl" if is_right else "ltr" if is_left else NEITHER


def set_directions(root: etree.Element, direction: str, found: Mapping[etree.Element, str]) -> None:
    """Set a direction for the outermost blocks all of whose letters run so."""
    waiting = [root]
    while waiting:
        for child in waiting.pop():
            if child.get("class") == HEAD:
                continue
            if child.tag in BLOCKS and found[child] == direction:
                child.set("dir", direction)
            elif found[child] in (BOTH, direction):
                waiting.append(child)
