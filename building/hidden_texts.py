"""Know texts that are not published by words of their own, so that no tree which shows them gets out.

That drafts and what waits are left out is the work of others (catalogue/selection.py); this is what finds
a plugin or a template that does not ask them. The words are letters alone, which are written alike in HTML,
XML and JSON. The folder that the site is built in is hidden too, unless a text names it.
"""

import re
from collections.abc import Mapping
from typing import Any

from building.words import read_words
from catalogue.project import ROOT
from catalogue.records import Record
from catalogue.selection import Catalogue

# So many in a row stand in no other text by chance.
WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){5,}")
LONGEST = 100  # characters
FOLDER = str(ROOT)
FEW_PARTS = 2  # of the folder: /blog may stand in any page
MOST_TEXTS = 50  # each page is searched for the words of each


class HiddenTexts:
    """The texts of a catalogue that are not published."""

    def __init__(self, catalogue: Catalogue, settings: Mapping[str, Any]) -> None:
        """Choose words of each text that `catalogue`, which has been judged, does not publish.

        The site says what stands in its `settings` and in the theme besides.
        """
        self.catalogue, self.said = catalogue, f"{settings} {read_words()}"
        shown = {id(each) for each in catalogue.published}
        filed = [comment for group in catalogue.filed.values() for comment in group]
        hidden = [*catalogue.drafts, *catalogue.scheduled]
        hidden += [each for each in filed if id(each) not in shown]
        # What is wrong with a file, by the words that it shows.
        self.marks = {
            mark: f"shows words of {record.path}, which is not published"
            for record in hidden[:MOST_TEXTS]
            for mark in choose_marks(record.html)
        }
        if len(ROOT.parts) > FEW_PARTS:
            self.marks[FOLDER] = "names a folder of this computer"
        self.written = {mark: mark.encode("utf-8", "surrogatepass") for mark in self.marks}

    def find(self, data: bytes) -> list[str]:
        """Return the words of hidden texts that stand in a file, whoever wrote it."""
        return [mark for mark, written in self.written.items() if written in data]

    def explain(self, mark: str) -> str:
        """Return what is wrong with a file that shows some words; empty if a published text has them too."""
        is_said = mark in self.said and mark != FOLDER  # which the settings have, and no page shows
        if is_said or any(has_words(record, mark) for record in self.catalogue.published):
            return ""
        return self.marks[mark]


def has_words(record: Record, words: str) -> bool:
    """Return whether what is shown of a text has some words in it: of its header, too."""
    shown = (record.html, record.description, record.title, str(record.values))
    return any(words in text for text in shown)


def choose_marks(html: str) -> set[str]:
    """Return words that a text is known by, the first and the most in a row; none if all are too few."""
    rows = WORDS.findall(html)
    return {rows[0][:LONGEST], max(rows, key=len)[:LONGEST]} if rows else set()
