"""A post to import, whatever program it comes from."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ImportedPost:
    """One post of another program."""

    title: str
    comments: int  # how many it has
    body: str  # Markdown
    date: datetime | None = None  # in the site's time zone; None if the file gives none
