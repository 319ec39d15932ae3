"""Return the plain text of HTML, and cut it to a number of words."""

import html
import re
from functools import lru_cache

ANY_TAG = re.compile(r"""<(?:[^"'<>]|"[^"]*"|'[^']*')*>""")
# The title of a box says nothing of what the text is about.
PARAGRAPH = re.compile(r'<p(?! class="admonition-title)(?: [a-z-]+="[^"]*")*>')
NOTES = '<div class="footnote">'
# In signs: search engines and cards cut off what is longer, wherever that is.
LONGEST_DESCRIPTION = 160
DESCRIPTIONS_CACHED = 10_000
# The end of a sentence that is no initial or short form before it.
SENTENCE_END = re.compile(r"(?:(?<=[^\W\d_A-Z]{2})\.|[?!])[”’»\"')]*(?=\s|$)|[。？！]")
NOTE_SIGN = re.compile(r'<sup id="fnref[^>]*>.*?</sup>|<a class="footnote-backref"[^>]*>.*?</a>')


def strip_tags(source: str) -> str:
    """Return the words of a piece of checked HTML on one line, without the signs of its notes."""
    plain = source
    if "<" in source:
        plain = ANY_TAG.sub("", NOTE_SIGN.sub("", source.replace("<br>", " ")))
    return " ".join(html.unescape(plain).split())


def find_opening(source: str) -> str:
    """Return the words of the first paragraph of published HTML that has some; empty if there is none.

    No text opens with its notes.
    """
    source = source.partition(NOTES)[0]
    for match in PARAGRAPH.finditer(source):
        if words := strip_tags(source[match.end() : source.find("</p>", match.end())]):
            return words
    return ""


@lru_cache(maxsize=DESCRIPTIONS_CACHED)  # its page says it three times, and its citations
def cut_description(text: str) -> str:
    """Return plain text cut to the longest description: at the end of a sentence, else of a word.

    A sentence that ends early says too little of a text.
    """
    most = LONGEST_DESCRIPTION
    if len(text) <= most:
        return text
    ends = [match.end() for match in SENTENCE_END.finditer(text[: most + 1])]
    if ends and ends[-1] > most // 2:
        return text[: ends[-1]]
    words = text[: most - 1].rsplit(None, 1)[0]
    return words[: most - 2].rstrip(",;:–—-. …") + " …"


def cut_words(text: str, most: int) -> str:
    """Return plain text cut after a number of words, with a sign that more follows."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]).rstrip(",;:–—-") + " …"
