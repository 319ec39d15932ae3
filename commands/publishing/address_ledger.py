"""Keep, with each publishing, every address that it makes public (catalogue/address_ledger.py)."""

from catalogue.address_ledger import parse_address_ledger, read_address_ledger_bytes
from catalogue.folder.layout import ADDRESS_LEDGER
from catalogue.ledger_update import make_ledger
from catalogue.problems import format_count
from catalogue.selection import Catalogue
from commands.publishing.order import Order
from commands.publishing.own_files import OwnFile
from commands.publishing.repository import OURS


def plan_ledger(order: Order, catalogue: Catalogue) -> OwnFile:
    """Return the ledger as it is once the site of `catalogue`, which has no error, is published."""
    before = read_address_ledger_bytes(order.content)
    known = parse_address_ledger(before or b"")
    data = make_ledger(catalogue, known)
    added = len(parse_address_ledger(data).lines.keys() - known.lines.keys())
    name = f"{OURS[0]}/{ADDRESS_LEDGER}"
    count = format_count(added, "address is", "addresses are")
    shown = f"  {name}: {count} added, so that none of them is ever lost unnoticed"
    return OwnFile(name, data, before, shown if added else f"  {name}: brought up to date")
