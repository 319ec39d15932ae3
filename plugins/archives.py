"""Group the posts by year for the archive page.

Reads: the articles.
Adds: `years` to the context.
Writes: nothing.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any


def group_years(articles: Iterable[Any]) -> list[tuple[int, list[Any]]]:
    """Group articles, which come newest first, by the year of their date."""
    groups = groupby(articles, key=lambda article: int(article.date.year))
    return [(year, list(group)) for year, group in groups]


def add_years(generator: Any) -> None:
    """Give the archive page its years."""
    generator.context["years"] = group_years(generator.articles)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_years)
