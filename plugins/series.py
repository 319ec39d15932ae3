"""Number the parts of a series: the posts that have one `Series` in their headers, oldest first.

Reads: the header `Series` of the articles.
Adds: `series` to each article: the place it has in its series, or None.
Writes: nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalogue.folding import fold_name
from catalogue.text.typography import set_title

MOST_PARTS = 7  # an odd number: as many parts before a post as after it


@dataclass(frozen=True)
class Part:
    """A post's place in its series, with the parts around it."""

    name: str  # as the first part has it
    number: int  # from 1
    total: int
    first: int  # the number of the first part that is shown
    parts: list[Any]  # the parts that are shown, in order


def group_series(articles: Iterable[Any]) -> list[list[Any]]:
    """Return the posts of each series; capitals, blanks and hyphens in its name make no difference."""
    groups: dict[str, list[Any]] = {}
    for article in articles:
        if name := article.record.values.get("Series"):
            groups.setdefault(fold_name(name), []).append(article)
    return [*groups.values()]


def select_around(number: int, total: int) -> tuple[int, int]:
    """Return the numbers of the first and the last part that are shown with the part `number`."""
    first = max(1, min(number - MOST_PARTS // 2, total - MOST_PARTS + 1))
    return first, min(total, first + MOST_PARTS - 1)


def place_parts(parts: list[Any]) -> list[Part]:
    """Return the place of each part of a series; the parts come oldest first."""
    record, total = parts[0].record, len(parts)
    name = set_title(record.values["Series"], record.language)
    places = []
    for number in range(1, total + 1):
        first, last = select_around(number, total)
        places.append(Part(name, number, total, first, parts[first - 1 : last]))
    return places


def add_series(generator: Any) -> None:
    """Add to each article its place in its series."""
    for article in generator.articles:
        article.series = None
    for parts in group_series(reversed(generator.articles)):
        for article, place in zip(parts, place_parts(parts), strict=True):
            article.series = place


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_series)
