"""Write a tree of elements as HTML, as the HTML Standard serialises it (13.3), with a map of its lines."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping

from catalogue.text.html_allowlist import VOID_ELEMENTS
from catalogue.text.html_comments import drop_comments
from catalogue.text.line_map import LineMap
from catalogue.text.tree_tags import RAW_HTML, TIGHT

SIGN_OF_TEXT, SIGN_OF_VALUE = (
    re.compile("[&<>\N{NO-BREAK SPACE}]"),
    re.compile('[&<>"\N{NO-BREAK SPACE}]'),
)
# The tags that most elements have.
TAGS = {TIGHT: ("", "")} | {
    name: (f"<{name}>", f"</{name}>")
    for name in "p em strong a li ul code blockquote td tr".split()
}
CODES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\N{NO-BREAK SPACE}": "&nbsp;"}


def write_html(root: etree.Element, lines: Mapping[etree.Element, int]) -> tuple[str, LineMap]:
    """Return what is in an element as HTML, and the lines of its blocks, some of which are given."""
    parts: list[str] = []
    marks: list[tuple[int, int]] = []
    pending: list[etree.Element | str] = [*reversed(root)]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            parts.append(part)
            continue
        if (line := lines.get(part)) is not None:
            marks.append((len(parts), line))
        start, end = write_start(part)
        if (tail := part.tail) == "\n":
            end += tail
        elif tail:
            end += escape(tail)
        parts.append(start)
        if len(part):
            pending.append(end)
            pending.extend(reversed(part))
        else:
            parts.append(end)
    return "".join(parts), LineMap(parts, marks)


def write_start(element: etree.Element) -> tuple[str, str]:
    """Return the opening tag of an element with the text behind it, and its closing tag."""
    tag, text = element.tag, element.text or ""
    if tag == RAW_HTML:
        return drop_comments(text) if "<!" in text or "<?" in text else text, ""
    start, end = TAGS.get(tag) or (f"<{tag}>", "" if tag in VOID_ELEMENTS else f"</{tag}>")
    if attributes := element.items():
        written = (f' {name}="{escape_value(value)}"' for name, value in sorted(attributes))
        start = f"<{tag}{''.join(written)}>"
    return start + escape(text) if text else start, end


def escape(text: str) -> str:
    """Return text as HTML."""
    # To look for one sign after the other is soonest done.
    if "&" in text or "<" in text or ">" in text or "\N{NO-BREAK SPACE}" in text:
        return SIGN_OF_TEXT.sub(lambda match: CODES[match[0]], text)
    return text


def escape_value(value: str) -> str:
    """Return the value of an attribute as it stands between quotation marks."""
    if SIGN_OF_VALUE.search(value):
        return SIGN_OF_VALUE.sub(lambda match: CODES[match[0]], value)
    return value
