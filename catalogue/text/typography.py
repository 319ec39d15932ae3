"""Typeset text as a printer would, with Typogrify: quotation marks, dashes, ampersands, last words."""

import html
import re
from functools import lru_cache

from markupsafe import Markup

from catalogue.known_versions import are_known
from catalogue.text.fast_typography import load_filter, typeset_fast, write_marks

LINES_CACHED = 50_000


def typeset(source: str) -> str:
    """Return a piece of HTML typeset; code and preformatted text stay as they are."""
    if are_known("typogrify", "smartypants"):
        return typeset_fast(source)
    return write_marks(str(load_filter("typogrify")(source)))


@lru_cache(maxsize=LINES_CACHED)
def set_line(text: str) -> Markup:
    """Return one line of plain text, such as a summary, as HTML: whatever looks like a tag is text."""
    return Markup(typeset(html.escape(text, quote=False)))  # noqa: S704 - escaped in this very line


@lru_cache(maxsize=LINES_CACHED)
def set_title(text: str) -> str:
    """Return one line of plain text as plain text: the right marks, and no tags.

    Its blanks stay ordinary ones: titles are copied, searched and cited.
    """
    plain = html.unescape(re.sub(r"</?span\b[^>]*>", "", set_line(text)))
    return plain.replace("\N{NO-BREAK SPACE}", " ")
