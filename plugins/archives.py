"""The archive: all posts, year by year.

Reads: the articles.
Adds: nothing.
Writes: the archive.
"""

from collections.abc import Iterable
from typing import Any

from catalogue.addresses import SITE


def group_years(articles: Iterable[Any]) -> list[tuple[int, list[Any]]]:
    """Return articles, which come newest first, by the year that the site's clocks showed."""
    groups: dict[int, list[Any]] = {}
    for article in articles:
        groups.setdefault(article.date.year, []).append(article)
    return [*groups.items()]


def write_archives(generator: Any, writer: Any) -> None:
    """Write the archive."""
    writer.add_page(SITE["archives"], "archives", years=group_years(generator.articles))


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_archives)
