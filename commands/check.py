"""Judge what the author wrote, as the build does, and write nothing."""

import sys
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from building.inputs import NO_POSTS, has_content
from building.settings import check_settings, read_constants
from catalogue.catalogue import read_catalogue
from catalogue.dates import read_clock
from catalogue.problems import count_errors, format_root, write_report
from catalogue.project import CONTENT, ROOT
from catalogue.rules.namesakes import read_site_names
from catalogue.selection import Catalogue


def check(content: Path = CONTENT) -> int:
    """Print every problem of every file in `content`; give 1 if one of them stops a build.

    Gives 2 if there is no such folder.
    """
    if not has_content(content):
        return 2
    catalogue = read_site(content)
    write_report(catalogue.problems, content)
    if count_errors(catalogue.problems):
        return 1
    if not catalogue.posts:
        print(f"{NO_POSTS} If that is meant, build it with --allow-shrink.", file=sys.stderr)
        return 1
    if not catalogue.problems:
        print(f"All is well in {format_root(content)}.")
    return 0


def read_site(content: Path) -> Catalogue:
    """Read and judge a content folder with this site's settings, without loading Pelican."""
    settings = read_constants()
    check_settings(settings)
    return read_catalogue(
        content,
        ZoneInfo(settings["TIMEZONE"]),
        read_clock().astimezone(UTC),
        per_page=settings["DEFAULT_PAGINATION"],
        names=read_site_names(settings),
        store=ROOT / settings["STORE"] if settings["STORE"] else None,
    )
