"""Find which topic a name means, which topics a post has, and how topics relate.

The authority file is `content/topics/`: one record a topic, with its preferred name (`Title`), its
variants (`Used-for`) and its relations (`See-also`, `Broader`).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from catalogue.problems import shorten
from catalogue.records import Record
from catalogue.slugs import format_slug
from catalogue.spelling import Guesses
from catalogue.text.encoding import INVISIBLE
from catalogue.text.typography import set_title

LONGEST_TOPIC_NAME = 80  # characters, for a name to be offered as one of a new topic
TOPIC_NAMES_CACHED = 10_000  # the same few names are folded for every post


@dataclass
class Relations:
    """The topics that one topic is related to, by path."""

    see_also: dict[str, Record] = field(default_factory=dict)
    broader: dict[str, Record] = field(default_factory=dict)
    narrower: dict[str, Record] = field(default_factory=dict)


@lru_cache(maxsize=TOPIC_NAMES_CACHED)
def fold_topic_name(name: str) -> str:
    """Return what tells the name of a topic or a series from others: not case, blanks or hyphens."""
    plain = unicodedata.normalize("NFKC", name).translate(INVISIBLE).casefold()
    return re.sub(r"[\s_-]+", " ", plain).strip()


def list_claims(topic: Record) -> list[tuple[str, str]]:
    """Return the names that a topic's record claims, each with the header key that claims it."""
    names = [(topic.values.get("Title", ""), "Title"), (topic.slug, "")]
    return [*names, *((name, "Used-for") for name in topic.values.get("Used-for", []))]


def group_topic_names(topics: Iterable[Record]) -> dict[str, Record]:
    """Return the topic of each folded name; of two that claim one name, the first."""
    owners: dict[str, Record] = {}
    for topic in topics:
        for name, _ in list_claims(topic):
            owners.setdefault(fold_topic_name(name), topic)
    return owners


def list_variants(topic: Record) -> list[str]:
    """Return the other names of a topic as they are shown, of those that fold to one only the first."""
    names = {fold_topic_name(topic.title): topic.title}
    for name in topic.values.get("Used-for", []):
        shown = set_title(name, topic.language)
        names.setdefault(fold_topic_name(shown), shown)
    return [*names.values()][1:]


def list_post_tags(post: Record) -> list[tuple[str, str]]:
    """Return the tags of a post, each with its header key; the category is one more tag."""
    return [(name, key) for key in ("Tags", "Category") for name in post.values.get(key, [])]


def select_topics(post: Record, owners: Mapping[str, Record]) -> list[Record]:
    """Return a post's topics in the order of its tags, each once."""
    found = [owners.get(fold_topic_name(name)) for name, _ in list_post_tags(post)]
    return [*{topic.path: topic for topic in found if topic}.values()]


def list_used(posts: Iterable[Record], owners: Mapping[str, Record]) -> set[str]:
    """Return the paths of the topics that any of the posts has."""
    names = {
        fold_topic_name(name) for name in {tag for post in posts for tag, _ in list_post_tags(post)}
    }
    return {owners[name].path for name in names if name in owners}


def select_published_topics(
    topics: Iterable[Record],
    published: Iterable[Record],
    hidden: Iterable[Record],
    owners: Mapping[str, Record],
) -> list[Record]:
    """Return all topics but those that only posts have which are not on the site."""
    only_hidden = list_used(hidden, owners) - list_used(published, owners)
    return [topic for topic in topics if topic.path not in only_hidden]


def read_relations(
    topic: Record, key: str, owners: Mapping[str, Record]
) -> dict[str, Record | None]:
    """Return the topic of each name under a header key; None for a name that no topic has."""
    return {name: owners.get(fold_topic_name(name)) for name in topic.values.get(key, [])}


def group_relations(topics: Sequence[Record], owners: Mapping[str, Record]) -> dict[str, Relations]:
    """Return how each of the topics relates to others of them, both ways, by path."""
    relations = {topic.path: Relations() for topic in topics}
    for topic in topics:
        for other in read_relations(topic, "See-also", owners).values():
            if other and other.path in relations:
                relations[topic.path].see_also[other.path] = other
                relations[other.path].see_also[topic.path] = topic
        for other in read_relations(topic, "Broader", owners).values():
            if other and other.path in relations:
                relations[topic.path].broader[other.path] = other
                relations[other.path].narrower[topic.path] = topic
    return relations


def suggest_topic(name: str, owners: Mapping[str, Record], guesses: Guesses) -> str:
    """Return what to write instead of a name that no topic has."""
    words = fold_topic_name(name).split()
    split = [show_topic(owners[word]) for word in words if word in owners]
    if len(words) > 1 and len(split) == len(words):
        return f"Put commas between topics: {shorten(', '.join(split), 100)}"
    near = guesses.find(fold_topic_name(name), owners)
    shown = "".join(c for c in name if c.isprintable() and c not in '"\\$`')
    command = f'python3 tasks.py topic "{shown}"'
    if near and len(shown) <= LONGEST_TOPIC_NAME:
        known = show_topic(owners[near])
        return f"Did you mean “{known}”? If it is a new topic, run: {command}"
    if format_slug(name) and len(shown) <= LONGEST_TOPIC_NAME:
        return f"Choose another, or make it a topic: run: {command}"
    return "Choose another."


def show_topic(topic: Record) -> str:
    """Return a topic's name for a message; a record without a title is known by its slug."""
    return shorten(topic.title or topic.slug)
