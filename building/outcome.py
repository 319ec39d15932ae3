"""What a build has to say, while it runs and when it is done."""

import dataclasses
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from catalogue.problems import Problem, format_count, format_root, write_report

if TYPE_CHECKING:
    from catalogue.selection import Catalogue

TemplateNames = Mapping[str, Sequence[str]]
DATES = ("Date", "Modified")  # what the clock makes of these headers is shown or told


@dataclass(frozen=True)
class Outcome:
    """The report on a build, cached for the next one: with nothing changed it says the same."""

    siteurl: str
    problems: list[tuple[str, int, str, str]]
    warnings: list[str]  # of the finished tree, not of one file of the author's
    scheduled: list[str]
    drafts: int
    posts: int
    pages: int
    topics: int
    began_ns: int
    newest: float  # of the moments that headers name and that had come, in seconds since 1970
    next: float  # of those that had not
    template_names: TemplateNames  # that each template reads, by a hash of its source


def make_outcome(
    catalogue: "Catalogue",
    siteurl: str,
    began_ns: int = 0,
    template_names: TemplateNames | None = None,
    warnings: Sequence[str] = (),
) -> Outcome:
    """Return the report on a build; `began_ns` is when it began, in nanoseconds since 1970.

    `warnings` are what is to be told of the finished tree.
    """
    from catalogue.dates import FAR_AHEAD, format_scheduled, read_moment

    values = {r.values[key] for r in catalogue.records.values() for key in DATES if key in r.values}
    moments = {read_moment(value, catalogue.zone).timestamp() for value in values}
    moments |= {moment - FAR_AHEAD.total_seconds() for moment in moments}
    now = catalogue.now.timestamp()
    return Outcome(
        siteurl=siteurl,
        problems=[dataclasses.astuple(problem) for problem in catalogue.problems],
        warnings=[*warnings],
        scheduled=format_scheduled(
            catalogue.scheduled, catalogue.scheduled_comments, catalogue.zone
        ),
        drafts=sum(each.path not in catalogue.addresses for each in catalogue.drafts),
        posts=len(catalogue.posts),
        pages=len(catalogue.pages),
        topics=len(catalogue.topics),
        began_ns=began_ns,
        newest=max((moment for moment in moments if moment <= now), default=0.0),
        next=min((moment for moment in moments if moment > now), default=math.inf),
        template_names=dict(template_names or {}),
    )


def print_outcome(outcome: Outcome, content: Path, output: Path) -> None:
    """Print the warnings, what is scheduled, and what was built."""
    write_report([Problem(*problem) for problem in outcome.problems], content)
    write_warnings(outcome.warnings)
    for line in outcome.scheduled:
        print(line)
    if outcome.drafts:
        print(f"{format_count(outcome.drafts, 'draft')} left out.")
    print(f"Built {format_counts(outcome)} in {format_root(output)} for {outcome.siteurl}")


def format_counts(outcome: Outcome) -> str:
    """Return how many texts of each kind were built: `2 posts, 1 page, 2 topics`."""
    counts = (
        format_count(outcome.posts, "post"),
        format_count(outcome.pages, "page"),
        format_count(outcome.topics, "topic"),
    )
    return ", ".join(counts)


def write_warnings(warnings: Iterable[str]) -> None:
    """Print what is to be told of a finished tree to the standard error output.

    In GitHub Actions each is written a second time, so that it stands in the run's summary; our sentences
    have no line ends, and of what else a workflow command may not have there is only the per cent sign.
    """
    for text in warnings:
        print(f"warning: {text}", file=sys.stderr)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(f"::warning::{text.replace('%', '%25')}", file=sys.stderr)


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """Yield a function that prints what is being done, on a terminal and in place; else nowhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Reading") as status:
        yield status.update
