"""Judge the addresses that the ledger says are withdrawn: `Gone:` alone takes no text off the site.

A text may be on the site again, because it is a draft no more or its day has come, and then it is withdrawn
no more: that is told and stops nothing, for no author need be there when it happens. A line that was
marked since the last publishing still has the words of its text (catalogue/ledger_update.py takes them
away), and there the author believes that readers do not have it any more.
"""

from collections.abc import Iterator

from catalogue.address_ledger import GONE, write_address
from catalogue.addresses import SITE
from catalogue.folder.layout import ADDRESS_LEDGER
from catalogue.lost_texts import LostTexts
from catalogue.permanence import list_permanent
from catalogue.problems import Problem


def check_withdrawn_addresses(texts: LostTexts) -> Iterator[Problem]:
    """Yield what is wrong with each address that was withdrawn, and that the site has nevertheless."""
    ledger = texts.ledger
    if not ledger.gone:
        return
    permanent = list_permanent(texts.catalogue)
    for address in sorted(ledger.gone):
        level, fault = judge_withdrawn(address, permanent, address in ledger.words)
        if fault:
            text = f"{write_address(address)} {fault}"
            yield Problem(ADDRESS_LEDGER, ledger.lines[address], level, text)


def judge_withdrawn(address: str, permanent: dict[str, str], is_new: bool) -> tuple[str, str]:
    """Return the level and what is wrong with an address that was withdrawn; empty if nothing is.

    `permanent` are the addresses of the site with their files; `is_new` is whether it was marked since the
    last publishing.
    """
    if address in SITE.values():
        return "error", f"is a page of the site itself, and none of a text. Take `{GONE}` out."
    if path := permanent.get(address):
        seen = f"is withdrawn here, and {path} is there still"
        remedy = f"Delete that file, or write Status: draft in it; or take `{GONE}` out here."
        if is_new:
            return "error", f"{seen}. {remedy}"
        return "warning", f"{seen}: readers have it again. {remedy}"
    below = address.endswith("/") and [each for each in permanent if each.startswith(address)]
    if below:
        return (
            "error",
            f"is withdrawn here with all that lies below it, and {min(below)} is on the site. Write `{GONE}` "
            "before each page that is meant, and take this line out.",
        )
    return "", ""
