"""The archive: all posts, year by year.

Reads: the articles.
Adds: nothing.
Writes: the archive.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from catalogue.addresses import SITE


def group_years(articles: Iterable[Any]) -> list[tuple[int, list[Any]]]:
    """Return articles, which come newest first, grouped by the year of their date."""
    groups = groupby(articles, key=lambda article: int(article.date.year))
    return [(year, list(group)) for year, group in groups]


def write_archives(generator: Any, writer: Any) -> None:
    """Write the archive."""
    writer.add_page(SITE["archives"], "archives", years=group_years(generator.articles))


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_archives)
