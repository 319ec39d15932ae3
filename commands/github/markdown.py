"""Write text for GitHub to show as it is: nobody is called by it, nothing is linked, no element begins."""

import re

from catalogue.problems import shorten
from commands.writing.markdown_escape import escape_line, escape_words

LONGEST = 200  # characters of one piece of text
TICKS = re.compile("`+")
# What GitHub acts on besides Markdown: names, numbers of issues, addresses.
GITHUB_ACTIVE = re.compile(r"([@#]|(?<=:)//|(?<=www)\.)")
ENTITIES = {"@": "&#64;", "#": "&#35;", "//": "&#47;/", ".": "&#46;"}


def format_code(text: str, length: int = LONGEST) -> str:
    """Return a text on one line between backquotes, more of them than it has itself (CommonMark 0.31, 6.1).

    In these GitHub reads no @name, no #number and no address.
    """
    shown = shorten(text, length)
    fence = "`" * (1 + max((len(ticks) for ticks in TICKS.findall(shown)), default=0))
    # One blank on both sides is taken away again, and keeps backquotes at the ends apart.
    pad = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) or not shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def format_words(text: str, length: int = 2 * LONGEST) -> str:
    """Return words on one line as Markdown that shows just them."""
    parts = GITHUB_ACTIVE.split(shorten(text.strip(), length))
    return escape_line("".join(ENTITIES.get(part) or escape_words(part) for part in parts))
