"""Group the lines of an index under the letters that their names begin with."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, NamedTuple

from catalogue.slugs import format_ascii

DIGITS = "0–9"


class LetterGroup(NamedTuple):
    """The lines of an index under one letter."""

    letter: str  # without its accent; DIGITS; empty for names of other signs alone
    anchor: str  # the id of the group on its page
    lines: list[Any]


def find_letter(name: str) -> str:
    """Return the letter that a name stands under in an index: its first one, without its accent."""
    first = next((c for c in format_ascii(name).upper() if c.isalnum()), "")
    return DIGITS if first.isdigit() else first


def group_by_letter(lines: Iterable[Any], order: Callable[[Any], Any]) -> list[LetterGroup]:
    """Return lines, each of which has a `name`, in one order: digits first, then letters, then the rest.

    `order` returns the key that orders the lines under one letter.
    """
    keyed = [(find_letter(line.name), order(line), line) for line in lines]
    keyed.sort(key=lambda item: (not item[0], item[:2]))
    groups = groupby(keyed, lambda item: item[0])
    return [
        LetterGroup(letter, name_anchor(letter), [line for *_, line in found])
        for letter, found in groups
    ]


def name_anchor(letter: str) -> str:
    """Return the id of the group under a letter: letters alone, as HTML's strictest readers ask for."""
    return "digits" if letter == DIGITS else letter.lower() or "other"
