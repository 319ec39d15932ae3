"""Keep what the names in a text stand for, and bound how much of it the text writes out.

A name of one letter may stand for a long address or many words: each use of it writes them once more,
so that a short text could become a page that fills the disk.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Definition(Generic[T]):
    """What a name stands for, the line that says so, and how often it is used."""

    name: str  # as a message shows it
    line: int
    value: T
    length: int  # of what is written out, in characters
    size: int  # as HTML
    uses: int = 0


class Definitions(Generic[T]):
    """The definitions of one kind in a text; of two for one name the first counts."""

    def __init__(self) -> None:
        """Begin without any."""
        self.clear(0)

    def clear(self, room: int) -> None:
        """Begin with another text, for which so many characters of HTML may be written out."""
        self.found: dict[str, Definition[T]] = {}
        self.repeated: list[Definition[T]] = []  # of a name that has one already
        self.left = room

    def add(self, key: str, value: T, words: str, name: str, line: int) -> None:
        """Add a definition, unless there is one for the key; `words` are what is written out of it."""
        size = len(words) if words.isalnum() else len(escape(words))
        definition = Definition(name, line, value, len(words), size)
        if key in self.found:
            self.repeated.append(definition)
        else:
            self.found[key] = definition

    def __len__(self) -> int:
        """Return how many names are defined."""
        return len(self.found)

    def __iter__(self) -> Iterator[str]:
        """Yield the key of each definition, in the order of the text."""
        return iter(self.found)

    def __contains__(self, key: object) -> bool:
        """Return whether there is a definition for a key."""
        return key in self.found

    def get(self, key: str) -> T | None:
        """Return what a key stands for, to be written out once more; None also if there is no room left."""
        definition = self.found.get(key)
        if definition is None or self.left < 0:
            return None
        self.left -= definition.size
        if self.left < 0:
            return None
        definition.uses += 1
        return definition.value

    def find_excess(self) -> tuple[int, str] | None:
        """Return the line of the definition that takes most room, if there was not enough, and a message."""
        if self.left >= 0:
            return None
        worst = max(self.found.values(), key=lambda one: (one.uses + 1) * one.size)
        seen = f"{worst.name} stands for {worst.length:,} characters and is used more than"
        remedy = "too much for one page. Shorten what it stands for."
        return worst.line, f"{seen} {worst.uses:,} times, {remedy}"

    def list_unused(self) -> list[Definition[T]]:
        """Return the definitions that nothing was written out of."""
        return [*(one for one in self.found.values() if not one.uses), *self.repeated]
