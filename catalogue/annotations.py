"""Show on GitHub what ended a run, on the line of the file that it names.

GitHub Actions reads commands from what a step prints, one a line, and shows them at the lines of a pull
request and on the page of the run (docs.github.com, "Workflow commands").
"""

import re
from pathlib import Path

from catalogue.problems import format_command

# As messages begin: `pelicanconf.py:12: `, `theme/templates/article.html:5: `, `theme/words.py: `.
PLACE = re.compile(r"(?P<path>\S(?:[^:]*\S)?)(?::(?P<line>[0-9]{1,7}))?: (?P<text>\S.*)")


def list_annotations(report: str, root: Path) -> list[str]:
    """Return the commands for GitHub Actions that show each line of a report at its file below `root`.

    A report that names no file of the project is shown as a whole, on the page of the run. One that has
    such commands itself, as that of the problems in the texts, has them all.
    """
    lines = report.splitlines()
    if not report.strip() or any(line.startswith(("::error ", "::warning ")) for line in lines):
        return []
    found = [annotation for line in lines if (annotation := annotate_line(line, root))]
    return found or [format_command("error", report.strip())]


def annotate_line(line: str, root: Path) -> str:
    """Return the command that shows a line of a report at its file; empty if it names none."""
    match = PLACE.fullmatch(line.strip())
    if not match:
        return ""
    try:
        path = Path(match["path"]).resolve().relative_to(root.resolve())
        is_file = (root / path).is_file()
    except (OSError, ValueError):  # it lies elsewhere; it is no path at all
        return ""
    if not is_file:
        return ""
    return format_command("error", match["text"], path.as_posix(), int(match["line"] or 1))
