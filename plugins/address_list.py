"""List the permanent addresses of the site, against which the next one is held before it is published.

Reads: the catalogue.
Adds: nothing.
Writes: addresses.txt, a line for each address from the site's root (catalogue/address_ledger.py).
"""

from typing import Any

from catalogue.address_ledger import write_address
from catalogue.addresses import ADDRESS_LIST
from catalogue.permanence import list_all_permanent


def write_address_list(generator: Any, writer: Any) -> None:
    """Write the list."""
    text = "".join(
        f"{row}\n" for row in sorted(map(write_address, list_all_permanent(generator.catalogue)))
    )
    writer.add(ADDRESS_LIST.lstrip("/"), lambda: text, text)


def register() -> None:
    """Connect to Pelican."""
    from pelican import signals

    signals.article_writer_finalized.connect(write_address_list)
