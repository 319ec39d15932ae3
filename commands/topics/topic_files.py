"""Plan the records of new topics: where each lies, and what it says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from catalogue.authority import UnknownTag, explain_no_topic, group_unknown_tags
from catalogue.folding import fold_name
from catalogue.header.entries import unquote
from catalogue.problems import shorten
from catalogue.records import Record
from catalogue.selection import Catalogue, group_kinds
from catalogue.slugs import format_topic_slug
from commands.writing.markdown_escape import escape_words
from commands.writing.post_files import format_value

MOST_VARIANTS = 30  # names that a header line may hold


@dataclass
class NewTopic:
    """A topic that is to be made: its name, and other spellings of it that have the same address."""

    slug: str
    name: str
    variants: list[str] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Return the name of its record's file."""
        return f"{self.slug}.md"

    @property
    def text(self) -> str:
        """Return the text of its record."""
        header = [f"Title: {format_value(self.name)}"]
        if self.variants:
            header.append(f"Used-for: {', '.join(map(format_item, self.variants))}")
        return "\n".join([*header, "", f"Posts about {escape_words(self.name)}.", ""])


def format_item(name: str) -> str:
    """Return a name as one of a list in a header: in quotation marks, if it would be read otherwise."""
    if unquote(name) == name and not any(sign in name for sign in ",;[]"):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def start_topic(name: str) -> NewTopic:
    """Return the new topic of a name."""
    return NewTopic(format_topic_slug(name), name)


def group_slugs(topics: Iterable[Record]) -> dict[str, tuple[str, Record]]:
    """Return, by slug, the name and the topic that each address below `/topics/` belongs to."""
    slugs: dict[str, tuple[str, Record]] = {}
    for topic in topics:
        slugs[topic.slug] = (topic.values.get("Title", topic.slug), topic)
    for topic in topics:
        for name in topic.values.get("Used-for", []):
            slugs.setdefault(format_topic_slug(name), (name, topic))
    return slugs


def find_present(new: NewTopic, catalogue: Catalogue) -> tuple[str, str]:
    """Return the path of the topic that has a new one's name or address, and that name; or nothing."""
    if owner := catalogue.topic_names.get(fold_name(new.name)):
        return owner.path, new.name
    topics = group_kinds(catalogue.records.values())["topic"]
    name, topic = group_slugs(topics).get(new.slug, ("", None))
    return (topic.path, name) if topic else ("", "")


def explain_taken(name: str, slug: str, other: str, place: str) -> str:
    """Return what is said of a name whose address belongs to another name, of the topic in `place`."""
    return (
        f"“{shorten(name)}” would have the address of “{shorten(other)}” (/topics/{slug}/), which is in "
        f"{place}. If it is the same topic, add it there to Used-for; else add a word to it."
    )


def plan_topics(catalogue: Catalogue, root: str) -> tuple[list[NewTopic], list[str]]:
    """Return the topics to make of tags that are none yet, and why the other tags can be none.

    Tags that have one address, such as `Resume` and `Résumé`, are one topic: the name that most posts
    have is the topic's, and the others its variants. `root` is the content folder's for the messages.
    """
    kinds = group_kinds(catalogue.records.values())
    taken = group_slugs(kinds["topic"])
    planned: dict[str, list[UnknownTag]] = {}
    faults = []
    for tag in group_unknown_tags(kinds["post"], catalogue.topic_names).values():
        slug = format_topic_slug(tag.name)
        fault = explain_no_topic(tag.name)
        if not fault and slug in taken:
            other, topic = taken[slug]
            fault = explain_taken(tag.name, slug, other, f"{root}/{topic.path}")
        if fault:
            faults.append(f"{root}/{tag.first.path}:{tag.line}: {fault}")
        else:
            planned.setdefault(slug, []).append(tag)
    return [make_topic(slug, group) for slug, group in sorted(planned.items())], faults


def make_topic(slug: str, tags: Iterable[UnknownTag]) -> NewTopic:
    """Return the topic of tags that have one slug."""
    posts = Counter({tag.name: tag.spellings.total() for tag in tags})
    name, *variants = [name for name, _ in posts.most_common()]
    return NewTopic(slug, name, variants[:MOST_VARIANTS])
