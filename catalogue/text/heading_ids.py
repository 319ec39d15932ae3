"""Make the ids of headings: none is one of the page's own, or one that the author has given."""

import re
import xml.etree.ElementTree as etree
from unicodedata import normalize

from markdown import Markdown
from markdown.extensions.toc import TocExtension, slugify, unique
from markdown.treeprocessors import Treeprocessor

from catalogue.text.html_allowlist import PAGE_IDS

AUTHOR_ID = re.compile(r"""<[^<>]*?\s(?:id|name)\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)
PIECE = 500  # characters of a heading whose marks are sorted together


class HeadingIds(TocExtension):
    """The library's extension, with ids of our own and without a table of contents."""

    def __init__(self) -> None:
        """Configure that no sign in a text stands for a table of contents."""
        super().__init__(marker="")

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the step that knows the author's ids before the one that asks for new ones."""
        known = AuthorIds(md)
        md.treeprocessors.register(known, "author_ids", 6)
        self.setConfig("slugify", known.format_id)
        super().extendMarkdown(md)


class AuthorIds(Treeprocessor):
    """The ids of a text that are taken: by the author, as in `<a name="x">`, or by a heading."""

    taken: set[str] | None = None

    def run(self, root: etree.Element) -> None:  # noqa: ARG002 - the library's signature
        """Remove what the text before has left."""
        self.taken = None

    def format_id(self, words: str, separator: str) -> str:
        """Return the id of a heading, made of its words."""
        if self.taken is None:
            blocks = map(str, self.md.htmlStash.rawHtmlBlocks)
            self.taken = {name for block in blocks for name in AUTHOR_ID.findall(block)}
        return unique(format_id(words, separator), self.taken)


def format_id(words: str, separator: str) -> str:
    """Return an id made of words; one that the page itself has is changed."""
    # The same piece by piece: to sort all marks on one letter takes their number times itself.
    if not words.isascii():
        pieces = (words[start : start + PIECE] for start in range(0, len(words), PIECE))
        plain = "".join(normalize("NFKD", piece) for piece in pieces)
        words = plain.encode("ascii", "ignore").decode()
    name = slugify(words, separator)
    return f"my{separator}{name}" if PAGE_IDS.fullmatch(name) else name
