"""Set the direction of the blocks of a text that run the other way than the text itself.

An English paragraph in a Hebrew post would end with its full stop at the wrong side, and an Arabic
quotation in an English one would begin there. A block with letters of both directions runs as the text
does: it may only begin with a foreign name.

A heading, a cell or an item of a list stays in line with the others: its words run their own way, and it
begins where these do.
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
from catalogue.text.tree_tags import RAW_HTML, TIGHT

BLOCKS = frozenset("blockquote dl ol p table ul".split())
# What stays in line with others if it holds nothing but words, and what it does not then hold.
LINES = frozenset(
    ["dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "label", "td", "th", TIGHT]
)
HELD = BLOCKS | {"figure", "label", TIGHT}
HEAD = "admonition-title"
OPPOSITE = {"ltr": "rtl", "rtl": "ltr"}
NEITHER, BOTH = "", "both"  # of what has no letters, and of what has those of either direction


class BlockDirections(Treeprocessor):
    """The step that sets the directions of blocks."""

    def __init__(self, parser: Markdown, *, is_comment: bool) -> None:
        """Make it for the library's parser; those of comments have no element for words alone."""
        super().__init__(parser)
        self.is_comment = is_comment
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
        lines = set_directions(root, OPPOSITE[base], found)
        for line in lines if not self.is_comment else ():
            isolate(line)


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


def set_directions(
    root: etree.Element, direction: str, found: Mapping[etree.Element, str]
) -> list[etree.Element]:
    """Set a direction for the outermost blocks all of whose letters run so.

    Return those elements of which the same is true, but that stay in line with others.
    """
    waiting, lines = [root], []
    while waiting:
        for child in waiting.pop():
            is_line = child.tag in LINES or child.get("class") == HEAD
            if found[child] == direction and is_line and not any(c.tag in HELD for c in child):
                lines.append(child)
            elif found[child] == direction and child.tag in BLOCKS and not is_line:
                child.set("dir", direction)
            elif found[child] in (BOTH, direction):
                waiting.append(child)
    return lines


def isolate(line: etree.Element) -> None:
    """Put the words of an element, all of whose letters run one way, into one in which they run so.

    Where they begin and end with a letter they do already. The box of a task stays before them.
    """
    text = "".join(line.itertext()).strip()
    if text[0].isalpha() and text[-1].isalpha():
        return
    words = etree.Element("bdi")
    if line.tag == "label":
        box = line[0]
        words.text, box.tail = (box.tail or "").lstrip(), " "
        words[:], line[:] = line[1:], [box, words]
    else:
        words.text, line.text = line.text, None
        words[:], line[:] = line[:], [words]
