"""What another program's blog is made of, whatever form it was read from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

HTML, MARKDOWN = "HTML", "Markdown"
GUESSED = "old address that is only a guess"  # a kind of note


@dataclass(frozen=True)
class Note:
    """One thing that the author is told of an import: notes of one kind are one line of the report."""

    kind: str  # what it is, such as `private post left`
    place: str  # the file or post that it is about
    text: str = ""  # what exactly


@dataclass
class SiteComment:
    """One comment, with its thread."""

    key: str  # by which answers name it
    author: str
    date: datetime | None
    body: str
    form: str = HTML
    parent: str = ""  # the key of the comment that it answers
    url: str = ""


@dataclass
class SitePost:
    """One post or page."""

    place: str  # the file or item that it was read from, for messages
    title: str
    body: str
    form: str  # of the body: HTML or MARKDOWN
    kind: str = "post"  # or "page"
    is_loose: bool = False  # in its HTML, blank lines are paragraphs
    date: datetime | None = None  # without a zone it is the site's
    modified: datetime | None = None
    slug: str = ""
    tags: list[str] = field(default_factory=list)
    is_draft: bool = False
    is_hidden: bool = False  # from those who did not know where it is
    summary: str = ""
    author: str = ""
    language: str = ""
    image: str = ""  # an address or a path, as the body would have it
    image_alt: str = ""
    comments: list[SiteComment] = field(default_factory=list)
    total: int | None = None  # how many comments it has by the export's own count
    address: str = ""  # where it was, in full or from the root
    is_guess: bool = False  # of its address: no setting of the old blog tells it
    aliases: list[str] = field(default_factory=list)  # where it was before that
    names: list[str] = field(default_factory=list)  # what links call it: its file, its old key
    folder: Path | None = None  # where its pictures may lie


@dataclass
class Site:
    """All that was read of a blog."""

    posts: list[SitePost] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    root: Path | None = None  # of a folder, whose pictures are there
    address: str = ""  # of the blog, in full
    # Addresses of pictures, by their keys.
    attachments: dict[str, str] = field(default_factory=dict)

    def tell(self, kind: str, place: str, text: str = "") -> None:
        """Add a note."""
        self.notes.append(Note(kind, place, text))


class Unreadable(ValueError):
    """Raised for a source that is not what it should be, with the reason for the author."""


Reader = Callable[[Path], Site]
