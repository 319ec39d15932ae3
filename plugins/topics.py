"""The topics of the posts, each with a page: a tag is a topic with a record in `content/topics/`.

Reads: the records of topics and posts.
Adds: `topics` to each article, the list of all topics to the context.
Writes: a page for each topic, and the list of topics.
"""

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from markupsafe import Markup

from catalogue.addresses import SITE
from catalogue.authority import list_variants, select_topics
from catalogue.records import Record
from catalogue.text.plain_text import cut_description
from plugins.archives import group_years
from plugins.markdown_words import put_words
from plugins.page_text import prepare_text


@dataclass
class Topic:
    """A topic as its page shows it."""

    name: str
    slug: str
    url: str
    scope_note: Markup
    description: str
    used_for: list[str]
    record: Record
    articles: list[Any] = field(default_factory=list)  # newest first
    starts: list[Any] = field(default_factory=list)  # in the author's order
    see_also: list["Topic"] = field(default_factory=list)
    broader: list["Topic"] = field(default_factory=list)
    narrower: list["Topic"] = field(default_factory=list)
    related: list["Topic"] = field(default_factory=list)  # those that share most posts with it

    def card(self) -> list[Any]:
        """Return what other pages may show of it; a post shows only the label of its topics."""
        plain = self.scope_note, self.description, self.used_for, self.record.values
        return [*self.label, *plain, self.posts, self.comment_count]

    def facts(self) -> list[Any]:
        """Return what only its own page may show, beside its card."""
        return [getattr(self, each.name) for each in fields(self)]

    @property
    def label(self) -> tuple[str, str, str]:
        """Return what a text that has it shows of it."""
        return self.slug, self.name, self.url

    @property
    def brief(self) -> str:
        """Return what search engines and other sites are told of it."""
        return cut_description(self.description)

    @property
    def title_html(self) -> Markup:
        """Return its name as the heading of its page."""
        return Markup(self.record.title_html)  # noqa: S704 - written from plain text

    @property
    def feed(self) -> str:
        """Return the place of its Atom feed."""
        return f"{self.url}feed.atom.xml"

    @property
    def rss(self) -> str:
        """Return the place of its RSS feed."""
        return f"{self.url}feed.rss.xml"

    @property
    def years(self) -> list[tuple[int, list[Any]]]:
        """Return its posts by year."""
        return group_years(self.articles)

    @cached_property
    def posts(self) -> int:
        """Return the number of its posts."""
        return len(self.articles)

    @cached_property
    def comment_count(self) -> int:
        """Return the number of comments on its posts."""
        return sum(article.comment_count for article in self.articles)


def make_topic(record: Record, scope_note: str, description: str = "") -> Topic:
    """Return what a topic's page shows of its record.

    `scope_note` is HTML with addresses, `description` is for a topic without a scope note.
    """
    return Topic(
        name=record.title,
        slug=record.slug,
        url=f"topics/{record.slug}/",
        scope_note=Markup(scope_note),  # noqa: S704 - checked when the record was read
        description=record.description or description,
        used_for=list_variants(record),
        record=record,
    )


def add_topics(generator: Any) -> None:
    """Add its topics to each article, and all topics from A to Z to the context."""
    catalogue, root = generator.catalogue, generator.site_root
    topics = {}
    for record in catalogue.topics:
        html = put_words(record.html, generator.words)
        scope_note = prepare_text(html, root, catalogue.targets)
        about = generator.words.fill("posts_about", topic=record.title)
        topics[record.path] = make_topic(record, scope_note, about)
    for article in generator.articles:
        records = select_topics(article.record, catalogue.topic_names)
        article.topics = [topics[record.path] for record in records]
        for topic in article.topics:
            topic.articles.append(article)
    generator.context["topics"] = list(topics.values())


def write_topics(generator: Any, writer: Any) -> None:
    """Write a page for each topic, and the list of them."""
    for topic in generator.context["topics"]:
        writer.add_page(topic.url, "topic", topic=topic)
    writer.add_page(SITE["topics"], "topics")


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_topics)
    signals.article_writer_finalized.connect(write_topics)
