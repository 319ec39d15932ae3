"""Compare the next state of a site with the addresses that are live."""

import sys
from pathlib import Path

from catalogue.address_ledger import AddressLedger, load_address_ledger
from catalogue.lost_texts import LostTexts
from catalogue.problems import Problem
from catalogue.rules.lost_addresses import check_addresses
from catalogue.selection import Catalogue
from commands.ledger.live import NoList, read_live_addresses


def compare_with_live(site: str, catalogue: Catalogue, content: Path) -> list[Problem]:
    """Return a problem for each address that a site has and would lose, as for those of the ledger.

    `site` is the address of the site, `catalogue` its next state; the ledger of the folder `content`
    says what was withdrawn. Where there is nothing to compare with, that is printed and no problem.
    """
    try:
        addresses = read_live_addresses(site)
    except NoList as why:
        print(why, file=sys.stderr)
        return []
    ledger = load_address_ledger(content)
    lines = {address: ledger.lines.get(address, 0) for address in addresses}
    live = AddressLedger(lines, ledger.gone, ledger.ids, ledger.words)
    return list(check_addresses(LostTexts(catalogue, live)))
