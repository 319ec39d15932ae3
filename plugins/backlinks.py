"""Find the posts that mention each post.

Reads: the internal links of the records of the published posts, the articles' neighbours and series.
Adds: `backlinks` to each article: the articles that link to it, newest first, but for those that its page
names already.
Writes: nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from catalogue.records import Record
from catalogue.text.links import Link, find_source

AFTER = ("plugins.neighbours", "plugins.series")


def find_target(link: Link, sources: Mapping[str, str]) -> str:
    """Return the file that a link in a text leads to, or nothing; `sources` are the files by address."""
    if link.tag != "a":
        return ""
    if link.target.startswith("/"):
        return find_source(link.target, sources) or ""
    return link.target


def group_backlinks(
    records: Iterable[Record], sources: Mapping[str, str]
) -> dict[str, list[Record]]:
    """Return by the path of each text the records that link to it, each once, in their order."""
    backlinks: dict[str, list[Record]] = {}
    for record in records:
        targets = dict.fromkeys(find_target(link, sources) for link in record.links)
        for target in targets:
            if target not in ("", record.path):
                backlinks.setdefault(target, []).append(record)
    return backlinks


def add_backlinks(generator: Any) -> None:
    """Add to each article the articles that mention it."""
    catalogue = generator.catalogue
    articles = {article.record.path: article for article in generator.articles}
    sources = {place.address: place.path for place in catalogue.places}
    backlinks = group_backlinks(catalogue.posts, sources)
    for path, article in articles.items():
        parts = article.series.parts if article.series else ()
        named = {other.record.path for other in (article.older, article.newer, *parts) if other}
        mentions = (record.path for record in backlinks.get(path, []))
        article.backlinks = [articles[other] for other in mentions if other not in named]


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_backlinks)
