"""List the headings of a long post.

Reads: the HTML of the articles.
Adds: `read_contents`, which lists the headings of an article, to the context.
Writes: nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from catalogue.text.plain_text import strip_tags
from plugins.page_text import HEADING

LEAST = 3  # headings that are worth a list
ANSWER = "short-answer"  # the id of the answer on the page of a question
ALTERNATIVE = re.compile(r'<img\b[^<>]* alt="([^"]*)"')
NOTE = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)


@dataclass
class Entry:
    """A heading in the list of contents, and those below it."""

    address: str
    name: str  # plain text
    below: list["Entry"] = field(default_factory=list)
    is_own: bool = False  # the name is a word of the site's


def list_contents(source: str, answer: str = "") -> list[Entry]:
    """Return the headings of a text by its HTML, in two levels; none if they are too few.

    `answer` is what the short answer of a reference question is called: it comes first.
    """
    if source.count("<h") < LEAST:
        return []
    found = [
        (int(level), name, shown)
        for level, _, name, words in HEADING.findall(source)
        if (shown := read_name(words))
    ]
    if len(found) < LEAST:
        return []
    entries = [Entry(f"#{ANSWER}", answer, is_own=True)] if answer else []
    top = 0  # the level of the last entry that is not below another; a text may begin below its highest
    for level, name, shown in found:
        entry = Entry(f"#{name}", shown)
        if top and level > top:
            entries[-1].below.append(entry)
        else:
            entries.append(entry)
            top = level
    return entries


def read_name(words: str) -> str:
    """Return the words of a heading by its HTML; of one that shows a picture alone, what that shows."""
    name = strip_tags(NOTE.sub("", words))
    if not name.strip() and (picture := ALTERNATIVE.search(words)):
        return unescape(picture[1]).strip()
    return name if name.strip() else ""


def read_contents(article: Any, answer: str) -> Sequence[Entry]:
    """Return the list of contents of an article; `answer` is the theme's word for a short answer."""
    return list_contents(article.record.html, answer if article.record.question else "")


def add_contents(generator: Any) -> None:
    """Add the function that lists an article's headings to the context."""
    generator.context["read_contents"] = read_contents


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_contents)
