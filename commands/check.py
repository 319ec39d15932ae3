"""Judge what the author wrote, as the build does, and write nothing."""

import runpy
import sys
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plugins.catalogue import Catalogue, read_catalogue
from plugins.problems import count_errors, format_root, write_report
from plugins.schedule import read_clock

ROOT = Path(__file__).resolve().parent.parent


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


def has_content(content: Path) -> bool:
    """Tell whether there is a folder to read, and say so if there is none."""
    if content.is_dir():
        return True
    seen = "is a file" if content.exists() else "is not there"
    print(
        f"The folder {format_root(content)} {seen}. Write the folder of your texts after --content.",
        file=sys.stderr,
    )
    return False


def read_site(content: Path) -> Catalogue:
    """Read and judge a content folder with this site's settings, without loading Pelican."""
    settings = read_constants()
    return read_catalogue(
        content,
        ZoneInfo(settings["TIMEZONE"]),
        read_clock().astimezone(UTC),
        per_page=settings["DEFAULT_PAGINATION"],
        bodies=False,
        store=ROOT / settings["STORE"] if settings["STORE"] else None,
    )


def read_constants() -> dict[str, Any]:
    """Read the constants of the public settings."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return runpy.run_path(str(ROOT / "publishconf.py"))
