"""Keep, with each publishing, every address that it makes public (catalogue/address_ledger.py)."""

from catalogue.address_ledger import (
    AddressLedger,
    describe_ledger_line,
    parse_address_ledger,
    read_address_ledger_bytes,
)
from catalogue.ledger_update import make_ledger
from catalogue.problems import format_count
from catalogue.selection import Catalogue
from commands.publishing.order import Order
from commands.publishing.own_files import OwnFile
from commands.publishing.repository import LEDGER
from commands.writing.post_files import CommandFault


def plan_ledger(order: Order, catalogue: Catalogue, published: tuple[str, bytes]) -> OwnFile:
    """Return the ledger as it is once the site of `catalogue`, which has no error, is published.

    `published` is the commit of the last publishing and the ledger in it, empty before the first. Raises
    CommandFault if the author's has lost lines of it: what is not in the ledger, nobody would miss.
    """
    before = read_address_ledger_bytes(order.content)
    known = parse_address_ledger(before or b"")
    check_whole(known, *published)
    data = make_ledger(catalogue, known)
    added = len(parse_address_ledger(data).lines.keys() - known.lines.keys())
    count = format_count(added, "address is", "addresses are")
    shown = f"  {LEDGER}: {count} added, so that none of them is ever lost unnoticed"
    return OwnFile(LEDGER, data, before, shown if added else f"  {LEDGER}: brought up to date")


def check_whole(ledger: AddressLedger, commit: str, published: bytes) -> None:
    """Raise CommandFault if a ledger has not all addresses of the one that was published in a commit."""
    lost = sorted(parse_address_ledger(published).lines.keys() - ledger.lines.keys())
    lost = [address for address in lost if not ledger.is_gone(address)]
    if lost:
        more = f" and {len(lost) - 1:,} more" if len(lost) > 1 else ""
        line = describe_ledger_line(lost[0], gone=True)
        seen = f"the line of {lost[0]}{more} is not there any more, and readers have the address"
        remedy = (
            f"Put it back by: git checkout {commit[:9]} -- {LEDGER}, or write `{line}` if it was"
        )
        raise CommandFault(
            f"{LEDGER}: {seen}. {remedy} withdrawn on purpose. Nothing was published.",
            1,
        )
