"""Drop a first heading that says the title again: the page shows the title above the text.

Editors that know no header show the first heading as the title, so authors type both. What differs in
emphasis, marks, capitals or blanks alone is the same.
"""

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from catalogue.folding import fold_name
from catalogue.text.blocks.state import Blocks
from catalogue.text.heading_ids import read_words
from catalogue.text.html_comments import drop_comments
from catalogue.text.open_elements import HEADINGS
from catalogue.text.titles import read_title
from catalogue.text.tree_tags import RAW_HTML

# What may set words off; a heading that holds a link, a picture or a note says more than the title.
EMPHASIS = frozenset("em strong del code".split())
PLAIN_TAG = re.compile(r"</?(?:b|cite|em|i|q|small|strong|u)>")


class RepeatedTitle(Treeprocessor):
    """The step that drops a first heading if it says the title."""

    def __init__(self, parser: Markdown, blocks: Blocks) -> None:
        """Make it for the blocks of each text, which know its headings."""
        super().__init__(parser)
        self.blocks = blocks
        self.title = ""  # of the text, as it is typed

    def run(self, root: etree.Element) -> None:
        """Drop the heading before any heading has its id."""
        if not self.title:
            return
        first = next((block for block in root if not is_hidden(block)), None)
        if first is not None and first.tag in HEADINGS and repeats(first, self.title):
            root.remove(first)
            self.blocks.headings.remove(first)


def is_hidden(block: etree.Element) -> bool:
    """Return whether a block is nothing but comments, which readers do not see."""
    return block.tag == RAW_HTML and not drop_comments(block.text or "").strip()


def repeats(heading: etree.Element, title: str) -> bool:
    """Return whether a heading says a title, and nothing more."""
    words = read_words(heading)
    if not words or len(words) > 2 * len(title) + 20:
        return False
    inside = [*heading.iter()][1:]
    is_plain = all(
        element.tag in EMPHASIS
        or (element.tag == RAW_HTML and PLAIN_TAG.fullmatch(element.text or ""))
        for element in inside
    )
    return is_plain and fold_name(words) in (fold_name(title), fold_name(read_title(title).plain))
