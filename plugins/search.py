"""The page of the search, which lists all titles and topics from A to Z where no program can search.

Reads: the articles, and the index of topics with their other names.
Adds: nothing.
Writes: the page and its script; the index is made by `building/search_index.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.addresses import SEARCH_SCRIPT, SITE
from catalogue.authority import order_name
from plugins.archives import group_years
from plugins.letter_groups import LetterGroup, group_by_letter
from plugins.search_documents import QUESTION, format_topic_filter, format_year_filter

AFTER = ("plugins.topics", "plugins.topic_index", "plugins.questions")

MOST_TITLES = 2000  # more make the page too long to be sent: these are in the archive


@dataclass(frozen=True)
class Title:
    """One line of the list: what is found under a name."""

    name: str
    url: str
    see: str = ""  # the topic that another name leads to
    language: str = ""  # of a post that names one


@dataclass(frozen=True)
class Filter:
    """A choice that narrows a search: how it is shown and called in an address, and its word in the index."""

    name: str
    value: str
    word: str


def list_titles(articles: Iterable[Any], index: Iterable[LetterGroup]) -> list[Title]:
    """Return the titles of articles, and the topics under all their names."""
    titles = [
        Title(article.title, article.url, language=article.record.values.get("Lang", ""))
        for article in articles
    ]
    lines = [line for group in index for line in group.lines]
    return titles + [
        Title(line.name, line.topic.url, line.topic.name if line.is_variant else "")
        for line in lines
    ]


def order_title(title: Title) -> tuple[tuple[str, str], str]:
    """Return the key that orders the titles under one letter."""
    return order_name(title.name), title.url


def list_filters(articles: Sequence[Any], topics: Iterable[Any]) -> dict[str, list[Filter]]:
    """Return the choices of topics and of years."""
    years = [year for year, _ in group_years(articles)]
    return {
        "topics": [Filter(t.name, t.slug, format_topic_filter(t.slug)) for t in topics if t.posts],
        "years": [Filter(str(year), str(year), format_year_filter(year)) for year in years],
    }


def write_search(generator: Any, writer: Any) -> None:
    """Write the page of the search, and its script."""
    articles, context = generator.articles, generator.context
    shown = articles if len(articles) <= MOST_TITLES else ()
    writer.add_page(
        SITE["search"],
        "search",
        titles=group_by_letter(list_titles(shown, context["index"]), order_title),
        is_cut=len(shown) < len(articles),
        filters=list_filters(articles, context["topics"]),
        question_filter=QUESTION if context["questions"] else "",
        has_index=bool(generator.catalogue.search),
    )
    script = (Path(generator.settings["THEME"]) / "static" / "search.js").read_text("utf-8")
    writer.add(SEARCH_SCRIPT.lstrip("/"), lambda: script, script)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_search)
