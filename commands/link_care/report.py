"""Say what is to be told of the links after a run: which fail, since when, and what readers get."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from catalogue.dates import format_day
from catalogue.link_ledger import DEAD_AFTER_DAYS, LinkFacts
from catalogue.outside_uses import find_line
from catalogue.problems import Problem, format_count, shorten
from commands.link_care.findings import NOT_ASKED
from commands.link_care.uses import Use

LONGEST = 120  # characters of an address in a message


def list_failures(
    uses: Mapping[str, Sequence[Use]], ledger: Mapping[str, LinkFacts], content: Path
) -> list[Problem]:
    """Return a warning for each text with a link that fails and has no copy beside it yet, or has to go.

    `content` is the folder that the texts lie in.
    """
    problems = []
    for url, texts in uses.items():
        facts = ledger.get(url, LinkFacts())
        if text := explain_link(url, facts):
            problems += [
                Problem(use.path, find_line(content, use.path, url), "warning", text)
                for use in dict.fromkeys(texts)
            ]
    return problems


def explain_link(url: str, facts: LinkFacts) -> str:
    """Return what is wrong with a link and what to do; empty if readers are well served."""
    shown = shorten(url, LONGEST)
    if facts.status.startswith(NOT_ASKED):
        why = facts.status.removeprefix(NOT_ASKED)
        return f"{shown} was not asked ({why}): readers cannot use it. Write a public address."
    if not facts.failing_since or (facts.is_dead and facts.archived):
        return ""
    since = format_day(date.fromisoformat(facts.failing_since))
    seen = f"{shown} fails since {since} ({describe_status(facts.status)})"
    if not facts.archived:
        return f"{seen}, and no archived copy is known. Write another address, or take it out."
    from_day = date.fromisoformat(facts.failing_since) + timedelta(DEAD_AFTER_DAYS)
    copy = f"its copy of {format_day(date.fromisoformat(facts.archived_on))}"
    then = f"If it still fails on {format_day(from_day)}, readers get {copy}"
    return f"{seen}. {then}. Write another address if there is one."


def describe_status(status: str) -> str:
    """Return an answer in words: a number is what the server said."""
    return f"the answer is {status}" if status.isdecimal() else status


def describe_run(
    uses: Mapping[str, Sequence[Use]], ledger: Mapping[str, LinkFacts], asked: int, left: int
) -> list[str]:
    """Return the lines that end a run: how all links are, and how many were asked."""
    facts = [ledger.get(url, LinkFacts()) for url in uses]
    failing = [each for each in facts if each.failing_since]
    good = sum(bool(each.last_good) and each.checked == each.last_good for each in facts)
    covered = sum(each.is_dead and bool(each.archived) for each in failing)
    unknown = len(facts) - good - len(failing)
    lines = [
        f"{format_count(len(facts), 'outside link')}, {asked:,} of them asked now: {good:,} good, "
        f"{len(failing):,} failing, {unknown:,} that nothing can be said of."
    ]
    if covered:
        seen = format_count(covered, "dead link has", "dead links have")
        lines.append(f"{seen} an archived copy beside it on the site.")
    if left:
        waiting = format_count(left, "link waits", "links wait")
        lines.append(f"{waiting} for the next run, which begins with them.")
    return lines
