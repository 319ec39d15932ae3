"""Build a Markdown parser: Python-Markdown, with steps of our own for what GitHub reads otherwise."""

import xml.etree.ElementTree as etree
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

    from catalogue.text.blocks.reader import BlockReader
    from catalogue.text.line_map import LineMap
    from catalogue.text.repeated_title import RepeatedTitle

# Python-Markdown is loaded when there is something to read: a run with nothing changed has nothing.


class MarkdownParser:
    """A parser, which is costly to build; what a text says is kept until the next one."""

    def __init__(self, *, is_comment: bool = False) -> None:
        """Build it for texts, or for comments: these know no HTML, no notes and no tables."""
        from catalogue.text.block_directions import BlockDirections
        from catalogue.text.blocks.reader import BlockReader

        self.library = make_library()
        self.library.parser = reader = BlockReader(self.library, is_comment=is_comment)
        self.blocks = reader.blocks
        self.repeated_title = add_steps(self.library, reader)
        self.directions = BlockDirections(self.library, is_comment=is_comment)
        self.library.treeprocessors.register(self.directions, "directions", 3)
        self.is_comment = is_comment
        self.library.serializer = self.write
        self.title = ""  # of the next text, as it is typed
        self.language = "en"  # of the next text, a tag of BCP 47
        self.typed: list[str] = []  # the lines of the text
        self.source = ""
        self.lines: LineMap | None = None
        self.notices = self.blocks.notices

    def convert(self, text: str) -> str:
        """Return the HTML of a text, without its hidden comments."""
        self.typed = text.split("\n")
        self.source, self.lines, self.notices = "", None, []
        self.blocks.language, self.repeated_title.title = self.language, self.title
        if not self.is_comment:  # which is shown in the direction of its first letter
            self.directions.set_direction(self.title, self.language)
        self.library.convert(text)
        return self.source.rstrip()  # the library's own is cut at its beginning too

    def find_line(self, place: int) -> int:
        """Return the line, from 0, of the text converted last that a place of its HTML came from."""
        return self.lines.find(place) if self.lines else 0

    def find_address(self, address: str, place: int) -> int:
        """Return the line, from 0, in which the address of the link at a place of the HTML stands."""
        line, defined = self.find_line(place), self.blocks.link_lines.get(address)
        return line if defined is None or address in self.typed[line] else defined

    def write(self, root: etree.Element) -> str:
        """Return the HTML of a tree of elements; keep where its lines came from."""
        from catalogue.text.blocks.link_definitions import check_definitions
        from catalogue.text.html_writer import write_html

        self.source, self.lines = write_html(root, self.blocks.lines)
        check_definitions(self.blocks)
        self.notices = self.blocks.notices
        return self.source


def make_library() -> "Markdown":
    """Return the library's parser without its rules for text and HTML."""
    from markdown import Markdown
    from markdown.util import Registry

    library = Markdown(output_format="html")
    library.stripTopLevelTags = False
    library.preprocessors = Registry()
    library.postprocessors = Registry()
    library.treeprocessors = Registry()
    return library


def add_steps(library: "Markdown", reader: "BlockReader") -> "RepeatedTitle":
    """Register what is done with the blocks that are read of a text, in the order of the library's own steps.

    Return the step that has to know the title of each text.
    """
    from catalogue.text.abbreviations import Abbreviations
    from catalogue.text.heading_ids import HeadingIds
    from catalogue.text.inline_step import InlineStep
    from catalogue.text.repeated_title import RepeatedTitle

    blocks = reader.blocks
    repeated_title = RepeatedTitle(library, blocks)
    library.treeprocessors.register(InlineStep(library, blocks), "inline", 20)
    if not blocks.is_comment:
        library.treeprocessors.register(repeated_title, "title", 10)
        short_forms = Abbreviations(library, blocks.abbreviations)
        library.treeprocessors.register(short_forms, "abbr", 7)
        library.treeprocessors.register(HeadingIds(library, blocks), "toc", 5)
    return repeated_title


def make_text_parser() -> MarkdownParser:
    """Return a parser for posts, pages and topic records."""
    return MarkdownParser()


def make_comment_parser() -> MarkdownParser:
    """Return a parser that knows no HTML: a tag is shown as it was typed."""
    return MarkdownParser(is_comment=True)
