"""Read headings (4.2, 4.3), to which the author may give an id, and thematic breaks (4.1)."""

import re

from catalogue.folding import compose
from catalogue.text.blocks.cursor import Cursor, Start
from catalogue.text.blocks.paragraphs import Paragraph
from catalogue.text.blocks.state import Blocks

RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
HEADING_END = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
CONFLICT_LINE = "======="  # of Git, which leftovers.py judges
SENTENCES = re.compile(r"\n|[^.][.,;]$")  # what is longer than a heading, or ends as none does
ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*([^{}\s][^{}]*)\}[ \t]*$")
ID = re.compile(r"#([^\s#.=]+)[ \t]*")


def start_rule(blocks: Blocks, cursor: Cursor) -> Start:
    """Start a thematic break."""
    if not RULE.fullmatch(cursor.text):
        return Start.NOTHING
    blocks.make_room(cursor.matched)
    blocks.add_element("hr", cursor.number)
    return Start.LEAF


def start_heading(blocks: Blocks, cursor: Cursor) -> Start:
    """Start a heading with #."""
    match = HEADING.match(cursor.text)
    if not match:
        return Start.NOTHING
    blocks.make_room(cursor.matched)
    text = cursor.text[match.end() :].rstrip(" \t")
    add_heading(blocks, len(match[1]), text, cursor.number, is_closed=True)
    return Start.LEAF


def start_underline(blocks: Blocks, cursor: Cursor) -> Start:
    """Turn the open paragraph into a heading if the line is its underline."""
    leaf = blocks.leaf
    if not (cursor.is_inside and isinstance(leaf, Paragraph) and UNDERLINE.fullmatch(cursor.text)):
        return Start.NOTHING
    blocks.leaf = None
    text = leaf.take_text(blocks)
    if not text:
        return Start.NOTHING
    if not blocks.is_comment and cursor.text != CONFLICT_LINE and SENTENCES.search(text):
        seen = f"{cursor.text[:3]} makes a heading of the words right above it"
        remedy = "For a rule across the page, put an empty line before it"
        blocks.warn(cursor.number, f"{seen}. {remedy}.")
    add_heading(blocks, 1 if cursor.text[0] == "=" else 2, text, leaf.line)
    return Start.LEAF


def add_heading(
    blocks: Blocks, level: int, text: str, line: int, *, is_closed: bool = False
) -> None:
    """Add a heading, without the id that may stand at its end, and without its closing signs."""
    text, name = take_attributes(blocks, text, line)
    text = HEADING_END.sub("", text) if is_closed else text
    if not name:
        text, name = take_attributes(blocks, text, line)
    if not text.strip():
        seen = "This heading has no words, so it leads nowhere"
        blocks.warn(line, f"{seen}. Write them behind the #, or delete the line.")
    element = blocks.add_element(f"h{level}", line)
    if name:
        element.set("id", compose(name))
    blocks.headings.append(element)
    blocks.add_leaf(element, text, line)


def take_attributes(blocks: Blocks, text: str, line: int) -> tuple[str, str]:
    """Return a heading without the attributes at its end, and the id that they give it."""
    match = ATTRIBUTES.search(text) if text.endswith("}") else None
    if not match or not re.match(r"[#.:\w-]", match[1]):
        return text, ""
    name = ID.match(match[1])
    if name and name.end() == len(match[1]):
        return text[: match.start()], name[1]
    if not re.search(r"^[.#]|=|^-$", match[1]):
        return text, ""
    seen = f"{match[0].strip()} at the end of a heading is not used here"
    blocks.warn(line, f"{seen}. Take it out, or write an id only: {{#its-name}}.")
    return text[: match.start()], name[1] if name else ""
