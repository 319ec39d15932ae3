"""Read XML that another program wrote, as far as it goes: no entities from outside, no bombs, no hurry."""

import re
from collections.abc import Iterator
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from commands.importers.site import Unreadable

CHUNK = 1 << 16  # bytes read at once
MOST_BYTES = 500_000_000
# What an XML 1.0 text may not have, and exports of old blogs do.
CONTROLS = bytes(range(0x20)).translate(None, b"\t\n\r")
ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE[^>\[]*\[)", re.IGNORECASE)
# An ampersand that is a mistake in XML; in a section that is no markup (2.7) every one stands for itself.
AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)", re.DOTALL
)
# U+0080 to U+009F are control signs that nobody types: Windows-1252 has letters there.
C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}


def mend_letters(text: str) -> str:
    """Return a text with the signs of Windows-1252 that stand as control signs in it."""
    return text.translate(C1)


def mend_ampersand(found: re.Match[bytes]) -> bytes:
    """Return what is to stand for a match of `AMPERSAND`."""
    return b"&amp;" if found[0] == b"&" else found[0]


def read_elements(data: bytes, names: frozenset[str], faults: list[str]) -> Iterator[Element]:
    """Yield the elements of these local names as they end; what cannot be read any more is a fault.

    The children of each are complete. Raises Unreadable for entities, and for what is too large.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    if ENTITY.search(data):
        raise Unreadable(
            "it declares entities, which can stand for anything, and no export needs them"
        )
    data = AMPERSAND.sub(mend_ampersand, data.translate(None, CONTROLS))
    parser: XMLPullParser[Element] = XMLPullParser(["start", "end"])
    stack: list[Element] = []
    try:
        for start in range(0, len(data), CHUNK):
            parser.feed(data[start : start + CHUNK])
            yield from read_events(parser, names, stack)
        parser.close()
        yield from read_events(parser, names, stack)
    except ParseError as error:
        faults.append(f"line {error.position[0]} cannot be read, and nothing below it was")
        yield from read_events(parser, names, stack)


def read_events(
    parser: "XMLPullParser[Element]", names: frozenset[str], stack: list[Element]
) -> Iterator[Element]:
    """Yield the elements that have ended by now, and let go of them."""
    for event, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
        if event == "start":
            stack.append(element)
            continue
        stack.pop()
        if local(element) in names:
            yield element
            if stack:
                stack[-1].remove(element)


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def find_all(element: Element, name: str, space: str = "") -> list[Element]:
    """Return the children of a local name, and of a namespace that has a word in it."""
    return [each for each in element if local(each) == name and space in each.tag]


def find_text(element: Element, name: str, space: str = "") -> str:
    """Return the text of the first such child; empty without one."""
    found = find_all(element, name, space)
    return mend_letters("".join(found[0].itertext())).strip() if found else ""
