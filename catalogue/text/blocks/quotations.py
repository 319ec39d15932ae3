"""Read quotations (5.1), and what is set as a box: GitHub's alerts, Obsidian's callouts, admonitions.

A quotation that begins with `[!NOTE]` in a line is an alert; an admonition is `!!! note "Title"`.
"""

import re
import xml.etree.ElementTree as etree

from catalogue.problems import shorten
from catalogue.text.alert_titles import ALERTS, find_alert_title
from catalogue.text.blocks.cursor import CODE_INDENT, Cursor, Start
from catalogue.text.blocks.state import MOST_OPEN, Blocks, Container
from catalogue.text.tree_tags import TIGHT

ADMONITION = re.compile(r'!!![ \t]?([\w-]+)((?:[ \t]+[\w-]+)*)(?:[ \t]+"(.*)")?[ \t]*')
ALERT = re.compile(r"\[!(\w+)\][+-]?[ \t]*([^\n]*)(?:\n|$)")
KIND = re.compile(r"\[![ \t]*\w[^\[\]\n]{0,40}\][+-]?(?!\()")
# What Obsidian calls its callouts, by the alert of GitHub's that is nearest.
CALLOUTS = {
    **dict.fromkeys("info abstract summary tldr todo example quote cite question".split(), "note"),
    **dict.fromkeys("hint success check done help faq".split(), "tip"),
    **dict.fromkeys("attention failure fail missing".split(), "warning"),
    **dict.fromkeys("danger error bug".split(), "caution"),
}


def start_quote(blocks: Blocks, cursor: Cursor) -> Start:
    """Start a quotation."""
    if len(blocks.open) > MOST_OPEN:
        return Start.NOTHING
    blocks.make_room(cursor.matched)
    element = blocks.add_element("blockquote", cursor.number, "\n")
    blocks.open.append(Container("quote", element, finish=finish_quote))
    take_quote_mark(cursor)
    return Start.CONTAINER


def take_quote_mark(cursor: Cursor) -> None:
    """Take a > and the blank behind it."""
    cursor.take_mark(1)
    if cursor.indent:
        cursor.take_blanks(1)


def finish_quote(blocks: Blocks, quote: Container) -> None:
    """Make a quotation a box if it is an alert."""
    element = quote.element
    first = element[0] if len(element) else None
    if first is None and not (blocks.is_comment or blocks.has_definitions):
        seen = "This quotation has no words"
        blocks.warn(blocks.lines[element], f"{seen}. Write them behind the >, or delete the line.")
    if first is None or first.tag != "p" or not (first.text or "").startswith("[!"):
        return
    match = ALERT.match(first.text or "")
    kind = match[1].lower() if match else ""
    if not match or not find_alert(kind):
        warn_of_kind(blocks, first)
        return
    rest = (first.text or "")[match.end() :]
    line = blocks.lines[first]
    first.text, blocks.lines[first] = rest, line + 1
    if not rest:
        first.tag, first.tail = TIGHT, None  # nothing of it is left
    element.tag = "div"
    make_box(blocks, element, kind, match[2].strip() or None, line)


def warn_of_kind(blocks: Blocks, first: etree.Element) -> None:
    """Warn of a quotation that begins as a box does, of a kind that is none."""
    named = KIND.match(first.text or "")
    if named and not blocks.is_comment:
        kinds = " ".join(f"[!{kind.upper()}]" for kind in ALERTS)
        seen = f"{shorten(named[0])} is no kind of box, so readers see it as it is typed"
        blocks.warn(blocks.lines[first], f"{seen}. Write one of: {kinds}")


def start_admonition(blocks: Blocks, cursor: Cursor) -> Start:
    """Start an admonition, with what is set in below it."""
    match = ADMONITION.fullmatch(cursor.text)
    if not match or len(blocks.open) > MOST_OPEN:
        return Start.NOTHING
    blocks.make_room(cursor.matched)
    element = blocks.add_element("div", cursor.number, "\n")
    make_box(blocks, element, match[1].lower(), match[3], cursor.number)
    blocks.open.append(Container("admonition", element, CODE_INDENT, is_empty=False))
    return Start.LEAF


def make_box(
    blocks: Blocks, element: etree.Element, kind: str, title: str | None, line: int
) -> None:
    """Make an element a box: its class, and a title, which is its kind if none is given."""
    element.set("class", f"admonition {find_alert(kind) or 'note'}")
    if title == "":
        return
    head = etree.Element("p", {"class": "admonition-title"})
    head.tail = "\n"
    element.insert(0, head)
    blocks.add_leaf(head, title or find_alert_title(kind, blocks.language), line)


def find_alert(kind: str) -> str:
    """Return which of the five alerts a kind of box is shown as; empty for none."""
    return kind if kind in ALERTS else CALLOUTS.get(kind, "")
