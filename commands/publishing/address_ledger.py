"""Keep, with each publishing, every address that it makes public (catalogue/address_ledger.py)."""

from collections.abc import Sequence

from catalogue.address_ledger import (
    AddressLedger,
    format_gone_line,
    parse_address_ledger,
    read_address_ledger_bytes,
    write_address,
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
    CommandFault if the author's has lost lines of it, for what is not in the ledger nobody would miss; or
    if a text is marked as withdrawn for the first time and is there still.
    """
    before = read_address_ledger_bytes(order.content)
    known, last = parse_address_ledger(before or b""), parse_address_ledger(published[1])
    check_whole(known, last, published[0], catalogue)
    data = make_ledger(catalogue, known)
    new = parse_address_ledger(data)
    back = sorted(known.gone.keys() - new.gone.keys())
    check_back([address for address in back if address not in last.gone], known)
    lines = [f"  on the site again, though withdrawn: {write_address(each)}" for each in back]
    if added := len(new.lines.keys() - known.lines.keys()):
        count = format_count(added, "address is", "addresses are")
        lines.append(f"  {LEDGER}: {count} added, so that none of them is ever lost unnoticed")
    shown = "\n".join(lines or [f"  {LEDGER}: brought up to date"])
    return OwnFile(LEDGER, data, before, shown)


def check_whole(
    ledger: AddressLedger, last: AddressLedger, commit: str, catalogue: Catalogue
) -> None:
    """Raise CommandFault if a ledger has not all addresses of `last`, which was published in a commit."""
    lost = sorted(last.lines.keys() - ledger.lines.keys())
    lost = [address for address in lost if not ledger.is_gone(address)]
    if lost:
        more = f" and {len(lost) - 1:,} more" if len(lost) > 1 else ""
        seen = f"the line of {lost[0]}{more} is not there any more, and readers have the address"
        remedy = f"Put it back by: git checkout {commit[:9]} -- {LEDGER}"
        if not more and lost[0] not in catalogue.planned:
            line = format_gone_line(lost[0])
            remedy += f", or write `{line}` if it was withdrawn on purpose"
        raise CommandFault(f"{LEDGER}: {seen}. {remedy}. Nothing was published.", 1)


def check_back(addresses: Sequence[str], ledger: AddressLedger) -> None:
    """Raise CommandFault for an address that an author has just withdrawn, and the site has still."""
    for address in addresses[:1]:
        seen = f"{LEDGER}:{ledger.lines[address]}: {write_address(address)} is withdrawn here"
        remedy = "Delete its text, or write Status: draft in it; or take `Gone:` out here"
        raise CommandFault(
            f"{seen}, and the site has it still. {remedy}. Nothing was published.", 1
        )
