"""Set text as a printer would, with Typogrify: quotation marks, dashes, ampersands, last words."""

import html
import re
from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup

TITLES_KEPT = 50_000


@lru_cache(maxsize=1)
def load_typogrify() -> Callable[[str], str]:
    """Prepare Typogrify as Pelican does; the import waits until the first text needs it."""
    import smartypants
    from typogrify.filters import typogrify

    # Typogrify's quotation filter takes its manner from this attribute and from nowhere else.
    smartypants.Attr.default = smartypants.Attr.set1 | smartypants.Attr.w
    return typogrify  # type: ignore[no-any-return]


def set_html(source: str) -> str:
    """Set a piece of HTML; code and preformatted text stay as they are."""
    return load_typogrify()(source)


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
