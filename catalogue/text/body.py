"""Limit the reading of a body, whatever it holds, in size and time."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from catalogue.problems import Problem, count_errors
from catalogue.text.limits import check_growth, check_text_size
from catalogue.text.links import Link
from catalogue.text.time_limit import TooSlow, time_limit

READING_SECONDS = 4.0
SHORT_TEXT = 4_000  # characters, for which the limits of size alone will do

T = TypeVar("T")


@dataclass
class Body:
    """The published HTML of a body, its facts, and what is wrong with it."""

    html: str = ""  # empty when there is an error among the problems
    opening: str = ""  # plain text
    words: int = 0
    ids: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_unwritten: bool = False  # whether there is nothing but the sentence of a new post

    def finish(self, text: str, first_line: int, path: str) -> None:
        """Check the size of the HTML that a text became, and drop it if there is an error."""
        if not count_errors(self.problems):
            self.problems += check_growth(text, self.html, first_line, path)
        if count_errors(self.problems):
            self.html = ""


class BodyReader(Protocol):
    """A reader of the bodies of one kind of file."""

    def read(
        self, text: str, first_line: int, path: str, language: str = "en", title: str = ""
    ) -> Body:
        """Return the body of the file `path`; `first_line` is where it begins in its file.

        `language` is that of the text, a tag of BCP 47, and `title` its title as it is typed.
        """


def convert_within_limits(
    convert: Callable[[str], tuple[str, T]], text: str, first_line: int, path: str, noun: str
) -> tuple[tuple[str, T] | None, list[Problem]]:
    """Return the HTML, and more, that `convert` makes of a text, and the limits that it breaks.

    It is None for a text that is too large or takes too long. `noun` names the text in a message.
    """
    problems = check_text_size(text.split("\n"), first_line, path)
    if problems:
        return None, problems
    try:
        with time_limit(READING_SECONDS) if len(text) > SHORT_TEXT else nullcontext():
            made = convert(text)
    except (TooSlow, RecursionError):
        remedy = "Take out repeated signs such as [ < > * and lists within lists."
        message = f"The {noun} is too tangled to be read. {remedy}"
        return None, [Problem(path, first_line, "error", message)]
    return made, check_growth(text, made[0], first_line, path)
