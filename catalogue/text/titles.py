"""Read a line of a header: its emphasis for where tags can stand, and its words alone for where they cannot.

Of Markdown a title, or a summary, has what sets words off, `*…*`, `**…**`, `~~…~~` and code, and a
backslash before one of these signs. All else in it is text: no link, no picture and no tag stands in a
link to a post.
"""

import html
import re
import xml.etree.ElementTree as etree
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from catalogue.text.typography import set_line, set_marks, set_title, typeset

TITLES_CACHED = 10_000
SIGN = re.compile("[*_~`]")
# A mark behind a backslash stays straight, as in every line of a header.
SIGN_OR_BACKSLASH = re.compile(r"""[*_~`]|\\(?=[*_~`"'])""")
# In `M*A*S*H` and `f*ck` the stars are part of the word: so none is read if none begins a word.
STAR_AT_EDGE = re.compile(r"""(?<![\w*])\*|[_~`]|\\(?=[*_~`"'])""")
STAR_BEFORE_WORD = re.compile(r"(?<![\w*])\*")
EMPHASIS = frozenset("em strong del code".split())
TAG = re.compile("</?(?:em|strong|del|code)>")


class Title(NamedTuple):
    """A title with the marks of its language."""

    plain: str
    html: str  # empty if it has no emphasis: then it is the plain title, escaped


class Sentence(NamedTuple):
    """A few words of a header that are set as a text is, such as a summary."""

    plain: str
    html: str


class NoNames:
    """The links and notes that a title defines: none."""

    links: Any = MappingProxyType({})

    def make_note(self, _label: str) -> None:
        """Return no note."""

    def make_wiki_link(self, _target: str, _words: str) -> None:
        """Return no link."""

    def make_embed(self, _target: str, _words: str) -> None:
        """Return no picture."""


@lru_cache(maxsize=TITLES_CACHED)
def read_title(text: str, language: str = "en") -> Title:
    """Return the title that one line of a header says, in the marks of a language (BCP 47)."""
    if not SIGN.search(text):
        return Title(set_title(text, language), "")
    source = write_emphasis(text)
    made = set_marks(source, language)
    plain = html.unescape(TAG.sub("", made))
    return Title(plain, made if TAG.search(source) else "")


def read_sentence(text: str, language: str = "en") -> Sentence:
    """Return what one line of a header says, in the marks of a language (BCP 47), as a paragraph is set."""
    if not SIGN.search(text):
        return Sentence(set_title(text, language), str(set_line(text, language)))
    source = write_emphasis(text)
    plain = html.unescape(TAG.sub("", set_marks(source, language)))
    return Sentence(plain, typeset(source, language))


def write_emphasis(text: str) -> str:
    """Return one line as HTML in which nothing is a tag but emphasis, what is struck out, and code."""
    # Python-Markdown is loaded when there is something to read.
    from catalogue.text.bare_addresses import BareAddresses, holds_sign_of_address
    from catalogue.text.inline_elements import build_elements
    from catalogue.text.inlines import Reading

    addresses = BareAddresses(text) if holds_sign_of_address(text) else None
    reading = Reading(text, NoNames(), addresses, knows_html=False)
    reading.read(SIGN_OR_BACKSLASH if STAR_BEFORE_WORD.search(text) else STAR_AT_EDGE)
    root = etree.Element("title")
    build_elements(root, reading.pieces)
    return write_element(root)


def write_element(element: etree.Element) -> str:
    """Return what is in an element as HTML; it is as deep as `build_elements` nests emphasis."""
    if element.tag == "raw":  # the code of a mark that stays straight
        return element.text or ""
    parts = [html.escape(element.text or "", quote=False)]
    for child in element:
        parts += [write_element(child), html.escape(child.tail or "", quote=False)]
    inner = "".join(parts)
    return f"<{element.tag}>{inner}</{element.tag}>" if element.tag in EMPHASIS else inner
