"""Parse the text of all blocks: Python-Markdown's step for what stands within lines."""

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from catalogue.text.blocks.state import Blocks
from catalogue.text.embeds import check_embed, make_embed
from catalogue.text.film_frames import replace_parts
from catalogue.text.footnotes import Footnotes
from catalogue.text.inlines import Inlines, Links
from catalogue.text.link_parts import fold_label
from catalogue.text.lone_lines import Caption, make_figures
from catalogue.text.tree_tags import RAW_HTML, TIGHT
from catalogue.text.wiki_links import show_target, write_wiki_address

TABLE_OF_CONTENTS = "toc"  # `[[_TOC_]]`, which foreign_marks.py judges


class InlineStep(Treeprocessor):
    """The step for what stands within lines; it knows what names a text gives to links and notes."""

    def __init__(self, parser: Markdown, blocks: Blocks) -> None:
        """Make it for the blocks that are read of each text."""
        super().__init__(parser)
        self.blocks = blocks
        self.inlines = Inlines(knows_html=not blocks.is_comment, links_bare=not blocks.is_comment)
        self.links: Links = blocks.links
        self.items: set[etree.Element] = set()  # the blocks of lists and notes
        self.footnotes = Footnotes(blocks)
        self.leaf: etree.Element | None = None  # that is being parsed
        self.text = ""
        self.place = 0  # in the text, behind the last reference to no note

    def run(self, root: etree.Element) -> None:
        """Parse the text of each block of a tree, and add its notes."""
        blocks = self.blocks
        self.footnotes = footnotes = Footnotes(blocks)
        self.items = {block for item in root.iter("li") for block in item}
        for leaf in blocks.leaves:
            self.parse_leaf(leaf)
        for note in footnotes.shown:  # which grows while their own text is parsed
            self.items.update(note.leaves)
            for leaf in note.leaves:
                self.parse_leaf(leaf)
        for label, is_done in blocks.tasks:
            add_box(label, is_done)
        footnotes.judge()
        if footnotes.shown:
            root.append(footnotes.make_foot())
        if self.inlines.knows_html:
            replace_parts([*root.iter(RAW_HTML)])

    def parse_leaf(self, leaf: etree.Element) -> None:
        """Parse the text of one block."""
        text = leaf.text or ""
        self.leaf, self.text, self.place = leaf, text, 0
        leaf.text = None
        self.inlines.parse(leaf, text, self)
        # Without one of these there is no link, picture or address in it; most paragraphs are such.
        if self.inlines.knows_html and ("[" in text or "<" in text or "/" in text):
            self.add_figures(leaf)

    def add_figures(self, leaf: etree.Element) -> None:
        """Make figures of what stands alone in a block or on a line of it, and players of its recordings."""
        is_item = leaf.tag == TIGHT or leaf in self.items
        line = self.blocks.lines.get(leaf, 0)
        wrong, figures = make_figures(leaf, is_item=is_item)
        for text in wrong:
            self.blocks.warn(line, text)
        for figure, before, caption in figures:
            if figure is not leaf:
                self.blocks.lines[figure] = line + before
            self.add_caption(figure, caption)

    def add_caption(self, figure: etree.Element, words: Caption) -> None:
        """Put its words below a figure, if there are any."""
        if not any(words):
            return
        caption = etree.SubElement(figure, "figcaption")
        self.blocks.lines[caption] = self.blocks.lines.get(figure, 0)
        if words.typed:
            caption.text = words.typed
            self.parse_leaf(caption)
        if words.typed and words.told:
            etree.SubElement(caption, "br").tail = words.told
        elif words.told:
            caption.text = words.told

    def make_note(self, label: str) -> etree.Element | None:
        """Return the sign of a reference to a note; None, and a notice, if there is no such note."""
        sign = self.footnotes.make_sign(label)
        if sign is None:
            line = self.find_line(f"[^{label}]")
            before, after = self.text[: self.place - 1], self.text[self.place + len(label) + 2 :]
            begins_line = not before.rpartition("\n")[2].strip()
            has_words = re.match(r"[ \t]+\w", after) is not None
            self.footnotes.miss(label, line, begins_words=begins_line and has_words)
        return sign

    def make_wiki_link(self, target: str, words: str) -> etree.Element | None:
        """Return a link to a post by its name, `[[its name]]`, as Obsidian writes it.

        None if it is none: in a comment, if it asks for a table of contents, or if the name is that of a
        link which the text defines, for then it is that link in brackets.
        """
        if not self.inlines.knows_html or fold_label(target) in self.blocks.links:
            return None
        if target.strip(" _").casefold() == TABLE_OF_CONTENTS:
            return None
        link = etree.Element("a", {"href": write_wiki_address(target, has_words=bool(words))})
        link.text = words or show_target(target)
        return link

    def make_embed(self, target: str, words: str) -> etree.Element | None:
        """Return the picture that `![[target|words]]` names; None, and a notice, if it is none."""
        if not self.inlines.knows_html:
            return None
        if wrong := check_embed(target):
            self.blocks.warn(self.find_line(f"![[{target}"), wrong)
            return None
        return make_embed(target, words)

    def find_line(self, typed: str) -> int:
        """Return the line on which something stands next in the block that is being parsed."""
        assert self.leaf is not None
        place = max(self.text.find(typed, self.place), self.place)
        self.place = place + 1
        return self.blocks.lines.get(self.leaf, 0) + self.text.count("\n", 0, place)


def add_box(label: etree.Element, is_done: bool) -> None:
    """Put the box of a task before its words, which name it to those who hear the page."""
    ticked = {"checked": ""} if is_done else {}
    box = etree.Element("input", {"type": "checkbox", "disabled": "", **ticked})
    box.tail = f" {label.text or ''}"
    label.text = None
    label.insert(0, box)
