"""What is wrong with the HTML of a text, and where in the HTML it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    if more := len(findings) - MOST_FINDINGS:
        level = "error" if has_error(findings[MOST_FINDINGS:]) else "warning"
        text = f"There are {more:,} more findings after this one. Mend these first."
        if more > 0:
            problems.append(Problem(path, problems[-1].line, level, text))
    return problems
