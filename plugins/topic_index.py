"""Relate the topics to one another as a catalogue does: see also, broader, narrower, see.

Reads: the topics with their records and posts.
Adds: `see_also`, `broader`, `narrower` and `related` to each topic, `index` to the context.
Writes: nothing.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from catalogue.authority import group_relations, order_name
from plugins.letter_groups import group_by_letter
from plugins.topics import Topic

AFTER = ("plugins.topics",)

MOST_RELATED = 5
MOST_PAIRED = 12  # so many topics of one post are paired with each other


@dataclass(frozen=True)
class IndexLine:
    """One line of the index: a topic under its name, or a variant with the topic to see."""

    name: str
    topic: Topic
    is_variant: bool


def count_pairs(articles: Iterable[Any]) -> dict[str, Counter[str]]:
    """Return how many posts each topic shares with each other, by their slugs."""
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        slugs = [topic.slug for topic in article.topics[:MOST_PAIRED]]
        for slug, other in permutations(slugs, 2):
            pairs[slug][other] += 1
    return pairs


def select_related(
    topic: Topic, shared: Mapping[str, int], topics: Mapping[str, Topic]
) -> list[Topic]:
    """Return the topics that share most posts with a topic and have no other relation to it."""
    known = {other.slug for other in (*topic.see_also, *topic.broader, *topic.narrower)}
    counts = [(-count, *order_topic(topics[slug]), slug) for slug, count in shared.items()]
    best = heapq.nsmallest(MOST_RELATED, (count for count in counts if count[-1] not in known))
    return [topics[slug] for *_, slug in best]


def order_topic(topic: Topic) -> tuple[str, str, str]:
    """Return the key that puts topics in the order of their names."""
    return *order_name(topic.name), topic.slug


def list_lines(topics: Iterable[Topic]) -> Iterator[IndexLine]:
    """Yield the lines of the index: each topic under its name and each of its variants."""
    for topic in topics:
        yield IndexLine(topic.name, topic, is_variant=False)
        yield from (IndexLine(name, topic, is_variant=True) for name in topic.used_for)


def order_line(line: IndexLine) -> tuple[str, str, str]:
    """Return the key that orders the lines under one letter."""
    return *order_name(line.name), line.topic.slug


def add_relations(generator: Any) -> None:
    """Add its relations to each topic, and the index from A to Z to the context."""
    catalogue, topics = generator.catalogue, generator.context["topics"]
    paths = {topic.record.path: topic for topic in topics}
    for path, found in group_relations(catalogue.topics, catalogue.topic_names).items():
        for name in ("see_also", "broader", "narrower"):
            others = (paths[other] for other in getattr(found, name) if other != path)
            setattr(paths[path], name, sorted(others, key=order_topic))
    pairs, slugs = count_pairs(generator.articles), {topic.slug: topic for topic in topics}
    for topic in topics:
        topic.related = select_related(topic, pairs.get(topic.slug, {}), slugs)
    generator.context["index"] = group_by_letter(list_lines(topics), order_line)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_relations)
