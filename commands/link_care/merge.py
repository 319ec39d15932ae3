"""Make one ledger of links out of two: the one of the repository, and what a run elsewhere has kept."""

from collections.abc import Mapping
from dataclasses import replace

from catalogue.link_ledger import Ledger, LinkFacts


def merge_ledgers(ours: Mapping[str, LinkFacts], theirs: Mapping[str, LinkFacts]) -> Ledger:
    """Return a ledger with all addresses of both; of one in both the later answer counts."""
    merged = {**theirs, **ours}
    for url in ours.keys() & theirs.keys():
        merged[url] = merge_facts(ours[url], theirs[url])
    return merged


def merge_facts(one: LinkFacts, other: LinkFacts) -> LinkFacts:
    """Return what two ledgers know of one address. Days compare as texts: `2026-11-27`."""
    late, early = (other, one) if other.checked > one.checked else (one, other)
    days = filter(None, (one.first_seen, other.first_seen))
    merged = replace(
        late,
        first_seen=min(days, default=""),
        last_good=max(one.last_good, other.last_good),
        archive_asked=max(one.archive_asked, other.archive_asked),
        saved=max(one.saved, other.saved),
    )
    # A failure that the other knows of goes on if no good answer is known that came after its first day.
    if early.failing_since and merged.last_good < early.failing_since:
        merged = replace(
            merged,
            failing_since=min(filter(None, (one.failing_since, other.failing_since))),
            last_failed=max(one.last_failed, other.last_failed),
        )
    if not late.archived and early.archived:
        merged = replace(merged, archived=early.archived, archived_on=early.archived_on)
    return merged
