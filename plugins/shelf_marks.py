"""Set a shelf mark for each post, as the label on a book's spine has one: `cust 2026.11`.

Reads: the articles with their topics.
Adds: `shelf_mark` to each article: its first topic, shortened, and the year and month.
Writes: nothing.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

AFTER = ("plugins.topics",)

LETTERS = 4  # as many as can still be read out as a word


def format_mark(day: date, topics: Sequence[str]) -> str:
    """Return the mark of a post of a day, filed under topics with these slugs; without any, its month."""
    month = f"{day.year:04}.{day.month:02}"
    letters = re.sub(r"[^a-z0-9]", "", topics[0]) if topics else ""
    return f"{letters[:LETTERS]} {month}".strip()


def add_marks(generator: Any) -> None:
    """Add its mark to each article."""
    for article in generator.articles:
        article.shelf_mark = format_mark(article.date, [topic.slug for topic in article.topics])


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_marks)
