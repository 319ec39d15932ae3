"""Say on the page of a workflow's run what it did, and what its author can do now."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from building.outcome import Outcome, format_counts, print_outcome
from catalogue.problems import Problem, count_errors, format_command, format_count

FILE = "GITHUB_STEP_SUMMARY"


def write_summary(title: str, lines: Iterable[str]) -> None:
    """Add a heading with a list of sentences to the page of the run; elsewhere than on GitHub do nothing.

    A line that begins with blanks stands below the one before it. A page that cannot be written is told,
    and stops nothing.
    """
    place = os.environ.get(FILE)
    if not place:
        return
    from commands.github.markdown import format_words

    rows = [f"### {format_words(title)}", ""]
    rows += [f"{'  ' if line.startswith(' ') else ''}- {format_words(line)}" for line in lines]
    try:
        with Path(place).open("a", encoding="utf-8", errors="replace") as file:
            file.write("\n".join(rows) + "\n\n")
    except OSError as error:
        print(f"{FILE} cannot be written ({error.strerror}).", file=sys.stderr)


def set_output(name: str, value: str) -> None:
    """Hand a word to the later steps of a job on GitHub; elsewhere do nothing. Raises OSError."""
    if place := os.environ.get("GITHUB_OUTPUT"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(f"{name}={' '.join(value.split())}\n")  # a line end would begin another word


def announce(level: str, text: str) -> None:
    """Print a sentence, on GitHub as a "notice", "warning" or "error" that stands on the page of the run."""
    is_run = os.environ.get("GITHUB_ACTIONS") == "true"
    print(format_command(level, text) if is_run else text)


def report_build(outcome: Outcome, content: Path, output: Path) -> None:
    """Print what was built, and say it on the page of the run: how much, for whom, and what still waits."""
    print_outcome(outcome, content, output)
    lines = [f"{format_counts(outcome)}, for {outcome.siteurl}/", *outcome.scheduled]
    if outcome.drafts:
        lines.append(f"{format_count(outcome.drafts, 'draft')} left out.")
    problems = [Problem(*problem) for problem in outcome.problems]
    if warnings := len(problems) - count_errors(problems):
        lines.append(f"{format_count(warnings, 'warning')}: each stands at its line, see below.")
    write_summary("What was built", [*lines, *outcome.warnings])
