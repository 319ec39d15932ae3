"""What is wrong with the HTML of a text, and the line of the text that it came from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.problems import Problem
from catalogue.text.source_lines import SourceLines

MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a piece of HTML, and the words to look for in the source."""

    level: str
    text: str
    needles: tuple[str, ...]  # the most telling first
    skip: int = 0  # how many places of these words are not meant
    unpaired: str = ""  # a tag, "b" or "/b", that has no partner


def has_error(findings: Sequence[Finding]) -> bool:
    """Return whether one of the findings is an error."""
    return any(finding.level == "error" for finding in findings)


def locate(findings: Sequence[Finding], lines: SourceLines, path: str) -> list[Problem]:
    """Return each finding as a problem with its line; of many in one file the first will do."""
    problems: list[Problem] = []
    counts: Counter[Finding] = Counter()
    for finding in findings[:MOST_FINDINGS]:
        if finding.unpaired:
            nth = sum(other.unpaired == finding.unpaired for other in counts)
            number = lines.find_unpaired(finding.unpaired, nth, finding.skip)
        else:
            number = lines.find(*finding.needles, nth=finding.skip + counts[finding])
        counts[finding] += 1
        problems.append(Problem(path, number, finding.level, finding.text))
    if more := len(findings) - MOST_FINDINGS:
        level = "error" if has_error(findings[MOST_FINDINGS:]) else "warning"
        text = f"There are {more:,} more findings after this one. Mend these first."
        if more > 0:
            problems.append(Problem(path, problems[-1].line, level, text))
    return problems
