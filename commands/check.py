"""Judge what the author wrote, as the build does, and write nothing."""

from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from commands.inputs import has_content
from commands.settings import ROOT, read_constants
from plugins.catalogue import Catalogue, read_catalogue
from plugins.namesakes import check_names
from plugins.problems import count_errors, format_root, write_report
from plugins.schedule import read_clock


def check(content: Path = ROOT / "content") -> int:
    """Print every problem of every file in `content`; give 1 if one of them stops a build.

    Gives 2 if there is no such folder.
    """
    if not has_content(content):
        return 2
    catalogue = read_site(content)
    write_report(catalogue.problems, content)
    if not catalogue.problems:
        print(f"All is well in {format_root(content)}.")
    return 1 if count_errors(catalogue.problems) else 0


def read_site(content: Path) -> Catalogue:
    """Read and judge a content folder with this site's settings, without loading Pelican."""
    settings = read_constants()
    return read_catalogue(
        content,
        ZoneInfo(settings["TIMEZONE"]),
        read_clock().astimezone(UTC),
        per_page=settings["DEFAULT_PAGINATION"],
        names=check_names(settings),
        store=ROOT / settings["STORE"] if settings["STORE"] else None,
    )
