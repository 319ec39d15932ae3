"""Read blocks of HTML, which are kept as they were typed (4.6)."""

import re
from dataclasses import dataclass

from markdown.util import AtomicString

from catalogue.text.blocks.cursor import Cursor, Start
from catalogue.text.blocks.state import Blocks
from catalogue.text.inline_html import CLOSING_TAG, OPENING_TAG
from catalogue.text.tree_tags import RAW_HTML

# What opens six of the seven kinds of HTML blocks, and what ends it: nothing, before a blank line.
# The seventh is a tag that stands alone.
HTML_NAMES = (
    "address article aside base basefont blockquote body caption center col colgroup dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p "
    "param search section summary table tbody td tfoot th thead title tr track ul"
)
HTML_BLOCKS: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    (
        re.compile(r"<(?:script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![a-zA-Z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (
        re.compile(rf"</?(?:{HTML_NAMES.replace(' ', '|')})(?=[ \t]|/?>|$)", re.IGNORECASE),
        None,
    ),
)
NO_HTML = re.compile(r"(?!)")


@dataclass(slots=True, eq=False)
class HtmlBlock:
    """A block of HTML that is open, and what ends it."""

    line: int
    lines: list[str]
    end: re.Pattern[str] | None

    def take(self, blocks: Blocks, cursor: Cursor) -> bool:
        """Add a line, and end with it if it holds the end; return whether it belongs to the block."""
        if self.end is None and cursor.is_blank:
            return False
        self.lines.append(cursor.rest)
        if self.end and self.end.search(cursor.rest):
            blocks.close_leaf()
        return True

    def finish(self, blocks: Blocks) -> None:
        """Add the lines as they are."""
        element = blocks.add_element(RAW_HTML, self.line)
        element.text = AtomicString("\n".join(self.lines))


def start_html(blocks: Blocks, cursor: Cursor) -> Start:
    """Start a block of HTML."""
    found = (end for start, end in HTML_BLOCKS if start.match(cursor.text))
    if (end := next(found, NO_HTML)) is NO_HTML:
        if cursor.is_inside or not is_lone_tag(cursor.text):
            return Start.NOTHING
        end = None
    blocks.make_room(cursor.matched)
    blocks.leaf = HtmlBlock(cursor.number, [cursor.rest], end)
    if end and end.search(cursor.text):
        blocks.close_leaf()
    return Start.LEAF


def is_lone_tag(text: str) -> bool:
    """Return whether a line is one whole tag (the seventh kind)."""
    match = OPENING_TAG.match(text) or CLOSING_TAG.match(text)
    return match is not None and match[0].endswith(">") and not text[match.end() :].strip(" \t")
