"""Know which blocks of a text are open, and keep what the closed ones leave to later steps."""

import xml.etree.ElementTree as etree
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from catalogue.text.definitions import Definitions
from catalogue.text.limits import measure_room

MOST_OPEN = 100  # containers within each other; deeper ones are text
NEVER = MOST_OPEN + 1


class Leaf(Protocol):
    """The block of text, code or HTML that is open: its lines, without what their containers take."""

    def finish(self, blocks: "Blocks") -> None:
        """Add what it has become."""


@dataclass(slots=True, eq=False)
class Container:
    """A block that is open and holds others."""

    kind: str
    element: etree.Element
    indent: int = 0  # of what goes on in an item
    mark: str = ""  # of a list: its bullet, or the sign after its numbers
    finish: Callable[["Blocks", "Container"], None] | None = None  # what is done when it is closed
    is_loose: bool = False
    is_empty: bool = True


@dataclass(slots=True)
class Note:
    """A note at the foot of a text: its name as typed, its line, its blocks, and those of text."""

    label: str
    line: int
    element: etree.Element
    leaves: list[etree.Element] = field(default_factory=list)


@dataclass(slots=True)
class Notice:
    """What a line of the text says that is not published as it stands; nothing is if it is an error."""

    line: int
    text: str
    level: str = "warning"


class Blocks:
    """The blocks of a text; what it says besides its elements is kept until the next text."""

    def __init__(self, *, is_comment: bool = False) -> None:
        """Make it for texts, or for comments, which know no HTML, notes, tables and definitions."""
        self.is_comment = is_comment
        self.language = "en"  # of the text, a tag of BCP 47
        self.links: Definitions[tuple[str, str]] = Definitions()  # 4.7, by folded label
        self.abbreviations: Definitions[str] = Definitions()
        self.begin(etree.Element("div"), 0)

    def begin(self, root: etree.Element, length: int) -> None:
        """Begin with a text of a length, whose blocks are to stand in an element."""
        self.open = [Container("document", root)]
        self.leaf: Leaf | None = None
        self.leaves: list[etree.Element] = []  # of text, in the order of the document
        # Items with a box, and whether it is ticked.
        self.tasks: list[tuple[etree.Element, bool]] = []
        self.link_lines: dict[str, int] = {}  # the line of the definition that first has an address
        self.notes: dict[str, Note] = {}
        self.lines: dict[etree.Element, int] = {}  # on which each block begins, from 0
        self.headings: list[etree.Element] = []
        self.notices: list[Notice] = []
        self.missing_cells = 0  # of tables
        self.is_first = True  # what was added last, in its container
        self.blank_from = NEVER  # the containers from which on the last line was blank
        room = measure_room(length)
        self.links.clear(room)
        self.abbreviations.clear(room)

    # Adding blocks

    def make_room(self, matched: int) -> None:
        """Close what is open behind the containers of the line, and a list that no item goes on."""
        self.close_leaf()
        self.close(matched)
        self.close_lists()
        self.fill_container()

    def fill_container(self) -> None:
        """Keep that the innermost container gets a block, and whether a blank line parts it (5.3)."""
        top = self.open[-1]
        self.is_first = top.is_empty
        if not top.is_empty and self.blank_from < len(self.open):
            holder = self.open[-2] if top.kind == "item" else top
            holder.is_loose = True
        top.is_empty = False

    def add_element(self, tag: str, line: int, text: str | None = None) -> etree.Element:
        """Add an element to the innermost container."""
        element = add_child(self.open[-1].element, tag, text)
        self.lines[element] = line
        return element

    def add_leaf(self, element: etree.Element, text: str, line: int) -> None:
        """Set the text of an element, which is still to be parsed."""
        element.text = text
        self.lines[element] = line
        self.leaves.append(element)

    def warn(self, line: int, text: str) -> None:
        """Add a notice that is no error."""
        self.notices.append(Notice(line, text))

    @property
    def has_definitions(self) -> bool:
        """Return whether the text so far defines links, abbreviations or notes: these are no words."""
        return bool(self.links.found or self.abbreviations.found or self.notes)

    # Closing blocks

    def close(self, count: int) -> None:
        """Close the leaf and all containers but the given number of outer ones, from the inside out."""
        if len(self.open) > count:
            self.close_leaf()
        while len(self.open) > count:
            container = self.open.pop()
            if container.finish:
                container.finish(self, container)

    def close_lists(self) -> None:
        """Close lists, which hold nothing but items."""
        while self.open[-1].kind in ("list", "definitions"):
            self.close(len(self.open) - 1)

    def close_leaf(self) -> None:
        """Close the open leaf and add what it has become."""
        leaf, self.leaf = self.leaf, None
        if leaf is not None:
            leaf.finish(self)


def add_child(parent: etree.Element, tag: str, text: str | None = None) -> etree.Element:
    """Add a block to an element; a line end follows it in the HTML."""
    element = etree.SubElement(parent, tag)
    element.text, element.tail = text, "\n"
    return element
