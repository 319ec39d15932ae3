"""What is wrong with the HTML of a text, and where in the HTML it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from catalogue.problems import Problem

MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a piece of HTML, and its place there."""

    level: str
    text: str
    place: int


def has_error(findings: Sequence[Finding]) -> bool:
    """Return whether one of the findings is an error."""
    return any(finding.level == "error" for finding in findings)


def locate(
    findings: Sequence[Finding], find_line: Callable[[int], int], path: str
) -> list[Problem]:
    """Return each finding as a problem with its line; of many in one file the first will do.

    `find_line` returns the line of the file that a place of the HTML came from.
    """
    problems = [
        Problem(path, find_line(finding.place), finding.level, finding.text)
        for finding in findings[:MOST_FINDINGS]
    ]
    if rest := findings[MOST_FINDINGS:]:
        problems.append(
            describe_more(problems[-1], len(rest), "error" if has_error(rest) else "warning")
        )
    return problems


def limit_warnings(problems: Sequence[Problem]) -> list[Problem]:
    """Return all errors in one file, and its warnings; of many of these the first will do."""
    errors = [each for each in problems if each.level == "error"]
    warnings = sorted((each for each in problems if each.level != "error"), key=attrgetter("line"))
    shown, rest = warnings[:MOST_FINDINGS], warnings[MOST_FINDINGS:]
    return [*errors, *shown, *([describe_more(shown[-1], len(rest), "warning")] if rest else [])]


def describe_more(last: Problem, more: int, level: str) -> Problem:
    """Return what is said in the line of the last of many problems in place of all that follow."""
    text = f"There are {more:,} more findings after this one. Mend these first."
    return Problem(last.path, last.line, level, text)
