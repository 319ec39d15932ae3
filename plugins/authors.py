"""Name the authors of each post.

Reads: the header `Author` of the articles, the setting AUTHOR.
Adds: to each article `author_line`, the authors as they are typed, and `authors`, their names.
Writes: nothing.
"""

from typing import Any

from catalogue.header.author_names import read_author_names


def add_authors(generator: Any) -> None:
    """Add to each article its authors; one that names none is by the author of the site."""
    for article in generator.articles:
        article.author_line = article.record.values.get("Author") or generator.settings["AUTHOR"]
        article.authors = tuple(name.full for name in read_author_names(article.author_line))


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_authors)
