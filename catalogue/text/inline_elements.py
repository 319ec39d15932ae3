"""Build the elements of a text from the flat list of pieces that it was read into.

It is done in one go, and nothing calls itself. Emphasis stands at most DEEPEST deep in other elements:
signs of it further inside stay as they were typed.
"""

import html
import re
import xml.etree.ElementTree as etree

from markdown.util import AtomicString

from catalogue.text.delimiters import STRIKE, Run
from catalogue.text.tree_tags import RAW_HTML

DEEPEST = 100
OBSIDIAN_WIDTH = re.compile(r"\|([0-9]{1,4})(?:x[0-9]{1,4})?\Z")  # of a picture, behind its words


class Opening:
    """The beginning of an element among the pieces of a text; of a picture, with what it shows."""

    __slots__ = ("attributes", "tag")

    def __init__(self, tag: str, address: str, title: str | None) -> None:
        self.tag = tag
        self.attributes = {"src" if tag == "img" else "href": address}
        if title:
            self.attributes["title"] = title


class Closing:
    """The end of the last opening that is not ended."""


class Note:
    """The sign of a footnote, which stands behind a link if it was typed in one."""

    __slots__ = ("element",)

    def __init__(self, element: etree.Element) -> None:
        self.element = element


Piece = str | etree.Element | Run | Opening | Closing | Note
CLOSING = Closing()


def make_address(address: str, words: str) -> etree.Element:
    """Return a link whose words are its address, with which typography has nothing to do."""
    element = etree.Element("a", {"href": address})
    element.text = AtomicString(words)
    return element


def make_raw(source: str) -> etree.Element:
    """Return an element that holds HTML."""
    element = etree.Element(RAW_HTML)
    element.text = AtomicString(source)
    return element


def build_elements(parent: etree.Element, pieces: list[Piece]) -> None:
    """Fill an empty element with what pieces of a text make."""
    builder = Builder(parent)
    for piece in pieces:
        if isinstance(piece, str):
            builder.words.append(piece)
        elif isinstance(piece, etree.Element):
            builder.add_element(piece)
        elif isinstance(piece, Run):
            builder.add_run(piece)
        elif isinstance(piece, Opening):
            builder.open(piece)
        elif isinstance(piece, Closing):
            builder.close()
        else:
            builder.add_note(piece.element)
    builder.put_words()


class Builder:
    """A builder of the elements below one that is empty at first."""

    def __init__(self, parent: etree.Element) -> None:
        self.parent = parent  # the element that is open
        self.last: etree.Element | None = None  # the last one in it
        self.words: list[str] = []  # what is to follow that
        self.outer: list[etree.Element | None] = []  # None: what was too deep to be opened
        self.depth = 0
        self.is_linked = False
        self.notes: list[etree.Element] = []  # which are to follow the link that is open
        self.image: Opening | None = None  # the picture whose description is read
        self.nested = 0  # how many links and pictures are open in the description

    def put_words(self) -> None:
        """Put the words that were read where they stand."""
        if self.words:
            text = "".join(self.words)
            if self.last is None:
                self.parent.text = text
            else:
                self.last.tail = text
            self.words = []

    def add_element(self, element: etree.Element) -> None:
        """Add a complete element; an address within a link is text, and within a description all is."""
        if self.image:
            self.words.append(read_plain_text(element))
        elif self.is_linked and element.tag == "a":
            self.words.append(element.text or "")
        else:
            self.put_words()
            self.parent.append(element)
            self.last = element

    def add_note(self, element: etree.Element) -> None:
        """Add the sign of a note; it is a link itself, so in one it waits for the end of that."""
        if self.is_linked:
            self.notes.append(element)
        else:
            self.add_element(element)

    def add_run(self, run: Run) -> None:
        """Close and open what a run of signs closes and opens."""
        if not self.image:
            for size in run.closing:
                self.end(run.sign * size)
        self.words.append(run.sign * run.left)
        if not self.image:
            for size in reversed(run.opening):
                signs = run.sign * size
                self.start("del" if run.sign == STRIKE else "em" if size == 1 else "strong", signs)

    def start(self, tag: str, signs: str, attributes: dict[str, str] | None = None) -> None:
        """Open an element, or leave its signs as they were typed if it is too deep."""
        if self.depth >= DEEPEST and signs:
            self.outer.append(None)
            self.words.append(signs)
            return
        self.put_words()
        self.outer.append(self.parent)
        self.parent = etree.SubElement(self.parent, tag, attributes or {})
        self.last = None
        self.depth += 1

    def end(self, signs: str) -> None:
        """Close the element that was opened last."""
        outer = self.outer.pop()
        if outer is None:
            self.words.append(signs)
            return
        self.put_words()
        self.last, self.parent = self.parent, outer
        self.depth -= 1

    def open(self, opening: Opening) -> None:
        """Begin a link, or a picture, whose content is its description."""
        if self.image:
            self.nested += 1
        elif opening.tag == "img":
            self.put_words()
            self.image = opening
        else:
            self.start("a", "", opening.attributes)
            self.is_linked = True

    def close(self) -> None:
        """End the link or the picture that was begun last."""
        if self.image and self.nested:
            self.nested -= 1
        elif self.image:
            text = "".join(self.words).replace("\n", " ")
            width = OBSIDIAN_WIDTH.search(text)
            own = {"width": width[1]} if width else {}
            shown = text[: width.start()] if width else text
            element = etree.Element("img", {**self.image.attributes, "alt": shown, **own})
            self.words, self.image = [], None
            self.add_element(element)
        else:
            self.end("")
            self.is_linked = False
            for note in self.notes:
                self.add_element(note)
            self.notes = []


def read_plain_text(element: etree.Element) -> str:
    """Return the words of an element as a description of a picture has them: no HTML."""
    if element.tag == RAW_HTML:
        source = element.text or ""
        return html.unescape(source) if source.startswith("&") else ""
    return "".join(element.itertext())
