"""Keep what the ledger of addresses has, as far as no person has to decide anything.

- A file of the author's that was published stays published, also when no text shows it any more.
- The feed of a topic or of a post's comments stays while the page is there, and is written at the old
  address too where a page leads on to a new one: feed readers follow no page.
- A post keeps the id that feed readers know it by (catalogue/post_ids.py).
- An address that was withdrawn gets a page that says so, if nothing else lies there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from catalogue.address_ledger import AddressLedger
from catalogue.addresses import (
    COMMENTS_FEED,
    LONGEST_ADDRESS,
    TOPIC_FEEDS,
    Place,
    find_part_fault,
    fold_address,
    format_address,
    is_reserved_address,
    read_redirects,
)
from catalogue.permanence import FEEDS, is_page
from catalogue.post_ids import assign_post_ids
from catalogue.records import Record
from catalogue.selection import Catalogue

FEEDS_OF = {"post": (COMMENTS_FEED,), "topic": TOPIC_FEEDS}  # by the kind of a text


def keep_addresses(catalogue: Catalogue, ledger: AddressLedger, authority: str = "") -> Catalogue:
    """Return the catalogue with what the ledger has besides; `authority` begins the ids of new posts."""
    post_ids = assign_post_ids(catalogue.posts, ledger.ids, authority, ledger.gone)
    if not ledger.lines:
        return replace(catalogue, post_ids=post_ids)
    lines = ledger.lines
    files = {p for p in catalogue.media if catalogue.addresses[p] in lines}
    taken = {place.address for place in catalogue.claims}
    feeds: dict[str, str] = {}
    if any(address.endswith(FEEDS) for address in lines.keys() - taken):
        feeds = {
            address: record.path
            for record in catalogue.shown
            for address in list_kept_feeds(record, ledger)
            if address not in taken
        }
    gone = {address: ledger.gone[address] for address in list_gone_pages(catalogue, ledger.gone)}
    claims = [Place(address, path, 1) for address, path in feeds.items()]
    return replace(
        catalogue,
        claims=[*catalogue.claims, *claims, *map(Place, gone)],
        files=sorted({*catalogue.files, *files}),
        post_ids=post_ids,
        kept_feeds=feeds,
        gone=gone,
    )


def list_kept_feeds(record: Record, ledger: AddressLedger) -> Iterator[str]:
    """Yield the addresses at which feeds of a text were published; and its own, which these name."""
    own = format_address(record)
    pages = [own, *(page for page in read_redirects(record) if page.endswith("/"))]
    for name in FEEDS_OF.get(record.kind, ()):
        kept = [page + name for page in pages if page + name in ledger.lines]
        kept = [address for address in kept if not ledger.is_gone(address)]
        yield from dict.fromkeys([*kept, own + name] if kept else ())


def list_gone_pages(catalogue: Catalogue, gone: Iterable[str]) -> list[str]:
    """Return those of some withdrawn addresses at which a page can say so."""
    pages = {fold_address(address): address for address in gone if can_have_page(address)}
    if pages:
        for place in catalogue.claims:
            pages.pop(fold_address(place.address), None)
    return sorted(pages.values())


def can_have_page(address: str) -> bool:
    """Return whether a server of files can answer an address with a page."""
    return (
        "#" not in address
        and is_page(address)
        and len(address.encode()) <= LONGEST_ADDRESS
        and not is_reserved_address(address)
        and not any(map(find_part_fault, address.strip("/").split("/")))
    )
