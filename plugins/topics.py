"""Make the topics of the posts: each tag is a topic with a record in `content/topics/`.

Reads: the records of topics and posts.
Adds: `topics` to each article, the list of all topics to the context.
Writes: a page for each topic, and the list of topics.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

from markupsafe import Markup

from catalogue.addresses import SITE
from catalogue.problems import Problem, shorten
from catalogue.records import Record
from catalogue.slugs import format_slug
from catalogue.spelling import Guesses
from catalogue.text.encoding import INVISIBLE
from catalogue.text.links import expand_links
from catalogue.text.typography import set_title
from plugins.archives import group_years

LONGEST_NAME = 80
NAMES_KEPT = 10_000  # the same few names are folded for every post


@dataclass
class Topic:
    """Hold what a topic's page shows."""

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
        """Return what other pages may show of it."""
        return [*self.label, self.used_for, self.posts, self.comments]

    def facts(self) -> list[Any]:
        """Return what only its own page may show, beside its card."""
        return [getattr(self, each.name) for each in fields(self)]

    @property
    def label(self) -> tuple[str, str, str]:
        """Give what a text that has it shows of it."""
        return self.slug, self.name, self.url

    @property
    def feed(self) -> str:
        """Give the place of its Atom feed."""
        return f"{self.url}feed.atom.xml"

    @property
    def rss(self) -> str:
        """Give the place of its RSS feed."""
        return f"{self.url}feed.rss.xml"

    @property
    def years(self) -> list[tuple[int, list[Any]]]:
        """Group its posts by year."""
        return group_years(self.articles)

    @cached_property
    def posts(self) -> int:
        """Count its posts."""
        return len(self.articles)

    @cached_property
    def comments(self) -> int:
        """Count the comments on its posts."""
        return sum(article.comments for article in self.articles)


@lru_cache(maxsize=NAMES_KEPT)
def fold_name(name: str) -> str:
    """Reduce a topic's name to what tells it from others: not case, not blanks or hyphens."""
    plain = unicodedata.normalize("NFKC", name).translate(INVISIBLE).casefold()
    return re.sub(r"[\s_-]+", " ", plain).strip()


def read_names(record: Record) -> list[tuple[str, str]]:
    """List the names a topic's record claims, each with the header key that claims it."""
    names = [(record.values.get("Title", ""), "Title"), (record.slug, "")]
    return [*names, *((name, "Used-for") for name in record.values.get("Used-for", []))]


def group_names(records: Iterable[Record]) -> tuple[dict[str, Record], list[Problem]]:
    """Find the record of each folded name; two records that claim one name are an error."""
    owners: dict[str, Record] = {}
    problems = []
    for record in records:
        for name, key in read_names(record):
            owner = owners.setdefault(fold_name(name), record)
            if owner is not record:
                text = (
                    f"“{shorten(name or record.slug)}” is a name of the topic in {owner.path} already. "
                    "Keep it in one of the two files."
                )
                problems.append(Problem(record.path, record.line(key), "error", text))
    return owners, problems


def read_tags(record: Record) -> list[tuple[str, str]]:
    """List the tags of a post, each with its header key; the category is one more tag."""
    return [(name, key) for key in ("Tags", "Category") for name in record.values.get(key, [])]


def check_tags(
    record: Record, owners: Mapping[str, Record], guesses: Guesses | None = None
) -> list[Problem]:
    """Find tags that are no topic; name the nearest, and the command that adds one.

    `guesses` are those of the whole run, which judges one post after the other.
    """
    guesses = guesses or Guesses()
    unknown = [(record.line(k), n) for n, k in read_tags(record) if fold_name(n) not in owners]
    return [
        Problem(record.path, line, "warning", describe_unknown(name, owners, guesses))
        for line, name in sorted(unknown, key=itemgetter(0))
    ]


def describe_unknown(
    name: str, owners: Mapping[str, Record], guesses: Guesses | None = None
) -> str:
    """Say of a tag that it is no topic, and what to write instead."""
    seen = f"“{shorten(name)}” is no topic yet, so the post is not filed under it."
    return f"{seen} {describe_remedy(name, owners, guesses or Guesses())}"


def describe_remedy(name: str, owners: Mapping[str, Record], guesses: Guesses) -> str:
    """Say what to write instead of a name that no topic has."""
    words = fold_name(name).split()
    split = [show_name(owners[word]) for word in words if word in owners]
    if len(words) > 1 and len(split) == len(words):
        return f"Put commas between topics: {shorten(', '.join(split), 100)}"
    near = guesses.find(fold_name(name), owners)
    shown = "".join(c for c in name if c.isprintable() and c not in '"\\$`')
    command = f'python3 tasks.py topic "{shown}"'
    if near and len(shown) <= LONGEST_NAME:
        known = show_name(owners[near])
        return f"Did you mean “{known}”? If it is a new topic, run: {command}"
    if format_slug(name) and len(shown) <= LONGEST_NAME:
        return f"Choose another, or make it a topic: run: {command}"
    return "Choose another."


def show_name(topic: Record) -> str:
    """Give a topic's name fit for a message; a record without a title is known by its address."""
    return shorten(topic.title or topic.slug)


def select_topics(record: Record, owners: Mapping[str, Record]) -> list[Record]:
    """Give a post's topics in the order of its tags, each once."""
    found = [owners.get(fold_name(name)) for name, _ in read_tags(record)]
    return [*{topic.path: topic for topic in found if topic}.values()]


def list_used(posts: Iterable[Record], owners: Mapping[str, Record]) -> set[str]:
    """Give the paths of the topics that any of the posts has."""
    names = {fold_name(name) for name in {name for post in posts for name, _ in read_tags(post)}}
    return {owners[name].path for name in names if name in owners}


def select_visible(
    topics: Sequence[Record],
    published: Iterable[Record],
    hidden: Iterable[Record],
    owners: Mapping[str, Record],
) -> tuple[list[Record], list[Record]]:
    """Part the topics into those of the site and those that only unpublished posts have."""
    shown = list_used(published, owners)
    kept = list_used(hidden, owners) - shown
    return (
        [topic for topic in topics if topic.path not in kept],
        [topic for topic in topics if topic.path in kept],
    )


def read_variants(record: Record) -> list[str]:
    """List the other names of a topic as they are shown; what is one name in another dress goes."""
    names = {fold_name(record.title): record.title}
    for name in record.values.get("Used-for", []):
        names.setdefault(fold_name(set_title(name)), set_title(name))
    return [*names.values()][1:]


def make_topic(record: Record, scope_note: str) -> Topic:
    """Make what a topic's page shows of its record."""
    return Topic(
        name=record.title,
        slug=record.slug,
        url=f"topics/{record.slug}/",
        scope_note=Markup(scope_note),  # noqa: S704 - checked when the record was read
        description=record.description or f"Posts about {record.title}.",
        used_for=read_variants(record),
        record=record,
    )


def add_topics(generator: Any) -> None:
    """Give each article its topics, and the context all topics from A to Z."""
    catalogue, root = generator.catalogue, generator.site_root
    topics = {
        record.path: make_topic(record, expand_links(record.html, root, catalogue.addresses))
        for record in catalogue.topics
    }
    for article in generator.articles:
        records = select_topics(article.record, catalogue.names)
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
