"""The home page and those behind it, which list all posts, newest first.

Reads: the articles; `DEFAULT_PAGINATION`, the number of posts on a page.
Adds: nothing.
Writes: the home page, `page/2/` and so on; each is given its `list_page`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.addresses import count_list_pages, format_list_page


@dataclass(frozen=True)
class ListPage:
    """One page of the list of all posts."""

    number: int  # from 1
    total: int  # of pages
    articles: Sequence[Any]
    newer: str | None  # the address of the page with newer posts, None on the first page
    older: str | None  # the address of the page with older posts, None on the last


def list_pages(articles: Sequence[Any], per_page: int) -> list[ListPage]:
    """Return the pages that a list of articles takes; one without articles if there are none."""
    total = count_list_pages(len(articles), per_page)
    return [
        ListPage(
            number,
            total,
            articles[(number - 1) * per_page : number * per_page],
            format_list_page(number - 1) if number > 1 else None,
            format_list_page(number + 1) if number < total else None,
        )
        for number in range(1, total + 1)
    ]


def write_home(generator: Any, writer: Any) -> None:
    """Write the home page and those behind it."""
    for page in list_pages(generator.articles, generator.settings["DEFAULT_PAGINATION"]):
        writer.add_page(format_list_page(page.number), "index", list_page=page)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_home)
