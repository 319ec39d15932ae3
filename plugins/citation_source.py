"""Collect the facts of a post that its citations are made of, in any form."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from catalogue.header.author_names import Name, read_author_names

AuthorNames = tuple[Name, ...]


class CitedBlog(NamedTuple):
    """The blog that a post is cited from."""

    name: str  # plain text
    language: str  # a tag such as `en`: its own, or that of the post
    url: str  # without the last slash


class Source(NamedTuple):
    """A post that is cited; all texts are plain and on one line."""

    key: str  # no two posts share it
    title: str
    authors: AuthorNames  # none if the author line has no name
    day: date
    blog: CitedBlog
    url: str  # the whole address
    revised: date | None = None  # only when it is another day than `day`
    topics: Sequence[str] = ()
    abstract: str = ""


def join_words(text: str) -> str:
    """Return a set text with plain blanks only."""
    return " ".join(text.split())


def format_inverted(name: Name) -> str:
    """Return a name with the family name first: `King, Martin Luther, Jr.`."""
    return ", ".join(filter(None, name))


def read_source(article: Any, blog: CitedBlog) -> Source:
    """Return the facts of an article."""
    day, revised = article.date.date(), article.revised and article.revised.date()
    language = article.record.values.get("Lang", blog.language)
    return Source(
        article.slug,
        join_words(article.title),
        read_author_names(article.author_line),
        day,
        blog._replace(language=language),
        f"{blog.url}/{article.url}",
        revised if revised != day else None,
        [join_words(topic.name) for topic in article.topics],
        join_words(article.brief),
    )
