"""Parse what a block says: emphasis, links, pictures, code, addresses (CommonMark 0.31.2, chapter 6).

The way is phase 2 of CommonMark's appendix "A parsing strategy". A text is read from left to right, from
one special sign to the next, into a list of pieces; brackets and delimiters that wait for their other
half are kept on a stack each. What is struck out (6.5) and bare addresses (6.9) are those of GitHub
Flavored Markdown 0.29. The pieces become elements at the end (inline_elements.py).

What differs on purpose: within a link an address is text, as links are not nested; a footnote in a link
stands behind it; HTML is no part of the description of a picture; an underscore behind a bare address
belongs to it unless it sets emphasis, as names of films may end in one; a straight quotation mark with
a backslash, or as a code, remains a code, so that typography leaves it straight.

Nothing is read more often than a bounded number of times, and nothing calls itself.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from typing import Protocol

from markdown.util import AtomicString

from catalogue.text.bare_addresses import BareAddresses, holds_sign_of_address
from catalogue.text.character_references import (
    PUNCTUATION,
    REFERENCE,
    decode_reference,
    resolve_codes,
)
from catalogue.text.delimiters import Run, match_runs, read_run
from catalogue.text.inline_elements import (
    CLOSING,
    Note,
    Opening,
    Piece,
    build_elements,
    make_address,
    make_raw,
)
from catalogue.text.inline_html import HtmlScanner
from catalogue.text.link_parts import LONGEST_LABEL, fold_label, scan_label, scan_target
from catalogue.text.web_addresses import OLD_DOI

# Quotation marks that the author wants straight: a code is what typography leaves alone.
STRAIGHT_MARKS = {'"': "&#34;", "'": "&#39;"}

SPECIAL_SIGN = re.compile(r"[`*_~\[\]<&\\]")
# Line ends are special where blanks stand before one of them.
SPECIAL_SIGN_OR_LINE = re.compile(r"[`*_~\[\]<&\\\n]")
BLANKS = " \t\n"
INDENT = re.compile(r"\n[ \t]+")
RUN_OF_SIGNS = re.compile(r"\*+|_+|~+|`+")
TICKS = re.compile("`+")

# What is most often typed, at once: it holds no other special sign, and nothing that waits for its other
# half can end in it.
PLAIN_CODE = re.compile("`([^`]++)`(?!`)")
PLAIN_LINK = re.compile(
    r"\[([^\[\]`*_~<&\\\n^][^\[\]`*_~<&\\\n]*+)\]"
    r"\(([^()<>\\\x00-\x20\x7f][^()\\\x00-\x20\x7f]*+)(?: \"([^\"\\\n]*+)\")?\)"
)
PLAIN_EMPHASIS = re.compile(
    r"""(?:(?<=[ \n("“‘])|\A)(\*\*?|__?)(?=[^\W_])([^\[\]`*_~<&\\\n]*+)(?<!\s)\1(?=[ \n.,;:!?)"'”’]|\Z)"""
)
WORDS_AS_LABEL = re.compile(r"(?:[^\[\]\\]++|\\.)*", re.DOTALL)
NOTE = re.compile(r"\[\^([^\[\]]+)\]")
# What looks like the rest of a definition of a link, `: /address "Title"`.
AFTER_LABEL = re.compile(
    r""":[ \t]*+(?=\S*?(?:[/<]|\.\w))\S++(?:[ \t]+["'(][^\n]*)?[ \t]*+(?:\n|\Z)"""
)
WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")

# 6.5; beyond the specification, an old DOI, which has points within.
ADDRESS_IN_POINTS = re.compile(
    rf"<(?:({OLD_DOI}|[a-zA-Z][a-zA-Z0-9.+-]{{1,31}}:[^\x00-\x20\x7f<>]*+)"
    r"|([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]++@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*))>"
)


class Links(Protocol):
    """The links that a text defines."""

    def __len__(self) -> int:
        """Return how many there are."""

    def get(self, label: str, /) -> tuple[str, str] | None:
        """Return where a link leads, and its title, by its label; None if it is not defined."""


class Names(Protocol):
    """What a text defines, by name."""

    # The address and the title of what is defined, by its label as `fold_label` returns it.
    links: Links

    def make_note(self, label: str) -> etree.Element | None:
        """Return the sign of a reference to a footnote, or None if there is no such note."""

    def make_wiki_link(self, target: str, words: str) -> etree.Element | None:
        """Return a link to another file for `[[target|words]]`, or None if it stays as it was typed.

        The words are empty where none were typed.
        """

    def make_embed(self, target: str, words: str) -> etree.Element | None:
        """Return the picture that `![[target|words]]` shows, or None if it stays as it was typed."""


def holds_special_sign(text: str) -> bool:
    """Return whether any special sign is in a text; one after the other they are found soonest."""
    # fmt: off
    return (
        "*" in text or "[" in text or "&" in text or "_" in text or "`" in text
        or "<" in text or "\\" in text or "~" in text or "]" in text
    )
    # fmt: on


class Bracket:
    """A `[` that may begin a link or a picture."""

    __slots__ = ("is_image", "piece", "runs", "start")

    def __init__(self, piece: int, start: int, runs: int, *, is_image: bool) -> None:
        self.piece = piece  # its place among the pieces
        self.start = start  # where the words begin
        self.runs = runs  # how many delimiters stand before it
        self.is_image = is_image


class Inlines:
    """A parser of what blocks say; it keeps nothing of a text."""

    def __init__(self, *, knows_html: bool = True, links_bare: bool = True) -> None:
        """Without HTML a tag is text; bare addresses are links if `links_bare`."""
        self.knows_html = knows_html
        self.links_bare = links_bare

    def parse(self, parent: etree.Element, text: str, names: Names) -> None:
        """Fill an empty element with what a text says: its text, its children, and theirs.

        Blanks around the text and at the beginning of its lines are dropped.
        """
        text = text.strip(BLANKS)
        special = SPECIAL_SIGN
        if "\n" in text:
            if "\n " in text or "\n\t" in text:
                text = INDENT.sub("\n", text)
            if " \n" in text or "\t\n" in text:
                special = SPECIAL_SIGN_OR_LINE
        addresses = BareAddresses(text) if self.links_bare and holds_sign_of_address(text) else None
        if addresses or holds_special_sign(text) or special is SPECIAL_SIGN_OR_LINE:
            reading = Reading(text, names, addresses, knows_html=self.knows_html)
            reading.read(special)
            build_elements(parent, reading.pieces)
        else:
            parent.text = text


class Reading:
    """One text that is read into pieces."""

    def __init__(
        self, text: str, names: Names, addresses: BareAddresses | None, *, knows_html: bool
    ) -> None:
        self.text, self.names, self.addresses = text, names, addresses
        self.html = HtmlScanner(text) if knows_html else None
        self.pieces: list[Piece] = []
        self.read_to = 0  # where the words before the present sign begin
        self.runs: list[Run] = []
        self.bare: list[int] = []  # the places of bare addresses among the pieces
        self.brackets: list[Bracket] = []
        self.images = 0  # how many of the brackets may begin a picture
        # So many of the brackets stand before a link: links are not nested, so they begin none.
        self.before_links = 0
        # Where runs of back-ticks begin, by their length, the last first; filled when first needed.
        self.ticks: dict[int, list[int]] | None = None

    def read(self, special: re.Pattern[str]) -> None:
        """Read the text from one special sign, as the expression has it, to the next."""
        text, pieces, search = self.text, self.pieces, special.search
        handlers = HANDLERS
        addresses, length = self.addresses, len(text)
        address = addresses.find(0) if addresses else length
        position, start = 0, -1
        while True:
            if start < position:
                found = search(text, position)
                start = found.start() if found else length
            if addresses and address < position:
                address = addresses.find(position)
            if address <= start and address < length:
                position = self.read_address(position, address)
                continue
            if position < start:
                pieces.append(text[position:start])
            if start == length:
                break
            self.read_to = position
            position = handlers[text[start]](self, start)
        match_runs(self.runs)
        for place in self.bare:
            extend_address(*pieces[place : place + 2])

    def read_address(self, position: int, start: int) -> int:
        """Read a bare address, with the words before it from a position on (GFM 6.9)."""
        assert self.addresses
        end, address, words = self.addresses.read(start, in_brackets=bool(self.brackets))
        self.pieces.append(self.text[position:start])
        is_text = self.html and self.html.verbatim
        self.bare.append(len(self.pieces))
        self.pieces.append(words if is_text else make_address(address, words))
        return end

    def read_escape(self, start: int) -> int:
        """Read a backslash: the sign after it is a plain one (2.4), a line end breaks the line (6.7)."""
        sign = self.text[start + 1 : start + 2]
        if sign in STRAIGHT_MARKS:
            self.pieces.append(make_raw(STRAIGHT_MARKS[sign]))
        elif sign == "\n":
            self.pieces += (etree.Element("br"), "\n")
        elif sign in PUNCTUATION:
            self.pieces.append(sign)
        else:
            self.pieces.append("\\")
            return start + 1
        return start + 2

    def read_line_end(self, start: int) -> int:
        """Read the end of a line with blanks before: two of them break the line (6.7, 6.8)."""
        words = self.text[self.read_to : start]
        if words:
            self.pieces[-1] = words.rstrip(" \t")
        if words.endswith("  "):
            self.pieces.append(etree.Element("br"))
        self.pieces.append("\n")
        return start + 1

    def read_reference(self, start: int) -> int:
        """Read a sign that is written as a code (2.5).

        What can't be seen remains a code, which is judged later; so does a straight quotation mark.
        """
        found = REFERENCE.match(self.text, start)
        if not found:
            self.pieces.append("&")
            return start + 1
        characters = decode_reference(*found.groups())
        if characters in STRAIGHT_MARKS:
            self.pieces.append(make_raw(STRAIGHT_MARKS[characters]))
        elif characters is None and found[3] is None:
            self.pieces.append(make_raw(found[0]))
        else:
            self.pieces.append(characters or found[0])
        return found.end()

    def read_code(self, start: int) -> int:
        """Read a span of code, or the back-ticks that begin none (6.1)."""
        plain = PLAIN_CODE.match(self.text, start)
        if plain:
            content, end = plain[1], plain.end()
        else:
            run = RUN_OF_SIGNS.match(self.text, start)
            assert run
            closing = self.find_ticks(len(run[0]), run.end())
            if closing < 0:
                self.pieces.append(run[0])
                return run.end()
            content, end = self.text[run.end() : closing], closing + len(run[0])
        # A line end in it stays, which readers see as a blank, so that lines can be counted.
        if content[0] in " \n" and content[-1] in " \n" and content.strip(" \n"):
            content = content[1:-1]
        element = etree.Element("code")
        element.text = AtomicString(content)
        self.pieces.append(element)
        return end

    def find_ticks(self, length: int, position: int) -> int:
        """Return where the next run of so many back-ticks begins, from a position on, or -1."""
        if self.ticks is None:
            self.ticks = {}
            for run in reversed([*TICKS.finditer(self.text, position)]):
                self.ticks.setdefault(len(run[0]), []).append(run.start())
        places = self.ticks.get(length, [])
        while places and places[-1] < position:
            places.pop()
        return places[-1] if places else -1

    def read_delimiters(self, start: int) -> int:
        """Read a run of signs that may set emphasis or strike out (6.2, GFM 6.5)."""
        plain = PLAIN_EMPHASIS.match(self.text, start)
        if plain and not (self.addresses and self.addresses.find(start) < plain.end()):
            element = etree.Element("em" if len(plain[1]) == 1 else "strong")
            element.text = plain[2]
            self.pieces.append(element)
            return plain.end()
        found = RUN_OF_SIGNS.match(self.text, start)
        assert found
        run = read_run(self.text, start, found.end())
        if run:
            self.runs.append(run)
        self.pieces.append(run or found[0])
        return found.end()

    def open_bracket(self, start: int) -> int:
        """Read a `[`, which may begin a note, a link or a picture, with a `!` before it (6.3, 6.4)."""
        text = self.text
        is_image = start > self.read_to and text[start - 1] == "!"
        following = text[start + 1 : start + 2]
        end = -1
        if following == "^":
            end = self.read_note(start, is_image=is_image)
        elif following == "[":
            end = self.read_wiki_link(start, is_image=is_image)
        elif not is_image:
            end = self.read_plain_link(start)
        if end >= 0:
            return end
        if is_image:
            self.images += 1
            self.pieces[-1] = text[self.read_to : start - 1]
        bracket = Bracket(len(self.pieces), start + 1, len(self.runs), is_image=is_image)
        self.brackets.append(bracket)
        self.pieces.append("![" if is_image else "[")
        return start + 1

    def read_note(self, start: int, *, is_image: bool) -> int:
        """Read a reference to a footnote; return -1 if there is none, or it is the text of a picture."""
        found = NOTE.match(self.text, start)
        if not found or self.images:
            return -1
        if is_image and self.text[found.end() : found.end() + 1] in ("(", "["):
            return -1
        element = self.names.make_note(found[1])
        if element is None:
            return -1
        if self.pieces and isinstance(self.pieces[-1], Note):
            element.text = ","  # else two numbers side by side are one
        self.pieces.append(Note(element))
        return found.end()

    def read_wiki_link(self, start: int, *, is_image: bool) -> int:
        """Read a link to another file, or a picture, by its name; return -1 if there is none."""
        found = WIKI_LINK.match(self.text, start)
        if not found or not found[1].strip() or self.is_plain_markdown(start, found.end()):
            return -1
        words = (found[2] or "").strip()
        make = self.names.make_embed if is_image else self.names.make_wiki_link
        element = make(found[1], words)
        if element is None:
            return -1
        if is_image:
            self.pieces[-1] = self.text[self.read_to : start - 1]
        else:
            self.before_links = len(self.brackets)
        self.pieces.append(element)
        return found.end()

    def is_plain_markdown(self, start: int, end: int) -> bool:
        """Return whether two pairs of brackets are something else than a link by name (6.3, 4.7)."""
        text = self.text
        following = text[end : end + 1]
        if following == "(":
            return scan_target(text, end + 1) is not None
        if following == "[":
            label_end = scan_label(text, end)
            label = fold_label(text[end + 1 : label_end - 1]) if label_end >= 0 else ""
            return bool(label) and self.names.links.get(label) is not None
        before = text[start - 1 : start] if start else "\n"
        if following == ":":
            return before == "\n" and AFTER_LABEL.match(text, end) is not None
        return following == "]" and before == "["

    def read_plain_link(self, start: int) -> int:
        """Read a link with plain words and a plain address; return -1 if there is none."""
        found = PLAIN_LINK.match(self.text, start)
        if not found:
            return -1
        words, address, title = found.groups()
        element = etree.Element("a", {"href": resolve_codes(address)})
        if title:
            element.set("title", resolve_codes(title))
        element.text = words
        self.pieces.append(element)
        self.before_links = len(self.brackets)
        return found.end()

    def close_bracket(self, start: int) -> int:
        """Read a `]`, which ends the words of a link or of a picture if its target follows (6.3)."""
        bracket = self.brackets.pop() if self.brackets else None
        number = len(self.brackets)
        self.images -= bool(bracket and bracket.is_image)
        is_dead = number < self.before_links
        self.before_links = min(self.before_links, number)
        target = None
        if bracket and (bracket.is_image or not is_dead):
            target = self.read_target(bracket, start)
        if not (bracket and target):
            self.pieces.append("]")
            return start + 1
        address, title, end = target
        tag = "img" if bracket.is_image else "a"
        self.pieces[bracket.piece] = Opening(tag, address, title)
        self.pieces.append(CLOSING)
        match_runs(self.runs[bracket.runs :])
        del self.runs[bracket.runs :]
        if not bracket.is_image:
            self.before_links = number
        return end

    def read_target(self, bracket: Bracket, start: int) -> tuple[str, str | None, int] | None:
        """Return where the words of a link that end at a place lead, its title, and its end."""
        text, end = self.text, start + 1
        following = text[end : end + 1]
        if following == "(":
            target = scan_target(text, end + 1)
            if target:
                return target
        if not self.names.links:
            return None
        label_end = scan_label(text, end) if following == "[" else -1
        if label_end >= 0:
            label = text[end + 1 : label_end - 1]
        else:
            label_end = end + 2 if text.startswith("[]", end) else end
            words = WORDS_AS_LABEL.match(text, bracket.start, start)
            if start - bracket.start > LONGEST_LABEL or not words or words.end() != start:
                return None
            label = words[0]
        link = self.names.links.get(fold_label(label))
        return (link[0], link[1] or None, label_end) if link else None

    def read_pointed(self, start: int) -> int:
        """Read a `<`, which may begin an address (6.5) or HTML (6.6)."""
        found = ADDRESS_IN_POINTS.match(self.text, start)
        if found:
            address, mail = found.groups()
            self.pieces.append(make_address(address or f"mailto:{mail}", address or mail))
            return found.end()
        end = self.html.find_end(start) if self.html else -1
        if end < 0:
            self.pieces.append("<")
            return start + 1
        self.pieces.append(make_raw(self.text[start:end]))
        return end


def extend_address(link: Piece, behind: Piece = "") -> None:
    """Put the underscores behind a bare address that set no emphasis at its end."""
    if not (isinstance(link, etree.Element) and isinstance(behind, Run)):
        return
    if behind.sign == "_" and not (behind.closing or behind.opening):
        rest = behind.sign * behind.left
        link.set("href", f"{link.get('href')}{rest}")
        link.text = AtomicString(f"{link.text}{rest}")
        behind.left = 0


HANDLERS: dict[str, Callable[[Reading, int], int]] = {
    "`": Reading.read_code,
    "*": Reading.read_delimiters,
    "_": Reading.read_delimiters,
    "~": Reading.read_delimiters,
    "[": Reading.open_bracket,
    "]": Reading.close_bracket,
    "<": Reading.read_pointed,
    "&": Reading.read_reference,
    "\\": Reading.read_escape,
    "\n": Reading.read_line_end,
}
