"""Write XML that is well-formed whatever the texts in it: elements are objects until the end.

Names of elements and attributes are as they are written, with their prefixes; the root declares the
namespaces.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

PROLOGUE = b'<?xml version="1.0" encoding="utf-8"?>\n'
# What XML cannot hold (XML 1.0, section 2.2), but for lone surrogates, which have no bytes. None of
# these can be typed (catalogue/text/encoding.py), but Markdown has some for its own use.
CONTROLS = bytes({*range(32)} - {9, 10, 13})
NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())


def make_element(name: str, attributes: dict[str, str] | None = None) -> Element:
    """Return an element that is going to hold others, each on a line of its own."""
    element = Element(name, attributes or {})
    element.text = element.tail = "\n"
    return element


def add_element(
    parent: Element, name: str, text: str = "", attributes: dict[str, str] | None = None
) -> Element:
    """Add an element below what another holds; return it. The attributes are plain texts."""
    element = SubElement(parent, name, attributes or {})
    element.text, element.tail = str(text), "\n"  # a Markup would escape itself once more
    return element


def format_xml(root: Element) -> bytes:
    """Return a whole document in UTF-8, without the characters that XML cannot hold."""
    data = tostring(root, "unicode").encode("utf-8", "ignore").translate(None, CONTROLS)
    for sign in NONCHARACTERS:
        data = data.replace(sign, b"")
    return PROLOGUE + data
