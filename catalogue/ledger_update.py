"""Bring the ledger of addresses up to date with a site that is published: nothing in it is forgotten.

The words of a text are chosen at its first publishing, and anew only when it has lost most of them, so that
the ledger changes no more than it has to (catalogue/telling_words.py says which words they are); of another
file the ledger has the beginning of its SHA-256 as it is now. The id of a post goes along to the
post's new address. What was withdrawn is kept with its reason and without its words, and in place of all
that lay below it; a text that is on the site again is withdrawn no more.
"""

from collections.abc import Mapping

from catalogue.address_ledger import AddressLedger, format_address_ledger
from catalogue.permanence import is_page, list_all_permanent, list_permanent
from catalogue.selection import Catalogue
from catalogue.telling_words import choose_words

DIGEST_LENGTH = 16  # hexadecimal digits: enough to tell a site's files from one another


def make_ledger(catalogue: Catalogue, ledger: AddressLedger) -> bytes:
    """Return the bytes of the ledger once a site is published: all that was, and all that is there now."""
    return format_address_ledger(update_ledger(catalogue, ledger))


def update_ledger(catalogue: Catalogue, ledger: AddressLedger) -> AddressLedger:
    """Return the same as a ledger."""
    now = list_all_permanent(catalogue)
    gone = {address: why for address, why in ledger.gone.items() if address not in now}
    kept: set[str] = {*ledger.lines}
    if gone:
        withdrawn = AddressLedger(gone=gone)
        kept = {each for each in kept if each in gone or not withdrawn.is_gone(each)}
    addresses = dict.fromkeys(sorted(kept | now), 0)
    own = {catalogue.addresses[path]: mark for path, mark in catalogue.post_ids.items()}
    given = {*own.values()}
    ids = {
        each: mark for each, mark in ledger.ids.items() if each in addresses and mark not in given
    }
    kept -= gone.keys()
    words = {each: known for each, known in ledger.words.items() if each in kept}
    return AddressLedger(addresses, gone, ids | own, list_words(catalogue, words))


def list_words(catalogue: Catalogue, known: Mapping[str, str]) -> dict[str, str]:
    """Return by which words the text of each address will be found again; `known` are those of the ledger."""
    records, media = catalogue.records, catalogue.media
    words = dict(known)
    pages: dict[
        str, list[str]
    ] = {}  # the addresses of each text, its own and those that lead to it
    for address, path in list_permanent(catalogue).items():
        if path in media:
            words[address] = media[path].digest[:DIGEST_LENGTH]
        elif path and is_page(address):
            pages.setdefault(path, []).append(address)
    for path, addresses in pages.items():
        chosen = choose_words(records[path], [words.get(address, "") for address in addresses])
        words |= {address: each for address, each in zip(addresses, chosen, strict=True) if each}
    return words
