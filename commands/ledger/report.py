"""Say what the ledger of addresses has, and what of the site it does not have yet."""

from collections.abc import Sequence
from pathlib import Path

from catalogue.address_ledger import load_address_ledger, write_address
from catalogue.folder.layout import ADDRESS_LEDGER
from catalogue.permanence import list_all_permanent
from catalogue.problems import format_count, format_name, format_root
from catalogue.selection import Catalogue

MOST_SHOWN = 20


def describe_ledger(content: Path, catalogue: Catalogue) -> list[str]:
    """Return what the ledger of a content folder has, and what is new since, line by line."""
    ledger = load_address_ledger(content)
    place = f"{format_root(content)}/{ADDRESS_LEDGER}"
    new = sorted(list_all_permanent(catalogue) - ledger.lines.keys())
    if not ledger.lines:
        has = f"{place} has no address yet: it begins when the site is first published."
    else:
        gone = f", {len(ledger.gone):,} of them withdrawn" if ledger.gone else ""
        has = f"{place} has {format_count(len(ledger.lines), 'address', 'addresses')}{gone}."
    return [has, *describe_new(new)]


def describe_new(new: Sequence[str]) -> list[str]:
    """Return what is said of the addresses that the ledger does not have."""
    if not new:
        return ["No address is new."]
    lines = [f"  new: {format_name(write_address(address))}" for address in new[:MOST_SHOWN]]
    more = len(new) - MOST_SHOWN
    return [
        f"{format_count(len(new), 'address is', 'addresses are')} new since:",
        *lines,
        *([f"  ... and {more:,} more"] if more > 0 else []),
    ]
