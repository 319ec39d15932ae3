"""Read the link definitions that a paragraph begins with, `[name]: address "title"` (4.7)."""

import re

from catalogue.problems import shorten
from catalogue.text.blocks.state import Blocks, Notice
from catalogue.text.link_parts import fold_label, scan_destination, scan_label, scan_title

ADDRESS = re.compile(r"[/:#@\\]|\.\w")  # has what an address has, and few words
REMARKS = frozenset(("//", "/", "_", "comment"))  # the names of links that none leads to
BLANKS = re.compile(r"[ \t]*(?:\n[ \t]*)?")
LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")


def take_definitions(blocks: Blocks, text: str, line: int) -> int:
    """Keep the definitions that a text begins with, and return where they end in it.

    `line` is the line of the text's beginning.
    """
    start = 0
    while text.startswith("[", start) and not text.startswith("[^", start):
        found = scan_definition(text, start)
        if not found:
            break
        label, address, title, end = found
        name = f"[{shorten(label)}]"
        blocks.links.add(fold_label(label), (address, title), address + title, name, line)
        blocks.link_lines.setdefault(address, line)
        line += text.count("\n", start, end)
        start = end
    return start


def check_definitions(blocks: Blocks) -> None:
    """Add a notice of words that are taken for an address of no link, and of what is used too often.

    To be called when all text is parsed.
    """
    # Who writes links so may have some left over; of who does not, what stands there would be lost.
    is_known = any(one.uses for one in blocks.links.found.values())
    for unused in blocks.links.list_unused():
        address, _ = unused.value
        is_address = ADDRESS.search(address) is not None
        if not address or is_remark(unused.name, address) or (is_address and is_known):
            continue
        seen = f"{unused.name}: {shorten(address)} says where links to {unused.name} lead, and"
        remedy = f"Write \\{unused.name}: …"
        if is_address:
            remedy = f"Write a link, {unused.name}({shorten(address)}), or delete the line"
        blocks.warn(unused.line, f"{seen} there are none, so readers do not see it. {remedy}")
    for definitions in (blocks.links, blocks.abbreviations):
        if excess := definitions.find_excess():
            blocks.notices.append(Notice(*excess, "error"))


def is_remark(name: str, address: str) -> bool:
    """Return whether a definition is a remark to the author, as `[//]: # (a remark)` is."""
    return address == "#" or name.strip("[]").casefold() in REMARKS


def scan_definition(text: str, start: int) -> tuple[str, str, str, int] | None:
    """Return the label, address and title of the link definition at `start`, and its end.

    None if there is no definition.
    """
    end = scan_label(text, start)
    if end < 0 or not text.startswith(":", end):
        return None
    label = text[start + 1 : end - 1]
    found = scan_destination(text, skip_blanks(text, end + 1))
    if not label.strip() or not found:
        return None
    address, end = found
    line_end = find_line_end(text, end)
    place = skip_blanks(text, end)
    if place > end and (titled := scan_title(text, place)):
        title, title_end = titled
        if (whole := find_line_end(text, title_end)) >= 0:
            return label, address, title, whole
    return (label, address, "", line_end) if line_end >= 0 else None


def skip_blanks(text: str, start: int) -> int:
    """Return where blanks end, among which may be one line end."""
    match = BLANKS.match(text, start)
    assert match
    return match.end()


def find_line_end(text: str, start: int) -> int:
    """Return where the next line begins if only blanks are left in this one; else -1."""
    match = LINE_END.match(text, start)
    return match.end() if match else -1
