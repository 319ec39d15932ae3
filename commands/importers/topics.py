"""Join tags that are one topic, written in several ways, under the form that most posts have."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from catalogue.authority import explain_no_topic
from catalogue.folding import fold_name
from catalogue.problems import format_name
from catalogue.slugs import format_ascii, format_topic_slug
from commands.topics.topic_files import MOST_VARIANTS, NewTopic
from commands.writing.post_files import CommandFault

# What programs file a post under that has no topic, in the languages of the many.
NO_TOPICS = frozenset(
    "uncategorized uncategorised unclassified allgemein unkategorisiert nonclasse sincategoria "
    "senzacategoria geencategorie semcategoria uncategory untagged default none blog post posts".split()
)


def fold_topic(name: str) -> str:
    """Return what tells one topic from another: no case, blanks, hyphens, accents or plural."""
    plain = format_ascii(name).casefold()
    words = [fold_word(word) for word in re.split(r"[\s_/&.-]+", plain) if word]
    return "".join(words) or plain


def fold_word(word: str) -> str:
    """Return a word without the ending of a plural."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def read_topic_map(text: str) -> dict[str, str]:
    """Return the names that a file maps by hand: `old = new` a line; nothing behind the sign drops one.

    Raises ValueError for a line that is none.
    """
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        old, sign, new = line.partition("=")
        if not sign or not old.strip():
            raise ValueError(
                f"{number}: “{line.strip()[:60]}” is no pair. Write: old name = new name"
            )
        found[fold_name(old.strip())] = new.strip()
    return found


def read_topics_file(name: str) -> dict[str, str]:
    """Return the topics that a file maps by hand; none without a file. Raises CommandFault."""
    if not name:
        return {}
    try:
        return read_topic_map(Path(name).read_text("utf-8-sig"))
    except OSError as error:
        seen = f"{format_name(name)}: this file cannot be read ({error.strerror})"
        raise CommandFault(f"{seen}. Give the name of the file that maps topics.") from None
    except ValueError as wrong:
        raise CommandFault(f"{format_name(name)}:{wrong}") from None


class Topics:
    """The topics of an import."""

    def __init__(
        self, tags: Iterable[str], known: Mapping[str, str], by_hand: Mapping[str, str]
    ) -> None:
        """Begin with all tags of all posts.

        `known` has the topics that are there already, by all their names; `by_hand` is that of
        `read_topic_map`.
        """
        self.known = {fold_topic(name): topic for name, topic in known.items()}
        self.by_hand = by_hand
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for tag in tags:
            if name := self.map(tag):
                forms[fold_topic(name)][name] += 1
        self.names: dict[str, str] = {}
        self.variants: dict[str, list[str]] = {}  # of new topics, by name
        self.refused: dict[str, str] = {}
        for key, found in sorted(forms.items()):
            self.add(key, found)

    def map(self, tag: str) -> str:
        """Return the name that is meant by a tag; empty if it is none."""
        tag = " ".join(tag.split())
        name = self.by_hand.get(fold_name(tag), tag)
        return "" if fold_topic(name) in NO_TOPICS else name

    def add(self, key: str, forms: Counter[str]) -> None:
        """Choose the name of one topic: the commonest form; of equal ones the one that reads best."""
        if key in self.known:
            self.names[key] = self.known[key]
            return
        best = max(forms, key=lambda form: (forms[form], " " in form, form[:1].isupper(), form))
        name = format_topic_name(best)
        if wrong := explain_no_topic(name):
            self.refused[best] = wrong
            return
        self.names[key] = name
        others = {
            fold_name(form): form for form in sorted(forms) if fold_name(form) != fold_name(name)
        }
        self.variants[name] = list(others.values())

    def format_files(self) -> dict[str, bytes]:
        """Return the records of the new topics, by path in the content folder."""
        found = {}
        for name, variants in self.variants.items():
            new = NewTopic(format_topic_slug(name), name, variants[:MOST_VARIANTS])
            found[f"topics/{new.file}"] = new.text.encode()
        return found

    def find(self, tags: Iterable[str]) -> list[str]:
        """Return the topics of a post's tags, each once."""
        names = (self.names.get(fold_topic(name)) for tag in tags if (name := self.map(tag)))
        return list(dict.fromkeys(name for name in names if name))


def format_topic_name(form: str) -> str:
    """Return the name of a topic from a tag: one that is written as an address becomes words."""
    if form == form.lower() and not re.search(r"\s", form):
        form = re.sub(r"(?<=\w)[-_](?=\w)", " ", form)
    return form[:1].upper() + form[1:]
