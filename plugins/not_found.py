"""The page for addresses that are none: the nearest ones, recent posts, topics, the search.

Reads: the articles and topics, the theme's script for this page.
Adds: nothing.
Writes: the page.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from catalogue.addresses import SITE

AFTER = ("plugins.topics",)

RECENT = 5
MOST_TOPICS = 30  # that are named: with hundreds the page would be a list of topics


def read_script(path: Path) -> Markup:
    """Return a script of the theme without its comments and indents, as its page has it."""
    lines = [re.sub(r"^\s*//.*", "", line).strip() for line in path.read_text("utf-8").splitlines()]
    return Markup("\n".join(filter(None, lines)).replace("</", "<\\/"))  # noqa: S704 - the theme's own


def select_topics(topics: Sequence[Any]) -> list[Any]:
    """Return the topics with the most posts, in the order of all topics."""
    largest = sorted(topics, key=lambda topic: -topic.posts)[:MOST_TOPICS]
    named = {topic.slug for topic in largest if topic.posts}
    return [topic for topic in topics if topic.slug in named]


def write_not_found(generator: Any, writer: Any) -> None:
    """Write the page."""
    script = read_script(Path(generator.settings["THEME"]) / "static" / "not_found.js")
    writer.add_page(
        SITE["not_found"],
        "404",
        topics=select_topics(generator.context["topics"]),
        recent=generator.articles[:RECENT],
        not_found_script=script,
    )


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_not_found)
