"""Judge what the author wrote, as the build does, and write nothing."""

import sys
from pathlib import Path

from building.inputs import NO_POSTS, has_content
from building.judge_site import judge_site
from building.settings import read_constants
from catalogue.problems import count_errors, format_root, write_report
from catalogue.project import CONTENT
from catalogue.selection import Catalogue


def check(content: Path = CONTENT) -> int:
    """Print every problem of every file in `content`; return 1 if one of them stops a build.

    Returns 2 if there is no such folder.
    """
    if not has_content(content):
        return 2
    catalogue = judge_content(content)
    write_report(catalogue.problems, content)
    if count_errors(catalogue.problems):
        return 1
    if not catalogue.posts:
        print(f"{NO_POSTS} If that is meant, build it with --allow-shrink.", file=sys.stderr)
        return 1
    if not catalogue.problems:
        print(f"All is well in {format_root(content)}.")
    return 0


def judge_content(content: Path) -> Catalogue:
    """Return the judged catalogue of a content folder, without loading Pelican."""
    return judge_site({**read_constants(), "PATH": str(content)})
