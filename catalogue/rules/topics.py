"""Judge topics together: their names, of which each belongs to one, and how they relate."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from graphlib import TopologicalSorter
from operator import or_

from catalogue.authority import (
    Relations,
    group_relations,
    list_claims,
    read_relations,
    suggest_topic,
)
from catalogue.folding import fold_name
from catalogue.problems import Problem, shorten
from catalogue.records import Record
from catalogue.rules.start_here import check_starts
from catalogue.rules.tags import check_post_tags
from catalogue.spelling import Guesses


def check_topics(
    topics: Sequence[Record], posts: Sequence[Record], owners: Mapping[str, Record]
) -> Iterator[Problem]:
    """Yield all that is wrong with topics and in what names them; `owners` are those of folded names."""
    yield from check_topic_names(topics, owners)
    yield from check_relations(topics, owners)
    yield from check_starts(topics, posts)
    yield from check_post_tags(posts, owners)


def check_topic_names(topics: Iterable[Record], owners: Mapping[str, Record]) -> Iterator[Problem]:
    """Yield an error for a name that another topic has; `owners` are the topics by folded name."""
    for topic in topics:
        for name, key in list_claims(topic):
            owner = owners[fold_name(name)]
            if owner is not topic:
                text = (
                    f"“{shorten(name or topic.slug)}” is a name of the topic in {owner.path} already. "
                    "Keep it in one of the two files."
                )
                yield Problem(topic.path, topic.line(key), "error", text)


def check_relations(topics: Sequence[Record], owners: Mapping[str, Record]) -> Iterator[Problem]:
    """Yield the faults of `See-also` and `Broader`; `owners` are the topics by folded name."""
    relations = group_relations(topics, owners)
    guesses = Guesses()
    for topic in topics:
        yield from check_related_names(topic, owners, guesses)
    cycles = check_cycles(topics, relations)
    yield from cycles or check_relation_kinds(topics, owners, relations)


def check_related_names(
    topic: Record, owners: Mapping[str, Record], guesses: Guesses
) -> Iterator[Problem]:
    """Yield an error for names that no topic has, and a topic that names itself."""
    for key in sorted(("See-also", "Broader"), key=topic.line):
        for name, other in read_relations(topic, key, owners).items():
            if other is None:
                text = f"{key} names “{shorten(name)}”, which is no topic yet."
                text = f"{text} {suggest_topic(name, owners, guesses, topic)}"
            elif other is topic:
                text = f"{key} names “{shorten(name)}”, which is this topic itself. Take it out."
            else:
                continue
            yield Problem(topic.path, topic.line(key), "error", text)


def check_cycles(topics: Sequence[Record], relations: Mapping[str, Relations]) -> list[Problem]:
    """Return an error for topics that are broader than themselves by way of others, in each file."""
    lines = {topic.path: topic.line("Broader") for topic in topics}
    problems: list[Problem] = []
    for cycle in find_broader_cycles(relations):
        way = ", ".join(cycle[:6]) + (", …" if len(cycle) > 6 else "")
        text = f"Broader leads in a circle: {way}. Take a name out of Broader in one of the files."
        problems += [Problem(path, lines[path], "error", text) for path in cycle[1:]]
    return problems


def find_broader_cycles(relations: Mapping[str, Relations]) -> list[list[str]]:
    """Return the cycles of broader topics, each from one topic up to the same.

    A topic is in one cycle at most, so that all are found by one walk down from topic to topic.
    """
    below: dict[str, dict[str, None]] = {}
    for path, found in relations.items():
        below.setdefault(path, {})
        for up in found.broader:
            below.setdefault(up, {})[path] = None
    cycles: list[list[str]] = []
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
                cycle = [step]
                while step in way:
                    cycle.append(way.popitem()[0])
                cycles.append(cycle)
                done.update(cycle)
            else:
                way[step] = iter(below[step])
    return cycles


def check_relation_kinds(
    topics: Sequence[Record], owners: Mapping[str, Record], relations: Mapping[str, Relations]
) -> Iterator[Problem]:
    """Yield an error for *see also* to a topic that is broader or narrower already (SKOS, S27)."""
    bits = {path: 1 << number for number, path in enumerate(relations)}
    above = sum_above(relations, bits)
    for topic in topics:
        for other in read_relations(topic, "See-also", owners).values():
            if other is None or other is topic:
                continue
            kind = "broader" if bits[other.path] & above[topic.path] else ""
            kind = kind or ("narrower" if bits[topic.path] & above[other.path] else "")
            if kind:
                seen = f"“{other.title}” in {other.path} is a {kind} topic of this one already"
                text = f"{seen}, by way of Broader. Take it out of See-also."
                yield Problem(topic.path, topic.line("See-also"), "error", text)


def sum_above(relations: Mapping[str, Relations], bits: Mapping[str, int]) -> dict[str, int]:
    """Return, by path, the bits of all topics that are broader, over any number of steps.

    There must be no cycle. A set of bits takes the least room that a set of topics can.
    """
    graph = {path: found.broader.keys() - {path} for path, found in relations.items()}
    above: dict[str, int] = {}
    for path in TopologicalSorter(graph).static_order():
        above[path] = reduce(or_, (bits[up] | above[up] for up in graph[path]), 0)
    return above
