"""Relate the topics to one another as a catalogue does: see also, broader, narrower, see.

Reads: the topics with their records and posts.
Adds: `see_also`, `broader`, `narrower` and `related` to each topic, `index` to the context.
Writes: nothing.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from graphlib import TopologicalSorter
from itertools import groupby, permutations
from operator import or_
from typing import Any

from catalogue.problems import Problem, shorten
from catalogue.records import Record
from catalogue.slugs import format_ascii
from catalogue.spelling import Guesses
from plugins.topics import Topic, describe_remedy, fold_name

MOST_RELATED = 5
MOST_PAIRED = 12  # so many topics of one post are paired with each other
DIGITS, OTHERS = "0–9", "Other"


@dataclass
class Relations:
    """Hold the topics that one topic stands in relation to, by path."""

    see_also: dict[str, Record] = field(default_factory=dict)
    broader: dict[str, Record] = field(default_factory=dict)
    narrower: dict[str, Record] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """Hold one line of the index: a topic under its name, or a variant that says where to see."""

    name: str
    topic: Topic
    is_variant: bool


def read_relations(
    record: Record, key: str, owners: Mapping[str, Record]
) -> dict[str, Record | None]:
    """Find the topic of each name under a header key; None for a name that no topic has."""
    return {name: owners.get(fold_name(name)) for name in record.values.get(key, [])}


def group_relations(topics: Sequence[Record], owners: Mapping[str, Record]) -> dict[str, Relations]:
    """Relate the given topics, by path, both ways; a topic that is not among them is left out."""
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


def check_relations(topics: Sequence[Record], owners: Mapping[str, Record]) -> list[Problem]:
    """Judge `See-also` and `Broader` of all topics: names, circles, and the two against each other."""
    relations = group_relations(topics, owners)
    guesses = Guesses()
    problems = [found for topic in topics for found in check_names(topic, owners, guesses)]
    return problems + (check_circles(topics, relations) or check_kinds(topics, owners, relations))


def check_names(topic: Record, owners: Mapping[str, Record], guesses: Guesses) -> list[Problem]:
    """Find names that no topic has, and a topic that names itself."""
    problems = []
    for key in sorted(("See-also", "Broader"), key=topic.line):
        for name, other in read_relations(topic, key, owners).items():
            if other is None:
                text = f"{key} names “{shorten(name)}”, which is no topic yet."
                text = f"{text} {describe_remedy(name, owners, guesses)}"
            elif other is topic:
                text = f"{key} names “{shorten(name)}”, which is this topic itself. Take it out."
            else:
                continue
            problems.append(Problem(topic.path, topic.line(key), "error", text))
    return problems


def check_circles(topics: Sequence[Record], relations: Mapping[str, Relations]) -> list[Problem]:
    """Find topics that are broader than themselves by way of others, and tell it in each file."""
    lines = {topic.path: topic.line("Broader") for topic in topics}
    problems: list[Problem] = []
    for circle in find_circles(relations):
        way = ", ".join(circle[:6]) + (", …" if len(circle) > 6 else "")
        text = f"Broader leads in a circle: {way}. Take a name out of Broader in one of the files."
        problems += [Problem(path, lines[path], "error", text) for path in circle[1:]]
    return problems


def find_circles(relations: Mapping[str, Relations]) -> list[list[str]]:
    """Find topics that are broader than themselves: each circle from one topic up to the same.

    A topic is in one circle at most, so that all are found by one walk down from topic to topic.
    """
    below: dict[str, dict[str, None]] = {}
    for path, found in relations.items():
        below.setdefault(path, {})
        for up in found.broader:
            below.setdefault(up, {})[path] = None
    circles: list[list[str]] = []
    done: set[str] = set()
    for start in below:
        way = {start: iter(below[start])} if start not in done else {}  # from the broadest down
        while way:
            last = next(reversed(way))
            step = next((path for path in way[last] if path not in done and path != last), None)
            if step is None:
                done.add(last)
                del way[last]
            elif step in way:
                circle = [step]
                while step in way:
                    circle.append(way.popitem()[0])
                circles.append(circle)
                done.update(circle)
            else:
                way[step] = iter(below[step])
    return circles


def check_kinds(
    topics: Sequence[Record], owners: Mapping[str, Record], relations: Mapping[str, Relations]
) -> list[Problem]:
    """Find *see also* between a topic and one above it: a relation is of one kind (SKOS, S27)."""
    bits = {path: 1 << number for number, path in enumerate(relations)}
    above = sum_above(relations, bits)
    problems = []
    for topic in topics:
        for other in read_relations(topic, "See-also", owners).values():
            if other is None or other is topic:
                continue
            kind = "broader" if bits[other.path] & above[topic.path] else ""
            kind = kind or ("narrower" if bits[topic.path] & above[other.path] else "")
            if kind:
                seen = f"“{other.title}” in {other.path} is a {kind} topic of this one already"
                text = f"{seen}, by way of Broader. Take it out of See-also."
                problems.append(Problem(topic.path, topic.line("See-also"), "error", text))
    return problems


def sum_above(relations: Mapping[str, Relations], bits: Mapping[str, int]) -> dict[str, int]:
    """Return, by path, the bits of all topics that are broader, over any number of steps.

    There must be no circles. A set of bits takes the least room that a set of topics can.
    """
    graph = {path: found.broader.keys() - {path} for path, found in relations.items()}
    above: dict[str, int] = {}
    for path in TopologicalSorter(graph).static_order():
        above[path] = reduce(or_, (bits[up] | above[up] for up in graph[path]), 0)
    return above


def count_pairs(articles: Iterable[Any]) -> dict[str, Counter[str]]:
    """Count for each topic's slug the posts that it shares with each other topic."""
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        slugs = [topic.slug for topic in article.topics[:MOST_PAIRED]]
        for slug, other in permutations(slugs, 2):
            pairs[slug][other] += 1
    return pairs


def select_related(
    topic: Topic, shared: Mapping[str, int], topics: Mapping[str, Topic]
) -> list[Topic]:
    """Give the topics that share most posts with a topic and stand in no other relation to it."""
    known = {other.slug for other in (*topic.see_also, *topic.broader, *topic.narrower)}
    counts = [(-count, *order_names(topics[slug]), slug) for slug, count in shared.items()]
    best = heapq.nsmallest(MOST_RELATED, (count for count in counts if count[-1] not in known))
    return [topics[slug] for *_, slug in best]


def order_names(topic: Topic) -> tuple[str, str]:
    """Give the key that puts topics in the order of their names."""
    return fold_name(topic.name), topic.slug


def format_letter(name: str) -> str:
    """Give the heading that a name stands under in the index: its first letter, without its accent."""
    first = next((c for c in format_ascii(name).upper() if c.isalnum()), "")
    if first.isdigit():
        return DIGITS
    return first or OTHERS


def group_letters(topics: Iterable[Topic]) -> list[tuple[str, list[Entry]]]:
    """Put all names and variants of topics in one order, under their letters, digits first."""
    entries = [
        entry
        for topic in topics
        for entry in (
            Entry(topic.name, topic, is_variant=False),
            *(Entry(name, topic, is_variant=True) for name in topic.used_for),
        )
    ]
    keys = {id(entry): (format_letter(entry.name), order_entries(entry)) for entry in entries}
    entries.sort(key=lambda entry: (keys[id(entry)][0] == OTHERS, keys[id(entry)]))
    return [(letter, [*group]) for letter, group in groupby(entries, lambda e: keys[id(e)][0])]


def order_entries(entry: Entry) -> tuple[str, str, str]:
    """Give the key that orders the lines under one letter: by words, accents aside."""
    return fold_name(format_ascii(entry.name)), entry.name, entry.topic.slug


def add_relations(generator: Any) -> None:
    """Give each topic those that stand around it, and the context the index from A to Z."""
    catalogue, topics = generator.catalogue, generator.context["topics"]
    paths = {topic.record.path: topic for topic in topics}
    for path, found in group_relations(catalogue.topics, catalogue.names).items():
        for name in ("see_also", "broader", "narrower"):
            others = (paths[other] for other in getattr(found, name) if other != path)
            setattr(paths[path], name, sorted(others, key=order_names))
    pairs, slugs = count_pairs(generator.articles), {topic.slug: topic for topic in topics}
    for topic in topics:
        topic.related = select_related(topic, pairs.get(topic.slug, {}), slugs)
    generator.context["index"] = group_letters(topics)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_relations)
