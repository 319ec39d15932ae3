"""Tell whether anything that goes into a build has changed, without reading what the author wrote."""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.database import read_version
from catalogue.folder.walk import Listing, explain_no_folder, list_files

NO_POSTS = "The site would have no posts."


def has_content(content: Path) -> bool:
    """Return True if there is a folder to read; print what to do if there is none."""
    if fault := explain_no_folder(content):
        print(fault, file=sys.stderr)
    return not fault


@dataclass(frozen=True)
class Inputs:
    """Hold what goes into a build, besides the clock."""

    key: str  # a hash of all of it
    changed_ns: int  # when it was last changed
    listing: Listing  # the files of the content folder


def read_inputs(content: Path, theme: Path, constants: Mapping[str, Any]) -> Inputs:
    """Look at everything that goes into a build; `constants` are the settings.

    A text is known by its stamp, so what was changed a moment ago can change once more unseen.
    """
    listing = sources, problems = list_files(content)
    templates = sorted(path for path in theme.rglob("*") if path.is_file())
    parts = [
        read_version(),
        constants,
        str(content.resolve()),
        [(path.relative_to(theme).as_posix(), read_digest(path)) for path in templates],
        [(source.path, source.stamp) for source in sources],
        [vars(problem) for problem in problems],
    ]
    text = json.dumps(parts, default=repr)
    changed = max((source.changed_ns for source in sources), default=0)
    return Inputs(hashlib.sha256(text.encode()).hexdigest(), changed, listing)


def read_digest(path: Path) -> str:
    """Hash the bytes of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
