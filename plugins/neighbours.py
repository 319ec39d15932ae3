"""Lead from each post to the one before and the one after it in time.

Reads: the articles, newest first.
Adds: `newer` and `older` to each article; None at the ends.
Writes: nothing.
"""

from collections.abc import Sequence
from typing import Any


def pair_neighbours(posts: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return the next newer and the next older post of each; the posts come newest first."""
    return list(zip([None, *posts[:-1]], [*posts[1:], None], strict=True)) if posts else []


def add_neighbours(generator: Any) -> None:
    """Add to each article its neighbours."""
    articles = generator.articles
    for article, pair in zip(articles, pair_neighbours(articles), strict=True):
        article.newer, article.older = pair


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_neighbours)
