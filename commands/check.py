"""Judge what the author wrote, as the build does; with --fix, mend what has one right answer."""

import sys
from pathlib import Path

from building.inputs import NO_POSTS
from building.judge_site import judge_site
from building.settings import read_constants
from catalogue.problems import count_errors, format_root, write_report
from catalogue.project import CONTENT
from catalogue.selection import Catalogue
from commands.writing.ready import is_ready


def check(content: Path = CONTENT, fix: bool = False, yes: bool = False) -> int:
    """Print every problem of every file in `content`; return 1 if one of them stops a build.

    With `fix`, what has one right answer is mended first: each mend is shown, and made if the author at
    the terminal wants it, or with `yes`. Returns 2 if there is no such folder.
    """
    if yes and not fix:
        print(
            "--yes is the answer to --fix. Write: python3 tasks.py check --fix --yes",
            file=sys.stderr,
        )
        return 2
    if not is_ready(content):
        return 2
    if fix and (code := mend(content, yes)):
        return code
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


def mend(content: Path, yes: bool) -> int:
    """Make the mends that are wanted; return the exit code of what went wrong, or 0."""
    from commands.mending.mend_content import find_asker, mend_content, show_mends
    from commands.writing.post_files import CommandFault, print_fault

    settings, ask = read_constants(), find_asker()
    try:
        if yes or ask:
            mend_content(content, settings, None if yes else ask)
        elif show_mends(content, settings):
            print("Nothing was changed. To make them: python3 tasks.py check --fix --yes")
    except CommandFault as fault:
        return print_fault(fault)
    return 0


def judge_content(content: Path) -> Catalogue:
    """Return the judged catalogue of a content folder, without loading Pelican."""
    return judge_site({**read_constants(), "PATH": str(content)})
