"""Write the issue about the links that lead nowhere.

Addresses and names of files stand between backquotes: a link of a guest's post may be called like a person
or an issue of somebody else's, and neither is to hear of it.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from catalogue.dates import format_day
from catalogue.link_ledger import LinkFacts
from catalogue.problems import format_count
from commands.github.markdown import format_code
from commands.link_care.findings import NOT_ASKED
from commands.link_care.report import describe_status
from commands.link_care.uses import Use

MOST_CHARACTERS = 60_000  # of the list; GitHub takes 65,536 in all
MOST_MARKED = 300  # addresses that are known again
MOST_TEXTS = 5  # that are named for one address
MARK = re.compile(r"<!-- link care((?: [0-9a-f]{12})*) -->")
WHAT_TO_DO = (
    "Open the text (its name is a link), and put the address of the copy, or another one, in place of this "
    "one. Or type `python3 tasks.py links` and `python3 tasks.py publish` on your own machine: readers then "
    "get the copy beside the link, and your text stays as it is."
)
END = (
    "The workflow “Link care” keeps this issue up to date, and closes it when all is well. If you close it "
    "yourself, it stays closed until another link is dead."
)
Locate = Callable[[str, str], int]


@dataclass(frozen=True)
class LinkReport:
    """What is to be said of the dead links of a site: an issue, and the marks that tell them apart."""

    title: str = ""
    body: str = ""
    dead: frozenset[str] = frozenset()
    # Of those that fail, and have not for two weeks as far as is known.
    shaky: frozenset[str] = frozenset()
    summary: tuple[str, ...] = ()  # in plain words, for the page of the run


def mark_link(url: str) -> str:
    """Return a short hash of an address."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def read_marks(body: str) -> frozenset[str] | None:
    """Return the marks of the links that an issue was about; None if it is no issue of ours."""
    match = MARK.match(body)
    return frozenset(match[1].split()) if match else None


def is_dead(facts: LinkFacts) -> bool:
    """Return whether an address is to be told of: it has failed for two weeks, or nobody can use it."""
    return facts.is_dead or facts.status.startswith(NOT_ASKED)


def make_report(
    uses: Mapping[str, Sequence[Use]],
    ledger: Mapping[str, LinkFacts],
    find_line: Locate,
    place: str,
) -> LinkReport:
    """Return what is to be said of the links of all texts.

    `find_line` returns the line of a text, by its path, in which an address stands; `place` is where the
    files of the content folder can be read on GitHub.
    """
    known = {url: ledger.get(url, LinkFacts()) for url in uses}
    dead = sorted(url for url, facts in known.items() if is_dead(facts))
    shaky = sorted(url for url, facts in known.items() if facts.failing_since and url not in dead)
    asked = max((facts.checked for facts in known.values()), default="")
    counted = format_count(len(known), "outside link")
    when = f" They were asked last on {format_day(date.fromisoformat(asked))}." if asked else ""
    seen = f"Of {counted}, {len(dead):,} {'leads' if len(dead) == 1 else 'lead'} nowhere.{when}"
    summary = [seen, *(f"  {describe_plainly(url, known[url])}" for url in dead[:MOST_MARKED])]
    if shaky:
        count = format_count(len(shaky), "more fails", "more fail")
        seen += f" {count} since less than two weeks, and may be well again next week."
    entries = [format_entry(url, known[url], uses[url], find_line, place) for url in dead]
    marks = "".join(f" {mark_link(url)}" for url in dead[:MOST_MARKED])
    parts = [f"<!-- link care{marks} -->", seen, *cut_list(entries)]
    return LinkReport(
        title=format_count(len(dead), "outside link leads", "outside links lead") + " nowhere",
        body="\n\n".join([*parts, *([WHAT_TO_DO] if dead else []), END]),
        dead=frozenset(map(mark_link, dead)),
        shaky=frozenset(map(mark_link, shaky)),
        summary=tuple(summary),
    )


def cut_list(entries: Sequence[str]) -> list[str]:
    """Return a list as one part of the issue, as much of it as GitHub takes, with the number of the rest."""
    shown: list[str] = []
    size = 0
    for entry in entries:
        size += len(entry) + 1
        if size > MOST_CHARACTERS:
            break
        shown.append(entry)
    parts = ["\n".join(shown)] if shown else []
    if more := len(entries) - len(shown):
        parts.append(f"And {more:,} more, which the next run shows when these are mended.")
    return parts


def format_entry(
    url: str, facts: LinkFacts, texts: Sequence[Use], find_line: Locate, place: str
) -> str:
    """Return the list item of one dead address: what was seen, where it stands, and its copy."""
    lines = [f"- {format_code(url)}: {describe_failure(facts)}"]
    paths = list(dict.fromkeys(use.path for use in texts))
    for path in paths[:MOST_TEXTS]:
        line = find_line(path, url)
        anchor = f"?plain=1#L{line}" if line else ""
        where = f"{place}/{quote(path, errors='replace')}{anchor}"
        lines.append(
            f"  - in [{format_code(f'content/{path}')}]({where}){f', line {line}' if line else ''}"
        )
    if more := len(paths) - MOST_TEXTS:
        lines += [f"  - and in {format_count(more, 'other text')}"] if more > 0 else []
    if facts.archived:
        day = format_day(date.fromisoformat(facts.archived_on))
        lines.append(f"  - a copy of {day}: <{facts.archived}>")
    return "\n".join(lines)


def describe_failure(facts: LinkFacts) -> str:
    """Return what is wrong with a dead address, as Markdown."""
    if facts.status.startswith(NOT_ASKED):
        why = format_code(facts.status.removeprefix(NOT_ASKED))
        return f"was not asked ({why}), and readers cannot use it"
    since = format_day(date.fromisoformat(facts.failing_since))
    return f"dead since {since} ({format_code(describe_status(facts.status))})"


def describe_plainly(url: str, facts: LinkFacts) -> str:
    """Return what is wrong with a dead address in plain words."""
    return f"{url}: {describe_failure(facts).replace('`', '')}"
