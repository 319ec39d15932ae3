"""Restrict the links by name to `[words][name]`, as elsewhere where Markdown is written.

No blank stands between the two (CommonMark 0.31, 6.3). Python-Markdown allows for one, so that of two
names that follow each other, `[Smith] [Jones]`, the first would lead to the address of the second.
"""

import re

from markdown import Markdown

NAME_IN_BRACKETS = re.compile(r"\[([^\]]*)\]")


def restrict_references(parser: Markdown) -> None:
    """Forbid a blank before the name in a parser's rules for links and pictures."""
    for name in ("reference", "image_reference"):
        rule = parser.inlinePatterns[name]
        rule.RE_LINK = NAME_IN_BRACKETS  # type: ignore[attr-defined]  # of this parser's rule alone
