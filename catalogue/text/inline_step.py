"""Parse the text of all blocks, and add the notes that it refers to at its foot.

It is Python-Markdown's step for what stands within lines. Notes are numbered in the order in which
the text refers to them, those that notes refer to last; one that nothing refers to is not shown.
"""

import posixpath
import re
import xml.etree.ElementTree as etree
from collections import Counter

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from catalogue.folder.layout import IMAGE_ENDINGS, PLAYED_ENDINGS
from catalogue.problems import shorten
from catalogue.text.blocks.state import Blocks, Note, Notice
from catalogue.text.film_frames import replace_parts
from catalogue.text.ids import format_note_id, format_sign_id
from catalogue.text.inlines import Inlines, Links, fold_label
from catalogue.text.lone_lines import Caption, make_figures
from catalogue.text.tree_tags import RAW_HTML, TIGHT
from catalogue.text.wiki_links import show_target, write_wiki_address

OBSIDIAN_SIZE = re.compile(r"([0-9]{1,4})(?:x[0-9]{1,4})?")  # which stands where the words would
TABLE_OF_CONTENTS = "toc"  # `[[_TOC_]]`, which foreign_marks.py judges
BACK, BACK_TITLE = "↩", "Jump back to footnote {} in the text"
MOST_WAYS_BACK = 20  # from one note; who uses it oftener is not helped by a row of arrows


class InlineStep(Treeprocessor):
    """The step for what stands within lines; it knows what names a text gives to links and notes."""

    def __init__(self, parser: Markdown, blocks: Blocks) -> None:
        """Make it for the blocks that are read of each text."""
        super().__init__(parser)
        self.blocks = blocks
        self.inlines = Inlines(knows_html=not blocks.is_comment, links_bare=not blocks.is_comment)
        self.links: Links = blocks.links
        self.items: set[etree.Element] = set()  # the blocks of lists and notes
        self.shown: list[Note] = []
        self.numbers: dict[str, int] = {}  # of notes, by folded label
        self.uses: Counter[str] = Counter()
        self.leaf: etree.Element | None = None  # that is being parsed
        self.text = ""
        self.place = 0  # in the text, behind the last reference to no note
        self.missed: dict[str, list[Notice]] = {}  # of references to no note, by folded label
        self.unmarked: set[str] = set()  # folded labels of notes that lack their colon

    def run(self, root: etree.Element) -> None:
        """Parse the text of each block of a tree, and add its notes."""
        blocks = self.blocks
        self.shown, self.numbers, self.uses = [], {}, Counter()
        self.missed, self.unmarked = {}, set()
        self.items = {block for item in root.iter("li") for block in item}
        for leaf in blocks.leaves:
            self.parse_leaf(leaf)
        for note in self.shown:  # which grows while their own text is parsed
            self.items.update(note.leaves)
            for leaf in note.leaves:
                self.parse_leaf(leaf)
        for label, is_done in blocks.tasks:
            add_box(label, is_done)
        for key, note in blocks.notes.items():
            self.judge_note(key, note)
        known = [notice for key in self.unmarked for notice in self.missed.get(key, ())]
        blocks.notices[:] = [each for each in blocks.notices if each not in known]
        if self.shown:
            root.append(self.make_foot())
        if self.inlines.knows_html:
            replace_parts([*root.iter(RAW_HTML)])

    def judge_note(self, key: str, note: Note) -> None:
        """Add a notice for each note that nothing refers to, or that says nothing."""
        name = f"[^{shorten(note.label)}]"
        if key not in self.numbers:
            seen = f"Nothing refers to the note {name}, so readers do not see it"
            text = f"{seen}. Write {name} where it belongs, or delete the note."
            self.blocks.warn(note.line, text)
        elif not len(note.element):
            text = f"The note {name} is empty. Write its words after the colon."
            self.blocks.warn(note.line, text)

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
        self.blocks.notices += [Notice(line, text) for text in wrong]
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
        key = fold_label(label)
        note = self.blocks.notes.get(key)
        if note is None:
            self.miss_note(label)
            return None
        if key not in self.numbers:
            self.shown.append(note)
            self.numbers[key] = len(self.shown)
        self.uses[key] += 1
        number = self.numbers[key]
        sign = etree.Element("sup", {"id": format_sign_id(number, self.uses[key])})
        href = f"#{format_note_id(number)}"
        link = etree.SubElement(sign, "a", {"class": "footnote-ref", "href": href})
        link.text = str(number)
        return sign

    def miss_note(self, label: str) -> None:
        """Add a notice for a reference to a note that is not there."""
        line = self.find_line(f"[^{label}]")
        if self.is_note_without_colon(label):
            self.unmarked.add(fold_label(label))
            name = f"[^{shorten(label)}]"
            seen = f"{name} begins a line here, but has no colon behind it, so it is no note"
            self.blocks.warn(line, f"{seen}. Write: {name}: and its words")
            return
        name = shorten("-".join(label.split()))
        seen = f"There is no note for [^{shorten(label)}], which readers see as it is typed"
        remedy = f"Add a line at the end: [^{name}]: your note"
        if name != shorten(label):
            remedy = f"A note's name has no blanks. Write [^{name}], and at the end: [^{name}]: your note"
        notice = Notice(line, f"{seen}. {remedy}")
        self.missed.setdefault(fold_label(label), []).append(notice)
        self.blocks.notices.append(notice)

    def is_note_without_colon(self, label: str) -> bool:
        """Return whether the reference that was found last begins a line of words, as a note does."""
        before, after = self.text[: self.place - 1], self.text[self.place + len(label) + 2 :]
        begins = not before.rpartition("\n")[2].strip()
        return begins and " " not in label and re.match(r"[ \t]+\w", after) is not None

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
        """Return the picture that `![[target]]` names, as Obsidian writes it, from the folder of pictures.

        Its words are its description; a number there is its width. None, and a notice, if it is none.
        """
        if not self.inlines.knows_html:
            return None
        typed, name = f"![[{target}", posixpath.basename(target.strip())
        if not name.lower().endswith((*IMAGE_ENDINGS, *PLAYED_ENDINGS)):
            seen = f"Readers see {shorten(typed)}]] as it is typed"
            way = f"{seen}. Write: [[{shorten(target.strip())}]]"
            self.blocks.warn(self.find_line(typed), way)
            return None
        path = target.strip().lstrip("./").removeprefix("images/")
        address = f"{{static}}/images/{path}"
        size = OBSIDIAN_SIZE.fullmatch(words)
        width = {"width": size[1]} if size else {}
        return etree.Element("img", {"alt": "" if size else words, "src": address, **width})

    def find_line(self, typed: str) -> int:
        """Return the line on which something stands next in the block that is being parsed."""
        assert self.leaf is not None
        place = max(self.text.find(typed, self.place), self.place)
        self.place = place + 1
        return self.blocks.lines.get(self.leaf, 0) + self.text.count("\n", 0, place)

    def make_foot(self) -> etree.Element:
        """Return the notes of a text, each with the way back to where it is referred to."""
        foot = etree.Element("div", {"class": "footnote"})
        etree.SubElement(foot, "hr").tail = "\n"
        notes = etree.SubElement(foot, "ol")
        notes.text = notes.tail = foot.tail = "\n"
        for number, note in enumerate(self.shown, 1):
            item = note.element
            item.set("id", format_note_id(number))
            item.tail = "\n"
            last = item[-1] if len(item) else None
            if last is None or last.tag != "p":
                last = etree.SubElement(item, "p")
            elif len(last):
                last[-1].tail = (last[-1].tail or "") + "\N{NO-BREAK SPACE}"
            else:
                last.text = (last.text or "") + "\N{NO-BREAK SPACE}"
            uses = min(self.uses[fold_label(note.label)], MOST_WAYS_BACK)
            for use in range(1, uses + 1):
                href = f"#{format_sign_id(number, use)}"
                title = BACK_TITLE.format(number)
                back = {"class": "footnote-backref", "href": href, "title": title}
                link = etree.SubElement(last, "a", back)
                link.text, link.tail = BACK, " "
            link.tail = None
            notes.append(item)
            self.blocks.lines[item] = note.line
        return foot


def add_box(label: etree.Element, is_done: bool) -> None:
    """Put the box of a task before its words, which name it to those who hear the page."""
    ticked = {"checked": ""} if is_done else {}
    box = etree.Element("input", {"type": "checkbox", "disabled": "", **ticked})
    box.tail = f" {label.text or ''}"
    label.text = None
    label.insert(0, box)
