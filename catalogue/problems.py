"""What is wrong with the author's files: sentences with a path, a line and a remedy.

A problem is data until everything has been read; only then is the whole list printed, once.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one line of one file, and what to type instead."""

    path: str  # relative to the content folder, with forward slashes
    line: int  # counted from 1; 0 is the file as a whole
    level: str  # "error" or "warning"
    text: str


class Refused(SystemExit):
    """The end of a run because of errors: its text is the report, its exit code 1."""


def count_errors(problems: Iterable[Problem]) -> int:
    """Return the number of problems that stop a build."""
    return sum(problem.level == "error" for problem in problems)


def format_name(name: str) -> str:
    r"""Return a file's name on one line: line ends, escapes and bytes that are no text become \x1b."""
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else format_escape(c) for c in name)


def shorten(text: str, length: int = 60) -> str:
    """Return a text for a message: at most `length` characters, with blanks for control characters."""
    clean = text
    if not text.isprintable():
        clean = "".join(c if c.isprintable() else " " for c in text)
    return clean if len(clean) <= length else clean[: length - 1].rstrip() + "…"


def format_escape(character: str) -> str:
    """Return a character that cannot be shown as the hexadecimal of its bytes.

    Python keeps a byte that is no text as a code point from U+DC80 to U+DCFF (PEP 383).
    """
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))


def format_count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 error`, `1,024 errors`; `many` is the plural, if not with -s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def format_problem(problem: Problem, root: str) -> str:
    """Return one problem as `path:line: text`, the path as it is reached from the current folder."""
    where = format_name(os.path.normpath(os.path.join(root, problem.path)))
    place = f"{where}:{problem.line}" if problem.line else where
    level = "" if problem.level == "error" else "warning: "
    return f"{place}: {level}{format_name(problem.text)}"


def format_annotation(problem: Problem, root: str) -> str:
    """Return one problem as a command for GitHub Actions, which shows it on its line of a pull request."""
    path = os.path.normpath(os.path.join(root, problem.path)).replace(os.sep, "/")
    return format_command(problem.level, problem.text, path, max(problem.line, 1))


def format_command(level: str, text: str, path: str = "", line: int = 1) -> str:
    """Return a command for GitHub Actions that shows a text, with a path on that line of the file.

    `level` is "error", "warning" or "notice". Escaping as in GitHub's documentation of workflow
    commands: `%`, line ends, and in properties `:` and `,`.
    """
    shown = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    if not path:
        return f"::{level}::{shown}"
    name = format_name(path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={name},line={line}::{shown}"


def format_report(problems: Iterable[Problem], content: Path) -> str:
    """Return all problems in order of path and line, the counts in the last line; empty for no problems.

    In GitHub Actions each problem is written a second time as an annotation.
    """
    ordered = sorted(set(problems), key=attrgetter("path", "line", "level", "text"))
    if not ordered:
        return ""
    root = format_root(content)
    lines = [format_problem(problem, root) for problem in ordered]
    if os.environ.get("GITHUB_ACTIONS") == "true":
        lines += [format_annotation(problem, root) for problem in ordered]
    errors = count_errors(ordered)
    lines.append(
        f"{format_count(errors, 'error')}, {format_count(len(ordered) - errors, 'warning')}."
    )
    return "\n".join(lines)


def format_root(content: Path) -> str:
    """Return the content folder's path from the current folder if it is below it, else in full."""
    full = content
    with suppress(ValueError, OSError):  # it lies elsewhere; the current folder is gone
        full = content.resolve()
        return str(full.relative_to(Path.cwd()))
    return str(full)


def write_report(problems: Iterable[Problem], content: Path) -> None:
    """Print the report of all problems to the standard error output."""
    if report := format_report(problems, content):
        print(report, file=sys.stderr)
