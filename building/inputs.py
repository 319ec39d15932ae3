"""What goes into a build, looked at without reading what the author wrote."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from catalogue.database import read_version
from catalogue.folder.layout import OWN_FILES
from catalogue.folder.regular_files import digest_file
from catalogue.folder.walk import Listing, explain_no_folder, list_files
from catalogue.project import CODE_FOLDERS, ROOT

PROTECTED = ("content", "theme", *CODE_FOLDERS, "tests", "benchmarks", ".git", ".venv")
COMPILED = "__pycache__"  # the folder of what Python and Jinja have made of their sources
MOST_OWN_BYTES = 100_000_000  # of a file that the site keeps for itself
NO_POSTS = "The site would have no posts."


def has_content(content: Path) -> bool:
    """Return True if there is a folder to read; print what to do if there is none."""
    if fault := explain_no_folder(content):
        print(fault, file=sys.stderr)
    return not fault


@dataclass(frozen=True)
class Run:
    """One build: from where, into what, and what its author allows."""

    content: Path
    output: Path
    settings: Mapping[str, Any]  # the author's and the fixed ones, by name
    allow_shrink: bool = False  # the site may lose many of its pages
    replace: bool = False  # the output folder may hold files that no build made, which are lost
    has_output: bool = True  # the command that was typed can choose both, by --output and --replace

    @property
    def cache_file(self) -> Path | None:
        """The database of the build cache, beside the reading cache; None without one."""
        name = self.settings.get("READING_CACHE")
        if isinstance(name, str) and name:  # what is no text is refused with the other faults
            return (ROOT / name).with_name("trees.sqlite3")
        return None

    @property
    def protected(self) -> list[Path]:
        """The folders that the output folder may not be, hold, or lie in."""
        return [*(ROOT / name for name in PROTECTED), self.content]


@dataclass(frozen=True)
class Inputs:
    """All that goes into a build, besides the clock."""

    key: str  # a hash of all of it
    changed_ns: int  # when it was last changed
    listing: Listing  # the files of the content folder


def read_inputs(run: Run) -> Inputs:
    """Return all that goes into a build, without reading the texts.

    A text is known by its stamp, so what was changed a moment ago can change once more unseen.
    """
    content, theme = run.content, ROOT / "theme"
    listing = sources, problems = list_files(content)
    templates = sorted(
        path for path in theme.rglob("*") if path.is_file() and path.parent.name != COMPILED
    )
    parts = [
        read_version(),
        dict(run.settings),
        str(content.resolve()),
        [(p.relative_to(theme).as_posix(), sha256(p.read_bytes()).hexdigest()) for p in templates],
        [(source.path, source.stamp) for source in sources],
        [hash_own_file(content / name) for name in OWN_FILES],
        [vars(problem) for problem in problems],
    ]
    text = json.dumps(parts, default=repr)
    changed = max((source.changed_ns for source in sources), default=0)
    return Inputs(sha256(text.encode()).hexdigest(), changed, listing)


def hash_own_file(path: Path) -> str:
    """Return a hash of a file that the site keeps beside the author's; empty if there is none to read."""
    try:
        return digest_file(path, MOST_OWN_BYTES)
    except OSError:
        return ""
