"""Clean an SVG drawing of what it tells besides what is drawn, and leave all other bytes as they are.

What goes: comments, also those of style sheets; all in `metadata`, and in elements that drawing programs
keep in names of their own (an empty element stays in the place of each, for style sheets count
elements); attributes of these and in such names, as that of the folder where a drawing was saved last;
and of pictures inside what is taken out of others, as which they are judged. `title` and `desc` are told
to readers, and stay.
"""

import base64
import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from catalogue.pictures.clean import CleanPicture
from catalogue.pictures.kinds import find_picture_type
from catalogue.pictures.location import has_place
from catalogue.pictures.pixels import (
    DAMAGED,
    TOO_MANY_PIXELS,
    UNCLEAR,
    InvalidPicture,
    judge_pixels,
)
from catalogue.pictures.svg import PLAIN_SVG, SPACES, SVG

TAG = re.compile(rb"<[^<>\"']+(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
# What must not be taken for a comment of a style sheet stands before it.
STYLE_COMMENT = re.compile(
    r"(\"[^\"\n]*\"|'[^'\n]*'|url\([^)]*\))|/\*.*?(?:\*/|\Z)", re.DOTALL | re.IGNORECASE
)
WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
DATA = re.compile(r"\s*data:image/", re.IGNORECASE)
DECLARATION = re.compile(r"\ufeff?<\?xml[^>]*\?>")

# What is said of a picture inside a drawing, by what is said of one that is a file.
INSIDE = {
    DAMAGED: "The picture inside this drawing is damaged or was cut off. Put it in again from the original.",
    TOO_MANY_PIXELS: (
        "The picture inside this drawing has more than 40 million pixels, too many for a reader's browser. "
        "Save that picture again 2,000 pixels wide, and put it in again."
    ),
    UNCLEAR: (
        "The picture inside this drawing has a part that is not known here, and what it may tell of you "
        "cannot be taken out surely. Save that picture again as JPEG or PNG, and put it in again."
    ),
}
HIDDEN = f"This drawing keeps <{{}}>, which may be drawn, where nothing is drawn. {PLAIN_SVG}"
UNSURE = f"What this drawing may tell of you cannot be taken out surely. {PLAIN_SVG}"


class UncleanDrawing(Exception):
    """Raised for what cannot be taken out surely; its text says what it is, in the author's words."""

    def __init__(self, text: str, line: int) -> None:
        super().__init__(text)
        self.line = line


@dataclass
class Cuts:
    """What is cut out of a drawing while it is read: where it begins and ends, and what comes instead."""

    data: bytes
    parser: expat.XMLParserType
    cuts: list[tuple[int, int, bytes]] = field(default_factory=list)
    notes: list[bytes] = field(default_factory=list)  # what goes
    shows_place: bool = False  # a picture inside does
    depth: int = 0  # in an element that is not drawn
    inside: int = 0  # where the content of that element, or of a style, begins
    style: list[str] | None = None  # the text of the style that is open

    def cut(self, start: int, end: int, instead: bytes = b"") -> None:
        """Cut these bytes out."""
        if self.data[start:end] != instead:
            self.notes.append(self.data[start:end])
            self.cuts.append((start, end, instead))

    def start(self, name: str, attributes: list[str]) -> None:
        """Cut attributes, and see where what is not drawn begins."""
        space, _, tag = name.rpartition(" ")
        if self.depth:
            self.depth += 1
            if space == SVG and "id" in attributes[::2]:  # what is drawn may be a copy of it
                raise UncleanDrawing(HIDDEN.format(tag), self.parser.CurrentLineNumber)
            return
        at = self.parser.CurrentByteIndex
        is_drawn = space == SVG and tag != "metadata"
        end = self.cut_attributes(at, attributes, is_drawn)
        if not is_drawn:
            self.depth, self.inside = 1, end
        elif tag == "style":
            self.style, self.inside = [], end

    def cut_attributes(self, at: int, attributes: list[str], is_drawn: bool) -> int:
        """Cut what is not drawn out of the tag that begins here; return where it ends."""
        found = TAG.match(self.data, at)
        end = found.end() if found else at
        matches = ATTRIBUTE.finditer(self.data, at, end)
        raw = [match for match in matches if match[1].partition(b":")[0] != b"xmlns"]
        for match, name, value in zip(raw, attributes[::2], attributes[1::2], strict=True):
            space, _, own = name.rpartition(" ")
            if space not in SPACES or not (is_drawn or own == "id"):
                self.cut(*match.span())
                continue
            clean = drop_comments(value) if own == "style" else self.clean_address(value)
            if clean != value:
                start, stop = match.span(2)
                self.cut(start + 1, stop - 1, escape(clean).encode("ascii", "xmlcharrefreplace"))
        return end

    def clean_address(self, address: str) -> str:
        """Return an address; if a picture stands in it, with that as it is published."""
        if not DATA.match(address):
            return address
        kind, _, packed = address.partition(",")
        code = b"".join(unquote_to_bytes(packed).split())
        try:
            data = base64.b64decode(code + b"=" * (-len(code) % 4), validate=True)
            clean, *_ = judge_pixels(data, find_picture_type(data))
        except InvalidPicture as wrong:
            raise UncleanDrawing(INSIDE[str(wrong)], self.parser.CurrentLineNumber) from None
        except (ValueError, KeyError):  # no base64, or a picture of another kind
            raise UncleanDrawing(INSIDE[DAMAGED], self.parser.CurrentLineNumber) from None
        self.shows_place |= clean.shows_place
        if clean.data == data:
            return address
        return f"{kind},{base64.b64encode(clean.data).decode()}"

    def end(self, _: str) -> None:
        """Cut what stands in an element that is not drawn, and the comments of a style."""
        at = self.parser.CurrentByteIndex
        if self.depth:
            self.depth -= 1
            if not self.depth and at > self.inside:
                self.cut(self.inside, at)
        elif self.style is not None:
            text = "".join(self.style)
            if (clean := drop_comments(text)) != text:
                instead = escape(clean, quote=False).encode("ascii", "xmlcharrefreplace")
                self.cut(self.inside, at, instead)
            self.style = None

    def add_text(self, text: str) -> None:
        """Collect the text of a style sheet."""
        if self.style is not None:
            self.style.append(text)

    def cut_comment(self, _: str) -> None:
        """Cut a comment."""
        at = self.parser.CurrentByteIndex
        self.cut(at, self.data.index(b"-->", at) + 3)

    def apply(self) -> bytes:
        """Return the drawing without what is cut out of it; a cut inside of another one is done with it."""
        kept, at = [], 0
        for start, end, instead in sorted(self.cuts, key=lambda cut: (cut[0], -cut[1])):
            if start >= at:
                kept += [self.data[at:start], instead]
                at = end
        return b"".join([*kept, self.data[at:]])


def drop_comments(style: str) -> str:
    """Return a style sheet with nothing in its comments; they stay, for they part words as a blank does."""
    return STYLE_COMMENT.sub(lambda match: match[1] or "/**/", style)


def clean_svg(data: bytes) -> CleanPicture:
    """Return a drawing that was judged to be one, as it is published; nothing else in it is changed.

    Raises UncleanDrawing, with its line, for what cannot be taken out surely.
    """
    # In UTF-16 a sign is not a byte, so such a drawing is cut, and published, in UTF-8.
    encoding = WIDE.get(data[:2])
    source = DECLARATION.sub("", data.decode(encoding), count=1).encode() if encoding else data
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = parser.specified_attributes = True
    cuts = Cuts(source, parser)
    parser.StartElementHandler = cuts.start
    parser.EndElementHandler = cuts.end
    parser.CharacterDataHandler = cuts.add_text
    parser.CommentHandler = cuts.cut_comment
    try:
        parser.Parse(source, True)
    except ValueError:  # it is written in a way that its attributes are not found in
        raise UncleanDrawing(UNSURE, parser.CurrentLineNumber) from None
    shows_place = cuts.shows_place or any(map(has_place, cuts.notes))
    return CleanPicture(cuts.apply() if cuts.cuts else data, False, shows_place)
