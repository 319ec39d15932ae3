"""Judge a site by the ledger of the addresses that were published: `check` and every build do it."""

from catalogue.address_ledger import AddressLedger
from catalogue.lost_texts import LostTexts
from catalogue.problems import Problem
from catalogue.rules.lost_addresses import check_addresses
from catalogue.rules.taken_addresses import check_taken_addresses
from catalogue.rules.withdrawn_addresses import check_withdrawn_addresses
from catalogue.selection import Catalogue


def judge_published(catalogue: Catalogue, ledger: AddressLedger) -> list[Problem]:
    """Return what is wrong with the lines of a ledger, and what readers of a site would no longer find."""
    texts = LostTexts(catalogue, ledger)
    return [
        *ledger.problems,
        *check_addresses(texts),
        *check_taken_addresses(texts),
        *check_withdrawn_addresses(texts),
    ]
