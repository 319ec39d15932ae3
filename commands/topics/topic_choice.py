"""Read which topics a new post is to have, and check them against those that there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalogue.authority import group_topic_names, suggest_topic
from catalogue.folding import fold_name
from catalogue.problems import shorten
from catalogue.records import Record
from catalogue.spelling import Guesses
from catalogue.text.titles import read_title
from commands.topics.topic_guess import guess_topics, read_topic_names
from commands.writing.post_files import CommandFault, read_file_header


@dataclass(frozen=True)
class Choice:
    """The topics of a new post, or the name of one to show how they are written."""

    names: list[str]
    example: str = ""


def read_topics(content: Path) -> list[Record]:
    """Return the topics of `content/topics/` as far as their headers say what they are called."""
    topics = []
    for path in sorted((content / "topics").glob("*.md")):
        values = read_file_header(path, "topic").values
        title = read_title(values.get("Title", ""), values.get("Lang", "en"))[0]
        topics.append(Record(f"topics/{path.name}", "topic", title=title, values=values))
    return topics


def choose_topics(given: Sequence[str], title: str, content: Path) -> Choice:
    """Return the topics of a new post: those that were given, or else those that its title names.

    Each may be given by a name or a variant, and several in one word with commas between them. Raises
    CommandFault, with the nearest topic, for a name that none has.
    """
    if not given:
        names = read_topic_names(content)
        guessed = guess_topics(title, names)
        return Choice(guessed, "" if guessed else min(names.values(), default=""))
    owners = group_topic_names(read_topics(content))
    chosen: dict[str, str] = {}
    for name in split_names(given, owners):
        owner = owners.get(fold_name(name))
        if owner is None:
            remedy = suggest_topic(name, owners, Guesses())
            raise CommandFault(f"“{shorten(name)}” is no topic. {remedy}")
        chosen[owner.path] = owner.values.get("Title") or owner.slug
    if not chosen:
        raise CommandFault("--topic needs the name of a topic after it.")
    return Choice([*chosen.values()])


def split_names(given: Iterable[str], owners: Mapping[str, Record]) -> Iterator[str]:
    """Yield the names in what was given; a topic's own name may have a comma in it."""
    for word in given:
        names = [word] if fold_name(word) in owners else word.split(",")
        yield from (name.strip() for name in names if name.strip())
