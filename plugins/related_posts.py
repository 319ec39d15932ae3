"""Relate each post to a few that share topics with it, the rarer the topic the sooner.

Reads: the articles with their topics, newest first; their neighbours, series, links and backlinks.
Adds: `related` to each article: other articles, the nearest relation first.
Writes: nothing.

A topic that few posts have says more of a post than one that all have, so a topic weighs as much as
the inverse of its frequency, on a logarithmic scale (K. Sparck Jones, 1972). What two posts share counts
for less the more topics they have besides, as the cosine of two vectors does. What a post names anyway
is not named again. To stay linear in the number of posts, a topic puts forward only those of its posts
that are nearest in time.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from math import isqrt, log2
from types import MappingProxyType
from typing import Any

AFTER = ("plugins.topics", "plugins.neighbours", "plugins.backlinks", "plugins.series")

MOST_POSTS = 4
NEAREST = 3  # so many before and as many after a post does each of its topics put forward
EMPTY: Mapping[int, Set[int]] = MappingProxyType({})
SCALE = 1000  # weights are whole numbers: their sums are the same in any order


def group_by_topic(posts: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """Return the numbers of the posts of each topic, from each post's topics."""
    groups: dict[str, list[int]] = {}
    for number, topics in enumerate(posts):
        for topic in topics:
            groups.setdefault(topic, []).append(number)
    return groups


def weigh_topic(size: int, total: int) -> int:
    """Return the weight of a topic that `size` of `total` posts have; even one of all has some."""
    return round(SCALE * log2(1 + total / size))


def select_candidates(groups: Iterable[Sequence[int]], total: int) -> list[set[int]]:
    """Return for each post those that its topics put forward: the nearest in time of each."""
    candidates: list[set[int]] = [set() for _ in range(total)]
    for group in groups:
        for place, number in enumerate(group):
            candidates[number].update(group[max(0, place - NEAREST) : place + NEAREST + 1])
    for number, found in enumerate(candidates):
        found.discard(number)
    return candidates


def relate_posts(
    posts: Sequence[Sequence[str]], named: Mapping[int, Set[int]] = EMPTY
) -> list[list[int]]:
    """Return the numbers of the posts that are related to each, from each post's topics.

    `named` are the numbers of those that a post names in another way. The posts come newest first. Of
    equal relations the nearest in time comes first, then the newer.
    """
    groups = group_by_topic(posts)
    weights = {topic: weigh_topic(len(group), len(posts)) for topic, group in groups.items()}
    weigh = weights.__getitem__
    sets = [frozenset(topics) for topics in posts]
    sizes = [sum(map(weigh, topics)) for topics in sets]
    related = []
    for number, found in enumerate(select_candidates(groups.values(), len(posts))):
        own = sets[number]
        ranks = [
            (
                -SCALE * sum(map(weigh, own & sets[other])) // isqrt(sizes[number] * sizes[other]),
                abs(number - other),
                other,
            )
            for other in found - named.get(number, frozenset())
        ]
        related.append([other for _, _, other in sorted(ranks)[:MOST_POSTS]])
    return related


def list_named(articles: Sequence[Any]) -> dict[int, set[int]]:
    """Return by the number of each article those that its page names in another way."""
    numbers = {article.record.path: number for number, article in enumerate(articles)}
    named: dict[int, set[int]] = {}
    for number, article in enumerate(articles):
        parts = article.series.parts if article.series else ()
        others = [article.older, article.newer, *article.backlinks, *parts]
        paths = [other.record.path for other in others if other]
        paths += [link.target for link in article.record.links]
        named[number] = {numbers[path] for path in paths if path in numbers}
    return named


def add_related(generator: Any) -> None:
    """Add to each article its related posts."""
    articles = generator.articles
    topics = [[topic.slug for topic in article.topics] for article in articles]
    named = list_named(articles)
    for article, numbers in zip(articles, relate_posts(topics, named), strict=True):
        article.related = [articles[number] for number in numbers]


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_generator_finalized.connect(add_related)
