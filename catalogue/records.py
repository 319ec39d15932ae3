"""What one of the author's files says: plain data that is checked, and what is wrong with it.

It can be written as JSON and read back.
"""

import dataclasses
import html
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from catalogue.problems import Problem
from catalogue.slugs import slug_of
from catalogue.text.directions import RIGHT_TO_LEFT, find_first_direction
from catalogue.text.links import Link

WORDS_A_MINUTE = 230


@dataclass(slots=True)
class Record:
    """The record of one file."""

    path: str
    kind: str
    slug: str = ""  # by the file's name, unless the header has one
    title: str = ""  # plain text
    values: dict[str, Any] = field(default_factory=dict)
    # Of the keys of the header, and of the question and the short answer below it.
    lines: dict[str, int] = field(default_factory=dict)
    unused: dict[str, int] = field(default_factory=dict)  # header lines that are not used, by key
    body: str | None = ""  # HTML; None until somebody asks for it
    summary: str = ""  # HTML of one line
    description: str = ""  # plain text
    words: int = 0
    ids: list[str] = field(default_factory=list)
    question: str = ""  # plain text, of a post that answers one
    answer: str = ""  # plain text
    links: list[Link] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)  # addresses on other sites that it links to
    problems: list[Problem] = field(default_factory=list)
    text_digest: str = ""  # of what is below the header of a post or page, if anything is
    language: str = "en"  # of its header, or the site's
    marked_title: str = ""  # the title as HTML, if it has emphasis
    digest: str = ""  # of the bytes of the file
    load: Callable[["Record"], str] | None = None  # returns a body that was not read with the rest

    def __post_init__(self) -> None:
        self.slug = self.slug or slug_of(self.path, self.kind)

    @property
    def html(self) -> str:
        """Return the body as HTML, with targets in place of the addresses of internal links."""
        if self.body is None:
            assert self.load
            self.body = self.load(self)
        return self.body

    @property
    def title_html(self) -> str:
        """Return the title as HTML of one line."""
        source = self.marked_title or html.escape(self.title, quote=False)
        return f"<bdi>{source}</bdi>" if RIGHT_TO_LEFT.search(source) else source

    @property
    def is_right_to_left(self) -> bool:
        """Return whether the first letter of the title says that it runs from right to left."""
        return find_first_direction(self.title) == "rtl"

    @property
    def is_draft(self) -> bool:
        """Return whether it is a draft, which is not published."""
        return self.values.get("Status") == "draft"

    @property
    def minutes(self) -> int:
        """Return the reading time in whole minutes."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    def line(self, key: str) -> int:
        """Return the line of a header key, or the first."""
        return self.lines.get(key, 1)

    def to_data(self) -> dict[str, Any]:
        """Return what the file says, but for its body, as data that JSON can hold."""
        links = [{name: getattr(link, name) for name in LINK_FIELDS} for link in self.links]
        problems = [dataclasses.asdict(problem) for problem in self.problems]
        data = {name: getattr(self, name) for name in RECORD_FIELDS}
        own: dict[str, Any] = {
            name: dict(getattr(self, name)) for name in ("values", "lines", "unused")
        }
        return (
            data
            | own
            | {
                "ids": list(self.ids),
                "outside": list(self.outside),
                "links": links,
                "problems": problems,
            }
        )

    @classmethod
    def from_data(cls, data: dict[str, Any], digest: str, body: str | None) -> "Record":
        """Return the record of such data, without its body or with it."""
        links = [Link(**link) for link in data["links"]]
        problems = [Problem(**problem) for problem in data["problems"]]
        return cls(**(data | {"links": links, "problems": problems}), digest=digest, body=body)


RECORD_FIELDS = tuple(
    item.name
    for item in dataclasses.fields(Record)
    if item.name not in ("body", "digest", "load")  # these are stored beside
)
LINK_FIELDS = tuple(item.name for item in dataclasses.fields(Link))
