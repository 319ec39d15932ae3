"""Number the notes of a text in the order in which it refers to them, and add those at its foot.

Those that notes refer to come last; one that nothing refers to is not shown.
"""

import xml.etree.ElementTree as etree
from collections import Counter

from catalogue.problems import shorten
from catalogue.text.blocks.state import Blocks, Note, Notice
from catalogue.text.ids import format_note_id, format_sign_id
from catalogue.text.link_parts import fold_label

BACK, BACK_TITLE = "↩", "Jump back to footnote {} in the text"
MOST_WAYS_BACK = 20  # from one note; who uses it oftener is not helped by a row of arrows


class Footnotes:
    """The notes of one text, as it refers to them."""

    def __init__(self, blocks: Blocks) -> None:
        """Begin with a text whose blocks are read, and no reference yet."""
        self.blocks = blocks
        self.shown: list[Note] = []
        self.numbers: dict[str, int] = {}  # by folded label
        self.uses: Counter[str] = Counter()
        self.missed: dict[str, list[Notice]] = {}  # of references to no note, by folded label
        self.unmarked: set[str] = set()  # folded labels of notes that lack their colon

    def make_sign(self, label: str) -> etree.Element | None:
        """Return the sign of one more reference to a note; None if there is no such note."""
        key = fold_label(label)
        note = self.blocks.notes.get(key)
        if note is None:
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

    def miss(self, label: str, line: int, *, begins_words: bool) -> None:
        """Add a notice for a reference to a note that is not there.

        `begins_words` is whether it begins a line of words, as a note does.
        """
        shown = shorten(label)
        if self.blocks.is_comment:
            seen = f"A comment has no notes, so readers see [^{shown}] as it is typed"
            self.blocks.warn(line, f"{seen}. Write its words in the text, or leave it as it is.")
            return
        if begins_words and " " not in label:
            self.unmarked.add(fold_label(label))
            seen = f"[^{shown}] begins a line here, but has no colon behind it, so it is no note"
            self.blocks.warn(line, f"{seen}. Write: [^{shown}]: and its words")
            return
        name = shorten("-".join(label.split()))
        seen = f"There is no note for [^{shown}], which readers see as it is typed"
        remedy = f"Add a line at the end: [^{name}]: your note"
        if name != shown:
            remedy = f"A note's name has no blanks. Write [^{name}], and at the end: [^{name}]: your note"
        notice = Notice(line, f"{seen}. {remedy}")
        self.missed.setdefault(fold_label(label), []).append(notice)
        self.blocks.notices.append(notice)

    def judge(self) -> None:
        """Add a notice for each note that nothing refers to, or that says nothing.

        To be called when all text is parsed. What refers to a note that only lacks its colon is told at
        that note alone.
        """
        for key, note in self.blocks.notes.items():
            name = f"[^{shorten(note.label)}]"
            if key not in self.numbers:
                seen = f"Nothing refers to the note {name}, so readers do not see it"
                text = f"{seen}. Write {name} where it belongs, or delete the note."
                self.blocks.warn(note.line, text)
            elif not len(note.element):
                text = f"The note {name} is empty. Write its words after the colon."
                self.blocks.warn(note.line, text)
        known = [notice for key in self.unmarked for notice in self.missed.get(key, ())]
        self.blocks.notices[:] = [each for each in self.blocks.notices if each not in known]

    def make_foot(self) -> etree.Element:
        """Return the notes that are referred to, each with the way back to where that is done."""
        foot = etree.Element("div", {"class": "footnote"})
        etree.SubElement(foot, "hr").tail = "\n"
        notes = etree.SubElement(foot, "ol")
        notes.text = notes.tail = foot.tail = "\n"
        for number, note in enumerate(self.shown, 1):
            item = note.element
            item.set("id", format_note_id(number))
            item.tail = "\n"
            add_ways_back(item, number, min(self.uses[fold_label(note.label)], MOST_WAYS_BACK))
            notes.append(item)
            self.blocks.lines[item] = note.line
        return foot


def add_ways_back(item: etree.Element, number: int, uses: int) -> None:
    """Put links to the signs of a note behind its last words."""
    last = item[-1] if len(item) else None
    if last is None or last.tag != "p":
        last = etree.SubElement(item, "p")
    elif len(last):
        last[-1].tail = (last[-1].tail or "") + "\N{NO-BREAK SPACE}"
    else:
        last.text = (last.text or "") + "\N{NO-BREAK SPACE}"
    for use in range(1, uses + 1):
        href, title = f"#{format_sign_id(number, use)}", BACK_TITLE.format(number)
        back = {"class": "footnote-backref", "href": href, "title": title}
        link = etree.SubElement(last, "a", back)
        link.text, link.tail = BACK, " "
    link.tail = None
