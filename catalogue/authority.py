"""Find which topic a name means, which topics a post has, and how topics relate.

The authority file is `content/topics/`: one record a topic, with its preferred name (`Title`), its
variants (`Used-for`) and its relations (`See-also`, `Broader`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.addresses import is_reserved
from catalogue.folding import fold_name
from catalogue.problems import shorten
from catalogue.records import Record
from catalogue.slugs import check_slug, format_ascii, format_slug, format_topic_slug
from catalogue.spelling import Guesses
from catalogue.text.typography import set_title

NUMBER = re.compile("[0-9]+")
LONGEST_NUMBER = 9  # digits: a longer one is no quantity, and is filed digit by digit

LONGEST_TOPIC_NAME = 80  # characters, for a name to be offered as one of a new topic


@dataclass
class Relations:
    """The topics that one topic is related to, by path."""

    see_also: dict[str, Record] = field(default_factory=dict)
    broader: dict[str, Record] = field(default_factory=dict)
    narrower: dict[str, Record] = field(default_factory=dict)


def list_claims(topic: Record) -> list[tuple[str, str]]:
    """Return the names that a topic's record claims, each with the header key that claims it.

    The slug is one of them, unless it is the title without the signs that make it a name of its own:
    the topic `C++` is not called `C`, though its record may lie in `c.md`.
    """
    title = topic.title
    names = [(title, "Title")]
    if topic.slug != format_slug(title) or topic.slug == format_topic_slug(title):
        names.append((topic.slug, ""))
    return [*names, *((name, "Used-for") for name in topic.values.get("Used-for", []))]


def group_topic_names(topics: Iterable[Record]) -> dict[str, Record]:
    """Return the topic of each folded name; of two that claim one name, the first."""
    owners: dict[str, Record] = {}
    for topic in topics:
        for name, _ in list_claims(topic):
            owners.setdefault(fold_name(name), topic)
    return owners


def list_variants(topic: Record) -> list[str]:
    """Return the other names of a topic as they are shown, of those that fold to one only the first."""
    names = {fold_name(topic.title): topic.title}
    for name in topic.values.get("Used-for", []):
        shown = set_title(name, topic.language)
        names.setdefault(fold_name(shown), shown)
    return [*names.values()][1:]


def list_post_tags(post: Record) -> list[tuple[str, str]]:
    """Return the tags of a post, each with its header key; the category is one more tag."""
    return [(name, key) for key in ("Tags", "Category") for name in post.values.get(key, [])]


@dataclass
class UnknownTag:
    """A name that posts have as a tag, and no topic has."""

    first: Record  # of the posts that have it
    line: int
    spellings: Counter[str] = field(default_factory=Counter)  # how many posts have each

    @property
    def name(self) -> str:
        """Return it as most posts have it; of equals, as the first has it."""
        return max(self.spellings, key=lambda name: self.spellings[name])


def group_unknown_tags(
    posts: Iterable[Record], owners: Mapping[str, Record]
) -> dict[str, UnknownTag]:
    """Return the tags that name no topic, by folded name, in order of posts and lines."""
    unknown: dict[str, UnknownTag] = {}
    for post in posts:
        strange = [tag for tag in list_post_tags(post) if fold_name(tag[0]) not in owners]
        own: dict[str, tuple[int, str]] = {}
        for name, key in strange and sorted(strange, key=lambda tag: post.line(tag[1])):
            own.setdefault(fold_name(name), (post.line(key), name))
        for folded, (line, name) in own.items():
            unknown.setdefault(folded, UnknownTag(post, line)).spellings[name] += 1
    return unknown


def select_topics(post: Record, owners: Mapping[str, Record]) -> list[Record]:
    """Return a post's topics in the order of its tags, each once."""
    found = [owners.get(fold_name(name)) for name, _ in list_post_tags(post)]
    return [*{topic.path: topic for topic in found if topic}.values()]


def list_used(posts: Iterable[Record], owners: Mapping[str, Record]) -> set[str]:
    """Return the paths of the topics that any of the posts has."""
    names = {fold_name(name) for name in {tag for post in posts for tag, _ in list_post_tags(post)}}
    return {owners[name].path for name in names if name in owners}


def order_name(name: str) -> tuple[str, str]:
    """Return the key by which a name is filed: accents and case aside, and numbers by their value.

    So *Part 2* stands before *Part 10* (ALA Filing Rules, 1980, rule 8).
    """
    plain = NUMBER.sub(
        lambda number: number[0].zfill(LONGEST_NUMBER), fold_name(format_ascii(name))
    )
    return plain, name


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
    return {name: owners.get(fold_name(name)) for name in topic.values.get(key, [])}


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


def suggest_topic(
    name: str, owners: Mapping[str, Record], guesses: Guesses, own: Record | None = None
) -> str:
    """Return what to write instead of a name that no topic has; never the topic `own`."""
    words = fold_name(name).split()
    split = [show_topic(owners[word]) for word in words if word in owners]
    if len(words) > 1 and len(split) == len(words):
        return f"Put commas between topics: {shorten(', '.join(split), 100)}"
    others = (other for other, owner in owners.items() if owner is not own)
    near = guesses.find(fold_name(name), others, own.path if own else "")
    shown = "".join(c for c in name if c.isprintable() and c not in '"\\$`')
    command = f'python3 tasks.py topic "{shown}"'
    known = show_topic(owners[near]) if near else ""
    if known not in ("", shorten(name)) and len(shown) <= LONGEST_TOPIC_NAME:
        return f"Did you mean “{known}”? If it is a new topic, run: {command}"
    if not explain_no_topic(name):
        return f"Choose another, or make it a topic: run: {command}"
    return "Choose another."


def explain_no_topic(name: str) -> str:
    """Return why a name can be none of a topic, and what to do; empty if it can."""
    slug = format_topic_slug(name)
    if check_slug(slug) or not name.isprintable():
        return (
            f"“{shorten(name)}” cannot be a topic's name. Write letters of the alphabet, like: "
            'python3 tasks.py topic "Customer service"'
        )
    if len(name) > LONGEST_TOPIC_NAME:
        seen = f"“{shorten(name)}” has {len(name):,} characters"
        return f"{seen}, and a topic's name has at most {LONGEST_TOPIC_NAME}. Shorten it."
    if is_reserved("topic", slug):
        return f"“{slug}” is a name that the site itself uses. Add a word to it."
    return ""


def show_topic(topic: Record) -> str:
    """Return a topic's name for a message; a record without a title is known by its slug."""
    return shorten(topic.title or topic.slug)
