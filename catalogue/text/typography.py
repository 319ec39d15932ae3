"""Set text as a printer would, with Typogrify: quotation marks, dashes, ampersands, last words."""

import html
import re
from functools import lru_cache

from markupsafe import Markup

from catalogue.text.fast_typography import typogrify

TITLES_KEPT = 50_000


def set_html(source: str) -> str:
    """Set a piece of HTML; code and preformatted text stay as they are."""
    return typogrify(source)


@lru_cache(maxsize=TITLES_KEPT)
def set_line(text: str) -> Markup:
    """Set one line of plain text, such as a summary, as HTML: whatever looks like a tag is text."""
    return Markup(set_html(html.escape(text, quote=False)))  # noqa: S704 - escaped in this very line


@lru_cache(maxsize=TITLES_KEPT)
def set_title(text: str) -> str:
    """Set one line of plain text as plain text: the right marks, and no tags.

    Its blanks stay ordinary ones: titles are copied, searched and cited.
    """
    plain = html.unescape(re.sub(r"</?span\b[^>]*>", "", set_line(text)))
    return plain.replace("\N{NO-BREAK SPACE}", " ")
