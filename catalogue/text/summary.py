"""Sum a text up for lists, search engines and feeds: by its header's words, its answer, or its opening."""

import re
from html import unescape

from catalogue.records import Record
from catalogue.text.plain_text import cut_words, find_opening
from catalogue.text.titles import read_sentence
from catalogue.text.typography import set_line, set_title, wrap_line

OPENING_WORDS = 45
ANSWER_WORDS = 150  # a short answer is a summary, and is cut only if it is not short

# What a picture or a recording shows or says, in words, as a serialiser writes it.
CAPTION = re.compile(
    r'<(?:img|audio|video)(?: [a-z-]+="[^"]*")*? (?:alt|aria-label)="([^"]+)"', re.IGNORECASE
)


def set_summary(record: Record, prose: str) -> None:
    """Set what lists show of a text: its header's words, its answer, or its opening; `prose` is all else.

    What comes from the body has its marks; they are not decided anew where the tags are gone.
    """
    if typed := record.values.get("Summary"):
        record.description, record.summary = read_sentence(typed, record.language)
        return
    opening = cut_words(record.answer, ANSWER_WORDS)
    opening = opening or cut_words(find_opening(record.html), OPENING_WORDS)
    if opening:
        record.summary, record.description = str(wrap_line(opening, record.language)), opening
        return
    text = cut_words(prose, OPENING_WORDS)
    record.summary = str(set_line(text, record.language))
    record.description = set_title(text, record.language) or find_caption(record)


def find_caption(record: Record) -> str:
    """Return what the picture of a text without words shows; empty if nothing says so."""
    found = CAPTION.search(record.html)
    return str(record.values.get("Image-alt") or (found and unescape(found[1])) or "")
