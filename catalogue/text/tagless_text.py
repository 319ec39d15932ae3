"""Take the tags of HTML out of its text, so that typography sees whole sentences, and put them back."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from catalogue.text.quotation_marks import BREAK, FIRST, LAST, STAND_IN, Edit

TAGS_CACHED = 20_000
PLACE = itemgetter(0)

# Values stand in double quotation marks, as every serialiser writes them; a < or > may be in one.
TAG = re.compile(r'(</?[a-zA-Z][^<>"]*+(?:"[^"]*+"[^<>"]*+)*>)')
TAG_NAME = re.compile("</?([a-zA-Z0-9]+)")
LINK = re.compile(r'<a [^"]*(?:"[^"]*"[^"]*?)*?\bhref="([^"]*)"')
SCHEME = re.compile("(?:https?://|mailto:|ftp://)", re.IGNORECASE)
NO_TEXT = frozenset("code pre kbd samp tt script style math".split())
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite del dfn em font i ins label mark q rb rp rt ruby s small span strike "
    "strong sub sup time u var wbr".split()
)
# Where a mark may hang, and where words are tied; Typogrify has headings among both.
HANGING = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd".split())
TIED = frozenset("p li dt dd".split())
OWN_TAG = re.compile(r'<span class="(?:amp|caps|dquo|quo)">')


class Kind(NamedTuple):
    """What a tag is to the text around it."""

    sign: str = ""  # what stands for it in the text; nothing for a tag within a line
    is_start: bool = False  # a block begins or ends
    closer: str = ""  # up to which tag nothing is text
    addresses: Sequence[str] = ()  # what the text of a link is, if it is the link's own address
    is_set: bool = False  # the text in it has been set


PLAIN = Kind()


@lru_cache(maxsize=TAGS_CACHED)
def classify(tag: str) -> Kind:
    """Return what a tag is to the text around it."""
    match = TAG_NAME.match(tag)
    name = match[1].lower() if match else ""
    is_closing = tag.startswith("</")
    if name in NO_TEXT:
        return PLAIN if is_closing else Kind(STAND_IN, closer=f"</{name}>")
    if name == "a" and (link := LINK.match(tag)):
        address = link[1].rstrip("/")
        shown = address.replace("%3C", "&lt;").replace("%3E", "&gt;")  # as in an old DOI
        forms = (address, shown, *(SCHEME.sub("", form, count=1) for form in (address, shown)))
        return Kind(addresses=(*forms, *(f"{form}/" for form in forms)))
    if name in INLINE:
        return Kind(is_set=True) if OWN_TAG.fullmatch(tag) else PLAIN
    if name in ("br", "img", "input"):
        return Kind("\n" if name == "br" else STAND_IN)
    if name in HANGING and not is_closing:
        return Kind(FIRST, is_start=True)
    return Kind(LAST if name in TIED and is_closing else BREAK, is_start=True)


@dataclass
class TaglessText:
    """The text of a piece of HTML, and where its tags stood."""

    text: str = ""
    tags: list[Edit] = field(default_factory=list)  # what stands where, to write the HTML again
    blocks: list[int] = field(default_factory=list)  # where blocks begin
    ends: list[tuple[int, int]] = field(default_factory=list)  # those in which words are tied
    set: frozenset[int] = frozenset()  # the places that have been set before

    @cached_property
    def places(self) -> list[int]:
        """Return the place of each tag."""
        return [tag[0] for tag in self.tags]


def take_tags_out(source: str) -> TaglessText:
    """Return the text of a piece of HTML without its tags."""
    pieces = TAG.split(source)  # text, tag, text ... text
    if "&quot;" in source:
        pieces[::2] = [text.replace("&quot;", '"') for text in pieces[::2]]
    parts = [pieces[0]]
    found = TaglessText()
    place, block, number = len(pieces[0]), 0, 1
    while number < len(pieces):
        tag = pieces[number]
        kind = classify(tag)
        sign = ""
        if kind is not PLAIN:
            sign, is_start, closer, addresses, is_set = kind
            if closer or addresses:
                sign, end = read_element(pieces, number, kind)
                tag, number = "".join(pieces[number : end + 1]), end
            elif is_start:
                if sign == LAST:
                    found.ends.append((block, place))
                block = place + 1
                found.blocks.append(block)
            elif is_set:
                found.set |= {place}
            parts.append(sign)
        text = pieces[number + 1]
        parts.append(text)
        after = place + len(sign)
        found.tags.append((place, after, tag))
        place = after + len(text)
        number += 2
    found.ends.append((block, place))
    found.text = "".join(parts)
    return found


def read_element(pieces: list[str], number: int, kind: Kind) -> tuple[str, int]:
    """Return what stands for a tag in the text, and the number of the last tag that this stands for."""
    if kind.closer:
        try:
            return kind.sign, pieces.index(kind.closer, number)
        except ValueError:
            pieces += ["", ""]  # nothing ends it, so all that follows is in it
            return kind.sign, len(pieces) - 2
    is_address = pieces[number + 1] in kind.addresses
    if is_address and pieces[number + 2 : number + 3] == ["</a>"]:
        return STAND_IN, number + 2
    return "", number


def write_edits(text: str, tagless: TaglessText, edits: Sequence[Edit]) -> str:
    """Return a text with the tags that it had, and with the edits but for those that go over a tag.

    Of two edits that overlap the first is written.
    """
    places = tagless.places
    kept = [edit for edit in edits if edit[1] - edit[0] < 2 or not is_crossed(places, *edit[:2])]
    parts: list[str] = []
    done = 0
    in_order = sorted([*tagless.tags, *kept], key=PLACE)  # at one place the tags come first
    for start, end, sign in in_order:
        if start >= done:
            parts += text[done:start], sign
            done = end
    return "".join([*parts, text[done:]])


def is_crossed(places: Sequence[int], start: int, end: int) -> bool:
    """Return whether one of some places, which are sorted, lies within a stretch of text."""
    index = bisect_right(places, start)
    return index < len(places) and places[index] < end
