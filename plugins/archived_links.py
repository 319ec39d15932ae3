"""Put an archived copy beside each link that has been dead for two weeks; the author's text stays as it is.

Reads: the ledger `content/links.json`, which `tasks.py links` keeps, and the links of all texts.
Adds: `copies` to each article, page and comment, the copies of its dead links by their addresses; the same
links to the scope notes of the topics.
Writes: nothing.

A dead link keeps its address and says by the attributes of Robust Links (robustlinks.mementoweb.org) where
a copy is and of which day; what shows a text on its page asks `mark_copies` for it.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from catalogue.link_ledger import LinkFacts, load_ledger
from catalogue.text.outside_links import OUTSIDE_LINK, read_outside

AFTER = ("plugins.comments", "plugins.topics")


@dataclass(frozen=True)
class ArchivedCopy:
    """An archived copy of a page that is dead: its address, its day, and what its link is called."""

    url: str
    day: str
    label: str


Copies = Mapping[str, ArchivedCopy]


def select_copies(ledger: Mapping[str, LinkFacts], label: str) -> dict[str, ArchivedCopy]:
    """Return the copies of the pages that are dead, by their addresses; `label` is what one is called."""
    return {
        url: ArchivedCopy(facts.archived, facts.archived_on, label)
        for url, facts in ledger.items()
        if facts.is_dead and facts.archived
    }


def select_own(copies: Copies, links: Iterable[str]) -> dict[str, ArchivedCopy]:
    """Return those of the copies that are of these links."""
    return {url: copies[url] for url in links if url in copies} if copies else {}


def mark_copies(source: str, copies: Copies) -> Markup:
    """Return prepared HTML as markup, with the address of a copy in each dead link, and a link to it."""

    def mark(link: re.Match[str]) -> str:
        before, value, after, words = link.groups()
        copy = copies.get(read_outside(value))
        if copy is None:
            return link[0]
        version = html.escape(copy.url)
        robust = (
            f'data-originalurl="{value}" data-versionurl="{version}" data-versiondate="{copy.day}"'
        )
        beside = f'[<a href="{version}">{html.escape(copy.label, quote=False)}</a>]'
        # The two stay in one line: a bracket alone at its beginning would belong to nothing.
        return f'<a{before} href="{value}"{after} {robust}>{words}</a>&nbsp;{beside}'

    if copies:
        source = OUTSIDE_LINK.sub(mark, source)
    return Markup(source)  # noqa: S704 - it was checked when it was read, and what is put in is escaped


def add_copies(generator: Any) -> None:
    """Add the copies of its dead links to each text, comment and scope note."""
    label = generator.words.fill("archived_copy")
    copies = select_copies(load_ledger(Path(generator.path)), label)
    if not copies:
        return
    for text in (*generator.articles, *generator.pages):
        text.copies = select_own(copies, text.record.outside)
    for article in generator.articles:
        for comment in article.comments:
            comment.copies = select_own(copies, comment.record.outside)
    for topic in generator.context["topics"]:
        if own := select_own(copies, topic.record.outside):
            topic.scope_note = mark_copies(topic.scope_note, own)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_copies)
