"""Read one of the author's files into a record: plain data that is checked, and what is wrong with it.

A record is a function of the file's bytes, its path and this code alone: nothing of other files, of
the clock or of the settings is in it. It can be written as JSON and read back.
"""

import dataclasses
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from catalogue.addresses import is_reserved
from catalogue.header.entries import Header
from catalogue.header.front_matter import read_header
from catalogue.problems import Problem
from catalogue.slugs import check_slug, slug_of
from catalogue.text.comment_reader import CommentReader, publish_comment
from catalogue.text.encoding import read_text
from catalogue.text.html_reader import strip_tags
from catalogue.text.links import Link, Unresolved, resolve
from catalogue.text.markdown_reader import BodyReader, cut_words
from catalogue.text.question import check_question, split_question
from catalogue.text.typography import set_line, set_title

WORDS_A_MINUTE = 230
ANSWER_WORDS = 150  # a short answer is a summary, and is cut only if it is not short


@dataclass(slots=True)
class Record:
    """Hold what one file says."""

    path: str
    kind: str
    slug: str = ""
    title: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str | None = ""  # HTML; None until somebody asks for it
    summary: str = ""  # HTML of one line
    description: str = ""  # plain text
    words: int = 0
    ids: list[str] = field(default_factory=list)
    question: str = ""  # plain text, of a post that answers one
    answer: str = ""  # plain text
    links: list[Link] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    digest: str = ""  # of the bytes of the file
    load: Callable[["Record"], str] | None = None  # gives a body that was not read with the rest

    @property
    def html(self) -> str:
        """Give the body as HTML, with targets in place of the addresses of internal links."""
        if self.body is None:
            assert self.load
            self.body = self.load(self)
        return self.body

    @property
    def is_draft(self) -> bool:
        """Tell whether the author keeps it off the site."""
        return self.values.get("Status") == "draft"

    @property
    def minutes(self) -> int:
        """Give the reading time in whole minutes."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    def line(self, key: str) -> int:
        """Give the line of a header key, or the first."""
        return self.lines.get(key, 1)

    def to_data(self) -> dict[str, Any]:
        """Give what the file says, but for its body, as data that JSON can hold."""
        links = [{name: getattr(link, name) for name in LINK_FIELDS} for link in self.links]
        problems = [dataclasses.asdict(problem) for problem in self.problems]
        data = {name: getattr(self, name) for name in RECORD_FIELDS}
        own = {"values": dict(self.values), "lines": dict(self.lines), "ids": list(self.ids)}
        return data | own | {"links": links, "problems": problems}

    @classmethod
    def from_data(cls, data: dict[str, Any], digest: str, body: str | None) -> "Record":
        """Make a record of data again, without its body or with it."""
        links = [Link(**link) for link in data["links"]]
        problems = [Problem(**problem) for problem in data["problems"]]
        return cls(**(data | {"links": links, "problems": problems}), digest=digest, body=body)


RECORD_FIELDS = tuple(
    item.name
    for item in dataclasses.fields(Record)
    if item.name not in ("body", "digest", "load")  # these are kept beside
)
LINK_FIELDS = tuple(item.name for item in dataclasses.fields(Link))


def read_record(path: str, kind: str, data: bytes, bodies: BodyReader | CommentReader) -> Record:
    """Read a file's bytes into a record; nothing is raised, whatever the bytes are."""
    record = Record(path, kind, slug=slug_of(path))
    text, problems = read_text(data, path)
    record.problems += problems
    if problems:
        return record
    header = read_header(text, kind, path)
    record.values, record.lines = header.values, header.lines
    record.problems += header.problems
    read_slug(record)
    record.title = set_title(header.values.get("Title", ""))
    if not header.body_line or (record.problems and not header.lines):
        return record
    # A header that nothing follows has its text in the line below it, which is not there.
    first_line = min(header.body_line, text.removesuffix("\n").count("\n") + 1)
    read_body(record, header, first_line, bodies)
    read_picture(record)
    return record


def read_slug(record: Record) -> None:
    """Set the slug from the header or the file's name, and judge it."""
    given = record.values.get("Slug", "")
    record.slug = given or record.slug
    if record.kind == "comment" or (record.line("Slug") != 1 and not given):
        return
    wrong = check_slug(record.slug) if record.slug else "no letters from a to z and no digits"
    if is_reserved(record.kind, record.slug):
        wrong = f"“{record.slug}” is a name that the site itself uses"
    if wrong and given:
        text = f"{wrong.rstrip('.')}. Write another Slug, of small letters, digits and hyphens."
        record.problems.append(Problem(record.path, record.line("Slug"), "error", text))
    elif wrong:
        remedy = "Rename the file, or add a line to its header: Slug: a-few-words"
        text = f"No address can be made of the file's name ({wrong.rstrip('.')}). {remedy}"
        record.problems.append(Problem(record.path, 0, "error", text))


def read_body(
    record: Record, header: Header, first_line: int, bodies: BodyReader | CommentReader
) -> None:
    """Convert the body, which begins at `first_line` of the file, and take its facts into the record."""
    if record.kind == "topic" and not header.body.strip():
        return
    body = bodies.read(header.body, first_line, record.path)
    record.problems += body.problems
    record.links, record.ids, record.words = body.links, body.ids, body.words
    if not body.html:
        return
    if record.kind == "comment":
        record.body, record.description = publish_comment(body.html), body.opening
        return
    record.body = body.html
    if record.kind == "post" and (parts := split_question(record.html)):
        record.question, record.answer = strip_tags(parts.question), strip_tags(parts.answer)
    if record.kind == "post":
        record.problems += check_question(record, header.body, first_line)
    answer = cut_words(record.answer, ANSWER_WORDS)
    opening = record.values.get("Summary") or answer or body.opening
    record.summary = str(set_line(opening))
    record.description = set_title(opening)


def read_picture(record: Record) -> None:
    """Resolve the picture of the header as the pictures of the body are."""
    image = record.values.get("Image")
    if not image:
        return
    line = record.line("Image")
    from_root = "/" not in image or image.startswith("images/")
    url = "/" + posixpath.join("images", image.removeprefix("images/")) if from_root else image
    try:
        target = resolve(url, record.path, is_image=True)
    except Unresolved as wrong:
        record.problems.append(Problem(record.path, line, "error", str(wrong)))
        return
    if target is None:  # pragma: no cover - a picture on another site is unresolved
        return
    record.links.append(Link(line, "img", image, target[0]))
    record.values["Image"] = re.sub(r"^/", "", target[0])
    if not record.values.get("Image-alt"):
        text = "The picture has no description. Add a line: Image-alt: what it shows"
        record.problems.append(Problem(record.path, line, "warning", text))
