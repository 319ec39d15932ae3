"""What a body is read as, and that it is in proportion to what was typed."""

import re
from dataclasses import dataclass, field
from typing import Protocol

from catalogue.problems import Problem, count_errors, shorten
from catalogue.text.findings import limit_warnings
from catalogue.text.limits import check_growth
from catalogue.text.links import Link
from catalogue.text.markdown_parser import MarkdownParser
from catalogue.text.outside_links import list_outside

LONG_CODE = re.compile("&#[0-9]{8}[0-9]*")  # Python counts no more than some thousands of digits

BLANKS = bytes(ord(" ") if chr(code).isspace() else ord("x") for code in range(256))


@dataclass
class Body:
    """The published HTML of a body, its facts, and what is wrong with it."""

    html: str = ""  # empty when there is an error among the problems
    opening: str = ""  # plain text
    words: int = 0
    ids: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)  # addresses on other sites that it links to
    problems: list[Problem] = field(default_factory=list)
    has_placeholder: bool = False  # whether a sentence of a new post stands in it
    is_unwritten: bool = False  # whether there is nothing else

    def finish(self, text: str, first_line: int, path: str) -> None:
        """Check the size of the HTML that a text became, and drop it if there is an error; list its links."""
        if not count_errors(self.problems):
            self.problems += check_growth(text, self.html, first_line, path)
        if count_errors(self.problems):
            self.html = ""
        self.outside = list_outside(self.html)


def count_words(text: str) -> int:
    """Return how many words a text has, parted by blanks as `str.split` parts them."""
    if not text.isascii():
        return len(text.split())
    signs = text.encode("ascii").translate(BLANKS)  # which makes no string of each word
    return signs.count(b" x") + signs.startswith(b"x")


class BodyReader(Protocol):
    """A reader of the bodies of one kind of file."""

    def read(
        self, text: str, first_line: int, path: str, language: str = "en", title: str = ""
    ) -> Body:
        """Return the body of the file `path`; `first_line` is where it begins in its file.

        `language` is that of the text, a tag of BCP 47, and `title` its title as it is typed.
        """


def convert_in_proportion(
    parser: MarkdownParser, text: str, first_line: int, path: str
) -> tuple[str, list[Problem]]:
    """Return the HTML of a text, and what is wrong with it: with an error it is not to be used."""
    source = parser.convert(text)
    notices = [(notice.line, notice.level, notice.text) for notice in parser.notices]
    if code := LONG_CODE.search(source):
        remedy = "Take it out, or write &amp; for its &."
        line = parser.find_line(code.start())
        notices.append((line, "error", f"{shorten(code[0])} stands for no sign. {remedy}"))
    problems = limit_warnings(
        [Problem(path, first_line + line, level, words) for line, level, words in notices]
    )
    if not count_errors(problems):
        problems += check_growth(text, source, first_line, path)
    return source, problems
