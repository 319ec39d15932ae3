"""Warn of an address whose text has moved to another one, while another text has taken its place.

Nobody would be told otherwise: the address is still there, and yet old links and feed readers are led to
what they do not know. It is looked for in the few texts that are new since the last publishing, whose words
are those of an address that now has a text without them.
"""

from collections.abc import Iterator

from catalogue.lost_texts import LostTexts, list_all_words
from catalogue.problems import Problem
from catalogue.records import Record

MOST_NEW = 5  # texts that are looked at: of more, as in an import, nobody has moved them one by one
LEAST_WORDS = 4  # by which a text is known at all
LEAST_SHARED = 0.75  # of these, that the text must have which is now at another address
MOST_LEFT = 0.5  # of these, that the one may have which took its place


def check_taken_addresses(texts: LostTexts) -> Iterator[Problem]:
    """Yield a warning for each text that was published at an address where another text is now."""
    shown = texts.catalogue.shown
    new = [record for record in shown if not texts.is_known(record)]
    if not texts.ledger.words or not 0 < len(new) <= MOST_NEW:
        return
    for record in new:
        if record.kind != "topic" and (found := find_former_place(record, texts)):
            address, other = found
            text = (
                f"This was published at {address}, where {other.path} is now: old links lead to that. Give "
                f"the other text a line of its own, Slug: another-name, and add here Aliases: {address}"
            )
            yield Problem(record.path, record.line("Slug"), "warning", text)


def find_former_place(record: Record, texts: LostTexts) -> tuple[str, Record] | None:
    """Return the address that a new text had, and the other text that is there now; None for none."""
    words = list_all_words(record)
    for address, kept in texts.ledger.words.items():
        known = kept.split()
        if len(known) < LEAST_WORDS or count_shared(known, words) < LEAST_SHARED:
            continue
        other = texts.catalogue.records.get(texts.find_home(address) or "")
        if other is None or other is record or texts.catalogue.addresses[other.path] != address:
            continue
        if count_shared(known, list_all_words(other)) <= MOST_LEFT:
            return address, other
    return None


def count_shared(known: list[str], words: frozenset[str]) -> float:
    """Return which part of some words others have."""
    return sum(word in words for word in known) / len(known)
