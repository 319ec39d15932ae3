"""Work out what the ledger says after a run, and what is due in the next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from catalogue.link_ledger import Ledger, LinkFacts
from commands.link_care.ask import FAILING, GOOD, Answer
from commands.link_care.uses import Use
from commands.link_care.wayback import Copy

AGAIN_DAYS = 6  # after which a good link is asked again: a weekly run may be some hours early
COPY_AGAIN_DAYS = 28  # after which the archive is asked again for a copy that it did not have
NEW_DAYS = 30  # in which a post is a new one
NOT_ASKED = "not asked: "


@dataclass
class Findings:
    """What a run has found out, by address; a copy that the archive does not have is None."""

    answers: dict[str, Answer] = field(default_factory=dict)
    copies: dict[str, Copy | None] = field(default_factory=dict)
    saved: dict[str, Copy | None] = field(default_factory=dict)


def apply_findings(
    ledger: Mapping[str, LinkFacts],
    findings: Findings,
    linked: Iterable[str],
    gone: Iterable[str],
    today: date,
) -> Ledger:
    """Return the ledger after a run: `linked` are all addresses that are linked to, `gone` those no more."""
    day = today.isoformat()
    after = dict(ledger)
    for url in linked:
        after.setdefault(url, LinkFacts(first_seen=day))
    for url, answer in findings.answers.items():
        if url in after:
            after[url] = apply_answer(after[url], answer, day)
    for url, copy in findings.copies.items():
        if url in after:
            after[url] = replace(apply_copy(after[url], copy), archive_asked=day)
    for url, copy in findings.saved.items():
        if url in after:
            after[url] = replace(apply_copy(after[url], copy), saved=day)
    for url in gone:
        after.pop(url, None)
    return after


def apply_answer(facts: LinkFacts, answer: Answer, day: str) -> LinkFacts:
    """Return the facts of a link after an answer; one that says nothing of the page ends no failure."""
    facts = replace(facts, checked=day, status=answer.status)
    if answer.verdict == GOOD:
        return replace(facts, last_good=day, failing_since="", last_failed="")
    if answer.verdict == FAILING:
        return replace(facts, failing_since=facts.failing_since or day, last_failed=day)
    return facts


def apply_copy(facts: LinkFacts, copy: Copy | None) -> LinkFacts:
    """Return the facts of a link with a copy; the one that it has stays if there is no other."""
    return replace(facts, archived=copy.url, archived_on=copy.day) if copy else facts


def is_due(facts: LinkFacts | None, today: date) -> bool:
    """Return whether a link is to be asked: a good one once a week, another one each day."""
    if facts is None or not facts.checked:
        return True
    days = (today - date.fromisoformat(facts.checked)).days
    # A day after today was written by a clock that was wrong.
    return days < 0 or days >= (AGAIN_DAYS if facts.checked == facts.last_good else 1)


def order_due(
    urls: Iterable[str], ledger: Mapping[str, LinkFacts], today: date, all: bool = False
) -> list[str]:
    """Return the links to be asked, those first that were not asked for longest; with `all`, each."""
    due = [url for url in urls if all or is_due(ledger.get(url), today)]
    return sorted(due, key=lambda url: (ledger[url].checked if url in ledger else "", url))


def is_for_all(facts: LinkFacts) -> bool:
    """Return whether an address may be told to the archive: it was asked, and is no private one."""
    return bool(facts.status) and not facts.status.startswith(NOT_ASKED)


def order_copies(
    uses: Iterable[str], ledger: Mapping[str, LinkFacts], today: date, most: int
) -> list[str]:
    """Return the links that the archive is to be asked for a copy of, failing ones first."""

    def is_wanted(facts: LinkFacts) -> bool:
        if facts.archived or not is_for_all(facts):
            return False
        asked = facts.archive_asked
        if not asked or (facts.saved and facts.saved >= asked != today.isoformat()):
            return True
        return (today - date.fromisoformat(asked)).days >= COPY_AGAIN_DAYS

    wanted = [url for url in uses if url in ledger and is_wanted(ledger[url])]
    wanted.sort(key=lambda url: (not ledger[url].failing_since, ledger[url].archive_asked, url))
    return wanted[:most]


def find_day(uses: Sequence[Use], today: date) -> date:
    """Return the day whose copy of a page is wanted: that of the first text that links to it."""
    days = sorted(use.day for use in uses if use.day)
    try:
        return min(date.fromisoformat(days[0]), today) if days else today
    except ValueError:
        return today


def order_saves(
    uses: Mapping[str, Sequence[Use]], ledger: Mapping[str, LinkFacts], today: date, most: int
) -> list[str]:
    """Return the good outside pages of new posts that the archive is to keep: it has none since then."""
    first, last = (today - timedelta(NEW_DAYS)).isoformat(), today.isoformat()
    wanted = []
    for url, texts in uses.items():
        facts = ledger.get(url, LinkFacts())
        days = [use.day for use in texts if use.is_post and first <= use.day <= last]
        is_good = facts.last_good and facts.checked == facts.last_good and is_for_all(facts)
        if days and is_good and not facts.saved and facts.archived_on < min(days):
            wanted.append(url)
    return sorted(wanted)[:most]
