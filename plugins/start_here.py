"""Show on a topic's page the posts to start with, in the author's order, each with a word on why.

Reads: `Start-here` of the topics' records.
Adds: `starts` to each topic.
Writes: nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from catalogue.post_names import find_post, group_post_names
from catalogue.records import Record
from catalogue.text.titles import read_sentence

AFTER = ("plugins.topics",)


@dataclass(frozen=True)
class Start:
    """A post to start with, and why."""

    article: Any
    why: Markup


def select_starts(
    topic: Record, posts: Mapping[str, Record], articles: Mapping[str, Any]
) -> list[Start]:
    """Return the posts that a topic starts with, of those that are published, each once."""
    starts: dict[str, Start] = {}
    for start in topic.values.get("Start-here", []):
        post = find_post(start["post"], posts)
        if post and post.path in articles:
            why = Markup(read_sentence(start["why"], topic.language).html)  # noqa: S704 - from plain text
            starts.setdefault(post.path, Start(articles[post.path], why))
    return [*starts.values()]


def add_starts(generator: Any) -> None:
    """Add to each topic the posts that it starts with."""
    topics = [topic for topic in generator.context["topics"] if "Start-here" in topic.record.values]
    if topics:
        records = generator.catalogue.records.values()
        posts = group_post_names(record for record in records if record.kind == "post")
        articles = {article.record.path: article for article in generator.articles}
        for topic in topics:
            topic.starts = select_starts(topic.record, posts, articles)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_starts)
