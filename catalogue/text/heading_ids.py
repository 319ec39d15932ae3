"""Set the ids of headings as GitHub does, so that links to them work in both places.

An id is made of the words in small letters, without signs, with hyphens for blanks; words of any
script stay as they are. Of several headings alike, the second has -1 at its end, and so on.
"""

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from catalogue.text.blocks.state import Blocks
from catalogue.text.ids import make_id, make_unique
from catalogue.text.tree_tags import RAW_HTML

AUTHOR_ID = re.compile(r"""<[^<>]*?\s(?:id|name)\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)


class HeadingIds(Treeprocessor):
    """The step that sets the ids of a text's headings."""

    def __init__(self, parser: Markdown, blocks: Blocks) -> None:
        """Make it for the blocks of each text, which know its headings."""
        super().__init__(parser)
        self.blocks = blocks

    def run(self, root: etree.Element) -> None:
        """Set the id of each heading to which the author has given none."""
        headings = self.blocks.headings
        if not headings:
            return
        taken = {name for heading in headings if (name := heading.get("id"))}
        for raw in root.iter(RAW_HTML):
            taken.update(AUTHOR_ID.findall(raw.text or ""))
        counts: dict[str, int] = {}
        for heading in headings:
            if not heading.get("id"):
                heading.set("id", make_unique(make_id(read_words(heading)), taken, counts))


def read_words(element: etree.Element) -> str:
    """Return the words in an element, without the numbers of notes and without tags."""
    if element.tag == RAW_HTML or (element.get("id") or "").startswith("fnref"):
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [read_words(child), child.tail or ""]
    return "".join(parts)
